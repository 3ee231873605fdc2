"""What colleagues say to each other about a figure, and what of it somebody is to follow up."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from metrics.models import Cell, Comment
from metrics.places import Place, held, make
from metrics.queries import ReturnRow
from partnerships.audit import record
from partnerships.models import User
from partnerships.refusals import Refused
from partnerships.transactions import begin_again

NO_WORDS = "Write the comment, then save it."
SAY_WHAT = "Say in a few words what is to be followed up."


class CommentOvertaken(Refused):
    """Somebody else commented on the same figure since this person opened the page."""

    def __init__(self, latest: Comment) -> None:
        super().__init__(f"{latest.by} has commented on this figure since you opened the page.")
        self.latest = latest


def comments_on(rows: Iterable[ReturnRow]) -> dict[str, Comment]:
    """The newest version of the comment on each figure that has one, by its key; one query."""
    keys = {row.cell_id: row.key for row in rows if row.cell_id}
    found = Comment.objects.filter(cell__in=keys).select_related("by")
    return {keys[each.cell_id]: each for each in found.order_by("number")}


def versions_on(cell: Cell | None) -> list[Comment]:
    """Every version of the comment on a cell, newest first."""
    if cell is None:
        return []
    return list(cell.comments.select_related("by").order_by("-number"))


def to_follow_up() -> QuerySet[Comment]:
    """Comments of all figures whose newest version says that somebody is to follow it up."""
    newer = Comment.objects.filter(cell=OuterRef("cell"), number__gt=OuterRef("number"))
    return Comment.objects.filter(~Exists(newer), follow_up=True)


@begin_again
def save_comment(
    *, place: Place, words: str, follow_up: bool, seen: int, by: User, at: datetime
) -> Comment:
    """A further version of the comment on a figure, also on one that nobody has entered yet.

    `seen` is the number of the version that the person had in front of them, 0 for none. What says
    the same as the newest one is no version. No words take the comment away. Raises
    `CommentOvertaken`, or `Refused` with why not.
    """
    if follow_up and not words:
        raise Refused(SAY_WHAT, "comment")
    (cell,) = held([place])
    latest = cell.comments.select_related("by").order_by("number").last() if cell.pk else None
    if latest is not None and (latest.words, latest.follow_up) == (words, follow_up):
        return latest
    if latest is not None and latest.number != seen:
        raise CommentOvertaken(latest)
    if latest is None and not words:
        raise Refused(NO_WORDS, "comment")
    make([cell])
    number = latest.number + 1 if latest else 1
    made = Comment.objects.create(
        cell=cell, number=number, words=words, follow_up=follow_up, by=by, at=at
    )
    record(
        by=by,
        verb="comment saved",
        subject=cell.address,
        partnership=place.dataset.owner,
        detail={"version": number, "follow_up": follow_up},  # not the words
    )
    return made
