"""Pages on which the unit keeps what was answered to a recommendation, day by day."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnerships.asked import optional, version_seen
from partnerships.door import SignedIn, needs
from partnerships.elements import Link
from partnerships.fields import DatePartsField
from partnerships.keeping import Refusable, form_page, still_printed
from partnerships.known_date_field import KnownDateField
from partnerships.layout import helper
from partnerships.models import Partnership
from partnerships.periods import day
from partnerships.permissions import Permission
from partnerships.removing.views import remove_page
from reviews.fields import OWN_WORDS
from reviews.models import Answer, Recommendation
from reviews.recommendations.actions import remove_recommendation
from reviews.recommendations.answers import AnswerWords, remove_answer, save_answer

TOLD = ("words", "promised_when", "note")


class AnswerForm(Refusable):
    """What was answered; a new answer also gets the day on which it was told."""

    told = DatePartsField(noun="The day on which it was told", label="Told on")
    words = forms.CharField(
        label="What was answered",
        max_length=800,
        help_text=OWN_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was answered."},
    )
    promised = KnownDateField(label="By when it promises something", required=False)
    note = optional("Note", 500)
    seen = version_seen()

    def __init__(self, data: Any = None, *, answer: Answer | None) -> None:
        said: dict[str, Any] = {"seen": 0}
        if answer:
            said = {"words": answer.words, "promised": answer.promised_when, "note": answer.note}
            said["seen"] = answer.version
        super().__init__(data, initial=said)
        if answer:
            del self.fields["told"]
        self.helper = helper(submit="Save answer" if answer else "Add answer")


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def answer_add(request: SignedIn, partnership: Partnership, code: str, label: str) -> HttpResponse:
    """Add what was answered to a recommendation."""
    return _page(request, _recommendation(partnership, code, label), None)


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def answer_edit(
    request: SignedIn, partnership: Partnership, code: str, label: str, told: str
) -> HttpResponse:
    """Change the answer of a day."""
    recommendation = _recommendation(partnership, code, label)
    return _page(request, recommendation, _answer(recommendation, told))


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def answer_remove(
    request: SignedIn, partnership: Partnership, code: str, label: str, told: str
) -> HttpResponse:
    """Remove the answer of a day, for a reason."""
    recommendation = _recommendation(partnership, code, label)
    answer = _answer(recommendation, told)
    return remove_page(
        request,
        partnership,
        answer,
        remove_answer,
        what=f"the answer of {day(answer.told)}",
        trail=_beneath(recommendation),
        back=_source_page(recommendation),
    )


@needs(Permission.KEEP_REVIEWS)
@require_http_methods(["GET", "POST"])
def recommendation_remove(
    request: SignedIn, partnership: Partnership, code: str, label: str
) -> HttpResponse:
    """Remove a recommendation that no action and no answer stands on, for a reason."""
    found = _recommendation(partnership, code, label)
    return remove_page(
        request,
        partnership,
        found,
        remove_recommendation,
        what=f"recommendation {found.label}",
        trail=_beneath(found),
        back=_source_page(found),
    )


def _page(request: SignedIn, recommendation: Recommendation, answer: Answer | None) -> HttpResponse:
    partnership = recommendation.source.partnership
    form = AnswerForm(request.POST or None, answer=answer)

    def save() -> str:
        data = form.cleaned_data
        now = {"words": data["words"], "promised_when": data["promised"], "note": data["note"]}
        save_answer(
            recommendation=recommendation,
            told=answer.told if answer else data["told"],
            words=AnswerWords(
                words=data["words"],
                promised=data["promised"],
                note=data["note"],
                **still_printed(answer, now, TOLD),
            ),
            seen=data["seen"],
            by=request.user,
        )
        messages.success(request, f"Recommendation {recommendation.label}: the answer is saved.")
        return _source_page(recommendation)

    links = []
    if answer:
        place = [partnership.slug, recommendation.source.code, recommendation.label]
        url = reverse("answer_remove", args=[*place, answer.told.isoformat()])
        links.append(Link("Remove this answer", url))
    title = f"Change the answer of {day(answer.told)}" if answer else "Add an answer"
    trail = _beneath(recommendation)
    return form_page(request, partnership, form, title=title, trail=trail, act=save, links=links)


def _recommendation(partnership: Partnership, code: str, label: str) -> Recommendation:
    kept = Recommendation.objects.filter(source__partnership=partnership, source__code=code)
    for each in kept.select_related("source__partnership"):
        if each.label == label:
            return each
    raise Http404


def _answer(recommendation: Recommendation, told: str) -> Answer:
    try:
        on = date.fromisoformat(told)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(recommendation.answers, told=on)


def _source_page(recommendation: Recommendation) -> str:
    source = recommendation.source
    return reverse("recommendation_source", args=[source.partnership.slug, source.code])


def _beneath(recommendation: Recommendation) -> list[tuple[str, str]]:
    partnership = recommendation.source.partnership
    slug = partnership.slug
    return [
        (partnership.short_name, reverse("dashboard", args=[slug])),
        ("Recommendations", reverse("recommendation_sources", args=[slug])),
        (recommendation.source.name, _source_page(recommendation)),
    ]
