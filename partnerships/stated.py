"""Figures that are no indicator's: a line of a budget, an attendance, a grade of an audit.

Whatever prints one takes it from here, so that it has an address like any other figure:
`kind:partnership:…`, natural keys that are the same after every rebuild of the database. Each app
says with `@figures` which kinds it knows, in a room called `stated` that its `ready()` imports.
"""

from collections.abc import Callable, Sequence

from partnerships.models import Partnership
from partnerships.stated_figure import QUALIFIERS, Stated

__all__ = ["QUALIFIERS", "Stated", "address_of", "figures", "find", "kinds"]

Finder = Callable[[Partnership, Sequence[str]], Stated | None]
_finders: dict[str, Finder] = {}


def figures(kind: str) -> Callable[[Finder], Finder]:
    """Registers a function as what finds the figures of a kind.

    It takes the partnership and the parts of the address after it, and returns the figure, or
    None where there is none.
    """

    def register(finder: Finder) -> Finder:
        if kind in _finders:
            raise ValueError(f"Two functions find the figures of the kind {kind!r}.")
        _finders[kind] = finder
        return finder

    return register


def kinds() -> frozenset[str]:
    """The kinds of address that are known; no dataset may have one of them as its code."""
    return frozenset(_finders)


def address_of(kind: str, partnership: Partnership, *parts: str) -> str:
    """The address of a figure. Its parts are codes: letters, digits and hyphens."""
    return ":".join((kind, partnership.slug, *parts))


def find(address: str) -> tuple[Partnership, Stated] | None:
    """The figure at an address with the partnership that it belongs to."""
    kind, *rest = address.split(":")
    if kind not in _finders or len(rest) < 2:
        return None
    slug, *parts = rest
    partnership = Partnership.objects.filter(slug=slug).first()
    stated = _finders[kind](partnership, parts) if partnership else None
    return (partnership, stated) if partnership and stated else None
