"""Pages of groups and priorities, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.calendar import find_period, store_period
from partnerships.door import SignedIn, needs
from partnerships.governance import actions, queries
from partnerships.governance.forms import BodyForm, PriorityForm, YearForm
from partnerships.governance.meetings import queries as meetings
from partnerships.governance.meetings import tables
from partnerships.governance.meetings.queries import SeatOf
from partnerships.keeping import form_page
from partnerships.models import Body, Partnership, Priority
from partnerships.permissions import Permission


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def governance(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The groups of a partnership, by kind."""
    bodies = queries.bodies_at(partnership)
    slug = partnership.slug
    context = {
        "partnership": partnership,
        "trail": [_home(partnership), ("Governance", "")],
        "may_keep": Permission.KEEP_GOVERNANCE in request.permissions,
        "vacant": [tables.vacant_words(seat) for seat in meetings.vacancies_of(partnership)],
        "tables": queries.bodies_tables(
            (body, reverse("body", args=[slug, body.code])) for body in bodies
        ),
    }
    return render(request, "partnerships/governance_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def body(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One body: its meetings, who came to them, and the seats on it."""
    found = _body(partnership, code)
    may_keep = Permission.KEEP_GOVERNANCE in request.permissions
    at = [partnership.slug, code]

    def seat_url(seat: SeatOf) -> str:
        return reverse("seat", args=[partnership.slug, seat.period_key, seat.code])

    held = found.meetings.select_related("period", "body__partnership")
    context = {
        "partnership": partnership,
        "trail": [*_governance(partnership), (found.name, "")],
        "body": found,
        "facts": queries.body_facts(found),
        "may_keep": may_keep,
        "meetings": tables.meetings_table(
            (
                each,
                reverse("meeting", args=[*at, each.period.key, each.status]) if may_keep else "",
            )
            for each in held
        ),
        "registers": [
            (each, tables.attendance_table(each)) for each in meetings.attendances_of(found)
        ],
        "seats": tables.seats_table(
            meetings.as_read(found.seats.all()),
            seat_url if may_keep else None,
            with_body=False,
        ),
    }
    return render(request, "partnerships/governance_body.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def body_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a body."""
    form = BodyForm(request.POST or None, partnership=partnership, body=None)

    def add() -> str:
        return _save_body(request, partnership, form, form.cleaned_data["code"])

    trail = _governance(partnership)
    return form_page(request, partnership, form, title="Add a body", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def body_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is known of a body."""
    found = _body(partnership, code)
    form = BodyForm(request.POST or None, partnership=partnership, body=found)

    def save() -> str:
        return _save_body(request, partnership, form, found.code)

    trail = [
        *_governance(partnership),
        (found.name, reverse("body", args=[partnership.slug, code])),
    ]
    return form_page(request, partnership, form, title="Change the body", trail=trail, act=save)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def priorities(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The priorities of a partnership, as the newest account of each leaves them."""
    found = queries.priorities_at(partnership)
    slug = partnership.slug
    context = {
        "partnership": partnership,
        "trail": [_home(partnership), ("Priorities", "")],
        "may_keep": Permission.KEEP_GOVERNANCE in request.permissions,
        "priorities": queries.priorities_table(
            (each, reverse("priority", args=[slug, each.code])) for each in found
        ),
    }
    return render(request, "partnerships/governance_priorities.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def priority(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One priority, year by year: what was intended, done, led to, and can be shown."""
    found = _priority(partnership, code)
    years = found.years.select_related("period").prefetch_related("points")
    context = {
        "partnership": partnership,
        "trail": [*_priorities(partnership), (found.name, "")],
        "priority": found,
        "may_keep": Permission.KEEP_GOVERNANCE in request.permissions,
        "years": [
            (year, queries.assurance_tag(year), queries.parts_of(year))
            for year in years.order_by("-period__last")
        ],
    }
    return render(request, "partnerships/governance_priority.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def priority_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a priority; its years come next."""
    form = PriorityForm(request.POST or None)

    def add() -> str:
        made = actions.add_priority(partnership=partnership, by=request.user, **form.cleaned_data)
        messages.success(request, f"{made.name}: added. Now say what its first year intends.")
        return reverse("priority_year_add", args=[partnership.slug, made.code])

    trail = _priorities(partnership)
    return form_page(request, partnership, form, title="Add a priority", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def priority_year_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add what a year says of a priority."""
    found = _priority(partnership, code)
    form = YearForm(request.POST or None, year=None)

    def add() -> str:
        period = store_period(form.cleaned_data["year"])
        actions.save_year(priority=found, period=period, words=form.words(), by=request.user)
        return _saved_year(request, found)

    trail = _beneath(found)
    return form_page(request, partnership, form, title="Add a year", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def priority_year_edit(
    request: SignedIn, partnership: Partnership, code: str, period: str
) -> HttpResponse:
    """Change what a year says of a priority."""
    found = _priority(partnership, code)
    year = get_object_or_404(
        found.years.select_related("period").prefetch_related("points"), period=find_period(period)
    )
    form = YearForm(request.POST or None, year=year)

    def save() -> str:
        actions.save_year(
            priority=found,
            period=year.period,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved_year(request, found)

    title, trail = f"{found.name}: {year.period}", _beneath(found)
    return form_page(request, partnership, form, title=title, trail=trail, act=save)


def _save_body(request: SignedIn, partnership: Partnership, form: BodyForm, code: str) -> str:
    saved = actions.save_body(
        partnership=partnership,
        code=code,
        words=form.words(),
        reports_to=list(form.cleaned_data["reports_to"]),
        seen=form.cleaned_data["seen"],
        by=request.user,
    )
    messages.success(request, f"{saved.name}: saved.")
    return reverse("body", args=[partnership.slug, code])


def _saved_year(request: SignedIn, found: Priority) -> str:
    messages.success(request, f"{found.name}: saved.")
    return reverse("priority", args=[found.partnership.slug, found.code])


def _body(partnership: Partnership, code: str) -> Body:
    bodies = queries.bodies_at(partnership).select_related("follows", "partnership")
    return get_object_or_404(bodies, code=code)


def _priority(partnership: Partnership, code: str) -> Priority:
    return get_object_or_404(partnership.priorities.select_related("partnership"), code=code)


def _home(partnership: Partnership) -> tuple[str, str]:
    return partnership.short_name, reverse("my")


def _governance(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        _home(partnership),
        ("Governance", reverse("governance", args=[partnership.slug])),
    ]


def _priorities(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        _home(partnership),
        ("Priorities", reverse("priorities", args=[partnership.slug])),
    ]


def _beneath(found: Priority) -> list[tuple[str, str]]:
    page = reverse("priority", args=[found.partnership.slug, found.code])
    return [*_priorities(found.partnership), (found.name, page)]
