"""What an agency said by mistake that it cannot supply is taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from metrics.entries import Entry
from metrics.models import CannotSupply, Expectation, Indicator, Return
from metrics.queries import quarters_to
from metrics.returns.cannot_supply.actions import say_cannot_supply, submitted_without, take_back
from metrics.returns.cannot_supply.queries import excused_on
from metrics.returns.parts.actions import take_step
from metrics.returns.parts.standing import Part, PartState, parts
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import Agency, AuditEvent, User
from partnerships.periods import Span, day, quarter
from partnerships.refusals import Overtaken, Refused
from tests.factories import AgencyFactory, PartnershipFactory
from tests.return_factories import CannotSupplyFactory
from tests.world import NOW, World

SignedIn = Callable[[User], Client]
TODAY = NOW.date()
Q4, Q1 = quarter(2025, 4), quarter(2026, 1)
HERE = "/p/testshire/returns/cannot-supply/"


def dated(world: World, span: Span = Q1) -> Return:
    due = TODAY + timedelta(days=20)
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(span),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )


def say(world: World, *, indicator: Indicator | None = None, first: date = TODAY) -> CannotSupply:
    return say_cannot_supply(
        agency=world.police,
        indicator=indicator or world.timely,
        because="A new system.",
        first=first,
        until=first + timedelta(days=90),
        by=world.contributor,
        at=NOW,
    )


def back(said: CannotSupply, by: User, reason: str = "") -> list[Span]:
    return take_back(said=said, reason=reason, by=by, at=NOW)


def part(part_of: Return) -> Part:
    (one,) = [p for p in parts(part_of, on=TODAY) if p.agency.organisation.slug == "police"]
    return one


def submit_without(world: World, span: Span = Q1) -> Return:
    """The police enter referrals, and submit their part without what they cannot supply."""
    whole = dated(world, span)
    save_entry(
        place=world.place(span), entry=Entry(value=Decimal(7)), by=world.unit, at=NOW, seen=0
    )
    take_step(part=part(whole), part_of=whole, kind="submitted", by=world.contributor, at=NOW)
    return whole


@pytest.fixture
def asked(world: World) -> World:
    """The police are asked for a second figure."""
    Expectation.objects.create(agency=world.police, indicator=world.timely, first=Q4.first)
    return world


def test_what_nothing_relies_on_is_taken_back_without_a_reason(asked: World) -> None:
    whole, said = dated(asked), say(asked)
    assert [row.indicator for row in part(whole).excused] == [asked.timely]
    assert back(said, asked.unit) == []
    assert part(whole).excused == ()
    assert part(whole).missing == 2
    kept = CannotSupply.objects.get()
    assert (kept.because, kept.taken_back_by, kept.taken_back_at) == (
        "A new system.",
        asked.unit,
        NOW,
    )
    event = AuditEvent.objects.get(verb="cannot supply taken back")
    assert event.subject == "indicator:timely"
    assert event.detail == {"agency": "police", "reason": "", "submitted_without": ""}


def test_what_a_part_was_submitted_without_is_taken_back_for_a_reason(asked: World) -> None:
    said = say(asked)
    whole = submit_without(asked)
    assert submitted_without(said, on=TODAY) == [Q1]
    with pytest.raises(Refused, match="Say why it is taken back: a part was submitted without"):
        back(said, asked.unit)
    assert part(whole).missing == 0
    assert back(said, asked.unit, "The system counts it after all.") == [Q1]
    assert (part(whole).state, part(whole).missing) == (PartState.SUBMITTED, 1)
    event = AuditEvent.objects.get(verb="cannot supply taken back")
    assert event.detail["submitted_without"] == Q1.key
    # The part opens again as any other that was submitted.
    take_step(
        part=part(whole), part_of=whole, kind="withdrawn", by=asked.unit, at=NOW, reason="Why."
    )
    assert part(whole).state is PartState.OPEN


def test_part_that_was_submitted_before_or_has_the_figure_relies_on_nothing(asked: World) -> None:
    earlier = submit_without_timely_owed(asked)
    said = say(asked)
    assert earlier.steps.count() == 1
    assert submitted_without(said, on=TODAY) == []
    assert back(said, asked.unit) == []


def submit_without_timely_owed(world: World) -> Return:
    """A part of a return that asked for one figure only, and had it."""
    Expectation.objects.filter(agency=world.police, indicator=world.timely).update(first=Q1.first)
    return submit_without(world, Q4)


def test_second_of_two_people_takes_nothing_back(asked: World) -> None:
    said = say(asked)
    back(said, asked.unit)
    with pytest.raises(Overtaken):
        back(said, asked.contributor)
    assert CannotSupply.objects.get().taken_back_by == asked.unit


def test_day_is_free_to_say_it_anew(asked: World) -> None:
    back(say(asked), asked.unit)
    anew = say(asked)
    assert CannotSupply.objects.count() == 2
    with pytest.raises(Refused, match="said already, from the same day on"):
        say(asked)
    assert excused_on(asked.partnership, Q1, on=TODAY, agencies=[asked.police]) == {
        asked.timely.pk: anew
    }


def test_agency_reads_what_it_said_itself(asked: World) -> None:
    """Of a figure that two agencies owe, each meets its own words and its own link."""
    CannotSupplyFactory(
        agency=asked.council, indicator=asked.timely, first=TODAY, until=TODAY, by=asked.unit
    )
    said = say(asked)
    found = excused_on(asked.partnership, Q1, on=TODAY, agencies=[asked.police])
    assert found == {asked.timely.pk: said}


def test_pages_lead_to_taking_back_and_keep_what_was_said(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    due = today + timedelta(days=5)
    Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )
    said = say(world, indicator=world.referrals, first=today)
    link = f'href="{HERE}{said.pk}/take-back/"'
    quarter_page = f"/p/testshire/returns/{newest.key}/figures/"
    contributor, unit = signed_in(world.contributor), signed_in(world.unit)
    pages = (HERE, f"{quarter_page}agencies/police/", f"{quarter_page}enter/")
    for client in (contributor, unit):
        for page in pages:
            assert link in client.get(page).content.decode()
    read = signed_in(world.approver).get(pages[1]).content.decode()
    assert "A new system." in read
    assert link not in read

    form = unit.get(f"{HERE}{said.pk}/take-back/").content.decode()
    assert "Take back that Police cannot supply Referrals" in form
    assert "A new system." in form
    assert "(optional)" in form
    sent = {"reason": "It was meant for the council."}
    done = contributor.post(f"{HERE}{said.pk}/take-back/", sent, follow=True).content.decode()
    assert "Referrals of Police is asked for again." in done
    assert "No figure is on this list." in done
    assert "It was meant for the council." in done
    assert link not in done
    assert "cannot be supplied" not in contributor.get(pages[2]).content.decode()
    assert unit.post(f"{HERE}{said.pk}/take-back/", sent).status_code == 404


def test_page_asks_why_where_a_part_was_submitted_without_it(
    asked: World, signed_in: SignedIn
) -> None:
    said = CannotSupplyFactory(
        agency=asked.police,
        indicator=asked.timely,
        first=TODAY,
        until=timezone.localdate() + timedelta(days=9),
        by=asked.contributor,
        at=NOW,
    )
    submit_without(asked)
    page = f"{HERE}{said.pk}/take-back/"
    unit = signed_in(asked.unit)
    form = unit.get(page).content.decode()
    assert "Police submitted its part of the return for Q1 2026-27 without the figure." in form
    assert "(optional)" not in form
    assert unit.post(page, {"reason": ""}).status_code == 422
    done = unit.post(page, {"reason": "It is there."}, follow=True).content.decode()
    assert "What was submitted for Q1 2026-27 stays submitted without it." in done


def test_what_another_agency_said_is_not_there(world: World, signed_in: SignedIn) -> None:
    def of(agency: Agency) -> str:
        said = CannotSupplyFactory(agency=agency, indicator=world.timely, by=world.unit)
        return f"{HERE}{said.pk}/take-back/"

    assert signed_in(world.contributor).get(of(world.council)).status_code == 404
    elsewhere = of(AgencyFactory(partnership=PartnershipFactory()))
    assert signed_in(world.unit).get(elsewhere).status_code == 404


def test_figure_says_that_it_cannot_be_supplied_wherever_it_stands(
    asked: World, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    span = quarters_to(today, 1)[0]
    say(asked, indicator=asked.referrals, first=today)
    here = "/p/testshire/returns/"
    pages = (f"{here}{span.key}/", f"{here}{span.key}/referrals/", f"{here}owed/")
    until = f"Until {day(today + timedelta(days=90))}: A new system."
    for person in (asked.unit, asked.approver, asked.contributor):
        client = signed_in(person)
        told, figure, owed = (client.get(page).content.decode() for page in pages)
        assert "entered, 1 cannot be supplied." in told
        assert told.count("Cannot be supplied") == 1
        assert until in figure
        assert until in owed
    save_entry(
        place=asked.place(span), entry=Entry(value=Decimal(9)), by=asked.unit, at=NOW, seen=0
    )
    client = signed_in(asked.unit)
    assert "annot be supplied" not in client.get(pages[0]).content.decode()
    assert "annot be supplied" not in client.get(pages[1]).content.decode()


def test_what_is_over_is_kept_apart_from_what_stands(asked: World, signed_in: SignedIn) -> None:
    today = timezone.localdate()
    say(asked, indicator=asked.referrals, first=today - timedelta(days=91))
    page = signed_in(asked.unit).get(HERE).content.decode()
    assert "No figure is on this list." in page
    before, _, over = page.partition("What is over")
    assert "A new system." not in before
    assert day(today - timedelta(days=1)) in over
    say(asked, indicator=asked.referrals, first=today - timedelta(days=90))  # to this day
    page = signed_in(asked.unit).get(HERE).content.decode()
    assert page.partition("What is over")[0].count("A new system.") == 1
