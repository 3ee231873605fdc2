"""What was answered to recommendations: keeping it, and how it stood on the day it was told."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from partnerships.audit import record
from partnerships.known_dates import stored
from partnerships.models import User
from partnerships.periods import Span, day
from partnerships.refusals import Refused
from partnerships.removing.actions import Removal, take_out
from reviews.models import Answer, Recommendation
from reviews.versions import write


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer in our words; `promised` is by when it says that something will be done."""

    words: str
    promised: Span | None = None
    note: str = ""
    source: str = ""
    fact_id: str = ""


def save_answer(
    *, recommendation: Recommendation, told: date, words: AnswerWords, seen: int = 0, by: User
) -> Answer:
    """Adds the answer of a day (`seen` 0) or changes the version seen; the same is no change.

    Raises `Refused` and `Overtaken`.
    """
    promised, precision = stored(words.promised)
    columns = {
        "words": words.words,
        "promised": promised,
        "promised_precision": precision.value,
        "note": words.note,
        "source": words.source,
        "fact_id": words.fact_id,
    }
    with transaction.atomic():
        Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
        found = recommendation.answers.filter(told=told).first() if seen else None
        saved = write(
            Answer,
            {"recommendation": recommendation, "told": told},
            columns,
            found=found,
            seen=seen,
            taken=Refused("There is an answer of that day already. Change that.", "told"),
        )
        if saved is None:
            return recommendation.answers.get(told=told)
        record(
            by=by,
            verb="answer changed" if found else "answer added",
            subject=recommendation.key,
            partnership=recommendation.source.partnership,
            detail={"told": told.isoformat()},
        )
    return saved


def remove_answer(answer: Answer, why: Removal) -> None:
    """Takes out the answer of a day. Raises `Overtaken`."""
    take_out(answer, why, verb="answer removed", subject=answer.recommendation.key)


def standing_of(answer: Answer | None) -> str:
    """How a recommendation stands by its newest answer, in a sentence."""
    if answer is None:
        return "No answer is kept."
    how = "Out of date" if answer.was_out_of_date else "As told"
    return f"{how} on {day(answer.told)}: {_promised(answer)}."


def standing_on_its_day(answer: Answer) -> str:
    """The same, where the day of the answers is said of all of them together."""
    promised = _promised(answer)
    if answer.was_out_of_date:
        return f"Out of date: {promised}."
    return f"{promised[:1].upper()}{promised[1:]}."


def _promised(answer: Answer) -> str:
    if answer.promised_when is None:
        return "no date is given"
    when = answer.promised_when.label
    out_of_date = answer.was_out_of_date
    return f"it still promises what was due by {when}" if out_of_date else f"due {when}"
