"""Verbs that change self-assessments: their steps, figures, areas and moves between grades."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of
from reviews.figures import OURS, FigureWords, Telling, code_of
from reviews.models import (
    AssessmentMeasure,
    AssessmentStep,
    AssuranceArea,
    GradeMove,
    SelfAssessment,
)
from reviews.versions import write

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class StepWords:
    """What was done in one step of a cycle, and when."""

    name: str
    period: Span
    telling: Telling = OURS


@dataclass(frozen=True, slots=True)
class MoveWords:
    """How many standards had one grade first and another one later."""

    was: str
    became: str
    period: Span
    instances: int
    telling: Telling = OURS


def save_assessment(
    *,
    partnership: Partnership,
    code: str,
    name: str,
    kind: str,
    note: str = "",
    seen: int = 0,
    by: User,
) -> SelfAssessment:
    """Adds a cycle of self-assessment (`seen` 0) or changes the version seen.

    Raises `Refused` and `Overtaken`.
    """
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.self_assessments.filter(code=code).first() if seen else None
        saved = write(
            SelfAssessment,
            {"partnership": partnership, "code": code},
            {"name": name, "kind": kind, "note": note},
            found=found,
            seen=seen,
            taken=Refused(
                f"There is a self-assessment {code} already. Choose another name.", "code"
            ),
        )
        if saved:
            _record(by, "self-assessment changed" if found else "self-assessment added", saved)
    return saved or partnership.self_assessments.get(code=code)


def save_step(
    *,
    assessment: SelfAssessment,
    words: StepWords,
    found: AssessmentStep | None = None,
    seen: int = 0,
    by: User,
) -> AssessmentStep:
    """Adds a step after the last one, or changes the version seen of the one found.

    Raises `Refused` and `Overtaken`.
    """
    code = code_of(words.name)
    if code in {"", "moves"}:
        raise Refused("Say what was done, in words.", "name")
    with transaction.atomic():
        kept = _locked(assessment, assessment.steps.all(), found)
        saved = write(
            AssessmentStep,
            {"assessment": assessment, "code": code, "period": store_period(words.period)},
            {
                "name": words.name,
                "number": kept.number if kept else _next(assessment.steps.all()),
                **words.telling.columns(),
            },
            found=kept,
            seen=seen,
            taken=Refused("This step is told of that period already.", "name"),
        )
        verb = "step of a self-assessment"
        return _told(saved, kept, by, verb, assessment)


def save_step_figure(
    *,
    step: AssessmentStep,
    words: FigureWords,
    found: AssessmentMeasure | None = None,
    seen: int = 0,
    by: User,
) -> AssessmentMeasure:
    """Adds a figure of a step, or changes the version seen of the one found.

    Raises `Refused` and `Overtaken`.
    """
    columns = words.columns()
    with transaction.atomic():
        kept = _locked(step.assessment, step.measures.all(), found)
        saved = write(
            AssessmentMeasure,
            {"step": step, "measure": columns.pop("measure")},
            columns,
            found=kept,
            seen=seen,
            taken=Refused("This is counted for the step already. Change that figure.", "measure"),
        )
        verb = "figure of a self-assessment"
        return _told(saved, kept, by, verb, step.assessment, measure=words.measure)


def save_area(
    *,
    assessment: SelfAssessment,
    area: str,
    answered_by: str = "",
    telling: Telling = OURS,
    found: AssuranceArea | None = None,
    seen: int = 0,
    by: User,
) -> AssuranceArea:
    """Adds an area for further assurance, or changes the version seen of the one found.

    Raises `Overtaken`, and `Refused` where a text is too long.
    """
    with transaction.atomic():
        kept = _locked(assessment, assessment.areas.all(), found)
        number = kept.number if kept else _next(assessment.areas.all())
        saved = write(
            AssuranceArea,
            {"assessment": assessment, "number": number},
            {"area": area, "answered_by": answered_by, **telling.columns()},
            found=kept,
            seen=seen,
            taken=Refused("This area is kept already.", "area"),
        )
        return _told(saved, kept, by, "area for assurance", assessment, number=number)


def save_move(
    *,
    assessment: SelfAssessment,
    words: MoveWords,
    found: GradeMove | None = None,
    seen: int = 0,
    by: User,
) -> GradeMove:
    """Adds how many standards moved from one grade to another, or changes the version seen.

    Raises `Refused` and `Overtaken`.
    """
    with transaction.atomic():
        kept = _locked(assessment, assessment.moves.all(), found)
        saved = write(
            GradeMove,
            {
                "assessment": assessment,
                "period": store_period(words.period),
                "was": words.was,
                "became": words.became,
            },
            {"instances": words.instances, **words.telling.columns()},
            found=kept,
            seen=seen,
            taken=Refused("This move is counted already for that period.", "became"),
        )
        moved = f"{words.was} to {words.became}"
        return _told(saved, kept, by, "move between grades", assessment, moved=moved)


def remove_assessment(assessment: SelfAssessment, why: Removal) -> None:
    """Takes a cycle out.

    Raises `Overtaken`, and `Refused` while steps, areas or moves of it are kept.
    """
    take_out(assessment, why, verb="self-assessment removed", subject=assessment.key)


def remove_step(step: AssessmentStep, why: Removal) -> None:
    """Takes a step out; the others keep their places.

    Raises `Overtaken`, and `Refused` while figures of it are kept.
    """
    _take_out(step, step.assessment, why, "step of a self-assessment removed")


def remove_step_figure(figure: AssessmentMeasure, why: Removal) -> None:
    """Takes a figure of a step out. Raises `Overtaken`, and `Refused` where a report prints it."""
    _take_out(figure, figure.step.assessment, why, "figure of a self-assessment removed")


def remove_area(area: AssuranceArea, why: Removal) -> None:
    """Takes an area for further assurance out. Raises `Overtaken`."""
    _take_out(area, area.assessment, why, "area for assurance removed")


def remove_move(move: GradeMove, why: Removal) -> None:
    """Takes a move out. Raises `Overtaken`, and `Refused` where a report prints it."""
    _take_out(move, move.assessment, why, "move between grades removed")


def _take_out(row: Model, assessment: SelfAssessment, why: Removal, verb: str) -> None:
    place = address_of("self-assessment", assessment.partnership, assessment.code, "")
    take_out(row, why, verb=verb, subject=assessment.key, figures=[place])


def _locked(assessment: SelfAssessment, rows: QuerySet[M], found: M | None) -> M | None:
    """The row as it stands now, with the cycle that it belongs to locked."""
    SelfAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    return rows.filter(pk=found.pk).first() if found else None


def _next(rows: QuerySet[Any]) -> int:
    last = rows.order_by("number").last()
    return last.number + 1 if last else 1


def _told(
    saved: M | None, kept: M | None, by: User, noun: str, assessment: SelfAssessment, **detail: Any
) -> M:
    """What stands now; recorded where it is not what stood before."""
    if saved is None:
        assert kept is not None  # nothing differs from what was there
        return kept
    _record(by, f"{noun} changed" if kept else f"{noun} added", assessment, **detail)
    return saved


def _record(by: User, verb: str, assessment: SelfAssessment, **detail: Any) -> None:
    partnership = assessment.partnership
    record(by=by, verb=verb, subject=assessment.key, partnership=partnership, detail=detail)
