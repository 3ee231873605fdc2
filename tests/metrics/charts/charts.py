"""Chart specs for tests: a few by hand, and any number by chance."""

from decimal import Decimal

from hypothesis import strategies as st

from metrics.charts.spec import Break, ChartSpec, Kind, Limits, Point, Series, Target


def series(name: str, *figures: tuple[str, int | str | None]) -> Series:
    return Series(
        name,
        tuple(
            Point(label, None, "[c]")
            if value is None
            else Point(label, Decimal(str(value)), f"{Decimal(str(value)):,}")
            for label, value in figures
        ),
    )


REFERRALS = ChartSpec(
    key="referrals",
    title="Referrals to social care, Walsall",
    unit="number",
    kind=Kind.BARS,
    series=(series("Walsall", ("2018-19", 5135), ("2019-20", 4368)),),
)
COMPARED = ChartSpec(
    key="repeat",
    title="Repeat plans, Walsall",
    unit="%",
    kind=Kind.LINE,
    series=(series("Walsall", ("2017-18", 21), ("2018-19", 19), ("2019-20", 24)),),
    comparators=(
        series("West Midlands", ("2017-18", 20), ("2018-19", None), ("2019-20", 21)),
        series("England", ("2017-18", 19), ("2018-19", 20), ("2019-20", 20)),
    ),
    target=Target(Decimal(18), "Target 18", Decimal(19), "Tolerance 19"),
    breaks=(Break("2018-19", "Plans of under three months are counted too."),),
)

LABELS = st.one_of(
    st.builds(lambda year: f"{year}-{(year + 1) % 100:02d}", st.integers(1990, 2040)),
    st.builds(
        lambda q, y: f"Q{q} {y}-{(y + 1) % 100:02d}", st.integers(1, 4), st.integers(1990, 2040)
    ),
    st.sampled_from(["31 March 2020", "1 October 2018 to 31 March 2020", "academic year 2019/20"]),
    st.text(max_size=30),
)
NUMBERS = st.decimals(-(10**9), 10**12, places=2) | st.integers(0, 100).map(Decimal)
NAMES = st.sampled_from(["Walsall", "Statistical neighbours as published", "England"]) | st.text(
    max_size=60
)


@st.composite
def points(draw: st.DrawFn, label: str) -> Point:
    value = draw(st.none() | NUMBERS)
    if value is None:
        return Point(label, None, draw(st.sampled_from(["[c]", "[x]", "[low]"])))
    spare = draw(st.none() | st.integers(0, 50).map(Decimal))
    low, high = (None, None) if spare is None else (value - spare, value + spare)
    return Point(label, value, f"{value:,}", low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def specs(draw: st.DrawFn) -> ChartSpec:
    """Any chart that may be drawn, likely or not."""
    labels = draw(st.lists(LABELS, min_size=1, max_size=24, unique=True))
    count = draw(st.integers(1, 4))
    every = tuple(
        Series(draw(NAMES), tuple(draw(points(label)) for label in labels)) for _ in range(count)
    )
    if all(point.value is None for one in every for point in one.points):
        first = (Point(labels[0], draw(NUMBERS), "1"), *every[0].points[1:])
        every = (Series(every[0].name, first), *every[1:])
    own = draw(st.integers(1, count))
    later = st.sampled_from(labels[1:]) if len(labels) > 1 else st.nothing()
    breaks = draw(st.lists(st.builds(Break, later, st.just("Counted anew.")), max_size=2))
    return ChartSpec(
        key="chart",
        title=draw(st.text(max_size=60)),
        unit=draw(st.sampled_from(["number", "%", "per 10,000 children aged under 18"])),
        kind=draw(st.sampled_from(Kind)),
        series=every[:own],
        comparators=every[own:],
        target=draw(st.none() | st.builds(Target, NUMBERS, st.just("Target"), st.none() | NUMBERS)),
        limits=draw(st.none() | st.builds(Limits, NUMBERS, NUMBERS, st.none() | NUMBERS)),
        breaks=tuple({jump.label: jump for jump in breaks}.values()),
    )
