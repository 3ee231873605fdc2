"""Pages of recommendations and actions.

The unit keeps them; roles with true values read them; who speaks for an agency sees and reports
on its own, whatever else they may read.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.context import first_page
from partnerships.door import SignedIn, needs, roles_today
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Agency, Partnership
from partnerships.permissions import Permission, agencies_that_may
from reviews.models import Action, RecommendationSource
from reviews.recommendations import actions, queries, tables
from reviews.recommendations.forms import (
    ActionForm,
    RecommendationForm,
    SourceForm,
    UpdateForm,
)

READERS = (Permission.READ_TRUE_VALUES, Permission.UPDATE_OWN_ACTIONS)


@needs(*READERS)
@require_GET
def actions_list(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The actions: overdue, open and done; all of them, or those of one agency."""
    reads_all = Permission.READ_TRUE_VALUES in request.permissions
    agencies = None if reads_all else _own_agencies(request, partnership)
    lines = queries.actions_at(partnership, today=timezone.localdate(), agencies=agencies)
    slug = partnership.slug
    asked = request.GET.get("agency", "")
    shown = [line for line in lines if not asked or line.agency == asked]
    if asked and not shown:
        raise Http404
    page = reverse("actions", args=[slug])
    context = {
        "partnership": partnership,
        "trail": [_home(request, partnership), ("Actions", "")],
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "reads_all": reads_all,
        "owner": shown[0].owner if asked else "",
        "overdue": sum(line.is_overdue for line in shown),
        "owners": tables.owners_table(lines, lambda agency: f"{page}?agency={agency}"),
        "tables": tables.actions_tables(
            shown, lambda number: reverse("action", args=[slug, number])
        ),
    }
    return render(request, "reviews/actions_list.html", context)


