"""Learning in a report: of the year's reviews, and of no review that is named."""

from datetime import date

from reports.accounts.learning import LEARNING
from reports.models import AnnualReport
from tests.kept_factories import ReviewFactory, ReviewThemeFactory, ThemeFactory
from tests.reports.accounts.told import block_of, told


def test_learning_of_the_years_reviews_is_told_with_whom_it_was_raised(
    report: AnnualReport,
) -> None:
    place = report.partnership
    for code, started, theme in (
        ("W10", date(2019, 5, 1), "Be curious."),
        ("W9", date(2019, 5, 1), "Be curious."),
        ("W20", date(2020, 5, 1), "Of the next year."),
    ):
        review = ReviewFactory(
            partnership=place, code=code, started=started, started_precision="day"
        )
        found = place.learning_themes.filter(learning=theme).first()
        found = found or ThemeFactory(
            partnership=place, learning=theme, raised_with="National Panel", note="Of interest."
        )
        ReviewThemeFactory(review=review, theme=found)
    ThemeFactory(partnership=place, learning="Share early")
    assert told(block_of(LEARNING, report)) == [
        "- Be curious. Raised with: National Panel. Reviews: W9, W10. Of interest.",
        "- Share early.",
    ]


def test_learning_that_names_no_review_says_so(report: AnnualReport) -> None:
    ThemeFactory(partnership=report.partnership, learning="Share early.")
    assert told(block_of(LEARNING, report)) == [
        "- Share early.",
        "It is not recorded which review taught which of these.",
    ]


def test_partnership_without_learning_tells_nothing(report: AnnualReport) -> None:
    ThemeFactory()
    assert LEARNING.read(report, "") is None
