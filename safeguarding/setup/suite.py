"""`make test`: the checks, then the tests on SQLite, on PostgreSQL with Redis, in a browser.

`suite.py lint` (or `unit`, `slow`, `postgres`, `browser`) runs that part alone. What could not
run is said at the end with its reason; with REQUIRE=all it is a failure.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field

import services
from ground import ROOT, VAR, VENV, VENV_PYTHON, manage, own_folder, say, stop
from install import install

OWN_VAR = VAR / "suite"
PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
    "EMAIL_HOST": "mail.example",
}
# What no database can change runs once: the words of the reports, tools on copies of the project,
# pure rules, drawings. The reports come first: were their tests left to the end, the process that
# has done its share would take some of them over, and build all reports a second time.
ONCE = (
    "tests/reports/test_digits.py",
    "tests/gates",
    "tests/properties",
    "tests/metrics/charts",
)
# Apart from the rest, which is to answer within a minute: tests that start processes, search for
# counterexamples, build whole reports, or ask every address as every person.
SLOW = (
    *ONCE,
    "tests/partnerships/jobs",
    "tests/contracts/test_permission_walk.py",
    "tests/reports/test_commands.py",
    "tests/reports/test_downloads.py",
    "tests/reports/test_editions.py",
    "tests/reports/test_further_editions.py",
)
# Two processes; one that has done its share takes over from the other, so that neither waits.
ON_BOTH = ("-n", "2", "--dist=worksteal")
# Nothing of the person's own portal is read or written; no service unless a stage names it.
PLAIN = {
    "VAR_DIR": str(OWN_VAR),
    "PORTAL_ENV": "",
    "DEBUG": "",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "REDIS_PREFIX": f"{services.OWN}:",
}
# A commit is answered before it is on the disk. What others see of it is the same, and only a
# crash of the server itself, which no test brings about, could take it back.
UNHURRIED = {"PGOPTIONS": "-c synchronous_commit=off"}


@dataclass
class Outcome:
    """What all stages came to."""

    durations: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def tool(name: str, *arguments: str) -> list[str]:
    return [str(VENV / "bin" / name), *arguments]


def biome() -> list[str]:
    """The linter's own binary: it needs no Node.js, which a machine may lack."""
    found = sorted((ROOT / "node_modules" / "@biomejs").glob("cli-*/biome"))
    if not found:
        stop("The linter of CSS and JavaScript is missing. Remove node_modules and try again.")
    return [str(found[0]), "ci", "--colors=off", "--error-on-warnings"]


def checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Each check's command and what it adds to the environment; the longest goes first."""
    return {
        "mypy": (tool("mypy"), {}),
        "ruff": (tool("ruff", "check", "--quiet"), {}),
        "ruff format": (tool("ruff", "format", "--check", "--quiet"), {}),
        "djlint": (tool("djlint", "templates", "--lint", "--quiet"), {}),
        "djlint format": (tool("djlint", "templates", "--check"), {}),
        "biome": (biome(), {}),
        "imports": (tool("lint-imports"), {}),
        "migrations": (manage("makemigrations", "--check", "--dry-run"), {}),
        "deploy check": (manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    }


def lint(outcome: Outcome) -> None:
    """Two checks at a time, as there are two processes of tests."""
    with ThreadPoolExecutor(max_workers=2) as both:
        asked = {both.submit(check, *each): name for name, each in checks().items()}
        for done in as_completed(asked):
            name, (ended, seconds) = asked[done], done.result()
            outcome.durations[f"lint: {name}"] = seconds
            say(f"lint: {name} {'passed' if ended.returncode == 0 else 'FAILED'}")
            if ended.returncode != 0:
                outcome.failed.append(f"lint: {name}")
                say(ended.stdout)


def check(
    command: list[str], extra: dict[str, str]
) -> tuple[subprocess.CompletedProcess[str], float]:
    """How it ended with all that it said, and the seconds it took."""
    started = time.monotonic()
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **PLAIN, **extra},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ended, time.monotonic() - started


