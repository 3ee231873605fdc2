"""Pages on which something is kept by hand: one form, one action, and on to where it shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from partnerships.door import SignedIn
from partnerships.elements import Link
from partnerships.models import Partnership
from partnerships.refusals import Refused


class Refusable(forms.Form):
    """A form whose action may refuse."""

    def refuse(self, error: Refused) -> None:
        self.add_error(error.field if error.field in self.fields else None, str(error))


def still_printed(row: Any, entered: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """`source` and `fact_id` of a row after a person has edited it.

    What they have changed is no longer what the source says: it is the partnership's own from
    then on. `names` are the fields that the source speaks of.
    """
    if row is None or any(getattr(row, name) != entered[name] for name in names):
        return {"source": "", "fact_id": ""}
    return {"source": row.source, "fact_id": row.fact_id}


def form_page(
    request: SignedIn,
    partnership: Partnership | None,
    form: Refusable,
    *,
    title: str,
    trail: Sequence[tuple[str, str]],
    act: Callable[[], str],
    links: Sequence[Link] = (),
    template: str = "partnerships/keep_form.html",
) -> HttpResponse:
    """Shows a form; where it is sent and sound, acts and goes on to the address the act gives.

    `links` stand beneath it: what else can be done with the thing that the form changes. What
    all partnerships share has no `partnership`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act())
        except Refused as error:
            form.refuse(error)
    context = {
        "partnership": partnership,
        "trail": [*trail, (title, "")],
        "title": title,
        "form": form,
        "links": links,
    }
    return render(request, template, context, status=422 if form.errors else 200)
