"""Pages of meetings, attendance and seats, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.calendar import find_period, store_period
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.governance.meetings import actions, grid, queries, registers, tables
from partnerships.governance.meetings.forms import (
    CarryForm,
    MeetingForm,
    RegisterForm,
    RegisterPeriodForm,
    SeatForm,
)
from partnerships.keeping import form_page
from partnerships.models import Body, Meeting, Partnership, Register, Seat
from partnerships.periods import Kind, PeriodError, Span, parse
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def seats(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The seats of a partnership, the newest period first and those that are vacant on top."""
    may_keep = Permission.KEEP_GOVERNANCE in request.permissions
    found = queries.as_read(partnership.seats.all())

    def url_of(seat: queries.SeatOf) -> str:
        return reverse("seat", args=[partnership.slug, seat.period_key, seat.code])

    context = {
        "partnership": partnership,
        "trail": [*_governance(partnership), ("Seats", "")],
        "may_keep": may_keep,
        "seats": tables.seats_table(found, url_of if may_keep else None),
    }
    return render(request, "partnerships/seats.html", context)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def seat_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a seat; `body` in the address says on which body."""
    body = partnership.bodies.filter(code=request.GET.get("body", "")).first()
    first = {"body": body.pk if body else None, "period": _this_year()}
    form = SeatForm(request.POST or None, partnership=partnership, seat=None, initial=first)

    def add() -> str:
        period = store_period(form.cleaned_data["period"])
        taken = partnership.seats.filter(period=period).values_list("code", flat=True)
        seat = actions.save_seat(
            partnership=partnership,
            period=period,
            code=form.code(list(taken)),
            words=form.words(),
            by=request.user,
        )
        messages.success(request, f"{seat.name}: added.")
        return _seat_shows(seat)

    trail = _seats(partnership)
    return form_page(request, partnership, form, title="Add a seat", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def seat_edit(request: SignedIn, partnership: Partnership, period: str, code: str) -> HttpResponse:
    """Change a seat: say that it is filled, or vacant."""
    seat = _seat(partnership, period, code)
    form = SeatForm(request.POST or None, partnership=partnership, seat=seat)

    def save() -> str:
        saved = actions.save_seat(
            partnership=partnership,
            period=seat.period,
            code=code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        messages.success(request, f"{saved.name}: saved.")
        return _seat_shows(saved)

    remove = reverse("seat_remove", args=[partnership.slug, period, code])
    return form_page(
        request,
        partnership,
        form,
        title=f"Change the seat, {seat.period}",
        trail=_seats(partnership),
        act=save,
        links=[Link("Remove this seat", remove)],
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def seat_remove(
    request: SignedIn, partnership: Partnership, period: str, code: str
) -> HttpResponse:
    """Take a seat out of a period, once it is confirmed."""
    seat = _seat(partnership, period, code)
    return remove_page(
        request,
        partnership,
        seat,
        actions.remove_seat,
        what=f"the seat “{seat.name}”, {seat.period}",
        trail=_seats(partnership),
        back=reverse("seats", args=[partnership.slug]),
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def seats_carry(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Take the seats of one period over into another."""
    newest = partnership.seats.select_related("period").first()
    first = {"of": newest.period.span if newest else None, "into": _this_year()}
    form = CarryForm(request.POST or None, initial=first)

    def carry() -> str:
        of, into = (store_period(form.cleaned_data[name]) for name in ("of", "into"))
        count = actions.carry_seats(partnership=partnership, of=of, into=into, by=request.user)
        seats = "1 seat" if count == 1 else f"{count} seats"
        messages.success(request, f"{seats} taken over into {into}. Check who has left.")
        return reverse("seats", args=[partnership.slug])

    title, trail = "Take seats over into another year", _seats(partnership)
    return form_page(request, partnership, form, title=title, trail=trail, act=carry)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def meeting_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add a meeting of a body, or how many there were."""
    body = _body(partnership, code)
    form = MeetingForm(request.POST or None, meeting=None)

    def add() -> str:
        actions.save_meeting(
            body=body,
            period=store_period(form.cleaned_data["period"]),
            status=form.cleaned_data["status"],
            words=form.words(),
            by=request.user,
        )
        return _saved(request, body, "Meetings: added.")

    trail = _beneath(body)
    return form_page(request, partnership, form, title="Add meetings", trail=trail, act=add)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def meeting_edit(
    request: SignedIn, partnership: Partnership, code: str, period: str, status: str
) -> HttpResponse:
    """Change what is known of meetings."""
    meeting = _meeting(partnership, code, period, status)
    form = MeetingForm(request.POST or None, meeting=meeting)

    def save() -> str:
        actions.save_meeting(
            body=meeting.body,
            period=meeting.period,
            status=status,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, meeting.body, "Meetings: saved.")

    remove = reverse("meeting_remove", args=[partnership.slug, code, period, status])
    return form_page(
        request,
        partnership,
        form,
        title=f"{meeting.get_status_display()}, {meeting.period}",
        trail=_beneath(meeting.body),
        act=save,
        links=[Link("Remove this entry", remove)],
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def meeting_remove(
    request: SignedIn, partnership: Partnership, code: str, period: str, status: str
) -> HttpResponse:
    """Take meetings out, once it is confirmed."""
    meeting = _meeting(partnership, code, period, status)
    return remove_page(
        request,
        partnership,
        meeting,
        actions.remove_meeting,
        what=f"“{meeting.get_status_display()}, {meeting.period}”",
        trail=_beneath(meeting.body),
        back=_page(meeting.body),
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def register_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Choose the period whose attendance is to be entered."""
    body = _body(partnership, code)
    form = RegisterPeriodForm(request.POST or None, initial={"period": _this_year()})

    def go_on() -> str:
        return reverse("register", args=[partnership.slug, code, form.cleaned_data["period"].key])

    trail = _beneath(body)
    return form_page(request, partnership, form, title="Enter attendance", trail=trail, act=go_on)


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def register(request: SignedIn, partnership: Partnership, code: str, period: str) -> HttpResponse:
    """Who came to the meetings of a period, all members on one page."""
    body, span = _body(partnership, code), _span(period)
    found = _register(body, period)
    form = RegisterForm(
        request.POST or None,
        body=body,
        register=found,
        begin=grid.first_rows(body, span, found),
        held=grid.first_held(body, span, found),
    )

    def save() -> str:
        registers.save_register(
            body=body,
            period=store_period(span),
            rows=form.came(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, body, f"Attendance, {span.label}: saved.")

    remove = reverse("register_remove", args=[partnership.slug, code, period])
    return form_page(
        request,
        partnership,
        form,
        title=f"Attendance, {span.label}",
        trail=_beneath(body),
        act=save,
        links=[Link("Remove this attendance", remove)] if found else [],
        template="partnerships/register.html",
    )


@needs(Permission.KEEP_GOVERNANCE)
@require_http_methods(["GET", "POST"])
def register_remove(
    request: SignedIn, partnership: Partnership, code: str, period: str
) -> HttpResponse:
    """Take a whole register out, once it is confirmed."""
    body = _body(partnership, code)
    found = _register(body, period)
    if found is None:
        raise Http404
    return remove_page(
        request,
        partnership,
        found,
        registers.remove_register,
        what=f"the attendance of {found.period}",
        trail=_beneath(body),
        back=_page(body),
    )


def _seat(partnership: Partnership, period: str, code: str) -> Seat:
    whole = partnership.seats.select_related("partnership", "period", "body", "organisation")
    return get_object_or_404(whole, period=find_period(period), code=code)


def _meeting(partnership: Partnership, code: str, period: str, status: str) -> Meeting:
    body = _body(partnership, code)
    whole = body.meetings.select_related("body__partnership", "period")
    return get_object_or_404(whole, period=find_period(period), status=status)


def _register(body: Body, period: str) -> Register | None:
    return queries.registers_of(body).filter(period=find_period(period)).first()


def _body(partnership: Partnership, code: str) -> Body:
    return get_object_or_404(partnership.bodies.select_related("partnership"), code=code)


def _span(period: str) -> Span:
    try:
        return parse(period)
    except PeriodError:
        raise Http404 from None


def _this_year() -> Span:
    return Span.containing(Kind.YEAR, timezone.localdate())


def _saved(request: SignedIn, body: Body, words: str) -> str:
    messages.success(request, words)
    return _page(body)


def _page(body: Body) -> str:
    return reverse("body", args=[body.partnership.slug, body.code])


def _seat_shows(seat: Seat) -> str:
    """A seat shows on the page of its body, or on that of all seats."""
    slug = seat.partnership.slug
    return (
        reverse("body", args=[slug, seat.body.code]) if seat.body else reverse("seats", args=[slug])
    )


def _governance(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (partnership.short_name, reverse("my")),
        ("Governance", reverse("governance", args=[partnership.slug])),
    ]


def _seats(partnership: Partnership) -> list[tuple[str, str]]:
    return [*_governance(partnership), ("Seats", reverse("seats", args=[partnership.slug]))]


def _beneath(body: Body) -> list[tuple[str, str]]:
    page = reverse("body", args=[body.partnership.slug, body.code])
    return [*_governance(body.partnership), (body.name, page)]
