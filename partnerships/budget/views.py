"""Pages of the budget, for roles that read true values; the unit keeps it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.budget import actions, queries, tables
from partnerships.budget.forms import (
    AmountsForm,
    BudgetForm,
    BudgetNoteForm,
    LineForm,
)
from partnerships.calendar import find_period, store_period
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Budget, BudgetLine, Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def budgets(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The budgets of all periods."""
    context = {
        "partnership": partnership,
        "trail": [_home(partnership), ("Budget", "")],
        "may_keep": Permission.KEEP_GOVERNANCE in request.permissions,
        "budgets": tables.years_table(
            (found, reverse("budget_period", args=[partnership.slug, found.period_key]))
            for found in queries.budgets_of(partnership)
        ),
    }
    return render(request, "partnerships/budget_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def budget(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """The budget of one period: lines, whether they add up, who contributes."""
    stored = find_period(period)
    found = queries.budget_of(partnership, stored) if stored else None
    if found is None:
        raise Http404
    may_keep = Permission.KEEP_GOVERNANCE in request.permissions
    accounts = []
    for account in found.accounts:
        at = [partnership.slug, period, account.fund]

        def line_url(code: str, at: list[str] = at) -> str:
            return reverse("budget_line", args=[*at, code])

        made = tables.side_tables(account, line_url if may_keep else None)
        checked = tables.findings_table(
            f"{account.fund}-sums", "Each sum, and what was found", account.findings
        )
        accounts.append((account, made, checked))
    context = {
        "partnership": partnership,
        "trail": [*_budget(partnership), (found.period, "")],
        "may_keep": may_keep,
        "budget": found,
        "accounts": accounts,
        "across": tables.findings_table(
            "across", "The account of everything and its funds", found.across
        ),
        "contributions": tables.contributions_table(found),
    }
    return render(request, "partnerships/budget_period.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def budget_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add the account of a period; its amounts come next."""
    form = BudgetForm(request.POST or None, partnership=partnership)

    def add() -> str:
        data = form.cleaned_data
        made = actions.add_budget(
            partnership=partnership,
            period=store_period(data["period"]),
            fund=form.fund,
            fund_name=data["fund_name"],
            note=data["note"],
            like=data["like"],
            by=request.user,
        )
        messages.success(request, f"{made}: added. Now enter its lines and amounts.")
        return _page(made)

    trail = _budget(partnership)
    return form_page(request, partnership, form, title="Add a budget", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def budget_edit(
    request: SignedIn, partnership: Partnership, period: str, fund: str
) -> HttpResponse:
    """Change the note of an account."""
    found = _account(partnership, period, fund)
    form = BudgetNoteForm(request.POST or None, budget=found)

    def save() -> str:
        actions.change_budget(budget=found, by=request.user, **form.cleaned_data)
        return _saved(request, found, "The note is saved.")

    title, trail = f"Note on the budget of {found}", _beneath(found)
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def amounts(request: SignedIn, partnership: Partnership, period: str, fund: str) -> HttpResponse:
    """Enter the amounts of all lines on one page."""
    found = _account(partnership, period, fund)
    form = AmountsForm(request.POST or None, budget=found, lines=list(found.lines.all()))

    def save() -> str:
        changed = actions.save_amounts(
            budget=found,
            amounts=form.amounts(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        lines = "1 line" if changed == 1 else f"{changed} lines"
        return _saved(request, found, f"{lines} changed.")

    return form_page(
        request,
        partnership,
        form,
        title=f"Amounts, {found}",
        trail=_beneath(found),
        act=save,
        template="partnerships/budget_amounts.html",
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def line_add(request: SignedIn, partnership: Partnership, period: str, fund: str) -> HttpResponse:
    """Add a line; `side` in the address says on which side."""
    found = _account(partnership, period, fund)
    side = request.GET.get("side", "")
    form = LineForm(request.POST or None, budget=found, line=None, side=side)

    def add() -> str:
        line = actions.save_line(budget=found, code=form.code, words=form.words(), by=request.user)
        return _saved(request, found, f"{line.label}: added.")

    trail = _beneath(found)
    return form_page(request, partnership, form, title="Add a line", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def line_edit(
    request: SignedIn, partnership: Partnership, period: str, fund: str, code: str
) -> HttpResponse:
    """Change a line."""
    found = _account(partnership, period, fund)
    line = _line(found, code)
    form = LineForm(request.POST or None, budget=found, line=line)

    def save() -> str:
        actions.save_line(
            budget=found,
            code=code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, found, f"{line.label}: saved.")

    return form_page(
        request,
        partnership,
        form,
        title="Change the line",
        trail=_beneath(found),
        act=save,
        links=[Link("Remove this line", reverse("budget_line_remove", args=_at(line)))],
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def line_remove(
    request: SignedIn, partnership: Partnership, period: str, fund: str, code: str
) -> HttpResponse:
    """Take a line out, once it is confirmed."""
    found = _account(partnership, period, fund)
    line = _line(found, code)
    return remove_page(
        request,
        partnership,
        line,
        actions.remove_line,
        what=f"the line “{line.label}”",
        trail=_beneath(found),
        back=_page(found),
    )


def _account(partnership: Partnership, period: str, fund: str) -> Budget:
    accounts = partnership.budgets.select_related("partnership", "period")
    return get_object_or_404(accounts, period=find_period(period), fund=fund)


def _line(found: Budget, code: str) -> BudgetLine:
    lines = found.lines.select_related("budget__partnership", "budget__period")
    return get_object_or_404(lines, code=code)


def _at(line: BudgetLine) -> list[str]:
    budget = line.budget
    return [budget.partnership.slug, budget.period.key, budget.fund, line.code]


def _page(found: Budget) -> str:
    return reverse("budget_period", args=[found.partnership.slug, found.period.key])


def _saved(request: SignedIn, found: Budget, words: str) -> str:
    messages.success(request, words)
    return _page(found)


def _home(partnership: Partnership) -> tuple[str, str]:
    return partnership.short_name, reverse("my")


def _budget(partnership: Partnership) -> list[tuple[str, str]]:
    return [_home(partnership), ("Budget", reverse("budget", args=[partnership.slug]))]


def _beneath(found: Budget) -> list[tuple[str, str]]:
    return [*_budget(found.partnership), (str(found.period), _page(found))]
