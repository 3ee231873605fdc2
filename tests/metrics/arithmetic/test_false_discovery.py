import pytest
from statsmodels.stats.multitest import multipletests

from metrics.arithmetic.false_discovery import adjusted, discoveries

# Benjamini and Hochberg (1995), section 3.2: fifteen tests of thrombolysis after infarction.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_discoveries_as_published() -> None:
    """The four smallest are kept at 5%; Bonferroni would keep three."""
    assert discoveries(PUBLISHED) == [True] * 4 + [False] * 11


def test_adjusted_agrees_with_statsmodels() -> None:
    _, expected, _, _ = multipletests(PUBLISHED, method="fdr_bh")
    assert adjusted(PUBLISHED) == pytest.approx(list(expected), rel=1e-12)


def test_untested_changes_take_no_part() -> None:
    assert adjusted([None, 0.04, None]) == [None, 0.04, None]
    assert discoveries([None, 0.04, None]) == [False, True, False]
    assert discoveries([]) == []


def test_one_change_among_many_that_did_not_is_no_longer_clear() -> None:
    assert discoveries([0.04, *[0.5] * 20])[0] is False
