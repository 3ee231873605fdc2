"""Transactions that are begun anew where somebody else came in between."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

TIMES = 5  # that one is begun
_KNOT = "40P01"  # PostgreSQL's code for the one of two who wait for each other that it undoes

P = ParamSpec("P")
R = TypeVar("R")


class Meanwhile(Exception):
    """Raised by a verb where somebody else has just written what it set out from."""


def begin_again(verb: Callable[P, R]) -> Callable[P, R]:
    """Runs a verb in a transaction; undone and anew after `Meanwhile`, or to untie a knot.

    The verb must change nothing but the database. A knot inside of another transaction has undone
    that as well: then the error goes on.
    """

    @wraps(verb)
    def whole(*args: P.args, **kw: P.kwargs) -> R:
        left = TIMES
        while True:
            left -= 1
            try:
                with transaction.atomic():
                    return verb(*args, **kw)
            except Meanwhile:
                if not left:
                    raise
            except OperationalError as error:
                knot = getattr(error.__cause__, "pgcode", None) == _KNOT
                if not knot or not left or connection.in_atomic_block:
                    raise

    return whole
