"""The machine's own packages: read from apt.txt, asked of Debian, installed as root."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from ground import ROOT, say, stop

# The names under which Linux, macOS and Windows know what WeasyPrint loads.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0-0", "libpango-1.0-0.dll")


def listed(groups: Sequence[str]) -> list[str]:
    """The packages that apt.txt lists for these groups, in its order."""
    lines = (ROOT / "apt.txt").read_text(encoding="utf-8").splitlines()
    fields = [line.split("#")[0].split() for line in lines]
    return [field[1] for field in fields if field and field[0] in groups]


def missing(packages: Sequence[str]) -> list[str]:
    """Which of these packages Debian does not have installed."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in there]


def ensure(groups: Sequence[str]) -> None:
    """Install what is missing as root on Debian; anyone else is told the one command first."""
    on_debian = bool(shutil.which("dpkg-query") and shutil.which("apt-get"))
    if on_debian:
        wanted = missing(listed(groups))
        if wanted and os.geteuid() == 0:
            _install(wanted)
        elif wanted:
            stop(
                "This machine lacks Debian packages. Run this, then try again: "
                f"sudo apt-get install --no-install-recommends {' '.join(wanted)}"
            )
    if "run" in groups and not pango_loads():
        stop(
            "The library Pango, which lays out the PDF, cannot be loaded. Install Pango 1.44 or "
            "newer with this machine's package manager (macOS: brew install pango), then try again."
        )


def groups_to_run() -> list[str]:
    """What the portal needs here: python3-venv only beside a Python that cannot make one."""
    return ["run"] if importlib.util.find_spec("ensurepip") else ["venv", "run"]


def pango_loads() -> bool:
    for name in PANGO:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _install(packages: Sequence[str]) -> None:
    say(f"Installing Debian packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=quiet, check=False
        )
        if ended.returncode != 0:
            stop(
                f"`{' '.join(command[:2])}` failed (its words are above). "
                f"Mend that, or run `apt-get install {' '.join(packages)}` yourself, and try again."
            )


if __name__ == "__main__":
    ensure([*groups_to_run(), *sys.argv[1:]])