def databases() -> list[subprocess.Popen[bytes]]:
    """Migrates the databases of the tests beside the checks, one process for each.

    All tests would wait for the one of them that does it. Where it fails, they do it themselves,
    and say why it fails.
    """
    places: list[dict[str, str]] = [{}]
    with suppress(services.Away):
        places.append({"DATABASE_URL": services.postgres(), **UNHURRIED})
    return [
        subprocess.Popen(
            [VENV_PYTHON, "-m", "tests.prepared"],
            cwd=ROOT,
            env={**os.environ, **PLAIN, "DJANGO_SETTINGS_MODULE": "safeguarding.settings", **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for extra in places
    ]


def unit(outcome: Outcome) -> None:
    chosen = [*ON_BOTH, "-m", "not browser and not redis", *ignoring(SLOW)]
    tests("unit tests on SQLite", chosen, {}, outcome)


def slow(outcome: Outcome) -> None:
    chosen = [*ON_BOTH, "-m", "not browser and not redis", *SLOW]
    tests("gates, properties, charts, addresses, editions and processes", chosen, {}, outcome)


def ignoring(places: Sequence[str]) -> list[str]:
    return [f"--ignore={place}" for place in places]


def postgres(outcome: Outcome) -> None:
    try:
        environment = {"DATABASE_URL": services.postgres(), **UNHURRIED}
    except services.Away as away:
        without("tests on PostgreSQL", away, told="DATABASE_URL", outcome=outcome)
        return
    chosen = "not browser and (database or redis)"
    try:
        environment["REDIS_URL"] = services.redis()
    except services.Away as away:
        chosen = "not browser and database and not redis"
        without("tests that need Redis", away, told="REDIS_URL", outcome=outcome)
    arguments = [*ON_BOTH, "-m", chosen, *ignoring(ONCE)]
    tests("tests on PostgreSQL", arguments, environment, outcome)


def browser(outcome: Outcome) -> None:
    try:
        services.chromium()
    except services.Away as away:
        without("browser tests", away, told="", outcome=outcome)
        return
    tests("browser tests", [*ON_BOTH, "-m", "browser", "tests/browser"], {}, outcome)


def without(what: str, away: Exception, *, told: str, outcome: Outcome) -> None:
    """Skipped, unless everything is required or the person named the service that is away."""
    required = os.environ.get("REQUIRE") == "all" or bool(os.environ.get(told, "").strip())
    (outcome.failed if required else outcome.skipped).append(f"{what}: {away}")


def tests(name: str, arguments: list[str], extra: dict[str, str], outcome: Outcome) -> None:
    say(f"\n{name}")
    record = OWN_VAR / "record.json"
    record.unlink(missing_ok=True)
    started = time.monotonic()
    ended = subprocess.run(
        [VENV_PYTHON, "-m", "pytest", "-q", "-p", "tests.plugins", *arguments],
        cwd=ROOT,
        env={**os.environ, **PLAIN, **extra, "SUITE_RECORD": str(record)},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    outcome.durations[name] = time.monotonic() - started
    if ended.returncode != 0 or not record.exists():
        outcome.failed.append(f"{name} (pytest's exit code {ended.returncode})")
    if record.exists():
        told = json.loads(record.read_text(encoding="utf-8"))
        outcome.counts.update(told["counts"])
        outcome.skipped += [f"{name}: {why} ({n})" for why, n in told["skipped"].items()]


STAGES: dict[str, Callable[[Outcome], None]] = {
    "lint": lint,
    "unit": unit,
    "slow": slow,
    "postgres": postgres,
    "browser": browser,
}


def main(names: list[str]) -> None:
    if os.environ.get("REQUIRE", "") not in ("", "all"):
        stop(f"REQUIRE is {os.environ['REQUIRE']!r}. Set it to all, or leave it unset.")
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        stop(f"There is no part {unknown[0]!r}. Choose from: {', '.join(STAGES)}.")
    outcome = Outcome()
    started = time.monotonic()
    own_folder()
    install(dev=True)
    outcome.durations["install"] = time.monotonic() - started
    OWN_VAR.mkdir(parents=True, exist_ok=True)
    begun = [] if names else databases()
    for name, run in STAGES.items():
        if not names or name in names:
            run(outcome)
        while begun:
            begun.pop().wait()
    outcome.durations["all"] = time.monotonic() - started
    conclude(outcome)


def conclude(outcome: Outcome) -> None:
    """Say how long each stage took, what was skipped and what failed; exit 1 if anything did."""
    say("\nDurations")
    for name, seconds in outcome.durations.items():
        say(f"  {seconds:7.1f} s  {name}")
    for heading, lines in (("Skipped", outcome.skipped), ("Failed", outcome.failed)):
        if lines:
            say(f"\n{heading}")
        for line in lines:
            say(f"  {line}")
    if outcome.counts:
        counts = (f"{outcome.counts[word]} {word}" for word in ("passed", "failed", "skipped"))
        say(f"\nTests: {', '.join(counts)}")
    sys.exit(1 if outcome.failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
