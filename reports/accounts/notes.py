"""Notes beneath an account's tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator


def notes_once(noted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each note once, with the names of which it says something; empty notes say nothing."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, note in noted:
        if note:
            found[note].append(name)
    for note, names in found.items():
        yield f"{'; '.join(names)}: {note}"
