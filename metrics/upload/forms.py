"""Forms for uploading: the file itself, and taking what was shown of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from metrics.upload.plan import Plan
from partnerships.layout import helper

MEGABYTE = 1024 * 1024
CHOOSE = "Choose a file to upload: a workbook (.xlsx) or a text file (.csv)."


class UploadForm(forms.Form):
    """One file of figures."""

    file = forms.FileField(
        label="File of figures",
        help_text="A workbook (.xlsx) or a text file (.csv).",
        max_length=200,
        allow_empty_file=True,  # said to be empty by the reader, in the same words as a blank one
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": CHOOSE,
            "invalid": CHOOSE,
            "missing": CHOOSE,
            "max_length": "The name of the file is too long. Rename it, and upload it again.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Upload and check")

    @classmethod
    def refused(cls, why: str) -> "UploadForm":
        """The form as it stands after a file that could not be read."""
        form = cls({})
        form.full_clean()
        form.errors.clear()
        form.add_error("file", why)
        return form

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {settings.UPLOAD_MAX_BYTES // MEGABYTE} MB. "
                "Leave out what is no figure, or split it, and upload the parts."
            )
        return file


class ConfirmForm(forms.Form):
    """Take everything that the page shows; a reason where it changes what is entered."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="Why the figures are changed",
        help_text="One reason for all of them. It stands in the history of each.",
        max_length=500,
        required=False,  # whether it is needed is known once the file is read again
    )

    def show(self, plan: Plan) -> None:
        """Draws the form for a plan; the next press takes what is shown now."""
        self.fields["seen"].initial = plan.seen
        if self.is_bound:
            self.data = dict(self.data.items()) | {"seen": plan.seen}
        if not plan.changed:
            self.fields["reason"].widget = forms.HiddenInput()
        count = len(plan.added) + len(plan.changed)
        self.helper = helper(submit=f"Save {count:,} figure{'' if count == 1 else 's'}")
