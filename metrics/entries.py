"""What somebody enters for one figure, and the checks it must pass. Knows no database.

Each check is a small rule with a code, the field it speaks of and a sentence that says what
is wrong and how to put it right. All of them are errors in a return: they block saving.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from metrics.arithmetic.reading import Measure

TOO_LARGE = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as entered: a value, or a numerator over a denominator, or why there is none.

    `value` is in the indicator's unit (24 for 24%). Where numerator and denominator are given
    the value is worked out from them and must not be given beside them.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    marker: str = ""
    marker_reason: str = ""
    flags: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    field: str
    message: str


def asks_for_two(measure: Measure) -> bool:
    """Percentages and rates are entered as how many out of how many, and worked out."""
    return measure.unit in {"percent", "rate"}


def problems(entry: Entry, measure: Measure) -> list[Problem]:
    """All that is wrong with an entry, in the order of the fields; empty where it may be saved."""
    return [problem for check in CHECKS for problem in check(entry, measure)]


def worked_out(entry: Entry, measure: Measure) -> Decimal | None:
    """The value of a sound entry in the indicator's unit, to six decimals, half up.

    None for a marker, and for nothing over nothing: there is no share of no children.
    """
    if entry.numerator is not None and entry.denominator is not None:
        if entry.denominator == 0:
            return None
        exact = entry.numerator * measure.scale / entry.denominator
        return exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return entry.value


def none_out_of_none(entry: Entry) -> Entry:
    """As somebody enters it: the portal stores nothing out of nothing with why it has no value."""
    if entry.marker == "z" and entry.numerator == 0 == entry.denominator:
        return replace(entry, marker="", marker_reason="")
    return entry


def vague(said: Mapping[str, str]) -> Problem | None:
    """What printed sources say and returns do not: about, between, words for numbers."""
    qualifier = said["qualifier"]
    if qualifier and qualifier != "exactly":
        sentence = f"“{qualifier[:40]}” cannot be said in a return. Enter the number."
        return Problem("vague", "qualifier", sentence)
    for field in ("value_upper", "printed_words"):
        if said[field]:
            sentence = "A return takes one number, or why there is none. Enter that."
            return Problem("vague", field, sentence)
    return None


def disagreement(
    value: Decimal, numerator: Decimal | None, denominator: Decimal | None, measure: Measure
) -> str:
    """Why a share cannot stand beside its two numbers; empty where it is what they make."""
    if numerator is None or denominator is None:
        return (
            "The portal works this figure out of two numbers. Enter the numerator and the "
            "denominator, and leave the value empty."
        )
    worked = worked_out(Entry(numerator=numerator, denominator=denominator), measure)
    exponent = value.as_tuple().exponent
    half = Decimal((0, (5,), (exponent if isinstance(exponent, int) else 0) - 1))
    if worked is not None and abs(worked - value) <= half:
        return ""
    shown = "nothing" if worked is None else f"{worked.normalize():f}"
    return (
        f"{numerator:f} out of {denominator:f} gives {shown}, not {value:f}. "
        "Check all three, or leave the value empty."
    )


def _something(entry: Entry, measure: Measure) -> Iterator[Problem]:
    given = (
        (entry.numerator is not None and entry.denominator is not None)
        if asks_for_two(measure)
        else entry.value is not None
    )
    if given or entry.marker:
        return
    if asks_for_two(measure) and (entry.numerator is not None or entry.denominator is not None):
        field = "denominator" if entry.denominator is None else "numerator"
        yield Problem(
            "half-a-ratio", field, "Enter both numbers: how many, and out of how many in all."
        )
    else:
        field = "numerator" if asks_for_two(measure) else "value"
        yield Problem("empty", field, "Enter a number, or say why there is none.")


def _not_both(entry: Entry, measure: Measure) -> Iterator[Problem]:
    numbers = (entry.value, entry.numerator, entry.denominator)
    if entry.marker and any(number is not None for number in numbers):
        field = "numerator" if asks_for_two(measure) else "value"
        yield Problem(
            "number-and-marker",
            field,
            "You gave a number and also said that there is none. Take one of them away.",
        )


def _reason(entry: Entry, _measure: Measure) -> Iterator[Problem]:
    if entry.marker and not entry.marker_reason:
        yield Problem(
            "marker-without-reason", "marker_reason", "Say in a few words why there is no number."
        )


def _negative(entry: Entry, _measure: Measure) -> Iterator[Problem]:
    for field in ("value", "numerator", "denominator"):
        number = getattr(entry, field)
        if number is not None and number < 0:
            yield Problem("negative", field, f"{number} is below 0. Enter 0 or a higher number.")


def _whole(entry: Entry, measure: Measure) -> Iterator[Problem]:
    fields = ["numerator", "denominator"] + (["value"] if measure.unit == "count" else [])
    for field in fields:
        number = getattr(entry, field)
        if number is not None and number != number.to_integral_value():
            yield Problem(
                "not-whole", field, f"{number} is not a whole number. Enter a count, such as 12."
            )


def _large(entry: Entry, _measure: Measure) -> Iterator[Problem]:
    for field in ("value", "numerator", "denominator"):
        number = getattr(entry, field)
        if number is not None and abs(number) >= TOO_LARGE:
            yield Problem("too-large", field, "That number is too large. Check its digits.")


def _part_of_whole(entry: Entry, measure: Measure) -> Iterator[Problem]:
    if measure.unit != "percent" or entry.numerator is None or entry.denominator is None:
        return
    if entry.numerator > entry.denominator:
        yield Problem(
            "part-above-whole",
            "numerator",
            f"{entry.numerator} is more than {entry.denominator}, the number in all. "
            "Check which number is which.",
        )


def _no_population(entry: Entry, measure: Measure) -> Iterator[Problem]:
    if measure.unit == "rate" and entry.denominator == 0:
        yield Problem("no-population", "denominator", "A rate needs a population above 0.")


CHECKS: tuple[Callable[[Entry, Measure], Iterator[Problem]], ...] = (
    _something,
    _not_both,
    _reason,
    _negative,
    _whole,
    _large,
    _part_of_whole,
    _no_population,
)
