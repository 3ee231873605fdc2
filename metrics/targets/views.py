"""Pages of targets: the list with what the figures make of them, set, change, end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from metrics.models import Target
from metrics.targets import actions, queries, tables
from metrics.targets.forms import EndForm, NewTargetForm, TargetForm
from partnerships.context import first_page
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.periods import day
from partnerships.permissions import Permission

HOLD, ENDED = "Targets that hold or are to come", "Targets that have ended"


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def targets(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Every target, with its newest figure and how often it lay in the failure zone."""
    today = timezone.localdate()
    may_change = Permission.ENTER_FIGURES in request.permissions
    rows = queries.held(partnership, queries.targets_of(partnership))
    over = [row for row in rows if queries.is_over(row.target, today)]
    open_now = [row for row in rows if not queries.is_over(row.target, today)]
    context = {
        "partnership": partnership,
        "trail": [*_trail(request, partnership)[:-1], ("Targets", "")],
        "any": bool(rows),
        "open": tables.listed(
            "open", "Targets that hold or are to come", open_now, may_change=may_change
        ),
        "over": tables.listed("over", "Targets that have ended", over, may_change=may_change),
        "may_change": may_change,
    }
    return render(request, "metrics/targets.html", context)


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def target_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Sets a target; `indicator` in the address chooses what for."""
    form = NewTargetForm(
        request.POST or None,
        indicators=queries.indicators_with_targets_to_set(partnership),
        chosen=request.GET.get("indicator", ""),
    )

    def act() -> str:
        made = actions.set_target(
            partnership=partnership,
            indicator=form.indicator_chosen,
            words=form.words(),
            by=request.user,
            at=timezone.now(),
        )
        return _said(request, made, "target set")

    trail = _trail(request, partnership)
    return form_page(request, partnership, form, title="Set a target", trail=trail, act=act)


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def target(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Changes what a target says."""
    found = _target(partnership, pk)
    form = TargetForm(request.POST or None, target=found)

    def act() -> str:
        actions.change_target(
            target=found,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
        return _said(request, found, "target saved")

    return form_page(
        request,
        partnership,
        form,
        title=f"Change the target for {found.indicator.name}",
        trail=_trail(request, partnership),
        act=act,
        links=[Link("End this target", reverse("target_end", args=[partnership.slug, pk]))],
    )


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def target_end(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Gives a target its last day."""
    found = _target(partnership, pk)
    form = EndForm(request.POST or None, target=found)

    def act() -> str:
        last = form.cleaned_data["last"]
        actions.end_target(
            target=found,
            last=last,
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
        return _said(request, found, f"target ends on {day(last)}")

    title = f"End the target for {found.indicator.name}"
    trail = _trail(request, partnership)
    return form_page(request, partnership, form, title=title, trail=trail, act=act)


def _target(partnership: Partnership, pk: int) -> Target:
    return get_object_or_404(queries.targets_of(partnership), pk=pk)


def _said(request: SignedIn, found: Target, what: str) -> str:
    messages.success(request, f"{found.indicator.name}: {what}.")
    return reverse("targets", args=[found.partnership.slug])


def _trail(request: SignedIn, partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (partnership.short_name, first_page(partnership, request.permissions)),
        ("Targets", reverse("targets", args=[partnership.slug])),
    ]
