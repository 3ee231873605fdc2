"""The page on which a person chooses which e-mails they get."""

from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnerships.audit import record
from partnerships.door import SignedIn, signed_in
from partnerships.fields import CheckboxesWithHints
from partnerships.layout import helper
from partnerships.models import User
from partnerships.people.digests import told_of_digest

TITLE = "E-mails to you"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of e-mail: the field of a person that says whether they want it, and its words."""

    name: str
    label: str
    hint: str
    recorded: str  # how the audit record calls it

    @property
    def field(self) -> str:
        return f"wants_{self.name}"


KINDS = (
    Kind(
        "reminders",
        "Reminders of returns",
        "For those who enter the figures of an agency: a return is due or late, was given back, or "
        "figures of it were sent back. Figures sent back are at most one e-mail a day for each "
        "return.",
        "reminders",
    ),
    Kind(
        "digest",
        "What waits for you, once a week",
        "On Monday morning: what there is to do at all your partnerships, with links. "
        "If nothing waits for you, you get no e-mail.",
        "weekly e-mail of what waits",
    ),
    Kind(
        "corrections",
        "Corrections of published figures",
        "For those who build reports: a figure was corrected that a published report prints.",
        "notices of corrections",
    ),
    Kind(
        "published",
        "Published reports",
        "One of your partnerships has published a report, or a new edition of one: what it is "
        "about, and where to read it.",
        "alerts of published reports",
    ),
)


class RemindersForm(forms.Form):
    wanted = forms.MultipleChoiceField(
        label="Which e-mails do you want?",
        choices=[(kind.name, kind.label) for kind in KINDS],
        widget=CheckboxesWithHints(hints={kind.name: kind.hint for kind in KINDS}),
        required=False,
        error_messages={"invalid_choice": "Tick the e-mails that you want, then save."},
    )
    helper = helper(submit="Save")

    def __init__(self, sent: QueryDict | None, *, person: User) -> None:
        super().__init__(sent, initial={"wanted": chosen_by(person)})
        # Not to tick any is an answer, too.
        self.fields["wanted"].one_of_several = True  # type: ignore[attr-defined]
        self.fields["wanted"].help_text = (
            f"They are sent to {person.email}. Tick none to get none. A link for a new password "
            "is sent in any case."
        )


def chosen_by(person: User) -> list[str]:
    """The names of the kinds that a person gets."""
    return [kind.name for kind in KINDS if getattr(person, kind.field)]


def choose_emails(*, person: User, wanted: Collection[str]) -> None:
    """Each person chooses for themselves: they get the kinds named, and no others."""
    with transaction.atomic():
        for kind in KINDS:
            wants = kind.name in wanted
            if getattr(person, kind.field) == wants:
                continue
            setattr(person, kind.field, wants)
            person.save(update_fields=[kind.field])
            verb = f"{kind.recorded} switched {'on' if wants else 'off'}"
            record(by=person, verb=verb, subject=f"person:{person.pk}", partnership=None)


@signed_in
@require_http_methods(["GET", "POST"])
def reminders(request: SignedIn) -> HttpResponse:
    """Which e-mails the person gets."""
    sent = request.POST if request.method == "POST" else None
    form = RemindersForm(sent, person=request.user)
    if form.is_valid():
        choose_emails(person=request.user, wanted=form.cleaned_data["wanted"])
        messages.success(request, "Saved.")
        return redirect("my")
    context = {
        "form": form,
        "trail": [("Your partnerships", reverse("my")), (TITLE, "")],
        "title": TITLE,
        "digest": told_of_digest(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "partnerships/reminders.html", context, status=status)
