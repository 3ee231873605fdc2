"""What is wrong or unlikely about a figure: a list of small rules. Knows no database.

A rule has a code, and a severity by the kind of dataset that the figure belongs to. In a return
an error blocks and a warning asks once for a reason; what blocks a return is only noted about a
printed source, which may print what cannot be so. The rules about an entry by itself, which all
are errors in a return, stand in `metrics.entries`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal

from metrics.arithmetic.reading import Measure
from metrics.entries import Entry, Problem, problems, worked_out

Severity = Literal["error", "warning", "note"]
Kind = Literal["returns", "printed", "official"]

LEAST_EARLIER = 5  # fewer values do not show how far a series usually moves
MANY_TIMES = 3  # of so few: a figure with a nought too many or too few
MOST_EARLIER = 12  # three years: what was usual before then may no longer be
USUAL_SPREADS = Decimal("3.5")
SPREADS_OF_NORMAL = Decimal("1.4826")  # median absolute deviation to standard deviation
CLUSTERED = Decimal("0.05")  # children come in families: large counts move further than by chance
LEAST_SPREAD = Decimal("0.02")  # of the median: a series that never moved may move a little
DENOMINATOR_MOVES = Decimal("0.1")
LEAST_MOVE = 5  # one child more is a tenth of nine: small numbers move by so much each quarter
ASKS = " Check it, or say why it is right."


@dataclass(frozen=True, slots=True)
class Context:
    """What a figure is held against.

    `earlier` are the approved values of the quarters before it, oldest first, in the
    indicator's unit; `denominator_before` is that of the newest of them that has one, and
    `denominators` are all of theirs.
    """

    measure: Measure
    kind: Kind = "returns"
    earlier: tuple[Decimal, ...] = ()
    denominator_before: Decimal | None = None
    denominators: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a rule found, and the field it is about."""

    code: str
    field: str
    message: str
    severity: Severity

    @property
    def finding(self) -> str:
        """The message without what the person who enters the figure is to do."""
        return self.message.removesuffix(ASKS)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that looks at an entry in its context; `severity` by the kind of dataset."""

    look: Callable[[Entry, Context], Iterator[Problem]]
    severity: Mapping[Kind, Severity]


ERROR: Mapping[Kind, Severity] = {"returns": "error", "printed": "note", "official": "note"}
WARNING: Mapping[Kind, Severity] = {"returns": "warning", "printed": "note", "official": "note"}


def found(entry: Entry, context: Context) -> list[Found]:
    """All that the rules find, in their order. Warnings only of an entry without errors."""
    made = [
        Found(problem.code, problem.field, problem.message, rule.severity[context.kind])
        for rule in RULES
        for problem in _looked(rule, entry, context)
    ]
    errors = [each for each in made if each.severity == "error"]
    return errors or made


def warnings(entry: Entry, context: Context) -> list[Found]:
    """What asks for a reason; empty while there are errors."""
    return [each for each in found(entry, context) if each.severity == "warning"]


def _looked(rule: Rule, entry: Entry, context: Context) -> Iterator[Problem]:
    if rule.severity is WARNING and problems(entry, context.measure):
        return  # unlikely or not: it cannot be so at all
    yield from rule.look(entry, context)


def _cannot_be(entry: Entry, context: Context) -> Iterator[Problem]:
    yield from problems(entry, context.measure)


def far_by(
    value: Decimal,
    earlier: tuple[Decimal, ...],
    measure: Measure,
    denominator: Decimal | None = None,
) -> bool:
    """Whether a value lies more than 3.5 usual spreads from the median of earlier ones.

    The spread is 1.4826 times the median absolute deviation, which a single odd value cannot
    widen (Iglewicz and Hoaglin, 1993); at least what chance alone makes of a count, or of a share
    of so many in all; always at least a fiftieth of the median, and a twentieth of a count. What
    was as high or as low twice before, as each summer may be, or in the quarter before, is not far.
    With fewer than five earlier values, only what is more than three times all of them, or less
    than a third.
    """
    last = sorted(earlier[-MOST_EARLIER:])
    if not last:
        return False

    def least(at: Decimal) -> Decimal:
        return USUAL_SPREADS * max(abs(at) * LEAST_SPREAD, _chance(at, measure, denominator))

    middle = median(last)
    if len(last) < LEAST_EARLIER:
        gross = value > MANY_TIMES * last[-1] or value * MANY_TIMES < last[0]
        return gross and abs(value - middle) > least(middle)
    spread = SPREADS_OF_NORMAL * median(abs(each - middle) for each in last)
    if abs(value - middle) <= max(USUAL_SPREADS * spread, least(middle)):
        return False
    if abs(value - earlier[-1]) <= least(earlier[-1]):
        return False
    return value > last[-2] + least(last[-2]) or value < last[1] - least(last[1])


def _chance(at: Decimal, measure: Measure, denominator: Decimal | None) -> Decimal:
    """How far chance alone usually moves a value: of a count, or of a share of so many in all."""
    if measure.unit == "count":
        return max(max(at, Decimal(1)).sqrt(), at * CLUSTERED)
    if measure.unit not in {"percent", "rate"} or not denominator:
        return Decimal(0)
    events = at * denominator / measure.scale
    if measure.unit == "percent":
        events *= 1 - at / 100
    return max(events, Decimal(1)).sqrt() * measure.scale / denominator


def _far(entry: Entry, context: Context) -> Iterator[Problem]:
    value = worked_out(entry, context.measure)
    earlier = context.earlier
    if value is None or not far_by(value, earlier, context.measure, entry.denominator):
        return
    yield Problem(
        "far-from-series",
        _first_field(entry),
        f"{_plain(value)} is far from {_before(earlier[-MOST_EARLIER:])}.{ASKS}",
    )


def _before(last: tuple[Decimal, ...]) -> str:
    low, high = _plain(min(last)), _plain(max(last))
    if len(last) == 1:
        return f"the quarter before, which had {low}"
    if low == high:
        return f"the {len(last)} quarters before, which all had {low}"
    return f"the {len(last)} quarters before, which lie between {low} and {high}"


def _fraction(entry: Entry, context: Context) -> Iterator[Problem]:
    value = worked_out(entry, context.measure)
    if context.measure.unit != "percent" or not context.earlier or not value:
        return
    usual = median(context.earlier[-MOST_EARLIER:])
    if value <= 1 and usual > 2 and usual / 2 <= value * 100 <= usual * 2:
        yield Problem(
            "typed-as-fraction",
            _first_field(entry),
            f"This makes {_plain(value)}%; {_plain(value * 100)}% would be usual. Was a share "
            f"typed as a fraction of 1?{ASKS}",
        )


def _denominator(entry: Entry, context: Context) -> Iterator[Problem]:
    before, now = context.denominator_before, entry.denominator
    if before is None or now is None or before == 0:
        return
    usual = (before, *context.denominators[-MOST_EARLIER:])
    if min(usual) <= now <= max(usual):
        return  # many move by a tenth each quarter: the children of one quarter, say
    if abs(now - before) > before * DENOMINATOR_MOVES and abs(now - before) >= LEAST_MOVE:
        yield Problem(
            "denominator-changed",
            "denominator",
            f"The number in all was {_plain(before)} before and is {_plain(now)} now, a change "
            f"of more than a tenth.{ASKS}",
        )


def _first_field(entry: Entry) -> str:
    return "numerator" if entry.numerator is not None else "value"


def _plain(number: Decimal) -> str:
    """A number as people type it, to two decimals at most."""
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Partition:
    """A count and its categories, of which each thing counted is in one.

    None where there is no number, or none yet; `known_as` says by what it is divided.
    """

    known_as: str
    total: Decimal | None
    parts: Mapping[str, Decimal | None]


def adds_up(divided: Partition, kind: Kind = "returns") -> Found | None:
    """What is wrong where categories do not make their total.

    While one of them has no number the others may make less, but never more. Counts in returns
    are whole numbers, so that there is no rounding to allow for.
    """
    known = {name: number for name, number in divided.parts.items() if number is not None}
    made, total = sum(known.values(), Decimal(0)), divided.total
    if total is None or made == total or (made < total and len(known) < len(divided.parts)):
        return None
    parts = ", ".join(f"{name} {_plain(number)}" for name, number in known.items())
    off = f"{_plain(abs(made - total))} {'more' if made > total else 'fewer'}"
    message = (
        f"{divided.known_as}: {parts} make {_plain(made)}. The total is {_plain(total)}: the "
        f"categories make {off}. Put right the total or a category."
    )
    return Found("parts-do-not-add-up", "value", message, ERROR[kind])


RULES: tuple[Rule, ...] = (
    Rule(_cannot_be, ERROR),
    Rule(_far, WARNING),
    Rule(_fraction, WARNING),
    Rule(_denominator, WARNING),
)
