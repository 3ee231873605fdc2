"""How each constraint of budgets and their lines is broken."""

from tests.contracts.constraints.reviews import Case, broken, twice
from tests.kept_factories import BudgetFactory, BudgetLineFactory

NAMED = "budget_of_one_fund_and_only_it_has_a_name"


def counting_in_itself() -> None:
    line = BudgetLineFactory(kind="total")
    line.counts_in = line
    line.save()


BUDGET: list[Case] = [
    twice("budget_is_kept_once_a_period_and_fund", BudgetFactory, "partnership", "period"),
    broken("budget_has_a_fund_of_its_own", BudgetFactory, fund="", fund_name="Training"),
    broken("budget_has_a_fund_of_its_own", BudgetFactory, fund="across", fund_name="Training"),
    broken(NAMED, BudgetFactory, fund_name="Training"),
    broken(NAMED, BudgetFactory, fund="training"),
]
LINE: list[Case] = [
    twice("line_stands_once_in_a_budget", BudgetLineFactory, "budget", "code"),
    broken("budget_line_has_a_code_of_its_own", BudgetLineFactory, code=""),
    broken("budget_line_has_a_code_of_its_own", BudgetLineFactory, code="add"),
    broken("budget_line_says_what_it_is", BudgetLineFactory, label=""),
    broken("budget_lines_count_from_one", BudgetLineFactory, order=0),
    broken("budget_line_kind_is_known", BudgetLineFactory, kind="other"),
    broken("budget_line_side_is_known", BudgetLineFactory, side="other"),
    ("budget_line_does_not_count_in_itself", counting_in_itself),
    broken("budget_that_a_fact_states_is_there", BudgetLineFactory, budget_fact_id="WAL-1"),
    broken("actual_that_a_fact_states_is_there", BudgetLineFactory, actual_fact_id="WAL-1"),
]

CASES = [*BUDGET, *LINE]
