"""Loading changes that sources state by themselves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from metrics.intake.places import Places
from metrics.intake.rows import RowError, StatedChangeRow
from metrics.models import StatedChange
from partnerships.models import User


def load_stated_changes(rows: Sequence[StatedChangeRow], *, by: User, at: datetime) -> int:
    """Stores changes that a source states without levels. Returns how many were new."""
    with transaction.atomic():
        places = Places(row.place for row in rows)
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
