"""Pages of audits and dissemination, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.calendar import find_period
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.assurance import actions, assessment_queries, queries, tables
from reviews.assurance.forms import AuditForm, DisseminationForm, ResultForm
from reviews.figures import printed_in
from reviews.models import AuditResult, CaseAudit


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def assurance(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Audits, self-assessments and how learning was passed on."""
    slug = partnership.slug
    keeps = Permission.KEEP_REVIEWS in request.permissions
    context = {
        "partnership": partnership,
        "trail": [*trail(partnership)[:1], ("Assurance", "")],
        "may_keep": keeps,
        "audits": tables.audits_table(
            (each, reverse("case_audit", args=[slug, each.code]))
            for each in queries.audits_of(partnership)
        ),
        "assessments": tables.self_assessments_table(
            (each, reverse("self_assessment", args=[slug, each.code]))
            for each in assessment_queries.self_assessments_of(partnership)
        ),
        "dissemination": tables.dissemination_table(
            (each, reverse("dissemination_edit", args=[slug, each.pk]) if keeps else "")
            for each in queries.dissemination_of(partnership)
        ),
    }
    return render(request, "reviews/assurance_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def case_audit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One audit: its grades by period, and whether they are better or worse."""
    told = queries.audit_of(partnership, code)
    if told is None:
        raise Http404
    context = {
        "partnership": partnership,
        "trail": [*trail(partnership), (told.name, "")],
        "told": told,
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "facts": tables.audit_facts(told),
        "grades": tables.grades_table(told),
        "comparisons": tables.comparisons(told),
        "printed_in": printed_in([each.source for each in told.figures] + [told.source]),
    }
    return render(request, "reviews/case_audit.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def case_audit_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add an audit; its grades come next."""
    form = AuditForm(request.POST or None, audit=None)

    def add() -> str:
        made = actions.save_audit(
            partnership=partnership,
            code=form.cleaned_data["code"],
            words=form.words(),
            by=request.user,
        )
        return _saved(request, made)

    return form_page(
        request, partnership, form, title="Add an audit", trail=trail(partnership), act=add
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def case_audit_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is known of an audit."""
    found = _audit(partnership, code)
    form = AuditForm(request.POST or None, audit=found)

    def save() -> str:
        saved = actions.save_audit(
            partnership=partnership,
            code=found.code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, saved)

    return form_page(
        request,
        partnership,
        form,
        title="Change the audit",
        trail=_beneath(found),
        act=save,
        links=[
            Link("Remove this audit", reverse("case_audit_remove", args=[partnership.slug, code]))
        ],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def case_audit_grades_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add the grades of a period."""
    found = _audit(partnership, code)
    form = ResultForm(request.POST or None, result=None)

    def add() -> str:
        data = form.cleaned_data
        actions.save_result(
            audit=found,
            period=data["period"],
            unit=data["unit"],
            grades=form.grades(),
            by=request.user,
        )
        return _saved(request, found)

    return form_page(request, partnership, form, title="Add grades", trail=_beneath(found), act=add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def case_audit_grades_edit(
    request: SignedIn, partnership: Partnership, code: str, period: str
) -> HttpResponse:
    """Change the grades of a period."""
    found = _audit(partnership, code)
    result = _result(found, period)
    form = ResultForm(request.POST or None, result=result)

    def save() -> str:
        data = form.cleaned_data
        actions.save_result(
            audit=found,
            period=result.period.span,
            unit=data["unit"],
            grades=form.grades(),
            seen=data["seen"],
            by=request.user,
        )
        return _saved(request, found)

    remove = reverse("case_audit_grades_remove", args=[partnership.slug, code, period])
    return form_page(
        request,
        partnership,
        form,
        title=f"Grades of {result.period}",
        trail=_beneath(found),
        act=save,
        links=[Link("Remove these grades", remove)],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def dissemination_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a means by which learning was passed on."""
    form = DisseminationForm(request.POST or None, told=None)

    def add() -> str:
        made = actions.save_dissemination(
            partnership=partnership, by=request.user, **form.entered()
        )
        messages.success(request, f"{made.means}: saved.")
        return reverse("assurance", args=[partnership.slug])

    title = "Add how learning was passed on"
    return form_page(request, partnership, form, title=title, trail=trail(partnership), act=add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def dissemination_edit(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Change how learning was passed on."""
    told = get_object_or_404(partnership.disseminations.select_related("period"), pk=pk)
    form = DisseminationForm(request.POST or None, told=told)

    def save() -> str:
        actions.save_dissemination(
            partnership=partnership, found=told, by=request.user, **form.entered()
        )
        messages.success(request, f"{told.means}: saved.")
        return reverse("assurance", args=[partnership.slug])

    return form_page(
        request,
        partnership,
        form,
        title="Change how learning was passed on",
        trail=trail(partnership),
        act=save,
        links=[
            Link("Remove this entry", reverse("dissemination_remove", args=[partnership.slug, pk]))
        ],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def case_audit_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove an audit without grades, for a reason."""
    found = _audit(partnership, code)
    return remove_page(
        request,
        partnership,
        found,
        actions.remove_audit,
        what=f"the audit “{found.name}”",
        trail=_beneath(found),
        back=reverse("assurance", args=[partnership.slug]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def case_audit_grades_remove(
    request: SignedIn, partnership: Partnership, code: str, period: str
) -> HttpResponse:
    """Remove the grades of a period, for a reason."""
    found = _audit(partnership, code)
    result = _result(found, period)
    return remove_page(
        request,
        partnership,
        result,
        actions.remove_result,
        what=f"the grades of {result.period}",
        trail=_beneath(found),
        back=_page(found),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def dissemination_remove(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Remove how learning was passed on, for a reason."""
    told = get_object_or_404(partnership.disseminations.select_related("period"), pk=pk)
    return remove_page(
        request,
        partnership,
        told,
        actions.remove_dissemination,
        what=f"“{told.means}, {told.period}”",
        trail=trail(partnership),
        back=reverse("assurance", args=[partnership.slug]),
    )


def trail(partnership: Partnership) -> list[tuple[str, str]]:
    """The way to the pages of assurance."""
    return [
        (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
        ("Assurance", reverse("assurance", args=[partnership.slug])),
    ]


def _audit(partnership: Partnership, code: str) -> CaseAudit:
    found = partnership.case_audits.select_related("partnership", "period")
    return get_object_or_404(found, code=code)


def _result(found: CaseAudit, period: str) -> AuditResult:
    results = found.results.select_related("period").prefetch_related("grades")
    return get_object_or_404(results, period=find_period(period))


def _saved(request: SignedIn, found: CaseAudit) -> str:
    messages.success(request, f"{found.name}: saved.")
    return _page(found)


def _page(found: CaseAudit) -> str:
    return reverse("case_audit", args=[found.partnership.slug, found.code])


def _beneath(found: CaseAudit) -> list[tuple[str, str]]:
    return [*trail(found.partnership), (found.name, _page(found))]
