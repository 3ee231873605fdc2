"""What waits for a person, in all their partnerships: each app says what it knows of.

An app registers a source in its `ready()`; the page of one's own asks each of them once for all
partnerships, so that it costs the same with one and with four.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partnerships.context import by_partnership
from partnerships.models import Agency, Partnership, Role, User
from partnerships.permissions import Permission, agencies_that_may, permissions_of


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds at one partnership today."""

    partnership: Partnership
    roles: tuple[Role, ...]

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    def agencies_for(self, permission: Permission) -> list[Agency]:
        """The agencies for which it allows something."""
        return agencies_that_may(self.roles, permission, self.partnership)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what it is, where it is done, and by when, where a day is known.

    An e-mail leaves the portal. It repeats the text only where that `may_be_mailed`, since nobody
    wrote a word of it about a child, a figure or an action; else it counts things of one `sort`.
    """

    partnership: Partnership
    text: str
    url: str
    due: date | None = None
    may_be_mailed: bool = False
    sort: str = "Other things to do"


def held_today(roles: Iterable[Role]) -> list[Held]:
    """Roles of a person that count today, by partnership in the order of the names."""
    return [Held(partnership, tuple(here)) for partnership, here in by_partnership(roles)]


Source = Callable[[User, Sequence[Held], date], Iterable[Waiting]]

_sources: list[Source] = []


def waits_for_people(source: Source) -> Source:
    """Registers a source."""
    if source not in _sources:
        _sources.append(source)
    return source


def waiting_for(user: User, held: Sequence[Held], *, on: date) -> list[Waiting]:
    """What waits for a person on a day, the soonest due first, then by partnership."""
    found = [each for source in _sources for each in source(user, held, on)]
    return sorted(found, key=lambda each: (each.due or date.max, each.partnership.short_name))
