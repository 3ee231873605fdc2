"""Verbs that change recommendations and actions, and add what is told of an action."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.audit import record
from partnerships.known_dates import stored
from partnerships.models import Agency, Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from reviews.models import (
    Action,
    ActionUpdate,
    Inspection,
    PracticeReview,
    Recommendation,
    RecommendationSource,
)

State = Action.State
Kind = RecommendationSource.Kind


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What makes recommendations; a review or an inspection where it is one that is kept here."""

    kind: str
    name: str
    review: PracticeReview | None = None
    inspection: Inspection | None = None
    told: Span | None = None
    note: str = ""
    source: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class ActionWords:
    """What is done about a recommendation; without an agency the business unit owns it."""

    recommendation: Recommendation
    text: str
    agency: Agency | None = None
    due: date | None = None
    state: str = State.OPEN
    done: date | None = None
    dropped_why: str = ""


def save_source(
    *, partnership: Partnership, code: str, words: SourceWords, seen: int = 0, by: User
) -> RecommendationSource:
    """Adds a source (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    columns = _source_columns(partnership, words)
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.recommendation_sources.filter(code=code).first()
        if found and not seen:
            raise Refused(f"There is a source {code} already. Choose another name.", "code")
        if found and _says(found, columns):
            return found
        _must_be_the_version(found, seen)
        _must_not_have_another(found, words)
        columns["version"] = seen + 1
        source, made = RecommendationSource.objects.update_or_create(
            partnership=partnership, code=code, defaults=columns
        )
        verb = "source of recommendations added" if made else "source of recommendations changed"
        record(by=by, verb=verb, subject=source.key, partnership=partnership)
    return source


def save_recommendation(
    *,
    source: RecommendationSource,
    number: int,
    part: str = "",
    text: str,
    addressee: str = "",
    fact_id: str | None = None,
    seen: int = 0,
    by: User,
) -> Recommendation:
    """Adds a recommendation or a part of one, or changes the version seen.

    Without a `fact_id` the one that is kept stays. Raises `Refused` where the place is taken, and
    `Overtaken`.
    """
    columns = {"text": text, "addressee": addressee}
    if fact_id is not None:
        columns["fact_id"] = fact_id
    with transaction.atomic():
        RecommendationSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
        found = source.recommendations.filter(number=number, part=part).first()
        if found and not seen:
            raise Refused(f"There is a recommendation {number}{part} already.", "number")
        if found and all(getattr(found, name) == value for name, value in columns.items()):
            return found
        _must_be_the_version(found, seen)
        saved, made = Recommendation.objects.update_or_create(
            source=source,
            number=number,
            part=part,
            defaults={**columns, "version": seen + 1},
        )
        verb = "recommendation added" if made else "recommendation changed"
        record(by=by, verb=verb, subject=saved.key, partnership=source.partnership)
    return saved


def remove_recommendation(recommendation: Recommendation, why: Removal) -> None:
    """Takes a recommendation out.

    Raises `Overtaken`, and `Refused` where an action or an answer stands on it.
    """
    take_out(recommendation, why, verb="recommendation removed", subject=recommendation.key)


def save_action(
    *, partnership: Partnership, number: int | None, words: ActionWords, seen: int = 0, by: User
) -> Action:
    """Adds an action (no number) or changes the version seen. Raises `Refused`, `Overtaken`."""
    columns = _action_columns(partnership, words)
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        if number is None:
            last = partnership.actions.aggregate(last=Max("number"))["last"] or 0
            found, number = None, last + 1
        else:
            # Locked: an update may be ending it at this moment.
            found = partnership.actions.select_for_update().filter(number=number).first()
        if found and _says(found, columns):
            return found
        _must_be_the_version(found, seen)
        columns["version"] = seen + 1
        action, made = Action.objects.update_or_create(
            partnership=partnership, number=number, defaults=columns
        )
        verb = "action added" if made else "action changed"
        _record(by, verb, action, words.agency, state=words.state)
    return action


def update_action(
    *,
    action: Action,
    words: str,
    done: date | None = None,
    agency: Agency | None = None,
    at: datetime,
    by: User,
) -> ActionUpdate:
    """Adds what is told of an open action; `done` is the day on which it was done, where it is.

    `agency` is the one that the person speaks for; None where the business unit writes. The same
    person saying the same again, as a second press does, adds nothing. Raises `Refused`.
    """
    if done and done > timezone.localdate(at):
        raise Refused("This day is still to come. Enter the day on which it was done.", "done")
    with transaction.atomic():
        current = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if agency is not None and agency.pk != current.agency_id:
            raise Refused("This action is another agency's.")
        last = current.updates.first()
        if last and (last.by_id, last.words, last.done) == (by.pk, words, done):
            return last
        if current.state != State.OPEN:
            raise Refused("This action is not open any more. Ask the business unit to open it.")
        update = ActionUpdate.objects.create(
            action=current, at=at, by=by, agency=agency, words=words, done=done
        )
        if done:
            current.state, current.done, current.version = State.DONE, done, current.version + 1
            current.save(update_fields=["state", "done", "version"])
        verb = "action reported done" if done else "action reported on"
        _record(by, verb, current, agency)
    return update


def _source_columns(partnership: Partnership, words: SourceWords) -> dict[str, Any]:
    tied: tuple[tuple[str, PracticeReview | Inspection | None, Kind], ...] = (
        ("review", words.review, Kind.REVIEW),
        ("inspection", words.inspection, Kind.INSPECTION),
    )
    for name, one, kind in tied:
        if one and words.kind != kind:
            raise Refused(f"Choose the kind “{kind.label}” above, or clear this.", name)
        if one and one.partnership_id != partnership.pk:
            raise Refused("Choose one of this partnership.", name)
    told, precision = stored(words.told)
    columns: dict[str, Any] = {name: getattr(words, name) for name in words.__dataclass_fields__}
    return columns | {"told": told, "told_precision": precision.value}


def _must_not_have_another(found: RecommendationSource | None, words: SourceWords) -> None:
    """A review or an inspection is one source: its recommendations stand in one place."""
    for name, one in (("review", words.review), ("inspection", words.inspection)):
        other = RecommendationSource.objects.filter(**{name: one}).first() if one else None
        if other and (found is None or other.pk != found.pk):
            raise Refused(f"Its recommendations are kept under “{other.name}”.", name)


def _action_columns(partnership: Partnership, words: ActionWords) -> dict[str, Any]:
    if words.recommendation.source.partnership_id != partnership.pk:
        raise Refused("Choose a recommendation of this partnership.", "recommendation")
    if words.agency and words.agency.partnership_id != partnership.pk:
        raise Refused("Choose an agency of this partnership.", "agency")
    if words.state == State.DONE and not words.done:
        raise Refused("Enter the day on which it was done.", "done")
    if words.done and words.state != State.DONE:
        raise Refused("Only an action that is done has this day. Clear it, or choose Done.", "done")
    if words.state == State.DROPPED and not words.dropped_why:
        raise Refused("Say why it is no longer pursued.", "dropped_why")
    if words.dropped_why and words.state != State.DROPPED:
        raise Refused("Clear this, or choose No longer pursued.", "dropped_why")
    return {name: getattr(words, name) for name in words.__dataclass_fields__}


def _says(found: RecommendationSource | Action, columns: dict[str, Any]) -> bool:
    return all(getattr(found, name) == value for name, value in columns.items())


def _must_be_the_version(
    found: RecommendationSource | Recommendation | Action | None, seen: int
) -> None:
    if (found.version if found else 0) != seen:
        raise Overtaken


def _record(by: User, verb: str, action: Action, agency: Agency | None, **detail: str) -> None:
    if agency is not None:
        detail["agency"] = agency.organisation.slug
    record(by=by, verb=verb, subject=action.key, partnership=action.partnership, detail={**detail})
