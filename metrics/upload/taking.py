"""What a waiting file would do, and doing it: all of it or nothing.

A file is taken through the same rules as a figure entered by hand: the checks of
`metrics.entries`, one further revision for each figure that says something else, nothing over
what somebody saved in between, a reason for what is changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from metrics.actions import FigureError
from metrics.models import ImportBatch
from metrics.upload.actions import record_of
from metrics.upload.matching import Matched, matched
from metrics.upload.plan import Plan, plan_of, scopes_used
from metrics.upload.reading import Layouts, Table, table_by
from metrics.upload.scopes import Scope
from metrics.upload.storing import held, store
from partnerships.models import User
from partnerships.transactions import begin_again

SAY_WHY = "Say why the figures are changed."
SAY_RIGHT = "Say why the figures that are asked about are right, or put them right in the file."
NO_LONGER = "The file is no longer kept. Upload it again. Nothing was saved."

Heard = Callable[[int], None]


def silently(_count: int) -> None:
    """For a reader who need not hear how far it is."""


class Gone(FigureError):
    """The file is not waiting any more."""


class Unsaid(FigureError):
    """Something is for the sender to say; `fields` has the sentence for each that is empty."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class Overtaken(FigureError):
    """What the person saw is not what the file would do now."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came with the button: `Plan.seen` of what was shown, and what was said about it."""

    seen: str
    reason: str = ""
    answer: str = ""

    def unsaid(self, *, changed: int, asked: int) -> dict[str, str]:
        """What is still to be said where so many figures are changed and asked about."""
        wanted = {"reason": (changed, SAY_WHY), "answer": (asked, SAY_RIGHT)}
        return {
            name: sentence
            for name, (count, sentence) in wanted.items()
            if count and not getattr(self, name)
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """What a waiting file would do, with what was understood in reading it."""

    table: Table
    matched: Matched
    plan: Plan


def preview(
    batch: ImportBatch, scopes: Sequence[Scope], layouts: Layouts, *, heard: Heard = silently
) -> Preview:
    """What a waiting file would do now. Raises `FileRefused`, or `Gone`."""
    table = _table(batch, layouts)
    found = matched(table, scopes, batch.period.span, each=heard)
    return Preview(table, found, plan_of(found, batch.period.span, on=timezone.localdate()))


def confirm(
    batch: ImportBatch,
    scopes: Sequence[Scope],
    layouts: Layouts,
    *,
    said: Confirmed,
    by: User,
    at: datetime,
    heard: Heard = silently,
) -> ImportBatch:
    """Takes a file whole or not at all; taking it a second time changes nothing.

    Raises `Gone` where the file was dropped, `Overtaken` where somebody has saved one of its
    figures since, `FileRefused`, `Unsaid`, and `FigureError` where rows are refused.
    """
    if batch.state == ImportBatch.State.TAKEN:
        return batch
    found = read(batch, scopes, layouts, heard=heard)
    return take(batch, found, said=said, by=by, at=at)


def read(
    batch: ImportBatch, scopes: Sequence[Scope], layouts: Layouts, *, heard: Heard = silently
) -> Matched:
    """The rows of a waiting file, sorted out: the long part. Raises `FileRefused`, or `Gone`."""
    return matched(_table(batch, layouts), scopes, batch.period.span, each=heard)


@begin_again
def take(
    batch: ImportBatch, found: Matched, *, said: Confirmed, by: User, at: datetime
) -> ImportBatch:
    """The second half of `confirm`: what was read is stored, in one transaction."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state == ImportBatch.State.TAKEN:
        return locked
    if locked.content is None:
        raise Gone(NO_LONGER)
    plan = held(locked, found, on=timezone.localdate(at))
    _check(plan, said)
    store(plan, locked.period.span, by=by, at=at, reason=said.reason, answer=said.answer)
    return _end(locked, plan, found, reason=said.reason, by=by, at=at)


def _table(batch: ImportBatch, layouts: Layouts) -> Table:
    """The file's table, by its own headings, what was said of them, or a remembered layout."""
    if batch.content is None:
        raise Gone(NO_LONGER)
    return table_by(bytes(batch.content), batch.name, [batch.columns, *layouts], batch.period.span)


def _check(plan: Plan, said: Confirmed) -> None:
    if plan.refused:
        raise FigureError(
            "Rows of the file are refused, so nothing of it was saved. The page says which, and "
            "what to do."
        )
    if plan.seen != said.seen:
        raise Overtaken(
            "Somebody has saved one of these figures, or approved one that they are held against, "
            "since you opened this page. Nothing of yours was saved. Look at what the file would "
            "change now, and save again."
        )
    if unsaid := said.unsaid(changed=len(plan.changed), asked=len(plan.asked)):
        raise Unsaid(unsaid)


def _end(
    batch: ImportBatch, plan: Plan, found: Matched, *, reason: str, by: User, at: datetime
) -> ImportBatch:
    batch.state = ImportBatch.State.TAKEN
    batch.content = None
    batch.ended_at = at
    batch.reason = reason if plan.changed else ""
    batch.result = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
    }
    batch.save(update_fields=["state", "content", "ended_at", "reason", "result"])
    for scope in scopes_used(found.lines):
        counted = {
            name: sum(each.line.scope is scope for each in planned)
            for name, planned in (("added", plan.added), ("changed", plan.changed))
        }
        if any(counted.values()):
            record_of(batch, by, scope.partnership, "figures saved from a file", counted)
    return batch
