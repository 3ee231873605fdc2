"""Notes beneath an account's tables."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

OFTEN = 3  # notes that hold one sentence, for it to be said once of all of them
BETWEEN = re.compile(r"(?<=[.?!]) (?=[A-Z])")


def notes_once(noted: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each note once, with the names of which it says something; empty notes say nothing.

    A sentence that several notes hold beside others is said once too.
    """
    named: dict[str, list[str]] = defaultdict(list)
    for name, note in noted:
        if note and name not in named[note]:
            named[note].append(name)
    holding = Counter(sentence for note in named for sentence in set(BETWEEN.split(note)))
    found: dict[str, list[str]] = defaultdict(list)
    for note, names in named.items():
        sentences = BETWEEN.split(note)
        often = [each for each in sentences if holding[each] >= OFTEN]
        own = " ".join(each for each in sentences if each not in often)
        for said in (*([own] if own else []), *often):
            found[said] += names
    for said, names in found.items():
        yield f"{'; '.join(names)}: {said}"
