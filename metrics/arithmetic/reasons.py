"""The closed set of sentences that say why there is no change, and what to be careful about.

A change without an amount has a reason; every reason has a code, which is kept in its rule.
"""

from metrics.arithmetic.reading import Against, Reading

LONGEST = 300  # characters that a stored reason or caution may have

EARLIER: dict[Against, str] = {
    "year-before": "the year before",
    "period-before": "the quarter before",
}
MARKERS: dict[str, str] = {
    "x": "is not available",
    "z": "does not apply",
    "c": "is confidential",
    "low": "rounds to 0",
    "k": "rounds to 0 in the source",
    "u": "is too unreliable to publish",
}
LIMIT_WORDS: dict[str, str] = {
    "at-least": "at least",
    "at-most": "at most",
    "more-than": "more than",
    "fewer-than": "fewer than",
    "between": "between two numbers",
}
FLAG_WORDS: dict[str, str] = {
    "d": "is doubted",
    "e": "is estimated",
    "f": "is a forecast",
    "p": "is provisional",
}
BREAK_FLAG_WORDS = "The source marks a break in the series."


def fit(text: str) -> str:
    """The text, cut at a word to what can be stored."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def missing(against: Against) -> tuple[str, str]:
    return "missing", f"There is no figure for {EARLIER[against]}."


def broken(against: Against, words: str) -> tuple[str, str]:
    return "break", fit(f"Not comparable with {EARLIER[against]}. {words}")


def obstacle(reading: Reading, earlier: Against | None) -> tuple[str, str] | None:
    """Why a reading cannot take part in a change: a code and a sentence; None if it can.

    `earlier` names the figure compared with; None for the figure itself.
    """
    side = "after" if earlier is None else "before"
    this = "This figure" if earlier is None else f"The figure for {EARLIER[earlier]}"
    if reading.marker:
        return f"{side}-{reading.marker}", f"{this} {MARKERS[reading.marker]}."
    if reading.value is None:
        return f"{side}-words", f"{this} is given in words only."
    if not reading.complete:
        total = this.replace("figure", "total")
        have = "is incomplete" if reading.parts is None else _parts(*reading.parts)
        return f"{side}-incomplete", f"{total} {have}."
    if reading.is_limit:
        limit = LIMIT_WORDS[reading.qualifier]
        return f"{side}-{reading.qualifier}", f"{this} is given as {limit}, not as one number."
    return None


def why_none(
    before: Reading | None, after: Reading, against: Against, break_between: str | None
) -> tuple[str, str] | None:
    """Why there is no change: a code and a sentence; None where there is one.

    Asked in this order: the figure itself, the earlier one missing, a break between them (told
    of in `break_between`, or flagged by the source), the earlier one.
    """
    found = obstacle(after, None)
    if found is None and before is None:
        found = missing(against)
    if found is None and break_between is None and "b" in after.flags:
        break_between = BREAK_FLAG_WORDS
    if found is None and break_between is not None:
        found = broken(against, break_between)
    if found is None and before is not None:
        found = obstacle(before, against)
    return found


def caution(
    before: tuple[Reading, bool], after: tuple[Reading, bool], against: Against, words: str | None
) -> str:
    """What to be careful about, in sentences; empty where nothing is.

    Each reading comes with whether its numerator and denominator give something else.
    `words` is what affected the series between them.
    """
    found = [words] if words else []
    found += _cautions(after, None)
    found += _cautions(before, against)
    return fit(" ".join(found))


def _cautions(figure: tuple[Reading, bool], earlier: Against | None) -> list[str]:
    reading, disagrees = figure
    this = "This figure" if earlier is None else f"The figure for {EARLIER[earlier]}"
    found = [f"{this} {words}." for flag, words in FLAG_WORDS.items() if flag in reading.flags]
    if reading.qualifier == "about":
        found.append(f"{this} is approximate.")
    if disagrees:
        found.append(f"{this} is not what its numerator and denominator give.")
    return found


def _parts(have: int, of: int) -> str:
    return f"has {have} of {of} quarters"
