"""Log lines that repeat no values.

An exception's own words often do: PostgreSQL's say which e-mail address exists already. So a
fault is logged as its type and where it happened, which is enough to find and repeat it.
This module is imported before the apps are ready, and knows none of them.
"""

import logging
import traceback
from types import TracebackType


class WithoutValues(logging.Formatter):
    """A formatter that leaves out what exceptions say."""

    def formatException(  # noqa: N802  (the name is logging's)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        error = ei[1]
        lines = []
        while error is not None:
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
