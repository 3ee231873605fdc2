"""The verb that takes a row out. Each subject says with it what is its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet

from partnerships.audit import record
from partnerships.models import Partnership, User
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.holds import holds_on, must_not_hold

_NOT_SAID = ("id", "version", "partnership")


@dataclass(frozen=True, slots=True)
class Removal:
    """Who takes out the version that they saw, and why; None for what all partnerships share."""

    partnership: Partnership | None
    seen: int
    reason: str
    by: User


def take_out(
    row: Model,
    why: Removal,
    *,
    verb: str,
    subject: str,
    parts: Sequence[QuerySet[Any]] = (),
    figures: Sequence[str] = (),
) -> None:
    """Deletes the version that was seen, with its `parts`, and records what all of it said.

    `verb` and `subject` as in `audit.record`; `figures` are the beginnings of the addresses that
    its figures have, or figures that are worked out with it. Raises `Overtaken`, and `Refused`
    where other entries stand on it or a published report prints what would be gone.
    """
    with transaction.atomic():
        found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
        if found is None or getattr(found, "version", 0) != why.seen:
            raise Overtaken
        said = [what_it_said(found)]
        said += [what_it_said(each, of=found) for part in parts for each in part]
        found_holds = holds_on(found, figures)
        _delete(found, parts)
        must_not_hold(found_holds)
        record(
            by=why.by,
            verb=verb,
            subject=subject,
            partnership=why.partnership,
            detail={"reason": why.reason, "removed": " / ".join(filter(None, said))},
        )


def what_it_said(row: Model, *, of: Model | None = None) -> str:
    """What a row says, without what is empty, or is not for the record.

    What it points to is named, but for its partnership and what it is a part `of`.
    """
    kept_back = {*_NOT_SAID, *getattr(row, "PERSONAL_FIELDS", ())}
    kept_back |= set(getattr(row, "RESTRICTED_FIELDS", ()))
    told = {
        field.verbose_name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in kept_back
    }
    return "; ".join(
        f"{name}: {value}"
        for name, value in told.items()
        if value is not None and value is not False and value not in ("", of)
    )


def _delete(row: Model, parts: Sequence[QuerySet[Any]]) -> None:
    try:
        with transaction.atomic():
            for part in parts:
                part.delete()
            row.delete()
    except ProtectedError as error:
        kinds = {str(type(each)._meta.verbose_name_plural) for each in error.protected_objects}
        raise Refused(
            f"Other entries stand on it ({', '.join(sorted(kinds))}). Remove those first."
        ) from error
