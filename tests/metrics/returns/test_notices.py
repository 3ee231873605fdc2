"""E-mails about a return while the mail server is away, or no worker is there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.test.utils import override_settings

from metrics.actions import send_back
from metrics.models import Return, ReturnNotice
from metrics.queries import whole_cells
from metrics.returns.parts.actions import chase, give_back, remind, take_step
from metrics.returns.parts.notices import NOT_REACHED, STILL_TO_BE_SENT
from partnerships.jobs import run_now
from partnerships.models import Job, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span
from partnerships.refusals import Refused
from tests.metrics.returns.test_parts import BEFORE, enter, made, part
from tests.world import World

SignedIn = Callable[[User], Client]


def sent(job: Job) -> Job:
    """The job as it ended, with a mail server that is there."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        return run_now(job)


def newest_job() -> Job:
    return Job.objects.filter(kind="returns.notice").latest("pk")


def chased(world: World, whole: Return) -> ReturnNotice:
    return chase(part=part(whole), part_of=whole, by=world.unit, at=BEFORE)


def page(world: World, client: Client, span: Span, end: str = "") -> str:
    address = f"/p/testshire/returns/{span.key}/figures/agencies/{end}"
    return client.get(address).content.decode()


def test_chasing_that_reached_nobody_is_told_and_can_be_done_again_today(
    world: World, newest: Span, signed_in: SignedIn, away: None
) -> None:
    whole = made(world, newest, due=newest.last + timedelta(days=60))
    first = chased(world, whole)
    unit = signed_in(world.unit)
    for end in ("", "police/"):
        assert STILL_TO_BE_SENT in page(world, unit, newest, end)
    assert run_now(newest_job()).error == NOT_REACHED
    for end in ("", "police/"):
        assert NOT_REACHED in page(world, unit, newest, end)
    assert NOT_REACHED not in page(world, signed_in(world.contributor), newest)

    assert chased(world, whole) == first
    assert sent(newest_job()).state == Job.State.DONE
    assert len(mail.outbox) == 1
    for said in (NOT_REACHED, STILL_TO_BE_SENT):
        assert said not in page(world, unit, newest)
    with pytest.raises(Refused, match="were written to today already"):
        chased(world, whole)


def test_chasing_that_waits_to_be_sent_is_not_asked_for_twice(world: World) -> None:
    whole = made(world)
    chased(world, whole)
    with pytest.raises(Refused, match="were written to today already"):
        chased(world, whole)
    assert Job.objects.filter(kind="returns.notice").count() == 1


def test_reminder_that_reached_nobody_is_made_up_for_the_day_after(
    world: World, away: None
) -> None:
    whole = made(world)
    at = datetime(2025, 7, 28, 7, tzinfo=UTC)
    assert remind(by=system_actor(), at=at) == 2
    for job in Job.objects.filter(kind="returns.notice"):
        run_now(job)
    told = whole.notices.get(agency=world.police)
    assert Job.objects.get(key=str(told.pk)).error == NOT_REACHED

    next_day = at + timedelta(days=1)
    remind(by=system_actor(), at=next_day)
    again = whole.notices.get(agency=world.police, on=next_day)
    sent(Job.objects.get(key=str(again.pk)))
    assert [each.to for each in mail.outbox] == [[world.contributor.email]]
    assert remind(by=system_actor(), at=next_day + timedelta(days=1)) == 0


def given_back(world: World, whole: Return) -> None:
    """The police submit, and an approver gives their part back."""
    take_step(part=part(whole), part_of=whole, kind="submitted", by=world.contributor, at=BEFORE)
    why = "Thirteen are missing."
    give_back(part=part(whole), part_of=whole, by=world.approver, at=BEFORE, reason=why)


def test_who_is_given_a_part_back_is_written_to(world: World) -> None:
    whole = made(world)
    enter(world)
    given_back(world, whole)
    assert sent(newest_job()).state == Job.State.DONE
    (message,) = mail.outbox
    assert message.to == ["contributor@test.example"]
    assert message.subject == "Q1 2025-26 return of Test: given back"
    assert "Police's part of the Q1 2025-26 return of Testshire was given back" in message.body
    assert "When it is right, submit it again." in message.body
    assert "Thirteen" not in message.body  # nor any other figure

    given_back(world, whole)
    assert whole.notices.filter(kind="given-back").count() == 1
    assert whole.steps.filter(kind="returned").count() == 2


def test_figures_sent_back_are_counted_and_not_called_entered(world: World) -> None:
    whole = made(world)
    enter(world)
    cell = whole_cells().get()
    send_back(cell=cell, seen=1, by=world.approver, at=BEFORE, reason="One week is missing.")
    chased(world, whole)
    assert sent(newest_job()).state == Job.State.DONE
    (message,) = mail.outbox
    assert "Figures sent back, to be put right: 1." in message.body
    assert "what is left is to submit" not in message.body


def test_page_that_gives_a_part_back_says_that_its_contributors_are_written_to(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    whole = made(world, newest, due=newest.last + timedelta(days=60))
    whole.steps.create(agency=world.police, kind="submitted", by=world.unit, at=BEFORE)
    address = f"/p/testshire/returns/{newest.key}/figures/agencies/police/step/"
    approver = signed_in(world.approver)
    without = approver.post(address, {"step": "returned"}, follow=True)
    assert "Say what is to be put right." in without.content.decode()
    assert not whole.notices.exists()
    said = approver.post(address, {"step": "returned", "reason": "A week is missing."}, follow=True)
    assert "Police: given back. Its contributors are being written to." in said.content.decode()
    assert whole.notices.get().kind == "given-back"
