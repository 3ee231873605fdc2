"""Forms about inspections. The rules are in `reviews.inspections.actions`."""

from typing import Any

from django import forms

from partnerships.asked import optional, paragraph, radios, short_name, version_seen
from partnerships.fields import DatePartsField
from partnerships.keeping import Refusable
from partnerships.known_date_field import KnownDateField
from partnerships.known_dates import KINDS, Precision
from partnerships.layout import helper
from partnerships.models import Organisation, Partnership
from partnerships.periods import Span
from reviews.fields import OWN_WORDS
from reviews.inspections.actions import FindingWords, InspectionWords, StatementWords
from reviews.models import Finding, Inspection, ProposedAction


def _judgement() -> forms.CharField:
    return forms.CharField(
        label="Judgement",
        max_length=100,
        required=False,
        help_text="The grade in the inspectorate's own word, if one was given.",
    )


def _previous() -> forms.CharField:
    return forms.CharField(label="Judgement before", max_length=100, required=False)


class InspectionForm(Refusable):
    """What is known of an inspection; a new one also gets its short name."""

    code = short_name("joint-inspection-2026", 60)
    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Enter a name."}
    )
    inspectorates = forms.CharField(
        label="Inspectorates",
        max_length=300,
        help_text="Put a semicolon between several.",
        error_messages={"required": "Enter at least one inspectorate."},
    )
    theme = forms.CharField(label="Theme", max_length=200, required=False)
    first = KnownDateField(label="First day of the fieldwork")
    last = KnownDateField(
        label="Last day of the fieldwork",
        help_text="Leave it empty if it is the same, or if only the month or year is known.",
    )
    reported = DatePartsField(
        noun="The day of the letter", label="Day of the letter or report", required=False
    )
    judgement = _judgement()
    previous_judgement = _previous()
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, inspection: Inspection | None, **kwargs: Any) -> None:
        kwargs["initial"] = _of_inspection(inspection) if inspection else {"seen": 0}
        super().__init__(*args, **kwargs)
        self.fact_id = inspection.fact_id if inspection else ""
        self.source = inspection.source if inspection else ""
        self.judged = inspection
        if inspection:
            del self.fields["code"]
        self.helper = helper(submit="Save inspection" if inspection else "Add inspection")

    def words(self) -> InspectionWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data = _without(self.cleaned_data, "code", "seen")
        kept = self.judged if self.judged and self.judged.judgement == data["judgement"] else None
        return InspectionWords(
            **data,
            fact_id=self.fact_id,
            judgement_fact_id=kept.judgement_fact_id if kept else "",
            source=self.source,
        )


class FindingForm(Refusable):
    """One finding."""

    kind = radios("Kind", Finding.Kind.choices, "Choose the kind of finding.")
    words_ = paragraph("What was found", "Say what was found.", help_text=OWN_WORDS)
    subject = forms.SlugField(
        label="Subject",
        max_length=60,
        help_text="Letters, digits and hyphens, such as strategy-meetings.",
        error_messages={
            "required": "Enter a subject.",
            "invalid": "A subject has letters, digits and hyphens only.",
        },
    )
    quantifier = forms.CharField(
        label="How many, in the inspectors' word", max_length=40, required=False
    )
    judgement = _judgement()
    previous_judgement = _previous()
    organisation = forms.ModelChoiceField(
        label="About one organisation",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="The partnership as a whole",
    )
    acted_on_during = forms.BooleanField(
        label="It was acted on while the inspectors were there", required=False
    )
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(
        self, *args: Any, partnership: Partnership, finding: Finding | None, **kwargs: Any
    ) -> None:
        names = (
            "kind",
            "subject",
            "quantifier",
            "judgement",
            "previous_judgement",
            "organisation",
            "acted_on_during",
            "note",
        )
        said: dict[str, Any] = {name: getattr(finding, name) for name in names} if finding else {}
        said |= {"words_": finding.words if finding else ""}
        kwargs["initial"] = said | {"seen": finding.version if finding else 0}
        super().__init__(*args, **kwargs)
        self.finding = finding
        here = Organisation.objects.filter(agencies__partnership=partnership)
        if finding and finding.organisation_id:
            here |= Organisation.objects.filter(pk=finding.organisation_id)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = here.distinct()
        self.helper = helper(submit="Save finding" if finding else "Add finding")

    def words(self) -> FindingWords:
        """What was entered, for the action. Only after `is_valid()`."""
        data = _without(self.cleaned_data, "seen", "words_")
        before = self.finding
        return FindingWords(
            words=self.cleaned_data["words_"],
            value=before.value if before else None,
            fact_id=before.fact_id if before else "",
            **data,
        )


class StatementForm(Refusable):
    """The statement of proposed action."""

    prepares = forms.CharField(
        label="Who prepares it",
        max_length=200,
        help_text="The principal authority, as the inspectors determine it.",
        error_messages={"required": "Say who prepares the statement."},
    )
    oversees = forms.CharField(
        label="Who oversees it",
        max_length=200,
        error_messages={"required": "Say who oversees the work."},
    )
    sends = forms.CharField(
        label="Who sends it",
        max_length=200,
        error_messages={"required": "Say who sends the statement."},
    )
    recipient = forms.CharField(
        label="To whom",
        max_length=200,
        error_messages={"required": "Say who receives the statement."},
    )
    due = DatePartsField(noun="The due date", label="Due")
    due_as_printed = forms.CharField(
        label="Due, as the letter prints it",
        max_length=60,
        required=False,
        help_text="If the printed weekday is not the date's own, the page says so.",
    )
    sent = DatePartsField(noun="The day", label="Sent on", required=False)
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, *args: Any, statement: ProposedAction | None, **kwargs: Any) -> None:
        names = [name for name in StatementWords.__dataclass_fields__ if name != "fact_id"]
        said = {name: getattr(statement, name) for name in names} if statement else {}
        kwargs["initial"] = {**said, "seen": statement.version if statement else 0}
        super().__init__(*args, **kwargs)
        self.fact_id = statement.fact_id if statement else ""
        self.helper = helper(submit="Save statement")

    def words(self) -> StatementWords:
        """What was entered, for the action. Only after `is_valid()`."""
        return StatementWords(**_without(self.cleaned_data, "seen"), fact_id=self.fact_id)


def _without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


def _of_inspection(inspection: Inspection) -> dict[str, Any]:
    names = (
        *("name", "inspectorates", "theme", "reported"),
        *("judgement", "previous_judgement", "note"),
    )
    kind = KINDS.get(Precision(inspection.precision))
    first = last = None
    if kind and inspection.first and inspection.last:
        first, last = (Span.containing(kind, day) for day in (inspection.first, inspection.last))
    return {
        **{name: getattr(inspection, name) for name in names},
        "first": first,
        "last": last if last != first else None,
        "seen": inspection.version,
    }
