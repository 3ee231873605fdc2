"""The set-up scripts: each trouble ends them with one sentence, and leaves nothing half made."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SETUP = Path(settings.BASE_DIR) / "safeguarding" / "setup"
SCRIPTS = sorted(SETUP.glob("*.py"))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The project's set-up on its own: scripts and lists, nothing installed."""
    shutil.copytree(SETUP, tmp_path / "safeguarding" / "setup")
    for name in ("apt.txt", "requirements.lock", "requirements-dev.lock", "package-lock.json"):
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def path_without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of commands that stands for a machine: it has what a test puts there."""
    return tmp_path_factory.mktemp("bin")


def run(tree: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python code among the scripts, as the machine's own Python runs them."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree / "safeguarding" / "setup",
        env={"PATH": os.environ["PATH"], "HOME": str(tree)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def left(tree: Path) -> set[str]:
    return {path.name for path in tree.iterdir()}


BEFORE = {
    "apt.txt",
    "package-lock.json",
    "requirements-dev.lock",
    "requirements.lock",
    "safeguarding",
}


def test_there_are_scripts() -> None:
    assert "ground.py" in {path.name for path in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_can_be_read_by_an_old_python(script: Path) -> None:
    """Else it dies of a syntax error before it can say that the Python is old."""
    ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_needs_the_standard_library_only(script: Path) -> None:
    own = {path.stem for path in SCRIPTS}
    imported = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).split(".")[0])
    assert imported - own <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("script", ["demo", "install", "suite", "lock"])
def test_old_python_is_refused(tree: Path, script: str) -> None:
    answer = run(tree, f"import sys; sys.version_info = (3, 9, 2); import {script}")
    assert answer.returncode == 1
    assert answer.stderr == (
        "This is Python 3.9, and the portal needs 3.11 or newer. Install one and name it: "
        "make demo PYTHON=python3.11\n"
    )
    assert left(tree) == BEFORE


def test_busy_port_is_refused_before_anything(tree: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run(tree, "import demo; demo.main()", PORT=str(port))
    assert answer.returncode == 1
    assert answer.stderr == (
        f"Port {port} cannot be used (Address already in use). Try: make demo PORT={port + 1}\n"
    )
    assert left(tree) == BEFORE


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80.5"])
def test_wrong_port_is_refused(tree: Path, port: str) -> None:
    answer = run(tree, "import demo; demo.main()", PORT=port)
    assert answer.stderr == f"PORT is {port!r}. Set it to a whole number from 1 to 65535.\n"
    assert left(tree) == BEFORE


def test_wrong_serve_is_refused(tree: Path) -> None:
    answer = run(tree, "import demo; demo.main()", SERVE="no")
    assert answer.stderr == "SERVE is 'no'. Set it to 0 to stop before serving, or to 1.\n"
    assert left(tree) == BEFORE


def test_official_statistics_in_no_folder_are_refused_before_any_work(tree: Path) -> None:
    answer = run(tree, "import demo; demo.main()", SERVE="0", OFFICIAL="nowhere")
    assert answer.stderr == (
        "OFFICIAL is 'nowhere', which is no folder. Name the one with the published files.\n"
    )
    assert left(tree) == BEFORE


def test_folder_that_cannot_be_made_is_said(tree: Path) -> None:
    (tree / "file").touch()
    answer = run(tree, "import demo; demo.main()", SERVE="0", VAR_DIR=str(tree / "file" / "var"))
    assert answer.returncode == 1
    assert answer.stderr == (
        f"{tree}/file/var cannot be written to (Not a directory). "
        "Set VAR_DIR to a folder that can.\n"
    )
    assert left(tree) == BEFORE | {"file"}


def test_wrong_require_is_refused(tree: Path) -> None:
    answer = run(tree, "import suite; suite.main([])", REQUIRE="some")
    assert answer.stderr == "REQUIRE is 'some'. Set it to all, or leave it unset.\n"
    assert left(tree) == BEFORE


def test_unknown_part_of_the_suite_is_refused(tree: Path) -> None:
    answer = run(tree, "import suite; suite.main(['lnt'])")
    assert answer.stderr == (
        "There is no part 'lnt'. Choose from: lint, unit, slow, postgres, browser.\n"
    )


def test_no_pango_is_said(tree: Path, path_without: Path) -> None:
    """Not on Debian: there is no dpkg-query to ask."""
    code = "import system; system.PANGO = ('libnowhere.so',); import install; install.install()"
    answer = run(tree, code, PATH=str(path_without))
    assert answer.returncode == 1
    assert answer.stderr == (
        "The library Pango, which lays out the PDF, cannot be loaded. Install Pango 1.44 or "
        "newer with this machine's package manager (macOS: brew install pango), then try again.\n"
    )
    assert left(tree) == BEFORE


def command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_missing_package_is_named_to_an_ordinary_user(tree: Path, path_without: Path) -> None:
    command(path_without, "dpkg-query", "echo 'fonts-liberation2 installed'")
    command(path_without, "apt-get", "touch asked")
    code = "import os; os.geteuid = lambda: 1000; import install; install.install()"
    answer = run(tree, code, PATH=str(path_without))
    assert answer.returncode == 1
    assert answer.stderr == (
        "This machine lacks Debian packages. Run this, then try again: sudo apt-get install "
        "--no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )
    assert left(tree) == BEFORE


def test_missing_package_is_printed_and_installed_as_root(tree: Path, path_without: Path) -> None:
    command(path_without, "dpkg-query", "echo 'libpango-1.0-0 installed'")
    command(path_without, "apt-get", f'echo "$@" >> {tree}/asked')
    code = (
        "import os; os.geteuid = lambda: 0; import system; system.pango_loads = lambda: True; "
        "system.ensure(['run'])"
    )
    answer = run(tree, code, PATH=f"{path_without}:/bin:/usr/bin")
    wanted = "libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2"
    assert answer.stdout == f"Installing Debian packages: {wanted}\n"
    assert (tree / "asked").read_text() == (
        f"update -qq\ninstall -qq -y --no-install-recommends {wanted}\n"
    )


def test_failed_package_install_is_said(tree: Path, path_without: Path) -> None:
    command(path_without, "dpkg-query", "true")
    command(path_without, "apt-get", "exit 100")
    code = "import os; os.geteuid = lambda: 0; import system; system.ensure(['venv'])"
    answer = run(tree, code, PATH=f"{path_without}:/bin:/usr/bin")
    assert answer.returncode == 1
    assert answer.stderr == (
        "`apt-get update` failed (its words are above). Mend that, or run `apt-get install "
        "python3-venv` yourself, and try again.\n"
    )


PRETEND = """
import subprocess, install, system
system.ensure = lambda groups: None
calls = []
def pretend(what, command, hint, **environment):
    calls.append(what)
    if {fails!r} in what:
        raise SystemExit("ended in the middle")
    if "assets" in what:
        (install.ROOT / "node_modules").mkdir(exist_ok=True)
