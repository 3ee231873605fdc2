"""Counts of reviews and of themes as a source prints them, and where they do not add up."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.models import Partnership, Period, User
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of
from reviews.models import PracticeReview, ReviewTotal, Theme, ThemeTotal

Event = ReviewTotal.Event
# In which states reviews can be that met the criteria: in a period, or on its last day.
STATES = (Event.PUBLISHED, Event.HELD_BACK, Event.IN_PROGRESS)


def save_total(
    *,
    partnership: Partnership,
    kind: PracticeReview.Kind,
    event: ReviewTotal.Event,
    period: Period,
    value: int,
    note: str = "",
    fact_id: str = "",
    source: str = "",
    by: User,
) -> ReviewTotal:
    """Keeps a count; saying the same again changes nothing."""
    keys: dict[str, Any] = {
        "partnership": partnership,
        "kind": kind,
        "event": event,
        "period": period,
    }
    values: dict[str, Any] = {"value": value, "note": note, "fact_id": fact_id, "source": source}
    with transaction.atomic():
        total = ReviewTotal.objects.filter(**keys).first()
        if total and all(getattr(total, name) == each for name, each in values.items()):
            return total
        total, made = ReviewTotal.objects.update_or_create(**keys, defaults=values)
        record(
            by=by,
            verb="count of reviews added" if made else "count of reviews changed",
            subject=f"review-total:{partnership.slug}:{kind}:{event}:{period.key}",
            partnership=partnership,
            detail={"value": value},
        )
    return total


def save_theme_total(
    *,
    theme: Theme,
    period: Period,
    value: int,
    reviews: int,
    note: str = "",
    fact_id: str = "",
    source: str = "",
    seen: int | None = None,
    by: User,
) -> ThemeTotal:
    """Keeps in how many of the reviews a theme came up; saying the same again changes nothing.

    A person adds one (`seen` 0) or changes the version seen; a file (None) whatever stands.
    Raises `Refused` and `Overtaken`.
    """
    values: dict[str, Any] = {
        "value": value,
        "reviews": reviews,
        "note": note,
        "fact_id": fact_id,
        "source": source,
    }
    if not 0 <= value <= reviews or not reviews:
        raise Refused("A theme comes up in no more reviews than there are.", "value")
    with transaction.atomic():
        Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        total = theme.totals.filter(period=period).first()
        if total and seen == 0:
            raise Refused("The theme is counted for that period already. Change that.", "period")
        if total and all(getattr(total, name) == each for name, each in values.items()):
            return total
        version = total.version if total else 0
        if seen not in (None, version):
            raise Overtaken
        total, made = ThemeTotal.objects.update_or_create(
            theme=theme, period=period, defaults=values | {"version": version + 1}
        )
        record(
            by=by,
            verb="count of a theme added" if made else "count of a theme changed",
            subject=f"theme:{theme.partnership.slug}:{theme.code}",
            partnership=theme.partnership,
            detail={"period": period.key, "value": value},
        )
    return total


def remove_theme_total(total: ThemeTotal, why: Removal) -> None:
    """Takes a count out. Raises `Overtaken`, and `Refused` where a report prints it."""
    theme = total.theme
    take_out(
        total,
        why,
        verb="count of a theme removed",
        subject=total.key,
        figures=[address_of("themes", theme.partnership, total.period.key, theme.code)],
    )


def do_not_add_up(totals: Iterable[ReviewTotal]) -> Iterator[str]:
    """Where the reviews that met the criteria are not those in the states, in sentences.

    The states are those printed for the same period or its last day; a source that prints none
    of them says nothing that could be held against it. `total.period` is read.
    """
    found = list(totals)
    for met in (each for each in found if each.event == Event.CRITERIA_MET):
        states = [
            each
            for each in found
            if each.kind == met.kind
            and each.event in STATES
            and each.period.last == met.period.last
            and each.period.first in {met.period.first, met.period.last}
        ]
        made = sum(each.value for each in states)
        if states and made != met.value:
            names = [each.get_event_display().lower() for each in states]
            than = "fewer" if made < met.value else "more"
            kind = PracticeReview.Kind(met.kind).label
            yield (
                f"{kind}, {met.period.span.label}: those {_listed(names)} make {than} than met "
                "the criteria. The source does not say why."
            )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
