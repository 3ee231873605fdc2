"""A chart in words: its title, and a description that says every figure in it."""

from collections.abc import Iterator

from metrics.charts.spec import ChartSpec, Kind, Series

ALL_SAID = 8  # up to so many periods each is said; of more, those that matter

_KINDS = {Kind.BARS: "Bar chart", Kind.LINE: "Line chart"}


def title(spec: ChartSpec) -> str:
    """What the chart is of: "Bar chart: Referrals, Walsall, 2018-19 to 2019-20"."""
    if spec.categories:
        return f"{_KINDS[spec.kind]}: {spec.title}"
    first, last = spec.labels[0], spec.labels[-1]
    periods = first if first == last else f"{first} to {last}"
    return f"{_KINDS[spec.kind]}: {spec.title}, {periods}"


def description(spec: ChartSpec) -> str:
    """Sentences with the figures as they are printed, and with target, limits and breaks."""
    return " ".join(_sentences(spec))


def _sentences(spec: ChartSpec) -> Iterator[str]:
    yield f"Shown in: {spec.unit}."
    for series in spec.every_series:
        yield f"{series.name}: {', '.join(_figures(series, spec.categories))}."
    if spec.target is not None:
        yield f"{spec.target.text}."
        if spec.target.tolerance is not None:
            yield f"{spec.target.tolerance_text}."
    if spec.limits is not None:
        trial = "trial " if spec.limits.trial else ""
        yield f"Lines show the mean and the {trial}limits of ordinary variation."
    for jump in spec.breaks:
        yield f"Break in the series from {jump.label}: {jump.words.rstrip('.')}."


def _figures(series: Series, categories: bool) -> Iterator[str]:
    shown = list(series.points)
    if len(shown) > ALL_SAID:
        known = [point for point in shown if point.value is not None]
        said = known[:1] + known[-1:] if known else shown[-1:]
        extremes = sorted(known, key=lambda point: point.value or 0)
        chosen = {id(point) for point in said + extremes[:1] + extremes[-1:]}
        shown = [point for point in shown if id(point) in chosen]
        yield f"{len(series.points)} periods, of them the first, the last and the extremes"
    for point in shown:
        provisional = " (provisional)" if point.provisional and point.value is not None else ""
        of = f"of {_lower_first(point.label)}" if categories else f"in {point.label}"
        yield f"{point.text} {of}{provisional}"


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
