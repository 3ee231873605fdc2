"""What the natural keys of rows stand for: looked up once for a whole file, made where missing."""

from collections.abc import Iterable, Sequence

from metrics.addresses import WHOLE
from metrics.intake.rows import PlaceRow, RowError
from metrics.models import Area, Category, Cell, Dataset, Indicator, Slice
from metrics.slices import stored_slice, whole_slice
from partnerships.calendar import store_period
from partnerships.models import Period
from partnerships.periods import PeriodError, parse

BATCH = 500


class Places:
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


def cells_of(rows: Sequence[PlaceRow], places: Places) -> dict[str, Cell]:
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
