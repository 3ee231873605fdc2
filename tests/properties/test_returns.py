"""Any sequence of saves, decisions, comments and steps loses no entered value."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.actions import FigureError, approve, send_back
from metrics.entries import Entry
from metrics.models import Cell, Comment, Decision, Return, Revision
from metrics.queries import whole_cells
from metrics.returns.comments import save_comment
from metrics.returns.parts.actions import take_step
from metrics.returns.parts.standing import parts
from metrics.saving import save_entry
from partnerships.refusals import Refused
from tests.world import NOW, World

SAVES = st.tuples(
    st.just("save"), st.integers(1, 4), st.booleans(), st.sampled_from(["", "Why."]), st.booleans()
)
DECISIONS = st.tuples(st.sampled_from(["approve", "send-back"]), st.booleans())
COMMENTS = st.tuples(
    st.just("comment"), st.sampled_from(["", "Ask.", "Asked."]), st.booleans(), st.booleans()
)
STEPS = st.tuples(st.sampled_from(["submitted", "withdrawn", "returned", "locked"]))


class Walk:
    """One return under a sequence of deeds; `kept` are the values that were accepted, in order.

    `said` are the comments that were, with their flags.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.kept: list[Decimal] = []
        self.said: list[tuple[str, bool]] = []
        self.part_of = Return.objects.create(
            dataset=world.dataset,
            period=world.place().period,
            due=NOW.date(),
            closed_to_new=NOW.date(),
            closed_to_edits=NOW.date(),
        )

    def save(self, value: int, stale: bool, reason: str, second: bool) -> None:
        seen = max(self.latest - 1, 0) if stale else self.latest
        before = self.latest
        revision = save_entry(
            place=self.world.place(),
            entry=Entry(value=Decimal(value)),
            by=self.world.second if second else self.world.unit,
            at=NOW,
            seen=seen,
            reason=reason,
        )
        if revision.number > before:
            self.kept.append(Decimal(value))

    def decide(self, outcome: str, stale: bool) -> None:
        if not (cell := whole_cells().first()):
            return
        seen = max(self.latest - 1, 1) if stale else self.latest
        if outcome == "approve":
            approve(cell=cell, seen=seen, by=self.world.approver, at=NOW)
        else:
            send_back(cell=cell, seen=seen, by=self.world.approver, at=NOW, reason="Why?")

    def comment(self, words: str, flag: bool, stale: bool) -> None:
        number = len(self.said)
        made = save_comment(
            place=self.world.place(),
            words=words,
            follow_up=flag,
            seen=max(number - 1, 0) if stale else number,
            by=self.world.unit,
            at=NOW,
        )
        if made.number > number:
            self.said.append((words, flag))

    def step(self, kind: str) -> None:
        for part in parts(self.part_of, on=NOW.date(), agencies=[self.world.police]):
            take_step(
                part=part, part_of=self.part_of, kind=kind, by=self.world.unit, at=NOW, reason="So."
            )

    @property
    def latest(self) -> int:
        last = Revision.objects.order_by("-number").first()
        return last.number if last else 0


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.one_of(SAVES, SAVES, DECISIONS, COMMENTS, STEPS), max_size=10))
def test_no_sequence_of_deeds_loses_a_value(world: World, deeds: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        walk = Walk(world)
        for name, *how in deeds:
            try:
                match name:
                    case "save":
                        walk.save(*how)  # type: ignore[arg-type]
                    case "comment":
                        walk.comment(*how)  # type: ignore[arg-type]
                    case "approve" | "send-back":
                        walk.decide(str(name), bool(how[0]))
                    case _:
                        walk.step(str(name))
            except (FigureError, Refused):
                continue
            finally:
                _must_hold(walk)
        transaction.set_rollback(True)


def _must_hold(walk: Walk) -> None:
    revisions = list(Revision.objects.order_by("number"))
    assert [each.value for each in revisions] == walk.kept
    assert [each.number for each in revisions] == list(range(1, len(revisions) + 1))
    cells = list(Cell.objects.select_related("approved"))
    assert len(cells) == (1 if revisions or walk.said else 0)
    comments = Comment.objects.order_by("number").values_list("words", "follow_up")
    assert list(comments) == walk.said
    for cell in cells:
        assert cell.latest_id == (revisions[-1].pk if revisions else None)
        approvals = Decision.objects.filter(outcome="approved").order_by("revision__number")
        newest = approvals.last()
        assert cell.approved_id == (newest.revision_id if newest else None)
