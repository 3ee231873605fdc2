"""The invented returns: the same on every run, in step with one another, planted as told."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from django.conf import settings

from metrics.arithmetic.change import change_of
from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.states import HIGHER, NO_CLEAR_CHANGE
from metrics.entries import Entry
from partnerships.periods import Span, parse, quarter
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.invented_series import Invention, drawn, invention

FOLDER = settings.BASE_DIR / "fixtures" / "demoshire"
QUARTERS = [quarter(year, n) for year in range(2021, 2026) for n in (1, 2, 3, 4)]
COUNT = Measure("count", kind_of_count="independent", roll_up="sum")

Figures = dict[tuple[str, Span], Entry]


@pytest.fixture(scope="module")
def invented() -> Invention:
    return invention(FOLDER)


@pytest.fixture(scope="module")
def figures(invented: Invention) -> Figures:
    return drawn(invented, QUARTERS)


def value(figures: Figures, code: str, span: Span) -> Decimal:
    found = figures[code, span].value
    assert found is not None
    return found


def test_a_quarter_is_the_same_whatever_else_is_asked_for(
    invented: Invention, figures: Figures
) -> None:
    alone = drawn(invented, [QUARTERS[7]])
    assert alone == {key: entry for key, entry in figures.items() if key[1] == QUARTERS[7]}
    assert drawn(invented, QUARTERS) == figures
    assert drawn(invented, QUARTERS, seed="another") != figures


def test_every_series_is_a_quarterly_indicator_of_its_kind(invented: Invention) -> None:
    """Stocks are taken on the last day, what happens adds up, and a ratio has two numbers."""
    rolls_up = {
        row.text("code"): (row.text("unit"), row.text("roll_up"))
        for row in rows(settings.BASE_DIR / "fixtures" / "indicators.csv")
    }
    ways = {"count": {"sum", "last"}, "part": {"sum", "last"}, "stock": {"last"}, "out": {"sum"}}
    wrong = [
        each.code
        for each in invented.series
        if (rolls_up[each.code][0] == "percent") != (each.kind == "ratio")
        or (each.kind != "ratio" and rolls_up[each.code][1] not in ways[each.kind])
    ]
    assert wrong == []
    assert len(invented.series) >= 60


def test_parts_are_no_larger_than_their_wholes(invented: Invention, figures: Figures) -> None:
    compared = 0
    for each in invented.series:
        for span in QUARTERS:
            entry = figures.get((each.code, span))
            if entry is None:
                continue
            if each.kind == "part" and (each.of, span) in figures:
                assert value(figures, each.code, span) <= value(figures, each.of, span)
                compared += 1
            if entry.numerator is not None and entry.denominator is not None:
                assert entry.numerator <= entry.denominator
                assert entry.denominator == value(figures, each.of, span)
                compared += 1
    assert compared > 500


def test_plans_open_follow_from_those_begun_and_ended(figures: Figures) -> None:
    for before, after in pairwise(QUARTERS):
        open_now = value(figures, "cpp-open", before) + value(figures, "cpp-started", after)
        assert value(figures, "cpp-open", after) == open_now - value(figures, "cpp-ended", after)


def test_level_shift_is_as_large_as_planted(figures: Figures) -> None:
    since = parse("2024-25-q1").first
    halves = [
        mean(
            float(value(figures, "missing-episodes", s)) for s in QUARTERS if (s.first < since) is b
        )
        for b in (True, False)
    ]
    assert halves[1] / halves[0] == pytest.approx(1.45, abs=0.12)


def test_planted_shift_is_told_as_a_clear_change_and_noise_mostly_is_not(
    figures: Figures,
) -> None:
    """Held to the arithmetic that the portal uses: a year against the year before."""

    def state(code: str, year: int, n: int) -> str:
        before, after = (value(figures, code, quarter(y, n)) for y in (year - 1, year))
        return change_of(Reading(value=before), Reading(value=after), COUNT).state

    shifted = {state("missing-episodes", 2024, n) for n in (1, 2, 3, 4)}
    assert shifted == {HIGHER}
    steady = [
        state("police-child-abuse-incidents", year, n)
        for year in (2022, 2023, 2024, 2025)
        for n in (1, 2, 3, 4)
    ]
    assert steady.count(NO_CLEAR_CHANGE) >= len(steady) - 2


def test_what_is_missing_is_left_out_by_indicator_and_by_agency(
    invented: Invention, figures: Figures
) -> None:
    supplied = {each.code for each in invented.series if each.agency == "demoshire-icb"}
    missing = {
        (each.code, span.key)
        for each in invented.series
        for span in QUARTERS
        if (each.code, span) not in figures
    }
    assert missing == {
        *((code, "2023-24-q2") for code in supplied),
        *(("mental-health-waiting", key) for key in ("2025-26-q1", "2025-26-q2")),
        ("multi-agency-early-help-assessments", "2025-26-q2"),
    }


def test_small_counts_and_a_zero_are_among_them(figures: Figures) -> None:
    small = [
        value(figures, "child-deaths-notified", span)
        for span in QUARTERS
        if span.key != "2023-24-q2"
    ]
    assert min(small) == 0
    assert any(1 <= count <= 5 for count in small)


def test_larger_place_has_larger_figures(invented: Invention) -> None:
    once, thrice = (drawn(invented, QUARTERS[:1], scale=scale) for scale in (1, 3))
    for code in ("contacts", "referrals", "children-in-care"):
        ratio = value(thrice, code, QUARTERS[0]) / value(once, code, QUARTERS[0])
        assert 2.5 < ratio < 3.5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "contacts,demoshire-council,count",
            "contacts,demoshire-council,sideways",
            "line 2: kind is 'sideways'",
        ),
        ("part,,,,contacts,61", "part,,,,visits,61", "line 3: 'visits' is no series"),
        ("part,,,,contacts,61", "part,,,,,61", "line 3: of is empty"),
        ("2450", "many", "line 2: level is 'many'"),
        ("school", "monsoon", "line 2: season is 'monsoon'"),
        ("part,,,,contacts,61", "part,,,,contacts-acted-on,61", "drawn from one another"),
    ],
)
def test_wrong_row_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = "".join((FOLDER / "series.csv").read_text(encoding="utf-8").splitlines(True)[:3])
    assert old in text
    (tmp_path / "series.csv").write_text(text.replace(old, new), encoding="utf-8")
    (tmp_path / "planted.csv").write_text("kind,subject,first,last,amount,words\n")
    with pytest.raises(FileError, match=message):
        invention(tmp_path)
