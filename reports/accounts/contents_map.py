"""What guidance asks a yearly report to tell: for each thing the section, or why there is none."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.accounts.account import Account, AccountError
from reports.blocks.figures import AccountBlock, BlockTable, Column, F, Linked, Row, Words
from reports.models import AnnualReport, GuidanceEdition
from reports.requirements.queries import Answered, answers_of

NOT_ANSWERED = "Not answered, and it is not said why."


@dataclass(frozen=True, slots=True)
class ContentsMapData:
    key: str
    guidance: str
    requirements: tuple[Answered, ...]


def read(report: AnnualReport, subject: str) -> ContentsMapData | None:
    """What the edition with that code asks for. None where it asks for nothing."""
    edition = GuidanceEdition.objects.filter(code=subject).first()
    if edition is None:
        raise AccountError(f"There is no edition of guidance {subject!r}.")
    found = answers_of(report, edition)
    for each in found:
        if each.lost:
            raise AccountError(
                f"{each.code} is said to be answered in {', '.join(each.lost)}, "
                "which the report does not have. Say where it is answered now."
            )
    return ContentsMapData(CONTENTS_MAP.key(subject), edition.title, found) if found else None


def build(data: ContentsMapData, make: Callable[..., F]) -> AccountBlock[F]:
    columns = ("What a report is to tell", "Where it stands", "Asked for in")
    table: BlockTable[F] = BlockTable(
        f"{data.guidance}: what a yearly report is to tell",
        tuple(Column(name, numeric=False) for name in columns),
        tuple(Row(each.wording, (_where(each), (each.reference,))) for each in data.requirements),
    )
    return AccountBlock(key=data.key, title="", parts=(table,))


def _where(requirement: Answered) -> Words[F]:
    """The sections as links, and what is not answered in a sentence."""
    words: list[str | Linked | F] = []
    for place in requirement.places:
        words += ["; "] if words else []
        words.append(Linked(f"{place.number}. {place.title}", f"#{place.key}"))
    why_not = requirement.why_not or ("" if words else NOT_ANSWERED)
    if why_not:
        words.append(f". {why_not}" if words else why_not)
    return tuple(words)


CONTENTS_MAP = Account(
    kind="contents-map",
    title="what guidance asks of a report",
    read=read,
    build=build,
    subject="the code of an edition of guidance",
)
