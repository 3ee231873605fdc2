"""Practice reviews of a report's year: each by its name, and how many a source counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partnerships.periods import Span
from partnerships.stated_figure import Stated
from reports.accounts.account import Account
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Column,
    F,
    Paragraph,
    Part,
    Row,
    Words,
)
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport
from reviews.models import PracticeReview
from reviews.practice.queries import reviews_in
from reviews.practice.stated import stated_total
from reviews.practice.totals import do_not_add_up

State = PracticeReview.State
Publication = PracticeReview.Publication


@dataclass(frozen=True, slots=True)
class ReviewData:
    """A review as the end of the year left it; `since` says what came after."""

    name: str
    kind: str
    state: str
    publication: str
    why: str


@dataclass(frozen=True, slots=True)
class TotalData:
    kind: str
    event: str
    count: Stated


@dataclass(frozen=True, slots=True)
class ReviewsData:
    """`undated` are the names of reviews of which no date is known.

    `contradictions` say which counts do not add up.
    """

    reviews: tuple[ReviewData, ...]
    totals: tuple[TotalData, ...]
    undated: tuple[str, ...]
    contradictions: tuple[str, ...] = ()


def read(report: AnnualReport, subject: str) -> ReviewsData | None:
    of_year, undated = reviews_in(report.partnership, report.covers)
    totals = report.partnership.review_totals.select_related("period").filter(
        period__first__gte=report.first, period__last__lte=report.last
    )
    data = ReviewsData(
        reviews=tuple(_review(each, report.covers) for each in of_year),
        totals=tuple(
            TotalData(
                kind=PracticeReview.Kind(total.kind).label,
                event=total.get_event_display(),
                count=stated_total(report.partnership, total),
            )
            for total in totals.order_by("kind", "event", "period__first")
        ),
        undated=tuple(each.name for each in undated),
        contradictions=tuple(do_not_add_up(totals)),
    )
    return data if data.reviews or data.totals else None


def _review(review: PracticeReview, span: Span) -> ReviewData:
    return ReviewData(
        name=review.name,
        kind=review.get_kind_display(),
        state=_state(review, span),
        publication=_publication(review, span),
        why=review.why_not_published,
    )


def _state(review: PracticeReview, span: Span) -> str:
    """As it was at the end of the year, where a review has been completed since."""
    done = review.completed_when
    if done is not None and done.first > span.last:
        return f"{State.IN_PROGRESS.label}; completed since, {done.label}"
    return review.get_state_display()


def _publication(review: PracticeReview, span: Span) -> str:
    out = review.published_when
    if out is not None and out.first > span.last:
        return f"Published since, {out.label}"
    if out is not None:
        return f"Published, {out.label}"
    return review.get_publication_display()


def build(data: ReviewsData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = []
    if data.reviews:
        parts.append(_reviews_table(data.reviews))
    if data.totals:
        parts.append(_totals_table(data.totals, make))
    if data.undated:
        names = ", ".join(data.undated)
        parts.append(Paragraph((f"Not listed, since no date of it is known: {names}.",)))
    notes = (*_notes(data.totals), *data.contradictions)
    return AccountBlock(key=REVIEWS.kind, title="Practice reviews", parts=tuple(parts), notes=notes)


def _reviews_table(reviews: tuple[ReviewData, ...]) -> BlockTable[F]:
    said_why = any(each.why for each in reviews)
    columns = [
        "Review",
        "Kind",
        "State",
        "Publication",
        *(["Why not published"] if said_why else []),
    ]
    rows = []
    for each in reviews:
        cells: list[Words[F]] = [(each.kind,), (each.state,), (each.publication,)]
        cells += [(each.why or "–",)] if said_why else []
        rows.append(Row(each.name, tuple(cells)))
    return BlockTable(
        "Reviews that ran in the year",
        tuple(Column(name, numeric=False) for name in columns),
        tuple(rows),
    )


def _totals_table(totals: tuple[TotalData, ...], make: Callable[..., F]) -> BlockTable[F]:
    return BlockTable(
        "Reviews as they are counted for the year",
        (
            Column("Kind", numeric=False),
            Column("What happened", numeric=False),
            Column("Number"),
        ),
        tuple(
            Row(each.kind, ((each.event,), (stated_figure(each.count, make),))) for each in totals
        ),
    )


def _notes(totals: tuple[TotalData, ...]) -> Iterator[str]:
    for each in totals:
        if each.count.note:
            event = each.event.lower()
            named = each.kind if each.kind.endswith(event) else f"{each.kind}, {event}"
            yield f"{named}: {each.count.note}"


REVIEWS = Account(kind="reviews", title="practice reviews", read=read, build=build)
