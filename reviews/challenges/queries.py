"""Reading challenges: plain values for pages and reports."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from partnerships.elements import Cell, Column, Table, table
from partnerships.models import Partnership
from partnerships.periods import Span
from reviews.models import Challenge


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """A challenge. `outcome` is empty where none is told."""

    code: str
    raised_by: str
    raised_with: str
    about: str
    period: Span
    outcome: str
    note: str
    source: str


def challenges_at(partnership: Partnership) -> list[ChallengeLine]:
    """Every challenge, the newest first."""
    return [challenge_line(each) for each in partnership.challenges.select_related("period")]


def challenge_line(challenge: Challenge) -> ChallengeLine:
    return ChallengeLine(
        code=challenge.code,
        raised_by=challenge.raised_by,
        raised_with=challenge.raised_with,
        about=challenge.about,
        period=challenge.period.span,
        outcome=challenge.outcome,
        note=challenge.note,
        source=challenge.source,
    )


def challenges_table(lines: Iterable[ChallengeLine], address: Callable[[str], str]) -> Table:
    """The challenges, each with the address of the page where it is changed, or none."""
    return table(
        "challenges",
        "Challenges, the newest first",
        [
            "About",
            "Raised by",
            "Raised with",
            Column("When", whole=True),
            "What came of it",
            "Note",
        ],
        [
            (
                Cell(line.about, url=address(line.code)),
                _capital(line.raised_by),
                _capital(line.raised_with),
                line.period.label,
                line.outcome or "Not told",
                line.note or "–",
            )
            for line in lines
        ],
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
