"""Pages on which the unit counts in how many reviews a theme came up."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnerships.asked import version_seen
from partnerships.calendar import find_period, store_period
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.fields import WholeNumberField
from partnerships.keeping import Refusable, form_page, still_printed
from partnerships.layout import helper
from partnerships.models import Partnership
from partnerships.period_field import PeriodField
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.models import Theme, ThemeTotal
from reviews.practice.totals import remove_theme_total, save_theme_total

TOLD = ("value", "reviews", "note")


class CountForm(Refusable):
    """In how many reviews of a period a theme came up; a new count also gets its period."""

    period = PeriodField(label="Period of the reviews")
    value = WholeNumberField(
        label="Reviews in which it came up",
        min_value=0,
        error_messages={"required": "Enter in how many reviews it came up, or 0."},
    )
    reviews = WholeNumberField(
        label="Out of how many reviews",
        min_value=1,
        error_messages={
            "required": "Enter how many reviews there were.",
            "min_value": "Enter how many reviews there were, at least 1.",
        },
    )
    note = forms.CharField(
        label="Note",
        max_length=500,
        required=False,
        help_text="It is printed. Do not name or describe a child or a family.",
    )
    seen = version_seen()

    def __init__(
        self, data: object = None, *, total: ThemeTotal | None, initial: object = None
    ) -> None:
        told = {name: getattr(total, name) for name in TOLD} if total else {}
        said = told | {"seen": total.version if total else 0}
        super().__init__(data, initial=said)  # type: ignore[arg-type]
        if total:
            del self.fields["period"]
        self.helper = helper(submit="Save count" if total else "Add count")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def theme_count_add(request: SignedIn, partnership: Partnership, code: str) -> HttpResponse:
    """Count a theme in the reviews of a period."""
    return _page(request, partnership, _theme(partnership, code), None)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def theme_count_edit(
    request: SignedIn, partnership: Partnership, code: str, period: str
) -> HttpResponse:
    """Change the count of a theme."""
    theme = _theme(partnership, code)
    return _page(request, partnership, theme, _total(theme, period))


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def theme_count_remove(
    request: SignedIn, partnership: Partnership, code: str, period: str
) -> HttpResponse:
    """Remove the count of a theme, for a reason."""
    total = _total(_theme(partnership, code), period)
    return remove_page(
        request,
        partnership,
        total,
        remove_theme_total,
        what=f"the count for {total.period}",
        trail=_beneath(total.theme),
        back=_reviews(partnership),
    )


def _page(
    request: SignedIn, partnership: Partnership, theme: Theme, total: ThemeTotal | None
) -> HttpResponse:
    form = CountForm(request.POST or None, total=total)

    def save() -> str:
        data = form.cleaned_data
        save_theme_total(
            theme=theme,
            period=total.period if total else store_period(data["period"]),
            value=data["value"],
            reviews=data["reviews"],
            note=data["note"],
            seen=data["seen"],
            by=request.user,
            **still_printed(total, data, TOLD),
        )
        messages.success(request, "The count is saved.")
        return _reviews(partnership)

    links = []
    if total:
        place = [partnership.slug, theme.code, total.period.key]
        links.append(Link("Remove this count", reverse("theme_count_remove", args=place)))
    title = f"Change the count for {total.period}" if total else "Count a theme"
    return form_page(
        request, partnership, form, title=title, trail=_beneath(theme), act=save, links=links
    )


def _theme(partnership: Partnership, code: str) -> Theme:
    return get_object_or_404(partnership.learning_themes.select_related("partnership"), code=code)


def _total(theme: Theme, period: str) -> ThemeTotal:
    kept = theme.totals.select_related("period", "theme__partnership")
    return get_object_or_404(kept, period=find_period(period))


def _reviews(partnership: Partnership) -> str:
    return reverse("reviews", args=[partnership.slug]) + "#learning"


def _beneath(theme: Theme) -> list[tuple[str, str]]:
    slug = theme.partnership.slug
    return [
        (theme.partnership.short_name, reverse("dashboard", args=[slug])),
        ("Reviews", reverse("reviews", args=[slug])),
        (theme.learning, reverse("theme_edit", args=[slug, theme.code])),
    ]
