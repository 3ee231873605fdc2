"""Published examples to their printed digits, and agreement with implementations of another kind.

The examples are those of the vignette "Introduction to PHEindicatormethods" (Public Health
England, version of 25 April 2018): functions `phe_proportion` and `phe_rate`, eight areas,
at 95% and 99.8%.
"""

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from metrics.arithmetic.intervals import (
    difference_of_proportions,
    dispersion,
    dispersion_of_sums,
    proportion_interval,
    rate_interval,
    ratio_of_rates,
)

# obs, pop, as in the vignette's data frame
AREAS = [(87, 131), (1, 164), (44, 134), (13, 109), (83, 131), (7, 139), (43, 137), (5, 163)]
RATES_95 = [
    ("53191.89721", "81920.133"),
    ("15.43769", "3397.344"),
    ("23856.24577", "44081.622"),
    ("6344.25775", "20396.080"),
    ("50463.30549", "78543.665"),
    ("2024.72162", "10376.025"),
    ("22712.53344", "42278.943"),
    ("996.00392", "7158.486"),
]
RATES_998 = [
    ("46.54873", "91.51034"),
    ("0.0006100612", "5.63013"),
    ("19.61417", "51.21896"),
    ("4.192660", "26.14598"),
    ("44.00613", "87.94878"),
    ("1.093767", "14.11955"),
    ("18.62510", "49.19876"),
    ("0.4536023", "10.09494"),
]
PERCENTAGES_95 = [
    ("57.9592491", "73.930053"),
    ("0.1077181", "3.372625"),
    ("25.4598570", "41.168471"),
    ("7.1039739", "19.341500"),
    ("54.8367919", "71.119617"),
    ("2.4605552", "10.029837"),
    ("24.2136529", "39.575419"),
    ("1.3172190", "6.978956"),
]
PROPORTIONS_998 = [
    ("0.5293576135", "0.77658434"),
    ("0.0005322047", "0.06601672"),
    ("0.2181147658", "0.46143836"),
    ("0.0529712429", "0.24689949"),
    ("0.4985908973", "0.75043163"),
    ("0.0167360401", "0.14179381"),
    ("0.2069168113", "0.44507799"),
    ("0.0084801369", "0.10481797"),
]


def _printed(value: float, like: str) -> str:
    """The value with as many decimals as the published one."""
    return f"{value:.{-int(Decimal(like).as_tuple().exponent)}f}"


def _as_published(found: tuple[NDArray[np.float64], ...], published: list[tuple[str, str]]) -> None:
    for row, printed in enumerate(published):
        assert tuple(_printed(found[end][row], printed[end]) for end in (0, 1)) == printed


@pytest.fixture
def areas() -> tuple[list[int], list[int]]:
    return [obs for obs, _ in AREAS], [pop for _, pop in AREAS]


def test_rates_as_published(areas: tuple[list[int], list[int]]) -> None:
    _as_published(rate_interval(*areas, 100_000), RATES_95)
    _as_published(rate_interval(*areas, 100, confidence=0.998), RATES_998)


def test_proportions_as_published(areas: tuple[list[int], list[int]]) -> None:
    _as_published(proportion_interval(*areas, 100), PERCENTAGES_95)
    _as_published(proportion_interval(*areas, confidence=0.998), PROPORTIONS_998)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(12, "1.0", "3.5"), (18, "1.8", "4.7"), (5, "0.3", "1.9"), (0, "0.0", "0.6")],
)
def test_rates_per_10000_of_60000_children(events: int, low: str, high: str) -> None:
    found = rate_interval(events, 60_000, 10_000)
    assert (f"{float(found.low):.1f}", f"{float(found.high):.1f}") == (low, high)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(967, 4194, "21.8", "24.4"), (22, 64, "23.9", "46.6")]
)
def test_percentages_by_wilson(part: int, whole: int, low: str, high: str) -> None:
    found = proportion_interval(part, whole, 100)
    assert (f"{float(found.low):.1f}", f"{float(found.high):.1f}") == (low, high)


def test_newcombe_as_published() -> None:
    """Newcombe (1998), table II, method 10: 56/70 less 48/80, and 9/10 less 3/10."""
    found = difference_of_proportions([48, 3], [80, 10], [56, 9], [70, 10])
    assert [round(float(low), 4) for low in found.low] == [0.0524, 0.1705]
    assert [round(float(high), 4) for high in found.high] == [0.3339, 0.8090]


# Implementations that do not call the same functions


def test_wilson_agrees_with_statsmodels() -> None:
    for part in range(0, 51, 5):
        found = proportion_interval(part, 50)
        low, high = proportion_confint(part, 50, alpha=0.05, method="wilson")
        assert float(found.low) == pytest.approx(low, rel=1e-9, abs=1e-12)
        assert float(found.high) == pytest.approx(high, rel=1e-9, abs=1e-12)


