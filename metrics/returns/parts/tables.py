"""What the pages about a return as a whole show, as plain values for their templates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from metrics.models import CannotSupply, Return
from metrics.returns.cannot_supply.queries import until_and_why
from metrics.returns.parts.standing import Part, PartState
from partnerships.elements import Column, Fact, Link, Table, Tag, table
from partnerships.models import Partnership
from partnerships.periods import day, how_long
from partnerships.permissions import Permission

TAGS: dict[PartState, Tag] = {
    PartState.OPEN: Tag(PartState.OPEN, "grey"),
    PartState.SUBMITTED: Tag(PartState.SUBMITTED, "blue"),
    PartState.RETURNED: Tag(PartState.RETURNED, "orange"),
    PartState.APPROVED: Tag(PartState.APPROVED, "green"),
    PartState.LOCKED: Tag(PartState.LOCKED, "purple"),
}
LATE = Tag("Late", "red")
CAME_LATE = Tag("Came late", "yellow")
SUBMITTABLE = frozenset({PartState.OPEN, PartState.RETURNED, PartState.APPROVED})
OWES = frozenset({PartState.OPEN, PartState.RETURNED})


@dataclass(frozen=True, slots=True)
class PartRow:
    """An agency's part on the page, with what this person can do with it."""

    part: Part
    slug: str
    name: str
    tags: tuple[Tag, ...]
    entered: str
    said: tuple[str, ...]
    submits: bool  # this person, as soon as nothing is missing
    may_submit: bool
    may_chase: bool
    may_give_back: bool
    may_take_back: bool
    may_lock: bool


def dates(part_of: Return) -> list[Fact]:
    return [
        Fact("Due", day(part_of.due)),
        Fact("Last day for new figures", day(part_of.closed_to_new)),
        Fact("Last day for changes", day(part_of.closed_to_edits)),
    ]


def row(part: Part, permissions: frozenset[Permission], today: date, *, mail: str = "") -> PartRow:
    """`mail` is what is to be known of the newest e-mail to the agency."""
    enters = bool({Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES} & permissions)
    approves = Permission.APPROVE_FIGURES in permissions
    state = part.state
    submitted = part.last is not None and part.last.kind == "submitted"
    submits = enters and state in SUBMITTABLE and not submitted
    return PartRow(
        part=part,
        slug=part.agency.organisation.slug,
        name=part.agency.organisation.name,
        tags=tuple(_tags(part, today)),
        entered=_entered(part),
        said=tuple(filter(None, [*_said(part), mail])),
        submits=submits,
        may_submit=submits and part.is_whole,
        may_chase=Permission.ENTER_FIGURES in permissions and state in OWES,
        may_give_back=approves and part.last is not None and state is not PartState.RETURNED,
        may_take_back=Permission.ENTER_FIGURES in permissions and state is PartState.SUBMITTED,
        may_lock=approves and state is PartState.APPROVED,
    )


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
            "Agency",
            "Figure",
            Column("Why", long=True),
            Column("Until", whole=True),
            "Said by",
            Column("Change", whole=True),
        ],
        (
            [
                each.agency.organisation.name,
                each.indicator.name,
                each.because,
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
            "Agency",
            "Figure",
            Column("Why", long=True),
            Column("First day", whole=True),
            Column("Last day", whole=True),
            "Said by",
        ],
        (
            [
                each.agency.organisation.name,
                each.indicator.name,
                each.because,
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


def _counted(name: str, figures: int) -> str:
    return name if figures == 1 else f"{name} ({figures} figures)"


def _back(said: CannotSupply) -> str:
    assert said.taken_back_at is not None  # of those that were taken back
    by = f"{said.taken_back_by}, {_on(said.taken_back_at)}."
    return f"{by} {said.taken_back_because}".strip()


def _on(at: datetime) -> str:
    return day(timezone.localdate(at))


def _tags(part: Part, today: date) -> Iterable[Tag]:
    yield TAGS[part.state]
    if part.is_late(today):
        yield LATE
    elif part.days_late:
        yield CAME_LATE


def _entered(part: Part) -> str:
    words = f"{part.entered} of {part.wanted} entered, {part.approved} approved"
    words += f", {len(part.excused)} cannot be supplied" if part.excused else ""
    return words + (
        f"; {part.texts - part.texts_missing} of {part.texts} texts" if part.texts else ""
    )


def _said(part: Part) -> Iterable[str]:
    if part.back:
        yield f"{len(part.back)} sent back: to be put right."
    if part.off:
        yield f"Groups of figures that do not add up: {len(part.off)}."
    if part.came is not None and part.due is not None and part.days_late:
        yield f"Came on {day(part.came)}, {how_long(part.due, part.came)} after it was due."
    if part.last is not None:
        on = day(timezone.localdate(part.last.at))
        yield f"{part.last.get_kind_display()} by {part.last.by}, {on}. {part.last.reason}".strip()
    if part.chased is not None:
        yield f"Chased on {day(part.chased)}."
