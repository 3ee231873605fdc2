"""A chart of places in words: every figure in it, as it is printed."""

from collections.abc import Iterator

from metrics.charts.places.spec import Place, PlacesSpec


def title(spec: PlacesSpec) -> str:
    return f"Bar chart: {spec.title}"


def description(spec: PlacesSpec) -> str:
    return " ".join(_sentences(spec))


def _sentences(spec: PlacesSpec) -> Iterator[str]:
    yield f"Shown in: {spec.unit}. Places stand in alphabetical order."
    if any(place.interval for place in spec.places):
        yield "Lines show 95% intervals."
    for place in spec.places:
        yield f"{place.name}: {_figure(place)}."


def _figure(place: Place) -> str:
    interval = f" (interval {place.interval})" if place.interval else ""
    return f"{place.text}{interval}"
