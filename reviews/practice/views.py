"""Pages of practice reviews, for roles that read true values; the unit keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.permissions import Permission
from partnerships.refusals import Refused
from reviews.models import Clock, PracticeReview
from reviews.practice import actions, queries, restricted
from reviews.practice.forms import CircumstancesForm, ClockForm, ReviewForm, ThemeForm


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def reviews(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """The reviews of a partnership, how they stand, and what was learned."""
    today = timezone.localdate()
    keeps = Permission.KEEP_REVIEWS in request.permissions
    found = queries.in_order(queries.reviews_at(partnership))
    slug = partnership.slug
    context = {
        "partnership": partnership,
        "trail": [*trail(partnership)[:1], ("Reviews", "")],
        "may_keep": keeps,
        "late": queries.late_clocks(found, today=today),
        "reviews": queries.reviews_table(
            [(each, reverse("review", args=[slug, each.code])) for each in found], today=today
        ),
        "totals": queries.totals_table(partnership),
        "theme_totals": queries.theme_totals_table(
            partnership,
            lambda each: (
                reverse("theme_count_edit", args=[slug, each.theme.code, each.period.key])
                if keeps
                else ""
            ),
        ),
        "themes": queries.themes_table(
            [
                (theme, reverse("theme_edit", args=[slug, theme.code]) if keeps else "")
                for theme in queries.themes_at(partnership)
            ]
        ),
    }
    return render(request, "reviews/practice_list.html", context)


@needs(Permission.READ_TRUE_VALUES)
@require_GET
def review(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """One review: its state, its clocks and its learning."""
    found = _review(partnership, code)
    clocks = queries.clocks_of(found, today=timezone.localdate())
    has = {each.clock.kind for each in clocks}
    context = {
        "partnership": partnership,
        "trail": [*trail(partnership), (found.name, "")],
        "review": found,
        "facts": queries.facts_of(found),
        "clocks": clocks,
        "clocks_to_start": [kind for kind in Clock.Kind if kind not in has],
        "themes": found.themes.all(),
        "may_keep": Permission.KEEP_REVIEWS in request.permissions,
        "may_read_restricted": Permission.READ_RESTRICTED in request.permissions,
    }
    return render(request, "reviews/practice_detail.html", context)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def review_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a review."""
    form = ReviewForm(request.POST or None, partnership=partnership, review=None)

    def add() -> str:
        data = form.cleaned_data
        made = actions.add_review(
            partnership=partnership,
            code=data["code"],
            words=form.words(),
            themes=list(data["themes"]),
            by=request.user,
        )
        messages.success(request, f"{made}: added.")
        return reverse("review", args=[partnership.slug, made.code])

    return form_page(
        request, partnership, form, title="Add a review", trail=trail(partnership), act=add
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def review_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change what is said of a review."""
    found = _review(partnership, code)
    form = ReviewForm(request.POST or None, partnership=partnership, review=found)

    def change() -> str:
        data = form.cleaned_data
        actions.change_review(
            review=found,
            seen=data["seen"],
            words=form.words(),
            themes=list(data["themes"]),
            by=request.user,
        )
        messages.success(request, f"{found.name}: saved.")
        return reverse("review", args=[partnership.slug, found.code])

    return form_page(
        request,
        partnership,
        form,
        title=f"Change {found.name}",
        trail=trail(partnership),
        act=change,
        links=[Link("Remove this review", reverse("review_remove", args=[partnership.slug, code]))],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def review_clock(request: SignedIn, partnership: Partnership, code: str, kind: str) -> HttpResponse:
    """Start a clock, correct it, meet it or hold it."""
    found = _review(partnership, code)
    if kind not in Clock.Kind.values:
        raise Http404
    which = Clock.Kind(kind)
    clock = found.clocks.filter(kind=which).first()
    form = ClockForm(request.POST or None, kind=which, clock=clock)

    def save() -> str:
        actions.save_clock(review=found, kind=which, by=request.user, **form.entered())
        messages.success(request, f"{found.name}, {which.label.lower()}: saved.")
        return reverse("review", args=[partnership.slug, found.code])

    remove = reverse("review_clock_remove", args=[partnership.slug, code, kind])
    return form_page(
        request,
        partnership,
        form,
        title=f"{found.name}: {which.label}",
        trail=trail(partnership),
        act=save,
        links=[Link("Remove this clock", remove)] if clock else [],
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def theme_add(request: SignedIn, partnership: Partnership) -> HttpResponse:
    """Add a theme of learning."""
    form = ThemeForm(request.POST or None, theme=None)

    def add() -> str:
        actions.save_theme(partnership=partnership, by=request.user, **form.cleaned_data)
        messages.success(request, "The theme is added.")
        return reverse("reviews", args=[partnership.slug])

    return form_page(
        request,
        partnership,
        form,
        title="Add a theme of learning",
        trail=trail(partnership),
        act=add,
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def theme_edit(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Change a theme of learning."""
    theme = get_object_or_404(partnership.learning_themes, code=code)
    form = ThemeForm(request.POST or None, theme=theme)
    place = [partnership.slug, theme.code]

    def save() -> str:
        actions.save_theme(
            partnership=partnership, code=theme.code, by=request.user, **form.cleaned_data
        )
        messages.success(request, "The theme is saved.")
        return reverse("reviews", args=[partnership.slug])

    return form_page(
        request,
        partnership,
        form,
        title="Change a theme of learning",
        trail=trail(partnership),
        act=save,
        links=[
            Link("Count in how many reviews it came up", reverse("theme_count_add", args=place)),
            Link("Remove this theme", reverse("theme_remove", args=place)),
        ],
    )


@sensitive_post_parameters("text")
@needs(Permission.READ_RESTRICTED)
@require_http_methods(["GET", "POST"])
def review_restricted(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """First what reading means; then, by its button, the text itself, which is recorded."""
    found = _review(partnership, code)
    form = None
    if request.method == "POST":
        text, version = restricted.read_circumstances(review=found, by=request.user)
        form = _circumstances_form(partnership, found, initial={"text": text, "seen": version})
    return _restricted_page(request, partnership, found, form)


@sensitive_post_parameters("text")
@needs(Permission.READ_RESTRICTED)
@require_POST
def review_restricted_save(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Keep the restricted text that was read and changed."""
    found = _review(partnership, code)
    form = _circumstances_form(partnership, found, request.POST)
    if form.is_valid():
        try:
            restricted.save_circumstances(review=found, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, f"{found.name}: restricted details saved.")
            return redirect("review", partnership.slug, found.code)
    return _restricted_page(request, partnership, found, form, status=422)


def _review(partnership: Partnership, code: str) -> PracticeReview:
    return get_object_or_404(queries.reviews_at(partnership), code=code)


def _circumstances_form(
    partnership: Partnership, found: PracticeReview, *args: object, **kwargs: object
) -> CircumstancesForm:
    action = reverse("review_restricted_save", args=[partnership.slug, found.code])
    return CircumstancesForm(*args, action=action, **kwargs)


def _restricted_page(
    request: SignedIn,
    partnership: Partnership,
    found: PracticeReview,
    form: CircumstancesForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = reverse("review", args=[partnership.slug, found.code])
    context = {
        "partnership": partnership,
        "trail": [*trail(partnership), (found.name, page), ("Restricted details", "")],
        "review": found,
        "form": form,
    }
    answer = render(request, "reviews/practice_restricted.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"  # not in the browser's cache either
    return answer


def trail(partnership: Partnership) -> list[tuple[str, str]]:
    """The way to the pages of reviews."""
    return [
        (partnership.short_name, reverse("dashboard", args=[partnership.slug])),
        ("Reviews", reverse("reviews", args=[partnership.slug])),
    ]
