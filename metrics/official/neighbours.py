"""Statistical neighbours from the wide file of the model: ten columns of authorities a row."""

import re
from collections.abc import Iterator

from metrics.models import AreaCode, Neighbour, NeighbourSet
from metrics.official.opening import FileRefused, width_of
from metrics.official.outcome import Outcome

AUTHORITY = "old_la_code"
SOURCE = "Statistical neighbours model {}, Department for Education"
_MEMBER = re.compile(r"SN_(\d{1,2})")
_KNOWN = re.compile(r"SN_\d{1,2}P?|old_la_code|la_name|region_ind|region_name")

Member = tuple[int, int, str]  # rank, area, closeness


def is_of_neighbours(columns: list[str]) -> bool:
    """Whether a file with these columns holds neighbours."""
    return AUTHORITY in columns and "SN_1" in columns


def import_neighbours(rows: Iterator[list[str]], columns: list[str], year: int) -> Outcome:
    """Stores the sets of all authorities for the model of a year; the caller's transaction.

    Raises `FileRefused` for a column or code that is not known, and for one that stands twice.
    """
    if not 1990 <= year <= 2100:
        raise FileRefused(f"{year} is not the year of a model. Write one such as 2025.")
    unknown = next((name for name in columns if not _KNOWN.fullmatch(name)), None)
    if unknown is not None:
        raise FileRefused("the column is not known.", line=1, column=unknown)
    areas = dict(AreaCode.objects.filter(scheme=AreaCode.Scheme.DFE).values_list("code", "area_id"))
    stored = _stored(year)
    outcome = Outcome(f"neighbours-{year}")
    seen: set[int] = set()
    for line, row in enumerate(rows, 2):
        width_of(row, columns, line)
        cells = dict(zip(columns, row, strict=True))
        authority = _area(areas, cells, AUTHORITY, line)
        if authority in seen:
            raise FileRefused("the authority stands twice.", line=line, column=AUTHORITY)
        seen.add(authority)
        members = _members(areas, cells, authority, line)
        before = stored.get(authority)
        if before != members:
            _store(authority, year, members)
        outcome.add(
            added=before is None,
            changed=before is not None and before != members,
            unchanged=before == members,
        )
    if not seen:
        raise FileRefused("there is no row beneath the column names.")
    return outcome


def _area(areas: dict[str, int], cells: dict[str, str], column: str, line: int) -> int:
    code = cells[column].strip()
    if code not in areas:
        raise FileRefused(
            f"no authority has the number {code!r}. Add it to fixtures/area_codes.csv.",
            line=line,
            column=column,
        )
    return areas[code]


def _members(
    areas: dict[str, int], cells: dict[str, str], authority: int, line: int
) -> list[Member]:
    ranks = sorted(int(found[1]) for name in cells if (found := _MEMBER.fullmatch(name)))
    members = [
        (rank, _area(areas, cells, f"SN_{rank}", line), cells.get(f"SN_{rank}P", "").strip())
        for rank in ranks
    ]
    for at, (rank, area, _) in enumerate(members):
        if area == authority or area in {other for _, other, _ in members[:at]}:
            raise FileRefused(
                "a neighbour is the authority itself, or stands in the row twice.",
                line=line,
                column=f"SN_{rank}",
            )
    return members


def _stored(year: int) -> dict[int, list[Member]]:
    """The members of each authority's set of a year, by authority."""
    found: dict[int, list[Member]] = {}
    rows = Neighbour.objects.filter(neighbour_set__year=year).order_by("neighbour_set", "rank")
    for authority, rank, area, closeness in rows.values_list(
        "neighbour_set__authority_id", "rank", "area_id", "closeness"
    ):
        found.setdefault(authority, []).append((rank, area, closeness))
    return found


def _store(authority: int, year: int, members: list[Member]) -> None:
    made, _ = NeighbourSet.objects.update_or_create(
        authority_id=authority, year=year, defaults={"source": SOURCE.format(year)}
    )
    made.members.all().delete()
    Neighbour.objects.bulk_create(
        Neighbour(neighbour_set=made, rank=rank, area_id=area, closeness=closeness)
        for rank, area, closeness in members
    )
