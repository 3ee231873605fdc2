"""CI runs what the README tells a person to run, on a machine it fits out from one list."""

import re

from tests.house.deployment import text_of


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = re.search(r"^## Test it\n\n```sh\n(.+)\n```", text_of("README.md"), re.MULTILINE)
    assert command is not None
    assert f"\nREQUIRE=all {command[1]}\n" in text_of(".ci/run")


def test_ci_hides_no_failure() -> None:
    script = text_of(".ci/run")
    assert "\nset -Eeuo pipefail\n" in script
    assert re.findall(r"\|\| true|\|\| :|set \+e", script) == []


def test_every_command_of_make_is_explained() -> None:
    makefile = text_of("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"help"}
    explained = set(re.findall(r'@echo "make ([a-z-]+) ', makefile))
    assert explained == targets
    assert (
        set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()) - {"help"} == targets
    )


def test_every_package_says_what_it_is_for() -> None:
    lines = [line for line in text_of("apt.txt").splitlines() if line and line[0] != "#"]
    assert [
        line for line in lines if not re.fullmatch(r"(venv|run|check) +\S+ +# \w.+", line)
    ] == []
