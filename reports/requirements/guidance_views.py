"""Pages on which platform administrators keep what guidance asks for, for all partnerships."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.asked import short_name
from partnerships.door import SignedIn, needs_platform
from partnerships.elements import Cell, Link, Table, table
from partnerships.keeping import Refusable, form_page
from partnerships.layout import helper
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reports.models import GuidanceEdition, Requirement
from reports.requirements.actions import Asked
from reports.requirements.guidance_actions import (
    add_requirement,
    change_requirement,
    remove_requirement,
    words_of,
)


class RequirementForm(Refusable):
    """One thing that guidance asks for; a new one also gets its short name."""

    code = short_name("work-done", 60)
    wording = forms.CharField(
        label="What a report is to tell",
        max_length=400,
        help_text="In your own words. Reports print it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what a report is to tell."},
    )
    reference = forms.CharField(
        label="Where the guidance asks for it",
        max_length=120,
        help_text="Such as: Chapter 3, paragraph 41.",
        error_messages={"required": "Say where the guidance asks for it."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, requirement: Requirement | None) -> None:
        said = {}
        if requirement:
            said = {"wording": requirement.wording, "reference": requirement.reference}
            said["seen"] = words_of(requirement)
        super().__init__(data, initial=said)
        if requirement:
            del self.fields["code"]
        else:
            del self.fields["seen"]
        self.helper = helper(submit="Save requirement" if requirement else "Add requirement")


@needs_platform(Permission.MANAGE_REGISTER)
@require_GET
def guidance(request: SignedIn) -> HttpResponse:
    """Every edition of guidance with what it asks for."""
    editions = GuidanceEdition.objects.prefetch_related("requirements")
    context = {
        "trail": [_home(), ("Guidance", "")],
        "editions": [(each, _asked(each)) for each in editions],
    }
    return render(request, "reports/guidance.html", context)


@needs_platform(Permission.MANAGE_REGISTER)
@require_http_methods(["GET", "POST"])
def requirement_add(request: SignedIn, code: str) -> HttpResponse:
    """Add what an edition of guidance asks for."""
    edition = get_object_or_404(GuidanceEdition, code=code)
    form = RequirementForm(request.POST or None, requirement=None)

    def add() -> str:
        add_requirement(edition=edition, asked=Asked(**form.cleaned_data), by=request.user)
        messages.success(request, "The requirement is added.")
        return reverse("guidance")

    title = f"Add what {edition.title} asks for"
    return form_page(request, None, form, title=title, trail=_trail(), act=add)


@needs_platform(Permission.MANAGE_REGISTER)
@require_http_methods(["GET", "POST"])
def requirement_edit(request: SignedIn, code: str, requirement: str) -> HttpResponse:
    """Change the words of a requirement."""
    found = _requirement(code, requirement)
    form = RequirementForm(request.POST or None, requirement=found)

    def save() -> str:
        change_requirement(requirement=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The requirement is saved.")
        return reverse("guidance")

    remove = reverse("requirement_remove", args=[code, requirement])
    return form_page(
        request,
        None,
        form,
        title="Change what guidance asks for",
        trail=_trail(),
        act=save,
        links=[Link("Remove this requirement", remove)],
    )


@needs_platform(Permission.MANAGE_REGISTER)
@require_http_methods(["GET", "POST"])
def requirement_remove(request: SignedIn, code: str, requirement: str) -> HttpResponse:
    """Remove a requirement that no report answers, for a reason."""
    found = _requirement(code, requirement)
    return remove_page(
        request,
        None,
        found,
        remove_requirement,
        what=f"the requirement “{found.wording}”",
        trail=_trail(),
        back=reverse("guidance"),
    )


def _asked(edition: GuidanceEdition) -> Table:
    return table(
        edition.code,
        f"What {edition.title} asks for",
        ["What a report is to tell", "Asked for in"],
        (
            [
                Cell(each.wording, url=reverse("requirement_edit", args=[edition.code, each.code])),
                each.reference,
            ]
            for each in edition.requirements.all()
        ),
    )


def _requirement(code: str, requirement: str) -> Requirement:
    kept = Requirement.objects.select_related("edition")
    return get_object_or_404(kept, edition__code=code, code=requirement)


def _home() -> tuple[str, str]:
    return "Your page", reverse("my")


def _trail() -> list[tuple[str, str]]:
    return [_home(), ("Guidance", reverse("guidance"))]
