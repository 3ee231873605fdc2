"""Verbs that change what is told of children's, families' and practitioners' voices."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from metrics.models import Area
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of
from reviews.figures import OURS, FigureWords, Telling
from reviews.models import VoiceActivity, VoiceMeasure
from reviews.versions import write


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """Who said or did what, and what came of it. `area` is None for the partnership's own."""

    name: str
    period: Span
    who: str
    said_or_done: str
    changed: str = ""
    told_back: str = ""
    area: Area | None = None
    telling: Telling = OURS


def save_voice(
    *, partnership: Partnership, code: str, words: VoiceWords, seen: int = 0, by: User
) -> VoiceActivity:
    """Adds an activity (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    if words.told_back and not words.changed:
        raise Refused("Say what changed, or that nothing could, before what was told.", "changed")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.voice_activities.filter(code=code).first() if seen else None
        saved = write(
            VoiceActivity,
            {"partnership": partnership, "code": code},
            _columns(partnership, words),
            found=found,
            seen=seen,
            taken=Refused(f"There is an entry {code} already. Choose another name.", "code"),
        )
        if saved:
            _record(by, "voice changed" if found else "voice added", saved)
    return saved or partnership.voice_activities.get(code=code)


def save_figure(
    *,
    activity: VoiceActivity,
    period: Span,
    words: FigureWords,
    of_what: str = "",
    found: VoiceMeasure | None = None,
    seen: int = 0,
    by: User,
) -> VoiceMeasure:
    """Adds a figure of an activity, or changes the version seen of the one found.

    Raises `Refused` and `Overtaken`.
    """
    columns = words.columns()
    with transaction.atomic():
        VoiceActivity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        kept = activity.measures.filter(pk=found.pk).first() if found else None
        saved = write(
            VoiceMeasure,
            {
                "activity": activity,
                "period": store_period(period),
                "measure": columns.pop("measure"),
            },
            columns | {"words": of_what},
            found=kept,
            seen=seen,
            taken=Refused("This is counted for that period already. Change that.", "measure"),
        )
        if saved is None:
            assert kept is not None
            return kept
        verb = "figure of voice changed" if kept else "figure of voice added"
        _record(by, verb, activity, measure=words.measure, period=period.key)
    return saved


def remove_voice(activity: VoiceActivity, why: Removal) -> None:
    """Takes an entry out. Raises `Overtaken`, and `Refused` while figures of it are kept."""
    take_out(activity, why, verb="voice removed", subject=activity.key)


def remove_figure(figure: VoiceMeasure, why: Removal) -> None:
    """Takes a figure out. Raises `Overtaken`, and `Refused` where a report prints it."""
    activity = figure.activity
    take_out(
        figure,
        why,
        verb="figure of voice removed",
        subject=activity.key,
        figures=[address_of("voice", activity.partnership, activity.code, "")],
    )


def _columns(partnership: Partnership, words: VoiceWords) -> dict[str, Any]:
    area = words.area
    return {
        "name": words.name,
        "period": store_period(words.period),
        # The partnership's own area is told in one way only.
        "area": None if area and area.partnership_id == partnership.pk else area,
        "who": words.who,
        "said_or_done": words.said_or_done,
        "changed": words.changed,
        "told_back": words.told_back,
        **words.telling.columns(),
    }


def _record(by: User, verb: str, activity: VoiceActivity, **detail: Any) -> None:
    partnership = activity.partnership
    record(by=by, verb=verb, subject=activity.key, partnership=partnership, detail=detail)
