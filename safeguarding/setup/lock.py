"""`make lock`: writes the lock files anew. They hold versions and checksums, and no addresses."""

import sys

from ground import ROOT, VENV, quietly
from install import REGISTRY_HINT, npm

LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev", "-c", "requirements.lock"],
    "requirements-npm.lock": ["--group", "npm"],
}


def compile_command(name: str, sources: list[str], *, upgrade: bool) -> list[str]:
    """What is locked stays as it is where pyproject.toml allows it, unless told to upgrade."""
    return [
        str(VENV / "bin" / "uv"),
        *["pip", "compile", *sources, "--quiet", "--output-file", name],
        *["--universal", "--python-version", "3.11", "--generate-hashes"],
        *["--only-binary", ":all:", "--no-emit-index-url", "--no-emit-find-links"],
        *["--no-annotate", "--custom-compile-command", "make lock"],
        *(["--upgrade"] if upgrade else []),
    ]


def main(*, upgrade: bool) -> None:
    for name, sources in LOCKS.items():
        command = compile_command(name, sources, upgrade=upgrade)
        quietly(f"Writing {name}", command, REGISTRY_HINT)
    options = ["--package-lock-only"]
    verb = "update" if upgrade else "install"
    quietly("Writing package-lock.json", [*npm(), verb, *options], REGISTRY_HINT)
    if '"resolved"' in (ROOT / "package-lock.json").read_text(encoding="utf-8"):
        sys.exit("package-lock.json holds addresses. Is .npmrc still there? Take them out.")
    # A registry that lacks one platform's binary leaves a lock that `npm ci` refuses.
    hint = "Lower the version that is named above in package.json, and try again."
    quietly("Checking package-lock.json", [*npm(), "ci", "--dry-run"], hint)


if __name__ == "__main__":
    main(upgrade="upgrade" in sys.argv[1:])
