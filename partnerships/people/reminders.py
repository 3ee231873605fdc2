"""The page on which a person switches reminders off or on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partnerships.audit import record
from partnerships.door import SignedIn, signed_in
from partnerships.layout import helper
from partnerships.models import User


class RemindersForm(forms.Form):
    wanted = forms.BooleanField(
        label="Send me e-mails about returns that are due or late", required=False
    )

    def __init__(self, *args: Any, wanted: bool) -> None:
        super().__init__(*args)
        self.initial = {"wanted": wanted}
        self.helper = helper(submit="Save")


def choose_reminders(*, person: User, wanted: bool) -> None:
    """Each person chooses for themselves."""
    with transaction.atomic():
        person.wants_reminders = wanted
        person.save(update_fields=["wants_reminders"])
        verb = "reminders switched on" if wanted else "reminders switched off"
        record(by=person, verb=verb, subject=f"person:{person.pk}", partnership=None)


@signed_in
@require_http_methods(["GET", "POST"])
def reminders(request: SignedIn) -> HttpResponse:
    """Whether the person is written to about returns."""
    form = RemindersForm(request.POST or None, wanted=request.user.wants_reminders)
    if request.method == "POST" and form.is_valid():
        choose_reminders(person=request.user, wanted=form.cleaned_data["wanted"])
        messages.success(request, "Saved.")
        return redirect("my")
    return render(request, "partnerships/reminders.html", {"form": form})
