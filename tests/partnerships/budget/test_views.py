"""Pages of the budget: entered and read in a browser, and clear about what is wrong."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partnerships.budget.actions import add_budget
from partnerships.calendar import store_period
from partnerships.models import Budget, BudgetLine, Partnership, User
from partnerships.periods import parse
from tests.factories import AgencyFactory, OrganisationFactory
from tests.kept_factories import BudgetFactory, BudgetLineFactory
from tests.partnerships.budget.conftest import AddLine

ClientOf = Callable[[User], Client]
BUDGET = "/p/testshire/budget/"
YEAR = f"{BUDGET}2025-26/"
ACCOUNT = f"{YEAR}all/"
LINE = {
    "label": "Council contribution",
    "kind": "income",
    "budget_amount": "£96,000",
    "actual_amount": "96000.50",
    "seen": "0",
}


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_budget_is_added_with_the_lines_of_the_last_one(
    budget: Budget, add_line: AddLine, client_of: ClientOf, business_unit: User
) -> None:
    add_line("salaries", 60, 70)
    unit = client_of(business_unit)
    assert "The lines of 2025-26" in text(unit, f"{BUDGET}add/")
    entry = {"period": "2026/27", "like": str(budget.pk)}
    sent = unit.post(f"{BUDGET}add/", entry)
    assert sent.headers["Location"] == f"{BUDGET}2026-27/"
    made = Budget.objects.get(period__last="2027-03-31")
    assert made.lines.filter(code="salaries", budget_amount=None).exists()
    again = unit.post(f"{BUDGET}add/", entry)
    assert again.status_code == 422
    assert "There is a budget of 2026-27 already." in again.content.decode()


def test_budget_of_a_fund_over_other_twelve_months_is_added(
    client_of: ClientOf, business_unit: User
) -> None:
    entry = {"period": "1 October 2025 to 30 September 2026", "fund_name": "Training delivery"}
    sent = client_of(business_unit).post(f"{BUDGET}add/", entry)
    assert sent.headers["Location"] == f"{BUDGET}2025-10-01-to-2026-09-30/"
    assert Budget.objects.get().fund == "training-delivery"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("period", "", "Enter the period."),
        ("period", "soon", "“soon” is not a period. Write it like 2019-20"),
        ("fund_name", "Across", "“across” cannot be a short name."),
    ],
)
def test_budget_that_cannot_be_added_says_what_is_wrong(
    client_of: ClientOf, business_unit: User, name: str, value: str, said: str
) -> None:
    entry = {"period": "2025-26", name: value}
    answer = client_of(business_unit).post(f"{BUDGET}add/", entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Budget.objects.count() == 0


def test_line_is_entered_read_changed_and_removed_in_the_browser(
    budget: Budget, client_of: ClientOf, business_unit: User, partner: User
) -> None:
    council = OrganisationFactory(name="Testshire Council")
    AgencyFactory(partnership=budget.partnership, organisation=council)
    unit, reader = client_of(business_unit), client_of(partner)
    total = budget.lines.get(code="total-income")
    page = text(unit, f"{ACCOUNT}lines/add/?side=income")
    assert f'<option value="{total.pk}" selected>Total income</option>' in page
    more = {"contributor": str(council.pk), "counts_in": str(total.pk)}
    sent = unit.post(f"{ACCOUNT}lines/add/?side=income", LINE | more)
    assert sent.headers["Location"] == YEAR
    line = budget.lines.get(code="council-contribution")
    assert (line.side, line.budget_amount, line.actual_amount) == (
        "income",
        Decimal(96000),
        Decimal("96000.50"),
    )
    page = text(reader, YEAR)
    # The line, its total, who pays; twice in how the total was made, once in what is left so far.
    assert page.count("96,000.50") == 6
    assert "Testshire Council" in page
    assert f"{ACCOUNT}lines/" not in page
    assert f'href="{ACCOUNT}lines/council-contribution/"' in text(unit, YEAR)

    url = f"{ACCOUNT}lines/council-contribution/"
    change = LINE | {"label": "Council", "budget_amount": "(5)", "seen": "1"}
    assert unit.post(url, change).status_code == 302
    line.refresh_from_db()
    assert (line.label, line.budget_amount, line.contributor, line.counts_in) == (
        "Council",
        Decimal(-5),
        None,
        None,
    )
    overtaken = unit.post(url, change | {"label": "Mine"})
    assert overtaken.status_code == 422
    assert "Somebody else has changed this" in overtaken.content.decode()
    assert 'value="Mine"' in overtaken.content.decode()

    assert "Remove the line “Council”?" in text(unit, f"{url}remove/")
    assert (
        unit.post(f"{url}remove/", {"seen": "2", "reason": "Entered twice."}).headers["Location"]
        == YEAR
    )
    assert not budget.lines.filter(code="council-contribution").exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("label", "", "Say what the line is for."),
        ("label", "…", "Say what the line is for in letters or numbers."),
        ("label", "Total costs", "There is a line “Total costs” already."),
        ("label", "Add", "Choose another name for this line."),
        ("kind", "", "Choose what kind of line it is."),
        ("kind", "total", "Choose whether this is a total of income or of costs."),
        ("budget_amount", "lots", "Enter an amount in pounds, like 1,234 or 1,234.50."),
        ("actual_amount", "1.234", "with 2 numbers after the point"),
        ("actual_amount", "9" * 13, "Enter an amount below a million million pounds."),
        ("counts_in", "999999", "Select a valid choice."),
    ],
)
def test_line_that_cannot_be_added_says_what_is_wrong(
    budget: Budget, client_of: ClientOf, business_unit: User, name: str, value: str, said: str
) -> None:
    answer = client_of(business_unit).post(f"{ACCOUNT}lines/add/", LINE | {name: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert budget.lines.count() == 3


def test_line_cannot_count_in_a_total_of_another_budget(
    budget: Budget, client_of: ClientOf, business_unit: User
) -> None:
    other = BudgetLineFactory(kind="total", label="Elsewhere")
    entry = LINE | {"counts_in": str(other.pk)}
    answer = client_of(business_unit).post(f"{ACCOUNT}lines/add/", entry)
    assert answer.status_code == 422
    assert "Elsewhere" not in answer.content.decode()


def test_line_on_another_side_than_its_kind_keeps_it(
    budget: Budget, add_line: AddLine, client_of: ClientOf, business_unit: User
) -> None:
    add_line("child-deaths", -5, -6, "income", kind="cost", label_sure=False)
    unit, url = client_of(business_unit), f"{ACCOUNT}lines/child-deaths/"
    assert '<option value="income" selected>Income</option>' in text(unit, url)
    entry = {"label": "Child deaths", "kind": "cost", "side": "income", "seen": "1"}
    amounts = {"budget_amount": "−5", "actual_amount": "-7"}
    assert unit.post(url, entry | amounts).status_code == 302
    line = budget.lines.get(code="child-deaths")
    assert (line.side, line.actual_amount, line.label_sure) == ("income", Decimal(-7), False)
    page = text(unit, YEAR)
    assert "−7" in page
    assert "Label not certain." in page


def test_line_keeps_its_source_where_the_amount_stays(
    client_of: ClientOf, business_unit: User, testshire: Partnership
) -> None:
    line = BudgetLineFactory(
        budget__partnership=testshire,
        label="Rooms",
        budget_amount=5,
        budget_fact_id="T-1",
        actual_amount=6,
        actual_fact_id="T-2",
        source="yearly-report",
    )
    url = f"{BUDGET}2019-20/all/lines/{line.code}/"
    entry = {"label": "Rooms", "kind": "cost", "budget_amount": "5", "actual_amount": "7"}
    assert client_of(business_unit).post(url, entry | {"seen": "1"}).status_code == 302
    line.refresh_from_db()
    assert (line.budget_fact_id, line.actual_fact_id, line.source) == ("T-1", "", "yearly-report")


def test_amounts_of_all_lines_are_entered_on_one_page(
    budget: Budget, add_line: AddLine, client_of: ClientOf, business_unit: User
) -> None:
    add_line("council", 100, None, "income")
    add_line("salaries", 60)
    unit, url = client_of(business_unit), f"{ACCOUNT}amounts/"
    page = text(unit, url)
    assert 'aria-describedby="id_actual_council' not in page
    assert page.count("Worked out if left empty") == 3
    entry = {
        "seen": "3",
        "budget_council": "100",
        "actual_council": "£90.25",
        "budget_salaries": "60",
        "actual_salaries": "",
        "budget_total-income": "101",
    }
    assert unit.post(url, entry).headers["Location"] == YEAR
    amounts = budget.lines.values_list("code", "budget_amount", "actual_amount")
    assert set(amounts) == {
        ("total-income", Decimal(101), None),
        ("total-costs", None, None),
        ("outturn", None, None),
        ("council", Decimal(100), Decimal("90.25")),
        ("salaries", Decimal(60), None),
    }
    page = text(unit, YEAR)
    assert "2 lines changed." in page
    assert "The one sum that can be checked does not agree." in page
    assert "Stated as £101.00. Council (£100.00) makes £100.00, £1.00 less." in page
    overtaken = unit.post(url, entry | {"budget_salaries": "61"})
    assert "Somebody else has changed this" in overtaken.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("budget_salaries", "sixty", "Enter an amount in pounds"),
        ("budget_council", "-100", "Enter income without a minus, as money coming in."),
    ],
)
def test_amounts_that_cannot_be_saved_say_what_is_wrong_and_are_kept(
    budget: Budget,
    add_line: AddLine,
    client_of: ClientOf,
    business_unit: User,
    name: str,
    value: str,
    said: str,
) -> None:
    add_line("council", None, None, "income")
    add_line("salaries")
    entry = {"seen": "3", "actual_salaries": "12", name: value}
    answer = client_of(business_unit).post(f"{ACCOUNT}amounts/", entry)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_{name}">{said}' in " ".join(page.split())
    assert f'value="{value}"' in page
    assert not budget.lines.exclude(actual_amount=None).exists()


def test_page_of_a_budget_without_lines_says_what_to_do(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    BudgetFactory(partnership=testshire)
    unit = client_of(business_unit)
    page = text(unit, f"{BUDGET}2019-20/")
    assert "No lines are kept yet." in page
    assert "No income is kept for this period yet." in page
    assert "Add income and costs first" in text(unit, f"{BUDGET}2019-20/all/amounts/")


def test_note_is_shown_and_a_fund_keeps_its_name(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    BudgetFactory(partnership=testshire, fund="training", fund_name="Training")
    unit = client_of(business_unit)
    url = f"{BUDGET}2019-20/training/edit/"
    told = {"fund_name": "Training delivery", "note": "Agreed in March.", "seen": "1"}
    assert unit.post(url, told).status_code == 302
    page = text(unit, f"{BUDGET}2019-20/")
    assert "Training delivery" in page
    assert "Agreed in March." in page
    assert "Enter the name of the fund." in unit.post(url, {"seen": "2"}).content.decode()


def test_funds_are_held_against_the_account_of_everything(
    testshire: Partnership, client_of: ClientOf, partner: User
) -> None:
    for fund, name, amount in (("all", "", 30), ("one", "First", 10), ("two", "Second", 19)):
        BudgetLineFactory(
            budget__partnership=testshire,
            budget__fund=fund,
            budget__fund_name=name,
            code="courses",
            label="Courses",
            kind="income",
            side="income",
            actual_amount=amount,
        )
    page = text(client_of(partner), f"{BUDGET}2019-20/")
    assert "Do the funds make the whole?" in page
    assert "Stated as £30. Courses (£10) plus Courses (£19) make £29, £1 less." in page
    assert page.count("Courses (no organisation named)") == 1


@pytest.mark.parametrize("path", ["soon/", "2018-19/", "2025-26/training/amounts/"])
def test_budget_that_is_not_kept_is_not_there(
    budget: Budget, client_of: ClientOf, business_unit: User, path: str
) -> None:
    assert client_of(business_unit).get(f"{BUDGET}{path}").status_code == 404


def test_budget_of_another_partnership_is_not_there(
    otherton: Partnership, testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    BudgetLineFactory(budget__partnership=otherton, code="salaries")
    unit = client_of(business_unit)
    for path in ("", "all/amounts/", "all/lines/salaries/"):
        assert unit.get(f"{BUDGET}2019-20/{path}").status_code == 404


def test_list_says_what_is_not_kept(client_of: ClientOf, partner: User) -> None:
    assert "No budget is kept here" in text(client_of(partner), BUDGET)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_number_of_questions_for_any_number_of_rows(
    testshire: Partnership,
    business_unit: User,
    client_of: ClientOf,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        period = store_period(parse(f"{2019 + number}-{20 + number}"))
        made = add_budget(partnership=testshire, period=period, by=business_unit)
        for _ in range(rows):
            line = BudgetLineFactory(budget=made, contributor=OrganisationFactory())
            line.counts_in = made.lines.get(code="total-costs")
            line.save()
    client = client_of(business_unit)
    with django_assert_num_queries(5):
        client.get(BUDGET)
    with django_assert_num_queries(6):
        client.get(f"{BUDGET}2019-20/")
    with django_assert_num_queries(6):
        client.get(f"{BUDGET}2019-20/all/amounts/")
    assert BudgetLine.objects.count() == rows * (rows + 3)
