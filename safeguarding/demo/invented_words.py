"""What a synthetic partnership's agencies say about their figures, in invented words."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from metrics.models import Dataset, ExpectedWords
from metrics.returns.words import save_words, words_of
from partnerships.models import Agency
from partnerships.periods import Span
from safeguarding.demo.files import Row, rows
from safeguarding.demo.invented_living import ENTERED, POLICE, Cast, usual_day


def enter_words(
    dataset: Dataset, cast: Cast, quarters: Sequence[Span], *, folder: Path, at: datetime
) -> int:
    """Asks for the words of `words.csv`, and enters them; how many texts were.

    `quarters` are the newest first, and `back` counts in them. Words are asked for from
    the oldest of these quarters on.
    """
    file = folder / "words.csv"
    told = list(rows(file)) if file.exists() else []
    if told:
        since = quarters[max(row.whole("back", 0) for row in told)].first
        for row in told:
            _enter(row, cast, dataset, quarters, since=since, at=at)
    return len(told)


def _enter(
    row: Row, cast: Cast, dataset: Dataset, quarters: Sequence[Span], *, since: date, at: datetime
) -> None:
    slug, span = row.required("agency"), quarters[row.whole("back", 0)]
    agency = Agency.objects.get(partnership=dataset.owner, organisation__slug=slug)
    expected, _ = ExpectedWords.objects.get_or_create(
        agency=agency, theme=row.required("theme"), first=since
    )
    (place,) = words_of(dataset, span, [expected])
    save_words(
        at_place=place,
        dataset=dataset,
        span=span,
        words=row.required("words"),
        seen=0,
        by=cast.police if slug.endswith(POLICE) else cast.unit,
        at=min(usual_day(span, ENTERED), at),
    )
