"""Values in words and in tables. `value_words` and `value_cell` alone turn a figure into text.

In sentences a figure has its unit and its qualifier ("about 100", "65 per 10,000"). In tables
the unit stands in the header, and markers and flags in square brackets, as the Government
Statistical Service asks; `legend` explains those that a table uses.
"""

from collections.abc import Iterable
from decimal import Decimal

from metrics.arithmetic.reading import Measure, Reading
from partnerships.amounts import MINUS, half_up, number_words
from partnerships.periods import Kind, Span

MARKER_WORDS: dict[str, str] = {
    "x": "not available",
    "z": "not applicable",
    "c": "confidential",
    "low": "rounds to 0",
    "k": "rounds to 0 in the source",
    "u": "too unreliable to publish",
}
FLAG_WORDS: dict[str, str] = {
    "p": "provisional",
    "r": "revised",
    "e": "estimated",
    "f": "forecast",
    "b": "break in series",
    "d": "doubted",
}
QUALIFIER_WORDS: dict[str, str] = {
    "about": "about",
    "at-least": "at least",
    "at-most": "at most",
    "more-than": "more than",
    "fewer-than": "fewer than",
}
_SINGULARS = {"children": "child", "people": "person", "families": "family", "agencies": "agency"}


def value_words(reading: Reading, measure: Measure, *, noun: bool = False) -> str:
    """A figure as it stands in a sentence: "about 100", "65 per 10,000", "not available".

    `noun` adds what is counted: "240 children". An incomplete total says so.
    """
    if reading.value is None:
        return reading.words or MARKER_WORDS[reading.marker]
    amount = amount_words(reading, measure)
    unit = unit_words(measure, reading.value, reading.decimals) if _has_unit(measure, noun) else ""
    parts = f" ({parts_words(reading)})" if parts_words(reading) else ""
    return amount + unit + parts


def amount_words(reading: Reading, measure: Measure) -> str:
    """The number with its qualifier and its sign of currency or %, but without unit words.

    The reading has a number.
    """
    assert reading.value is not None
    amount = with_sign(reading.value, reading.decimals, measure)
    if reading.qualifier == "between" and reading.value_upper is not None:
        upper = with_sign(reading.value_upper, reading.decimals, measure)
        return f"between {amount} and {upper}"
    qualifier = QUALIFIER_WORDS.get(reading.qualifier, "")
    return f"{qualifier} {amount}".strip()


def out_of_words(reading: Reading, measure: Measure) -> str:
    """A percentage with the counts behind it: "285 of 4,531 (6.3%)"; without them as it is."""
    if reading.value is None or reading.numerator is None or reading.denominator is None:
        return value_words(reading, measure)
    part, whole = (number_words(each, 0) for each in (reading.numerator, reading.denominator))
    return f"{part} of {whole} ({amount_words(reading, measure)})"


def value_cell(reading: Reading | None) -> str:
    """A figure as it stands in a table whose header has the unit: "4,368 [r]", "[x]", "about 100".

    An empty place, where nothing was ever asked for, is "[z]".
    """
    if reading is None:
        return "[z]"
    flags = "".join(f"[{flag}]" for flag in reading.flags)
    if reading.value is None:
        text = reading.words or f"[{reading.marker}]"
        return f"{text} {flags}".strip()
    amount = amount_words(reading, Measure("count"))
    parts = (
        f"[{reading.parts[0]} of {reading.parts[1]}]"
        if parts_words(reading) and reading.parts
        else ""
    )
    return " ".join(part for part in (amount, parts + flags) if part)


def with_sign(value: Decimal, decimals: int, measure: Measure, *, signed: bool = False) -> str:
    """A number with £ or %, where its unit has one: −£1,234, 24%."""
    digits = number_words(value, decimals, signed=signed)
    if measure.unit == "percent":
        return f"{digits}%"
    if measure.unit != "money":
        return digits
    sign, rest = (digits[0], digits[1:]) if digits[0] in f"{MINUS}+" else ("", digits)
    return f"{sign}£{rest}"


def unit_words(measure: Measure, value: Decimal | None = None, decimals: int = 0) -> str:
    """What follows a number: " per 10,000", " days", " child"; empty for % and £."""
    if measure.unit == "rate":
        return f" per {measure.base:,}"
    if measure.unit in {"percent", "money"} or not measure.unit_words:
        return ""
    one = value is not None and decimals == 0 and half_up(value, 0) == 1
    return f" {_singular(measure.unit_words) if one else measure.unit_words}"


def unit_header(measure: Measure) -> str:
    """The unit as a table's header has it: "number", "%", "per 10,000", "£", "days"."""
    if measure.unit == "percent":
        return "%"
    if measure.unit == "money":
        return "£"
    return unit_words(measure).strip() or ("number" if measure.unit == "count" else "average")


def parts_words(reading: Reading) -> str:
    """How much of an incomplete total there is: "3 of 4 quarters"; empty for a whole one."""
    if reading.complete:
        return ""
    if reading.parts is None:
        return "incomplete"
    return f"{reading.parts[0]} of {reading.parts[1]} quarters"


def legend(readings: Iterable[Reading | None]) -> list[tuple[str, str]]:
    """The markers and flags that a table shows, each with its meaning, in a fixed order."""
    shown: set[str] = set()
    for reading in readings:
        if reading is None:
            shown.add("z")
        else:
            shown |= {reading.marker} if reading.marker else set()
            shown |= set(reading.flags)
    every = {**MARKER_WORDS, **FLAG_WORDS}
    return [(f"[{code}]", words) for code, words in every.items() if code in shown]


def interval_words(low: float, high: float, decimals: int) -> str:
    """The bounds of an interval: "1.0 to 3.5"."""
    return " to ".join(number_words(Decimal(bound), decimals) for bound in (low, high))


def when_words(span: Span) -> str:
    """When a figure is of: "in 2018-19", "at 31 March 2020", "in the year to 31 March 2020"."""
    match span.kind:
        case Kind.SNAPSHOT:
            return f"at {span.label}"
        case Kind.SPAN:
            return f"from {span.label}"
        case Kind.ROLLING_YEAR | Kind.ACADEMIC_YEAR:
            return f"in the {span.label}"
        case Kind.HALF_YEAR:
            return f"in the {span.label[0].lower()}{span.label[1:]}"
        case _:
            return f"in {span.label}"


def join_words(parts: Iterable[str]) -> str:
    """A list as a person writes it: "one, two and three"."""
    every = list(parts)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"


def _has_unit(measure: Measure, noun: bool) -> bool:
    return noun or measure.unit != "count"


def _singular(words: str) -> str:
    head, _, rest = words.partition(" ")
    if head in _SINGULARS:
        head = _SINGULARS[head]
    elif head.endswith("s") and not head.endswith("ss"):
        head = head[:-1]
    return f"{head} {rest}".strip()
