"""Pages about what agencies cannot supply: the list, with one more said, and taking back."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from metrics.models import CannotSupply
from metrics.returns import access
from metrics.returns.cannot_supply.actions import say_cannot_supply, submitted_without, take_back
from metrics.returns.parts import tables as part_tables
from metrics.returns.parts.forms import CannotSupplyForm, TakeBackForm
from partnerships.door import SignedIn, needs
from partnerships.keeping import form_page
from partnerships.models import Agency, Partnership
from partnerships.refusals import Refused

TITLE = "Cannot be supplied"


@needs(*access.ENTERS)
@require_http_methods(["GET", "POST"])
def cannot_supply(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """What agencies cannot supply, why, and until when; one more can be said."""
    agencies, today = _agencies(request, partnership), timezone.localdate()
    form = CannotSupplyForm(
        request.POST or None,
        agencies=agencies,
        indicators=access.indicators_to_enter(request, partnership, on=today),
    )
    if request.method == "POST" and form.is_valid():
        agency, indicator, because, until = form.entered()
        try:
            say_cannot_supply(
                agency=agency,
                indicator=indicator,
                because=because,
                first=today,
                until=until,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("cannot_supply", partnership.slug)
    said = _said(agencies)
    not_taken_back = said.filter(taken_back_at__isnull=True)
    context = {
        "partnership": partnership,
        "trail": [*access.trail(request, partnership)[:-1], *_trail(partnership, here=True)],
        "form": form,
        "said": part_tables.cannot_supply(partnership, not_taken_back.filter(until__gte=today)),
        "over": part_tables.over(not_taken_back.filter(until__lt=today).order_by("-until")),
        "taken_back": part_tables.taken_back(
            said.filter(taken_back_at__isnull=False).order_by("-taken_back_at")
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "metrics/cannot_supply.html", context, status=status)


@needs(*access.ENTERS)
@require_http_methods(["GET", "POST"])
def cannot_supply_back(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Takes back what was said by mistake; why, where a part was submitted without the figure."""
    standing = _said(_agencies(request, partnership)).filter(taken_back_at__isnull=True)
    said = get_object_or_404(standing, pk=pk)
    relied = submitted_without(said, on=timezone.localdate())
    form = TakeBackForm(request.POST or None, said=said, relied=relied)

    def act() -> str:
        without = take_back(
            said=said, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        told = f"{said.indicator.name} of {said.agency.organisation} is asked for again."
        if without:
            quarters = " and ".join(span.label for span in without)
            told += f" What was submitted for {quarters} stays submitted without it."
        messages.success(request, told)
        return reverse("cannot_supply", args=[partnership.slug])

    return form_page(
        request,
        partnership,
        form,
        title=f"Take back that {said.agency.organisation} cannot supply {said.indicator.name}",
        trail=[*access.trail(request, partnership)[:-1], *_trail(partnership)],
        act=act,
        template="metrics/cannot_supply_back.html",
    )


def _said(agencies: list[Agency]) -> QuerySet[CannotSupply]:
    found = CannotSupply.objects.filter(agency__in=agencies)
    return found.select_related(
        "agency__organisation", "agency__partnership", "indicator", "by", "taken_back_by"
    )


def _trail(partnership: Partnership, *, here: bool = False) -> list[tuple[str, str]]:
    page = "" if here else reverse("cannot_supply", args=[partnership.slug])
    return [("Returns", reverse("returns", args=[partnership.slug])), (TITLE, page)]


def _agencies(request: SignedIn, partnership: Partnership) -> list[Agency]:
    own = access.own_agencies(request, partnership)
    if own is not None:
        return list(own)
    here = partnership.agencies.filter(expectations__isnull=False).distinct()
    return list(here.select_related("organisation"))
