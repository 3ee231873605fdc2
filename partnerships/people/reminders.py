"""The page on which a person chooses which e-mails they get."""

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
    corrections = forms.BooleanField(
        label="Send me e-mails when a figure is corrected that a report which I build prints",
        required=False,
    )
    helper = helper(submit="Save")


def choose_emails(*, person: User, reminders: bool, corrections: bool) -> None:
    """Each person chooses for themselves."""
    with transaction.atomic():
        for field, name, wanted in (
            ("wants_reminders", "reminders", reminders),
            ("wants_corrections", "notices of corrections", corrections),
        ):
            if getattr(person, field) == wanted:
                continue
            setattr(person, field, wanted)
            person.save(update_fields=[field])
            verb = f"{name} switched {'on' if wanted else 'off'}"
            record(by=person, verb=verb, subject=f"person:{person.pk}", partnership=None)


@signed_in
@require_http_methods(["GET", "POST"])
def reminders(request: SignedIn) -> HttpResponse:
    """Which e-mails the person gets."""
    chosen = {
        "wanted": request.user.wants_reminders,
        "corrections": request.user.wants_corrections,
    }
    form = RemindersForm(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        choose_emails(
            person=request.user,
            reminders=form.cleaned_data["wanted"],
            corrections=form.cleaned_data["corrections"],
        )
        messages.success(request, "Saved.")
        return redirect("my")
    return render(request, "partnerships/reminders.html", {"form": form})
