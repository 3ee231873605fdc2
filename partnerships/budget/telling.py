"""Lines and findings of an account as plain values, each amount with its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerships.amounts import pounds_words
from partnerships.budget.reconcile import State, Sum
from partnerships.budget.wording import Amount, pieces
from partnerships.models import WHOLE, BudgetLine, Partnership, Period
from partnerships.stated import Stated, address_of

COLUMNS = ("budget", "actual")
WORKED_OUT = "Worked out from its lines."
LABEL_IN_DOUBT = "The source leaves open which label belongs to this amount."
WHAT = {
    "budget-made": "what its lines make of the budget",
    "actual-made": "what its lines make of the actual amount",
    "budget-difference": "budget less what its lines make",
    "actual-difference": "actual less what its lines make",
}


@dataclass(frozen=True, slots=True)
class LineOf:
    """One line. An amount is None where there is none; `marks` qualify it in a word or two."""

    code: str
    label: str
    label_sure: bool
    kind: str
    side: str
    contributor: str  # the organisation's name, or empty
    contributor_slug: str
    budget: Stated | None
    actual: Stated | None
    marks: tuple[str, ...]
    note: str
    is_sum: bool  # it has parts

    def amount(self, column: str) -> Stated | None:
        return self.budget if column == "budget" else self.actual


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one sum adds up in one column."""

    line: str
    column: str
    about: str  # "Total costs, actual"
    state: State
    pieces: tuple[str | Stated, ...]  # the sentence, its amounts as figures
    made: Stated | None  # None where no part has an amount
    difference: Stated | None  # None where nothing can be compared

    @property
    def words(self) -> str:
        """ "Stated as £324,044. Its lines make £324,045, £1 more." """
        return "".join(each if isinstance(each, str) else each.words for each in self.pieces)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of the account of a fund, with as many decimals as its amounts have."""

    partnership: Partnership
    period: Period
    fund: str
    fund_name: str
    decimals: int

    def line(self, line: BudgetLine, made: Mapping[str, Mapping[str, Sum]]) -> LineOf:
        """`made` has the sums of each column by code."""
        return LineOf(
            code=line.code,
            label=line.label,
            label_sure=line.label_sure,
            kind=line.kind,
            side=line.side,
            contributor=line.contributor.name if line.contributor else "",
            contributor_slug=line.contributor.slug if line.contributor else "",
            budget=self._amount(line, "budget", made["budget"].get(line.code)),
            actual=self._amount(line, "actual", made["actual"].get(line.code)),
            marks=tuple(mark.lower().rstrip(".") for mark in _marks(line)),
            note=line.note,
            is_sum=line.code in made["budget"],
        )

    def finding(
        self, found: Sum, line: LineOf, column: str, parts: Sequence[LineOf | None]
    ) -> Finding:
        """What was found of a line; `parts` are the lines of `found.parts`, in their order."""
        made = difference = None
        if found.missing < len(found.parts):
            made = self._stated(line, f"{column}-made", found.made)
        if found.state in {State.AGREES, State.ROUNDING, State.DIFFERS}:
            difference = self._stated(line, f"{column}-difference", found.difference)
        labels = {part.code: part.label for part in parts if part}

        def figure(amount: Amount) -> Stated | None:
            """The figure that an amount of the sentence is."""
            match amount.what:
                case "stated":
                    return line.amount(column)
                case "made":
                    return made
                case "difference":
                    size = pounds_words(amount.value, self.decimals)
                    return replace(difference, said=size) if difference else None
            part = parts[amount.place]
            return part.amount(column) if part else None

        return Finding(
            line=line.code,
            column=column,
            about=f"{line.label}, {column}",
            state=found.state,
            pieces=tuple(
                each if isinstance(each, str) else _there(figure(each))
                for each in pieces(found, labels)
            ),
            made=made,
            difference=difference,
        )

    def _amount(self, line: BudgetLine, column: str, made: Sum | None) -> Stated | None:
        """What counts as a line's amount: as stored, else worked out from its parts."""
        stored = stored_amount(line, column)
        if stored is None:
            worked_out = made.amount if made else None
            return None if worked_out is None else self._stated(line, column, worked_out)
        fact = line.budget_fact_id if column == "budget" else line.actual_fact_id
        cited = fact or not (line.budget_fact_id or line.actual_fact_id)
        doubt = "" if line.label_sure else LABEL_IN_DOUBT
        qualified = [mark for mark in _marks(line) if mark != NOT_CERTAIN]
        return replace(
            self._stated(line, column, stored),
            note=" ".join(filter(None, [doubt, *qualified, line.note])),
            fact_id=fact,
            source=line.source if cited else "",
        )

    def _stated(self, line: BudgetLine | LineOf, what: str, value: Decimal) -> Stated:
        parts = [self.period.key] if self.fund == WHOLE else [self.period.key, self.fund]
        of = f", {self.fund_name}" if self.fund_name else ""
        return Stated(
            address=address_of("budget", self.partnership, *parts, line.code, what),
            about=f"{line.label}{of}, {WHAT.get(what, what)}, {self.period}",
            value=value,
            unit="£",
            decimals=self.decimals,
            note=WORKED_OUT,
        )


def stored_amount(line: BudgetLine, column: str) -> Decimal | None:
    return line.budget_amount if column == "budget" else line.actual_amount


NOT_CERTAIN = "Label not certain."


def _marks(line: BudgetLine) -> list[str]:
    told = (
        (not line.label_sure, NOT_CERTAIN),
        (line.one_off, "One-off."),
        (line.estimated, "Estimated."),
        (line.part_year, "For part of the period."),
    )
    return [words for said, words in told if said]


def _there(figure: Stated | None) -> Stated:
    assert figure is not None, "a finding prints an amount that the account does not have"
    return figure
