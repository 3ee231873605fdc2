"""Training in a report: a line for each activity, totals beside what the activities make."""

from reports.accounts.training import DOUBTED, HELD_AGAINST, TRAINING
from reports.blocks.figures import Figure
from reports.disclosure import public_account
from reports.models import AnnualReport
from tests.factories import PeriodFactory
from tests.reports.accounts.told import block_of, told
from tests.reports.data import TODAY
from tests.told_factories import TrainingActivityFactory, TrainingMeasureFactory


def activity(report: AnnualReport, name: str, year: str = "2019-20", **counted: int | None) -> None:
    made = TrainingActivityFactory(
        partnership=report.partnership, code=name.lower().replace(" ", "-"), name=name
    )
    for measure, value in counted.items():
        TrainingMeasureFactory(
            activity=made,
            period=PeriodFactory(key=year),
            measure=measure.replace("_", "-"),
            value=value,
            note="" if value is not None else "Nobody counted.",
        )


def total(report: AnnualReport, name: str, measure: str, value: int) -> None:
    made = TrainingActivityFactory(
        partnership=report.partnership, code="printed", name=name, kind="total", total_of="all"
    )
    TrainingMeasureFactory(
        activity=made, period=PeriodFactory(key="2019-20"), measure=measure, value=value
    )


def test_what_several_activities_count_has_a_column_and_the_rest_is_in_words(
    report: AnnualReport,
) -> None:
    activity(report, "Alpha", sessions=14, attended=437)
    activity(report, "Beta", attended=22, tiers=3, year="2019-20-q4")
    activity(report, "Gamma", attended=50, test_before=61, days=2)
    activity(report, "Delta", attended=None, year="2020-21")  # after the year
    activity(report, "Epsilon", held=None)
    lines = told(block_of(TRAINING, report))
    assert lines[:7] == [
        "# Training in 2019-20, by activity",
        "Activity | Kind, provider | People who attended | Also counted",
        "Alpha | Course, partnership | 437 | 14 sessions",
        "Beta, Q4 2019-20 | Course, partnership | 22 | 3 tiers",
        "Epsilon | Course, partnership | – | –",
        "Gamma | Course, partnership | 50 | 2 days",
        "# Scores before and after",
    ]
    assert lines[7:] == [
        "Activity | Test score before",
        "Gamma | 61%",
        "# What it comes to",
        "What was counted | The activities make",
        "All training: people who attended | 509",
    ]


def test_printed_total_stands_beside_what_the_activities_make(report: AnnualReport) -> None:
    activity(report, "Alpha", completed=49)
    activity(report, "Beta", completed=46)
    total(report, "All training", "completed", 1231)
    block = block_of(TRAINING, report)
    assert told(block)[-3:] == [
        "# What it comes to",
        "What was counted | Total | The activities make",
        "All training: completions | 1,231 | 95",
    ]
    assert block.notes == (HELD_AGAINST,)
    slug = report.partnership.slug
    assert [figure.address for figure in block.figures][-2:] == [
        f"training:{slug}:printed:2019-20:completed",
        f"training:{slug}:all:2019-20:completed:printed",
    ]


def test_what_is_told_again_counts_once_and_what_cannot_be_so_is_noted(
    report: AnnualReport,
) -> None:
    activity(report, "Alpha", places=12, attended=20)
    made = report.partnership.training_activities.get()
    TrainingMeasureFactory(
        activity=made, period=PeriodFactory(key="2019-20"), measure="attended", value=20, mention=2
    )
    block = block_of(TRAINING, report)
    assert told(block)[2:] == ["Alpha | Course, partnership | 12 places offered, 20 people"]
    assert block.notes == (f"Alpha: {DOUBTED}",)


def test_sum_with_a_number_of_children_that_is_hidden_is_not_told(report: AnnualReport) -> None:
    activity(report, "Alpha", attended=40)
    activity(report, "Beta", attended=3)
    figures = report.partnership.training_activities.get(name="Beta").measures
    figures.update(of_children=True)
    data = TRAINING.read(report, "")
    assert told(TRAINING.build(data, Figure))[-1] == "All training: people who attended | 43"
    total(report, "Everything", "attended", 43)
    data = TRAINING.read(report, "")
    assert told(TRAINING.build(data, Figure))[-1] == "Everything: people who attended | 43 | 43"
    block = public_account(data, TRAINING.build, sources={}, on=TODAY)
    assert told(block)[2:] == [
        "Alpha | Course, partnership | 40 people",
        "Beta | Course, partnership | people who attended: [c]",
    ]


def test_year_without_training_tells_nothing(report: AnnualReport) -> None:
    activity(report, "Alpha", attended=40, year="2018-19")
    assert TRAINING.read(report, "") is None
