"""What the pages about a return as a whole show, as plain values for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from metrics.models import Return
from metrics.returns.parts.standing import Part, PartState
from partnerships.elements import Fact, Tag
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
