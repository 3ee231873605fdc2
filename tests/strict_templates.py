"""A template that names a variable which does not exist fails its test.

Django prints nothing for such a variable, so that a misspelt name looks like an empty page.
Everything else stays as in production: `{% if missing %}` is false, `{{ missing|default:"" }}`
is the default, and a one-to-one row that is not there is empty. Templates of installed
libraries are not ours to mend and are left out.
"""

import sys
from pathlib import Path
from types import FrameType

import allauth

LIBRARIES = Path(allauth.__file__).resolve().parent.parent


class UndefinedVariable(Exception):
    """Says which variable, in which template."""


class Undefined(str):
    """What the engine puts in place of a variable that could not be found.

    `FilterExpression.resolve` asks of it, one after the other: is it true, does it hold
    "%s", and then `%`. Only there is it true; whoever else tests it sees the empty text.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return _expression(sys._getframe(1)) is not None

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        frame = _expression(sys._getframe(1))
        assert frame is not None
        template = frame.f_locals["context"].render_context.template
        origin = Path(template.origin.name)
        if origin.is_relative_to(LIBRARIES):
            return ""
        raise UndefinedVariable(f"{variable} is undefined in {template.name} ({origin})")


def _expression(frame: FrameType) -> FrameType | None:
    """The frame, if it is an expression being resolved that names no default of its own."""
    if frame.f_code.co_qualname != "FilterExpression.resolve":
        return None
    filters = frame.f_locals["self"].filters
    first = filters[0][0].__name__ if filters else ""
    return None if first in {"default", "default_if_none"} else frame
