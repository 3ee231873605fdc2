"""What can be counted of training, in words; and where numbers contradict each other. Pure.

To count something more, add a line to `COUNTED`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnerships.amounts import number_words


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that is counted: in a table, after its number, and whether it may be added up."""

    label: str
    unit: str
    adds: bool = False
    may_be_negative: bool = False


COUNTED: Mapping[str, Counted] = {
    "events": Counted("Events", "events", adds=True),
    "sessions": Counted("Sessions", "sessions", adds=True),
    "days": Counted("Days", "days"),
    "hours": Counted("Hours", "hours"),
    "minutes": Counted("Minutes", "minutes"),
    "tiers": Counted("Tiers", "tiers"),
    "held": Counted("Held", "number"),
    "e-learning-modules": Counted("E-learning modules", "e-learning modules"),
    "trainers": Counted("Trainers", "trainers"),
    "places": Counted("Places offered", "places offered", adds=True),
    "allocated": Counted("Places allocated", "places allocated", adds=True),
    "attended": Counted("People who attended", "people", adds=True),
    "trained-so-far": Counted("People trained so far", "people"),
    "completed": Counted("Completions", "completions", adds=True),
    "no-shows": Counted("No-shows", "no-shows", adds=True),
    "booked-not-attended": Counted(
        "Booked and did not attend", "places booked and not used", adds=True
    ),
    "change-percent": Counted("Change on the year before", "%", may_be_negative=True),
    "rated-four-or-five": Counted("Rated it 4 or 5 of 5", "%"),
    "test-before": Counted("Test score before", "%"),
    "test-after": Counted("Test score after", "%"),
    "knowledge-before": Counted("Knowledge before, of 10", "out of 10"),
    "knowledge-after": Counted("Knowledge after, of 10", "out of 10"),
    "skills-before": Counted("Skills before, of 10", "out of 10"),
    "skills-after": Counted("Skills after, of 10", "out of 10"),
    "confidence-before": Counted("Confidence before, of 10", "out of 10"),
    "confidence-after": Counted("Confidence after, of 10", "out of 10"),
}
LARGEST: Mapping[str, int] = {"%": 100, "out of 10": 10}
# What cannot be more than what, and how it is said.
WITHIN: tuple[tuple[str, str, str], ...] = (
    ("allocated", "places", "{} places are allocated, and {} are offered."),
    ("attended", "places", "{} people attended, and {} places are offered."),
    ("no-shows", "allocated", "{} are no-shows, and {} places are allocated."),
    ("attended", "allocated", "{} people attended, and {} places are allocated."),
)


def contradictions(numbers: Mapping[str, Decimal]) -> tuple[str, ...]:
    """What cannot be so, in sentences, of one activity and period; `numbers` by what they count."""
    found = [
        words.format(number_words(numbers[part], 0), number_words(numbers[whole], 0))
        for part, whole, words in WITHIN
        if part in numbers and whole in numbers and numbers[part] > numbers[whole]
    ]
    if not found and {"attended", "no-shows", "allocated"} <= set(numbers):
        taken = numbers["attended"] + numbers["no-shows"]
        if taken > numbers["allocated"]:
            found.append(
                f"Those who attended and the no-shows make {number_words(taken, 0)}, "
                f"and {number_words(numbers['allocated'], 0)} places are allocated."
            )
    return tuple(found)


def outside(measure: str, value: Decimal) -> str:
    """What is wrong with a number by itself, in a sentence; empty where nothing is."""
    counted = COUNTED[measure]
    if value < 0 and not counted.may_be_negative:
        return "Enter a number that is not below 0."
    largest = LARGEST.get(counted.unit)
    if largest is not None and value > largest and not counted.may_be_negative:
        return f"Enter a number that is not above {largest}."
    return ""
