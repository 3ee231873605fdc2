"""Targets in words, and what a figure makes of one."""

from collections.abc import Mapping
from decimal import Decimal

from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.target import Bounds, Reason, Verdict, Zone
from metrics.wording.values import value_words

ZONE_WORDS: Mapping[Zone, str] = {
    Zone.MET: "Target met",
    Zone.TOLERATED: "Missed, within tolerance",
    Zone.MISSED: "Target missed",
    Zone.FAILED: "In the failure zone",
}
CANNOT_BE_TOLD = "Cannot be told"
REASON_WORDS: Mapping[Reason, str] = {
    "no-number": "There is no number.",
    "about": "The figure is only given as “about”.",
    "incomplete": "Parts of the total are missing.",
    "doubted": "The figure is doubted.",
    "estimated": "The figure is an estimate or a forecast.",
}


def target_words(bounds: Bounds, measure: Measure) -> str:
    """The level alone: "at least 90%"."""
    return f"{bounds.direction.replace('-', ' ')} {level_words(bounds.value, measure)}"


def bounds_words(bounds: Bounds, measure: Measure) -> str:
    """All of it: "at least 90%, tolerated down to 85%, failed below 80%"."""
    down, beyond = ("down", "below") if bounds.direction == "at-least" else ("up", "above")
    said = [target_words(bounds, measure)]
    if bounds.tolerance is not None:
        said.append(f"tolerated {down} to {level_words(bounds.tolerance, measure)}")
    if bounds.failure is not None:
        said.append(f"failed {beyond} {level_words(bounds.failure, measure)}")
    return ", ".join(said)


def level_words(value: Decimal, measure: Measure) -> str:
    """A bound with as many decimals as it needs, and its unit."""
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return value_words(Reading(value=value, decimals=decimals), measure)


def zone_words(verdict: Verdict) -> str:
    """The state in a few words, for a tag."""
    return CANNOT_BE_TOLD if verdict.zone is None else ZONE_WORDS[verdict.zone]


def reason_words(verdict: Verdict) -> str:
    """Why it cannot be told, as sentences; empty where it can."""
    if verdict.zone is not None:
        return ""
    if verdict.worst is None or verdict.best is None:
        return REASON_WORDS[verdict.reason]
    because = (
        "The figure is only a limit"
        if verdict.reason == "limit"
        else "The printed figure is rounded"
    )
    worst, best = (_lower_first(ZONE_WORDS[zone]) for zone in (verdict.worst, verdict.best))
    if verdict.best - verdict.worst == 1:
        return f"{because}: it may be “{worst}” or “{best}”."
    return f"{because}: it may be anything from “{worst}” to “{best}”."


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
