"""Pages about people: one's own, a partnership's list, and its audit record."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partnerships.context import first_page
from partnerships.door import SignedIn, needs, roles_today, signed_in
from partnerships.models import Partnership, Role
from partnerships.people import actions, queries
from partnerships.people.forms import EndForm, GrantForm
from partnerships.people.waiting import held_today, waiting_for
from partnerships.permissions import Permission

EVENTS_ON_A_PAGE = 50


@signed_in
@require_GET
def my(request: SignedIn) -> HttpResponse:
    """What waits for the person, and the partnerships at which they hold roles."""
    held = held_today(roles_today(request))
    places = [
        (
            each.partnership,
            first_page(each.partnership, each.permissions),
            [queries.in_words(role) for role in each.roles],
        )
        for each in held
    ]
    context = {
        "places": places,
        "waiting": waiting_for(request.user, held, on=timezone.localdate()),
    }
    return render(request, "partnerships/my.html", context)


@needs(Permission.MANAGE_PEOPLE)
@require_GET
def people(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Who holds which role, from when to when."""
    context = {
        "partnership": partnership,
        "trail": _trail(request, partnership),
        "roles": queries.roles_at(partnership, on=timezone.localdate()),
    }
    return render(request, "partnerships/people.html", context)


@needs(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def grant(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Give a person a role; a new person is invited."""
    form = GrantForm(_sent(request), partnership=partnership, today=timezone.localdate())
    if form.is_valid():
        try:
            role = actions.grant_role(
                by=request.user,
                partnership=partnership,
                portal=_portal(request),
                **form.cleaned_data,
            )
        except actions.RoleRefused as error:
            form.refuse(error)
        else:
            messages.success(request, f"{role.user} is now {queries.in_words(role)}.")
            return redirect("people", partnership.slug)
    context = {
        "partnership": partnership,
        "form": form,
        "trail": _trail(request, partnership, "Give a role"),
    }
    return render(request, "partnerships/grant.html", context, status=422 if form.errors else 200)


@needs(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def end(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """End a role with a day."""
    role = _role(partnership, pk)
    form = EndForm(_sent(request), today=timezone.localdate())
    if form.is_valid():
        try:
            actions.end_role(by=request.user, role=role, last=form.cleaned_data["last"])
        except actions.RoleRefused as error:
            form.refuse(error)
        else:
            messages.success(request, f"{role.user}, {queries.in_words(role)}: the role is ended.")
            return redirect("people", partnership.slug)
    context = {
        "partnership": partnership,
        "role": role,
        "words": queries.in_words(role),
        "form": form,
        "trail": _trail(request, partnership, "End a role"),
    }
    return render(request, "partnerships/end.html", context, status=422 if form.errors else 200)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def invite(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Send a person's invitation once more."""
    role = _role(partnership, pk)
    try:
        actions.invite_again(by=request.user, role=role, portal=_portal(request))
    except actions.RoleRefused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"The invitation to {role.user} is on its way.")
    return redirect("people", partnership.slug)


@needs(Permission.READ_AUDIT)
@require_GET
def audit(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """What was done at the partnership, by whom and when."""
    events = Paginator(queries.events_at(partnership), EVENTS_ON_A_PAGE)
    page = events.get_page(request.GET.get("page"))
    context = {
        "partnership": partnership,
        "trail": [_top(request, partnership), ("Audit record", "")],
        "page": page,
        "table": queries.record_table(page.object_list),
    }
    return render(request, "partnerships/audit.html", context)


def _sent(request: HttpRequest) -> QueryDict | None:
    """The form as it was sent, even if nothing is in it."""
    return request.POST if request.method == "POST" else None


def _role(partnership: Partnership, pk: int) -> Role:
    return get_object_or_404(
        partnership.roles.select_related("user", "partnership", "agency__organisation"), pk=pk
    )


def _portal(request: HttpRequest) -> str:
    """Where links in e-mails begin: the address at which the administrator works."""
    return request.build_absolute_uri("/")


def _top(request: SignedIn, partnership: Partnership) -> tuple[str, str]:
    return partnership.short_name, first_page(partnership, request.permissions)


def _trail(request: SignedIn, partnership: Partnership, here: str = "") -> list[tuple[str, str]]:
    """The breadcrumbs; the last is the page itself and has no address."""
    people = reverse("people", args=[partnership.slug]) if here else ""
    trail = [_top(request, partnership), ("People", people)]
    return [*trail, (here, "")] if here else trail
