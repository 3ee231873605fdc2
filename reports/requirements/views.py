"""Pages on which the unit says where a report tells what guidance asks for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.elements import Cell, Link, Table, table
from partnerships.keeping import Refusable, form_page
from partnerships.layout import helper
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reports.models import AnnualReport, GuidanceEdition, Requirement
from reports.requirements.actions import answer_requirement, remove_answer
from reports.requirements.queries import Answered, answers_of, state_of

NOT_SAID = "Not said"


class AnswerForm(Refusable):
    """The sections that answer a requirement, and why, or what of it, none answers."""

    sections = forms.MultipleChoiceField(
        label="Sections that answer it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose sections of this report."},
    )
    why_not = forms.CharField(
        label="Why, or what of it, no section answers",
        max_length=400,
        required=False,
        help_text="Needed where no section answers it. It is printed. Do not name a person.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, report: AnnualReport, requirement: Requirement) -> None:
        kept = list(report.answers.filter(requirement=requirement).order_by("section"))
        initial = {
            "sections": [each.section for each in kept if each.section],
            "why_not": " ".join(each.why_not for each in kept if each.why_not),
            "seen": state_of(kept),
        }
        super().__init__(data, initial=initial)
        field = self.fields["sections"]
        assert isinstance(field, forms.MultipleChoiceField)
        titles = report.sections.order_by("position").values_list("key", "title")
        field.choices = [
            (key, f"{number}. {title}") for number, (key, title) in enumerate(titles, start=1)
        ]
        self.helper = helper(submit="Save answer")


@needs(Permission.READ_DRAFTS)
@require_GET
def requirements(request: SignedIn, partnership: Partnership, year: str, code: str) -> HttpResponse:
    """What an edition of guidance asks for, and where the report tells it."""
    report, edition = _both(partnership, year, code)
    keeps = Permission.BUILD_REPORTS in request.permissions
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership), (edition.title, "")],
        "report": report,
        "edition": edition,
        "asked": _asked(report, edition, keeps=keeps),
    }
    return render(request, "reports/requirements.html", context)


@needs(Permission.BUILD_REPORTS)
@require_http_methods(["GET", "POST"])
def requirement_answer(
    request: SignedIn, partnership: Partnership, year: str, code: str, requirement: str
) -> HttpResponse:
    """Say where the report tells what is asked for, or why it does not."""
    report, edition = _both(partnership, year, code)
    asked = get_object_or_404(edition.requirements, code=requirement)
    form = AnswerForm(request.POST or None, report=report, requirement=asked)
    page = reverse("requirements", args=[partnership.slug, year, code])

    def save() -> str:
        answer_requirement(report=report, requirement=asked, by=request.user, **form.cleaned_data)
        messages.success(request, f"{asked.wording}: saved.")
        return page

    links = []
    if report.answers.filter(requirement=asked).exists():
        remove = reverse(
            "requirement_answer_remove", args=[partnership.slug, year, code, requirement]
        )
        links.append(Link("Remove this answer", remove))
    return form_page(
        request,
        partnership,
        form,
        title=asked.wording,
        trail=[*_trail(partnership), (edition.title, page)],
        act=save,
        links=links,
    )


@needs(Permission.BUILD_REPORTS)
@require_http_methods(["GET", "POST"])
def requirement_answer_remove(
    request: SignedIn, partnership: Partnership, year: str, code: str, requirement: str
) -> HttpResponse:
    """Remove what the report says of a requirement, for a reason."""
    report, edition = _both(partnership, year, code)
    kept = report.answers.filter(requirement__edition=edition, requirement__code=requirement)
    answer = kept.select_related("report__partnership", "requirement").first()
    if answer is None:
        raise Http404
    page = reverse("requirements", args=[partnership.slug, year, code])
    return remove_page(
        request,
        partnership,
        answer,
        remove_answer,
        what=f"the answer to “{answer.requirement.wording}”",
        trail=[*_trail(partnership), (edition.title, page)],
        back=page,
    )


def _asked(report: AnnualReport, edition: GuidanceEdition, *, keeps: bool) -> Table:
    place = [report.partnership.slug, report.year, edition.code]
    return table(
        "asked",
        f"What {edition.title} asks for",
        ["What a report is to tell", "Where it stands", "Why, or what of it, not", "Asked for in"],
        (
            [
                Cell(
                    each.wording,
                    url=reverse("requirement_answer", args=[*place, each.code]) if keeps else "",
                ),
                _where(each),
                each.why_not or ("" if each.places else NOT_SAID),
                each.reference,
            ]
            for each in answers_of(report, edition)
        ),
    )


def _where(each: Answered) -> str:
    places = [f"{place.number}. {place.title}" for place in each.places]
    lost = [f"{key}: the report has no such section any more" for key in each.lost]
    return "; ".join([*places, *lost]) or "–"


def _both(partnership: Partnership, year: str, code: str) -> tuple[AnnualReport, GuidanceEdition]:
    reports = partnership.annual_reports.select_related("partnership")
    return get_object_or_404(reports, year=year), get_object_or_404(GuidanceEdition, code=code)


def _trail(partnership: Partnership) -> list[tuple[str, str]]:
    slug = partnership.slug
    return [
        (partnership.short_name, reverse("dashboard", args=[slug])),
        ("Reports", reverse("reports", args=[slug])),
    ]
