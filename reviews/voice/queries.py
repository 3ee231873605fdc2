"""Reading what was said and what came of it, as pages and reports need it."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.stated import address_of
from reviews.figures import FigureTold, figure_told, words_of
from reviews.models import VoiceActivity, VoiceMeasure


@dataclass(frozen=True, slots=True)
class VoiceFigure:
    """One thing counted, and of what."""

    told: FigureTold
    of_what: str


@dataclass(frozen=True, slots=True)
class VoiceTold:
    """Who said or did what, what changed, and whether they were told.

    `changed` and `told_back` are empty where nobody says so; `area` for the partnership's own.
    """

    code: str
    name: str
    period: Span
    area: str
    who: str
    said_or_done: str
    changed: str
    told_back: str
    note: str
    source: str
    figures: tuple[VoiceFigure, ...]


def voice_of(partnership: Partnership, period: Span | None = None) -> tuple[VoiceTold, ...]:
    """What was said, the newest first.

    With a period: what shares days with it or counts something in it, with the figures that
    share days with it.
    """
    found = _activities(partnership)
    if period is None:
        return tuple(_told(each, None) for each in found)
    own = Q(period__first__lte=period.last, period__last__gte=period.first)
    counted = Q(measures__period__first__lte=period.last, measures__period__last__gte=period.first)
    return tuple(_told(each, period) for each in found.filter(own | counted).distinct())


def activity_of(partnership: Partnership, code: str) -> VoiceTold | None:
    """One activity with all its figures."""
    found = _activities(partnership).filter(code=code).first()
    return _told(found, None) if found else None


def _activities(partnership: Partnership) -> QuerySet[VoiceActivity]:
    measures = VoiceMeasure.objects.select_related("period").order_by("-period__last", "pk")
    return partnership.voice_activities.select_related(
        "partnership", "period", "area"
    ).prefetch_related(Prefetch("measures", queryset=measures))


def _told(activity: VoiceActivity, period: Span | None) -> VoiceTold:
    return VoiceTold(
        code=activity.code,
        name=activity.name,
        period=activity.period.span,
        area=activity.area.name if activity.area else "",
        who=activity.who,
        said_or_done=activity.said_or_done,
        changed=activity.changed,
        told_back=activity.told_back,
        note=activity.note,
        source=activity.source,
        figures=tuple(
            _figure(activity, each)
            for each in activity.measures.all()
            if period is None or period.overlaps(each.period.span)
        ),
    )


def _figure(activity: VoiceActivity, row: VoiceMeasure) -> VoiceFigure:
    what = words_of(row.measure)
    figure = figure_told(
        row,
        what=what,
        period=row.period.span,
        address=address_of(
            "voice", activity.partnership, activity.code, row.period.key, row.measure
        ),
        about=f"{activity.name}: {what}, {row.period}",
        unit=what,
    )
    return VoiceFigure(figure, row.words)
