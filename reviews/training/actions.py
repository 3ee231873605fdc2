"""Verbs that change training activities and what is counted of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from metrics.models import Area
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import Partnership, Priority, User
from partnerships.periods import Span
from partnerships.refusals import Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of
from reviews.figures import FigureWords
from reviews.models import TrainingActivity, TrainingMeasure, TrainingPriority
from reviews.training.counted import COUNTED, contradictions, outside
from reviews.training.totals import ALL
from reviews.versions import write

RESERVED = {"add", ALL}


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """What is known of an activity. `area` is None for the partnership's own."""

    name: str
    kind: str
    provider: str
    total_of: str = ""  # of which kind a total is; only of totals
    area: Area | None = None
    note: str = ""


def save_activity(
    *,
    partnership: Partnership,
    code: str,
    words: ActivityWords,
    priorities: Collection[Priority] = (),
    seen: int = 0,
    by: User,
) -> TrainingActivity:
    """Adds an activity (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    if words.kind == TrainingActivity.Kind.TOTAL and not words.total_of:
        raise Refused("Say what it is a total of.", "total_of")
    if code in RESERVED:
        raise Refused(f"“{code}” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.training_activities.filter(code=code).first() if seen else None
        served = {each.pk for each in priorities}
        saved = write(
            TrainingActivity,
            {"partnership": partnership, "code": code},
            _columns(partnership, words),
            found=found,
            seen=seen,
            taken=Refused(f"There is training {code} already. Choose another name.", "code"),
            more=found is not None and served != _served(found),
        )
        if saved is None:
            return partnership.training_activities.get(code=code)
        TrainingPriority.objects.filter(activity=saved).exclude(priority__in=served).delete()
        for priority in priorities:
            TrainingPriority.objects.get_or_create(activity=saved, priority=priority)
        _record(by, "training changed" if found else "training added", saved)
    return saved


def save_figure(
    *,
    activity: TrainingActivity,
    period: Span,
    words: FigureWords,
    mention: int = 1,
    found: TrainingMeasure | None = None,
    seen: int = 0,
    by: User,
) -> TrainingMeasure:
    """Adds a figure of an activity, or changes the version seen of the one found.

    What contradicts another figure of the activity is refused, unless a source prints it: that
    is kept as printed, and the page says what cannot be so. Raises `Refused` and `Overtaken`.
    """
    columns = words.columns()
    if words.measure not in COUNTED:
        raise Refused(f"{words.measure!r} is not counted. It is one of {', '.join(COUNTED)}.")
    with transaction.atomic():
        TrainingActivity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        kept = activity.measures.filter(pk=found.pk).first() if found else None
        _must_be_possible(activity, period, words, kept)
        saved = write(
            TrainingMeasure,
            {
                "activity": activity,
                "period": store_period(period),
                "measure": columns.pop("measure"),
                "mention": mention,
            },
            columns,
            found=kept,
            seen=seen,
            taken=Refused("This is counted for that period already. Change that.", "measure"),
        )
        if saved is None:
            assert kept is not None
            return kept
        verb = "figure of training changed" if kept else "figure of training added"
        _record(by, verb, activity, measure=words.measure, period=period.key)
    return saved


def remove_activity(activity: TrainingActivity, why: Removal) -> None:
    """Takes an activity out with the priorities that it is ticked for.

    Raises `Overtaken`, and `Refused` while figures of it are kept.
    """
    take_out(
        activity,
        why,
        verb="training removed",
        subject=activity.key,
        parts=[TrainingPriority.objects.filter(activity=activity)],
    )


def remove_figure(figure: TrainingMeasure, why: Removal) -> None:
    """Takes a figure out.

    Raises `Overtaken`, and `Refused` where a report prints it, or a total that needs it.
    """
    activity = figure.activity
    take_out(
        figure,
        why,
        verb="figure of training removed",
        subject=activity.key,
        figures=[
            address_of("training", activity.partnership, code, "") for code in (activity.code, ALL)
        ],
    )


def _columns(partnership: Partnership, words: ActivityWords) -> dict[str, Any]:
    area = words.area
    return {
        "name": words.name,
        "kind": words.kind,
        "total_of": words.total_of if words.kind == TrainingActivity.Kind.TOTAL else "",
        "provider": words.provider,
        # The partnership's own area is told in one way only.
        "area": None if area and area.partnership_id == partnership.pk else area,
        "note": words.note,
    }


def _served(activity: TrainingActivity) -> set[int]:
    return set(activity.priorities.values_list("pk", flat=True))


def _must_be_possible(
    activity: TrainingActivity, period: Span, words: FigureWords, kept: TrainingMeasure | None
) -> None:
    """A source may print what cannot be so; the partnership's own record may not say it."""
    if words.value is None or words.telling.source:
        return
    wrong = outside(words.measure, words.value)
    if wrong:
        raise Refused(wrong, "value")
    if words.qualifier != "exactly":
        return
    others = activity.measures.filter(
        period=store_period(period), mention=1, value__isnull=False, qualifier="exactly"
    )
    if kept:
        others = others.exclude(pk=kept.pk)
    numbers = {each.measure: each.value for each in others if each.value is not None}
    before = contradictions(numbers)
    for sentence in contradictions(numbers | {words.measure: words.value}):
        if sentence not in before:
            raise Refused(f"{sentence} Check both numbers.", "value")


def _record(by: User, verb: str, activity: TrainingActivity, **detail: Any) -> None:
    partnership = activity.partnership
    record(by=by, verb=verb, subject=activity.key, partnership=partnership, detail=detail)
