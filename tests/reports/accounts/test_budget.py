"""The budget in a report: who paid, what it cost, whether it adds up, and a chart of both sides."""

from datetime import date
from typing import Any

import pytest

from metrics.charts import pictures
from partnerships.models import Budget, BudgetLine
from reports.accounts.budget import BUDGET
from reports.models import AnnualReport
from tests.factories import OrganisationFactory, PeriodFactory
from tests.kept_factories import BudgetFactory, BudgetLineFactory
from tests.reports.accounts.told import block_of, told


@pytest.fixture
def budget(report: AnnualReport) -> Budget:
    """Two lines on each side; the costs differ by a pound from their total."""
    made: Budget = BudgetFactory(partnership=report.partnership, note="Kept by the council.")
    income = line(made, "total-income", "Total income", "total", "income", 100, 110)
    costs = line(made, "total-costs", "Total costs", "total", "costs", 100, 99)
    council = OrganisationFactory(slug="council", name="Council")
    paid: dict[str, Any] = {"contributor": council, "counts_in": income}
    line(made, "council", "Contribution", "income", "income", 60, 60, **paid)
    line(made, "more", "More of it", "income", "income", 40, 50, one_off=True, **paid)
    line(made, "staff", "Staff", "cost", "costs", 80, 70, counts_in=costs, note="Two posts.")
    line(made, "rooms", "Rooms", "cost", "costs", 20, 30, counts_in=costs, note="Two posts.")
    return made


def line(
    budget: Budget,
    code: str,
    label: str,
    kind: str,
    side: str,
    planned: int | None,
    actual: int | None,
    **more: Any,
) -> BudgetLine:
    made: BudgetLine = BudgetLineFactory(
        budget=budget,
        code=code,
        label=label,
        kind=kind,
        side=side,
        budget_amount=planned,
        actual_amount=actual,
        **more,
    )
    return made


def test_budget_is_told_with_contributions_lines_and_totals(
    report: AnnualReport, budget: Budget
) -> None:
    block = block_of(BUDGET, report)
    assert told(block)[:16] == [
        "# Contributions, 2019-20",
        "Paid in by | Budget | Actual",
        "Council | £100 | £110",
        "# Income, 2019-20",
        "Line | Budget | Actual",
        "Contribution | £60 | £60",
        "More of it (one-off) | £40 | £50",
        "Total income | £100 | £110",
        "# Costs, 2019-20",
        "Line | Budget | Actual",
        "Staff | £80 | £70",
        "Rooms | £20 | £30",
        "Total costs | £100 | £99",
        "# Whether it adds up",
        "- Total income, budget: £100. Contribution (£60) plus More of it (£40) make the same.",
        "- Total income, actual: £110. Contribution (£60) plus More of it (£50) make the same.",
    ]
    assert told(block)[-1] == "Kept by the council."
    assert block.notes == ("Staff; Rooms: Two posts.",)


def test_sum_that_does_not_agree_says_by_how_much_with_addresses(
    report: AnnualReport, budget: Budget
) -> None:
    block = block_of(BUDGET, report)
    assert told(block)[-2] == (
        "- Total costs, actual: Stated as £99. Staff (£70) plus Rooms (£30) make £100, £1 more. "
        "Rounding to whole pounds can explain this."
    )
    slug = report.partnership.slug
    assert [figure.address for figure in block.figures][-5:] == [
        f"budget:{slug}:2019-20:total-costs:actual",
        f"budget:{slug}:2019-20:staff:actual",
        f"budget:{slug}:2019-20:rooms:actual",
        f"budget:{slug}:2019-20:total-costs:actual-made",
        f"budget:{slug}:2019-20:total-costs:actual-difference",
    ]


def test_chart_sets_budget_beside_actual(report: AnnualReport, budget: Budget) -> None:
    (chart,) = block_of(BUDGET, report).charts
    assert pictures.told(chart) == (
        "Bar chart: Income and costs, budget and actual, 2019-20. Shown in: pounds. "
        "Budget: £100 of income, £100 of costs. Actual: £110 of income, £99 of costs."
    )


def test_total_without_an_amount_has_no_chart(report: AnnualReport, budget: Budget) -> None:
    budget.lines.filter(code="total-costs").update(actual_amount=None)
    budget.lines.filter(code="staff").update(actual_amount=None)
    assert block_of(BUDGET, report).charts == ()


def test_funds_beside_their_total_are_told_in_columns(report: AnnualReport) -> None:
    for fund, name, value in (("all", "", 30), ("a", "Training", 20), ("b", "Reviews", 10)):
        of = BudgetFactory(partnership=report.partnership, fund=fund, fund_name=name)
        total = line(
            of, "costs", "All costs", "total", "costs", None, value + (fund == "b"), note=name
        )
        line(of, "rooms", "Rooms", "cost", "costs", None, value, counts_in=total)
    slug = report.partnership.slug
    block = block_of(BUDGET, report)
    assert told(block) == [
        "# Costs by fund, 2019-20, actual",
        "Line | Reviews | Training | All funds",
        "Rooms | £10 | £20 | £30",
        "All costs | £11 | £20 | £30",
        "# Whether it adds up",
        "- All costs, actual: £30. Rooms (£30) makes the same.",
        "- Reviews. All costs, actual: Stated as £11. Rooms (£10) makes £10, £1 less.",
        "- Every other sum of a fund agrees with its lines.",
    ]
    assert block.notes == ("Reviews. All costs: Reviews", "Training. All costs: Training")
    assert next(iter(block.figures)).address == f"budget:{slug}:2019-20:b:rooms:actual"


def test_account_of_another_year_that_ends_in_the_report_is_told(report: AnnualReport) -> None:
    year = PeriodFactory(kind="span", first=date(2018, 10, 1), last=date(2019, 9, 30))
    of = BudgetFactory(partnership=report.partnership, period=year)
    line(of, "rooms", "Rooms", "cost", "costs", 20, 30)
    assert told(block_of(BUDGET, report))[0] == "# Costs, 1 October 2018 to 30 September 2019"


def test_each_fund_is_told_under_its_name(report: AnnualReport) -> None:
    for fund, name in (("training", "Training"), ("reviews", "Reviews")):
        of = BudgetFactory(partnership=report.partnership, fund=fund, fund_name=name)
        line(of, "rooms", "Rooms", "cost", "costs", 20, None)
    lines = told(block_of(BUDGET, report))
    assert lines == [
        "# Reviews",
        "# Costs, Reviews, 2019-20",
        "Line | Budget | Actual",
        "Rooms | £20 | –",
        "# Training",
        "# Costs, Training, 2019-20",
        "Line | Budget | Actual",
        "Rooms | £20 | –",
    ]


def test_year_without_a_budget_tells_nothing(report: AnnualReport) -> None:
    BudgetFactory()
    assert BUDGET.read(report, "") is None
