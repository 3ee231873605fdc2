"""Verbs of the budget: what is refused, what is recorded, what a change does to its source."""

from decimal import Decimal
from typing import Any

import pytest

from partnerships.budget.actions import (
    Amounts,
    LineWords,
    add_budget,
    change_budget,
    remove_line,
    save_amounts,
    save_line,
)
from partnerships.budget.queries import budget_of
from partnerships.calendar import store_period
from partnerships.models import AuditEvent, Budget, BudgetLine, Partnership, User
from partnerships.periods import parse
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal
from tests.factories import OrganisationFactory
from tests.kept_factories import BudgetFactory, BudgetLineFactory
from tests.partnerships.budget.conftest import AddLine


def twice(budget: Budget, seen: int, by: User) -> Removal:
    return Removal(budget.partnership, seen, "Entered twice.", by)


def events(partnership: Partnership) -> list[tuple[str, str]]:
    found = AuditEvent.objects.filter(partnership=partnership).order_by("id")
    return [(event.verb, event.subject) for event in found]


def test_new_budget_begins_with_totals_that_make_what_is_left(
    budget: Budget, add_line: AddLine, testshire: Partnership
) -> None:
    add_line("council", 100, 90, "income")
    add_line("salaries", 60, 70)
    add_line("kept", 0, 5, "rest")
    found = budget_of(testshire, budget.period)
    assert found is not None
    (account,) = found.accounts
    told: dict[str, Any] = {line.code: (line.budget, line.actual) for line in account.lines}
    words = {
        code: tuple(each.words if each else None for each in both) for code, both in told.items()
    }
    assert words == {
        "total-income": ("£100", "£90"),
        "total-costs": ("£60", "£70"),
        "outturn": ("−£40", "−£15"),
        "council": ("£100", "£90"),
        "salaries": ("£60", "£70"),
        "kept": ("£0", "£5"),
    }
    assert events(testshire)[0] == ("budget added", "budget:testshire:2025-26:all")
    assert events(testshire)[-1] == ("budget line added", "budget:testshire:2025-26:all:kept")


def test_second_budget_of_a_period_is_refused_and_one_of_a_fund_is_not(
    budget: Budget, testshire: Partnership, business_unit: User
) -> None:
    told: dict[str, Any] = {"partnership": testshire, "period": budget.period, "by": business_unit}
    with pytest.raises(Refused, match="There is a budget of 2025-26 already") as refused:
        add_budget(**told)
    assert refused.value.field == "period"
    fund = add_budget(**told, fund="training", fund_name="Training delivery", empty=True)
    assert (str(fund), fund.lines.count()) == ("Training delivery, 2025-26", 0)
    for fund_code, name, field in (
        ("across", "Across", "fund"),
        ("", "Nothing", "fund"),
        ("other", "", "fund_name"),
        ("all", "All", "fund_name"),
    ):
        with pytest.raises(Refused) as refused:
            add_budget(**told, fund=fund_code, fund_name=name)
        assert refused.value.field == field
    assert Budget.objects.count() == 2


def test_lines_of_the_year_before_come_without_amounts_and_one_offs(
    budget: Budget, add_line: AddLine, testshire: Partnership, business_unit: User
) -> None:
    council = OrganisationFactory()
    add_line("council", 100, 90, "income", contributor=council, note="Said last year.")
    add_line("conference", 5, 5, one_off=True)
    period = store_period(parse("2026-27"))
    made = add_budget(partnership=testshire, period=period, like=budget, by=business_unit)
    lines = made.lines.values_list("code", "counts_in__code", "budget_amount", "note")
    assert list(lines) == [
        ("total-income", "outturn", None, ""),
        ("total-costs", "outturn", None, ""),
        ("outturn", None, None, ""),
        ("council", "total-income", None, ""),
    ]
    copied = made.lines.get(code="council")
    assert copied.contributor == council
    assert copied.counts_in is not None
    assert copied.counts_in.budget == made


def test_line_saved_again_changes_nothing_and_changed_over_the_version_seen_only(
    budget: Budget, add_line: AddLine, testshire: Partnership
) -> None:
    add_line("salaries", 60)
    before = len(events(testshire))
    assert add_line("salaries", 60, seen=1).version == 1
    assert len(events(testshire)) == before
    changed = add_line("salaries", 60, 70, seen=1)
    assert (changed.version, changed.actual_amount) == (2, Decimal(70))
    last = AuditEvent.objects.latest("id")
    assert last.detail == {
        "budget": "60.00",
        "actual": "70.00",
        "budget before": "60.00",
        "actual before": "",
    }
    with pytest.raises(Overtaken):
        add_line("salaries", 61, seen=1)
    with pytest.raises(Refused, match="There is a line “Salaries” already"):
        add_line("salaries", 61)


