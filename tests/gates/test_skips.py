"""The gate on skipped tests: with REQUIRE=all a skip is a failure, however it is written."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SKIPS = {
    "mark": "@pytest.mark.skip(reason='not today')\ndef test_it(): pass",
    "condition": "@pytest.mark.skipif(True, reason='not today')\ndef test_it(): pass",
    "call": "def test_it(): pytest.skip('not today')",
    "fixture": "@pytest.fixture\ndef it(): pytest.skip('not today')\ndef test_it(it): pass",
    "module": "pytest.skip('not today', allow_module_level=True)",
}


@dataclass(frozen=True)
class Run:
    code: int
    output: str
    record: dict[str, dict[str, int]]


def run(folder: Path, tests: dict[str, str], *options: str, require: str) -> Run:
    """The tests in a suite of their own, under the plugin that `make test` loads."""
    for name, test in tests.items():
        path = folder / f"test_{name}.py"
        path.write_text(f"import pytest\n{test}\n", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    record = folder / "record.json"
    told = {
        "REQUIRE": require,
        "SUITE_RECORD": str(record),
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.plugins", *options],
        cwd=folder,
        env=kept | told,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Run(ended.returncode, ended.stdout, json.loads(record.read_text(encoding="utf-8")))


def test_every_skip_fails_where_everything_is_required(tmp_path: Path) -> None:
    answer = run(tmp_path, SKIPS, "--continue-on-collection-errors", require="all")
    assert answer.code == 1
    assert answer.output.count("REQUIRE=all lets nothing be skipped: not today") >= len(SKIPS)
    assert answer.record == {"counts": {"failed": len(SKIPS)}, "skipped": {}}


def test_every_skip_is_recorded_with_its_reason(tmp_path: Path) -> None:
    answer = run(tmp_path, SKIPS, require="")
    assert answer.record["counts"] == {"skipped": len(SKIPS)}
    assert answer.record["skipped"] == {f"test_{name}.py: not today": 1 for name in SKIPS}


def test_skip_fails_in_a_worker_and_each_test_counts_once(tmp_path: Path) -> None:
    tests = {"skipped": SKIPS["call"], "passed": "def test_it(): pass"}
    answer = run(tmp_path, tests, "-p", "xdist.plugin", "-n", "1", require="all")
    assert answer.code == 1
    assert answer.record == {"counts": {"failed": 1, "passed": 1}, "skipped": {}}


def test_expected_failure_is_no_skip(tmp_path: Path) -> None:
    tests = {"expected": "@pytest.mark.xfail\ndef test_it(): assert False"}
    assert run(tmp_path, tests, require="all").code == 0
