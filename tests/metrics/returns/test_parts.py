"""A return as a whole: dates, steps, who is late and who is written to."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from metrics.actions import Closed, approve
from metrics.entries import Entry
from metrics.models import CannotSupply, Expectation, Return, ReturnNotice, Revision
from metrics.queries import whole_cells
from metrics.returns.cannot_supply.actions import say_cannot_supply
from metrics.returns.parts.actions import chase, remind, set_dates, take_step
from metrics.returns.parts.standing import Part, PartState, parts
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.jobs import run_now
from partnerships.models import Job, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span, quarter
from partnerships.refusals import Refused
from tests.world import World

SignedIn = Callable[[User], Client]
QUARTER = quarter(2025, 1)
DUE = date(2025, 7, 31)
BEFORE = datetime(2025, 7, 10, 9, tzinfo=UTC)
TEN_JULY = BEFORE.date()


def made(world: World, span: Span = QUARTER, due: date = DUE) -> Return:
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(span),
        due=due,
        closed_to_new=due + timedelta(days=10),
        closed_to_edits=due + timedelta(days=20),
    )


def part(part_of: Return, slug: str = "police", on: date = TEN_JULY) -> Part:
    (one,) = [p for p in parts(part_of, on=on) if p.agency.organisation.slug == slug]
    return one


def enter(
    world: World, value: int = 7, *, at: datetime = BEFORE, seen: int = 0, reason: str = ""
) -> Revision:
    return save_entry(
        place=world.place(QUARTER),
        entry=Entry(value=Decimal(value)),
        by=world.contributor,
        at=at,
        seen=seen,
        reason=reason,
    )


def step(world: World, part_of: Return, kind: str, by: User, reason: str = "") -> None:
    take_step(part=part(part_of), part_of=part_of, kind=kind, by=by, at=BEFORE, reason=reason)


def test_part_goes_from_open_to_locked(world: World) -> None:
    whole = made(world)
    assert part(whole).state is PartState.OPEN
    enter(world)
    step(world, whole, "submitted", world.contributor)
    assert part(whole).state is PartState.SUBMITTED
    step(world, whole, "returned", world.approver, "One week is missing.")
    assert part(whole).state is PartState.RETURNED
    step(world, whole, "submitted", world.contributor)
    approve(cell=whole_cells().get(), seen=1, by=world.approver, at=BEFORE)
    assert part(whole).state is PartState.APPROVED
    step(world, whole, "locked", world.approver)
    assert part(whole).state is PartState.LOCKED


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (datetime(2025, 7, 31, 22, 59, tzinfo=UTC), 0),
        (datetime(2025, 7, 31, 23, 0, tzinfo=UTC), 1),  # midnight in London
        (datetime(2025, 8, 9, 9, 0, tzinfo=UTC), 9),
    ],
)
def test_part_that_came_late_says_by_how_many_days(world: World, at: datetime, days: int) -> None:
    whole = made(world)
    enter(world)
    take_step(part=part(whole), part_of=whole, kind="submitted", by=world.contributor, at=at)
    assert part(whole).days_late == days


def test_part_sent_again_came_when_it_was_first_sent(world: World) -> None:
    whole = made(world)
    enter(world)
    assert part(whole).days_late == 0
    again = datetime(2025, 8, 9, 9, 0, tzinfo=UTC)
    for kind, by, at in (
        ("submitted", world.contributor, BEFORE),
        ("returned", world.approver, BEFORE),
        ("submitted", world.contributor, again),
    ):
        take_step(part=part(whole), part_of=whole, kind=kind, by=by, at=at, reason="Why.")
    assert part(whole).days_late == 0


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        ("submitted", "", "1 of 1 figures are missing."),
        ("returned", "Why.", "submitted nothing that could be given back"),
        ("locked", "", "Approve the figures of Police first"),
    ],
)
def test_step_too_soon_is_refused(world: World, kind: str, reason: str, said: str) -> None:
    whole = made(world)
    with pytest.raises(Refused, match=said):
        step(world, whole, kind, world.unit, reason)
    assert whole.steps.count() == 0


def test_second_of_two_people_does_not_take_the_same_step(world: World) -> None:
    whole = made(world)
    enter(world)
    seen = part(whole)
    for refused in (False, True):
        try:
            take_step(part=seen, part_of=whole, kind="submitted", by=world.unit, at=BEFORE)
        except Refused:
            assert refused
    assert whole.steps.count() == 1


@pytest.mark.parametrize(
    ("at", "first", "change"),
    [
        (datetime(2025, 8, 10, 22, 59, tzinfo=UTC), True, True),
        (datetime(2025, 8, 10, 23, 0, tzinfo=UTC), False, True),  # midnight in London
        (datetime(2025, 8, 20, 22, 59, tzinfo=UTC), False, True),
        (datetime(2025, 8, 20, 23, 0, tzinfo=UTC), False, False),
    ],
)
def test_return_closes_at_the_end_of_a_day_in_london(
    world: World, at: datetime, first: bool, change: bool
) -> None:
    made(world)

    def takes(seen: int) -> bool:
        try:
            enter(world, 8, at=at, seen=seen)
        except Closed:
            return False
        return True

    assert takes(0) is first
    if not first:
        enter(world, 7)
    assert takes(1) is change or first


def test_closed_return_still_takes_a_correction_with_a_reason(world: World) -> None:
    made(world)
    enter(world)
    approve(cell=whole_cells().get(), seen=1, by=world.approver, at=BEFORE)
    late = BEFORE + timedelta(days=90)
    assert enter(world, 9, at=late, seen=1, reason="Two were missed.").number == 2


def test_locked_part_takes_corrections_but_no_new_figure(world: World) -> None:
    whole = made(world)
    Expectation.objects.create(agency=world.police, indicator=world.timely, first=QUARTER.first)
    say_cannot_supply(
        agency=world.police,
        indicator=world.timely,
        because="A new system.",
        first=TEN_JULY,
        until=DUE,
        by=world.contributor,
        at=BEFORE,
    )
    enter(world)
    approve(cell=whole_cells().get(), seen=1, by=world.approver, at=BEFORE)
    step(world, whole, "locked", world.approver)
    assert enter(world, 9, seen=1, reason="Two were missed.").number == 2
    with pytest.raises(Closed, match="The return for Q1 2025-26 is locked"):
        save_entry(
            place=world.place(QUARTER, world.timely),
            entry=Entry(numerator=Decimal(4), denominator=Decimal(5)),
            by=world.unit,
            at=BEFORE,
            seen=0,
        )


def test_what_cannot_be_supplied_is_not_missed(world: World) -> None:
    whole = made(world)
    say_cannot_supply(
        agency=world.police,
        indicator=world.referrals,
        because="A new system.",
        first=DUE,
        until=DUE + timedelta(days=5),
        by=world.contributor,
        at=BEFORE,
    )
    assert [part(whole, on=DUE + timedelta(days=n)).missing for n in (-1, 0, 5, 6)] == [1, 0, 0, 1]


def test_who_is_late_is_late_the_day_after(world: World) -> None:
    whole = made(world)
    days = (DUE, DUE + timedelta(days=1))
    assert [part(whole, on=on).is_late(on) for on in days] == [False, True]


def test_chasing_writes_once_a_day_to_those_who_want_it(world: World) -> None:
    whole = made(world)
    chase(part=part(whole), part_of=whole, by=world.unit, at=BEFORE)
    with pytest.raises(Refused, match="today already"):
        chase(part=part(whole), part_of=whole, by=world.unit, at=BEFORE)
    assert run_now(Job.objects.get()).state == Job.State.DONE
    (sent,) = mail.outbox
    assert sent.to == ["contributor@test.example"]
    assert sent.subject == "Q1 2025-26 return of Test: due 31 July 2025"
    assert "Figures missing: 1." in sent.body

    chase(part=part(whole), part_of=whole, by=world.unit, at=BEFORE + timedelta(days=1))
    world.contributor.wants_reminders = False
    world.contributor.save()
    assert run_now(Job.objects.latest("pk")).state == Job.State.FAILED
    assert len(mail.outbox) == 1


def test_reminders_go_once_before_and_once_after_the_day(world: World) -> None:
    whole = made(world)
    actor = system_actor()
    at = [DUE + timedelta(days=n) for n in (-8, -7, -6, 0, 1, 2, 11)]
    counts = [remind(by=actor, at=datetime(d.year, d.month, d.day, 8, tzinfo=UTC)) for d in at]
    assert counts == [0, 2, 0, 0, 2, 0, 0]
    kinds = list(whole.notices.order_by("on", "agency").values_list("kind", flat=True))
    assert kinds == ["before-due"] * 2 + ["after-due"] * 2


def test_send_reminders_may_be_run_again(
    world: World, newest: Span, capsys: pytest.CaptureFixture[str]
) -> None:
    made(world, newest, timezone.localdate() + timedelta(days=1))
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out.splitlines() == [
        "2 agencies are being reminded.",
        "0 agencies are being reminded.",
    ]
    assert ReturnNotice.objects.count() == 2


@pytest.mark.parametrize(
    ("due", "new", "edits", "said"),
    [
        (-1, 10, 20, "after the quarter has ended"),
        (30, 29, 40, "on the day it is due or later"),
        (30, 40, 39, "no sooner than to new figures"),
    ],
)
def test_dates_in_a_wrong_order_are_refused(
    world: World, due: int, new: int, edits: int, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        set_dates(
            dataset=world.dataset,
            span=QUARTER,
            due=QUARTER.last + timedelta(days=due),
            closed_to_new=QUARTER.last + timedelta(days=new),
            closed_to_edits=QUARTER.last + timedelta(days=edits),
            by=world.unit,
        )
    assert Return.objects.count() == 0


def test_pages_of_a_return_from_dates_to_submitting(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    here = f"/p/testshire/returns/{newest.key}/figures/"
    unit, contributor = signed_in(world.unit), signed_in(world.contributor)
    assert "no dates yet" in contributor.get(here + "agencies/").content.decode()
    due = timezone.localdate() + timedelta(days=3)
    sent: dict[str, int] = {}
    for name, later in (("due", 0), ("new", 5), ("edits", 9)):
        on = due + timedelta(days=later)
        sent |= {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}
    assert unit.post(here + "dates/", sent).status_code == 302

    refused = contributor.post(here + "agencies/police/step/", {"step": "submitted"}, follow=True)
    assert "1 of 1 figures are missing." in refused.content.decode()
    assert (
        contributor.post(here + "agencies/council/step/", {"step": "submitted"}).status_code == 404
    )
    assert contributor.post(here + "agencies/police/step/", {"step": "locked"}).status_code == 403
    contributor.post(
        here + "enter/",
        {"referrals-value": "7", "referrals-seen": "0", "referrals-marker": ""},
    )
    done = contributor.post(here + "agencies/police/step/", {"step": "submitted"}, follow=True)
    assert "Police: submitted." in done.content.decode()
    assert "Council" not in done.content.decode()
    chased = unit.post(here + "agencies/council/step/", {"step": "chased"}, follow=True)
    assert "Council: its contributors are being written to." in chased.content.decode()


def test_grid_says_why_a_closed_return_takes_nothing(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    made(world, newest, newest.last + timedelta(days=1))
    Return.objects.update(closed_to_new=newest.last + timedelta(days=1))
    sent = signed_in(world.unit).post(
        f"/p/testshire/returns/{newest.key}/figures/enter/",
        {"referrals-value": "7", "referrals-seen": "0", "referrals-marker": ""},
    )
    assert sent.status_code == 422
    page = sent.content.decode()
    assert f"Referrals: {newest.label} closed to " in page
    assert "This return closed to " in page
    assert 'value="7"' in page


def test_cannot_supply_is_said_by_the_agency_itself(world: World, signed_in: SignedIn) -> None:
    contributor = signed_in(world.contributor)
    until = timezone.localdate() + timedelta(days=90)
    sent = {
        "agency": "police",
        "indicator": "referrals",
        "because": "A new system.",
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
    }
    here = "/p/testshire/returns/cannot-supply/"
    assert contributor.post(here, sent | {"agency": "council"}).status_code == 422
    assert contributor.post(here, sent).status_code == 302
    assert CannotSupply.objects.get().until == until
    assert "A new system." in contributor.get(here).content.decode()
