"""Loading of budgets: Walsall's from its file, their addresses, and the invented ones."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from partnerships.budget.actions import Amounts, save_amounts
from partnerships.budget.queries import budget_of, budgets_of
from partnerships.budget.reconcile import State
from partnerships.governance.meetings.queries import attendances_of, vacancies_of
from partnerships.models import AuditEvent, Budget, BudgetLine, Partnership, Seat, User
from partnerships.stated import find
from safeguarding.demo.budgets import load_budgets_of
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.invented_governance import load_invented_governance
from safeguarding.demo.invented_money import load_invented_money
from tests.factories import (
    DatasetFactory,
    OrganisationFactory,
    PartnershipFactory,
    PeriodFactory,
    UserFactory,
)

WALSALL = settings.BASE_DIR / "fixtures" / "walsall"
REPORT = "walsall-yearly-report-2019-20"


@pytest.fixture
def walsall(system: User) -> Partnership:
    """With the organisations that its file names, and its printed report."""
    partnership = PartnershipFactory(slug="walsall", name="Walsall", short_name="Walsall")
    DatasetFactory(code=REPORT, kind="printed", owner=partnership)
    named = {row.text("contributor") for row in rows(WALSALL / "budget.csv")}
    for slug in named - {""}:
        OrganisationFactory(slug=slug, name=slug)
    return partnership


def test_budget_of_walsall_stands_as_its_report_prints_it(
    walsall: Partnership, system: User
) -> None:
    assert load_budgets_of(WALSALL, walsall, by=system) == {"lines of budgets": 27}
    found = budget_of(walsall, PeriodFactory(key="2019-20"))
    assert found is not None
    (account,) = found.accounts
    assert [len(account.of_side(side)) for side in ("income", "costs", "rest")] == [11, 14, 2]
    states = {(each.line, each.column): each.state for each in account.findings}
    assert [key for key, state in states.items() if state is not State.AGREES] == [
        ("total-costs", "actual"),
        ("outturn", "budget"),
    ]
    assert account.headline == (
        "1 of the 6 sums that can be checked does not agree. 1 differs by no more than rounding."
    )
    lines = {line.code: line for line in account.lines}
    deaths = lines["child-death-overview"]
    assert deaths.actual is not None
    assert (deaths.kind, deaths.side, deaths.actual.cell) == ("cost", "income", "−£1,620")
    assert lines["agency-staff"].marks == ("label not certain",)
    given = {each.name: each.actual.cell for each in found.contributions if each.actual}
    assert given == {
        "walsall-council": "£251,584",
        "NHS Walsall": "£10,000",
        "Probation services (two bodies together)": "£1,500",
        "west-midlands-police": "£31,209",
        "cafcass": "£550",
        "black-country-and-west-birmingham-ccg": "£85,000",
        "Other training": "£3,105",
    }


def test_each_amount_in_what_was_found_is_a_figure_with_its_address(
    walsall: Partnership, system: User
) -> None:
    load_budgets_of(WALSALL, walsall, by=system)
    found = budget_of(walsall, PeriodFactory(key="2019-20"))
    assert found is not None
    told = {(each.line, each.column): each.pieces for each in found.accounts[0].findings}
    for key, figures in (
        (
            ("outturn", "budget"),
            [
                ("outturn:budget", "£0"),
                ("total-costs:budget", "£344,464"),
                ("carry-forward:budget", "£344,404"),
                ("total-income:budget", "£344,464"),
                ("outturn:budget-made", "£344,404"),
                ("outturn:budget-difference", "£344,404"),
            ],
        ),
        (
            ("total-costs", "actual"),
            [
                ("total-costs:actual", "£324,044"),
                ("total-costs:actual-made", "£324,045"),
                ("total-costs:actual-difference", "£1"),
            ],
        ),
    ):
        printed = [each for each in told[key] if not isinstance(each, str)]
        assert [(each.address, each.words) for each in printed] == [
            (f"budget:walsall:2019-20:{address}", words) for address, words in figures
        ]
        assert [each for each in told[key] if isinstance(each, str) and "£" in each] == []


def test_every_amount_of_walsall_keeps_its_fact_and_its_source(
    walsall: Partnership, system: User
) -> None:
    load_budgets_of(WALSALL, walsall, by=system)
    facts = {
        fact
        for pair in BudgetLine.objects.values_list("budget_fact_id", "actual_fact_id")
        for fact in pair
    }
    assert facts == {f"WAL-{number}" for number in range(385, 439)}
    assert set(BudgetLine.objects.values_list("source", flat=True)) == {REPORT}


WORDS = {
    "budget:walsall:2019-20:council-contribution:actual": ("£51,584", "WAL-386", REPORT),
    "budget:walsall:2019-20:council-contribution:budget": ("£51,584", "WAL-385", REPORT),
    "budget:walsall:2019-20:total-income:actual": ("£381,328", "WAL-406", REPORT),
    "budget:walsall:2019-20:total-costs:actual": ("£324,044", "WAL-434", REPORT),
    "budget:walsall:2019-20:total-costs:actual-made": ("£324,045", "", ""),
    "budget:walsall:2019-20:total-costs:actual-difference": ("−£1", "", ""),
    "budget:walsall:2019-20:outturn:budget-difference": ("−£344,404", "", ""),
    "contributions:walsall:2019-20:walsall-council:budget": ("£251,584", "", REPORT),
    "contributions:walsall:2019-20:west-midlands-police:actual": ("£31,209", "WAL-394", REPORT),
}
NOTHING = [
    "budget:walsall:2019-20",
    "budget:walsall:2019-20:salaries",
    "budget:walsall:2019-20:salaries:planned",
    "budget:walsall:2019-20:salaries:actual-made",
    "budget:walsall:2019-20:total-costs:actual-half",
    "budget:walsall:2019-20:all:salaries:actual",
    "budget:walsall:2019-20:training:salaries:actual",
    "budget:walsall:2019-20:across:salaries:actual-made",
    "budget:walsall:2018-19:salaries:actual",
    "budget:walsall:soon:salaries:actual",
    "budget:walsall:2019-20:gone:actual",
    "contributions:walsall:2019-20:walsall-council",
    "contributions:walsall:2019-20:walsall-council:planned",
    "contributions:walsall:2019-20:gone:actual",
    "contributions:walsall:2018-19:walsall-council:actual",
]


def test_amount_has_an_address_that_finds_it(walsall: Partnership, system: User) -> None:
    load_budgets_of(WALSALL, walsall, by=system)
    found = {address: each[1] for address in WORDS if (each := find(address))}
    told = {key: (each.words, each.fact_id, each.source) for key, each in found.items()}
    assert told == WORDS
    assert [each.address for each in found.values()] == list(WORDS)


def test_address_of_nothing_finds_nothing(walsall: Partnership, system: User) -> None:
    load_budgets_of(WALSALL, walsall, by=system)
    assert [address for address in NOTHING if find(address)] == []


def test_loading_again_changes_nothing_and_leaves_what_people_changed(
    walsall: Partnership, system: User
) -> None:
    load_budgets_of(WALSALL, walsall, by=system)
    before = AuditEvent.objects.count()
    load_budgets_of(WALSALL, walsall, by=system)
    assert AuditEvent.objects.count() == before

    budget = Budget.objects.get()
    ours = {"salaries": Amounts(None, None)}
    save_amounts(budget=budget, amounts=ours, seen=budget.version, by=UserFactory())
    BudgetLine.objects.filter(code="cafcass").update(actual_amount=1)
    load_budgets_of(WALSALL, walsall, by=system)
    amounts = dict(BudgetLine.objects.values_list("code", "actual_amount"))
    assert (amounts["salaries"], amounts["cafcass"]) == (None, Decimal(550))


HEAD = (
    "period,fund,fund_name,order,code,line,kind,side,counts_in,contributor,one_off,estimated,"
    "part_year,label_sure,budget,budget_fact_id,actual,actual_fact_id,note\n"
)
GOOD = "2019-20,,,1,total,Total,total,costs,,,no,no,no,yes,,,,,\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("soon,,,2,a,A,cost,costs,,,no,no,no,yes,,,,,", "'soon' is not a period"),
        ("2019-20,training,,2,a,A,cost,costs,,,no,no,no,yes,,,,,", "Enter the name of the fund"),
        ("2019-20,,,2,a,A,fee,costs,,,no,no,no,yes,,,,,", "kind is 'fee'. It is one of"),
        ("2019-20,,,2,a,A,cost,left,,,no,no,no,yes,,,,,", "side is 'left'. It is one of"),
        ("2019-20,,,2,a,A,cost,costs,gone,,no,no,no,yes,,,,,", "counts_in is 'gone'"),
        ("2019-20,,,2,a,A,cost,costs,a,,no,no,no,yes,,,,,", "“A” is no total and no balance"),
        ("2019-20,,,2,a,A,total,costs,a,,no,no,no,yes,,,,,", "“A” is this line, or counts in it"),
        ("2019-20,,,2,a,A,cost,costs,,gone,no,no,no,yes,,,,,", "contributor is 'gone'"),
        ("2019-20,,,2,a,A,cost,costs,,,maybe,no,no,yes,,,,,", "one_off is 'maybe'"),
        ("2019-20,,,2,a,A,cost,costs,,,no,no,no,yes,ten,,,,", "budget is 'ten'"),
        ("2019-20,,,2,a,A,cost,costs,,,no,no,no,yes,,T-1,,,", "budget_fact_id names a fact"),
        ("2019-20,,,2,,A,cost,costs,,,no,no,no,yes,,,,,", "code is empty"),
    ],
)
def test_wrong_row_is_named_and_nothing_is_loaded(
    testshire: Partnership, system: User, tmp_path: Path, row: str, message: str
) -> None:
    (tmp_path / "budget.csv").write_text(f"{HEAD}{GOOD}{row}\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_budgets_of(tmp_path, testshire, by=system)
    assert f"{(tmp_path / 'budget.csv').as_posix()}, line 3: " in str(caught.value)
    assert message in str(caught.value)
    assert (Budget.objects.count(), BudgetLine.objects.count()) == (0, 0)


def test_several_funds_of_one_period_are_loaded_each_as_an_account(
    testshire: Partnership, system: User, tmp_path: Path
) -> None:
    """As cost centres with balances are printed, beside a column for all of them."""
    period = "2019-10-01-to-2020-09-30"
    told = "no,no,no,yes,,,"
    lines = [
        f"{period},{fund},{name},{order},{code},{label},balance,rest,{into},,{told}{amount},,"
        for fund, name, amounts in (
            ("", "", (-171446, -36594, -171446)),
            ("cf0153", "Budget board", (-47982, -36664, -47982)),
            ("cf0154", "Training", (-123464, 70, -123464)),
        )
        for order, (code, label, into), amount in zip(
            (1, 2, 3),
            (
                ("opening", "Held at the beginning", "closing"),
                ("net", "Net position", "closing"),
                ("closing", "Held at the end", ""),
            ),
            amounts,
            strict=True,
        )
    ]
    (tmp_path / "budget.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    load_budgets_of(tmp_path, testshire, by=system)
    (found,) = budgets_of(testshire)
    assert [account.name for account in found.accounts] == ["", "Budget board", "Training"]
    assert [account.findings[1].words.split(". ")[0] for account in found.accounts] == [
        *("Stated as −£171,446", "Stated as −£47,982", "Stated as −£123,464")
    ]
    assert {each.state for each in found.across if each.column == "actual"} == {State.AGREES}
    key = f"budget:testshire:{period}"
    for address, words in (
        (f"{key}:closing:actual-difference", "£36,594"),
        (f"{key}:cf0153:net:actual", "−£36,664"),
        (f"{key}:across:net:actual-made", "−£36,594"),
    ):
        figure = find(address)
        assert figure is not None
        assert (figure[1].address, figure[1].words) == (address, words)


def test_invented_money_is_made_once_has_a_vacancy_and_adds_up(
    testshire: Partnership, business_unit: User
) -> None:
    today = date(2026, 7, 10)
    load_invented_governance(testshire, by=business_unit, today=today)
    assert load_invented_money(testshire, by=business_unit, today=today) == 14
    assert load_invented_money(testshire, by=business_unit, today=today) == 0
    running, ended = budgets_of(testshire)
    assert (running.period, ended.period) == ("2026-27", "2025-26")
    assert ended.accounts[0].headline == "All 4 sums that can be checked agree."
    left = ended.accounts[0].of_side("rest")[-1]
    assert [each.words for each in (left.budget, left.actual) if each] == ["£0", "£0"]
    assert running.accounts[0].adds_up
    assert running.accounts[0].lines[0].actual is None
    assert [seat.name for seat in vacancies_of(testshire)] == ["Designated Doctor"]
    executive = testshire.bodies.get(code="executive")
    [attendance] = attendances_of(executive)
    assert attendance.period == "2025-26"
    assert attendance.held is not None
    assert attendance.held.words == "4 meetings"
    assert [row.seat for row in attendance.rows] == [
        seat.name for seat in Seat.objects.order_by("pk")
    ]
