"""Asking for a figure by other categories from a quarter on, and the returns before it."""

from decimal import Decimal

import pytest

from metrics.entries import Entry
from metrics.models import Breakdown, Expectation, Slice
from metrics.owed import expectations_on, with_categories
from metrics.owing.categories import change_categories
from metrics.owing.queries import as_seen
from metrics.saving import save_entry
from metrics.slices import stored_slice
from partnerships.models import AuditEvent
from partnerships.periods import Span, quarter
from partnerships.refusals import Overtaken, Refused
from tests.metrics.owing.test_actions import NOW, Q1, Q2, Q4, abuse, ask, dated, step
from tests.world import World


def change(
    world: World, *breakdowns: Breakdown, first: Span = Q1, asking: Expectation | None = None
) -> Expectation:
    """Changes what the police are asked for: referrals, since 2020."""
    found = asking or Expectation.objects.get(agency=world.police)
    return change_categories(
        asking=found,
        breakdowns=breakdowns,
        first=first,
        seen=as_seen(found),
        by=world.unit,
        at=NOW,
    )


def owed(world: World, span: Span) -> list[str]:
    standing = expectations_on(world.partnership, on=span.last, agencies=[world.police])
    return [each.key for each in with_categories([world.referrals], standing)]


def enter_category(world: World, span: Span, breakdown: Breakdown) -> None:
    category = breakdown.categories.get()
    slice_: Slice = stored_slice(f"{breakdown.code}={category.code}", [category])
    place = world.place(span)
    save_entry(
        place=type(place)(place.dataset, place.indicator, place.area, place.period, slice_),
        entry=Entry(value=Decimal(7)),
        by=world.unit,
        at=NOW,
        seen=0,
    )


def test_categories_hold_from_the_quarter_on_and_not_before(world: World) -> None:
    made = change(world, abuse())
    assert owed(world, Q4) == ["referrals"]
    assert owed(world, Q1) == owed(world, Q2) == ["referrals", "referrals__abuse__neglect"]
    old, new = Expectation.objects.filter(agency=world.police).order_by("first")
    assert (old.last, new.first, new.last) == (Q4.last, Q1.first, None)
    assert new == made
    event = AuditEvent.objects.get(verb="categories of a figure changed")
    assert event.subject == "owed:police:referrals"
    assert event.detail == {"first": "2026-04-01", "breakdowns": "abuse", "before": ""}


def test_end_that_was_known_stays(world: World) -> None:
    Expectation.objects.filter(agency=world.police).update(last=Q2.last)
    assert change(world, abuse()).last == Q2.last
    assert owed(world, quarter(2026, 3)) == ["referrals"]
    assert not expectations_on(
        world.partnership, on=quarter(2026, 3).last, agencies=[world.police]
    ).exists()


def test_from_its_own_first_return_on_it_is_changed_in_place(world: World) -> None:
    made = ask(world, world.police, Q1, abuse())
    assert change(world, asking=made) == made
    assert not made.breakdowns.exists()
    assert Expectation.objects.filter(agency=world.police).count() == 2
    event = AuditEvent.objects.get(verb="categories of a figure changed")
    assert (event.detail["breakdowns"], event.detail["before"]) == ("", "abuse")


def test_category_with_a_figure_stays_in_its_return(world: World) -> None:
    by_abuse = abuse()
    new = change(world, by_abuse, first=Q4)
    enter_category(world, Q1, by_abuse)
    with pytest.raises(Refused, match="The return for Q1 2026-27 holds a figure by the categor"):
        change(world, asking=new, first=Q1)
    change(world, asking=new, first=Q2)
    assert owed(world, Q1) == ["referrals", "referrals__abuse__neglect"]
    assert owed(world, Q2) == ["referrals"]


def test_figure_of_the_total_hinders_no_category(world: World) -> None:
    save_entry(place=world.place(Q1), entry=Entry(value=Decimal(7)), by=world.unit, at=NOW, seen=0)
    assert change(world, abuse()).first == Q1.first


@pytest.mark.parametrize("kind", ["submitted", "locked"])
def test_return_that_is_submitted_keeps_its_categories(world: World, kind: str) -> None:
    by_abuse = abuse()
    step(world, dated(world), kind)
    with pytest.raises(Refused, match="Choose a later first return"):
        change(world, by_abuse)
    assert Expectation.objects.filter(agency=world.police).count() == 1
    assert change(world, by_abuse, first=Q2).first == Q2.first


def test_closed_return_takes_no_new_category_but_gives_one_up(world: World) -> None:
    by_abuse = abuse()
    made = change(world, by_abuse, first=Q4)
    dated(world, closed=NOW.date().replace(day=9))
    sex = Breakdown.objects.create(code="sex", name="Sex", nature="partition")
    with pytest.raises(Refused, match="Q1 2026-27 closed to new figures after 9 July 2026"):
        change(world, by_abuse, sex, asking=made)
    assert change(world, asking=made).first == Q1.first


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (quarter(2019, 4), "Choose Q1 2020-21 or a later return"),
        (quarter(2026, 3), "The return for Q2 2026-27 is the last one that asks for it"),
    ],
)
def test_quarter_outside_of_what_is_asked_is_refused(
    world: World, first: Span, sentence: str
) -> None:
    Expectation.objects.filter(agency=world.police).update(last=Q2.last)
    with pytest.raises(Refused, match=sentence):
        change(world, abuse(), first=first)


def test_what_stands_there_already_is_no_change(world: World) -> None:
    with pytest.raises(Refused, match="Tick other categories"):
        change(world)


def test_change_that_was_not_seen_is_not_undone(world: World) -> None:
    asking, by_abuse = Expectation.objects.get(agency=world.police), abuse()
    change(world, by_abuse)
    with pytest.raises(Overtaken):
        change_categories(
            asking=asking, breakdowns=[by_abuse], first=Q2, seen="", by=world.unit, at=NOW
        )
    assert Expectation.objects.filter(agency=world.police).count() == 2
