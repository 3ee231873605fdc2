"""Pages of promises, milestones, risks and single figures; the unit keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.calendar import find_period, store_period
from partnerships.door import SignedIn, needs
from partnerships.keeping import form_page
from partnerships.models import Partnership, Promise
from partnerships.periods import Span
from partnerships.permissions import Permission
from partnerships.promises import actions, queries, tables
from partnerships.promises.forms import FigureForm, MilestoneForm, PromiseForm, RiskForm

Outcome = Promise.Outcome


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def promises(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """What was promised for a year, list by list, and what became of it."""
    years = queries.promised_years(partnership)
    year, outcome = _asked(request, years)
    promised = queries.promises_of(partnership, year) if year else None
    keeps = Permission.KEEP_GOVERNANCE in request.permissions

    def address(code: str) -> str:
        assert year is not None  # there is no line without a year
        return reverse("promise_edit", args=[partnership.slug, year.key, code]) if keeps else ""

    context = {
        "partnership": partnership,
        "trail": [_home(partnership), ("Promises", "")],
        "may_keep": keeps,
        "years": years,
        "year": year,
        "outcome": outcome,
        "outcomes": Outcome,
        "promised": promised,
        "counts": tables.counts_words(promised) if promised else "",
        "tables": tables.promises_tables(promised.only(outcome), address) if promised else [],
    }
    return render(request, "partnerships/promises.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def promise_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a promise."""
    form = PromiseForm(request.POST or None, partnership=partnership, promise=None)

    def add() -> str:
        year = store_period(form.cleaned_data["year"])
        code = form.cleaned_data["code"]
        actions.save_promise(
            partnership=partnership, year=year, code=code, words=form.words(), by=request.user
        )
        messages.success(request, "The promise is added.")
        return _promises_for(partnership, year.span)

    trail = _beneath(partnership)
    return form_page(request, partnership, form, title="Add a promise", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def promise_edit(
    request: SignedIn, partnership: Partnership, period: str, code: str
) -> HttpResponse:
    """Change a promise, or say what became of it."""
    found = get_object_or_404(
        partnership.promises.select_related("year", "report_year", "priority"),
        year=find_period(period),
        code=code,
    )
    form = PromiseForm(request.POST or None, partnership=partnership, promise=found)

    def save() -> str:
        actions.save_promise(
            partnership=partnership,
            year=found.year,
            code=found.code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, "The promise is saved.")
        return _promises_for(partnership, found.year.span)

    title, trail = f"Change a promise for {found.year}", _beneath(partnership)
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def milestones(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Every milestone of a partnership, the earliest first."""
    keeps = Permission.KEEP_GOVERNANCE in request.permissions

    def address(code: str) -> str:
        return reverse("milestone_edit", args=[partnership.slug, code]) if keeps else ""

    context = {
        "partnership": partnership,
        "trail": [_home(partnership), _calendar(partnership), ("Milestones", "")],
        "may_keep": keeps,
        "milestones": tables.milestones_table(
            queries.milestones_at(partnership), address, today=timezone.localdate()
        ),
    }
    return render(request, "partnerships/milestones.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def milestone_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a milestone."""
    return _milestone_page(request, partnership, None, "Add a milestone")


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def milestone_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change a milestone, or say that it has happened."""
    return _milestone_page(request, partnership, code, "Change a milestone")


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def risks(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The open risks of a partnership, and those that are closed."""
    keeps = Permission.KEEP_GOVERNANCE in request.permissions
    found = queries.risks_at(partnership)

    def address(code: str) -> str:
        return reverse("risk_edit", args=[partnership.slug, code]) if keeps else ""

    context = {
        "partnership": partnership,
        "trail": [*_beneath(partnership), ("Risks", "")],
        "may_keep": keeps,
        "open": tables.risks_table(found, address),
        "closed": tables.closed_risks_table(found, address),
    }
    return render(request, "partnerships/risks.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def risk_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a risk."""
    return _risk_page(request, partnership, None, "Add a risk")


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def risk_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change a risk, or close it."""
    return _risk_page(request, partnership, code, "Change a risk")


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def named_figures(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The single figures of a partnership that are no indicator's."""
    keeps = Permission.KEEP_GOVERNANCE in request.permissions

    def address(code: str) -> str:
        return reverse("named_figure_edit", args=[partnership.slug, code]) if keeps else ""

    context = {
        "partnership": partnership,
        "trail": [*_beneath(partnership), ("Single figures", "")],
        "may_keep": keeps,
        "figures": tables.figures_table(
            queries.named_figures_at(partnership),
            address,
            lambda figure: reverse("figure", args=[figure]),
        ),
    }
    return render(request, "partnerships/named_figures.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def named_figure_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a single figure."""
    return _figure_page(request, partnership, None, "Add a single figure")


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def named_figure_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change a single figure."""
    return _figure_page(request, partnership, code, "Change a single figure")


def _milestone_page(
    request: SignedIn, partnership: Partnership, code: str | None, title: str
) -> HttpResponse:
    found = get_object_or_404(partnership.milestones, code=code) if code else None
    form = MilestoneForm(request.POST or None, milestone=found)

    def save() -> str:
        saved = actions.save_milestone(
            partnership=partnership,
            code=found.code if found else form.cleaned_data["code"],
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, f"{saved.what}: saved.")
        return reverse("milestones", args=[partnership.slug])

    here = ("Milestones", reverse("milestones", args=[partnership.slug]))
    trail = [_home(partnership), _calendar(partnership), here]
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


def _risk_page(
    request: SignedIn, partnership: Partnership, code: str | None, title: str
) -> HttpResponse:
    found = get_object_or_404(partnership.risks, code=code) if code else None
    form = RiskForm(request.POST or None, risk=found)

    def save() -> str:
        actions.save_risk(
            partnership=partnership,
            code=found.code if found else form.cleaned_data["code"],
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, "The risk is saved.")
        return reverse("risks", args=[partnership.slug])

    trail = [*_beneath(partnership), ("Risks", reverse("risks", args=[partnership.slug]))]
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


def _figure_page(
    request: SignedIn, partnership: Partnership, code: str | None, title: str
) -> HttpResponse:
    figures = partnership.named_figures.select_related("period")
    found = get_object_or_404(figures, code=code) if code else None
    form = FigureForm(request.POST or None, figure=found)

    def save() -> str:
        saved = actions.save_figure(
            partnership=partnership,
            code=found.code if found else form.cleaned_data["code"],
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, f"{saved.what}: saved.")
        return reverse("named_figures", args=[partnership.slug])

    here = ("Single figures", reverse("named_figures", args=[partnership.slug]))
    trail = [*_beneath(partnership), here]
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


def _asked(request: SignedIn, years: list[Span]) -> tuple[Span | None, Outcome | None]:
    """The year and the outcome that are asked for: the newest, and all of them, unless told."""
    key, outcome = request.GET.get("year", ""), request.GET.get("outcome", "")
    year = next((each for each in years if each.key == key), None)
    if (key and year is None) or (outcome and outcome not in Outcome.values):
        raise Http404
    return year or next(iter(years), None), Outcome(outcome) if outcome else None


def _promises_for(partnership: Partnership, year: Span) -> str:
    return f"{reverse('promises', args=[partnership.slug])}?year={year.key}"


def _home(partnership: Partnership) -> tuple[str, str]:
    return partnership.short_name, reverse("dashboard", args=[partnership.slug])


def _calendar(partnership: Partnership) -> tuple[str, str]:
    return "Calendar", reverse("calendar", args=[partnership.slug])


def _beneath(partnership: Partnership) -> list[tuple[str, str]]:
    return [_home(partnership), ("Promises", reverse("promises", args=[partnership.slug]))]
