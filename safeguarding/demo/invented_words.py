"""What the synthetic partnership's agencies say about their figures, in invented words."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from metrics.models import Commentary, Dataset, ExpectedWords
from metrics.queries import quarters_to
from metrics.returns.words import save_words, words_of
from partnerships.models import Agency
from safeguarding.demo.files import Row, rows
from safeguarding.demo.synthetic import DATASET, POLICE, SLUG, Cast

FIRST = date(2020, 4, 1)


def load_invented_words(cast: Cast, *, folder: Path, today: date, at: datetime) -> dict[str, int]:
    """Asks for words, and enters those of `words.csv`; `back` counts quarters from the newest.

    Loading again changes nothing.
    """
    dataset = Dataset.objects.get(code=DATASET)
    with transaction.atomic():
        for row in rows(folder / "words.csv"):
            _enter(row, cast, dataset, today=today, at=at)
    return {"texts": Commentary.objects.filter(dataset=dataset).count()}


def _enter(row: Row, cast: Cast, dataset: Dataset, *, today: date, at: datetime) -> None:
    slug, back = row.required("agency"), row.whole("back", 0)
    agency = Agency.objects.get(partnership__slug=SLUG, organisation__slug=slug)
    expected, _ = ExpectedWords.objects.get_or_create(
        agency=agency, theme=row.required("theme"), first=FIRST
    )
    span = quarters_to(today, back + 1)[back]
    (place,) = words_of(dataset, span, [expected])
    if place.latest is None:
        save_words(
            at_place=place,
            dataset=dataset,
            span=span,
            words=row.required("words"),
            seen=0,
            by=cast.police if slug == POLICE else cast.unit,
            at=at,
        )
