"""How long a page of all figures of a return takes, and its save, with twenty people at work.

    python -m benchmarks.grid [--writers 20] [--seconds 60] [--rounds 2] [--rows 10]

Five synthetic partnerships with five years of figures each stand in a database of their own:
SQLite in a temporary folder, or the one of DATABASE_URL, which must be empty. The portal is served
by gunicorn as the Dockerfile says. Each writer signs in, opens the form of the newest quarter,
types ten rows, saves, thinks five seconds and goes on. Several share a return: each has rows
of their own, and at one save in ten types into one of anybody's too, so that now and then one is
told that another was first. Beside it, in turn, the same people do the same at
a plain formset of Django (`benchmarks.grid_peer`), which checks and keeps nothing.

Milliseconds to the last byte. Cold is each writer's first page and first save after the server
was started; warm is the rest. "Server" is the processor's time for a request, which tells what the
clock cannot where the machine has other work.

Goal: of page and save, cold and warm, the 95th percentile below 200 ms.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.pages import NOW, ground
from benchmarks.writers import Rows, Typing, Writer, all_at_work

GOAL = 200.0  # ms, the 95th percentile
PARTNERSHIPS = 5
THINK = 5.0
PASSWORD = "only for this measurement"
ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60, help="of each round")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--rows", type=int, default=10, help="typed before each save")
    given = parser.parse_args()
    print(f"Others on this machine: load {os.getloadavg()[0]:.1f} of {os.cpu_count()}", flush=True)
    with ground():
        quarter = stand_up()
        writers = signed_in(invited(given.writers))
        slow: list[float] = []
        for number in range(given.rounds):
            for name, address in (("peer", "/peer/{slug}/"), ("portal", quarter)):
                found = worked(name, address, writers, given)
                print(f"Round {number + 1}, {name}")
                slow += told(found, as_portal=name == "portal")
    missed = max(slow) >= GOAL
    print(f"Goal: below {GOAL:.0f} ms. Most: {max(slow):.0f}. {'Missed' if missed else 'Met'}.")
    return int(missed)


def stand_up() -> str:
    """Partnerships with figures up to the quarter before the newest, the peer's rows beside them.

    Returns the address of the newest quarter's form, with `{slug}`.
    """
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from benchmarks.grid_peer import PeerRow
    from metrics.models import Expectation
    from metrics.queries import quarters_to, returns_dataset
    from metrics.returns.parts.actions import set_dates
    from partnerships.people.actions import system_actor
    from safeguarding.demo.many import make_partnerships

    today = timezone.localdate()
    (newest,) = quarters_to(today, 1)
    with connection.schema_editor() as editor:
        editor.create_model(PeerRow)
    loader, folder = system_actor(), settings.BASE_DIR / "fixtures" / "demoshire"
    for made in make_partnerships(
        PARTNERSHIPS, folder=folder, by=loader, today=newest.first, at=NOW
    ):
        dataset = returns_dataset(made)
        assert dataset is not None
        due, new = today + timedelta(days=7), today + timedelta(days=14)
        set_dates(
            dataset=dataset, span=newest, due=due, closed_to_new=new, closed_to_edits=new, by=loader
        )
        asked = Expectation.objects.filter(agency__partnership=made)
        PeerRow.objects.bulk_create(
            PeerRow(partnership=made.slug, code=each.indicator.code)
            for each in asked.select_related("indicator")
        )
    return f"/p/{{slug}}/returns/{newest.key}/figures/enter/"


def invited(count: int) -> list[tuple[str, str]]:
    """So many people of business units, with a password: e-mail and partnership of each."""
    from django.contrib.auth.hashers import make_password

    from partnerships.models import Partnership, Role, RoleName, User
    from safeguarding.demo.many import FIRST

    there = list(Partnership.objects.filter(slug__startswith="shire-").order_by("slug"))
    password = make_password(PASSWORD)
    made = []
    for number in range(count):
        partnership = there[number % len(there)]
        email = f"writer-{number}@{partnership.slug}.example"
        user = User.objects.create(email=email, name=f"Writer {number}", password=password)
        Role.objects.create(
            user=user, partnership=partnership, name=RoleName.BUSINESS_UNIT, first=FIRST
        )
        made.append((email, partnership.slug))
    return made


def signed_in(people: list[tuple[str, str]]) -> list[tuple[Writer, str]]:
    """Each with a session that stays open, and their partnership."""
    from django.urls import reverse

    with server() as (port, _):
        writers = [(Writer(port, email, PASSWORD), slug) for email, slug in people]
        for writer, _ in writers:
            writer.sign_in(reverse("account_login"))
    return writers


def rows_of(slug: str, *, as_portal: bool) -> Rows:
    """What is typed: near the newest approved figure of each indicator."""
    from benchmarks.grid_peer import PeerRow
    from metrics.models import Cell

    if not as_portal:
        count = PeerRow.objects.filter(partnership=slug).count()
        return {f"form-{n}-": {"value": (100.0 + n, 0)} for n in range(count)}
    rows: dict[str, dict[str, tuple[float, int]]] = {}
    cells = Cell.objects.filter(dataset__owner__slug=slug, approved__isnull=False)
    for cell in cells.select_related("approved", "indicator").order_by("period__last"):
        last = cell.approved
        assert last is not None
        if last.numerator is not None and last.denominator is not None:
            pair = {"numerator": last.numerator, "denominator": last.denominator}
            numbers = {name: (float(number), 0) for name, number in pair.items()}
        elif last.value is not None:
            numbers = {"value": (float(last.value), last.decimals)}
        else:
            continue
        rows[f"{cell.indicator.code}-"] = numbers
    return rows


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """Gunicorn as the Dockerfile starts it, from cold: its port and its process."""
    (line,) = (
        each for each in (ROOT / "Dockerfile").read_text().splitlines() if each.startswith("CMD [")
    )
    command = json.loads(line.removeprefix("CMD "))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command[command.index("safeguarding.wsgi")] = "benchmarks.grid_peer"
    command[command.index("--bind") + 1] = f"127.0.0.1:{port}"
    log = command.index("--access-logfile")
    command[log + 1] = "/dev/null"
    with (Path(os.environ["VAR_DIR"]) / "gunicorn.log").open("a") as said:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, stderr=said)
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int) -> None:
    """Until the health page answers, as a deployment waits before it sends anybody."""
    for _ in range(300):
        try:
            asked = HTTPConnection("127.0.0.1", port, timeout=30)
            asked.request("GET", "/health/")
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def spent(process: int) -> float:
    """Seconds of the processor that the children of a process have taken."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            its = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(its[1]) == process:
            total += int(its[11]) + int(its[12])
    return total / TICK


