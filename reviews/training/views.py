"""Pages of training, for roles that read true values; the unit keeps them."""

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
from reviews.models import TrainingActivity, TrainingMeasure
from reviews.training import actions, queries, tables
from reviews.training.forms import ActivityForm, TrainingFigureForm
from reviews.training.totals import totals_of


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def training(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Training by year, activity and what was counted, with totals where they add up."""
    told = queries.training_of(partnership)
    pages = {
        each.code: reverse("training_activity", args=[partnership.slug, each.code]) for each in told
    }
    years = []
    for year in tables.years_of(told):
        found = queries.within(told, year)
        activities = tables.figures_table(year, [(each, pages[each.code]) for each in found])
        totals = tables.totals_table(year, totals_of(partnership, year, found))
        doubts = [(each.name, doubt) for each in found for doubt in each.doubts]
        years.append((year, activities, totals, doubts))
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership)[:1], ("Training", "")],
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "years": years,
        "uncounted": tables.empty_table(
            (each, pages[each.code]) for each in told if not each.figures
        ),
        "printed_in": printed_in([row.told.source for each in told for row in each.figures]),
    }
    return render(request, "reviews/training_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def training_activity(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One activity with all that was counted of it."""
    told = queries.activity_of(partnership, code)
    if told is None:
        raise Http404
    keeps = Permission.KEEP_REVIEWS in request.permissions
    urls = [
        reverse("training_figure_edit", args=[partnership.slug, code, row.told.pk]) if keeps else ""
        for row in told.figures
    ]
    context = {
        "partnership": partnership,
        "trail": [*_trail(partnership), (told.name, "")],
        "told": told,
        "may_keep": keeps,
        "facts": tables.facts_of(told),
        "figures": tables.activity_table(told, urls),
        "scores": tables.scores_table(told),
        "printed_in": printed_in([row.told.source for row in told.figures]),
    }
    return render(request, "reviews/training_activity.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def training_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add an activity; its figures come next."""
    form = ActivityForm(request.POST or None, partnership=partnership, activity=None)

    def add() -> str:
        made = actions.save_activity(
            partnership=partnership,
            code=form.cleaned_data["code"],
            by=request.user,
            **form.entered(),
        )
        return _saved(request, made)

    return form_page(
        request, partnership, form, title="Add training", trail=_trail(partnership), act=add
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def training_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is known of an activity."""
    found = _activity(partnership, code)
    form = ActivityForm(request.POST or None, partnership=partnership, activity=found)

    def save() -> str:
        saved = actions.save_activity(
            partnership=partnership, code=found.code, by=request.user, **form.entered()
        )
        return _saved(request, saved)

    return form_page(
        request,
        partnership,
        form,
        title="Change the training",
        trail=_beneath(found),
        act=save,
        links=[
            Link("Remove this training", reverse("training_remove", args=[partnership.slug, code]))
        ],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def training_figure_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Add a figure of an activity."""
    found = _activity(partnership, code)
    form = TrainingFigureForm(request.POST or None, row=None)
    return figure_page(
        request, found, form, actions.save_figure, trail=_beneath(found), back=_page(found)
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def training_figure_edit(
    request: SignedIn, partnership: Partnership, code: str, pk: int
) -> HttpResponse:
    """Change a figure of an activity."""
    found = _activity(partnership, code)
    return figure_page(
        request,
        found,
        TrainingFigureForm(request.POST or None, row=_figure(found, pk)),
        actions.save_figure,
        trail=_beneath(found),
        back=_page(found),
        remove=reverse("training_figure_remove", args=[partnership.slug, code, pk]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def training_remove(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Remove an activity of which nothing is counted, for a reason."""
    found = _activity(partnership, code)
    return remove_page(
        request,
        partnership,
        found,
        actions.remove_activity,
        what=f"the training “{found.name}”",
        trail=_beneath(found),
        back=reverse("training", args=[partnership.slug]),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def training_figure_remove(
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


def _activity(partnership: Partnership, code: str) -> TrainingActivity:
    found = partnership.training_activities.select_related("partnership", "area")
    return get_object_or_404(found, code=code)


def _figure(found: TrainingActivity, pk: int) -> TrainingMeasure:
    return get_object_or_404(found.measures.select_related("period"), pk=pk)


def _page(found: TrainingActivity) -> str:
    return reverse("training_activity", args=[found.partnership.slug, found.code])


def _saved(request: SignedIn, found: TrainingActivity) -> str:
    messages.success(request, f"{found.name}: saved.")
    return _page(found)


def _trail(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
        ("Training", reverse("training", args=[partnership.slug])),
    ]


def _beneath(found: TrainingActivity) -> list[tuple[str, str]]:
    return [*_trail(found.partnership), (found.name, _page(found))]
