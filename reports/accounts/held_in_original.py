"""That the original of a reconstruction holds something which is not written here."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.accounts.account import Account, AccountError
from reports.blocks.figures import AccountBlock, F, Paragraph
from reports.models import AnnualReport

# What an original may hold that nobody else can say, and why it is not given here.
HELD = {
    "foreword": (
        "The original opens with a foreword by an office holder. "
        "It is not given here: nobody else can speak for them."
    ),
    "statement": (
        "The original holds a statement by an office holder. "
        "It is not given here: nobody else can speak for them."
    ),
    "practitioners": (
        "The original quotes practitioners. Their words are not given here: they are theirs."
    ),
    "families": (
        "The original quotes children, parents and others who were helped. "
        "Their words are not given here: they are theirs."
    ),
    "case-studies": (
        "The original tells of single children and families in case studies. "
        "They are not given here: they could point to a child."
    ),
}


@dataclass(frozen=True, slots=True)
class HeldData:
    what: str
    sentence: str


def read(report: AnnualReport, subject: str) -> HeldData:
    """The sentence. Raises `AccountError` where the report has no original, or it is of no kind."""
    if report.reconstructed_from_id is None:
        raise AccountError(f"{report.title} is not made from an original, which could hold more.")
    if subject not in HELD:
        raise AccountError(f"An original holds one of {', '.join(HELD)}, not {subject!r}.")
    return HeldData(subject, HELD[subject])


def build(data: HeldData, make: Callable[..., F]) -> AccountBlock[F]:
    return AccountBlock(
        key=HELD_IN_ORIGINAL.key(data.what), title="", parts=(Paragraph((data.sentence,)),)
    )


HELD_IN_ORIGINAL = Account(
    kind="held-in-original",
    title="what the original holds",
    read=read,
    build=build,
    subject="what the original holds: " + ", ".join(HELD),
)
