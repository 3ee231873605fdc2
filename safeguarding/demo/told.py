"""What the loading of assurance, training and voice has in common: rows, and who tells them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrics.models import Area
from metrics.models.revisions import Qualifier
from partnerships.models import Partnership, User
from partnerships.periods import Span, parse
from reviews.figures import FigureWords, Telling
from reviews.models.told import QUALIFIERS
from safeguarding.demo.files import Row, known, rows_if_any
from safeguarding.demo.kept import kept_by_people
from safeguarding.demo.printed import printed_source


@dataclass(frozen=True, slots=True)
class Printed:
    """What tells a row: the usual printed report, or another dataset that the row names.

    `public_by` are the days by which the partnership's printed documents were public.
    """

    usual: str
    public_by: dict[str, date | None]

    def telling(self, row: Row, *, note: str | None = None, fact_id: str | None = None) -> Telling:
        """Who tells a row, with its own note and fact unless others are given."""
        source = row.cells.get("source", "").strip() or self.usual
        if source != self.usual and source not in self.public_by:
            raise row.error(f"source is {source!r}, which is no printed dataset of datasets.csv.")
        return Telling(
            note=row.text("note") if note is None else note,
            fact_id=row.cells.get("fact_id", "").strip() if fact_id is None else fact_id,
            source=source,
            public_since=self.public_by.get(source),
        )


@dataclass(frozen=True, slots=True)
class Load:
    """One loading of a partnership's folder. `kept` are the keys that people have changed."""

    folder: Path
    partnership: Partnership
    by: User
    kept: frozenset[str]
    printed: Printed

    def rows(self, name: str) -> list[Row]:
        """The rows of a file; none where there is no such file."""
        return rows_if_any(self.folder / name)

    def is_kept(self, kind: str, code: str) -> bool:
        return f"{kind}:{self.partnership.slug}:{code}" in self.kept


def grouped(found: Iterable[Row], key: Callable[[Row], str]) -> list[list[Row]]:
    """Rows that tell of the same thing, in the order of the file."""
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def must_agree(group: list[Row], *columns: str) -> None:
    """That the rows of one thing say the same of it."""
    for row in group[1:]:
        for column in columns:
            if row.text(column) != group[0].text(column):
                raise row.error(
                    f"{column} is {row.text(column)!r}, and {group[0].text(column)!r} on line "
                    f"{group[0].line}, which tells of the same."
                )


def loading(folder: Path, partnership: Partnership, *, by: User) -> Load:
    public_by = {
        row.required("code"): row.day("public_by") or row.day("published")
        for row in rows_if_any(folder.parent / "datasets.csv")
        if row.required("kind") == "printed" and row.text("owner") == partnership.slug
    }
    printed = Printed(printed_source(partnership), public_by)
    return Load(folder, partnership, by, kept_by_people(partnership), printed)


def period(row: Row) -> Span:
    return parse(row.required("period"))


def area(row: Row) -> Area | None:
    """The area that a row names; None where it names none."""
    code = row.text("area")
    if not code:
        return None
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise row.error(f"area is {code!r}, which is not in areas.csv.")
    return found


def figure(row: Row, load: Load, *, note: str | None = None) -> FigureWords:
    """A figure as a row tells it; without a number its note must say why, or that none is told."""
    qualifier = known(row, "qualifier", list(Qualifier.values), "exactly")
    if qualifier not in QUALIFIERS:
        raise row.error(f"qualifier is {qualifier!r}. It is one of {', '.join(QUALIFIERS)}.")
    return FigureWords(
        measure=row.required("measure"),
        value=row.number("value"),
        qualifier=qualifier,
        of_children="of_children" in row.cells and row.yes("of_children"),
        telling=load.printed.telling(row, note=note),
    )
