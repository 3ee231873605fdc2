"""The words of single figures. Pure: no database."""

from decimal import Decimal

BARE = {"£", "%", "number"}
RANK = "rank"


def named_unit(unit: str, value: Decimal) -> str:
    """The unit as it follows a number: in the singular after 1; a rank is a bare number."""
    if unit == RANK:
        return "number"
    return unit if unit in BARE or value != 1 else singular(unit)


def singular(noun: str) -> str:
    """One of what a plural names: `years`, `working days`, `classes`, `authorities`."""
    for ending, instead in (("sses", "ss"), ("ies", "y"), ("s", "")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + instead
    return noun
