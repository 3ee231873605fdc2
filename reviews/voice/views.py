"""Pages of what was said, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.figure_views import figure_page
from reviews.figures import printed_in
from reviews.models import VoiceActivity, VoiceMeasure
from reviews.voice import actions, queries, tables
from reviews.voice.forms import VoiceFigureForm, VoiceForm


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def voice(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Who said what, what changed, and what they were told."""
    told = queries.voice_of(partnership)
    sources = [each.source for each in told]
    sources += [row.told.source for each in told for row in each.figures]
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership)[:1], ("Voice", "")],
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "unchanged": sum(not each.changed for each in told),
        "all": len(told),
        "voices": tables.voice_table(
            (each, reverse("voice_activity", args=[partnership.slug, each.code])) for each in told
        ),
        "printed_in": printed_in(sources),
    }
    return render(request, "reviews/voice_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def voice_activity(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One activity: what was said, what came of it, and what was counted."""
    told = queries.activity_of(partnership, code)
    if told is None:
        raise Http404
    keeps = Permission.KEEP_REVIEWS in request.permissions
    urls = [
        reverse("voice_figure_edit", args=[partnership.slug, code, row.told.pk]) if keeps else ""
        for row in told.figures
    ]
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership), (told.name, "")],
        "told": told,
        "may_keep": keeps,
        "facts": tables.facts_of(told),
        "figures": tables.figures_table(told, urls),
        "printed_in": printed_in([told.source, *(row.told.source for row in told.figures)]),
    }
    return render(request, "reviews/voice_activity.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def voice_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add what was said; its figures come next."""
    form = VoiceForm(request.POST or None, activity=None)

    def add() -> str:
        made = actions.save_voice(
            partnership=partnership,
            code=form.cleaned_data["code"],
            words=form.words(),
            by=request.user,
        )
        return _saved(request, made)

    return form_page(
        request, partnership, form, title="Add what was said", trail=_trail(partnership), act=add
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def voice_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what was said, or say what came of it."""
    found = _activity(partnership, code)
    form = VoiceForm(request.POST or None, activity=found)

    def save() -> str:
        saved = actions.save_voice(
            partnership=partnership,
            code=found.code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
        return _saved(request, saved)

    return form_page(
        request,
        partnership,
        form,
        title="Change what was said and what came of it",
        trail=_beneath(found),
        act=save,
        links=[Link("Remove this entry", reverse("voice_remove", args=[partnership.slug, code]))],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def voice_figure_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add a figure of an activity."""
    found = _activity(partnership, code)
    form = VoiceFigureForm(request.POST or None, row=None)
    return figure_page(
        request, found, form, actions.save_figure, trail=_beneath(found), back=_page(found)
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def voice_figure_edit(
    request: SignedIn, partnership: Partnership, code: str, pk: int
) -> HttpResponse:
    """Change a figure of an activity."""
    found = _activity(partnership, code)
    return figure_page(
        request,
        found,
        VoiceFigureForm(request.POST or None, row=_figure(found, pk)),
        actions.save_figure,
        trail=_beneath(found),
        back=_page(found),
        remove=reverse("voice_figure_remove", args=[partnership.slug, code, pk]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def voice_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove what was said, where nothing is counted of it, for a reason."""
    found = _activity(partnership, code)
    return remove_page(
        request,
        partnership,
        found,
        actions.remove_voice,
        what=f"the entry “{found.name}”",
        trail=_beneath(found),
        back=reverse("voice", args=[partnership.slug]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def voice_figure_remove(
    request: SignedIn, partnership: Partnership, code: str, pk: int
) -> HttpResponse:
    """Remove a figure of an activity, for a reason."""
    found = _activity(partnership, code)
    row = _figure(found, pk)
    return remove_page(
        request,
        partnership,
        row,
        actions.remove_figure,
        what=f"the figure of {row.period}",
        trail=_beneath(found),
        back=_page(found),
    )


def _activity(partnership: Partnership, code: str) -> VoiceActivity:
    found = partnership.voice_activities.select_related("partnership", "period", "area")
    return get_object_or_404(found, code=code)


def _figure(found: VoiceActivity, pk: int) -> VoiceMeasure:
    return get_object_or_404(found.measures.select_related("period"), pk=pk)


def _page(found: VoiceActivity) -> str:
    return reverse("voice_activity", args=[found.partnership.slug, found.code])


def _saved(request: SignedIn, found: VoiceActivity) -> str:
    messages.success(request, f"{found.name}: saved.")
    return _page(found)


def _trail(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
        ("Voice", reverse("voice", args=[partnership.slug])),
    ]


def _beneath(found: VoiceActivity) -> list[tuple[str, str]]:
    return [*_trail(found.partnership), (found.name, _page(found))]
