"""Reads back what `export_observations` writes: rows become revisions of datasets that exist.

Whole or not at all. A row that says what counts already changes nothing. Years that the portal
works out from their quarters are passed over: it works them out again. Figures of returns wait for
an approver, and those of a return that is closed or locked are refused.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from metrics.actions import ask_for_changes
from metrics.exports import OBSERVATION_COLUMNS, as_it_was, observations
from metrics.imported_returns import (
    approve_drafts,
    drafts_of,
    refuse_apart,
    refuse_closed,
    refuse_unsound,
)
from metrics.intake.figures import load_figures
from metrics.intake.places import store_slice
from metrics.intake.rows import FigureRow, PlaceRow, RowError
from metrics.models import Area, Dataset, Indicator, Revision, Slice
from metrics.models.revisions import FLAGS, Marker, Qualifier
from metrics.official.intake import checksum
from metrics.official.opening import FileRefused, header_of, opened
from metrics.official.outcome import Outcome
from partnerships.audit import record
from partnerships.models import Partnership, User
from partnerships.periods import Kind, PeriodError, Span, parse

_NUMBER = re.compile(r"-?\d{1,14}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row under its header. Every method raises `FileRefused` with row and column."""

    number: int
    cells: Mapping[str, str]

    def refused(self, column: str, sentence: str) -> FileRefused:
        return FileRefused(sentence, line=self.number, column=column)

    def text(self, column: str) -> str:
        """As it was before the export made it harmless; never longer than the store takes."""
        text = as_it_was(self.cells[column])
        most = getattr(Revision._meta.get_field(column), "max_length", None)
        if most is not None and len(text) > most:
            raise self.refused(column, f"the text has {len(text)} characters. It may have {most}.")
        return text

    def one_of(self, column: str, known: Collection[str]) -> str:
        value = self.cells[column]
        if value not in known:
            raise self.refused(column, f"{value!r} is not known here.")
        return value

    def number_in(self, column: str) -> Decimal | None:
        value = self.cells[column]
        if value and not _NUMBER.fullmatch(value):
            raise self.refused(column, f"{value!r} is not a number such as 1265 or 24.5.")
        return Decimal(value) if value else None

    def whole(self, column: str, least: int, most: int) -> int:
        value = self.cells[column]
        if not re.fullmatch(r"\d{1,4}", value) or not least <= int(value) <= most:
            raise self.refused(column, f"{value!r} is not a number from {least} to {most}.")
        return int(value)

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.cells[column])
        except ValueError as error:
            sentence = f"{self.cells[column]!r} is not a day such as 2020-03-31."
            raise self.refused(column, sentence) from error

    def flags(self) -> str:
        flags = self.cells["flags"]
        if not set(flags) <= set(FLAGS) or len(set(flags)) < len(flags):
            raise self.refused("flags", f"{flags!r} is not made of {', '.join(FLAGS)}, each once.")
        return flags


class _Register:
    """What the codes of the rows stand for."""

    def __init__(self) -> None:
        owned = Dataset.objects.filter(owner__isnull=False).select_related("owner")
        self.datasets = {each.code: each for each in owned}
        self.indicators = {each.code: each for each in Indicator.objects.all()}
        self.areas = set(Area.objects.values_list("code", flat=True))
        self.slices = set(Slice.objects.values_list("key", flat=True))

    def place(self, line: _Line) -> PlaceRow:
        dataset = self.datasets.get(line.cells["dataset"])
        if dataset is None:
            sentence = f"no partnership has {line.cells['dataset']!r}. Load the register first."
            raise line.refused("dataset", sentence)
        if dataset.owner is None or dataset.owner.slug != line.cells["partnership"]:
            sentence = f"{dataset.code!r} is not of {line.cells['partnership']!r}."
            raise line.refused("partnership", sentence)
        indicator = self.indicators[line.one_of("indicator", self.indicators)]
        for column, value in (("unit", indicator.unit), ("base", str(indicator.base))):
            if line.cells[column] != value:
                sentence = f"{indicator.code} has {value!r} here, not {line.cells[column]!r}."
                raise line.refused(column, sentence)
        place = PlaceRow(
            line=line.number,
            dataset=dataset.code,
            indicator=indicator.code,
            area=line.one_of("area", self.areas),
            period=_period(line).key,
            slice=line.cells["slice"],
            mention=line.whole("mention", 1, 9999),
        )
        self._know_slice(line, place)
        return place

    def owner(self, figure: FigureRow) -> Partnership:
        owner = self.datasets[figure.place.dataset].owner
        assert owner is not None
        return owner

    def _know_slice(self, line: _Line, place: PlaceRow) -> None:
        if place.slice not in self.slices:
            try:
                store_slice(place)
            except RowError as error:
                raise line.refused("slice", error.sentence) from error
            self.slices.add(place.slice)


