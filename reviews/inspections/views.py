"""Pages of inspections, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.inspections import actions, queries
from reviews.inspections.forms import FindingForm, InspectionForm, StatementForm
from reviews.models import Inspection, ProposedAction


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def inspections(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The inspections of a partnership, the newest first."""
    found = queries.inspections_at(partnership)
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership)[:1], ("Inspections", "")],
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "inspections": queries.inspections_table(
            [(each, reverse("inspection", args=[partnership.slug, each.code])) for each in found]
        ),
    }
    return render(request, "reviews/inspection_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def inspection(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One inspection: what was found, and the statement that answers it."""
    found = _inspection(partnership, code)
    keeps = Permission.KEEP_REVIEWS in request.permissions
    statement = ProposedAction.objects.filter(inspection=found).first()
    rows = [
        (
            each,
            reverse("finding_edit", args=[partnership.slug, code, each.number]) if keeps else "",
        )
        for each in found.findings.select_related("organisation")
    ]
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership), (found.name, "")],
        "inspection": found,
        "may_keep": keeps,
        "facts": queries.facts_of(found),
        "findings": queries.findings_tables(rows),
        "statement": queries.statement_facts(statement, today=timezone.localdate())
        if statement
        else None,
    }
    return render(request, "reviews/inspection_detail.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def inspection_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add an inspection."""
    form = InspectionForm(request.POST or None, inspection=None)

    def add() -> str:
        made = actions.save_inspection(
            partnership=partnership,
            code=form.cleaned_data["code"],
            words=form.words(),
            by=request.user,
        )
        messages.success(request, f"{made.name}: added.")
        return reverse("inspection", args=[partnership.slug, made.code])

    return form_page(
        request,
        partnership,
        form,
        title="Add an inspection",
        trail=_trail(partnership),
        act=add,
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def inspection_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is known of an inspection."""
    found = _inspection(partnership, code)
    form = InspectionForm(request.POST or None, inspection=found)

    def save() -> str:
        actions.save_inspection(
            partnership=partnership,
            code=found.code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, found)

    return form_page(
        request,
        partnership,
        form,
        title="Change the inspection",
        trail=_beneath(found),
        act=save,
        links=[_remove_link("this inspection", "inspection_remove", partnership.slug, code)],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def finding_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add a finding after the last one."""
    found = _inspection(partnership, code)
    form = FindingForm(request.POST or None, partnership=partnership, finding=None)

    def add() -> str:
        actions.save_finding(inspection=found, number=None, words=form.words(), by=request.user)
        return _saved(request, found)

    return form_page(
        request, partnership, form, title="Add a finding", trail=_beneath(found), act=add
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def finding_edit(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Change a finding."""
    found = _inspection(partnership, code)
    finding = get_object_or_404(found.findings.select_related("organisation"), number=number)
    form = FindingForm(request.POST or None, partnership=partnership, finding=finding)

    def save() -> str:
        actions.save_finding(
            inspection=found,
            number=number,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, found)

    return form_page(
        request,
        partnership,
        form,
        title=f"Change finding {number}",
        trail=_beneath(found),
        act=save,
        links=[_remove_link("this finding", "finding_remove", partnership.slug, code, number)],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def inspection_statement(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Keep the statement of proposed action that answers an inspection."""
    found = _inspection(partnership, code)
    statement = ProposedAction.objects.filter(inspection=found).first()
    form = StatementForm(request.POST or None, statement=statement)

    def save() -> str:
        actions.save_statement(
            inspection=found,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, found)

    remove = _remove_link("this statement", "inspection_statement_remove", partnership.slug, code)
    return form_page(
        request,
        partnership,
        form,
        title="Statement of proposed action",
        trail=_beneath(found),
        act=save,
        links=[remove] if statement else [],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def inspection_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove an inspection without findings and statement, for a reason."""
    found = _inspection(partnership, code)
    return remove_page(
        request,
        partnership,
        found,
        actions.remove_inspection,
        what=f"the inspection “{found.name}”",
        trail=_beneath(found),
        back=reverse("inspections", args=[partnership.slug]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def finding_remove(
    request: SignedIn, partnership: Partnership, code: str, number: int
) -> HttpResponse:
    """Remove a finding, for a reason."""
    found = _inspection(partnership, code)
    return remove_page(
        request,
        partnership,
        get_object_or_404(found.findings, number=number),
        actions.remove_finding,
        what=f"finding {number}",
        trail=_beneath(found),
        back=_page(found),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def inspection_statement_remove(
    request: SignedIn, partnership: Partnership, code: str
) -> HttpResponse:
    """Remove the statement of proposed action, for a reason."""
    found = _inspection(partnership, code)
    return remove_page(
        request,
        partnership,
        get_object_or_404(ProposedAction, inspection=found),
        actions.remove_statement,
        what="the statement of proposed action",
        trail=_beneath(found),
        back=_page(found),
    )


def _inspection(partnership: Partnership, code: str) -> Inspection:
    return get_object_or_404(partnership.inspections.select_related("partnership"), code=code)


def _saved(request: SignedIn, found: Inspection) -> str:
    messages.success(request, f"{found.name}: saved.")
    return _page(found)


def _page(found: Inspection) -> str:
    return reverse("inspection", args=[found.partnership.slug, found.code])


def _remove_link(what: str, name: str, *place: str | int) -> Link:
    return Link(f"Remove {what}", reverse(name, args=place))


def _trail(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
        ("Inspections", reverse("inspections", args=[partnership.slug])),
    ]


def _beneath(found: Inspection) -> list[tuple[str, str]]:
    return [*_trail(found.partnership), (found.name, _page(found))]