def test_line_counts_only_in_a_sum_of_its_own_budget_and_never_in_a_ring(
    budget: Budget, add_line: AddLine
) -> None:
    other = BudgetLineFactory(kind="total")
    salaries = add_line("salaries", 60)
    outturn = budget.lines.get(code="outturn")
    for sum_, message in (
        (other, "Choose a total or balance of this budget."),
        (salaries, "“Salaries” is no total and no balance."),
    ):
        with pytest.raises(Refused, match=message) as refused:
            add_line("rooms", 5, counts_in=sum_)
        assert refused.value.field == "counts_in"
    for code, into in (("outturn", "total-costs"), ("outturn", "outturn")):
        with pytest.raises(Refused, match="is this line, or counts in it itself"):
            add_line(code, side="rest", kind="balance", seen=1, counts_in=_line(budget, into))
    with pytest.raises(Refused, match="it is a total or a balance") as refused:
        add_line("total-costs", kind="cost", seen=1, counts_in=outturn)
    assert refused.value.field == "kind"
    assert _line(budget, "outturn").version == 1


def test_line_without_a_name_of_its_own_is_refused(add_line: AddLine) -> None:
    for code in ("", "add"):
        with pytest.raises(Refused) as refused:
            add_line(code, label="Something")
        assert refused.value.field == "label"


def test_amounts_of_several_lines_change_together(
    budget: Budget, add_line: AddLine, business_unit: User
) -> None:
    add_line("salaries", 60)
    add_line("rooms", 5)
    budget.refresh_from_db()
    new = {"salaries": Amounts(Decimal(60), Decimal("70.5")), "rooms": Amounts(Decimal(5), None)}
    told: dict[str, Any] = {"budget": budget, "by": business_unit, "seen": budget.version}
    assert save_amounts(**told, amounts=new) == 1
    assert _line(budget, "salaries").actual_amount == Decimal("70.50")
    assert _line(budget, "rooms").version == 1
    assert save_amounts(**told, amounts=new) == 0
    with pytest.raises(Overtaken):
        save_amounts(**told, amounts={"rooms": Amounts(None, Decimal(1))})
    assert _line(budget, "rooms").budget_amount == 5


def test_amount_that_a_person_changes_is_no_longer_the_source_s(business_unit: User) -> None:
    line = BudgetLineFactory(
        budget_amount=5,
        budget_fact_id="WAL-1",
        actual_amount=6,
        actual_fact_id="WAL-2",
        source="yearly-report",
    )
    for new, facts, source in (
        (Amounts(Decimal(5), Decimal(7)), ("WAL-1", ""), "yearly-report"),
        (Amounts(Decimal(4), Decimal(7)), ("", ""), ""),
    ):
        line.budget.refresh_from_db()
        seen = line.budget.version
        save_amounts(budget=line.budget, amounts={line.code: new}, seen=seen, by=business_unit)
        line.refresh_from_db()
        assert ((line.budget_fact_id, line.actual_fact_id), line.source) == (facts, source)


def test_line_is_taken_out_with_a_record_of_what_it_said(
    budget: Budget, add_line: AddLine, business_unit: User
) -> None:
    line = add_line("salaries", 60, 70)
    total = _line(budget, "total-costs")
    with pytest.raises(Refused, match="1 line counts in “Total costs”"):
        remove_line(total, twice(budget, 1, business_unit))
    with pytest.raises(Overtaken):
        remove_line(line, twice(budget, 2, business_unit))
    remove_line(line, twice(budget, 1, business_unit))
    assert not budget.lines.filter(code="salaries").exists()
    last = AuditEvent.objects.latest("id")
    assert (last.verb, last.subject, last.detail) == (
        "budget line removed",
        "budget:testshire:2025-26:all:salaries",
        {
            "reason": "Entered twice.",
            "removed": "budget: 2025-26; code: salaries; order: 4; label: Salaries; "
            "label sure: True; kind: cost; side: costs; counts in: Total costs; "
            "budget amount: 60.00; actual amount: 70.00",
        },
    )
    with pytest.raises(Overtaken):
        remove_line(line, twice(budget, 1, business_unit))


def test_note_of_a_budget_is_changed_over_the_version_seen_only(
    budget: Budget, business_unit: User
) -> None:
    changed = change_budget(budget=budget, note="Agreed in March.", seen=1, by=business_unit)
    assert (changed.note, changed.version) == ("Agreed in March.", 2)
    again = change_budget(budget=budget, note="Agreed in March.", seen=1, by=business_unit)
    assert again.version == 2
    with pytest.raises(Overtaken):
        change_budget(budget=budget, note="Not agreed.", seen=1, by=business_unit)
    with pytest.raises(Refused, match="Enter the name of the fund"):
        change_budget(budget=budget, fund_name="Training", seen=2, by=business_unit)


def test_budget_of_one_fund_keeps_a_name(business_unit: User) -> None:
    fund = BudgetFactory(fund="training", fund_name="Training")
    with pytest.raises(Refused) as refused:
        change_budget(budget=fund, note="A note.", seen=1, by=business_unit)
    assert refused.value.field == "fund_name"
    words = LineWords(label="Courses", kind="cost", side="costs")
    save_line(budget=fund, code="courses", words=words, by=business_unit)
    assert fund.lines.get().key.endswith(":2019-20:training:courses")


def _line(budget: Budget, code: str) -> BudgetLine:
    return budget.lines.get(code=code)
