"""What a reconciliation found, in plain words. Pure: no database.

A finding is told in pieces, words and amounts in turn, so that each amount can keep its address
wherever the sentence is printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from partnerships.amounts import half_up, pounds_words
from partnerships.budget.reconcile import State, Sum

FEW = 4  # so many parts are named one by one
ROUNDING = "Rounding to whole pounds can explain this."


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a sentence: what is stated of the sum, what its parts make, by how much the
    two differ, or the part at a place among `Sum.parts`."""

    what: Literal["stated", "made", "difference", "part"]
    value: Decimal
    place: int = 0


Piece = str | Amount


def pieces(found: Sum, labels: Mapping[str, str]) -> tuple[Piece, ...]:
    """What was found of one sum: "Stated as £324,044. Its lines make £324,045, £1 more."

    `labels` has the name of each part by its code.
    """
    parts, made = _parts(found, labels), Amount("made", found.made)
    if found.state is State.EMPTY:
        return ("No amounts yet.",)
    if found.state is State.WORKED_OUT:
        return (made, ", worked out. ", *parts, " it.")
    if found.stated is None:
        return (made, f" so far: {_missing(found)}.")
    stated = Amount("stated", found.stated)
    match found.state:
        case State.AGREES:
            return (stated, ". ", *parts, " the same.")
        case State.INCOMPLETE:
            return ("Stated as ", stated, f". It cannot be checked: {_missing(found)}.")
    more = "more" if found.difference < 0 else "less"
    because = f" {ROUNDING}" if found.state is State.ROUNDING else ""
    by = Amount("difference", abs(found.difference))
    return ("Stated as ", stated, ". ", *parts, " ", made, ", ", by, f" {more}.{because}")


def words(told: Sequence[Piece], decimals: int = 0) -> str:
    """The pieces as one text."""
    return "".join(
        each if isinstance(each, str) else pounds_words(each.value, decimals) for each in told
    )


def headline(states: Sequence[State]) -> str:
    """All findings of an account in one or two sentences."""
    wrong, rounded = states.count(State.DIFFERS), states.count(State.ROUNDING)
    agree = states.count(State.AGREES)
    checked = wrong + rounded + agree
    if not checked:
        return "Totals are worked out from their lines; none is stated beside them to check."
    told = []
    if checked == 1 and not rounded:
        told.append(f"The one sum that can be checked {'does not agree' if wrong else 'agrees'}.")
    elif wrong:
        do = "does" if wrong == 1 else "do"
        told.append(f"{wrong} of the {checked} sums that can be checked {do} not agree.")
    elif agree == checked:
        told.append(f"All {checked} sums that can be checked agree.")
    elif agree:
        do = "agrees" if agree == 1 else "agree"
        told.append(f"{agree} of the {checked} sums that can be checked {do}.")
    if rounded:
        sums = "" if told else " sum" if rounded == 1 else " sums"
        do = "differs" if rounded == 1 else "differ"
        told.append(f"{rounded}{sums} {do} by no more than rounding.")
    return " ".join(told)


def decimals_of(amounts: Sequence[Decimal | None]) -> int:
    """Pence for all amounts of an account as soon as one of them has any."""
    return 2 if any(each is not None and half_up(each, 0) != each for each in amounts) else 0


def _parts(found: Sum, labels: Mapping[str, str]) -> list[Piece]:
    """The parts as the subject of "make": one by one where they are few."""
    count = len(found.parts)
    if count > FEW or found.missing:
        return ["Its lines make"]
    every = list(enumerate(found.parts))
    plus = [place for place, part in every if part.adds]
    less = [place for place, part in every if not part.adds]
    told: list[Piece] = []
    for number, place in enumerate([*plus, *less]):
        if number >= len(plus):
            joint = " and " if number > len(plus) else " less " if plus else "Nothing less "
        else:
            joint = " plus " if number else ""
        part = found.parts[place]
        assert part.amount is not None
        told += [f"{joint}{labels[part.code]} (", Amount("part", part.amount, place), ")"]
    return [*told, " make" if count > 1 else " makes"]


def _missing(found: Sum) -> str:
    count = len(found.parts)
    if count == 1:
        return "its one line has no amount"
    if found.missing == count:
        return "none of its lines has an amount"
    if found.missing == 1:
        return "one of its lines has no amount"
    return "some of its lines have no amount"
