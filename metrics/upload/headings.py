"""Which column is which, by its heading.

A heading counts as known under the names of our own template and export, under a few that
people use in their place, and under what somebody of the organisation has said before.
"""

import re
import unicodedata
from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from metrics.upload.cells import Cell, Fault, Row, is_empty, seen, text_of
from metrics.upload.refusals import ColumnsUnknown, FileRefused, Unreadable
from partnerships.period_words import read_period
from partnerships.periods import PeriodError, Span

# Each field with the names under which its column is known; the first is our template's.
NAMES: dict[str, tuple[str, ...]] = {
    "code": ("Code", "indicator", "indicator code", "KPI code", "measure code", "reference"),
    "name": ("Indicator name", "name", "measure", "measure name", "KPI", "KPI name"),
    "partnership": ("Partnership", "LSCP", "safeguarding partnership"),
    "area": ("Area", "area code", "local authority"),
    "period": ("Period", "quarter", "reporting period"),
    "period_end": ("period_end", "period end"),
    "period_start": ("period_start", "period start"),
    "period_kind": ("period_kind",),
    "dataset": ("dataset",),
    "slice": ("Breakdown", "slice"),
    "value": ("Value", "figure", "number", "count", "total", "result"),
    "numerator": ("Numerator", "num", "how many"),
    "denominator": ("Denominator", "denom", "out of", "out of how many"),
    "marker": ("No number", "marker", "why there is no number"),
    "marker_reason": ("Reason", "reason for no number", "marker_reason"),
    "provisional": ("Provisional",),
    "flags": ("flags",),
    "note": ("Note", "note for readers", "notes"),
    "qualifier": ("qualifier",),
    "value_upper": ("value_upper",),
    "printed_words": ("printed_words",),
}
# Columns of our template and export that say nothing new: they are passed over without a word.
FOR_INFORMATION = frozenset(
    (
        *("unit", "fact id", "decimals", "base", "conflict", "revision", "source"),
        *("mention", "public since", "denominator period", "derived", "entered so far"),
    )
)
WORDS: dict[str, str] = {
    "code": "Code of the indicator",
    "name": "Name of the indicator",
    "partnership": "Partnership",
    "period": "Period",
    "slice": "Breakdown",
    "value": "Value",
    "numerator": "Numerator: how many",
    "denominator": "Denominator: out of how many",
    "marker": "No number: not available or not applicable",
    "marker_reason": "Reason why there is no number",
    "provisional": "Provisional: yes or no",
    "note": "Note for readers",
}
MERGED = "Cells are merged here ({}). Unmerge them, and fill in each cell."
LONGEST_PERIOD = 100  # characters; what is longer is no period
ROWS_ABOVE = 15  # titles and explanations may stand above the table


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each field in a row, counted from 0, and the row that said so."""

    row: int
    at: Mapping[str, int]
    headings: tuple[str, ...]
    said: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()  # the fields whose column nobody sees in the workbook

    def has(self, name: str) -> bool:
        return name in self.at

    def cell(self, row: Row, name: str) -> Cell:
        place = self.at.get(name, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else ""

    def merged_in(self, row: Row) -> str:
        """What to say where cells of the columns that are read are merged; else nothing."""
        for first, last, ref in row.merged:
            if any(first <= place <= last for place in self.at.values()):
                return MERGED.format(ref)
        return ""

    def words(self, name: str) -> str:
        """The column as the person finds it: `column F, “Value”`; empty where it is missing."""
        place = self.at.get(name)
        if place is None:
            return ""
        return f"{get_column_letter(place + 1)}, “{self.headings[place][:40]}”"


def plain(heading: str) -> str:
    """A heading without capitals, signs and double spaces, to be compared."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[^a-z0-9]+", " ", text).strip() or text.strip()  # “#” is a heading too


_KNOWN = {plain(name): field for field, names in NAMES.items() for name in names}
_OURS = frozenset(plain(name) for names in NAMES.values() for name in (names[0],)) | frozenset(
    plain(field) for field in NAMES
)
_MONTHS = "|".join(f"{name[:3].lower()}(?:{name[3:].lower()})?" for name in month_name[1:])
_A_TIME = re.compile(rf"\b(?:q(?:tr|uarter)? ?[1-4]|(?:19|20)\d\d|{_MONTHS})\b")
_CODES, _FIGURES = frozenset({"code", "name"}), frozenset({"value", "numerator", "marker"})
_A_NUMBER = re.compile(r"[-+£]?[0-9][0-9,. ]*%?")
_OWN_EXPORT = frozenset({"indicator", "slice", "marker"})