def test_newcombe_agrees_with_statsmodels() -> None:
    for a, b in [(0, 7), (19, 24), (50, 50), (3, 0), (99, 31)]:
        found = difference_of_proportions(a, 100, b, 120)
        low, high = confint_proportions_2indep(b, 120, a, 100, method="newcomb", compare="diff")
        assert float(found.low) == pytest.approx(low, rel=1e-9, abs=1e-12)
        assert float(found.high) == pytest.approx(high, rel=1e-9, abs=1e-12)


def test_exact_rates_agree_with_statsmodels() -> None:
    """It takes the bounds from chi-squared, we from the gamma distribution."""
    for events in range(1, 10):
        found = rate_interval(events, 1)
        low, high = confint_poisson(events, 1, method="exact-c", alpha=0.05)
        assert float(found.low) == pytest.approx(low, rel=1e-9)
        assert float(found.high) == pytest.approx(high, rel=1e-9)


def test_exact_rates_have_the_tails_that_they_claim() -> None:
    """Summed term by term: 2.5% of Poisson events at each bound lie as far out or further."""
    for events in range(1, 10):
        found = rate_interval(events, 1)
        below = _poisson_up_to(events - 1, float(found.low))
        assert 1 - below == pytest.approx(0.025, rel=1e-9)
        assert _poisson_up_to(events, float(found.high)) == pytest.approx(0.025, rel=1e-9)


def _poisson_up_to(events: int, mean: float) -> float:
    return math.fsum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(events + 1))


def test_byars_agrees_with_its_formula_in_decimals() -> None:
    getcontext().prec = 50
    z = Decimal("1.959963984540054235524594430520551527955550077")
    for events in (10, 12, 150, 5135):
        found = rate_interval(events, 1)
        x, above = Decimal(events), Decimal(events + 1)
        low = x * (1 - 1 / (9 * x) - z / (3 * x.sqrt())) ** 3
        high = above * (1 - 1 / (9 * above) + z / (3 * above.sqrt())) ** 3
        assert float(found.low) == pytest.approx(float(low), rel=1e-12)
        assert float(found.high) == pytest.approx(float(high), rel=1e-12)


def _binomial_at_least(k: int, n: int, share: float) -> float:
    return math.fsum(math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k, n + 1))


@pytest.mark.parametrize(
    ("x1", "d1", "x2", "d2"), [(12, 60_000, 18, 60_000), (3, 100, 14, 150), (40, 9, 22, 11)]
)
def test_ratio_of_rates_has_the_tails_that_it_claims(x1: int, d1: int, x2: int, d2: int) -> None:
    """Binomial probabilities summed term by term at both bounds and at equal rates."""
    found = ratio_of_rates(x1, d1, x2, d2)
    n = x1 + x2

    def share(ratio: float) -> float:
        return ratio * d2 / (d1 + ratio * d2)

    assert _binomial_at_least(x2, n, share(float(found.low))) == pytest.approx(0.025, rel=1e-9)
    beyond = 1 - _binomial_at_least(x2 + 1, n, share(float(found.high)))
    assert beyond == pytest.approx(0.025, rel=1e-9)
    up = _binomial_at_least(x2, n, share(1.0))
    down = 1 - _binomial_at_least(x2 + 1, n, share(1.0))
    assert float(found.p) == pytest.approx(min(1.0, 2 * min(up, down)), rel=1e-9)


def test_ratio_of_rates_without_events_says_nothing() -> None:
    found = ratio_of_rates(0, 100, 0, 100)
    assert (float(found.low), float(found.high), float(found.p)) == (0.0, math.inf, 1.0)


def test_dispersion_agrees_with_a_poisson_model() -> None:
    """Pearson's chi-squared over residual degrees of freedom, as a fitted GLM reports it."""
    events = np.array([120.0, 98, 143, 171, 90, 133, 160, 84, 125])
    exposure = np.array([60_000.0, 60_200, 60_900, 61_000, 61_300, 61_900, 62_000, 62_400, 62_900])
    model = sm.GLM(events, np.ones(9), family=sm.families.Poisson(), exposure=exposure).fit()
    assert dispersion(events, exposure) == pytest.approx(model.pearson_chi2 / 8, rel=1e-9)


def test_dispersion_is_at_least_one() -> None:
    assert dispersion([100] * 8, [1] * 8) == 1.0
    assert dispersion([0] * 8, [1] * 8) == 1.0


def test_dispersion_needs_eight_points() -> None:
    assert dispersion([1, 90, 2, 80, 3, 70, 4], [1] * 7) is None
    assert math.isnan(float(dispersion_of_sums(7, 10, 7, 90)))
