"""Counts what a run of pytest did, and lets nothing be skipped where REQUIRE=all.

`make test` loads this with `-p tests.plugins`. With SUITE_RECORD set, the counts by outcome and
the reasons of what was skipped are written to that file as JSON.
"""

import json
import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

NOTHING_IS_SKIPPED = "Skipped, and REQUIRE=all lets nothing be skipped"


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("SUITE_RECORD") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Record(Path(os.environ["SUITE_RECORD"])), "suite-record")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report)
    return report


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    # An expected failure also counts as skipped; it did run.
    if os.environ.get("REQUIRE") == "all" and report.skipped and not hasattr(report, "wasxfail"):
        report.longrepr = f"{NOTHING_IS_SKIPPED}: {_reason(report)}"
        report.outcome = "failed"


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """pytest keeps a skip as (file, line, "Skipped: reason")."""
    told = report.longrepr
    return str(told[2] if isinstance(told, tuple) else told).removeprefix("Skipped: ")


class Record:
    """Listens in the process that started the workers, so that each test counts once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self._count(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.outcome != "passed":
            self._count(report)

    def _count(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        self._counts[report.outcome] += 1
        if report.skipped:
            self._skipped[f"{report.nodeid.split('::')[0]}: {_reason(report)}"] += 1

    def pytest_sessionfinish(self) -> None:
        record = {"counts": self._counts, "skipped": self._skipped}
        self._path.write_text(json.dumps(record), encoding="utf-8")
