"""What children, families and practitioners said in a report's year, and what came of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partnerships.periods import Span
from reports.accounts.account import Account
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Paragraph, Part, Row, Words
from reports.blocks.printing import stated_figures
from reports.models import AnnualReport
from reviews.figures import begun
from reviews.voice.queries import VoiceTold, voice_of

NOT_SAID = "Not said"
NOTHING_CHANGED = "It is not said of any of them what changed."
NOBODY_TOLD = "It is not said of any of them whether those who spoke heard what came of it."


@dataclass(frozen=True, slots=True)
class VoiceData:
    span: Span
    activities: tuple[VoiceTold, ...]


def read(report: AnnualReport, subject: str) -> VoiceData | None:
    """What was said in the year: first what went on all through it, then by date."""
    found = voice_of(report.partnership, report.span)
    ordered = sorted(found, key=lambda each: (each.period.first, each.name))
    return VoiceData(report.span, tuple(ordered)) if found else None


def build(data: VoiceData, make: Callable[..., F]) -> AccountBlock[F]:
    """A column for what changed, and for who was told, where that is said of any."""
    told = data.activities
    changed, told_back = any(each.changed for each in told), any(each.told_back for each in told)
    counted = any(row.told.figure for each in told for row in each.figures)
    names = ["Activity", "Who, and what they said or did"]
    names += ["What was counted"] if counted else []
    names += ["What changed"] if changed else []
    names += ["Told back"] if told_back else []
    rows = []
    for each in told:
        cells: list[Words[F]] = [(f"{begun(each.who)}{_of(each)}: {_sentence(each.said_or_done)}",)]
        cells += (
            [stated_figures((row.told.figure for row in each.figures), make)] if counted else []
        )
        cells += [(_sentence(each.changed),)] if changed else []
        cells += [(_sentence(each.told_back),)] if told_back else []
        rows.append(Row(_header(each, data.span), tuple(cells)))
    parts: list[Part[F]] = [
        BlockTable(
            "What was said or done, and what came of it",
            tuple(Column(name, numeric=False) for name in names),
            tuple(rows),
        )
    ]
    parts += [] if changed else [Paragraph((NOTHING_CHANGED,))]
    parts += [] if told_back else [Paragraph((NOBODY_TOLD,))]
    notes = tuple(note for each in told for note in _notes(each))
    return AccountBlock(key=VOICE.kind, title="What was heard", parts=tuple(parts), notes=notes)


def _header(told: VoiceTold, year: Span) -> str:
    return told.name if told.period == year else f"{told.name}, {told.period.label}"


def _of(told: VoiceTold) -> str:
    return f" ({told.area})" if told.area else ""


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else NOT_SAID


def _notes(told: VoiceTold) -> Iterator[str]:
    """What is to be known of an activity and of its figures."""
    of_figures = (part for row in told.figures for part in (row.of_what, row.told.note))
    for note in dict.fromkeys((told.note, *of_figures)):
        if note:
            yield f"{told.name}: {note.rstrip('.')}."


VOICE = Account(kind="voice", title="what children and families said", read=read, build=build)
