"""Which kinds of work there are. Each app's `jobs` room registers its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerships.jobs.running import Run

Effect = Callable[[], dict[str, Any]]
Work = Callable[["Run"], Effect]

MOST_ATTEMPTS = 3
LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Kind:
    """One kind of work: what it is called, what does it, and how long a silence may last."""

    name: str
    title: str
    work: Work
    lease: timedelta
    longest: timedelta


_kinds: dict[str, Kind] = {}


def handler(
    kind: str, *, title: str, lease_seconds: int = 60, longest_seconds: int = 3600
) -> Callable[[Work], Work]:
    """Register a function as what does this kind of work.

    The function takes a `Run`, does the long part, and returns the effect: a function
    without parameters that writes to the database and returns what `Job.result` keeps.
    The effect and the end of the job are one transaction. A worker that is silent for
    `lease_seconds` counts as dead; a run is taken away after `longest_seconds`.
    """

    def register(work: Work) -> Work:
        if kind in _kinds:
            raise ValueError(f"Two handlers are registered for the kind of job {kind!r}.")
        _kinds[kind] = Kind(
            name=kind,
            title=title,
            work=work,
            lease=timedelta(seconds=lease_seconds),
            longest=timedelta(seconds=longest_seconds),
        )
        return work

    return register


def kind_named(name: str) -> Kind:
    """The kind; `LookupError` where this process has no handler for it."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No handler is registered for the kind of job {name!r}.") from None


def kinds() -> frozenset[str]:
    """The names of all kinds that this process can run."""
    return frozenset(_kinds)


def title_of(name: str) -> str:
    """The kind in words; its name where its handler has gone since the job was asked for."""
    return _kinds[name].title if name in _kinds else name


def backoff(name: str, attempts: int) -> timedelta:
    """How long to wait after so many attempts: one lease, then four.

    Answers for a kind without a handler too: a job that outlived its handler still ends.
    """
    lease = _kinds[name].lease if name in _kinds else LEASE
    factor: int = 4 ** (attempts - 1)
    return lease * factor
