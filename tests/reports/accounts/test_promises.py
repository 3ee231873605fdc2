"""Promises, risks and milestones in a report: those of its year, with what became of them."""

from datetime import date
from typing import Any

from reports.accounts.milestones import MILESTONES
from reports.accounts.promises import PROMISES
from reports.accounts.risks import RISKS
from reports.accounts.single_figures import SINGLE_FIGURES
from reports.models import AnnualReport
from tests.factories import PeriodFactory
from tests.kept_factories import (
    MilestoneFactory,
    NamedFigureFactory,
    PromiseFactory,
    RiskFactory,
)
from tests.reports.accounts.told import block_of, told


def promise(report: AnnualReport, year: str, made: str, number: int, **words: Any) -> None:
    PromiseFactory(
        partnership=report.partnership,
        year=PeriodFactory(key=year),
        report_year=PeriodFactory(key=made),
        number=number,
        **words,
    )


def test_promises_for_the_year_and_of_its_report_are_told_by_list(report: AnnualReport) -> None:
    steps = {"in_list": "steps", "where_in_report": "Next steps"}
    neglect = {"in_list": "neglect", "where_in_report": "Neglect, still to do"}
    promise(report, "2019-20", "2018-19", 1, text="Hold meetings", **steps)
    promise(report, "2020-21", "2019-20", 2, text="Use the tool", **neglect)
    promise(
        report,
        "2020-21",
        "2019-20",
        1,
        text="Take all contacts",
        outcome="kept",
        outcome_source="Minutes.",
        **steps,
    )
    promise(report, "2021-22", "2020-21", 1, text="Of another report", **steps)
    block = block_of(PROMISES, report)
    assert told(block) == [
        "# Promised for 2019-20",
        "Nothing is told of what became of the 1 promise. A promise that stands in two lists is "
        "counted in both.",
        "# Next steps",
        "- Hold meetings",
        "# Promised for 2020-21",
        "Of these promises 1 was kept and of 1 nothing is told. A promise that stands in two lists "
        "is counted in both. Of the lists without outcomes nothing is told.",
        "# Next steps",
        "Promise | What became of it",
        "Take all contacts | Kept. Minutes.",
        "# Neglect, still to do",
        "- Use the tool",
    ]
    slug = report.partnership.slug
    assert [figure.address for figure in block.figures] == [
        f"promises:{slug}:2019-20:not-told",
        f"promises:{slug}:2020-21:kept",
        f"promises:{slug}:2020-21:not-told",
    ]


def test_promises_that_ended_in_every_way_are_counted_in_a_sentence(report: AnnualReport) -> None:
    for number, outcome in enumerate(("kept", "partly", "partly", "not-kept", "not-told"), 1):
        source = "" if outcome == "not-told" else "Minutes."
        promise(report, "2020-21", "2019-20", number, outcome=outcome, outcome_source=source)
    assert told(block_of(PROMISES, report))[1].startswith(
        "Of these promises 1 was kept, 2 were kept in part, 1 was not kept and of 1 nothing is "
        "told."
    )


def test_year_without_promises_tells_nothing(report: AnnualReport) -> None:
    promise(report, "2021-22", "2020-21", 1)
    assert PROMISES.read(report, "") is None


def test_risks_of_the_year_say_since_when_and_what_is_done(report: AnnualReport) -> None:
    RiskFactory(
        partnership=report.partnership,
        what="No strategy yet",
        since=date(2018, 4, 1),
        since_precision="financial-year",
        carried_over=True,
    )
    RiskFactory(
        partnership=report.partnership,
        what="Few staff",
        since=date(2019, 5, 1),
        since_precision="month",
        doing="Posts are advertised.",
        closed=date(2020, 1, 6),
        closed_why="The posts are filled.",
        note="Reported to the executive.",
    )
    RiskFactory(partnership=report.partnership, since=date(2020, 4, 1), since_precision="day")
    assert sorted(told(block_of(RISKS, report))) == [
        "- Few staff. Since: May 2019. What is done: Posts are advertised. "
        "Closed on 6 January 2020: The posts are filled. Reported to the executive.",
        "- No strategy yet. Since: 2018-19, carried over from the year before. "
        "What is done is not said.",
    ]


def test_partnership_without_risks_tells_nothing(report: AnnualReport) -> None:
    RiskFactory()
    assert RISKS.read(report, "") is None


def test_milestones_are_told_by_year_with_when(report: AnnualReport) -> None:
    for what, first, precision, state, note in (
        ("Plans published", date(2019, 9, 1), "day", "actual", ""),
        ("Strategy relaunched", date(2019, 6, 1), "season", "planned", "Missed."),
        ("Model launched", date(2020, 10, 1), "month", "revised", ""),
        ("Of long ago", date(2018, 4, 1), "day", "actual", ""),
    ):
        MilestoneFactory(
            partnership=report.partnership,
            what=what,
            first=first,
            precision=precision,
            state=state,
            note=note,
        )
    assert told(block_of(MILESTONES, report)) == [
        "# Milestones of the year",
        "What | When | How it stands | Note",
        "Strategy relaunched | Summer 2019 | Planned | Missed.",
        "Plans published | 1 September 2019 | Happened | –",
        "# Planned for the twelve months after",
        "What | When | How it stands",
        "Model launched | October 2020 | Put off to this date",
    ]


def test_milestones_that_all_stand_alike_say_so_in_the_caption(report: AnnualReport) -> None:
    for what, first, state in (
        ("Plans published", date(2019, 9, 1), "actual"),
        ("Board ended", date(2019, 9, 2), "actual"),
        ("Model launched", date(2020, 10, 1), "planned"),
        ("Panel begins", date(2020, 10, 2), "planned"),
    ):
        MilestoneFactory(
            partnership=report.partnership, what=what, first=first, precision="day", state=state
        )
    assert told(block_of(MILESTONES, report)) == [
        "# Milestones of the year, all of which happened",
        "What | When",
        "Plans published | 1 September 2019",
        "Board ended | 2 September 2019",
        "# Planned for the twelve months after",
        "What | When",
        "Model launched | 1 October 2020",
        "Panel begins | 2 October 2020",
    ]


def test_year_without_milestones_tells_nothing(report: AnnualReport) -> None:
    MilestoneFactory(
        partnership=report.partnership, first=date(2018, 4, 1), precision="day", state="actual"
    )
    assert MILESTONES.read(report, "") is None


def test_single_figures_of_the_time_are_told_with_their_notes(report: AnnualReport) -> None:
    ours: dict[str, Any] = {"partnership": report.partnership}
    year = PeriodFactory(key="2019-20")
    NamedFigureFactory(**ours, period=year, code="partners", what="Partners", note="By law.")
    NamedFigureFactory(
        **ours, period=year, what="Residents", value=90, unit="people", qualifier="more-than"
    )
    NamedFigureFactory(**ours, period=year, what="Visits", value=None, in_words="Daily")
    NamedFigureFactory(**ours, period=PeriodFactory(key="2038"), what="Of another time")
    block = block_of(SINGLE_FIGURES, report)
    assert told(block) == [
        "# Figures that no indicator measures",
        "What | Where | When | Figure",
        "Partners | Testshire | 2019-20 | 3",
        "Residents | Testshire | 2019-20 | more than 90 people",
        "Visits | Testshire | 2019-20 | Daily",
    ]
    assert block.notes == ("Partners: By law.",)
    assert next(iter(block.figures)).address == f"named:{report.partnership.slug}:partners"
