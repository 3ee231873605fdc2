"""Intervals and tests for rates and proportions, over whole arrays at once.

Every function takes numbers or arrays that broadcast, and returns float arrays. Counts may be
fractions: clustered events are divided by their overdispersion factor first.

Sources: Byar's and the exact interval as in Breslow and Day (1987), volume II, page 69, and
Armitage, Berry and Matthews (2002), which PHEindicatormethods follows; Wilson (1927);
Newcombe (1998), method 10; the conditional test of two Poisson rates, Przyborowski and
Wilenski (1940); Pearson's chi-squared for overdispersion, McCullagh and Nelder (1989).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
SMALL = 10  # events below which an interval is exact
LEAST_POINTS = 8  # earlier points that an overdispersion factor needs
_STEPS = 52  # halvings: the score is then known to 1e-14
_LARGEST_SCORE = 40.0  # beyond it a p-value is 0 in double precision


class Interval(NamedTuple):
    low: Floats
    high: Floats


class Contrast(NamedTuple):
    """An interval for how two figures compare, and the two-sided p-value that agrees with it."""

    low: Floats
    high: Floats
    p: Floats


def _floats(*values: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))


def rate_interval(
    events: ArrayLike, exposure: ArrayLike, scale: ArrayLike = 1.0, confidence: float = CONFIDENCE
) -> Interval:
    """The interval of events / exposure x scale: exact under 10 events, Byar's from 10.

    `exposure` is above 0. With no events the lower bound is 0.
    """
    x, d, per = _floats(events, exposure, scale)
    tail = (1 - confidence) / 2
    z = special.ndtri(1 - tail)
    many = np.maximum(x, SMALL)
    low = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    above = many + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    small = x < SMALL
    if small.any():
        few = np.where(small, x, 1.0)
        # The chi-squared quantile with 2x degrees of freedom, halved, is the gamma quantile.
        exact_low = np.where(few > 0, special.gammaincinv(np.where(few > 0, few, 1.0), tail), 0.0)
        low = np.where(small, exact_low, low)
        high = np.where(small, special.gammaincinv(few + 1, 1 - tail), high)
    return Interval(low / d * per, high / d * per)


def proportion_interval(
    part: ArrayLike, whole: ArrayLike, scale: ArrayLike = 1.0, confidence: float = CONFIDENCE
) -> Interval:
    """Wilson's score interval of part / whole x scale. `whole` is above 0."""
    x, n, per = _floats(part, whole, scale)
    low, high = _wilson(x / n, n, special.ndtri(1 - (1 - confidence) / 2))
    return Interval(low * per, high * per)


def _wilson(p: Floats, n: Floats, z: Floats | float) -> tuple[Floats, Floats]:
    square = z * z
    centre = p + square / (2 * n)
    spread = z * np.sqrt(p * (1 - p) / n + square / (4 * n * n))
    size = 1 + square / n
    return np.clip((centre - spread) / size, 0.0, p), np.clip((centre + spread) / size, p, 1.0)


def ratio_of_rates(
    x1: ArrayLike, d1: ArrayLike, x2: ArrayLike, d2: ArrayLike, confidence: float = CONFIDENCE
) -> Contrast:
    """How many times the first rate the second is: (x2 / d2) / (x1 / d1).

    Given x1 + x2 events, those of the second are binomial, so its exact (Clopper-Pearson)
    bounds turn into bounds of the ratio. The p-value is twice the smaller tail, at most 1, and
    is under 1 - confidence exactly where the interval leaves out 1. `high` is infinite where
    x1 is 0.
    """
    a, da, b, db = _floats(x1, d1, x2, d2)
    tail = (1 - confidence) / 2
    share_low = _beta_quantile(b, a + 1, tail)
    share_of_first_low = _beta_quantile(a, b + 1, tail)
    with np.errstate(divide="ignore", over="ignore"):
        low = share_low / (1 - share_low) * da / db
        high = (1 - share_of_first_low) / share_of_first_low * da / db
    share = db / (da + db)
    at_least = np.where(b > 0, special.betainc(np.where(b > 0, b, 1.0), a + 1, share), 1.0)
    at_most = np.where(a > 0, special.betainc(np.where(a > 0, a, 1.0), b + 1, 1 - share), 1.0)
    return Contrast(low, high, np.minimum(1.0, 2 * np.minimum(at_least, at_most)))


def _beta_quantile(a: Floats, b: Floats, tail: float) -> Floats:
    found: Floats = np.where(a > 0, special.betaincinv(np.where(a > 0, a, 1.0), b, tail), 0.0)
    return found


def difference_of_proportions(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = CONFIDENCE
) -> Contrast:
    """The second proportion less the first, as a fraction of 1, with Newcombe's interval.

    The p-value is that of the level at which the interval just reaches 0.
    """
    a, na, b, nb = _floats(x1, n1, x2, n2)
    pa, pb = a / na, b / nb
    z = float(special.ndtri(1 - (1 - confidence) / 2))
    low_a, high_a = _wilson(pa, na, z)
    low_b, high_b = _wilson(pb, nb, z)
    low = pb - pa - np.hypot(pb - low_b, high_a - pa)
    high = pb - pa + np.hypot(high_b - pb, pa - low_a)
    return Contrast(low, high, _newcombe_p(pa, na, pb, nb))


def _newcombe_p(pa: Floats, na: Floats, pb: Floats, nb: Floats) -> Floats:
    """Halves the range of scores until the interval's bound lies on 0."""
    smaller, n_smaller = np.where(pa <= pb, pa, pb), np.where(pa <= pb, na, nb)
    larger, n_larger = np.where(pa <= pb, pb, pa), np.where(pa <= pb, nb, na)
    below = np.zeros_like(pa)
    above = np.full_like(pa, _LARGEST_SCORE)
    for _ in range(_STEPS):
        z = (below + above) / 2
        low, _high = _wilson(larger, n_larger, z)
        _low, high = _wilson(smaller, n_smaller, z)
        excludes = larger - smaller > np.hypot(larger - low, high - smaller)
        below = np.where(excludes, z, below)
        above = np.where(excludes, above, z)
    return np.where(pa == pb, 1.0, 2 * special.ndtr(-below))


def dispersion(events: ArrayLike, exposure: ArrayLike) -> float | None:
    """The overdispersion factor of a series: Pearson's chi-squared per degree of freedom.

    Each point is compared with the series' common rate. At least 1; None under 8 points.
    """
    x, d = _floats(events, exposure)
    factor = dispersion_of_sums(x.size, x.sum(), d.sum(), (x * x / d).sum())
    return None if x.size < LEAST_POINTS else float(factor)


def dispersion_of_sums(
    points: ArrayLike, events: ArrayLike, exposure: ArrayLike, squares: ArrayLike
) -> Floats:
    """The same from sums: of events, of exposure, and of events squared over exposure.

    Chi-squared is the sum of (x - rd)^2 / rd with r = events / exposure, which multiplies out to
    squares / r - events. NaN under 8 points.
    """
    k, x, d, s = _floats(points, events, exposure, squares)
    some = x > 0
    chi = np.where(some, s * d / np.where(some, x, 1.0) - x, 0.0)
    factor = np.maximum(1.0, chi / np.maximum(k - 1, 1))
    return np.where(k >= LEAST_POINTS, factor, np.nan)
