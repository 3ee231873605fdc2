"""What a report's year was promised, what the report promises, and what became of either."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from partnerships.promises.queries import (
    Outcome,
    PromiseLine,
    PromisesOfYear,
    promises_made_in,
    promises_of,
)
from reports.accounts.account import Account
from reports.blocks.figures import (
    AccountBlock,
    BlockTable,
    Bullets,
    Column,
    F,
    Paragraph,
    Part,
    Row,
    Subheading,
    Words,
)
from reports.blocks.printing import stated_figure
from reports.models import AnnualReport

NOT_TOLD = f"{Outcome.NOT_TOLD.label}."
COUNTED_TWICE = " A promise that stands in two lists is counted in both."
PLAIN_LISTS = " Of the lists without outcomes nothing is told."


@dataclass(frozen=True, slots=True)
class PromisesData:
    """`years` are those for which something was promised, the earliest first."""

    years: tuple[PromisesOfYear, ...]


def read(report: AnnualReport, subject: str) -> PromisesData | None:
    """What was promised for the year, and what its report promises for others."""
    year = report.span
    for_year = promises_of(report.partnership, year)
    made = promises_made_in(report.partnership, year)
    found = [for_year] if for_year.lists else []
    found += [each for each in made if each.year != year]
    return PromisesData(tuple(found)) if found else None


def build(data: PromisesData, make: Callable[..., F]) -> AccountBlock[F]:
    parts: list[Part[F]] = []
    for year in data.years:
        parts += _year(year, make)
    return AccountBlock(key=PROMISES.kind, title="Promises and outcomes", parts=tuple(parts))


def _year(promised: PromisesOfYear, make: Callable[..., F]) -> Iterator[Part[F]]:
    yield Subheading(f"Promised for {promised.year.label}")
    yield Paragraph(_counts(promised, make))
    for each in promised.lists:
        if all(_outcome(line) == NOT_TOLD for line in each.promises):
            yield Bullets(tuple((line.text,) for line in each.promises), each.title)
            continue
        yield BlockTable(
            each.title,
            (Column("Promise", numeric=False), Column("What became of it", numeric=False)),
            tuple(Row(line.text, ((_outcome(line),),)) for line in each.promises),
            look="halves",
        )


def _counts(promised: PromisesOfYear, make: Callable[..., F]) -> Words[F]:
    """How many ended how, in a sentence; what nobody did is left out."""
    counts = [(outcome, count) for outcome, count in promised.counts if count.value]
    if [outcome for outcome, _ in counts] == [Outcome.NOT_TOLD]:
        noun = "promise" if counts[0][1].value == 1 else "promises"
        said = "Nothing is told of what became of the "
        return (said, stated_figure(counts[0][1], make), f" {noun}.{COUNTED_TWICE}")
    words: list[str | F] = ["Of these promises "]
    for index, (outcome, count) in enumerate(counts):
        if index:
            words.append(" and " if index == len(counts) - 1 else ", ")
        one = count.value == 1
        words += ["of " if outcome == Outcome.NOT_TOLD else "", stated_figure(count, make)]
        words.append(f" {_ended(outcome, one=one)}")
    told = [any(_outcome(line) != NOT_TOLD for line in each.promises) for each in promised.lists]
    plain = PLAIN_LISTS if any(told) and not all(told) else ""
    return (*words, f".{COUNTED_TWICE}{plain}")


def _ended(outcome: Outcome, *, one: bool) -> str:
    """How promises ended, after their number: "were kept in part"."""
    if outcome == Outcome.NOT_TOLD:
        return "nothing is told"
    return f"{'was' if one else 'were'} {outcome.label.lower()}"


def _outcome(line: PromiseLine) -> str:
    return f"{line.outcome.label}. {line.outcome_source}".strip()


PROMISES = Account(kind="promises", title="promises", read=read, build=build)
