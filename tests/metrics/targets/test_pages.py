"""The pages of targets, and what the approved figures make of them."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from metrics.arithmetic.target import Zone
from metrics.models import Cell, Target
from metrics.targets.queries import held, targets_of
from partnerships.periods import parse
from reports.dashboards.standing import standing
from tests.factories import figure
from tests.target_factories import TargetFactory
from tests.world import World

HERE = "/p/testshire/targets/"
SENT = {
    "indicator": "timely",
    "first_day": "1",
    "first_month": "4",
    "first_year": "2025",
    "direction": "at-least",
    "value": "90",
    "tolerance": "85",
    "failure": "80",
    "period_kind": "quarter",
    "source": "Contract of 1 April 2025",
    "seen": "0",
}


@pytest.fixture
def unit(world: World) -> Client:
    client = Client()
    client.force_login(world.unit, backend="django.contrib.auth.backends.ModelBackend")
    return client


def approved(world: World, period: str, value: str) -> Cell:
    place = world.place(parse(period), world.timely)
    cell = Cell.objects.create(
        dataset=place.dataset,
        indicator=place.indicator,
        area=place.area,
        period=place.period,
        slice=place.slice,
    )
    return figure(cell=cell, value=Decimal(value), by=world.unit)


def timely_target(world: World, **more: object) -> Target:
    return TargetFactory(
        partnership=world.partnership, indicator=world.timely, by=world.unit, **more
    )


def test_a_target_is_set_changed_and_ended_in_the_browser(world: World, unit: Client) -> None:
    assert "No target is set" in unit.get(HERE).content.decode()
    assert 'value="timely" selected' in unit.get(HERE + "add/?indicator=timely").content.decode()
    assert unit.post(HERE + "add/", SENT).headers["Location"] == HERE
    target = Target.objects.get()
    assert (target.value, target.period_kind, target.by) == (Decimal(90), "quarter", world.unit)
    page = unit.get(f"{HERE}{target.pk}/").content.decode()
    assert 'value="90"' in page
    changed = SENT | {"value": "92.5", "seen": "1"}
    assert unit.post(f"{HERE}{target.pk}/", changed).status_code == 302
    again = unit.post(f"{HERE}{target.pk}/", changed | {"value": "93"})
    assert again.status_code == 422
    assert "Somebody else has changed this" in again.content.decode()
    ended = {"last_day": "31", "last_month": "3", "last_year": "2026", "seen": "2"}
    assert unit.post(f"{HERE}{target.pk}/end/", ended).status_code == 302
    page = unit.get(HERE).content.decode()
    assert "at least 92.5%, tolerated down to 85%, failed below 80%" in page
    assert "1 April 2025 to 31 March 2026" in page


def test_a_refused_target_keeps_what_was_typed_and_says_why(world: World, unit: Client) -> None:
    answer = unit.post(HERE + "add/", SENT | {"tolerance": "95"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a tolerance below the target, or leave it empty." in page
    assert 'value="95"' in page
    assert Target.objects.count() == 0


def test_another_partnership_s_target_is_not_found(world: World, unit: Client) -> None:
    other = TargetFactory()
    assert unit.get(f"{HERE}{other.pk}/").status_code == 404
    assert unit.post(f"{HERE}{other.pk}/end/", {}).status_code == 404


def test_a_figure_is_held_to_the_target_of_the_last_day_of_its_period(world: World) -> None:
    for period, value in (("2024-25-q4", "88"), ("2025-26-q1", "88"), ("2025-26-q2", "70")):
        approved(world, period, value)
    older = timely_target(world, first=date(2024, 4, 1), last=date(2025, 3, 31), value=86)
    newer = timely_target(world, first=date(2025, 6, 30))
    rows = {row.target: row for row in held(world.partnership, targets_of(world.partnership))}
    assert told(rows[older].figures) == [("2024-25-q4", Zone.MET)]
    assert told(rows[newer].figures) == [
        ("2025-26-q2", Zone.FAILED),
        ("2025-26-q1", Zone.TOLERATED),
    ]
    assert rows[newer].failed == 1


def told(figures: tuple[object, ...]) -> list[tuple[str, Zone | None]]:
    return [(each.cell.period.key, each.verdict.zone) for each in figures]  # type: ignore[attr-defined]


def test_a_target_for_quarters_leaves_years_alone(world: World) -> None:
    approved(world, "2025-26", "70")
    timely_target(world, period_kind="quarter")
    (row,) = held(world.partnership, targets_of(world.partnership))
    assert row.figures == ()


def test_figures_that_are_not_approved_are_held_to_nothing(world: World) -> None:
    cell = approved(world, "2025-26-q1", "70")
    Cell.objects.filter(pk=cell.pk).update(approved=None)
    timely_target(world)
    (row,) = held(world.partnership, targets_of(world.partnership))
    assert row.newest is None


def test_pages_say_in_words_what_the_newest_figure_makes_of_its_target(
    world: World, unit: Client
) -> None:
    approved(world, "2025-26-q1", "88")
    approved(world, "2025-26-q2", "70")
    timely_target(world)
    listed = unit.get(HERE).content.decode()
    assert "In the failure zone</strong>" in listed
    assert "1 of 2 quarters" in listed
    page = unit.get("/p/testshire/indicators/timely/").content.decode()
    assert "Missed, within tolerance</strong>" in page
    assert "Contract indicators of 1 April 2019" in page
    assert f'href="{HERE}add/?indicator=timely"' in page
    told = {fact.key: fact.value for fact in standing(world.partnership, today=date(2026, 1, 1))}
    assert told["Targets"] == "1 in all, 1 in the failure zone"


def test_the_chart_has_the_line_of_the_target(world: World, unit: Client) -> None:
    for period, value in (("2024-25-q4", "88"), ("2025-26-q1", "70")):
        approved(world, period, value)
    target = timely_target(world)
    words = "Target: at least 90%. Tolerance 85%."
    assert words in unit.get("/p/testshire/indicators/timely/").content.decode()
    Target.objects.filter(pk=target.pk).update(first=date(2025, 4, 1))
    page = unit.get("/p/testshire/indicators/timely/").content.decode()
    assert "Target from 1 April 2025: at least 90%" in page


def test_returns_lead_to_the_targets(world: World, unit: Client) -> None:
    assert f'href="{HERE}"' in unit.get("/p/testshire/returns/").content.decode()
