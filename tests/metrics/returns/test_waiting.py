"""What waits for a person on their own page."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from metrics.actions import approve, send_back
from metrics.entries import Entry
from metrics.models import Return, ReturnStep
from metrics.queries import whole_cells
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import RoleName, User
from partnerships.periods import Span, day, quarter
from tests.kept_factories import ActionFactory
from tests.report_factories import AnnualReportFactory, EditionFactory, PublicationFactory
from tests.return_factories import CannotSupplyFactory, ReturnFactory
from tests.world import NOW, World, person

SignedIn = Callable[[User], Client]


def test_own_page_says_what_waits_and_by_when(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    due = timezone.localdate() + timedelta(days=5)
    Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )

    def page(user: User) -> str:
        return signed_in(user).get("/my/").content.decode()

    assert f"{newest.label}: enter 1 figure<" in page(world.contributor)
    assert f"due {day(due)}" in page(world.contributor)
    assert f"{newest.label}: enter 2 figures<" in page(world.unit)
    assert "Waiting for you" not in page(world.approver)

    save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(7)),
        by=world.contributor,
        at=NOW,
        seen=0,
    )
    assert f"{newest.label}: decide on 1 figure<" in page(world.approver)
    assert f"{newest.label}: enter" not in page(world.contributor)
    assert f"{newest.label}: submit the part of Police<" in page(world.contributor)
    assert "submit the part" not in page(world.unit)
    send_back(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW, reason="Which week?")
    assert f"{newest.label}: put right 1 figure sent back<" in page(world.contributor)


def approved(world: World, span: Span) -> None:
    entered = save_entry(
        place=world.place(span), entry=Entry(value=Decimal(7)), by=world.unit, at=NOW, seen=0
    )
    approve(cell=entered.cell, seen=1, by=world.approver, at=NOW)


def page_of(client: Client) -> str:
    return client.get("/my/").content.decode()


def test_correction_of_any_quarter_waits_for_a_second_person(
    world: World, signed_in: SignedIn
) -> None:
    """Also one of years ago, which no list of recent quarters shows."""
    long_ago = quarter(2021, 2)
    approved(world, long_ago)
    other = person(world.partnership, RoleName.APPROVER, "other")
    save_entry(
        place=world.place(long_ago),
        entry=Entry(value=Decimal(9)),
        by=other,
        at=NOW,
        seen=1,
        reason="Two were missed.",
    )
    said = "Test, Q2 2021-22: confirm 1 correction as second person<"
    assert said in page_of(signed_in(world.approver))
    assert "Nothing waits for you today." in page_of(signed_in(other))
    assert "Nothing waits for you today." in page_of(signed_in(world.unit))


def test_part_given_back_waits_for_its_agency(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    due = timezone.localdate() + timedelta(days=5)
    whole = Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )
    save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(7)),
        by=world.contributor,
        at=NOW,
        seen=0,
    )
    for kind, hours, said in (
        ("submitted", 0, "Nothing waits for you today."),
        ("returned", 1, f"{newest.label}: put right and submit the part of Police, given back<"),
    ):
        ReturnStep.objects.create(
            part_of=whole,
            agency=world.police,
            kind=kind,
            reason="One week is missing.",
            by=world.approver,
            at=NOW + timedelta(hours=hours),
        )
        assert said in page_of(signed_in(world.contributor))


def test_figure_that_cannot_be_supplied_is_not_waited_for(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    due = timezone.localdate() + timedelta(days=5)
    ReturnFactory(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )
    CannotSupplyFactory(agency=world.police, indicator=world.referrals, until=due)
    # Conferences held in time, which the council supplies.
    assert f"{newest.label}: enter 1 figure<" in page_of(signed_in(world.unit))
    assert f"{newest.label}: enter" not in page_of(signed_in(world.contributor))


def test_actions_of_ones_agencies_wait_in_one_list_with_the_soonest_first(
    world: World, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    here = {"partnership": world.partnership}
    for number, days, agency in (
        (1, 20, world.police),
        (2, -3, world.police),
        (3, 60, world.police),
        (4, 1, world.council),
        (5, 2, None),
    ):
        ActionFactory(
            **here,
            number=number,
            agency=agency,
            text=f"Do thing {number}.",
            due=today + timedelta(days=days),
        )
    own = page_of(signed_in(world.contributor))
    found = [own.find(f"Do thing {number}<") for number in range(1, 6)]
    assert [at > 0 for at in found] == [True, True, False, False, False]
    assert found[1] < found[0]
    assert "Action 2, overdue: Do thing 2</a>, due " in own
    unit = page_of(signed_in(world.unit))
    assert [f"Do thing {number}<" in unit for number in range(1, 6)] == [
        False, False, False, False, True,
    ]  # fmt: skip


def test_edition_that_is_not_published_waits_for_who_signs(
    world: World, signed_in: SignedIn
) -> None:
    signs = person(world.partnership, RoleName.SIGNATORY, "signs")
    report = AnnualReportFactory(partnership=world.partnership, title="Yearly report")
    EditionFactory(report=report, number=1)
    newest = EditionFactory(report=report, number=2)
    said = "Test, Yearly report: edition 2 is to be read and published<"
    assert said in page_of(signed_in(signs))
    assert "edition" not in page_of(signed_in(world.unit))
    PublicationFactory(edition=newest)
    assert "Nothing waits for you today." in page_of(signed_in(signs))
