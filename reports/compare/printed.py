"""What a published report prints of a figure, read back from the text that everybody can see.

Never from the figure itself: what a report leaves out must not come back by another way.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from metrics.arithmetic.reading import Reading
from metrics.wording import FLAG_WORDS
from metrics.wording.values import QUALIFIER_WORDS
from partnerships.amounts import MINUS, half_up
from reports.models import PrintedFigure

_TEXT = re.compile(
    rf"(?P<qualifier>{'|'.join(QUALIFIER_WORDS.values())})?\s*(?P<sign>{MINUS})?£?"
    r"(?P<digits>\d[\d,]*(?:\.(?P<places>\d+))?)%?(?P<rest>\D.*)?"
)
_FLAGS = re.compile(r"\[(\w)\]")
_PARTS = re.compile(r"[\[(]\d+ of \d+|\(incomplete\)")
_QUALIFIERS = {words: code for code, words in QUALIFIER_WORDS.items()}


def reading_of_printed(figure: PrintedFigure) -> Reading:
    """A number where the text plainly gives the one that the report counts with; else words."""
    if figure.value is None:
        return Reading(marker=figure.marker, words="" if figure.marker else figure.text)
    found = _TEXT.fullmatch(figure.text)
    if found is None:
        return Reading(words=figure.text)
    decimals = len(found["places"] or "")
    stated = Decimal(found["digits"].replace(",", "")) * (-1 if found["sign"] else 1)
    rest = found["rest"] or ""
    if half_up(figure.value, decimals) != stated:
        return Reading(words=figure.text)
    return Reading(
        value=figure.value,
        decimals=decimals,
        qualifier=_QUALIFIERS.get(found["qualifier"] or "", "exactly"),
        flags="".join(flag for flag in FLAG_WORDS if flag in _FLAGS.findall(rest)),
        complete=_PARTS.search(rest) is None,
    )


def best_of(figures: Iterable[PrintedFigure]) -> tuple[PrintedFigure, Reading]:
    """Of the places where one figure is printed the one that qualifies it most.

    A table says that a figure is doubted or of three quarters only, a sentence may not.
    """
    read = [(figure, reading_of_printed(figure)) for figure in figures]
    return min(read, key=lambda one: (one[1].value is None, one[1].complete, -len(one[1].flags)))
