"""The page on which something is removed."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse

from partnerships.door import SignedIn
from partnerships.keeping import form_page
from partnerships.models import Partnership
from partnerships.removing.actions import Removal
from partnerships.removing.forms import RemoveForm

M = TypeVar("M", bound=Model)


def remove_page(
    request: SignedIn,
    partnership: Partnership | None,
    row: M,
    act: Callable[[M, Removal], None],
    *,
    what: str,
    trail: Sequence[tuple[str, str]],
    back: str,
) -> HttpResponse:
    """Asks why a row is removed, has `act` remove it, and goes `back`.

    `what` names it within a sentence: "the challenge".
    """
    form = RemoveForm(request.POST or None, seen=getattr(row, "version", 0))

    def remove() -> str:
        act(row, Removal(partnership, by=request.user, **form.cleaned_data))
        messages.success(request, f"{what[:1].upper()}{what[1:]}: removed.")
        return back

    title = f"Remove {what}?"
    return form_page(request, partnership, form, title=title, trail=trail, act=remove)
