"""Forms about people. The rules are in `partnerships.people.actions`."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnerships.fields import DatePartsField, RadiosWithHints
from partnerships.layout import helper
from partnerships.models import Agency, Partnership, RoleName
from partnerships.people.actions import RoleRefused
from partnerships.periods import day
from partnerships.permissions import ROLE_TABLE


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Agency) -> str:
        return obj.organisation.name


class GrantForm(forms.Form):
    """Who is to hold which role, and from when."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="A work address that only this person reads.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter the person's email address.",
            "invalid": "Enter an email address, like name@example.org.",
        },
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As colleagues know them. An account that exists already keeps its name.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the person's name."},
    )
    role = forms.TypedChoiceField(
        label="Role",
        coerce=RoleName,
        choices=[(name.value, ROLE_TABLE[name].title) for name in RoleName],
        widget=RadiosWithHints(
            hints={name.value: ROLE_TABLE[name].description for name in RoleName}
        ),
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role."},
    )
    agency = AgencyField(
        label="Agency",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="None",
        help_text="For a contributor: the agency whose figures they enter. "
        "For a partner, if there is one: the agency whose actions they report on.",
        error_messages={"invalid_choice": "Choose an agency of this partnership."},
    )
    first = DatePartsField(
        noun="The first day",
        label="First day",
        help_text="The role counts from this day on.",
    )

    def __init__(self, *args: Any, partnership: Partnership, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"first": today}
        super().__init__(*args, **kwargs)
        self.today = today
        agency = self.fields["agency"]
        assert isinstance(agency, AgencyField)
        agency.queryset = partnership.agencies.select_related("organisation")
        self.helper = helper(submit="Give the role")

    def clean_first(self) -> date:
        return _within_a_year(self.cleaned_data["first"], self.today)

    def refuse(self, error: RoleRefused) -> None:
        self.add_error(error.field, str(error))


class EndForm(forms.Form):
    """The last day of a role."""

    last = DatePartsField(
        noun="The last day",
        label="Last day",
        help_text=(
            "The role counts until the end of this day. To close it at once, enter yesterday."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"last": today}
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper(submit="End the role")

    def clean_last(self) -> date:
        return _within_a_year(self.cleaned_data["last"], self.today)

    def refuse(self, error: RoleRefused) -> None:
        self.add_error(error.field, str(error))


def _within_a_year(value: date, today: date) -> date:
    """Further off, it is a slip of the keyboard."""
    if abs((value - today).days) > 366:
        raise ValidationError(
            f"{day(value)} is more than a year from today. Check the year.",
            params={"parts": ["year"]},
        )
    return value
