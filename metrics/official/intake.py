"""Stores the figures of a published file, whole or not at all, in batches.

What is the same as before stays; what differs is a further revision. What moved is noted, and a
job is asked for that works out its changes. Memory holds a batch, and
one bit for each figure of the file, to find one that stands twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from metrics.actions import ask_for_changes
from metrics.bulk import insert, reserve
from metrics.models import AreaCode, Cell, Dataset, Indicator, Revision
from metrics.official.layouts import LAYOUTS, ROUNDED, Layout
from metrics.official.neighbours import import_neighbours, is_of_neighbours
from metrics.official.opening import FileRefused, header_of, opened
from metrics.official.outcome import Outcome
from metrics.official.reading import Stated, layout_of, stated
from metrics.slices import whole_slice
from metrics.touched import touch
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span

BATCH = 4000
REVISED = "The published file gives another figure than before."

_CELL = ("id", "indicator_id", "area_id", "period_id", "latest_id", "approved_id")
_REVISION = (
    "id", "cell_id", "number", "value", "numerator", "denominator", "decimals", "marker",
    "flags", "note", "denominator_period_id", "reason",
)  # fmt: skip


def import_file(
    file: Path, *, by: User, at: datetime, model_year: int | None = None, dry_run: bool = False
) -> Outcome:
    """Imports a file of official figures, or of statistical neighbours.

    `model_year` is that of neighbours, which the file itself does not say. A dry run does all
    of it and takes it back. Raises `FileRefused`; nothing is stored then.
    """
    with opened(file) as rows, transaction.atomic():
        columns = header_of(rows)
        if is_of_neighbours(columns):
            outcome = import_neighbours(rows, columns, _year(file, model_year))
        else:
            layout = layout_of(columns)
            outcome = _Intake(layout, by, at).take(stated(rows, columns, layout))
            if outcome.added or outcome.changed:
                ask_for_changes(None, by=by, moved=())  # of what each batch has noted
        if outcome.added or outcome.changed:
            record(
                by=by,
                verb="official statistics imported",
                subject=outcome.subject,
                partnership=None,
                detail={"file": file.name, "sha256": checksum(file)} | outcome.counts,
            )
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def known_files(folder: Path) -> list[Path]:
    """The files of a folder that can be imported, population first and neighbours last.

    Raises `FileRefused` where there is none.
    """
    if not folder.is_dir():
        raise FileRefused(f"there is no folder {folder}.")
    kinds = [layout.columns for layout in reversed(LAYOUTS)]
    found = []
    for file in sorted(folder.glob("*.csv")):
        with opened(file) as rows:
            columns = header_of(rows)
        if is_of_neighbours(columns):
            found.append((len(kinds), file))
        elif set(columns) in kinds:
            found.append((kinds.index(frozenset(columns)), file))
    if not found:
        raise FileRefused(f"{folder} has no file that can be imported.")
    return [file for _, file in sorted(found)]


class _Known(NamedTuple):
    """What is stored of a figure: its cell, the number of its last revision, and what it says."""

    cell: int
    number: int
    says: tuple[object, ...]


_Place = tuple[int, int, int]  # indicator, area, period


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the file at its place. `says` is what a further revision is told by."""

    place: _Place
    stated: Stated
    says: tuple[object, ...]


