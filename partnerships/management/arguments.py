"""Arguments that several commands take."""

from django.core.management.base import CommandError

from partnerships.models import Partnership


def partnerships_named(slug: str | None) -> list[Partnership]:
    """The partnership of a slug, or all of them; for commands.

    Raises `CommandError` with the slugs there are where the one given is unknown.
    """
    every = list(Partnership.objects.order_by("slug"))
    if slug is None:
        return every
    found = [partnership for partnership in every if partnership.slug == slug]
    if not found:
        known = ", ".join(partnership.slug for partnership in every) or "none is loaded yet"
        raise CommandError(f"There is no partnership {slug!r}. Known: {known}.")
    return found
