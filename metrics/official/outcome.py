"""What an import did, or in a dry run would do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """Counts of figures (or of neighbour sets) of a file. `marks` counts those without a number.

    `waiting` are those that wait for a person to approve them.
    """

    subject: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0
    marks: Counter[str] = field(default_factory=Counter)

    def add(
        self, *, added: int = 0, changed: int = 0, unchanged: int = 0, markers: Iterable[str] = ()
    ) -> None:
        self.added += added
        self.changed += changed
        self.unchanged += unchanged
        self.marks.update(filter(None, markers))

    @property
    def counts(self) -> dict[str, int]:
        return {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
