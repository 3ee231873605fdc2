"""An agency is told of the figures that were sent back to it: of many at once, once a day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from metrics.actions import approve, send_back
from metrics.entries import Entry
from metrics.models import Cell, Expectation, Return, ReturnNotice
from metrics.queries import whole_cells
from metrics.returns.parts.actions import chase, give_back, take_step
from metrics.returns.parts.jobs import NOBODY
from metrics.returns.parts.notices import NOT_REACHED, STILL_TO_BE_SENT, told_of_notices
from metrics.returns.parts.sent_back import make_up
from metrics.saving import save_entry
from partnerships.jobs import run_now
from partnerships.models import AuditEvent, Job, RoleName, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span
from tests.metrics.returns.test_divisions import NEGLECT, divided
from tests.metrics.returns.test_divisions import enter as divide
from tests.metrics.returns.test_parts import QUARTER, made, part
from tests.world import World, person

SignedIn = Callable[[User], Client]
__all__ = ["divided"]  # a fixture
NINE = datetime(2025, 7, 10, 8, tzinfo=UTC)  # in London
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def both(world: World) -> Return:
    """The police owe both figures, and have entered them."""
    Expectation.objects.filter(agency=world.council).update(agency=world.police)
    enter(world, Entry(value=Decimal(4711)))
    enter(world, Entry(numerator=Decimal(4), denominator=Decimal(5)), "timely")
    return made(world)


def enter(world: World, entry: Entry, name: str = "referrals", *, seen: int = 0) -> Cell:
    place = world.place(QUARTER, getattr(world, name))
    why = "Two were missed." if seen else ""
    saved = save_entry(
        place=place, entry=entry, by=world.contributor, at=NINE, seen=seen, reason=why
    )
    return saved.cell


def back(world: World, name: str = "referrals", *, at: datetime = NINE) -> None:
    cell = whole_cells().get(indicator=getattr(world, name))
    assert cell.latest is not None
    number = cell.latest.number
    send_back(cell=cell, seen=number, by=world.approver, at=at, reason="Mill Lane is missing.")


def notices() -> list[tuple[str, date]]:
    found = ReturnNotice.objects.filter(kind="sent-back").order_by("on", "agency")
    return list(found.values_list("agency__organisation__slug", "on"))


def send() -> Job:
    """The job asked for last, sent by a server that is there."""
    with override_settings(EMAIL_BACKEND=LOCMEM):
        return run_now(newest_job())


def newest_job() -> Job:
    return Job.objects.filter(kind="returns.notice").latest("pk")


def test_figures_of_a_sitting_are_one_e_mail(world: World, both: Return) -> None:
    back(world)
    back(world, "timely", at=NINE + timedelta(minutes=50))
    assert notices() == [("police", NINE.date())]
    job = newest_job()
    assert job.not_before == NINE + timedelta(hours=1)
    assert send().result == {"people": 1}
    (sent,) = mail.outbox
    assert sent.to == [world.contributor.email]
    assert sent.subject == "Q1 2025-26 return of Test: 2 figures sent back"
    said = str(sent.body)
    assert said.startswith(
        "2 figures of Police in the Q1 2025-26 return of Testshire were sent back: something in "
        "each is to be put right. What that is stands in the portal, beside each of them.\n"
        "\n"
        "The return is due on 31 July 2025.\n"
        "\n"
        "Open the return:\n"
    )
    for kept_in in ("4711", "4,711", "Mill Lane", "Referrals", "not yet submitted"):
        assert kept_in not in said
    done = AuditEvent.objects.filter(verb="told that figures were sent back")
    assert [each.actor for each in done] == [world.approver]


def test_one_figure_is_said_as_one(world: World, both: Return) -> None:
    back(world)
    send()
    assert str(mail.outbox[0].body).startswith(
        "1 figure of Police in the Q1 2025-26 return of Testshire was sent back: something in it "
        "is to be put right. What that is stands in the portal, beside it.\n"
    )
    assert mail.outbox[0].subject.endswith("1 figure sent back")


def test_what_is_sent_back_after_the_e_mail_waits_for_the_next_morning(
    world: World, both: Return
) -> None:
    back(world)
    first = send()
    Job.objects.filter(pk=first.pk).update(started_at=NINE + timedelta(hours=1))
    later = NINE + timedelta(hours=5)
    back(world, "timely", at=later)
    enter(world, Entry(value=Decimal(12)), seen=1)
    back(world, at=later + timedelta(hours=1))
    tomorrow = NINE.date() + timedelta(days=1)
    assert notices() == [("police", NINE.date()), ("police", tomorrow)]
    eight = datetime(2025, 7, 11, 7, tzinfo=UTC)
    assert newest_job().not_before == eight
    send()
    assert mail.outbox[1].subject.endswith("2 figures sent back")

    enter(world, Entry(value=Decimal(13)), seen=2)
    back(world, at=eight + timedelta(hours=2))
    assert notices()[2:] == [("police", tomorrow + timedelta(days=1))]


def test_figure_put_right_before_the_e_mail_is_not_told(world: World, both: Return) -> None:
    back(world)
    enter(world, Entry(value=Decimal(12)), seen=1)
    assert send().result == {"people": 0}
    assert mail.outbox == []


def test_part_given_back_meanwhile_told_it_already(world: World, both: Return) -> None:
    now, by = timezone.now(), world.contributor
    take_step(part=part(both), part_of=both, kind="submitted", by=by, at=now)
    back(world)
    sitting = newest_job()
    why = "See the figure."
    give_back(part=part(both), part_of=both, by=world.approver, at=now, reason=why)
    send()
    assert "Figures sent back, to be put right: 1." in str(mail.outbox[0].body)
    assert run_now(sitting).result == {"people": 0}
    assert len(mail.outbox) == 1


def test_correction_that_is_sent_back_is_told_too(world: World, both: Return) -> None:
    approve(cell=whole_cells().get(indicator=world.referrals), seen=1, by=world.approver, at=NINE)
    enter(world, Entry(value=Decimal(12)), seen=1)
    back(world)
    assert send().result == {"people": 1}
    assert mail.outbox[0].subject.endswith("1 figure sent back")


def test_agencies_that_owe_the_figure_are_told_and_no_others(divided: World) -> None:
    """Both owe referrals; the police alone owe them by category."""
    made(divided, due=timezone.localdate())
    expected = {"indicator": divided.referrals, "first": QUARTER.first}
    Expectation.objects.create(agency=divided.council, **expected)
    person(divided.partnership, RoleName.CONTRIBUTOR, "councillor", divided.council)
    cell = divide(divided, QUARTER, NEGLECT, 7)
    send_back(cell=cell, seen=1, by=divided.approver, at=NINE, reason="Which week?")
    assert notices() == [("police", NINE.date())]
    cell = divide(divided, QUARTER, "referrals", 7)
    next_day = NINE + timedelta(days=1)
    send_back(cell=cell, seen=1, by=divided.approver, at=next_day, reason="Which week?")
    assert notices()[1:] == [("council", next_day.date()), ("police", next_day.date())]


def test_figures_sent_back_in_one_decision_are_one_e_mail(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    Expectation.objects.filter(agency=world.council).update(agency=world.police)
    made(world, newest, due=newest.last + timedelta(days=60))
    for name, entry in (
        ("referrals", Entry(value=Decimal(7))),
        ("timely", Entry(numerator=Decimal(4), denominator=Decimal(5))),
    ):
        place = world.place(newest, getattr(world, name))
        save_entry(place=place, entry=entry, by=world.unit, at=timezone.now(), seen=0)
    ticked = {"ticked": ["referrals@1", "timely@1"], "decision": "send-back", "reason": "Why?"}
    address = f"/p/testshire/returns/{newest.key}/figures/decide/"
    said = signed_in(world.approver).post(address, ticked, follow=True).content.decode()
    assert "2 figures sent back." in said
    assert notices() == [("police", timezone.localdate())]
    send()
    assert mail.outbox[0].subject == f"{newest.label} return of Test: 2 figures sent back"


def test_agency_for_which_nobody_contributes_is_not_written_to(world: World, both: Return) -> None:
    """The business unit enters its figures, and finds them among what waits."""
    world.contributor.roles.update(last=NINE.date() - timedelta(days=1))
    back(world)
    assert notices() == []


def test_return_without_dates_tells_nobody(world: World) -> None:
    enter(world, Entry(value=Decimal(7)))
    back(world)
    assert notices() == []
    assert not Job.objects.filter(kind="returns.notice").exists()


def test_reminders_that_are_switched_off_keep_this_back_too(
    world: World, both: Return, signed_in: SignedIn
) -> None:
    User.objects.update(wants_reminders=False)
    back(world)
    assert send().error == NOBODY
    assert mail.outbox == []


def test_e_mail_that_reached_nobody_is_told_and_made_up_for_the_day_after(
    world: World, newest: Span, signed_in: SignedIn, away: None
) -> None:
    now = timezone.now()
    made(world, newest, due=newest.last + timedelta(days=60))
    saved = save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(7)),
        by=world.contributor,
        at=now,
        seen=0,
    )
    send_back(cell=saved.cell, seen=1, by=world.approver, at=now, reason="Which week?")
    here = f"/p/testshire/returns/{newest.key}/figures/agencies/"
    unit = signed_in(world.unit)
    assert STILL_TO_BE_SENT in unit.get(here).content.decode()
    assert run_now(newest_job()).error == NOT_REACHED
    assert NOT_REACHED in unit.get(here).content.decode()

    assert make_up(by=system_actor(), at=now + timedelta(days=4)) == 0
    assert make_up(by=system_actor(), at=now + timedelta(days=1)) == 1
    assert make_up(by=system_actor(), at=now + timedelta(days=1)) == 0  # it waits
    send()
    assert len(mail.outbox) == 1
    assert make_up(by=system_actor(), at=now + timedelta(days=1)) == 0


def test_page_tells_what_was_asked_for_last_and_not_what_is_of_a_later_day(
    world: World, both: Return, away: None
) -> None:
    back(world)
    send()
    back(world, "timely")
    assert told_of_notices(both) == {world.police.pk: STILL_TO_BE_SENT}
    chase(part=part(both), part_of=both, by=world.unit, at=NINE)
    assert run_now(newest_job()).error == NOT_REACHED
    assert notices()[-1] == ("police", NINE.date() + timedelta(days=1))
    assert told_of_notices(both) == {world.police.pk: NOT_REACHED}


def test_interrupted_e_mail_is_not_sent_again(world: World, both: Return) -> None:
    back(world)
    Job.objects.filter(kind="returns.notice").update(attempts=1)
    assert "may have gone out or not" in send().error
    assert make_up(by=system_actor(), at=NINE + timedelta(days=1)) == 0
    assert mail.outbox == []
