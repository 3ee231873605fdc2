#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    try:
        run()
    except ModuleNotFoundError as error:
        if (Path(__file__).parent / (error.name or "").partition(".")[0]).exists():
            raise  # one of ours: a fault, not an environment that is incomplete
        sys.exit(
            f"The Python package {error.name} is missing. "
            "Delete the folder .venv and run `make demo` again."
        )


def run() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The settings are wrong: {error}")


if __name__ == "__main__":
    main()
