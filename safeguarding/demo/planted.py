"""What is planted on purpose in invented returns: the truth that tests hold the portal to.

kinds of what is planted:
- `begun`: the first quarter that the partnership entered here
- `shift`, `break`: from then on the level is `amount` times what it was
- `missing`: no number, and a reason given for it; `unsent`: nothing came at all
- `late`: an agency's part came `amount` days after it was due
- `provisional`: sent as provisional; `final`: so, and made final later by adding `amount`
- `corrected`: wrong when it came, put right later by adding `amount`
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partnerships.periods import Span, parse
from safeguarding.demo.files import Row, known, named, rows

PLANTED = [
    "begun",
    "shift",
    "break",
    "missing",
    "unsent",
    "late",
    "provisional",
    "final",
    "corrected",
]


@dataclass(frozen=True, slots=True)
class Planted:
    """Something planted on purpose: of an indicator, or of all that an agency supplies.

    `amount` is the factor of a shift or a break, the days of a late part, and what a correction or
    a final figure adds.
    """

    kind: str
    subject: str
    first: Span
    last: Span | None
    amount: float
    words: str

    def holds(self, span: Span) -> bool:
        """Whether it lies on a quarter."""
        return self.first.first <= span.first and (self.last is None or span.last <= self.last.last)


def planted_of(folder: Path) -> Iterator[Planted]:
    """The rows of a folder's `planted.csv`. Raises `FileError` with file and line."""
    for row in rows(folder / "planted.csv"):
        yield _planted(row)


def _planted(row: Row) -> Planted:
    last = row.text("last")
    with named(row):
        return Planted(
            kind=known(row, "kind", PLANTED),
            subject=row.required("subject"),
            first=parse(row.required("first")),
            last=parse(last) if last else None,
            amount=float(row.number("amount") or 0),
            words=row.required("words"),
        )
