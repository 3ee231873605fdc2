"""Every address of the portal, found by walking its resolver."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One address: its name, and the names of the parts that differ."""

    name: str
    parts: tuple[str, ...]


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, ()))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], parts: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        own = (*parts, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, own)
        else:
            yield Address(pattern.name or f"without a name: {pattern.pattern}", own)
