"""Loading which figures contradict each other, and which of two goes on counting."""

from collections.abc import Iterable

from django.db import transaction

from metrics.addresses import Address, AddressError
from metrics.intake.rows import ConflictRow, RowError
from metrics.models import Cell, Conflict
from metrics.queries import cell_at


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


def _at(text: str, line: int) -> Cell:
    try:
        cell = cell_at(Address.parse(text))
    except AddressError as error:
        raise RowError(line, str(error)) from error
    if cell is None:
        raise RowError(line, f"there is no figure {text!r}.")
    return cell