class _Intake:
    """One file on its way into the store."""

    def __init__(self, layout: Layout, by: User, at: datetime) -> None:
        source = layout.source
        self.layout, self.by = layout, by
        self.dataset, _ = Dataset.objects.update_or_create(
            code=source.code,
            defaults={
                "kind": Dataset.Kind.OFFICIAL,
                "owner": None,
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
            },
        )
        self.slice = whole_slice()
        self.at = at
        self.is_new = not self.dataset.cells.exists()
        self.areas = dict(
            AreaCode.objects.filter(scheme=AreaCode.Scheme.ONS).values_list("code", "area_id")
        )
        self.indicators = self._indicators()
        self.periods: dict[Span, int] = {}
        self.seen: dict[tuple[int, int], int] = {}  # by indicator and period, a bit an area
        self.outcome = Outcome(source.code)

    def take(self, figures: Iterator[Stated]) -> Outcome:
        """All figures of the file."""
        while batch := [self._placed(each) for each in islice(figures, BATCH)]:
            self._store(batch)
        return self.outcome

    def _indicators(self) -> dict[str, int]:
        wanted = {measured.indicator for measured in self.layout.measures}
        found = dict(Indicator.objects.filter(code__in=wanted).values_list("code", "pk"))
        if missing := sorted(wanted - set(found)):
            raise FileRefused(
                f"the register has no indicator {', '.join(missing)}. "
                "Load the register first: manage.py load_demo."
            )
        return found

    def _placed(self, figure: Stated) -> _Figure:
        area = self.areas.get(figure.code)
        if area is None:
            raise FileRefused(
                f"no area has the code {figure.code!r}. Add it to fixtures/area_codes.csv.",
                line=figure.line,
                column="new_la_code" if figure.level == "Local authority" else "region_code",
            )
        place = (self.indicators[figure.measured.indicator], area, self._period(figure.span))
        seen = self.seen.get((place[0], place[2]), 0)
        if seen >> area & 1:
            raise FileRefused(
                f"{figure.measured.indicator} of {figure.code} for {figure.span.label} stands "
                "in an earlier row already.",
                line=figure.line,
            )
        self.seen[place[0], place[2]] = seen | 1 << area
        bottom = self._period(figure.population_of) if figure.population_of else None
        says = (
            figure.value,
            figure.numerator,
            figure.denominator,
            figure.decimals,
            figure.marker,
            bottom,
            self._note(figure),
        )
        return _Figure(place, figure, says)

    def _period(self, span: Span) -> int:
        if span not in self.periods:
            self.periods[span] = store_period(span).pk
        return self.periods[span]

    def _note(self, figure: Stated) -> str:
        rounded = self.layout.rounded_to > 1 and figure.level != "Local authority"
        is_count = not figure.measured.denominator
        return ROUNDED.format(self.layout.rounded_to) if rounded and is_count else ""

    def _store(self, batch: list[_Figure]) -> None:
        known = {} if self.is_new else self._known(batch)
        new = [each for each in batch if each.place not in known]
        changed = [
            each for each in batch if each.place in known and known[each.place].says != each.says
        ]
        self.outcome.add(
            added=len(new),
            changed=len(changed),
            unchanged=len(batch) - len(new) - len(changed),
            markers=(each.stated.marker for each in batch),
        )
        self._insert(new)
        self._revise(changed, known)

    def _known(self, batch: list[_Figure]) -> dict[_Place, _Known]:
        """What is stored where the batch's figures belong; about as many rows as the batch."""
        rows = Cell.objects.filter(
            dataset=self.dataset,
            slice=self.slice,
            mention=1,
            area__in={each.place[1] for each in batch},
            period__in={each.place[2] for each in batch},
            latest__isnull=False,
        ).values_list(
            "indicator_id", "area_id", "period_id", "pk", "latest__number", "latest__value",
            "latest__numerator", "latest__denominator", "latest__decimals", "latest__marker",
            "latest__denominator_period_id", "latest__note",
        )  # fmt: skip
        return {row[:3]: _Known(row[3], row[4], tuple(row[5:])) for row in rows}

    def _insert(self, figures: list[_Figure]) -> None:
        if not figures:
            return
        cells, revisions = (reserve(model, len(figures)) for model in (Cell, Revision))
        rows = list(zip(cells, revisions, figures, strict=True))
        insert(
            Cell,
            _CELL,
            ((cell, *each.place, revision, revision) for cell, revision, each in rows),
            same={"dataset_id": self.dataset.pk, "slice_id": self.slice.pk},
        )
        self._insert_revisions(_row(revision, cell, 1, "", each) for cell, revision, each in rows)
        touch(None, cells)

    def _revise(self, figures: list[_Figure], known: dict[_Place, _Known]) -> None:
        if not figures:
            return
        revisions = reserve(Revision, len(figures))
        stored = [known[each.place] for each in figures]
        self._insert_revisions(
            _row(revision, before.cell, before.number + 1, REVISED, each)
            for revision, before, each in zip(revisions, stored, figures, strict=True)
        )
        cells = [
            Cell(pk=before.cell, latest_id=revision, approved_id=revision)
            for revision, before in zip(revisions, stored, strict=True)
        ]
        Cell.objects.bulk_update(cells, ["latest", "approved"], batch_size=500)
        touch(None, (before.cell for before in stored))

    def _insert_revisions(self, rows: Iterable[tuple[object, ...]]) -> None:
        insert(Revision, _REVISION, rows, same={"by_id": self.by.pk, "at": self.at})


def _row(pk: int, cell: int, number: int, reason: str, figure: _Figure) -> tuple[object, ...]:
    value, above, below, decimals, marker, bottom, note = figure.says
    flags = "r" if reason else ""
    return (
        pk, cell, number, _plain(value), _plain(above), _plain(below), decimals, marker, flags,
        note, bottom, reason,
    )  # fmt: skip


def _plain(value: object) -> str | None:
    """As Django writes a decimal, so that what was stored this way and that is the same."""
    return None if value is None else str(value)


def checksum(file: Path) -> str:
    """The SHA-256 of a file of any size."""
    digest = sha256()
    with file.open("rb") as handle:
        while part := handle.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _year(file: Path, model_year: int | None) -> int:
    """The year of a neighbours' model: as told, else the one in the file's name."""
    if model_year is not None:
        return model_year
    years = [part for part in file.stem.replace("-", "_").split("_") if part.isdigit()]
    named = [int(part) for part in years if len(part) == 4]
    if len(named) != 1:
        raise FileRefused("say of which year the model is: --model-year 2025.")
    return named[0]