@needs(*READERS)
@require_GET
def action(request: SignedIn, partnership: Partnership, number: int) -> HttpResponse:
    """One action: what it answers, how it stands, and what was told of it."""
    found = _action(request, partnership, number)
    source = found.recommendation.source
    reads_all = Permission.READ_TRUE_VALUES in request.permissions
    source_url = reverse("recommendation_source", args=[partnership.slug, source.code])
    context = {
        "partnership": partnership,
        "trail": [*_actions(request, partnership), (str(found), "")],
        "action": found,
        "facts": tables.action_facts(
            found, today=timezone.localdate(), source_url=source_url if reads_all else ""
        ),
        "updates": [
            (each, tables.update_words(each, names=reads_all)) for each in queries.updates_of(found)
        ],
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "may_update": found.state == Action.State.OPEN and _may_update(request, partnership, found),
    }
    return render(request, "reviews/action_detail.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def action_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add an action that answers a recommendation."""
    asked = request.GET.get("recommendation", "")
    initial = {"recommendation": asked} if asked.isdecimal() else {}
    form = ActionForm(request.POST or None, partnership=partnership, action=None, initial=initial)

    def add() -> str:
        made = actions.save_action(
            partnership=partnership, number=None, words=form.words(), by=request.user
        )
        messages.success(request, f"{made}: added.")
        return reverse("action", args=[partnership.slug, made.number])

    trail = _actions(request, partnership)
    return form_page(request, partnership, form, title="Add an action", trail=trail, act=add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def action_edit(request: SignedIn, partnership: Partnership, number: int) -> HttpResponse:
    """Change an action: its owner, its due date, or how it stands."""
    found = _action(request, partnership, number)
    form = ActionForm(request.POST or None, partnership=partnership, action=found)

    def save() -> str:
        actions.save_action(
            partnership=partnership,
            number=found.number,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, f"{found}: saved.")
        return reverse("action", args=[partnership.slug, found.number])

    title, trail = f"Change action {number}", _beneath_action(request, found)
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


@needs(Permission.KEEP_REVIEWS, Permission.UPDATE_OWN_ACTIONS)
@require_http_methods(["GET", "POST"])
def action_update(request: SignedIn, partnership: Partnership, number: int) -> HttpResponse:
    """Say what has happened: the unit for any action, an agency's people for its own."""
    found = _action(request, partnership, number)
    if not _may_update(request, partnership, found):
        raise PermissionDenied
    own = found.agency in _own_agencies(request, partnership)
    form = UpdateForm(request.POST or None)

    def add() -> str:
        actions.update_action(
            action=found,
            agency=found.agency if own else None,
            at=timezone.now(),
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, f"{found}: the update is added.")
        return reverse("action", args=[partnership.slug, found.number])

    title, trail = f"Add an update to action {number}", _beneath_action(request, found)
    return form_page(request, partnership, form, title=title, trail=trail, act=add)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def sources(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Where recommendations come from."""
    slug = partnership.slug
    context = {
        "partnership": partnership,
        "trail": [*_actions(request, partnership), ("Recommendations", "")],
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "sources": tables.sources_table(
            (each, reverse("recommendation_source", args=[slug, each.code]))
            for each in queries.sources_at(partnership)
        ),
    }
    return render(request, "reviews/sources_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def source(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One source: its recommendations, and the actions that answer them."""
    found = _source(partnership, code)
    slug = partnership.slug
    context = {
        "partnership": partnership,
        "trail": [*_sources(request, partnership), (found.name, "")],
        "source": found,
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "facts": tables.source_facts(found, url=_page_of_what_it_is(found)),
        "answered": tables.answered(
            queries.recommendations_of(found),
            lambda number: reverse("action", args=[slug, number]),
            today=timezone.localdate(),
        ),
    }
    return render(request, "reviews/source_detail.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def source_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add what makes recommendations."""
    return _source_page(request, partnership, None, "Add a source of recommendations")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def source_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is known of a source."""
    found = _source(partnership, code)
    return _source_page(request, partnership, found, "Change the source")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def recommendation_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add a recommendation, or a part of one."""
    found = _source(partnership, code)
    last = found.recommendations.order_by("number").last()
    initial = {"number": last.number + 1 if last else 1}
    form = RecommendationForm(request.POST or None, recommendation=None, initial=initial)

    def add() -> str:
        made = actions.save_recommendation(source=found, by=request.user, **form.cleaned_data)
        messages.success(request, f"Recommendation {made.label}: added.")
        return reverse("recommendation_source", args=[partnership.slug, found.code])

    title, trail = "Add a recommendation", _beneath_source(request, found)
    return form_page(request, partnership, form, title=title, trail=trail, act=add)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def recommendation_edit(
    request: SignedIn, partnership: Partnership, code: str, label: str
) -> HttpResponse:
    """Change the words of a recommendation."""
    found = _source(partnership, code)
    rows = [each for each in found.recommendations.all() if each.label == label]
    if not rows:
        raise Http404
    (recommendation,) = rows
    form = RecommendationForm(request.POST or None, recommendation=recommendation)

    def save() -> str:
        actions.save_recommendation(
            source=found,
            number=recommendation.number,
            part=recommendation.part,
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, f"Recommendation {label}: saved.")
        return reverse("recommendation_source", args=[partnership.slug, found.code])

    title, trail = f"Change recommendation {label}", _beneath_source(request, found)
    url = reverse("recommendation_remove", args=[partnership.slug, found.code, label])
    links = [Link("Remove this recommendation", url)]
    return form_page(request, partnership, form, title=title, trail=trail, act=save, links=links)


def _source_page(
    request: SignedIn, partnership: Partnership, found: RecommendationSource | None, title: str
) -> HttpResponse:
    form = SourceForm(request.POST or None, partnership=partnership, source=found)

    def save() -> str:
        saved = actions.save_source(
            partnership=partnership,
            code=found.code if found else form.cleaned_data["code"],
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, f"{saved.name}: saved.")
        return reverse("recommendation_source", args=[partnership.slug, saved.code])

    trail = _beneath_source(request, found) if found else _sources(request, partnership)
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


def _own_agencies(request: SignedIn, partnership: Partnership) -> list[Agency]:
    return agencies_that_may(roles_today(request), Permission.UPDATE_OWN_ACTIONS, partnership)


def _may_update(request: SignedIn, partnership: Partnership, found: Action) -> bool:
    keeps = Permission.KEEP_REVIEWS in request.permissions
    return keeps or found.agency in _own_agencies(request, partnership)


def _action(request: SignedIn, partnership: Partnership, number: int) -> Action:
    """An action; for whoever reads only their own agency's, others are not there."""
    found = get_object_or_404(queries.action_at(partnership, number))
    reads_all = Permission.READ_TRUE_VALUES in request.permissions
    if not reads_all and found.agency not in _own_agencies(request, partnership):
        raise Http404
    return found


def _source(partnership: Partnership, code: str) -> RecommendationSource:
    sources = partnership.recommendation_sources.select_related(
        "partnership", "review", "inspection"
    )
    return get_object_or_404(sources, code=code)


def _page_of_what_it_is(found: RecommendationSource) -> str:
    slug = found.partnership.slug
    if found.review:
        return reverse("review", args=[slug, found.review.code])
    return reverse("inspection", args=[slug, found.inspection.code]) if found.inspection else ""


def _home(request: SignedIn, partnership: Partnership) -> tuple[str, str]:
    return partnership.short_name, first_page(partnership, request.permissions)


def _actions(request: SignedIn, partnership: Partnership) -> list[tuple[str, str]]:
    page = reverse("actions", args=[partnership.slug])
    return [_home(request, partnership), ("Actions", page)]


def _sources(request: SignedIn, partnership: Partnership) -> list[tuple[str, str]]:
    page = reverse("recommendation_sources", args=[partnership.slug])
    return [*_actions(request, partnership), ("Recommendations", page)]


def _beneath_action(request: SignedIn, found: Action) -> list[tuple[str, str]]:
    page = reverse("action", args=[found.partnership.slug, found.number])
    return [*_actions(request, found.partnership), (str(found), page)]


def _beneath_source(request: SignedIn, found: RecommendationSource) -> list[tuple[str, str]]:
    page = reverse("recommendation_source", args=[found.partnership.slug, found.code])
    return [*_sources(request, found.partnership), (found.name, page)]
