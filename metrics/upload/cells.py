"""Cells as a file gives them, and the numbers read from them. Knows no library and no database.

A comma is taken for a thousands separator only where it stands between groups of three digits,
because 1,5 may be one and a half or fifteen. What may mean two things is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from metrics.upload.refusals import Unreadable


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds nothing to read; the sentence says why, and what to do."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that the workbook shows with a percent sign: 24 for 24%."""

    number: Decimal


Cell = str | Decimal | Percent | date | Fault  # "" is an empty one


class Row(NamedTuple):
    """A row by its number in the file; `fault` is what is wrong with it as a whole.

    `merged` are the cells in it that are merged with others: first and last place from 0, range.
    """

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""
    merged: tuple[tuple[int, int, str], ...] = ()


class Number(NamedTuple):
    """What a cell says; `said` names what was left out to read it."""

    value: Decimal
    said: str = ""


ERROR = (
    "The cell shows an error, {}. Put the formula right, or type the number in its place, "
    "and save the workbook."
)
TRUE_OR_FALSE = "The cell holds TRUE or FALSE. Enter a number or words."
INVISIBLE = "Invisible characters were left out."
GROUPS = "Thousands separators were left out."
SIGNS = "A pound sign was left out."
WIDTHS = "Full-width characters were read as plain ones."
ROUNDED = "Numbers with more than six decimals were rounded to six."
ANY_UNIT = ""  # of a number typed by a person who sees what it is of: £ and % are passed over
_AN_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)")

# A spreadsheet shows 12 as "12." and 0.5 as ".5" where its format leaves noughts away.
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?:\.[0-9]*)?")
# Soft hyphens, spaces of no width, marks of byte order, and what turns the direction of writing.
# Joiners are no such: some scripts are not written rightly without them.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNPRINTABLE = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Full-width digits and signs. No other compatible characters: 12² is no 122.
_TO_PLAIN = {0xFF01 + place: 0x21 + place for place in range(94)} | {0xFFE1: ord("£")}
_SPACES = re.compile(r"\s+")  # also non-breaking and thin ones
_HIDDEN_NUMBER = re.compile(r"[<≤]\s*\d+|\*+|\[?c\]?|[sS]uppressed")
_NOTHING = frozenset(
    [
        *("-", "--", ".", "..", "n/a", "na", "nil", "none", "nk", "tbc", "x", "z", ":", "null"),
        *("not available", "not applicable", "not known", "unknown", "zero"),
        *("awaited", "pending"),
    ]
)
# 12 (est.), 12 children, 12*, about 12.
_AND_MORE = re.compile(
    r"[0-9][0-9,.]*(?:\s+[a-z(].*|\s?[*†‡(].*)|(?:about|approx|circa|ca)\W.+", re.I
)
_SIX = Decimal("0.000001")


def is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not seen(cell).strip()


