"""A partnership's published figures, from its folder of files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction

from metrics.addresses import WHOLE
from metrics.intake.conflicts import load_conflicts
from metrics.intake.figures import load_figures
from metrics.intake.rows import ConflictRow, FigureRow, PlaceRow, RowError, StatedChangeRow
from metrics.intake.stated_changes import load_stated_changes
from partnerships.models import User
from safeguarding.demo.files import FileError, Row, rows


def load_figures_of(folder: Path, *, by: User, at: datetime) -> dict[str, int]:
    """Loads observations, stated changes and conflicts, all or none. Returns counts of new ones."""
    observations = folder / "observations.csv"
    stated = folder / "stated_changes.csv"
    conflicts = folder / "conflicts.csv"
    with transaction.atomic():
        with _named(observations):
            counts = load_figures([_figure(row) for row in rows(observations)], by=by, at=at)
        with _named(stated):
            counts["stated changes"] = load_stated_changes(
                [_stated(row) for row in rows(stated)], by=by, at=at
            )
        with _named(conflicts):
            counts["conflicts"] = load_conflicts(
                [
                    ConflictRow(
                        row.line,
                        row.required("cell"),
                        row.required("preferred"),
                        row.required("rule"),
                    )
                    for row in rows(conflicts)
                ]
            )
    return counts


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Says which file a refused row stands in."""
    try:
        yield
    except RowError as error:
        raise FileError(f"{file.as_posix()}, line {error.line}: {error.sentence}") from error


def _place(row: Row) -> PlaceRow:
    return PlaceRow(
        line=row.line,
        dataset=row.required("dataset"),
        indicator=row.required("indicator"),
        area=row.required("area"),
        period=row.required("period"),
        slice=row.text("slice") or WHOLE,
        mention=row.whole("mention", 1),
    )


def _figure(row: Row) -> FigureRow:
    return FigureRow(
        place=_place(row),
        value=row.number("value"),
        value_upper=row.number("value_upper"),
        numerator=row.number("numerator"),
        denominator=row.number("denominator"),
        decimals=row.whole("decimals", 0),
        qualifier=row.text("qualifier") or "exactly",
        marker=row.text("marker"),
        marker_reason=row.text("marker_reason"),
        printed_words=row.text("printed_words"),
        flags=row.text("flags").replace(",", "").replace(" ", ""),
        note=row.text("note"),
        denominator_period=row.text("denominator_period"),
        public_since=row.day("public_since"),
        fact_id=row.text("fact_id"),
    )


def _stated(row: Row) -> StatedChangeRow:
    return StatedChangeRow(
        place=_place(row),
        amount=row.number("amount"),
        unit=row.required("unit"),
        direction=row.required("direction"),
        printed_words=row.text("printed_words"),
        note=row.text("note"),
        fact_id=row.text("fact_id"),
    )
