"""Benjamini and Hochberg (1995): keeping false alarms rare in a list of many tests.

Of 170 indicators tested at 5%, eight would be called changed each quarter by chance alone. A
list of what changed is therefore drawn up over all tested changes of one partnership and
period together, so that of those it calls changed 5% are expected to be chance.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE = 0.05


def adjusted(p_values: Sequence[float | None]) -> list[float | None]:
    """For each p-value the smallest rate at which it would still be kept; None stays None.

    The k-th smallest of m is multiplied by m / k, and none may exceed a later one.
    """
    places = [place for place, p in enumerate(p_values) if p is not None]
    known = np.array([p for p in p_values if p is not None], dtype=np.float64)
    found: list[float | None] = [None] * len(p_values)
    for place, value in zip(places, _adjusted(known), strict=True):
        found[place] = float(value)
    return found


def discoveries(p_values: Sequence[float | None], rate: float = RATE) -> list[bool]:
    """Which of the tests still count as a change in a list of all of them."""
    return [value is not None and value < rate for value in adjusted(p_values)]


def _adjusted(known: NDArray[np.float64]) -> NDArray[np.float64]:
    count = known.size
    order = np.argsort(known, kind="stable")
    steps = known[order] * count / np.arange(1, count + 1)
    found = np.empty(count)
    found[order] = np.minimum(1.0, np.minimum.accumulate(steps[::-1])[::-1])
    return found
