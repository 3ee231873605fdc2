"""Forms about self-assessments. The rules are in `reviews.assurance.assessment_actions`."""

from typing import Any

from partnerships.asked import line, optional, paragraph, radios, short_name, version_seen
from partnerships.fields import WholeNumberField
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.period_field import PeriodField
from reviews.assurance.assessment_actions import MoveWords, StepWords
from reviews.fields import FigureForm
from reviews.figures import code_of, telling_after, words_of
from reviews.models import (
    AssessmentMeasure,
    AssessmentStep,
    AssuranceArea,
    Grade,
    GradeMove,
    SelfAssessment,
)


class AssessmentForm(Refusable):
    """What is known of a cycle; a new one also gets its short name."""

    code = short_name("section-11-2026")
    name = line()
    kind = radios("Kind", SelfAssessment.Kind.choices, "Choose the kind of self-assessment.")
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, assessment: SelfAssessment | None, **kwargs: Any) -> None:
        names = ("name", "kind", "note")
        said = {each: getattr(assessment, each) for each in names} if assessment else {}
        kwargs["initial"] = said | {"seen": assessment.version if assessment else 0}
        super().__init__(*args, **kwargs)
        if assessment:
            del self.fields["code"]
        self.helper = helper(submit="Save" if assessment else "Add self-assessment")


class StepForm(Refusable):
    """One step of a cycle."""

    name = line(
        "What was done",
        "Say what was done.",
        help_text="Such as: survey of practitioners.",
    )
    period = PeriodField(label="When")
    note = optional("Note", 500, help_text="Readers see it.")
    seen = version_seen()

    def __init__(self, *args: Any, step: AssessmentStep | None, **kwargs: Any) -> None:
        said = {"name": step.name, "period": step.period.span, "note": step.note} if step else {}
        kwargs["initial"] = said | {"seen": step.version if step else 0}
        super().__init__(*args, **kwargs)
        self.step = step
        self.helper = helper(submit="Save step" if step else "Add step")

    def words(self) -> StepWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data, step = self.cleaned_data, self.step
        same = step is not None and (step.name, step.period.span) == (data["name"], data["period"])
        telling = telling_after(step, note=data["note"], same=same)
        return StepWords(data["name"], data["period"], telling)


class StepFigureForm(FigureForm):
    """A figure of a step."""

    measure = line(
        "What is counted",
        "Say what is counted.",
        help_text="In the plural, as it follows the number: responses, visits, agencies.",
    )

    def __init__(self, *args: Any, row: AssessmentMeasure | None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row:
            self.initial["measure"] = words_of(row.measure)
        self.helper = helper(submit="Save figure" if row else "Add figure")

    def clean_measure(self) -> str:
        return code_of(str(self.cleaned_data["measure"]), 60)


class AreaForm(Refusable):
    """One area for further assurance."""

    area = paragraph("Area for further assurance", "Say what is to be assured.", 300)
    answered_by = optional(
        "Answered by", help_text="What has answered it. Leave it empty while nothing has."
    )
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, area: AssuranceArea | None, **kwargs: Any) -> None:
        names = ("area", "answered_by", "note")
        said = {each: getattr(area, each) for each in names} if area else {}
        kwargs["initial"] = said | {"seen": area.version if area else 0}
        super().__init__(*args, **kwargs)
        self.kept = area
        self.helper = helper(submit="Save area" if area else "Add area")

    def entered(self) -> dict[str, Any]:
        """What was entered, for the action. Only after `is_valid()`."""
        data, kept = self.cleaned_data, self.kept
        same = kept is not None and kept.area == data["area"]
        return {
            "area": data["area"],
            "answered_by": data["answered_by"],
            "telling": telling_after(kept, note=data["note"], same=same),
            "seen": data["seen"],
        }


class MoveForm(Refusable):
    """How many standards moved from one grade to another."""

    period = PeriodField(label="Period in which agencies were asked again")
    was = radios("Grade at first", Grade.choices, "Choose the grade at first.")
    became = radios("Grade later", GradeMove.BECAME, "Choose the grade later.")
    instances = WholeNumberField(
        label="How many",
        min_value=0,
        help_text="Each standard of each agency counts once.",
        error_messages={
            "required": "Enter how many.",
            "min_value": "Enter a number that is not below 0.",
        },
    )
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, move: GradeMove | None, **kwargs: Any) -> None:
        names = ("was", "became", "instances", "note")
        said = {each: getattr(move, each) for each in names} if move else {}
        said |= {"period": move.period.span} if move else {}
        kwargs["initial"] = said | {"seen": move.version if move else 0}
        super().__init__(*args, **kwargs)
        self.move = move
        self.helper = helper(submit="Save" if move else "Add")

    def words(self) -> MoveWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data, move = self.cleaned_data, self.move
        names = ("was", "became", "instances")
        same = move is not None and all(getattr(move, each) == data[each] for each in names)
        telling = telling_after(move, note=data["note"], same=same)
        return MoveWords(
            **{each: data[each] for each in names}, period=data["period"], telling=telling
        )
