"""Figures from files, many at a time: entered by the system actor, and approved with that.

Loading the same file twice changes nothing. A row that differs from what is stored becomes a
further revision. All or nothing: a row that cannot be stored stops the whole file and is named.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from metrics.addresses import WHOLE, Address, AddressError
from metrics.models import (
    Area,
    Category,
    Cell,
    Conflict,
    Dataset,
    Indicator,
    Revision,
    Slice,
    StatedChange,
)
from metrics.models.revisions import FLAGS
from metrics.queries import cell_at
from metrics.slices import stored_slice, whole_slice
from metrics.touched import touch
from partnerships.calendar import store_period
from partnerships.models import Partnership, Period, User
from partnerships.periods import PeriodError, parse

BATCH = 500


class RowError(Exception):
    """A row that cannot be loaded: where it stands, and a sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a figure belongs, in natural keys, and the line of the file that says so."""

    line: int
    dataset: str
    indicator: str
    area: str
    period: str
    slice: str
    mention: int

    @property
    def address(self) -> str:
        return Address(
            self.dataset, self.indicator, self.area, self.period, self.slice, self.mention
        ).text


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as a file gives it. Fields as in `metrics.models.Revision`."""

    place: PlaceRow
    value: Decimal | None = None
    value_upper: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    decimals: int = 0
    qualifier: str = "exactly"
    marker: str = ""
    marker_reason: str = ""
    printed_words: str = ""
    flags: str = ""
    note: str = ""
    denominator_period: str = ""
    public_since: date | None = None
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class StatedChangeRow:
    """One stated change as a file gives it. Fields as in `metrics.models.StatedChange`."""

    place: PlaceRow
    amount: Decimal | None
    unit: str
    direction: str
    printed_words: str = ""
    note: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two addresses for one thing; `preferred` goes on counting."""

    line: int
    cell: str
    preferred: str
    rule: str


# What makes one revision say something else than another.
CONTENT = (
    "value",
    "value_upper",
    "numerator",
    "denominator",
    "decimals",
    "qualifier",
    "marker",
    "marker_reason",
    "printed_words",
    "flags",
    "note",
    "denominator_period_id",
    "public_since",
    "fact_id",
)


def load_figures(
    rows: Sequence[FigureRow], *, by: User, at: datetime, drafts: Collection[str] = ()
) -> dict[str, int]:
    """Stores the rows as approved revisions. Returns how many were added and changed.

    `drafts` are codes of datasets whose rows wait for a person to approve them instead; one that
    corrects what is approved is flagged `r`.
    The next job of each partnership whose figures moved computes all of its changes.
    Raises `RowError` for the first row that names something unknown, stands twice, or breaks a
    rule of the store; nothing is stored then.
    """
    with transaction.atomic():
        places = _Places(row.place for row in rows)
        cells = _cells([row.place for row in rows], places)
        added = changed = 0
        fresh: list[Revision] = []
        lines: list[int] = []
        for row in rows:
            cell = cells[row.place.address]
            revision = _revision(cell, row, places, by=by, at=at)
            if row.place.dataset in drafts and cell.approved_id and "r" not in row.flags:
                revision.flags = "".join(each for each in FLAGS if each in f"{row.flags}r")
            loaded = _last_loaded(cell, by)
            if loaded is not None and _says_the_same(loaded, revision):
                continue  # also where somebody has corrected the figure since: theirs stands
            added, changed = (added, changed + 1) if cell.latest else (added + 1, changed)
            fresh.append(revision)
            lines.append(row.place.line)
        _create(fresh, lines)
        for revision in fresh:
            revision.cell.latest = revision
            if revision.cell.dataset.code not in drafts:
                revision.cell.approved = revision
        Cell.objects.bulk_update(
            [revision.cell for revision in fresh], ["latest", "approved"], batch_size=BATCH
        )
        datasets = {revision.cell.dataset_id for revision in fresh}
        for partnership in Partnership.objects.filter(datasets__in=datasets).distinct():
            touch(partnership, None)
    return {"added": added, "changed": changed}


def load_stated_changes(rows: Sequence[StatedChangeRow], *, by: User, at: datetime) -> int:
    """Stores changes that a source states without levels. Returns how many were new."""
    with transaction.atomic():
        places = _Places(row.place for row in rows)
        new = 0
        for row in rows:
            keys = places.keys_of(row.place)
            content = {
                "amount": row.amount,
                "unit": row.unit,
                "direction": row.direction,
                "printed_words": row.printed_words,
                "note": row.note,
                "fact_id": row.fact_id,
            }
            try:
                with transaction.atomic():
                    _, made = StatedChange.objects.update_or_create(
                        **keys, defaults=content, create_defaults=content | {"by": by, "at": at}
                    )
            except IntegrityError as error:
                raise RowError(row.place.line, f"the store refuses it: {error}") from error
            new += made
    return new


def load_conflicts(rows: Iterable[ConflictRow]) -> int:
    """Links the figures that contradict each other. Returns how many links there are new."""
    new = 0
    with transaction.atomic():
        for row in rows:
            _, made = Conflict.objects.update_or_create(
                cell=_at(row.cell, row.line),
                defaults={"preferred": _at(row.preferred, row.line), "rule": row.rule},
            )
            new += made
    return new


class _Places:
    """What the rows' natural keys stand for; each kind of key is looked up once."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self.datasets = {row.code: row for row in Dataset.objects.all()}
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.areas = {row.code: row for row in Area.objects.all()}
        self.slices = {row.key: row for row in Slice.objects.all()}
        self.periods: dict[str, Period] = {}
        for row in rows:
            self._know(row)

    def _know(self, row: PlaceRow) -> None:
        for code, known, word in (
            (row.dataset, self.datasets, "dataset"),
            (row.indicator, self.indicators, "indicator"),
            (row.area, self.areas, "area"),
        ):
            if code not in known:
                raise RowError(row.line, f"there is no {word} {code!r}.")
        if row.slice not in self.slices:
            self.slices[row.slice] = store_slice(row)
        self.period(row.period, row.line)

    def period(self, key: str, line: int) -> Period:
        if key not in self.periods:
            try:
                self.periods[key] = store_period(parse(key))
            except PeriodError as error:
                raise RowError(line, str(error)) from error
        return self.periods[key]

    def keys_of(self, row: PlaceRow) -> dict[str, object]:
        return {
            "dataset": self.datasets[row.dataset],
            "indicator": self.indicators[row.indicator],
            "area": self.areas[row.area],
            "period": self.periods[row.period],
            "slice": self.slices[row.slice],
            "mention": row.mention,
        }