def import_exported(
    file: Path, *, by: User, at: datetime, dry_run: bool = False, approver: User | None = None
) -> Outcome:
    """Imports a file of `export_observations`. A dry run does all of it and takes it back.

    Figures of returns are left to be decided on, unless an `approver` is named.
    Raises `FileRefused` with row and column; nothing is stored then.
    """
    with opened(file) as rows, transaction.atomic():
        lines, register = list(_lines(rows)), _Register()
        figures = _figures(lines, register)
        fresh = _fresh(figures, lines, register)
        outcome = Outcome(file.name)
        returns = {
            code: each
            for code, each in register.datasets.items()
            if each.kind == Dataset.Kind.RETURNS
        }
        refuse_unsound(fresh, returns)
        refuse_closed(fresh, returns, on=timezone.localdate(at))
        try:
            counts = load_figures(fresh, by=by, at=at, drafts=returns)
        except RowError as error:
            raise FileRefused(error.sentence, line=error.line) from error
        outcome.add(
            added=counts["added"],
            changed=counts["changed"],
            unchanged=len(lines) - sum(counts.values()),
            markers=(figure.marker for figure in figures),
        )
        for owner in {register.owner(each) for each in fresh if each.place.dataset not in returns}:
            ask_for_changes(owner, by=by)
        drafts = drafts_of(returns, by=by, at=at)
        refuse_apart(drafts, fresh)
        if approver is None:
            outcome.waiting = len(drafts)
        else:
            approve_drafts(drafts, by=approver, at=at, source=file.name)
        if fresh:
            record(
                by=by,
                verb="exported figures imported",
                subject=file.name,
                partnership=None,
                detail={"sha256": checksum(file), "waiting": outcome.waiting} | outcome.counts,
            )
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def _lines(rows: Iterator[list[str]]) -> Iterator[_Line]:
    columns = header_of(rows)
    for words, names in (
        (
            "the column is missing. Export the figures anew.",
            set(OBSERVATION_COLUMNS) - set(columns),
        ),
        ("no export has this column.", set(columns) - set(OBSERVATION_COLUMNS)),
    ):
        if names:
            raise FileRefused(words, line=1, column=min(names))
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            sentence = f"there are {len(row)} cells under {len(columns)} columns."
            raise FileRefused(sentence, line=number)
        yield _Line(number, dict(zip(columns, row, strict=True)))


def _figures(lines: list[_Line], register: _Register) -> list[FigureRow]:
    """Every row as a figure. Raises `FileRefused` where one stands twice."""
    figures = []
    seen: dict[str, int] = {}
    for line in lines:
        figure = _figure(line, register.place(line))
        line.one_of("derived", {"", "yes"})
        address = figure.place.address
        if address in seen:
            raise FileRefused(f"the figure stands in row {seen[address]} too.", line=line.number)
        seen[address] = line.number
        figures.append(figure)
    return figures


def _figure(line: _Line, place: PlaceRow) -> FigureRow:
    return FigureRow(
        place=place,
        value=line.number_in("value"),
        value_upper=line.number_in("value_upper"),
        numerator=line.number_in("numerator"),
        denominator=line.number_in("denominator"),
        decimals=line.whole("decimals", 0, 6),
        qualifier=line.one_of("qualifier", set(Qualifier.values)),
        marker=line.one_of("marker", {"", *Marker.values}),
        marker_reason=line.text("marker_reason"),
        printed_words=line.text("printed_words"),
        flags=line.flags(),
        note=line.text("note"),
        denominator_period=_denominator_period(line),
        public_since=line.day("public_since") if line.cells["public_since"] else None,
        fact_id=line.text("fact_id"),
    )


def _period(line: _Line) -> Span:
    kind = Kind(line.one_of("period_kind", set(Kind)))
    first, last = line.day("period_start"), line.day("period_end")
    try:
        return Span(kind, first, last)
    except PeriodError as error:
        raise line.refused("period_end", str(error)) from error


def _denominator_period(line: _Line) -> str:
    key = line.cells["denominator_period"]
    try:
        return parse(key).key if key else ""
    except PeriodError as error:
        raise line.refused("denominator_period", str(error)) from error


def _fresh(figures: list[FigureRow], lines: list[_Line], register: _Register) -> list[FigureRow]:
    """The figures that are not what counts already, without those that the portal works out."""
    slugs = {line.cells["partnership"] for line in lines}
    counts: dict[str, tuple[FigureRow, str]] = {}
    for number, row in enumerate(observations(Partnership.objects.filter(slug__in=slugs))):
        line = _Line(number, {column: str(value) for column, value in row.items()})
        figure = _figure(line, register.place(line))
        counts[figure.place.address] = figure, line.cells["derived"]
    fresh = []
    for figure, line in zip(figures, lines, strict=True):
        now, derived = counts.get(figure.place.address, (None, line.cells["derived"]))
        if line.cells["derived"] != derived:
            sentence = f"it is {derived!r} here: the portal says what it works out by itself."
            raise line.refused("derived", sentence)
        if not derived and (now is None or _says(now) != _says(figure)):
            fresh.append(figure)
    return fresh


def _says(figure: FigureRow) -> FigureRow:
    """Without the line that it stands in."""
    return replace(figure, place=replace(figure.place, line=0))
