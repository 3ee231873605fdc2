"""The change of a figure on the year before, as two cells of any table of figures."""

from metrics.models import Change, Indicator
from metrics.readings import measure_of, reading_of
from metrics.wording import change_cell, change_interval_words, state_words
from partnerships.elements import Column

COLUMNS = (
    Column("Change on the year before", numeric=True),
    Column("Can we say that it changed?", long=True),
)


def changed(change: Change | None, indicator: Indicator) -> tuple[str, str]:
    """By how much, and whether that can be said, with its interval; or why there is none."""
    if change is None:
        return "–", "Not worked out yet"
    measure = measure_of(indicator)
    before = reading_of(change.from_revision) if change.from_revision else None
    amount = change_cell(change, before, reading_of(change.to_revision), measure)
    return amount, said(change, indicator) or change.reason


def said(change: Change, indicator: Indicator) -> str:
    """The state, the interval that it rests on, and what to be careful about."""
    state = state_words(change).capitalize()
    interval = change_interval_words(change, measure_of(indicator))
    words = f"{state} ({interval})" if interval else state
    return f"{words}. {change.caution}" if words and change.caution else words or change.caution
