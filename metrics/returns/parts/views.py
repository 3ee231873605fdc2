"""Pages about a return as a whole: each agency's part, and the dates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from metrics.models import CannotSupply, Return
from metrics.returns import access, tables
from metrics.returns.cannot_supply.queries import said_on
from metrics.returns.comments import comments_on
from metrics.returns.parts import actions as part_actions
from metrics.returns.parts import gaps
from metrics.returns.parts import tables as part_tables
from metrics.returns.parts.forms import DatesForm, StepForm
from metrics.returns.parts.notices import told_of_notices
from metrics.returns.parts.standing import Part, parts
from metrics.returns.queries import return_of
from partnerships.door import SignedIn, needs
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.refusals import Refused

SAID = {
    "submitted": "{agency}: submitted.",
    "withdrawn": "{agency}: its submission is taken back.",
    "returned": "{agency}: given back. Its contributors are being written to.",
    "locked": "{agency}: locked.",
    "chased": "{agency}: its contributors are being written to.",
}
MAY = {
    "submitted": access.ENTERS,
    "withdrawn": (Permission.ENTER_FIGURES,),
    "returned": (Permission.APPROVE_FIGURES,),
    "locked": (Permission.APPROVE_FIGURES,),
    "chased": (Permission.ENTER_FIGURES,),
}


@needs(*access.WORKS_ON_RETURNS)
@require_GET
def return_agencies(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """How far each agency's part of a return has come, who is late, and what can be done."""
    dataset, span = access.return_or_404(partnership, period)
    part_of = return_of(dataset, span)
    today = timezone.localdate()
    agencies = access.own_agencies(request, partnership)
    owed = parts(part_of, on=today, agencies=agencies) if part_of else []
    mail = told_of_notices(part_of) if part_of and _chases(request) else {}
    context = {
        "partnership": partnership,
        "trail": access.trail(request, partnership, span, "Agencies"),
        "span": span,
        "part_of": part_of,
        "dates": part_tables.dates(part_of) if part_of else [],
        "rows": [
            part_tables.row(part, request.permissions, today, mail=mail.get(part.agency.pk, ""))
            for part in owed
        ],
        "may_set_dates": Permission.ENTER_FIGURES in request.permissions,
        "may_type": bool(request.permissions.intersection(access.ENTERS)),
    }
    return render(request, "metrics/return_agencies.html", context)


@needs(*access.WORKS_ON_RETURNS)
@require_GET
def return_part(
    request: SignedIn, partnership: Partnership, period: str, agency: str
) -> HttpResponse:
    """One agency's part: what keeps it from being submitted, with a link to each."""
    part_of, part = _part(request, partnership, period, agency)
    span, name = part_of.period.span, part.agency.organisation.name
    may_type = bool(request.permissions.intersection(access.ENTERS))
    typed = access.owed_to_enter(request, partnership, span) if may_type else []
    address = gaps.addresses(partnership, span, {each.key for each in typed})
    seen = access.owed_for(request, partnership, span) if part.off else []
    mail = told_of_notices(part_of) if _chases(request) else {}
    context = {
        "partnership": partnership,
        "trail": access.trail_of_part(request, partnership, span, name),
        "span": span,
        "part": part,
        "row": part_tables.row(
            part, request.permissions, timezone.localdate(), mail=mail.get(part.agency.pk, "")
        ),
        "due": part_tables.dates(part_of)[:1],
        "gaps": gaps.gaps(part, span, partnership, address),
        "follow_ups": tables.follow_ups(partnership, span, part.rows, comments_on(part.rows)),
        "groups": gaps.groups(part.off, partnership, span, seen={each.key for each in seen}),
        "excused": part_tables.excused(partnership, part, _said(part), may_take_back=may_type),
        "may_type": may_type,
    }
    return render(request, "metrics/return_part_page.html", context)


@needs(*access.WORKS_ON_RETURNS)
@require_POST
def return_step(
    request: SignedIn, partnership: Partnership, period: str, agency: str
) -> HttpResponse:
    """Submits, takes back, gives back, locks or chases one agency's part."""
    part_of, part = _part(request, partnership, period, agency)
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The form that was sent is not complete. Try again here.")
        return redirect("return_part", partnership.slug, period, agency)
    kind, now = form.cleaned_data["step"], timezone.now()
    if not request.permissions.intersection(MAY[kind]):
        raise PermissionDenied
    try:
        if kind == "chased":
            part_actions.chase(part=part, part_of=part_of, by=request.user, at=now)
        elif kind == "returned":
            reason = form.cleaned_data["reason"]
            part_actions.give_back(
                part=part, part_of=part_of, by=request.user, at=now, reason=reason
            )
        else:
            part_actions.take_step(
                part=part,
                part_of=part_of,
                kind=kind,
                by=request.user,
                at=now,
                reason=form.cleaned_data["reason"],
            )
    except Refused as error:
        messages.error(request, str(error))
        return redirect("return_part", partnership.slug, period, agency)
    messages.success(request, SAID[kind].format(agency=part.agency.organisation))
    return redirect("return_agencies", partnership.slug, period)


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def return_dates(request: SignedIn, partnership: Partnership, period: str) -> HttpResponse:
    """When a return is due, and when it closes."""
    dataset, span = access.return_or_404(partnership, period)
    form = DatesForm(request.POST or None, part_of=return_of(dataset, span))

    def act() -> str:
        data = form.cleaned_data
        part_actions.set_dates(
            dataset=dataset,
            span=span,
            due=data["due"],
            closed_to_new=data["new"],
            closed_to_edits=data["edits"],
            by=request.user,
        )
        messages.success(request, f"{span.label}: dates saved.")
        return reverse("return_agencies", args=[partnership.slug, span.key])

    trail = access.trail(request, partnership, span, "Dates")[:-1]
    return form_page(request, partnership, form, title="Dates of the return", trail=trail, act=act)


def _chases(request: SignedIn) -> bool:
    return Permission.ENTER_FIGURES in request.permissions


def _said(part: Part) -> list[CannotSupply]:
    """What the agency said that excuses figures of its part."""
    if not part.excused:
        return []
    said = CannotSupply.objects.filter(said_on(timezone.localdate()), agency=part.agency)
    here = {row.indicator.pk for row in part.excused}
    return list(said.filter(indicator__in=here).select_related("indicator"))


def _part(
    request: SignedIn, partnership: Partnership, period: str, agency: str
) -> tuple[Return, Part]:
    """The part that this person meets, or 404."""
    dataset, span = access.return_or_404(partnership, period)
    part_of = return_of(dataset, span)
    if part_of is None:
        raise Http404
    own = access.own_agencies(request, partnership)
    for part in parts(part_of, on=timezone.localdate(), agencies=own):
        if part.agency.organisation.slug == agency:
            return part_of, part
    raise Http404
