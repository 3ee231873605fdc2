"""What the set-up scripts stand on. Runs on the machine's own Python, before anything is installed.

Only the standard library, and a syntax that Python 3.6 can read: an old Python has to get as
far as the sentence below, so no walrus, no `match`, no `from __future__ import annotations`.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "This is Python {}.{}, and the portal needs 3.11 or newer. Install one and name it: "
        "make demo PYTHON=python3.11".format(*sys.version_info[:2])
    )

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
LAST_LINES = 15
# Packages come uncompiled, and each module is compiled when it is first imported. Where this is
# set, as in many images, nothing of that is kept: every process would compile Django and pandas
# anew, which takes it twice as long as all else that it does to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def stop(sentence: str) -> NoReturn:
    """End with one sentence on standard error and exit code 1."""
    sys.exit(sentence)


def say(words: str) -> None:
    print(words, flush=True)


def own_folder() -> None:
    """Make VAR_DIR; stops where it cannot be made or written to."""
    try:
        VAR.mkdir(parents=True, exist_ok=True)
        (VAR / "setup.log").touch()
    except OSError as error:
        stop(f"{VAR} cannot be written to ({error.strerror}). Set VAR_DIR to a folder that can.")


def quietly(what: str, command: Sequence[str], hint: str, **environment: str) -> None:
    """Run a command and say what it does and for how long; its output goes to a log.

    Stops with the log's last lines, the name of the log and the hint where it fails.
    """
    log = VAR / "setup.log"
    own_folder()
    print(what, end=" ... ", flush=True)
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            check=False,
        )
    if ended.returncode != 0:
        say("failed")
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        print("\n".join("    " + line for line in last), file=sys.stderr)
        stop(f"{what} failed: {hint} The whole output is in {log}.")
    say(f"done ({time.monotonic() - started:.0f} s)")


def manage(*arguments: str) -> list[str]:
    """A command line for manage.py in the project's own environment."""
    return [str(VENV_PYTHON), "manage.py", *arguments]
