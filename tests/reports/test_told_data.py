"""What reviews tell goes through the gate whole, and of what is hidden nothing follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from partnerships.models import Partnership, User
from partnerships.periods import financial_year
from reports.blocks.figures import AccountBlock
from reports.disclosure import PublicFigure, public_account
from reviews.assurance.assessment_queries import self_assessments_of
from reviews.assurance.queries import audits_of, dissemination_of
from reviews.training.queries import training_of
from reviews.voice.queries import voice_of
from safeguarding.demo.invented_assurance import load_invented_assurance

TODAY = date(2026, 7, 10)
YEAR = financial_year(2025)


@pytest.fixture
def told(testshire: Partnership, business_unit: User) -> Partnership:
    load_invented_assurance(testshire, by=business_unit, today=TODAY)
    return testshire


def public(data: Any) -> Any:
    """What a block gets to be built from."""
    seen: list[Any] = []

    def build(given: Any, make: Callable[..., PublicFigure]) -> AccountBlock[PublicFigure]:
        seen.append(given)
        return AccountBlock(key="told", title="", parts=())

    public_account(data, build, sources={}, on=TODAY)
    return seen[0]


@pytest.mark.parametrize(
    "read", [audits_of, dissemination_of, self_assessments_of, training_of, voice_of]
)
def test_what_is_told_of_a_year_goes_through_the_gate(
    told: Partnership, read: Callable[..., Any]
) -> None:
    data = read(told, YEAR)
    assert data
    assert len(public(data)) == len(data)


def test_of_small_numbers_of_cases_nothing_is_left(told: Partnership) -> None:
    """Of 30 cases 2 and 1 are hidden; 20 and 7 would tell that they make 3."""
    (audit,) = [each for each in public(audits_of(told, YEAR)) if each.code == "neglect"]
    newest = audit.results[-1]
    shown = {each.grade: each.figure.cell for each in newest.own.shares}
    assert shown == {
        "outstanding": "[c]",
        "good": "20",
        "requires-improvement": "7",
        "inadequate": "[c]",
    }
    assert (newest.total, newest.comparison, newest.gap) == (None, None, "")
