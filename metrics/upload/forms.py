"""Forms for uploading: the file itself, and taking what was shown of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from metrics.returns.figure.forms import answer_in, question
from metrics.upload.headings import WORDS, names_of, plain
from metrics.upload.tables import Shown
from metrics.upload.taking import Confirmed
from partnerships.layout import helper
from partnerships.models import Agency, Organisation

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


class ColumnsForm(forms.Form):
    """Which column is which, asked once for the files of an organisation."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        agencies: Sequence[Agency],
        told: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._headings = {f"column_{place}": text for place, text in enumerate(headings) if text}
        known = names_of(headings, told)
        for name, heading in self._headings.items():
            self.fields[name] = forms.ChoiceField(
                label=f"What “{heading[:60]}” is",
                choices=[("", "Not read"), *WORDS.items()],
                initial=known.get(plain(heading), ""),
                required=False,
            )
        self._agencies = {str(each.pk): each for each in agencies}
        self.fields["agency"] = forms.ChoiceField(
            label="Whose files look like this",
            help_text="The portal remembers it for their next file.",
            choices=[
                ("", "Only this file"),
                *((key, each.organisation.name) for key, each in self._agencies.items()),
            ],
            initial=next(iter(self._agencies), "") if len(self._agencies) == 1 else "",
            required=False,
        )
        self.helper = helper(submit="Go on with these columns")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first: dict[str, str] = {}
        called: dict[str, str] = {}
        for name, heading in self._headings.items():
            meaning = data.get(name)
            if called.setdefault(plain(heading), meaning or "") != (meaning or ""):
                self.add_error(
                    name,
                    f"Several columns are called “{heading[:60]}”, and cannot be told apart. Give "
                    "each a name of its own in the file, and upload that.",
                )
            if meaning and meaning in first:
                self.add_error(
                    name,
                    f"“{heading[:60]}” and “{first[meaning][:60]}” cannot be the same. "
                    "Choose “Not read” for one of them.",
                )
            elif meaning:
                first[meaning] = heading
        for wanted, what in (
            ({"code", "name"}, "the code or the name of the indicator"),
            ({"value", "numerator", "marker"}, "the value, or the numerator"),
        ):
            if self._headings and not wanted & set(first):
                self.add_error(next(iter(self._headings)), f"Say which column has {what}.")
        return data

    def columns(self) -> dict[str, str]:
        """What each heading means, by heading in plain letters. Only after `is_valid()`."""
        return {plain(heading): self.cleaned_data[name] for name, heading in self._headings.items()}

    def organisation(self) -> Organisation | None:
        """Whose layout it is, if it is to be remembered."""
        agency = self._agencies.get(self.cleaned_data["agency"])
        return agency.organisation if agency else None


class ConfirmForm(forms.Form):
    """Take everything that the page shows; a reason where it changes what is entered."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="Why the figures are changed",
        help_text="One reason for all of them. It stands in the history of each.",
        max_length=500,
        required=False,  # whether it is needed is known once the file is read again
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= question(
            "Why the figures that are asked about are right",
            "One answer for all of them. It stands with each, and approvers read it.",
        )

    def confirmed(self) -> Confirmed:
        """What was sent. Only after `is_valid()`."""
        data = self.cleaned_data
        return Confirmed(data["seen"], data["reason"], answer_in(data))

    def ask(self, unsaid: Mapping[str, str]) -> None:
        """Puts beside each field what is still to be said there."""
        for name, sentence in unsaid.items():
            self.add_error(name, sentence)

    def show(self, shown: Shown) -> None:
        """Draws the form for what is shown; the next press takes that."""
        self.fields["seen"].initial = shown.seen
        if self.is_bound:
            # What was answered about something else is no answer.
            stale = {"answer", "answer_words"} if self.data.get("seen") != shown.seen else set()
            kept = {name: value for name, value in self.data.items() if name not in stale}
            self.data = kept | {"seen": shown.seen}
        self.fields["reason"].required = bool(shown.counts["changed"])
        if not shown.counts["changed"]:
            self.fields["reason"].widget = forms.HiddenInput()
        if not shown.counts["asked"]:
            for name in ("answer", "answer_words"):
                self.fields[name].widget = forms.HiddenInput()
        count = shown.to_save
        self.helper = helper(submit=f"Save {count:,} figure{'' if count == 1 else 's'}")