def seen(text: str) -> str:
    """Text without characters that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def _refuse_unprintable(text: str) -> None:
    if odd := _UNPRINTABLE.search(text):
        raise Unreadable(
            f"The cell holds a character that cannot be printed (U+{ord(odd[0]):04X}), after "
            f"“{text[: odd.start()][-20:]}”. Type the cell again."
        )


def text_of(cell: Cell) -> str:
    """The cell as text, its spaces made single. Raises `Unreadable` for a fault."""
    match cell:
        case str():
            _refuse_unprintable(cell)
            text = unicodedata.normalize("NFKC", cell) if not cell.isascii() else cell
            return _SPACES.sub(" ", text).strip()
        case Decimal():
            return f"{cell.normalize():f}"
        case Percent():
            return f"{cell.number.normalize():f}%"
        case date():
            return cell.isoformat()
        case Fault():
            raise Unreadable(cell.sentence)


def words_of(cell: Cell) -> str:
    """Text for people to read: as `text_of`, but its characters stay as they were written."""
    if isinstance(cell, str):
        _refuse_unprintable(cell)
        text = _SPACES.sub(" ", cell).strip()
        # Our own exports put an apostrophe before what a spreadsheet would take for a formula.
        bare = text.lstrip("'")
        return text[1:] if bare != text and bare.startswith(("=", "+", "-", "@")) else text
    return text_of(cell)


def number_of(cell: Cell, *, unit: str = "count") -> Number | None:
    """The number in a cell; none where it is empty. `unit` as in the register, or `ANY_UNIT`.

    Raises `Unreadable`.
    """
    match cell:
        case Decimal():
            return _to_six(cell, "")
        case str():
            return _typed(cell, unit) if cell and not cell.isspace() else None
        case Percent():
            return _percent(cell.number, unit)
        case date():
            raise Unreadable(
                f"This is a date, {cell.day} {cell:%B %Y}. A spreadsheet makes dates out of "
                "numbers such as 3/4. Format the column as numbers, and type it again."
            )
        case Fault():
            raise Unreadable(cell.sentence)


def _typed(cell: str, unit: str) -> Number:
    if cell.isascii() and cell.isdigit() and len(cell) < 16:
        return Number(Decimal(cell))
    _refuse_unprintable(cell)
    text = _SPACES.sub(" ", cell.translate(_TO_PLAIN)).strip()
    shown = text[:40]
    plain = re.sub("[−–—‐‑‒]", "-", text)
    said = WIDTHS if any(ord(sign) in _TO_PLAIN for sign in cell) else ""
    if plain.casefold().strip("[]") in _NOTHING:
        raise Unreadable(
            f"“{shown}” may mean none or not known. Enter 0 for none; where there is no number, "
            "leave its place empty, and say why in the places for that."
        )
    if plain.casefold() in {"true", "false"}:
        raise Unreadable(TRUE_OR_FALSE)
    if _AN_ERROR.fullmatch(plain):
        raise Unreadable(ERROR.format(shown))
    if _HIDDEN_NUMBER.fullmatch(plain):
        raise Unreadable(
            f"“{shown}” hides a number. Enter the number itself: the portal hides small numbers "
            "wherever a report is published."
        )
    if "£" in plain:
        if unit not in {"money", ANY_UNIT}:
            raise Unreadable(f"“{shown}” is an amount of money, and this figure is not. Check it.")
        plain, said = re.sub("£ ?", "", plain, count=1), SIGNS
    if plain.endswith("%"):
        return _percent(_digits(plain[:-1].rstrip(), shown, said).value, unit)
    return _digits(plain, shown, said)


def _digits(plain: str, shown: str, said: str) -> Number:
    plain = re.sub(r"^- ", "-", plain)
    if _GROUPED.fullmatch(plain):
        plain, said = re.sub("[, ]", "", plain), said or GROUPS
    if not _PLAIN.fullmatch(plain):
        if re.fullmatch(r"-?[\d.]*\d,\d+", plain):
            raise Unreadable(
                f"“{shown}” may have a decimal comma. Write it with a point, such as 12.5, and "
                "without thousands separators."
            )
        more = " What is to be said beside it goes into the note." * bool(_AND_MORE.match(plain))
        raise Unreadable(
            f"“{shown}” is not a number. Enter digits only, such as 1234 or 12.5.{more}"
        )
    return _to_six(Decimal(plain), said)


def _percent(number: Decimal, unit: str) -> Number:
    if unit not in {"percent", ANY_UNIT}:
        raise Unreadable(
            f"This is a percentage, {number.normalize():f}%, and a number is asked for. "
            "Enter the number itself."
        )
    return _to_six(number, "")


def _to_six(number: Decimal, said: str) -> Number:
    if abs(number) >= Decimal(10) ** 15:
        raise Unreadable("That number is too large. Check its digits.")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        number, said = number.quantize(_SIX, ROUND_HALF_UP), ROUNDED
    return Number(number if number else abs(number), said)  # there is no minus nought
