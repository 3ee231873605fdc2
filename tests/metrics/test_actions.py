"""Entering, correcting, approving and sending back."""

from decimal import Decimal

import pytest

from metrics.actions import FigureError, Overtaken, Unsound, approve, send_back
from metrics.entries import Entry
from metrics.models import Cell, Decision, Revision
from metrics.queries import State, state_of, whole_cells
from metrics.saving import save_entry
from partnerships.models import AuditEvent, Job, User
from tests.world import NOW, World


def enter(
    world: World, value: int, *, by: User | None = None, seen: int = 0, reason: str = ""
) -> Revision:
    return save_entry(
        place=world.place(),
        entry=Entry(value=Decimal(value)),
        by=by or world.unit,
        at=NOW,
        seen=seen,
        reason=reason,
    )


def the_cell() -> Cell:
    return whole_cells().get()


def test_save_entry_makes_the_first_revision_and_its_audit_row(world: World) -> None:
    revision = enter(world, 120)

    assert (revision.number, revision.value, revision.by) == (1, Decimal(120), world.unit)
    assert state_of(the_cell()) is State.WAITING
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.partnership) == (
        "figure entered",
        "testshire-returns:referrals:testshire:2025-26-q1:all",
        world.partnership,
    )
    assert event.detail == {"revision": 1}  # never the value


def test_save_entry_works_a_percentage_out(world: World) -> None:
    revision = save_entry(
        place=world.place(indicator=world.timely),
        entry=Entry(numerator=Decimal(2), denominator=Decimal(3)),
        by=world.unit,
        at=NOW,
        seen=0,
    )
    revision.refresh_from_db()
    assert revision.value == Decimal("66.666667")


def test_save_entry_of_none_out_of_none_is_not_applicable(world: World) -> None:
    revision = save_entry(
        place=world.place(indicator=world.timely),
        entry=Entry(numerator=Decimal(0), denominator=Decimal(0)),
        by=world.unit,
        at=NOW,
        seen=0,
    )
    assert (revision.value, revision.marker, revision.marker_reason) == (
        None,
        "z",
        "None out of none.",
    )


def test_save_entry_refuses_an_unsound_entry_and_saves_nothing(world: World) -> None:
    with pytest.raises(Unsound) as caught:
        enter(world, -3)
    assert [problem.code for problem in caught.value.problems] == ["negative"]
    assert (Cell.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_save_entry_sent_twice_is_one_revision(world: World) -> None:
    first, second = enter(world, 120), enter(world, 120)
    assert first == second
    assert (Revision.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_save_entry_that_says_only_provisional_is_a_further_revision(world: World) -> None:
    enter(world, 120)
    for seen, flags in ((1, "p"), (2, "")):
        save_entry(
            place=world.place(),
            entry=Entry(value=Decimal(120), flags=flags),
            by=world.unit,
            at=NOW,
            seen=seen,
        )
    assert [r.flags for r in Revision.objects.order_by("number")] == ["", "p", ""]


def test_save_entry_of_an_approved_figure_as_it_stands_is_no_correction(world: World) -> None:
    enter(world, 120)
    approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    assert enter(world, 120, seen=1, reason="Sent twice.").number == 1


def test_save_entry_after_somebody_else_saved_is_refused_with_theirs(world: World) -> None:
    enter(world, 120)
    with pytest.raises(Overtaken) as caught:
        enter(world, 125, by=world.second, seen=0)
    assert caught.value.latest is not None
    assert caught.value.latest.value == Decimal(120)
    assert [r.value for r in Revision.objects.all()] == [Decimal(120)]


def test_save_entry_over_a_draft_keeps_the_draft_in_the_history(world: World) -> None:
    enter(world, 120)
    second = enter(world, 125, by=world.second, seen=1)
    assert (second.number, second.reason) == (2, "Changed before approval.")
    assert [r.value for r in Revision.objects.order_by("number")] == [Decimal(120), Decimal(125)]


def test_approve_by_another_person_makes_the_figure_count(world: World) -> None:
    enter(world, 120)
    decision = approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)

    cell = the_cell()
    assert cell.approved == cell.latest == decision.revision
    assert state_of(cell) is State.APPROVED
    job = Job.objects.get()
    assert (job.kind, job.key, job.state) == ("metrics.compute_changes", "testshire", "waiting")


def test_approve_of_ones_own_entry_needs_a_reason_that_is_kept(world: World) -> None:
    enter(world, 120, by=world.approver)
    with pytest.raises(FigureError, match="You entered this figure yourself"):
        approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    assert (the_cell().approved, Decision.objects.count(), Job.objects.count()) == (None, 0, 0)

    decision = approve(
        cell=the_cell(), seen=1, by=world.approver, at=NOW, reason="One-person unit."
    )
    assert (decision.own_entry, decision.reason) == (True, "One-person unit.")


def test_approve_of_a_figure_that_changed_since_is_refused(world: World) -> None:
    enter(world, 120)
    enter(world, 125, seen=1)
    with pytest.raises(Overtaken):
        approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    assert the_cell().approved is None


def test_approve_twice_is_refused(world: World) -> None:
    enter(world, 120)
    approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    with pytest.raises(FigureError, match="decided on already"):
        approve(cell=the_cell(), seen=1, by=world.second, at=NOW)
    assert Decision.objects.count() == 1


def test_correction_needs_a_reason(world: World) -> None:
    enter(world, 120)
    approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    with pytest.raises(FigureError, match="Say why"):
        enter(world, 134, seen=1)
    assert Revision.objects.count() == 1


def test_correction_counts_only_after_a_second_person_approved_it(world: World) -> None:
    enter(world, 120)
    approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    revision = enter(world, 134, seen=1, reason="Fourteen were left out.")

    assert revision.flags == "r"
    cell = the_cell()
    assert state_of(cell) is State.CORRECTION_WAITING
    assert cell.approved is not None
    assert cell.approved.value == Decimal(120)

    approve(cell=cell, seen=2, by=world.approver, at=NOW)
    cell = the_cell()
    assert cell.approved is not None
    assert cell.approved.value == Decimal(134)
    assert state_of(cell) is State.APPROVED


def test_send_back_leaves_what_was_approved_counting(world: World) -> None:
    enter(world, 120)
    approve(cell=the_cell(), seen=1, by=world.approver, at=NOW)
    enter(world, 134, seen=1, reason="Fourteen were left out.")
    send_back(cell=the_cell(), seen=2, by=world.approver, at=NOW, reason="Which fourteen?")

    cell = the_cell()
    assert state_of(cell) is State.CORRECTION_SENT_BACK
    assert cell.approved is not None
    assert cell.approved.value == Decimal(120)


def test_send_back_needs_a_reason(world: World) -> None:
    enter(world, 120)
    with pytest.raises(FigureError, match="put right"):
        send_back(cell=the_cell(), seen=1, by=world.approver, at=NOW, reason="")
    assert Decision.objects.count() == 0


def test_same_figure_again_after_it_was_sent_back_is_an_answer(world: World) -> None:
    enter(world, 120)
    send_back(cell=the_cell(), seen=1, by=world.approver, at=NOW, reason="Is this right?")
    again = enter(world, 120, seen=1, reason="Checked: it is right.")
    assert again.number == 2
    assert state_of(the_cell()) is State.WAITING
