"""What a piece of work spends: by the clock, of processors, and of memory.

A busy machine moves the clock and hardly the processors' time. What a PostgreSQL server does for
the work is told by its own process for this connection, where it runs on this machine.
"""

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, of this processor and of the server's; bytes more, and at most."""

    clock: float
    own: float
    server: float
    grown: float
    most: float

    @property
    def processors(self) -> float:
        """Seconds of both processors."""
        return self.own + self.server


def spent(work: Callable[[], object]) -> Spent:
    """Does the work, and says what it took. To be called in a transaction.

    References between rows are looked at within it, as a commit would.
    """
    from django.db import connection

    before, server = _most_memory(), _server_seconds()
    clock, own = time.perf_counter(), time.process_time()
    work()
    if connection.vendor == "postgresql":
        connection.check_constraints()
    clock, own = time.perf_counter() - clock, time.process_time() - own
    most = _most_memory()
    return Spent(clock, own, _server_seconds() - server, most - before, most)


def medians(runs: Iterable[Spent]) -> Spent:
    """The median of each by itself."""
    return Spent(*map(statistics.median, zip(*map(astuple, runs), strict=True)))


def line(who: str, each: Spent, rows: int) -> str:
    """A line of the table that a benchmark prints."""
    return (
        f"{who:<36}{each.processors:7.2f} s of processors ({each.own:.2f} ours, {each.server:.2f} "
        f"the server's), {rows / each.processors:,.0f} rows/s; by the clock {each.clock:.2f} s; "
        f"memory {each.grown / MEGABYTE:.0f} MB more, {each.most / MEGABYTE:.0f} MB at most"
    )


def times(ours: Spent, peer: Spent) -> str:
    """How many times the peer's seconds ours are, by each measure."""
    return (
        f"{ours.processors / peer.processors:.2f} times the peer's processors, "
        f"{ours.own / peer.own:.2f} without the server's, "
        f"{ours.clock / peer.clock:.2f} by the clock"
    )


def _most_memory() -> int:
    """The most bytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _server_seconds() -> float:
    """Of the server's process for this connection; 0 for SQLite, or a server elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    file = Path(f"/proc/{process}/stat")
    if not file.exists():
        return 0
    columns = file.read_text().rpartition(")")[2].split()
    return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")
