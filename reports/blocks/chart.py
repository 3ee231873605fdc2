"""The chart of an indicator's block: the same figures as its table."""

from metrics.charts.spec import Break, ChartSpec, Kind, Point, Series
from metrics.wording import join_words, unit_header, value_cell
from reports.blocks import data as block
from reports.blocks.data import COUNTRY, MEDIAN, NEIGHBOURS, REGION, IndicatorData

BARS_UP_TO = 4  # periods; more are a line
MOST_OTHERS = 3
# Where there are more than can be told apart, those are drawn that readers ask for first.
DRAWN_FIRST = (COUNTRY, REGION, MEDIAN, NEIGHBOURS)


def chart_of(data: IndicatorData) -> ChartSpec | None:
    """Bars for a few periods, a line for more; None where there are not two figures to compare."""
    own = _series(data.own, data)
    drawable = [_series(other, data) for other in _drawn(data)]
    if not _known(own) or _known(own) + sum(map(_known, drawable)) < 2:
        return None
    return ChartSpec(
        key=f"chart-{data.code}",
        title=_title(data),
        unit=unit_header(data.measure),
        kind=Kind.BARS if len(data.spans) <= BARS_UP_TO else Kind.LINE,
        series=(own,),
        comparators=tuple(drawable),
        breaks=tuple(_breaks(data)),
    )


def _drawn(data: IndicatorData) -> list[block.Series]:
    """The comparators that are drawn, in the order of the table."""
    known = [each for each in data.others if _known(_series(each, data))]
    ranks = {kind: number for number, kind in enumerate(DRAWN_FIRST)}
    first = sorted(known, key=lambda each: ranks.get(each.kind, len(ranks)))[:MOST_OTHERS]
    return [each for each in known if each in first]


def _title(data: IndicatorData) -> str:
    """What is drawn, and which comparators stand in the table alone."""
    drawn = _drawn(data)
    left = [each.area for each in data.others if each not in drawn and _known(_series(each, data))]
    more = f" (in the table only: {join_words(left)})" if left else ""
    return f"{data.name}, {data.own.area}{more}"


def _series(series: block.Series, data: IndicatorData) -> Series:
    points = []
    for span in data.spans:
        seen = series.at(span)
        if seen is None or seen.reading.value is None:
            points.append(Point(span.label, None, value_cell(seen.reading) if seen else "[x]"))
        else:
            reading = seen.reading
            points.append(
                Point(
                    span.label,
                    reading.value,
                    value_cell(reading),
                    provisional="p" in reading.flags,
                    partial=not reading.complete,
                )
            )
    return Series(series.area, tuple(points))


def _known(series: Series) -> int:
    return sum(point.value is not None for point in series.points)


def _breaks(data: IndicatorData) -> list[Break]:
    """Where a series breaks: at the first shown period that ends on or after the day it did."""
    found: dict[str, Break] = {}
    for version in data.versions:
        after = [span for span in data.spans if span.last >= version.first]
        if version.breaks and after and after[0] != data.spans[0]:
            found.setdefault(after[0].label, Break(after[0].label, version.words))
    return list(found.values())
