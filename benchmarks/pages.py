"""How long the pages of figures take where there are many partnerships.

    python -m benchmarks.pages [--partnerships 5 150] [--requests 200]

In a database of its own (SQLite in a temporary folder, or the one of DATABASE_URL, which must be
empty) stand first few partnerships, then many, each with five years of quarterly returns, their
changes and a published report of each year. The pages are asked for in turn, each time of another
partnership, by somebody of its business unit, through the whole of the portal but the socket.
Beside each stands its peer in the same turn: one SQL statement that reads the same figures or
names, with no page around them. Milliseconds, median and 95th percentile.

Goal: with many partnerships no page takes more than half as long again as with few, so that
what a page costs does not depend on how many others use the portal.
"""

import argparse
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the portal is loaded when its settings are chosen
    from django.test import Client

MOST_GROWTH = 1.5
TODAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
PEER = """
SELECT c.id, r.value, r.marker FROM metrics_cell c
JOIN metrics_area a ON a.id = c.area_id
JOIN partnerships_partnership p ON p.id = a.partnership_id
JOIN partnerships_period t ON t.id = c.period_id
JOIN metrics_indicator i ON i.id = c.indicator_id
LEFT JOIN metrics_revision r ON r.id = c.approved_id
WHERE p.slug = %s AND {which}
"""
NAMES = "SELECT slug, name FROM partnerships_partnership WHERE slug <> %s"
REGISTER = "SELECT code, name FROM metrics_indicator WHERE code <> %s"
ROLES = """
SELECT p.name, r.name FROM partnerships_role r
JOIN partnerships_partnership p ON p.id = r.partnership_id
JOIN partnerships_user u ON u.id = r.user_id WHERE u.email = 'unit@' || %s || '.example'
"""
YEAR = "t.last >= '2025-04-01' AND t.last <= '2026-03-31'"
QUARTER = "t.kind = 'quarter' AND t.last = '2025-12-31'"
PAGES: dict[str, tuple[str, str]] = {  # the address, and the statement beside it
    "dashboard, a year": ("/p/{}/", PEER.format(which=YEAR)),
    "dashboard, a quarter": ("/p/{}/?period=2025-26-q3", PEER.format(which=QUARTER)),
    "returns": ("/p/{}/returns/", PEER.format(which="t.kind = 'quarter'")),
    "return": ("/p/{}/returns/2025-26-q3/", PEER.format(which=QUARTER)),
    "indicator": ("/p/{}/indicators/referrals/", PEER.format(which="i.code = 'referrals'")),
    "home": ("/", NAMES),
    "my work": ("/my/", ROLES),
    "register": ("/indicators/", REGISTER),
    "definition": ("/indicators/referrals/", REGISTER),
    "search": ("/search/?q=referrals", REGISTER),
    "compare": (
        "/compare/referrals/",
        PEER.replace("p.slug =", "p.slug <>").format(which=YEAR + " AND i.code = 'referrals'"),
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--partnerships", type=int, nargs=2, default=[5, 150])
    parser.add_argument("--requests", type=int, default=200, help="for each page")
    given = parser.parse_args()
    few, many = given.partnerships
    with ground():
        partnerships = standing()
        medians = []
        for count in (few, many):
            medians.append(measured(partnerships, count, given.requests))
    worst = max(medians[1][name] / medians[0][name] for name in PAGES)
    missed = worst > MOST_GROWTH
    print(
        f"Goal: at most {MOST_GROWTH} times with {many} as with {few}. Most: {worst:.2f}.", end=" "
    )
    print("Missed." if missed else "Met.")
    return int(missed)


@contextmanager
def ground() -> Iterator[None]:
    """An empty database with the register in it, and Django set up on it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "safeguarding.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        logging.getLogger("partnerships.jobs").setLevel(logging.WARNING)
        from safeguarding.demo.reference import load_reference

        load_reference(settings.BASE_DIR / "fixtures")
        yield


def standing() -> Iterator[str]:
    """Slugs of partnerships, each with its figures, its changes and somebody who may read them."""
    from django.conf import settings

    from benchmarks.printed import publish
    from metrics.actions import ask_for_changes
    from partnerships.jobs import run_now
    from partnerships.models import Job, Role, RoleName, User
    from partnerships.people.actions import system_actor
    from safeguarding.demo.many import make_partnerships

    loader = system_actor()
    folder = settings.BASE_DIR / "fixtures" / "demoshire"
    for partnership in make_partnerships(10_000, folder=folder, by=loader, today=TODAY, at=NOW):
        job = run_now(ask_for_changes(partnership, by=loader))
        if job.state != Job.State.DONE:
            raise RuntimeError(job.error)
        publish(partnership, by=loader, at=NOW)
        user = User.objects.create(email=f"unit@{partnership.slug}.example", name="Business unit")
        Role.objects.create(
            user=user, partnership=partnership, name=RoleName.BUSINESS_UNIT, first=date(2020, 4, 1)
        )
        yield partnership.slug


def measured(partnerships: Iterator[str], count: int, requests: int) -> dict[str, float]:
    """Prints page and peer with so many partnerships; returns each page's median in ms."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from metrics.models import Cell
    from partnerships.models import Partnership, User

    there = Partnership.objects.filter(synthetic=True, slug__startswith="shire-")
    while there.count() < count:
        next(partnerships)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as `load_demo` does
    slugs = sorted(there.values_list("slug", flat=True))
    clients = {}
    for slug in slugs:
        clients[slug] = Client()
        user = User.objects.get(email=f"unit@{slug}.example")
        clients[slug].force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    print(f"{count} partnerships, {Cell.objects.count():,} figures", flush=True)
    chosen = random.Random(1).choices(slugs, k=requests)
    return {name: beside(name, clients, chosen) for name in PAGES}


def beside(name: str, clients: dict[str, "Client"], slugs: list[str]) -> float:
    """Prints one page beside its peer, in turn; returns the page's median in ms."""
    from django.db import connection

    path, statement = PAGES[name]
    pages: list[float] = []
    reads: list[float] = []
    figures = 0

    def page(slug: str) -> None:
        assert clients[slug].get(path.format(slug)).status_code == 200

    def read(slug: str) -> None:
        nonlocal figures
        with connection.cursor() as cursor:
            cursor.execute(statement, [slug])
            figures = len(cursor.fetchall())

    for slug in slugs:
        pages.append(timed(partial(page, slug)))
        reads.append(timed(partial(read, slug)))
    for what, times in (("page", pages), ("SQL alone", reads)):
        slow = statistics.quantiles(times, n=20)[-1]
        middle = statistics.median(times)
        print(f"  {name:22}{what:10}{middle:8.1f} {slow:8.1f}   {figures} rows", flush=True)
    return statistics.median(pages)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds on the clock."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
