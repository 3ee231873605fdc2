"""An approver decides on many figures at once."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from metrics.actions import approve
from metrics.entries import Entry
from metrics.models import Decision
from metrics.queries import State, quarters_to, state_of, whole_cells
from metrics.saving import Answer, save_entry
from partnerships.models import Job, User
from partnerships.periods import Span
from tests.metrics.returns.test_divisions import NEGLECT, OTHER, divided, enter
from tests.world import NOW, World

SignedIn = Callable[[User], Client]
__all__ = ["divided"]  # a fixture


def address(span: Span) -> str:
    return f"/p/testshire/returns/{span.key}/figures/decide/"


def states(span: Span) -> dict[str, State]:
    cells = whole_cells().filter(period__first=span.first)
    return {cell.indicator.code: state_of(cell) for cell in cells}


@pytest.fixture
def entered(world: World, newest: Span) -> Span:
    """Six earlier quarters of 120; 5,000 now, with an answer, and 45 of 50 by the approver."""
    for span in quarters_to(newest.last, 6):
        _save(world, span, Entry(value=Decimal(120)))
        approve(cell=whole_cells().get(period__first=span.first), seen=1, by=world.second, at=NOW)
    answer = Answer(("far-from-series",), "A new team.")
    _save(world, newest, Entry(value=Decimal(5000)), answer=answer)
    save_entry(
        place=world.place(newest, world.timely),
        entry=Entry(numerator=Decimal(45), denominator=Decimal(50)),
        by=world.second,
        at=NOW,
        seen=0,
    )
    return newest


def _save(
    world: World, span: Span, entry: Entry, answer: Answer | None = None, seen: int = 0
) -> None:
    save_entry(
        place=world.place(span),
        entry=entry,
        by=world.unit,
        at=NOW,
        seen=seen,
        answer=answer or Answer(),
    )


def test_page_shows_changes_doubts_and_answers(
    world: World, entered: Span, signed_in: SignedIn
) -> None:
    page = signed_in(world.approver).get(address(entered)).content.decode()
    assert page.count("+4,880 (+4,066.7%)") == 2
    assert "5,000 is far from the 6 quarters before, which all had 120.<" in page
    assert "Answer: A new team." in page


def test_approver_reads_that_a_figure_is_provisional(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    for flags, told in (("", False), ("p", True)):
        _save(world, newest, Entry(value=Decimal(7), flags=flags), seen=1 if flags else 0)
        page = signed_in(world.approver).get(address(newest)).content.decode()
        assert ("It is provisional." in page) is told


def test_ticked_figures_are_approved_and_the_others_left(
    world: World, entered: Span, signed_in: SignedIn
) -> None:
    sent = signed_in(world.approver).post(
        address(entered), {"decision": "approve", "ticked": ["referrals@1"]}, follow=True
    )
    assert "1 figure approved." in sent.content.decode()
    assert states(entered) == {"referrals": State.APPROVED, "timely": State.WAITING}
    assert Job.objects.filter(state=Job.State.WAITING).count() == 1


def test_ticked_figures_are_sent_back_with_one_reason(
    world: World, entered: Span, signed_in: SignedIn
) -> None:
    approver = signed_in(world.approver)
    ticked = {"decision": "send-back", "ticked": ["referrals@1", "timely@1"]}
    refused = approver.post(address(entered), ticked | {"reason": " "})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Say what is to be put right, then send them back." in page
    assert page.count("checked>") == 2
    assert Decision.objects.filter(outcome="sent-back").count() == 0

    approver.post(address(entered), ticked | {"reason": "Which week?"})
    assert set(states(entered).values()) == {State.SENT_BACK}
    assert set(Decision.objects.filter(outcome="sent-back").values_list("reason", flat=True)) == {
        "Which week?"
    }


def test_figure_changed_since_is_not_decided_on(
    world: World, entered: Span, signed_in: SignedIn
) -> None:
    save_entry(
        place=world.place(entered),
        entry=Entry(value=Decimal(130)),
        by=world.second,
        at=NOW,
        seen=1,
    )
    sent = signed_in(world.approver).post(
        address(entered), {"decision": "approve", "ticked": ["referrals@1", "timely@1"]}
    )
    assert sent.status_code == 422
    assert "changed or decided on since you opened the page" in sent.content.decode()
    assert states(entered) == {"referrals": State.WAITING, "timely": State.WAITING}


def test_own_entry_has_no_tick_and_is_refused(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(3)),
        by=world.approver,
        at=NOW,
        seen=0,
    )
    approver = signed_in(world.approver)
    page = approver.get(address(newest)).content.decode()
    assert "You entered it yourself" in page
    assert 'type="checkbox"' not in page
    sent = approver.post(address(newest), {"decision": "approve", "ticked": ["referrals@1"]})
    assert sent.status_code == 422
    assert states(newest) == {"referrals": State.WAITING}


def test_nothing_ticked_is_said(world: World, entered: Span, signed_in: SignedIn) -> None:
    sent = signed_in(world.approver).post(address(entered), {"decision": "approve"})
    assert sent.status_code == 422
    assert "Tick the figures that you decide on." in sent.content.decode()


def test_figures_with_a_question_come_first_and_are_ticked_by_hand(
    world: World, entered: Span, signed_in: SignedIn
) -> None:
    approver = signed_in(world.approver)
    page = approver.get(address(entered)).content.decode()
    assert "To be looked at first: 1" in page
    assert '<a class="govuk-link" href="#figure-referrals">Referrals</a>' in page
    assert "checked>" not in page
    page = approver.get(f"{address(entered)}?tick=quiet").content.decode()
    assert re.findall(r'value="([^"]+)"\s+checked>', page) == ["timely@1"]


def test_group_that_does_not_add_up_is_told_before_and_once_after(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    for key, value in (("referrals", 120), (NEGLECT, 80), (OTHER, 30)):
        enter(divided, newest, key, value)
    approver = signed_in(divided.approver)
    why = "make 110. The total is 120: the categories make 10 fewer."
    assert approver.get(address(newest)).content.decode().count(why) == 1
    ticked = [f"{key}@1" for key in ("referrals", NEGLECT, OTHER)]
    came = approver.post(address(newest), {"decision": "approve", "ticked": ticked})
    said = [str(each) for each in get_messages(came.wsgi_request)]
    assert len(said) == 1
    assert said[0].startswith("Referrals, Referrals: Neglect, Referrals: Other abuse: ")
