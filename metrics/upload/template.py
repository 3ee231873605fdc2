"""The template of one return: a row for each figure that the person enters, with what is known.

What stands in it comes back: the reader knows its columns by name, in any order.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from metrics.entries import asks_for_two
from metrics.exports import harmless
from metrics.models import Indicator
from metrics.queries import ReturnRow
from metrics.readings import measure_of
from metrics.returns.tables import NO_FIGURE, words
from metrics.upload.headings import NAMES
from partnerships.models import Partnership
from partnerships.periods import Span

TO_FILL_IN = (
    "value",
    "numerator",
    "denominator",
    "marker",
    "marker_reason",
    "provisional",
    "note",
)
NO_NUMBER = ("Not available", "Not applicable")
YES_OR_NO = ("Yes", "No")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """What is known of a figure, and which boxes it fills: two numbers, or one."""

    known: tuple[str, ...]
    two_numbers: bool
    whole_numbers: bool


@dataclass(frozen=True, slots=True)
class Template:
    """The template of one return. `columns` are those of `known`, then those to fill in."""

    partnership: Partnership
    span: Span
    columns: tuple[str, ...]
    rows: tuple[TemplateRow, ...]


def template_of(partnership: Partnership, span: Span, rows: Iterable[ReturnRow]) -> Template:
    """The template of a quarter's return; `rows` as the return's page shows them."""
    before = span.quarter_before
    assert before is not None  # a return is of a quarter
    asked = list(rows)
    divided = any(row.owed.category for row in asked)
    known = ("partnership", "period", "code", *(["slice"] if divided else []), "name")
    columns = (
        *(NAMES[name][0] for name in known),
        "Unit",
        span.year_before.label,
        before.label,
        "Entered so far",
        *(NAMES[name][0] for name in TO_FILL_IN),
    )
    rows_of = (_row(partnership, span, row, divided=divided) for row in asked)
    return Template(partnership, span, columns, tuple(rows_of))


def csv_of(template: Template) -> str:
    """The template as CSV, UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(template.columns)
    empty = [""] * len(TO_FILL_IN)
    writer.writerows([*map(harmless, row.known), *empty] for row in template.rows)
    return out.getvalue()


def unit_words(indicator: Indicator) -> str:
    """The unit as a person fills it in: what is counted, or what out of what."""
    measure = measure_of(indicator)
    if asks_for_two(measure):
        of = indicator.denominator_words or "all"
        counted = indicator.numerator_words or "number"
        per = "%" if indicator.unit == "percent" else f"per {indicator.base:,}"
        return f"{per}: {counted}, out of {of}"
    return indicator.unit_words or indicator.get_unit_display()


def _row(partnership: Partnership, span: Span, row: ReturnRow, *, divided: bool) -> TemplateRow:
    indicator = row.indicator
    figures = (
        words(revision, indicator) for revision in (row.year_before, row.quarter_before, row.latest)
    )
    return TemplateRow(
        known=(
            partnership.short_name,
            span.label,
            indicator.code,
            *([row.owed.slice_key if row.owed.category else ""] if divided else []),
            row.name,
            unit_words(indicator),
            *("" if said == NO_FIGURE else said for said in figures),
        ),
        two_numbers=asks_for_two(measure_of(indicator)),
        whole_numbers=indicator.unit == "count",
    )
