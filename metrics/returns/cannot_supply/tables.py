"""What the pages about what cannot be supplied show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from metrics.models import CannotSupply
from metrics.returns.cannot_supply.queries import until_and_why
from metrics.returns.parts.standing import Part
from partnerships.elements import Column, Link, Table, table
from partnerships.models import Partnership
from partnerships.periods import day

SAID = ("Agency", "Figure", Column("Why", long=True))


@dataclass(frozen=True, slots=True)
class Excused:
    """What one saying excuses in an agency's part; without a link for who cannot take it back."""

    name: str
    why: str
    link: Link | None


def cannot_supply(partnership: Partnership, said: Iterable[CannotSupply]) -> Table:
    return table(
        "cannot-supply",
        "What cannot be supplied at present",
        [
            *SAID,
            Column("Until", whole=True),
            "Said by",
            Column("Change", whole=True),
        ],
        (
            [
                *_said(each),
                day(each.until),
                str(each.by),
                take_back_link(
                    partnership, each, f"{each.indicator.name}, {each.agency.organisation}"
                ),
            ]
            for each in said
        ),
    )


def over(said: Iterable[CannotSupply]) -> Table:
    return table(
        "over",
        "Over, since its last day has passed",
        [
            *SAID,
            Column("First day", whole=True),
            Column("Last day", whole=True),
            "Said by",
        ],
        (
            [
                *_said(each),
                day(each.first),
                day(each.until),
                str(each.by),
            ]
            for each in said
        ),
    )


def taken_back(said: Iterable[CannotSupply]) -> Table:
    return table(
        "taken-back",
        "Said by mistake and taken back",
        [
            "Agency",
            "Figure",
            Column("What was said", long=True),
            Column("Taken back", long=True),
        ],
        (
            [
                each.agency.organisation.name,
                each.indicator.name,
                f"{each.because} Until {day(each.until)}. Said by {each.by}, {_on(each.at)}.",
                _back(each),
            ]
            for each in said
        ),
    )


def excused(
    partnership: Partnership, part: Part, said: Iterable[CannotSupply], *, may_take_back: bool
) -> list[Excused]:
    """By what was said, the figures that are not missed from a part."""
    count = Counter(row.indicator.pk for row in part.excused)
    return [
        Excused(
            _counted(each.indicator.name, count[each.indicator.pk]),
            until_and_why(each),
            take_back_link(partnership, each, each.indicator.name) if may_take_back else None,
        )
        for each in said
    ]


def take_back_link(partnership: Partnership, said: CannotSupply, about: str) -> Link:
    page = reverse("cannot_supply_back", args=[partnership.slug, said.pk])
    return Link("Take back", page, about)


def _said(each: CannotSupply) -> list[str]:
    return [each.agency.organisation.name, each.indicator.name, each.because]


def _counted(name: str, figures: int) -> str:
    return name if figures == 1 else f"{name} ({figures} figures)"


def _back(said: CannotSupply) -> str:
    assert said.taken_back_at is not None  # of those that were taken back
    by = f"{said.taken_back_by}, {_on(said.taken_back_at)}."
    return f"{by} {said.taken_back_because}".strip()


def _on(at: datetime) -> str:
    return day(timezone.localdate(at))
