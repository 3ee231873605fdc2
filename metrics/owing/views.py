"""Pages of who owes what: the list, ask for figures or words, end, take back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from metrics import queries as figure_queries
from metrics.models import Expectation, ExpectedWords
from metrics.owing import actions, queries, tables
from metrics.owing.asking import Asking, in_words
from metrics.owing.categories import change_categories
from metrics.owing.forms import AskForm, AskWordsForm, CategoriesForm, EndForm
from metrics.returns import access
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Agency, Partnership
from partnerships.periods import Span
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page

TITLE = "Who owes what"


@needs(*access.WORKS_ON_RETURNS)
@require_GET
def owing(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """By agency, the figures and words that its returns ask for, from and to which quarter."""
    today = timezone.localdate()
    may_change = Permission.ENTER_FIGURES in request.permissions
    own = access.own_agencies(request, partnership)
    found = queries.owing(partnership, on=today, agencies=own)
    context = {
        "partnership": partnership,
        "trail": [*_trail(request, partnership)[:-1], (TITLE, "")],
        "title": TITLE,
        "sections": tables.sections(partnership, found, _newest(), may_change=may_change),
        "may_change": may_change,
    }
    return render(request, "metrics/owing.html", context)


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_ask(request: SignedIn, partnership: Partnership, agency: str) -> HttpResponse:
    """Asks an agency for figures, several at once, by category where that is wanted."""
    today, found = timezone.localdate(), _agency(partnership, agency)
    form = AskForm(
        request.POST or None,
        indicators=queries.indicators_to_ask_for(),
        breakdowns=queries.breakdowns_to_ask_for(),
        quarters=_quarters(),
        first=_newest(),
        asked=queries.asked_of_whom(partnership, on=today),
    )

    def act() -> str:
        made = actions.ask_for(
            agency=found,
            indicators=form.chosen,
            breakdowns=form.chosen_breakdowns,
            first=form.chosen_first,
            by=request.user,
            at=timezone.now(),
        )
        many = f"{len(made)} figure{'' if len(made) == 1 else 's'}"
        said = f"{found.organisation}: asked for {many} from {form.chosen_first.label} on."
        return _said(request, partnership, said)

    return form_page(
        request,
        partnership,
        form,
        title=f"Ask {found.organisation} for figures",
        trail=_trail(request, partnership),
        act=act,
        template="metrics/owing_ask.html",
    )


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_ask_words(request: SignedIn, partnership: Partnership, agency: str) -> HttpResponse:
    """Asks an agency for words on a theme, with a question of one's own."""
    found = _agency(partnership, agency)
    form = AskWordsForm(
        request.POST or None, themes=queries.themes(), quarters=_quarters(), first=_newest()
    )

    def act() -> str:
        made = actions.ask_for_words(
            agency=found,
            theme=form.cleaned_data["theme"],
            question=form.cleaned_data["question"],
            first=form.chosen_first,
            by=request.user,
            at=timezone.now(),
        )
        said = f"asked for {in_words(made)} from {form.chosen_first.label} on."
        return _said(request, partnership, f"{found.organisation}: {said}")

    title = f"Ask {found.organisation} for words"
    trail = _trail(request, partnership)
    return form_page(request, partnership, form, title=title, trail=trail, act=act)


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_figure(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """The last return that asks an agency for a figure."""
    categories = Link(
        "Change the categories that it is asked for by",
        reverse("owing_categories", args=[partnership.slug, pk]),
    )
    return _end(request, partnership, _figure(partnership, pk), "owing_figure_back", categories)


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_categories(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """The categories that a figure is asked for by, from a quarter on."""
    found = _figure(partnership, pk)
    form = CategoriesForm(
        request.POST or None,
        asking=found,
        breakdowns=queries.breakdowns_to_ask_for(),
        quarters=_quarters(),
        first=_newest(),
    )

    def act() -> str:
        change_categories(
            asking=found,
            breakdowns=form.chosen,
            first=form.chosen_first,
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
        by = " and ".join(each.name for each in form.chosen)
        asked = f"asked for by {by}" if by else "asked for as a total only"
        said = f"{_called(found)}: {asked} from {form.chosen_first.label} on."
        return _said(request, partnership, said)

    return form_page(
        request,
        partnership,
        form,
        title=f"{_called(found)}: by which categories",
        trail=_trail(request, partnership),
        act=act,
    )


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_words(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """The last return that asks an agency for words on a theme."""
    return _end(request, partnership, _words(partnership, pk), "owing_words_back")


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_figure_back(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """Takes back what was asked for in error, while no figure hangs on it."""
    return _take_back(request, partnership, _figure(partnership, pk))


@needs(Permission.ENTER_FIGURES)
@require_http_methods(["GET", "POST"])
def owing_words_back(request: SignedIn, partnership: Partnership, pk: int) -> HttpResponse:
    """The same for words, while no text hangs on it."""
    return _take_back(request, partnership, _words(partnership, pk))


def _end(
    request: SignedIn,
    partnership: Partnership,
    found: Asking,
    back: str,
    *links: Link,
) -> HttpResponse:
    form = EndForm(request.POST or None, asking=found, quarters=_quarters())

    def act() -> str:
        last = form.chosen_last
        actions.end(
            asking=found,
            last=last,
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
        until = f"the last return that asks for it is {last.label}" if last else "has no end now"
        return _said(request, partnership, f"{_called(found)}: {until}.")

    return form_page(
        request,
        partnership,
        form,
        title=f"{_called(found)}: until when",
        trail=_trail(request, partnership),
        act=act,
        links=[
            *links,
            Link(
                "It was asked for in error: take it back",
                reverse(back, args=[partnership.slug, found.pk]),
            ),
        ],
    )


def _take_back(request: SignedIn, partnership: Partnership, found: Asking) -> HttpResponse:
    return remove_page(
        request,
        partnership,
        found,
        actions.take_back,
        what=_called(found),
        trail=_trail(request, partnership),
        back=reverse("owing", args=[partnership.slug]),
    )


def _called(found: Asking) -> str:
    words = in_words(found)
    return f"{words[0].upper()}{words[1:]} of {found.agency.organisation}"


def _figure(partnership: Partnership, pk: int) -> Expectation:
    return get_object_or_404(queries.figures_of(partnership), pk=pk)


def _words(partnership: Partnership, pk: int) -> ExpectedWords:
    return get_object_or_404(queries.words_of(partnership), pk=pk)


def _agency(partnership: Partnership, slug: str) -> Agency:
    """The agency, or where it left and came back, the one that stands last."""
    here = queries.agencies_asked(partnership, on=timezone.localdate())
    found = here.filter(organisation__slug=slug).order_by("-first").first()
    if found is None:
        raise Http404
    return found


def _newest() -> Span:
    """The quarter whose return is being entered."""
    return figure_queries.quarters_to(timezone.localdate(), 1)[0]


def _quarters() -> list[Span]:
    return queries.quarters_around(
        timezone.localdate(), back=queries.ASKABLE_BACK, ahead=queries.ASKABLE_AHEAD
    )


def _said(request: SignedIn, partnership: Partnership, words: str) -> str:
    messages.success(request, words)
    return reverse("owing", args=[partnership.slug])


def _trail(request: SignedIn, partnership: Partnership) -> list[tuple[str, str]]:
    (here, _) = access.trail(request, partnership)
    return [
        here,
        ("Returns", reverse("returns", args=[partnership.slug])),
        (TITLE, reverse("owing", args=[partnership.slug])),
    ]
