"""A budget that begins with its totals, and the means to add lines to it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from partnerships.budget.actions import LineWords, add_budget, save_line
from partnerships.calendar import store_period
from partnerships.models import Budget, BudgetLine, Partnership, User
from partnerships.periods import parse

AddLine = Callable[..., BudgetLine]


@pytest.fixture
def budget(testshire: Partnership, business_unit: User) -> Budget:
    period = store_period(parse("2025-26"))
    return add_budget(partnership=testshire, period=period, by=business_unit)


@pytest.fixture
def add_line(budget: Budget, business_unit: User) -> AddLine:
    """Adds or changes a line: `add_line("salaries", 100, 90)`; it counts in its side's total."""

    def add(
        code: str,
        planned: float | None = None,
        actual: float | None = None,
        side: str = "costs",
        seen: int = 0,
        **told: Any,
    ) -> BudgetLine:
        kinds = {"income": "income", "costs": "cost", "rest": "reserve"}
        into = {"income": "total-income", "costs": "total-costs", "rest": "outturn"}
        said: dict[str, Any] = {
            "label": code.replace("-", " ").capitalize(),
            "kind": kinds[side],
            "side": side,
            "counts_in": budget.lines.get(code=into[side]),
            "budget_amount": None if planned is None else Decimal(str(planned)),
            "actual_amount": None if actual is None else Decimal(str(actual)),
        } | told
        words = LineWords(**said)
        return save_line(budget=budget, code=code, words=words, seen=seen, by=business_unit)

    return add
