"""Writing a row over the version that somebody had seen, or not at all."""

from typing import Any, TypeVar

from django.db.models import Model

from partnerships.refusals import Overtaken, Refused, must_fit

M = TypeVar("M", bound=Model)


def write(
    model: type[M],
    keys: dict[str, Any],
    columns: dict[str, Any],
    *,
    found: M | None,
    seen: int,
    taken: Refused,
    more: bool = False,
) -> M | None:
    """Adds a row (`found` None) or changes the one found; None where it says the same already.

    `more` is whether something differs that is kept beside the row.

    Call it in a transaction that has locked what the row belongs to, with `found` read under
    that lock. Raises `taken` where another row has the keys, `Overtaken` where `seen` is not the
    row's version (0 of what is not there), and `Refused` where a text is too long or a choice
    unknown.
    """
    told = keys | columns
    same = found is not None and all(getattr(found, name) == told[name] for name in told)
    if same and not more:
        return None
    others = model._default_manager.filter(**keys)
    if (others.exclude(pk=found.pk) if found else others).exists():
        raise taken
    if (getattr(found, "version", 0) if found else 0) != seen:
        raise Overtaken
    row = found or model()
    for name, value in {**told, "version": seen + 1}.items():
        setattr(row, name, value)
    must_fit(row)
    row.save()
    return row
