"""The year in figures: a page of headlines, each with its change and whether it can be said.

The plan names the indicators. The words are short enough for a table of three columns, which
is taken in at a glance on paper and on a small screen; why a change was not tested stands beneath.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.arithmetic.states import NOT_TESTED
from metrics.wording import (
    STATE_WORDS,
    by_words,
    judgement,
    not_tested_because,
    when_words,
)
from partnerships.periods import Span
from reports.accounts.account import Account
from reports.accounts.listed import Listed, listed, missing_words
from reports.blocks.data import IndicatorData
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Paragraph, Row, Words
from reports.blocks.indicator import OLDER
from reports.blocks.listing import newest_move, usual_span
from reports.blocks.printing import change_figures, value_figure
from reports.models import AnnualReport

LEAD = (
    "Each figure is set against the year before. Where both can be tested, it is said whether the "
    "change is clear or may be chance; where they cannot, only the difference is given."
)


NO_YEAR_BEFORE = "For none of these is there a figure for the year before, so nothing is compared."


@dataclass(frozen=True, slots=True)
class YearData:
    key: str
    listed: Listed


def read(report: AnnualReport, subject: str) -> YearData | None:
    found = listed(report, YEAR_IN_FIGURES.kind, subject)
    return YearData(YEAR_IN_FIGURES.key(subject), found) if found.found else None


def build(data: YearData, make: Callable[..., F]) -> AccountBlock[F]:
    found = data.listed.found
    span = usual_span(found)
    compared = any(_has_a_year_before(each) for each in found)
    columns = [Column("What is counted", numeric=False), Column(span.label)]
    columns += [Column("Against the year before", numeric=False)] if compared else []
    rows = tuple(
        Row(
            _header(each, span),
            (_figure(each, make), *((_against(each, make),) if compared else ())),
        )
        for each in found
    )
    return AccountBlock(
        key=data.key,
        title="",
        parts=(
            Paragraph((LEAD if compared else NO_YEAR_BEFORE,)),
            BlockTable(f"The year in figures, {span.label}", tuple(columns), rows, "headlines"),
        ),
        notes=(*_notes(found), *missing_words(data.listed.missing)),
    )


def _has_a_year_before(data: IndicatorData) -> bool:
    """Whether its row has more to say than that there is nothing to compare with."""
    move = newest_move(data)
    return move is not None and move.change.rule.split(":")[1:2] != ["missing"]


def _header(data: IndicatorData, usual: Span) -> str:
    newest = data.newest.span
    return data.name if newest == usual else f"{data.name}, {when_words(newest)}"


def _figure(data: IndicatorData, make: Callable[..., F]) -> Words[F]:
    return (value_figure(data, data.newest, make, in_words=True),)


def _against(data: IndicatorData, make: Callable[..., F]) -> Words[F]:
    """The change in words with where it came from, and its state; else why there is none."""
    move = newest_move(data)
    if move is None:
        return ("Not compared.",)
    if move.before is None or move.change.absolute is None:
        return (_first_sentence(move.change.reason),)
    change = change_figures(data, move, make, _by_words)
    before = value_figure(data, move.before, make, in_words=True)
    return (*change, " from ", before, f". {_state(data)}")


def _by_words(*sides: Any) -> str:
    return _upper_first(by_words(*sides))


def _state(data: IndicatorData) -> str:
    """Whether it can be said to have changed, and what that means where a direction is good."""
    move = newest_move(data)
    assert move is not None
    verdict = judgement(move.change.state, data.measure.polarity)
    means = f": {verdict}" if verdict in {"better", "worse"} else ""
    care = " Compare with care." if move.change.caution else ""
    return f"{_upper_first(STATE_WORDS[move.change.state])}{means}.{care}"


def _notes(found: Sequence[IndicatorData]) -> Iterator[str]:
    """Why changes were not tested, each reason once; and what to be careful about."""
    because: dict[str, list[str]] = defaultdict(list)
    for data in found:
        move = newest_move(data)
        if move is not None and move.change.state == NOT_TESTED:
            because[not_tested_because(move.change)].append(data.name)
    for why, names in because.items():
        yield f"Not tested, because {why}: {'; '.join(names)}."
    for data in found:
        move = newest_move(data)
        if data.is_older:
            yield f"{data.name}: {OLDER}"
        if move is not None and move.change.caution:
            yield f"{data.name}: {move.change.caution}"
        if move is not None and _first_sentence(move.change.reason) != move.change.reason:
            yield f"{data.name}: {move.change.reason}"


def _first_sentence(text: str) -> str:
    """What a narrow column has room for; the rest stands beneath the table."""
    first, stop, _ = text.partition(". ")
    return f"{first}." if stop else text


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


YEAR_IN_FIGURES = Account(
    kind="year-in-figures",
    title="the headline figures",
    read=read,
    build=build,
    lists=True,
)
