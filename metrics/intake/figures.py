"""Loading figures."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from metrics.intake.places import BATCH, Places, cells_of
from metrics.intake.rows import FigureRow, RowError
from metrics.models import Cell, Revision
from metrics.models.revisions import FLAGS
from metrics.touched import touch
from partnerships.models import Partnership, User

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
        places = Places(row.place for row in rows)
        cells = cells_of([row.place for row in rows], places)
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


def _revision(cell: Cell, row: FigureRow, places: Places, *, by: User, at: datetime) -> Revision:
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
