"""The page on which a figure of a period is added or changed, of training and of what was said."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from partnerships.door import SignedIn
from partnerships.elements import Link
from partnerships.keeping import form_page
from reviews.fields import PeriodFigureForm
from reviews.models import TrainingActivity, VoiceActivity


def figure_page(
    request: SignedIn,
    activity: TrainingActivity | VoiceActivity,
    form: PeriodFigureForm,
    save: Callable[..., Any],
    *,
    trail: Sequence[tuple[str, str]],
    back: str,
    remove: str = "",
) -> HttpResponse:
    """Asks for a figure of an activity, has `save` keep it, and goes `back`.

    `remove` is the address where the figure of the form is removed; empty for a new one.
    """

    def act() -> str:
        save(activity=activity, by=request.user, **form.entered())
        messages.success(request, f"{activity.name}: saved.")
        return back

    return form_page(
        request,
        activity.partnership,
        form,
        title="Change the figure" if form.row else "Add a figure",
        trail=trail,
        act=act,
        links=[Link("Remove this figure", remove)] if remove else [],
    )