def store_slice(row: PlaceRow) -> Slice:
    """A slice with its parts; its key must name each breakdown once, in order of the alphabet."""
    if row.slice == WHOLE:
        return whole_slice()
    parts = [part.partition("=") for part in row.slice.split(";")]
    names = [name for name, _, _ in parts]
    if not all(name and sign and category for name, sign, category in parts) or names != sorted(
        set(names)
    ):
        raise RowError(
            row.line,
            f"{row.slice!r} is not a slice. Write all, or breakdown=category with several "
            "separated by semicolons, in order of the alphabet.",
        )
    categories = [_category(row, name, category) for name, _, category in parts]
    return stored_slice(row.slice, categories)


def _category(row: PlaceRow, breakdown: str, code: str) -> Category:
    found = (
        Category.objects.filter(breakdown__code=breakdown, code=code)
        .select_related("breakdown")
        .first()
    )
    if found is None:
        raise RowError(row.line, f"the register has no category {breakdown}={code}.")
    return found


def _cells(rows: Sequence[PlaceRow], places: _Places) -> dict[str, Cell]:
    """The cell of each row by address; made where missing."""
    stored = {
        cell.address: cell
        for cell in Cell.objects.filter(dataset__code__in={row.dataset for row in rows})
        .select_related("dataset", "indicator", "area", "period", "slice", "latest")
        .iterator(chunk_size=2000)
    }
    seen: dict[str, int] = {}
    missing: list[Cell] = []
    for row in rows:
        if row.address in seen:
            raise RowError(
                row.line,
                f"the same figure stands on line {seen[row.address]} already. "
                "Count a further mention with 2, 3 and so on.",
            )
        seen[row.address] = row.line
        if row.address not in stored:
            cell = Cell(**places.keys_of(row))
            stored[row.address] = cell
            missing.append(cell)
    Cell.objects.bulk_create(missing, batch_size=BATCH)
    return {address: stored[address] for address in seen}


def _revision(cell: Cell, row: FigureRow, places: _Places, *, by: User, at: datetime) -> Revision:
    latest = cell.latest
    bound = row.denominator_period
    return Revision(
        cell=cell,
        number=latest.number + 1 if latest else 1,
        value=row.value,
        value_upper=row.value_upper,
        numerator=row.numerator,
        denominator=row.denominator,
        decimals=row.decimals,
        qualifier=row.qualifier,
        marker=row.marker,
        marker_reason=row.marker_reason,
        printed_words=row.printed_words,
        flags=row.flags,
        note=row.note,
        denominator_period=places.period(bound, row.place.line) if bound else None,
        public_since=row.public_since,
        fact_id=row.fact_id,
        reason="The file that it comes from was mended." if latest else "",
        by=by,
        at=at,
    )


def _last_loaded(cell: Cell, by: User) -> Revision | None:
    """What the files said last time, under any correction made since by a person."""
    if cell.latest is None or cell.latest.by_id == by.pk:
        return cell.latest
    return cell.revisions.filter(by=by).order_by("-number").first()


def _says_the_same(latest: Revision, revision: Revision) -> bool:
    return all(getattr(latest, name) == getattr(revision, name) for name in CONTENT)


def _create(revisions: list[Revision], lines: list[int]) -> None:
    """Stores in bulk; where the database refuses, finds the first row that it refuses."""
    try:
        with transaction.atomic():
            Revision.objects.bulk_create(revisions, batch_size=BATCH)
    except IntegrityError as error:
        for revision, line in zip(revisions, lines, strict=True):
            try:
                revision.clean_fields(exclude={"cell", "by", "note"})
                revision.validate_constraints(exclude={"cell"})
            except ValidationError as found:
                raise RowError(line, " ".join(found.messages)) from found
        raise RowError(lines[0], f"the store refuses this row or one after it: {error}") from error


def _at(text: str, line: int) -> Cell:
    try:
        cell = cell_at(Address.parse(text))
    except AddressError as error:
        raise RowError(line, str(error)) from error
    if cell is None:
        raise RowError(line, f"there is no figure {text!r}.")
    return cell
