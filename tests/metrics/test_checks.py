"""What is unlikely about a figure, rule by rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.arithmetic.reading import Measure
from metrics.checks import Context, Kind, Partition, adds_up, far_by, found, warnings
from metrics.entries import Entry

D = Decimal
COUNT, PERCENT = Measure(unit="count"), Measure(unit="percent")
SHARES = tuple(map(D, (92, 93, 92, 91, 92, 93)))
STEADY = tuple(map(D, (100, 104, 98, 101, 97, 103)))


def codes(entry: Entry, context: Context) -> list[str]:
    return [each.code for each in warnings(entry, context)]


@pytest.mark.parametrize(
    ("value", "earlier", "expected"),
    [
        (101, STEADY, []),
        (130, STEADY, []),
        (140, STEADY, ["far-from-series"]),
        (60, STEADY, ["far-from-series"]),
        (130, STEADY[:4], []),  # four values do not show how far a series moves
        (1000, STEADY[:4], ["far-from-series"]),  # but a nought too many is plain
        (10, STEADY[:1], ["far-from-series"]),
        (300, STEADY[:1], []),
        (6, (D(1),) * 4, ["far-from-series"]),
        (4, (D(1),) * 4, []),  # chance alone
        (1000, STEADY[:5], ["far-from-series"]),
        (3, (D(0),) * 6, []),  # chance alone
        (4, (D(0),) * 6, ["far-from-series"]),
        (140, (*STEADY, D(9000)), ["far-from-series"]),  # one odd value hides nothing
        (40, (*STEADY[:3], D(40), *STEADY[:3], D(42)), []),  # as in each summer
        (140, (D(141), *STEADY), ["far-from-series"]),  # once is not usual
        (140, (*STEADY, D(141)), []),  # but it may have moved there
        (2527, tuple(map(D, (2451, 2780, 2800, 2820, 2864))), []),  # within all of them
        (500, (D(500),) * 5 + STEADY * 2, ["far-from-series"]),  # older than three years
    ],
)
def test_value_far_from_its_series_asks(
    value: int, earlier: tuple[Decimal, ...], expected: list[str]
) -> None:
    assert codes(Entry(value=D(value)), Context(COUNT, earlier=earlier)) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "earlier", "expected"),
    [
        (83, 10_000, (D(83),), ["far-from-series", "typed-as-fraction"]),
        (83, 100, (D(83),), []),
        (1, 200, (D("0.4"),), []),  # half a percent is usual here
        (83, 10_000, (), []),
        (0, 100, (D(83),), ["far-from-series"]),
    ],
)
def test_share_typed_as_a_fraction_asks(
    numerator: int, denominator: int, earlier: tuple[Decimal, ...], expected: list[str]
) -> None:
    entry = Entry(numerator=D(numerator), denominator=D(denominator))
    assert codes(entry, Context(PERCENT, earlier=earlier)) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (110, D(100), []),
        (111, D(100), ["denominator-changed"]),
        (9, D(8), []),  # one child more
        (24, D(20), []),
        (25, D(20), ["denominator-changed"]),
        (89, D(100), ["denominator-changed"]),
        (111, None, []),
        (5, D(0), []),
    ],
)
def test_denominator_changed_by_more_than_a_tenth_asks(
    now: int, before: Decimal | None, expected: list[str]
) -> None:
    entry = Entry(numerator=D(1), denominator=D(now))
    assert codes(entry, Context(PERCENT, denominator_before=before)) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (9, 10, []),  # one child of ten
        (4, 10, ["far-from-series"]),
        (90, 100, []),
        (80, 100, ["far-from-series"]),
    ],
)
def test_share_of_few_moves_further_by_chance(
    numerator: int, denominator: int, expected: list[str]
) -> None:
    entry = Entry(numerator=D(numerator), denominator=D(denominator))
    assert codes(
        entry, Context(PERCENT, earlier=(D(100),) * 8 if denominator == 10 else SHARES)
    ) == (expected)


@pytest.mark.parametrize(
    ("earlier", "sentence"),
    [
        ((D(100),), "1,000 is far from the quarter before, which had 100."),
        ((D(100),) * 3, "1,000 is far from the 3 quarters before, which all had 100."),
        (
            STEADY,
            "1,000 is far from the 6 quarters before, which lie between 97 and 104.",
        ),
    ],
)
def test_question_says_what_stood_before(earlier: tuple[Decimal, ...], sentence: str) -> None:
    (only,) = warnings(Entry(value=D(1000)), Context(COUNT, earlier=earlier))
    assert only.finding == sentence


@pytest.mark.parametrize(("now", "expected"), [(84, []), (80, ["denominator-changed"])])
def test_number_in_all_that_often_moves_so_is_not_asked_about(
    now: int, expected: list[str]
) -> None:
    context = Context(
        PERCENT, denominator_before=D(100), denominators=(D(82), D(110), D(82), D(100))
    )
    assert codes(Entry(numerator=D(1), denominator=D(now)), context) == expected


def test_error_comes_before_any_warning() -> None:
    made = found(Entry(value=D("-500.5")), Context(COUNT, earlier=STEADY))
    assert [(each.code, each.severity) for each in made] == [
        ("negative", "error"),
        ("not-whole", "error"),
    ]


@pytest.mark.parametrize("kind", ["printed", "official"])
def test_what_blocks_a_return_is_noted_about_what_others_print(kind: Kind) -> None:
    entry = Entry(numerator=D(20), denominator=D(12))
    context = Context(PERCENT, kind=kind, denominator_before=D(100))
    assert [(each.code, each.severity) for each in found(entry, context)] == [
        ("part-above-whole", "note"),
    ]


def test_marker_asks_nothing() -> None:
    entry = Entry(marker="x", marker_reason="Not collated.")
    assert codes(entry, Context(COUNT, earlier=STEADY)) == []


@given(st.lists(st.integers(0, 10_000).map(Decimal), min_size=5, max_size=12))
def test_the_middle_of_a_series_is_never_far_from_it(earlier: list[Decimal]) -> None:
    middle = sorted(earlier)[len(earlier) // 2]
    if len(earlier) % 2:
        assert not far_by(middle, tuple(earlier), COUNT)


@pytest.mark.parametrize(
    ("total", "parts", "off"),
    [
        (10, (6, 4), ""),
        (10, (6, 3), "the categories make 1 fewer"),
        (10, (6, 5), "the categories make 1 more"),
        (10, (6, None), ""),  # one is still to come
        (10, (11, None), "the categories make 1 more"),
        (None, (6, 4), ""),
        (0, (0, 0), ""),
    ],
)
def test_categories_of_a_partition_make_their_total(
    total: int | None, parts: tuple[int | None, ...], off: str
) -> None:
    divided = Partition(
        "Plans by abuse",
        None if total is None else D(total),
        {f"Kind {n}": None if part is None else D(part) for n, part in enumerate(parts, 1)},
    )
    came = adds_up(divided)
    assert (came is not None) == bool(off)
    if came is not None:
        assert (came.code, came.severity) == ("parts-do-not-add-up", "error")
        assert off in came.message
        assert came.message.startswith(f"Plans by abuse: Kind 1 {parts[0]}")


def test_printed_categories_that_do_not_make_their_total_are_only_noted() -> None:
    came = adds_up(Partition("Plans by abuse", D(3), {"Kind 1": D(1)}), "printed")
    assert came is not None
    assert came.severity == "note"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.integers(-5, 5))
def test_partition_is_right_only_when_nothing_is_off(parts: list[int], off: int) -> None:
    divided = Partition("All", D(sum(parts) + off), {str(n): D(p) for n, p in enumerate(parts)})
    assert (adds_up(divided) is None) == (off == 0)
