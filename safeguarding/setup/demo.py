"""`make demo`: installs what is missing, loads the portal's data, and serves it."""

import os
import subprocess
import sys

from ground import ROOT, manage, own_folder, quietly, say, stop
from install import install
from serve import free_port, serve

DATABASE_HINT = "Mend what the lines above say and run `make demo` again."


def main() -> None:
    serving = serving_wanted()
    official = official_wanted()
    port = free_port() if serving else 0
    own_folder()
    install()
    loudly("health")
    quietly("Bringing the database up to date", manage("migrate", "--noinput"), DATABASE_HINT)
    quietly("Making the cache table", manage("createcachetable"), DATABASE_HINT)
    static = manage("collectstatic", "--noinput", "--clear")
    quietly("Collecting static files", static, "Remove node_modules and run `make demo` again.")
    loudly("load_demo", *official)
    if serving:
        serve(port)
    else:
        say("\nReady. `make demo` serves it.")


def serving_wanted() -> bool:
    text = os.environ.get("SERVE", "").strip() or "1"
    if text not in ("0", "1"):
        stop(f"SERVE is {text!r}. Set it to 0 to stop before serving, or to 1.")
    return text == "1"


def official_wanted() -> list[str]:
    """The folder of published statistics to import besides, as arguments of `load_demo`."""
    folder = os.environ.get("OFFICIAL", "").strip()
    if folder and not (ROOT / folder).is_dir():
        stop(f"OFFICIAL is {folder!r}, which is no folder. Name the one with the published files.")
    return ["--official", folder] if folder else []


def loudly(*arguments: str) -> None:
    """A command of manage.py whose words are for the reader; its failure ends the demo."""
    ended = subprocess.run(manage(*arguments), cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if ended.returncode != 0:
        sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