def worked(
    name: str, address: str, writers: list[tuple[Writer, str]], given: argparse.Namespace
) -> tuple[list[Writer], float]:
    """The writers after one round, and the processor's milliseconds for each request."""
    rows = {slug: rows_of(slug, as_portal=name == "portal") for _, slug in writers}

    def mine(every: Rows, number: int) -> Typing:
        sharing, own = -(-len(writers) // PARTNERSHIPS), number // PARTNERSHIPS
        return Typing({each: every[each] for each in list(every)[own::sharing]}, given.rows, every)

    at_work = [
        (writer, address.format(slug=slug), mine(rows[slug], number))
        for number, (writer, slug) in enumerate(writers)
    ]
    with server() as (port, process):
        for writer, _ in writers:
            writer.begin(port)
        before = spent(process)
        all_at_work(at_work, think=THINK, seconds=given.seconds)
        taken = (spent(process) - before) * 1000
    requests = sum(len(writer.took) for writer, _ in writers)
    return [writer for writer, _ in writers], taken / requests


def told(found: tuple[list[Writer], float], *, as_portal: bool) -> list[float]:
    """Prints one round; of the portal, each 95th percentile that the goal is held against."""
    writers, server_ms = found
    took = [each for writer in writers for each in writer.took]
    slow = []
    for what in ("page", "save"):
        for first in (True, False):
            times = [each.ms for each in took if (each.what, each.first) == (what, first)]
            if len(times) < 2:
                continue
            parts = statistics.quantiles(times, n=100)
            when = "cold" if first else "warm"
            print(
                f"  {what} {when}{len(times):6}   median {parts[49]:7.1f}   95% {parts[94]:7.1f}"
                f"   99% {parts[98]:7.1f}"
            )
            slow.append(parts[94])
    status = [each.status for each in took if each.what == "save"]
    print(
        f"  server {server_ms:.1f} ms a request   saved {status.count(302)}, asked or refused "
        f"{status.count(422)}, told of another {status.count(409)}, failed "
        f"{sum(len(writer.failed) for writer in writers)}",
        flush=True,
    )
    for line in [line for writer in writers for line in writer.failed][:5]:
        print(f"    {line}")
    return slow if as_portal else []


if __name__ == "__main__":
    sys.exit(main())
