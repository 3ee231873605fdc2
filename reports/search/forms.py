from django import forms
from django.urls import reverse

from partnerships.layout import helper


class SearchForm(forms.Form):
    """What to look for. An empty search is no mistake: it finds nothing."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=200,
        strip=True,
        help_text="For example, referrals or neglect. "
        "Do not enter the name of a child or of anybody else.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = helper(submit="Search", method="get", action=reverse("search"))
