"""Who meets which part of a return: the quarter, its indicators, and who may enter what."""

from collections.abc import Collection
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from metrics import queries
from metrics.addresses import Address
from metrics.models import CannotSupply, Cell, Dataset, ExpectedWords, Indicator
from metrics.owed import Owed, code_of, slice_key
from metrics.places import Place
from metrics.queries import ReturnRow
from metrics.returns.cannot_supply.queries import excused_on
from metrics.returns.words import words_expected
from partnerships.calendar import store_period
from partnerships.context import first_page
from partnerships.door import SignedIn
from partnerships.models import Agency, Partnership
from partnerships.periods import Kind, PeriodError, Span, parse
from partnerships.permissions import Permission, agencies_of

ENTERS = (Permission.ENTER_FIGURES, Permission.ENTER_OWN_AGENCY_FIGURES)
WORKS_ON_RETURNS = (*ENTERS, Permission.APPROVE_FIGURES)


def return_or_404(partnership: Partnership, period: str) -> tuple[Dataset, Span]:
    """The dataset of the returns and the quarter, or 404: ended quarters only."""
    dataset = queries.returns_dataset(partnership)
    try:
        span = parse(period)
    except PeriodError as error:
        raise Http404 from error
    if dataset is None or span.kind is not Kind.QUARTER or span.last >= timezone.localdate():
        raise Http404
    return dataset, span


def own_agencies(request: SignedIn, partnership: Partnership) -> Collection[Agency] | None:
    """The agencies whose part of a return is all that somebody meets; None for the whole."""
    if {Permission.ENTER_FIGURES, Permission.APPROVE_FIGURES} & request.permissions:
        return None
    return agencies_of(request.user, partnership, on=timezone.localdate())


def owed_for(request: SignedIn, partnership: Partnership, span: Span) -> list[Owed]:
    """All that the return asks for; for a contributor, what their agencies supply."""
    agencies = own_agencies(request, partnership)
    return queries.owed_figures(partnership, on=span.last, agencies=agencies)


def owed_or_404(request: SignedIn, partnership: Partnership, span: Span, key: str) -> Owed:
    for owed in owed_for(request, partnership, span):
        if owed.key == key:
            return owed
    raise Http404


def cell_or_404(partnership: Partnership, period: str, key: str) -> Cell:
    dataset, span = return_or_404(partnership, period)
    address = Address(
        dataset.code, code_of(key), partnership.area.code, span.key, slice=slice_key(key)
    )
    cell = queries.cell_at(address)
    if cell is None:
        raise Http404
    return cell


def indicators_to_enter(
    request: SignedIn, partnership: Partnership, *, on: date
) -> list[Indicator]:
    """What somebody may enter figures of. Who also approves meets more than that."""
    agencies = _agencies_entered_for(request, partnership)
    return list(queries.expected_indicators(partnership, on=on, agencies=agencies))


def owed_to_enter(request: SignedIn, partnership: Partnership, span: Span) -> list[Owed]:
    """The same for the return of a quarter, with what is asked for by category."""
    agencies = _agencies_entered_for(request, partnership)
    return queries.owed_figures(partnership, on=span.last, agencies=agencies)


def words_to_enter(request: SignedIn, partnership: Partnership, span: Span) -> list[ExpectedWords]:
    """Whose words somebody may write, by theme."""
    agencies = _agencies_entered_for(request, partnership)
    return words_expected(partnership, span, agencies=agencies)


def excused(request: SignedIn, partnership: Partnership, span: Span) -> dict[int, CannotSupply]:
    """What cannot be supplied of that today, by the ids of indicators."""
    agencies = _agencies_entered_for(request, partnership)
    return excused_on(partnership, span, on=timezone.localdate(), agencies=agencies)


def _agencies_entered_for(request: SignedIn, partnership: Partnership) -> Collection[Agency] | None:
    """The agencies that somebody enters figures for; None for all."""
    if Permission.ENTER_FIGURES in request.permissions:
        return None
    if Permission.ENTER_OWN_AGENCY_FIGURES in request.permissions:
        return agencies_of(request.user, partnership, on=timezone.localdate())
    return []


def may_enter(request: SignedIn, partnership: Partnership, span: Span, row: ReturnRow) -> bool:
    """Entering and correcting are two permissions; a contributor may do both with their own."""
    whole = Permission.CORRECT_FIGURES if row.is_approved else Permission.ENTER_FIGURES
    if whole in request.permissions:
        return True
    own = Permission.ENTER_OWN_AGENCY_FIGURES in request.permissions
    return own and row.indicator in indicators_to_enter(request, partnership, on=span.last)


def place_of(partnership: Partnership, dataset: Dataset, span: Span, owed: Owed) -> Place:
    """Where the partnership's own figure of a quarter belongs."""
    return Place(
        dataset=dataset,
        indicator=owed.indicator,
        area=partnership.area,
        period=store_period(span),
        slice=owed.slice(),
    )


def trail(
    request: SignedIn, partnership: Partnership, span: Span | None = None, here: str = ""
) -> list[tuple[str, str]]:
    """The breadcrumbs; the last is the page itself and has no address."""
    made = [(partnership.short_name, first_page(partnership, request.permissions))]
    made.append(("Returns", reverse("returns", args=[partnership.slug]) if span else ""))
    if span:
        address = reverse("return_period", args=[partnership.slug, span.key])
        made.append((span.label, address if here else ""))
    if here:
        made.append((here, ""))
    return made


def trail_of_part(
    request: SignedIn, partnership: Partnership, span: Span, agency: str
) -> list[tuple[str, str]]:
    """The breadcrumbs of one agency's part, beneath the page of all parts."""
    above = trail(request, partnership, span, "Agencies")[:-1]
    parts = reverse("return_agencies", args=[partnership.slug, span.key])
    return [*above, ("Agencies", parts), (agency, "")]
