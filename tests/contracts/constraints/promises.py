"""How each constraint of promises, milestones, risks and single figures is broken."""

from datetime import date

from tests.contracts.constraints.reviews import Case, broken, twice
from tests.kept_factories import (
    MilestoneFactory,
    NamedFigureFactory,
    PromiseFactory,
    RiskFactory,
)

DAY = date(2026, 7, 1)
EARLIER = date(2026, 6, 1)
SINCE = {"since": DAY, "since_precision": "day"}

PROMISE: list[Case] = [
    twice(
        "promise_code_is_used_once_a_year_at_a_partnership",
        PromiseFactory,
        *("partnership", "year", "code"),
    ),
    broken("promise_has_a_code_of_its_own", PromiseFactory, code=""),
    broken("promise_has_a_code_of_its_own", PromiseFactory, code="add"),
    broken("promises_count_from_one", PromiseFactory, number=0),
    broken("promise_stands_in_a_list_of_its_report", PromiseFactory, in_list=""),
    broken("promise_stands_in_a_list_of_its_report", PromiseFactory, where_in_report=""),
    broken("promise_says_what_will_be_done", PromiseFactory, text=""),
    broken("promise_outcome_is_known", PromiseFactory, outcome="other", outcome_source="Who."),
    *(
        broken("told_outcome_and_only_it_names_who_says_so", PromiseFactory, outcome=outcome)
        for outcome in ("kept", "partly", "not-kept")
    ),
    broken("told_outcome_and_only_it_names_who_says_so", PromiseFactory, outcome_source="Who."),
]
MILESTONE: list[Case] = [
    twice("milestone_code_is_used_once_at_a_partnership", MilestoneFactory, "partnership", "code"),
    broken("milestone_has_a_code_of_its_own", MilestoneFactory, code=""),
    broken("milestone_has_a_code_of_its_own", MilestoneFactory, code="add"),
    broken("milestone_says_what_happens", MilestoneFactory, what=""),
    broken("milestone_precision_is_known", MilestoneFactory, precision="unknown"),
    broken("milestone_state_is_known", MilestoneFactory, state="missed"),
]
RISK: list[Case] = [
    twice("risk_code_is_used_once_at_a_partnership", RiskFactory, "partnership", "code"),
    broken("risk_has_a_code_of_its_own", RiskFactory, code=""),
    broken("risk_has_a_code_of_its_own", RiskFactory, code="add"),
    broken("risk_says_what_may_go_wrong", RiskFactory, what=""),
    broken("risk_begin_is_a_date_or_unknown", RiskFactory, since=DAY),
    broken("risk_begin_is_a_date_or_unknown", RiskFactory, since_precision="day"),
    broken("closed_risk_and_only_it_says_why", RiskFactory, closed=DAY),
    broken("closed_risk_and_only_it_says_why", RiskFactory, closed_why="It is over."),
    broken(
        "risk_is_closed_after_it_begins",
        RiskFactory,
        **SINCE,
        closed=EARLIER,
        closed_why="It is over.",
    ),
]
FIGURE: list[Case] = [
    twice(
        "named_figure_code_is_used_once_at_a_partnership",
        NamedFigureFactory,
        *("partnership", "code"),
    ),
    broken("named_figure_has_a_code_of_its_own", NamedFigureFactory, code=""),
    broken("named_figure_has_a_code_of_its_own", NamedFigureFactory, code="add"),
    *(
        broken("named_figure_says_what_and_where_and_in_what", NamedFigureFactory, **{name: ""})
        for name in ("what", "area", "unit")
    ),
    broken("named_figure_is_a_number_or_words", NamedFigureFactory, in_words="Three"),
    broken("named_figure_is_a_number_or_words", NamedFigureFactory, value=None),
    broken("named_figure_has_at_most_four_decimals", NamedFigureFactory, decimals=5),
    broken("named_figure_qualifier_is_known", NamedFigureFactory, qualifier="nearly"),
]

CASES = [*PROMISE, *MILESTONE, *RISK, *FIGURE]
