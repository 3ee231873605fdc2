"""Storing the slices that figures by category stand in."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from metrics.addresses import WHOLE
from metrics.models import Category, Slice, SlicePart


def stored_slice(key: str, categories: Iterable[Category] = ()) -> Slice:
    """The slice of a key, made of its categories where it is missing."""
    found = Slice.objects.filter(key=key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = Slice.objects.create(key=key)
            SlicePart.objects.bulk_create(
                SlicePart(slice=made, breakdown=category.breakdown, category=category)
                for category in categories
            )
    except IntegrityError:  # somebody else made it meanwhile
        return Slice.objects.get(key=key)
    return made


def whole_slice() -> Slice:
    """The slice of figures that are of no category."""
    return stored_slice(WHOLE)
