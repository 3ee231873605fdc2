"""What was said, as the components of its pages draw it."""

from collections.abc import Iterable, Sequence

from partnerships.elements import Cell, Column, Fact, Link, Table, table
from reviews.figures import begun, figure_cell
from reviews.voice.queries import VoiceTold

NONE = "–"
NOT_SAID = "Not said"


def voice_table(rows: Iterable[tuple[VoiceTold, str]]) -> Table:
    """Who said what and what came of it, each with the address of its page."""
    return table(
        "voice",
        "What was said or done, the newest first",
        ["Activity", "When", "Who", "Said or done", "What changed", "Told back"],
        [
            (
                Link(told.name, url),
                told.period.label,
                begun(told.who),
                told.said_or_done,
                told.changed or NOT_SAID,
                told.told_back or NOT_SAID,
            )
            for told, url in rows
        ],
    )


def facts_of(told: VoiceTold) -> list[Fact]:
    facts = [
        Fact("When", told.period.label),
        Fact("Who", begun(told.who)),
        Fact("They are from", told.area or "The partnership's own area"),
        Fact("What they said or did", told.said_or_done),
        Fact("What changed", told.changed or NOT_SAID),
        Fact("What they were told", told.told_back or NOT_SAID),
    ]
    return [*facts, *([Fact("Note", told.note)] if told.note else [])]


def figures_table(told: VoiceTold, urls: Sequence[str]) -> Table:
    """What was counted; an address each where it is changed, or empty texts."""
    return table(
        "figures",
        "What was counted",
        ["What was counted", Column("Number", numeric=True), "When", "Note"],
        [
            (
                Cell(begun(row.told.what), url=url),
                figure_cell(row.told.figure),
                Cell(row.told.period.label, whole=True),
                " ".join(f"{part.rstrip('.')}." for part in (row.of_what, row.told.note) if part)
                or NONE,
            )
            for row, url in zip(told.figures, urls, strict=True)
        ],
    )
