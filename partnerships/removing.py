"""Taking out what was entered by mistake: for a reason, and with a record of what it said.

One mechanism for everything that is kept by hand. Figures of returns are corrected, never taken
out; what other entries stand on stays until those are taken out.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.http import HttpResponse

from partnerships.audit import record
from partnerships.door import SignedIn
from partnerships.keeping import Refusable, form_page
from partnerships.layout import helper
from partnerships.models import Partnership, User
from partnerships.refusals import Overtaken, Refused

_NOT_SAID = ("id", "version")


class RemoveForm(Refusable):
    """Asks why a thing is taken out; holds the version that was seen."""

    reason = forms.CharField(
        label="Why it is removed",
        max_length=300,
        help_text="The audit record keeps the reason and what is removed. Do not name a person.",
        error_messages={"required": "Say why it is removed."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, seen: int, submit: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": seen}
        super().__init__(*args, **kwargs)
        self.helper = helper(submit=submit)


def take_out(
    row: Model,
    *,
    verb: str,
    subject: str,
    partnership: Partnership,
    seen: int,
    reason: str,
    by: User,
    parts: Sequence[str] = (),
) -> None:
    """Deletes the version that was seen, with its `parts` (names of relations), and records it.

    `verb` and `subject` as in `audit.record`. Raises `Overtaken`, and `Refused` where other
    entries stand on it.
    """
    with transaction.atomic():
        found = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        if found is None or getattr(found, "version", 0) != seen:
            raise Overtaken
        said = [what_it_said(found)]
        said += [what_it_said(each) for name in parts for each in getattr(found, name).all()]
        try:
            with transaction.atomic():
                for name in parts:
                    getattr(found, name).all().delete()
                found.delete()
        except ProtectedError as error:
            kinds = {str(type(each)._meta.verbose_name_plural) for each in error.protected_objects}
            raise Refused(
                f"Other entries stand on it ({', '.join(sorted(kinds))}). Remove those first."
            ) from error
        record(
            by=by,
            verb=verb,
            subject=subject,
            partnership=partnership,
            detail={"reason": reason, "removed": " / ".join(filter(None, said))},
        )


def what_it_said(row: Model) -> str:
    """What a row says, without what is empty, points elsewhere, or is not for the record."""
    kept_back = {*_NOT_SAID, *getattr(row, "PERSONAL_FIELDS", ())}
    kept_back |= set(getattr(row, "RESTRICTED_FIELDS", ()))
    return "; ".join(
        f"{field.verbose_name}: {value}"
        for field in row._meta.concrete_fields
        if field.name not in kept_back
        and not field.is_relation
        and (value := getattr(row, field.attname)) not in (None, "", False)
    )


def remove_page(
    request: SignedIn,
    partnership: Partnership,
    *,
    what: str,
    seen: int,
    trail: Sequence[tuple[str, str]],
    back: str,
    act: Callable[..., None],
) -> HttpResponse:
    """Asks for the reason, removes (`act(seen=…, reason=…, by=…)`), and goes `back`."""
    form = RemoveForm(request.POST or None, seen=seen, submit="Remove")

    def remove() -> str:
        act(by=request.user, **form.cleaned_data)
        messages.success(request, f"{what}: removed.")
        return back

    title = f"Remove {what}?"
    return form_page(request, partnership, form, title=title, trail=trail, act=remove)
