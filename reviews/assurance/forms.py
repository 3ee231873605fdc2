"""Forms about audits and dissemination. The rules are in `reviews.assurance.actions`."""

from typing import Any

from metrics.forms import NumberField
from partnerships.amounts import number_words
from partnerships.asked import line, optional, radios, short_name, version_seen
from partnerships.fields import WholeNumberField
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.period_field import PeriodField
from reviews.assurance.actions import AuditWords, GradeWords
from reviews.figures import Telling, code_of, telling_after
from reviews.models import AuditGrade, AuditResult, CaseAudit, Dissemination, Grade

NOT_GIVEN = "Leave it empty if the audit does not give this grade."


class AuditForm(Refusable):
    """What is known of an audit; a new one also gets its short name."""

    code = short_name("neglect-2026")
    name = line()
    kind = radios("Kind", CaseAudit.Kind.choices, "Choose the kind of audit.")
    theme = optional("Theme")
    period = PeriodField(label="Period that the audit covers")
    status = radios("How it stands", CaseAudit.Status.choices, "Choose how the audit stands.")
    cases = WholeNumberField(
        label="Cases audited",
        required=False,
        min_value=1,
        help_text="Leave it empty if it is not known.",
        error_messages={"min_value": "Enter a number of 1 or more, or leave it empty."},
    )
    note = optional(
        "Note", 500, help_text="Needed if the audit is on hold or was not reported on: say why."
    )
    seen = version_seen()

    def __init__(self, *args: Any, audit: CaseAudit | None, **kwargs: Any) -> None:
        kwargs["initial"] = _of_audit(audit) if audit else {"seen": 0}
        super().__init__(*args, **kwargs)
        self.audit = audit
        if audit:
            del self.fields["code"]
        self.helper = helper(submit="Save audit" if audit else "Add audit")

    def words(self) -> AuditWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data, audit = self.cleaned_data, self.audit
        same = audit is not None and (audit.cases, audit.status, audit.period.span) == (
            data["cases"],
            data["status"],
            data["period"],
        )
        names = ("name", "kind", "theme", "period", "status", "cases")
        return AuditWords(
            **{each: data[each] for each in names},
            telling=telling_after(audit, note=data["note"], same=same),
        )


class ResultForm(Refusable):
    """The grades that an audit gave in one period."""

    period = PeriodField()
    unit = radios("The grades are", AuditResult.Unit.choices, "Choose percentages or numbers.")
    outstanding = NumberField(label="Outstanding", help_text=NOT_GIVEN)
    good = NumberField(label="Good", help_text=NOT_GIVEN)
    requires_improvement = NumberField(label="Requires improvement", help_text=NOT_GIVEN)
    inadequate = NumberField(label="Inadequate", help_text=NOT_GIVEN)
    note = optional("Note", 500, help_text="Readers see it.")
    seen = version_seen()

    def __init__(self, *args: Any, result: AuditResult | None, **kwargs: Any) -> None:
        self.kept: dict[str, AuditGrade] = (
            {each.grade: each for each in result.grades.all()} if result else {}
        )
        self.said = " ".join(dict.fromkeys(each.note for each in self.kept.values() if each.note))
        kwargs["initial"] = {"seen": 0} if result is None else self._of(result)
        super().__init__(*args, **kwargs)
        if result:
            del self.fields["period"]
        self.helper = helper(submit="Save grades")

    def _of(self, result: AuditResult) -> dict[str, Any]:
        grades = {
            _field(grade): number_words(each.value, each.decimals)
            for grade, each in self.kept.items()
        }
        return {"unit": result.unit, "note": self.said, "seen": result.version, **grades}

    def grades(self) -> dict[str, GradeWords]:
        """The grades that were entered, for the action. Only after `is_valid()`."""
        given = {grade: self.cleaned_data[_field(grade)] for grade in Grade.values}
        return {
            grade: GradeWords(value, self._telling(grade, value))
            for grade, value in given.items()
            if value is not None
        }

    def _telling(self, grade: str, value: Any) -> Telling:
        kept, note = self.kept.get(grade), self.cleaned_data["note"]
        if kept and note == self.said:
            note = kept.note
        return telling_after(kept, note=note, same=kept is not None and kept.value == value)


class DisseminationForm(Refusable):
    """By what means learning was passed on."""

    means = line("Means", "Say how learning was passed on.", help_text="Such as: newsletters.")
    period = PeriodField()
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, told: Dissemination | None, **kwargs: Any) -> None:
        kwargs["initial"] = (
            {"means": told.means, "period": told.period.span, "note": told.note} if told else {}
        ) | {"seen": told.version if told else 0}
        super().__init__(*args, **kwargs)
        self.told = told
        self.helper = helper(submit="Save" if told else "Add")

    def entered(self) -> dict[str, Any]:
        """What was entered, for the action. Only after `is_valid()`."""
        data, told = self.cleaned_data, self.told
        same = told is not None and told.means == data["means"]
        return {
            "code": told.code if told else code_of(data["means"]),
            "means": data["means"],
            "period": data["period"],
            "telling": telling_after(told, note=data["note"], same=same),
            "seen": data["seen"],
        }


def _field(grade: str) -> str:
    return grade.replace("-", "_")


def _of_audit(audit: CaseAudit) -> dict[str, Any]:
    names = ("name", "kind", "theme", "status", "cases", "note")
    return {
        **{each: getattr(audit, each) for each in names},
        "period": audit.period.span,
        "seen": audit.version,
    }
