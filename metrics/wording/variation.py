"""What is unusual in a series, and how much it usually varies, in words."""

from decimal import Decimal

from metrics.arithmetic.reading import Measure, Reading
from metrics.arithmetic.spc import FULL_POINTS, Segment, Signal
from metrics.wording.values import value_words

SIGNAL_WORDS: dict[Signal, str] = {
    "above-limit": "Above the upper limit",
    "below-limit": "Below the lower limit",
    "shift": "{count} in a row on the same side of the mean",
    "trend": "{count} in a row that all rise or all fall",
    "two-of-three": "One of 2 out of 3 in a row that lie close to the same limit",
}


def signal_words(signal: Signal, count: int) -> str:
    """Why so many figures in a row are unusual: "8 in a row on the same side of the mean"."""
    return SIGNAL_WORDS[signal].format(count=count)


def ordinary_words(segment: Segment, measure: Measure, decimals: int) -> list[str]:
    """Mean and limits in sentences. The segment has limits."""
    assert segment.mean is not None
    assert segment.lower is not None
    assert segment.upper is not None

    def said(number: float) -> str:
        return value_words(Reading(value=Decimal(str(number)), decimals=decimals), measure)

    sentences = [
        f"The mean is {said(segment.mean)}. Figures between {said(segment.lower)} and "
        f"{said(segment.upper)} are ordinary variation: one that goes up or down between them need "
        "not mean that anything has changed."
    ]
    if segment.trial:
        sentences.append(
            f"These are trial limits, since they rest on fewer than {FULL_POINTS} figures."
        )
    return sentences
