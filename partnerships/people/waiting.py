"""What waits for a person, in all their partnerships: each app says what it knows of.

An app registers a source in its `ready()`; the page of one's own asks them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from partnerships.models import Partnership, User
from partnerships.permissions import Permission


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what it is, where it is done, and by when, where a day is known."""

    text: str
    url: str
    due: date | None = None


Source = Callable[[User, Partnership, frozenset[Permission], date], Iterable[Waiting]]

_sources: list[Source] = []


def waits_for_people(source: Source) -> Source:
    """Registers a source."""
    if source not in _sources:
        _sources.append(source)
    return source


def waiting_for(
    user: User, partnership: Partnership, permissions: frozenset[Permission], *, on: date
) -> list[Waiting]:
    """What waits for a person at a partnership on a day, the soonest due first."""
    found = [each for source in _sources for each in source(user, partnership, permissions, on)]
    return sorted(found, key=lambda each: each.due or date.max)
