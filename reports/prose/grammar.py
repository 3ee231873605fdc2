"""What stands between `{{` and `}}`: which figure, and in which form. Pure.

    {{ referrals }}                         the figure of the report's own period
    {{ referrals 2018-19 }}                 of another period
    {{ referral-rate in england }}          of another area that the indicator has figures of
    {{ cpp-category-share where abuse=neglect }}   of a breakdown
    {{ referrals change }}                  a form: see `FORMS`
    {{ referral-rate versus england }}
    {{ cpp-category-share list abuse }}
    {{ referrals stated 2 }}                where the source says it for the second time
    {{ budget/2019-20/total-income/actual }}       a figure that is no indicator's, by its address
    {{ named/teams written }}               such a one in another form: see `STATED_FORMS`

Parts come in this order: code, period, `in`, `where`, form.
"""

import re
from dataclasses import dataclass

from metrics.addresses import WHOLE
from partnerships.periods import PeriodError, Span, parse

# Each form with what it prints.
FORMS = {
    "value": "65 per 10,000",
    "of": "285 of 4,531 (6.3%)",
    "change": "down 767 (14.9%)",
    "moved": "fell from 5,135 to 4,368",
    "tested": "is clearly lower than the year before",
    "versus": "above England (56)",
    "range": "between 56 (England) and 65 (Walsall) per 10,000",
    "rank": "2nd highest of 4",
    "list": "neglect 42% and emotional abuse 30%",
    "other": "45%, where the source also gives another figure",
    "stated": "down 12%, a change that the source states by itself",
}
# Forms of a figure that is no indicator's, which without one has its noun: "2 meetings".
STATED_FORMS = {
    "number": "2, without what is counted",
    "written": "two, written out; none for 0; from ten on in digits",
    "Written": "Two, at the beginning of a sentence",
    "times": "twice; 3 times from three on",
}
WITH_ARGUMENT = {"versus": "an area", "list": "a breakdown"}
MENTIONED = "stated"  # may be followed by the number of the mention, where it is said again
_CODE = re.compile(r"[a-z0-9][-a-z0-9]*")
_MENTION = re.compile(r"[1-9]\d?")
_SLICE = re.compile(r"[-a-z0-9]+=[-a-z0-9]+(;[-a-z0-9]+=[-a-z0-9]+)*")


class ProseError(ValueError):
    """A sentence for whoever wrote the text; `line` counts from 1 where it is known."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(f"Line {line}: {sentence}" if line else sentence)
        self.sentence = sentence
        self.line = line


@dataclass(frozen=True, slots=True)
class IndicatorToken:
    """A figure of an indicator. `area` and `argument` are codes; empty where none is given.

    The `argument` of `stated` is the number of a mention.
    """

    code: str
    span: Span | None = None
    area: str = ""
    slice_key: str = WHOLE
    form: str = "value"
    argument: str = ""


@dataclass(frozen=True, slots=True)
class StatedToken:
    """A figure that is no indicator's: `kind` and the parts of its address after the place.

    Without a `form` it is printed with what is counted.
    """

    kind: str
    parts: tuple[str, ...]
    form: str = ""


Token = IndicatorToken | StatedToken


def parse_token(text: str) -> Token:
    """The token whose inside this is. Raises `ProseError` with what is wrong in it."""
    words = text.split()
    if not words:
        raise ProseError("There is nothing between {{ and }}. Name a figure.")
    if "/" in words[0]:
        return _stated(words)
    code, *rest = words
    if not _CODE.fullmatch(code):
        raise ProseError(f"“{code}” is not the code of an indicator.")
    span = None
    if rest and rest[0][0].isdigit():
        span, rest = _span(rest[0]), rest[1:]
    area, rest = _after("in", rest, _CODE, "the code of an area")
    slice_key, rest = _after("where", rest, _SLICE, "a breakdown, such as abuse=neglect")
    form, argument = _form(rest)
    return IndicatorToken(code, span, area, slice_key or WHOLE, form, argument)


def _stated(words: list[str]) -> StatedToken:
    address, *forms = words
    for form in forms:
        if form not in STATED_FORMS or len(forms) > 1:
            known = ", ".join(STATED_FORMS)
            raise ProseError(f"“{form}” says nothing after an address. One of {known} does.")
    kind, *parts = address.split("/")
    if not kind or not all(parts):
        raise ProseError(f"“{address}” is not an address: a part of it is empty.")
    return StatedToken(kind, tuple(parts), "".join(forms))


def _span(text: str) -> Span:
    try:
        return parse(text)
    except PeriodError as error:
        raise ProseError(str(error)) from error


def _after(
    word: str, rest: list[str], pattern: re.Pattern[str], what: str
) -> tuple[str, list[str]]:
    if not rest or rest[0] != word:
        return "", rest
    if len(rest) < 2 or not pattern.fullmatch(rest[1]):
        raise ProseError(f"After “{word}” comes {what}.")
    return rest[1], rest[2:]


def _form(rest: list[str]) -> tuple[str, str]:
    if not rest:
        return "value", ""
    form, *arguments = rest
    if form not in FORMS:
        known = ", ".join(FORMS)
        raise ProseError(f"“{form}” is not a form of a figure. It is one of {known}.")
    if form in WITH_ARGUMENT and len(arguments) != 1:
        raise ProseError(f"After “{form}” comes {WITH_ARGUMENT[form]}.")
    if form == MENTIONED and len(arguments) == 1 and _MENTION.fullmatch(arguments[0]):
        return form, arguments[0]
    if form not in WITH_ARGUMENT and arguments:
        raise ProseError(f"“{arguments[0]}” says nothing after “{form}”: leave it out.")
    return form, "".join(arguments)
