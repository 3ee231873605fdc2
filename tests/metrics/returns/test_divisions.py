"""Figures by category, entered beneath their total."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from metrics.actions import FigureError, approve, send_back
from metrics.entries import Entry
from metrics.models import Breakdown, Category, Cell, Expectation, ExpectedBreakdown
from metrics.owed import Owed
from metrics.queries import owed_figures, quarters_to, return_rows
from metrics.returns.parts.actions import set_dates, take_step
from metrics.returns.parts.standing import parts
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span
from partnerships.refusals import Refused
from tests.metrics.returns.test_grid import address, row
from tests.world import NOW, World

SignedIn = Callable[[User], Client]
NEGLECT, OTHER = "referrals__abuse__neglect", "referrals__abuse__other"


@pytest.fixture
def divided(world: World) -> World:
    """Referrals are asked for by category of abuse: neglect, or other."""
    abuse = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    neglect = Category.objects.create(breakdown=abuse, code="neglect", name="Neglect")
    Category.objects.create(breakdown=abuse, code="other", name="Other abuse")
    Category.objects.create(breakdown=abuse, code="baby", name="Of a baby", parent=neglect)
    asked = Expectation.objects.get(indicator=world.referrals)
    ExpectedBreakdown.objects.create(expectation=asked, breakdown=abuse)
    return world


def sent(*, total: str = "", neglect: str = "", other: str = "", seen: int = 0) -> dict[str, str]:
    return (
        row("referrals", value=total, seen=seen)
        | row(NEGLECT, value=neglect, seen=seen)
        | row(OTHER, value=other, seen=seen)
        | row("timely")
    )


def stored() -> dict[str, Decimal]:
    return {
        cell.slice.key: cell.latest.value
        for cell in Cell.objects.select_related("slice", "latest")
        if cell.latest is not None and cell.latest.value is not None
    }


def enter(
    world: World, span: Span, key: str, value: int, *, seen: int = 0, reason: str = ""
) -> Cell:
    (owed,) = (each for each in asked(world) if each.key == key)
    place = world.place(span)
    revision = save_entry(
        place=type(place)(place.dataset, owed.indicator, place.area, place.period, owed.slice()),
        entry=Entry(value=Decimal(value)),
        by=world.unit,
        at=NOW,
        seen=seen,
        reason=reason,
    )
    return revision.cell


def asked(world: World) -> list[Owed]:
    return owed_figures(world.partnership, on=timezone.localdate())


def test_categories_are_owed_beneath_their_total_and_their_parts_are_not(divided: World) -> None:
    assert [each.key for each in asked(divided)] == ["timely", "referrals", NEGLECT, OTHER]
    assert [each.name for each in asked(divided)][2] == "Referrals: Neglect"
    assert (
        owed_figures(divided.partnership, on=date(2026, 7, 1), agencies=[divided.council])[1:] == []
    )


def test_categories_are_saved_in_slices_of_their_own(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(divided.unit)
    assert (
        unit.post(address(newest), sent(total="120", neglect="80", other="40")).status_code == 302
    )
    assert stored() == {"all": 120, "abuse=neglect": 80, "abuse=other": 40}
    cell = Cell.objects.get(slice__key="abuse=neglect")
    assert [str(part.category) for part in cell.slice.parts.all()] == ["Neglect"]
    page = unit.get(address(newest)).content.decode()
    assert "3 of 4" in page
    assert ">2 of 2 entered</span>" in page
    assert "Saved so far: the categories make 120." in page


def test_categories_that_do_not_make_their_total_are_kept_and_none_is_saved(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(divided.unit)
    came = unit.post(address(newest), sent(total="120", neglect="80", other="30"))
    page = came.content.decode()
    assert came.status_code == 422
    assert stored() == {}
    assert (
        "Referrals by category of abuse: Neglect 80, Other abuse 30 make 110. The total is 120: "
        "the categories make 10 fewer. Put right the total or a category."
    ) in page
    for value in ("120", "80", "30"):
        assert f'value="{value}"' in page


def test_other_figures_are_saved_beside_a_group_that_does_not_add_up(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    everything = sent(total="120", neglect="80", other="30") | row(
        "timely", numerator="4", denominator="5"
    )
    assert signed_in(divided.unit).post(address(newest), everything).status_code == 422
    assert stored() == {"all": 80}


def test_part_of_the_categories_is_saved_unless_it_is_more_than_the_total(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(divided.unit)
    assert unit.post(address(newest), sent(total="120", neglect="80")).status_code == 302
    assert stored() == {"all": 120, "abuse=neglect": 80}
    more = row(NEGLECT, value="130", seen=1) | row("timely")
    came = unit.post(address(newest), more)
    assert came.status_code == 422
    assert "Neglect 130 make 130. The total is 120: the categories make 10 more." in (
        came.content.decode()
    )
    assert stored()["abuse=neglect"] == 80


def test_category_that_cannot_happen_counts_as_none(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    everything = sent(total="120", neglect="110") | row(
        OTHER, marker="z", marker_reason="It cannot happen here."
    )
    assert signed_in(divided.unit).post(address(newest), everything).status_code == 422
    everything |= row(NEGLECT, value="120")
    assert signed_in(divided.unit).post(address(newest), everything).status_code == 302


def test_each_category_stands_beside_its_own_quarters(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    before = newest.quarter_before
    assert before is not None
    for key, value in (("referrals", 120), (NEGLECT, 87), (OTHER, 33)):
        cell = enter(divided, before, key, value)
        approve(cell=cell, seen=1, by=divided.approver, at=NOW)
    rows = return_rows(divided.dataset, divided.area, newest, asked(divided))
    assert [each.quarter_before and each.quarter_before.value for each in rows] == [
        None,
        120,
        87,
        33,
    ]
    assert "87" in signed_in(divided.unit).get(address(newest)).content.decode()


def test_category_has_a_page_and_is_decided_on_like_any_figure(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(divided, newest, "referrals", 120)
    enter(divided, newest, NEGLECT, 80)
    page = f"/p/testshire/returns/{newest.key}/{NEGLECT}/"
    approver = signed_in(divided.approver)
    assert "Referrals: Neglect" in approver.get(page).content.decode()
    assert approver.post(f"{page}approve/", {"seen": "1"}).status_code == 302
    assert Cell.objects.get(slice__key="abuse=neglect").approved is not None
    ticked = {"ticked": "referrals@1", "decision": "approve", "reason": ""}
    decide = f"/p/testshire/returns/{newest.key}/figures/decide/"
    assert approver.post(decide, ticked).status_code == 302
    assert Cell.objects.filter(approved__isnull=False).count() == 2


def test_page_of_a_category_nobody_asks_for_is_not_there(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(divided.unit)
    for key in ("referrals__abuse__baby", "timely__abuse__neglect", "referrals__abuse"):
        assert unit.get(f"/p/testshire/returns/{newest.key}/{key}/").status_code == 404


def test_correction_of_a_total_waits_until_its_categories_are_corrected_too(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    cells = {}
    for key, value in (("referrals", 120), (NEGLECT, 80), (OTHER, 40)):
        cells[key] = enter(divided, newest, key, value)
        approve(cell=cells[key], seen=1, by=divided.approver, at=NOW)
    page = f"/p/testshire/returns/{newest.key}/referrals/"
    correction = {"value": "125", "seen": "1", "reason": "Five came late.", "marker": ""}
    came = signed_in(divided.unit).post(page, correction, follow=True)
    assert "the categories make 5 fewer" in came.content.decode()
    with pytest.raises(FigureError, match="the categories make 5 fewer"):
        approve(cell=cells["referrals"], seen=2, by=divided.approver, at=NOW)

    enter(divided, newest, OTHER, 45, seen=1, reason="Five came late.")
    for key in ("referrals", OTHER):
        approve(cell=cells[key], seen=2, by=divided.approver, at=NOW)


def test_part_counts_categories_and_is_not_submitted_while_they_do_not_add_up(
    divided: World, newest: Span
) -> None:
    last = newest.last
    part_of = set_dates(
        dataset=divided.dataset,
        span=newest,
        due=date(last.year + 1, 12, 1),
        closed_to_new=date(last.year + 1, 12, 1),
        closed_to_edits=date(last.year + 1, 12, 1),
        by=divided.unit,
    )
    today = timezone.localdate()

    def part() -> object:
        (found,) = parts(part_of, on=today, agencies=[divided.police])
        return found

    def submit() -> None:
        take_step(part=part(), part_of=part_of, kind="submitted", by=divided.contributor, at=NOW)  # type: ignore[arg-type]

    enter(divided, newest, "referrals", 120)
    enter(divided, newest, NEGLECT, 80)
    with pytest.raises(Refused, match="1 of 3 figures are missing"):
        submit()
    cell = enter(divided, newest, OTHER, 30)
    with pytest.raises(Refused, match=r"make 110\. The total is 120"):
        submit()
    send_back(cell=cell, seen=1, by=divided.approver, at=NOW, reason="It is 40.")
    enter(divided, newest, OTHER, 40, seen=1)
    submit()


def test_figures_of_overlapping_categories_need_not_add_up(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    Breakdown.objects.update(nature="overlapping")
    came = signed_in(divided.unit).post(
        address(newest), sent(total="120", neglect="80", other="90")
    )
    assert came.status_code == 302
    assert stored() == {"all": 120, "abuse=neglect": 80, "abuse=other": 90}


def test_warning_is_about_the_series_of_the_category(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    for span in quarters_to(timezone.localdate(), 7)[1:]:
        store_period(span)
        for key, value in (("referrals", 120), (NEGLECT, 20), (OTHER, 100)):
            approve(cell=enter(divided, span, key, value), seen=1, by=divided.approver, at=NOW)
    came = signed_in(divided.unit).post(
        address(newest), sent(total="120", neglect="100", other="20")
    )
    page = came.content.decode()
    assert "Referrals: Neglect: 100 is far from the 6 quarters before" in page
    assert stored()["all"] == 120
