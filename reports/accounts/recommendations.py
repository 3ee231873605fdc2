"""What somebody recommended, to whom, what was answered, and how the answer stood."""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.known_dates import words as when_words
from partnerships.periods import day
from reports.accounts.account import Account, AccountError
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Paragraph, Part, Row
from reports.models import AnnualReport
from reviews.models import Answer, Recommendation
from reviews.recommendations.answers import standing_of, standing_on_its_day
from reviews.recommendations.queries import recommendations_of

NOT_SAID = "Not said"
AFTER_THE_YEAR = "These answers were told after the year of this report."


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    text: str
    addressee: str
    answer: str
    standing: str


@dataclass(frozen=True, slots=True)
class RecommendationsData:
    """`lead` says when they were made, and what must be known of them."""

    key: str
    name: str
    lead: str
    lines: tuple[RecommendationLine, ...]


def read(report: AnnualReport, subject: str) -> RecommendationsData | None:
    """The recommendations of the source with that code, also one of another year."""
    source = report.partnership.recommendation_sources.filter(code=subject).first()
    if source is None:
        raise AccountError(f"{report.partnership.name} has no recommendations {subject!r}.")
    found = list(recommendations_of(source))
    answers = [answer for each in found for answer in each.answers.all()]
    newest = [each for each in map(_newest, found) if each]
    days = {answer.told for answer in newest}
    of_one_day = days.pop() if len(newest) > 1 and len(days) == 1 else None
    said = [
        f"Made: {when_words(source.told_when)}." if source.told_when else "",
        source.note,
        f"The answers are those of {day(of_one_day)}." if of_one_day else "",
        AFTER_THE_YEAR if any(each.told > report.last for each in answers) else "",
    ]
    return RecommendationsData(
        key=RECOMMENDATIONS.key(subject),
        name=source.name,
        lead=" ".join(filter(None, said)),
        lines=tuple(_line(each, dated=of_one_day is None) for each in found),
    )


def _newest(recommendation: Recommendation) -> Answer | None:
    return max(recommendation.answers.all(), key=lambda answer: answer.told, default=None)


def _line(recommendation: Recommendation, *, dated: bool) -> RecommendationLine:
    """`dated` where the day of the answer is to be said in its row."""
    newest = _newest(recommendation)
    told = f"{newest.words} {newest.note}".strip() if newest else "–"
    standing = standing_on_its_day(newest) if newest and not dated else standing_of(newest)
    addressee = recommendation.addressee or NOT_SAID
    return RecommendationLine(recommendation.text, addressee, told, standing)


def build(data: RecommendationsData, make: Callable[..., F]) -> AccountBlock[F]:
    columns = ("Recommendation", "To be answered by", "Answer", "How it stands")
    table: BlockTable[F] = BlockTable(
        "Recommendations and answers",
        tuple(Column(name, numeric=False) for name in columns),
        tuple(
            Row(line.text, ((line.addressee,), (line.answer,), (line.standing,)))
            for line in data.lines
        ),
    )
    lead: tuple[Part[F], ...] = (Paragraph((data.lead,)),) if data.lead else ()
    return AccountBlock(key=data.key, title=data.name, parts=(*lead, table))


RECOMMENDATIONS = Account(
    kind="recommendations",
    title="these recommendations",
    read=read,
    build=build,
    subject="the code of what made recommendations",
)
