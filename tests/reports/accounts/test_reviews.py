"""Practice reviews in a report: those of its year, as its end left them, and their counts."""

from datetime import date
from typing import Any

from reports.accounts.reviews import REVIEWS
from reports.models import AnnualReport
from reviews.models import PracticeReview, ReviewCircumstances
from tests.factories import PeriodFactory
from tests.kept_factories import ReviewFactory, ReviewTotalFactory
from tests.reports.accounts.told import block_of, told


def review(report: AnnualReport, code: str, **told: Any) -> PracticeReview:
    """With `started`, `completed` and `published` as days."""
    for name in ("started", "completed", "published"):
        if name in told:
            told[f"{name}_precision"] = "day"
    if "completed" in told:
        told["state"] = "completed"
    made: PracticeReview = ReviewFactory(partnership=report.partnership, code=code, **told)
    return made


def codes(report: AnnualReport) -> list[str]:
    data = REVIEWS.read(report, "")
    return [each.name for each in data.reviews] if data else []


def test_reviews_that_ran_or_were_published_in_the_year_are_told(report: AnnualReport) -> None:
    review(report, "W9", started=date(2018, 5, 1), completed=date(2019, 4, 1))
    review(report, "W10", started=date(2018, 5, 1))
    review(report, "done", started=date(2018, 5, 1), completed=date(2019, 3, 31))
    review(report, "later", started=date(2020, 4, 1))
    review(
        report,
        "out",
        completed=date(2018, 5, 1),
        published=date(2019, 6, 1),
        publication="published",
    )
    ReviewFactory(started=date(2019, 5, 1), started_precision="day")
    assert codes(report) == ["Out", "W9", "W10"]


def test_review_is_told_as_the_year_left_it(report: AnnualReport) -> None:
    review(
        report,
        "W1",
        started=date(2019, 5, 1),
        completed=date(2020, 6, 1),
        published=date(2020, 9, 1),
        publication="published",
    )
    review(
        report,
        "W2",
        kind="serious-case-review",
        completed=date(2019, 6, 1),
        publication="held",
        why_not_published="Proceedings go on.",
    )
    assert told(block_of(REVIEWS, report)) == [
        "# Reviews that ran in the year",
        "Review | Kind | State | Publication | Why not published",
        "W1 | Rapid review | In progress; completed since, 1 June 2020 | "
        "Published since, 1 September 2020 | –",
        "W2 | Serious case review | Completed | Held back for now | Proceedings go on.",
    ]


def test_column_of_reasons_is_there_only_where_one_is_given(report: AnnualReport) -> None:
    review(report, "W1", started=date(2019, 5, 1))
    assert told(block_of(REVIEWS, report))[1] == "Review | Kind | State | Publication"


def test_code_that_no_source_prints_is_told_in_words(report: AnnualReport) -> None:
    review(report, "first-review", started=date(2019, 5, 1))
    review(report, "SC17", started=date(2019, 6, 1))
    assert codes(report) == ["First review", "SC17"]


def test_review_without_a_date_is_named_and_not_listed(report: AnnualReport) -> None:
    review(report, "W3")
    review(report, "W4", started=date(2019, 5, 1))
    assert told(block_of(REVIEWS, report))[-1] == "Not listed, since no date of it is known: W3."


def test_counts_of_the_year_have_their_address_and_note(report: AnnualReport) -> None:
    for period, value in (("2019-20", 2), ("2018-19", 7)):
        ReviewTotalFactory(
            partnership=report.partnership,
            kind="out-of-area-review",
            event="contributed",
            period=PeriodFactory(key=period),
            value=value,
            note="Of other areas.",
        )
    block = block_of(REVIEWS, report)
    assert told(block) == [
        "# Reviews as they are counted for the year",
        "Kind | What happened | Number",
        "Review of another area, contributed to | Contributed to | 2",
    ]
    assert block.notes == ("Review of another area, contributed to: Of other areas.",)
    slug = report.partnership.slug
    assert [figure.address for figure in block.figures] == [
        f"review-totals:{slug}:2019-20:out-of-area-review:contributed"
    ]


def test_nothing_restricted_is_read(report: AnnualReport) -> None:
    told_of = review(report, "W5", started=date(2019, 5, 1), summary="Secret summary")
    ReviewCircumstances.objects.create(review=told_of, text="Secret circumstances")
    assert "Secret" not in repr(REVIEWS.read(report, ""))


def test_year_without_reviews_tells_nothing(report: AnnualReport) -> None:
    review(report, "W6", started=date(2020, 5, 1))
    assert REVIEWS.read(report, "") is None