def find(
    rows: Sequence[Row], told: Mapping[str, str], quarter: Span | None = None
) -> Columns | None:
    """The columns by the first row that names them; none where no row does.

    `told` is what somebody has said: a field, or "" for a column to pass over, by plain heading.
    Where quarters stand side by side, the column of the return's `quarter` has the values.
    Raises `FileRefused` where two columns are the same field.
    """
    for row in rows:
        headings = tuple(_heading(cell) for cell in row.cells)
        fields = [_field(heading, told) for heading in headings]
        if _CODES & set(fields) and not _FIGURES & set(fields):
            fields = _with_quarter(fields, headings, told, quarter)
        if _CODES & set(fields) and _FIGURES & set(fields):
            at = _places(fields, headings)
            columns = Columns(row.number, at, headings, _said(fields, headings))
            if fault := row.fault or columns.merged_in(row):
                raise FileRefused(f"Row {row.number}, which names the columns: {fault}")
            return columns
    return None


def unknown(rows: Sequence[Row]) -> ColumnsUnknown:
    """What to say where no row names the columns."""
    headings = _most_likely([tuple(_heading(cell) for cell in row.cells) for row in rows])
    found = {_field(heading, {}) for heading in headings}
    missing = []
    if not _CODES & found:
        missing.append("for the code of the indicator (“Code”)")
    if not _FIGURES & found:
        missing.append("for its figure (“Value”, or “Numerator” and “Denominator”)")
    where = "no column " + " and none ".join(missing) if missing else "no row of headings"
    return ColumnsUnknown(f"The file has {where}. Name the columns as the template does.", headings)


def _most_likely(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The row that most likely names the columns: one that names the figures, else the wordiest.

    Years or quarters may stand above it, and figures beneath.
    """
    several = [row for row in rows if sum(map(bool, row)) >= 2]
    for row in several:
        if _CODES & {_field(heading, {}) for heading in row}:
            return row
    return max(several, key=_words_in, default=())


def _words_in(headings: tuple[str, ...]) -> int:
    return sum(bool(each) and not _A_NUMBER.fullmatch(each) for each in headings)


def _with_quarter(
    fields: list[str], headings: tuple[str, ...], told: Mapping[str, str], quarter: Span | None
) -> list[str]:
    """The fields, with the one column that the quarter heads as the value, if there is one."""
    places = [
        place
        for place, heading in enumerate(headings)
        if heading and plain(heading) not in told and _is_of(heading, quarter)
    ]
    if len(places) != 1:
        return fields
    return [*fields[: places[0]], "value", *fields[places[0] + 1 :]]


def _is_of(heading: str, quarter: Span | None) -> bool:
    try:
        return read_period(heading[:LONGEST_PERIOD]) == quarter
    except PeriodError:
        return False


def names_of(headings: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    """The fields of the headings, as far as they are known, by plain heading."""
    return {plain(heading): _field(heading, told) for heading in headings}


def names_a_time(key: str) -> bool:
    """Whether a plain heading is of one period: `q2 2025 26` is another column a quarter later."""
    return _A_TIME.search(key) is not None


def _heading(cell: Cell) -> str:
    try:
        if isinstance(cell, Fault) or is_empty(cell):
            return ""
        return text_of(seen(cell) if isinstance(cell, str) else cell)
    except Unreadable:
        return ""


def _field(heading: str, told: Mapping[str, str]) -> str:
    key = plain(heading)
    return told[key] if key in told else _KNOWN.get(key, "")


def _places(fields: list[str], headings: tuple[str, ...]) -> dict[str, int]:
    at: dict[str, int] = {}
    for place, name in enumerate(fields):
        if not name:
            continue
        if name in at:
            first, second = (get_column_letter(each + 1) for each in (at[name], place))
            raise FileRefused(
                f"Columns {first} (“{headings[at[name]][:40]}”) and {second} "
                f"(“{headings[place][:40]}”) are both read as “{NAMES[name][0]}”. "
                "Leave one of them, or rename the other."
            )
        at[name] = place
    return at


def _said(fields: list[str], headings: tuple[str, ...]) -> tuple[str, ...]:
    said = []
    passed = []
    for place, (name, heading) in enumerate(zip(fields, headings, strict=True)):
        key = plain(heading)
        where = f"{get_column_letter(place + 1)} (“{heading[:40]}”)"
        if name and key not in _OURS and key not in _OWN_EXPORT:
            said.append(f"Column {where} was read as “{NAMES[name][0]}”.")
        if heading and not name and key not in FOR_INFORMATION and not _is_a_quarter(key):
            passed.append(where)
    if passed:
        more = f" and {len(passed) - 10} more" if len(passed) > 10 else ""
        columns = f"column{'s' if len(passed) > 1 else ''} {', '.join(passed[:10])}{more}"
        said.append(f"Not read: {columns}.")
    return tuple(said)


def _is_a_quarter(key: str) -> bool:
    """The template's columns of earlier figures are named by their quarters."""
    return re.fullmatch(r"q[1-4] \d{4} \d{2}", key) is not None
