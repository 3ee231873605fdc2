"""One way, or several, to break each constraint: one module for each app.

A module has `CASES`: pairs of a constraint's name, or of `Model.field` for a field that is
unique by itself, and a function that breaks it and nothing else. A constraint without a case
fails `test_constraints.py`, and so does a case that the database lets through.
"""

from collections.abc import Callable
from typing import Any


def again(make: Callable[..., Any], *same: str, **more: Any) -> None:
    """A row, and a second one that has some of the first one's values."""
    first = make(**more)
    make(**more, **{name: getattr(first, name) for name in same})