install.quietly = pretend
install.npm = lambda: ["npm"]
install._venv_runs = lambda: (install.VENV / "bin").exists()
install.venv.create = lambda where, **options: (where / "bin").mkdir()
try:
    install.install(dev={dev})
finally:
    print(calls)
"""
PYTHON = "Installing Python packages from requirements.lock"
PYTHON_DEV = "Installing Python packages from requirements-dev.lock"
ASSETS = "Installing assets from package-lock.json"


def installed(tree: Path, *, fails: str = "nothing", dev: bool = False) -> list[str]:
    """What a run would install; the installing itself is the machine's, and left out here."""
    told = run(tree, PRETEND.format(fails=fails, dev=dev)).stdout
    return list(ast.literal_eval(told))


def test_second_run_installs_nothing(tree: Path) -> None:
    assert installed(tree) == [PYTHON, ASSETS]
    assert installed(tree) == []


def test_run_that_was_ended_in_its_middle_is_mended(tree: Path) -> None:
    assert installed(tree, fails="Python") == [PYTHON]
    (tree / ".venv" / "half").touch()
    assert installed(tree) == [PYTHON, ASSETS]
    assert not (tree / ".venv" / "half").exists()
    assert not (tree / ".venv" / "unfinished").exists()


def test_assets_that_failed_are_installed_again(tree: Path) -> None:
    assert installed(tree, fails="assets") == [PYTHON, ASSETS]
    assert installed(tree) == [ASSETS]


def test_test_tools_are_added_and_stay(tree: Path) -> None:
    assert installed(tree) == [PYTHON, ASSETS]
    assert installed(tree, dev=True) == [PYTHON_DEV, ASSETS]
    assert installed(tree) == []


def test_changed_lock_is_installed(tree: Path) -> None:
    assert installed(tree, dev=True) == [PYTHON_DEV, ASSETS]
    with (tree / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert installed(tree) == [PYTHON_DEV]


def test_venv_made_by_hand_is_kept(tree: Path) -> None:
    (tree / ".venv" / "bin").mkdir(parents=True)
    (tree / ".venv" / "mine").touch()
    assert installed(tree) == [PYTHON, ASSETS]
    assert (tree / ".venv" / "mine").exists()


def test_venv_of_another_python_is_made_anew(tree: Path) -> None:
    assert installed(tree) == [PYTHON, ASSETS]
    stamp = tree / ".venv" / "installed.json"
    stamp.write_text(stamp.read_text().replace('"python": [3, ', '"python": [2, '))
    (tree / ".venv" / "old").touch()
    assert installed(tree) == [PYTHON]
    assert not (tree / ".venv" / "old").exists()


SERVE = """
import sys, serve
serve.VENV_PYTHON = sys.executable
serve.commands = lambda port: {{
    "web server": [sys.executable, "-c", "import time; time.sleep(60)"],
    "worker": [sys.executable, "-c", "import time; time.sleep(0.5); sys.exit(3)"],
}}
serve.serve({port})
"""


def test_all_stop_when_one_ends(tree: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = run(tree, SERVE.format(port=port))
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == (
        "The worker ended by itself; its last words are above. Everything was stopped."
    )


def test_environment_that_lost_a_package_says_which_and_what_to_do(tmp_path: Path) -> None:
    """A module that is not there shadows one of the environment's."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['dj_database_url'] = None  # as if it were not installed\n"
    )
    ended = subprocess.run(
        [sys.executable, "manage.py", "health"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip() == (
        "The Python package dj_database_url is missing. "
        "Delete the folder .venv and run `make demo` again."
    )


def test_processes_of_the_set_up_keep_what_they_compile(tree: Path) -> None:
    (tree / "compiled_once.py").touch()
    code = (
        "import subprocess, sys, ground;"
        "own = [sys.executable, '-c', 'import compiled_once'];"
        "subprocess.run(own, cwd=ground.ROOT, check=True)"
    )
    answer = run(tree, code, PYTHONDONTWRITEBYTECODE="1")
    assert answer.returncode == 0, answer.stderr
    assert list(tree.glob("__pycache__/compiled_once.*.pyc"))
