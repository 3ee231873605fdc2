"""Datasets as readers are told of them."""

from metrics.models import Dataset
from partnerships.models import Partnership
from partnerships.periods import day
from reports.blocks.data import Source


def sources_of(partnership: Partnership) -> dict[str, Source]:
    """The datasets of a partnership, as readers are told of them, by code."""
    return {dataset.code: source_of(dataset) for dataset in partnership.datasets.all()}


def source_of(dataset: Dataset) -> Source:
    """A dataset as readers are told of it."""
    return Source(
        code=dataset.code,
        title=dataset.title,
        publisher=dataset.publisher,
        published=day(dataset.published) if dataset.published else dataset.published_words,
        url=dataset.url,
        official=dataset.kind == Dataset.Kind.OFFICIAL,
    )
