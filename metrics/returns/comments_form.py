"""The boxes for a comment on a figure: on its own page, and in the row of the form of a return."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from metrics.models import Comment
from metrics.places import Place
from metrics.returns.comments import CommentOvertaken, save_comment
from partnerships.layout import helper
from partnerships.models import User
from partnerships.refusals import Refused

OVERTAKEN = (
    "{who} saved another comment since you opened the page: “{theirs}” What you wrote is still in "
    "the box and is not saved. Save again to put yours in place of theirs."
)
STAYS = "It stays on the lists of all who work on this figure until the tick is taken away."
TAKEN_AWAY = (
    "{who} took the comment away since you opened the page. What you wrote is still in the box "
    "and is not saved. Save again to keep it."
)


class CommentForm(forms.Form):
    """A comment, on top of the version that its writer had in front of them.

    With a prefix it is part of a row; without one it is a form of its own.
    """

    comment = forms.CharField(
        label="Comment for colleagues",
        help_text="Readers do not see it. Do not name or describe a child.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    follow_up = forms.BooleanField(label="To be followed up", required=False)
    comment_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        seen: Comment | None = None,
        prefix: str | None = None,
    ) -> None:
        initial = {
            "comment": seen.words if seen else "",
            "follow_up": bool(seen and seen.follow_up),
            "comment_seen": seen.number if seen else 0,
        }
        super().__init__(data, initial=initial, prefix=prefix)
        self.overtaken = False
        if prefix is None:  # on the figure's own page
            self.fields["follow_up"].help_text = STAYS

    @property
    def helper(self) -> FormHelper:
        made = helper(submit="Save comment")
        made.form_tag = False
        made.disable_csrf = True  # the template writes it
        return made

    def save(self, place: Place, *, by: User, at: datetime) -> bool:
        """Whether it was saved; where not, the form says why. Only after `is_valid()`."""
        typed = self.cleaned_data
        try:
            save_comment(
                place=place,
                words=typed["comment"],
                follow_up=typed["follow_up"],
                seen=typed["comment_seen"],
                by=by,
                at=at,
            )
        except CommentOvertaken as error:
            latest = error.latest
            said = OVERTAKEN if latest.words else TAKEN_AWAY
            self.add_error("comment", said.format(who=latest.by, theirs=latest.words))
            seen = {self.add_prefix("comment_seen"): latest.number}
            self.data = dict(self.data.items()) | seen  # the next save is on top of theirs
            self.overtaken = True
        except Refused as error:
            self.add_error("comment", str(error))
        return self.is_valid()


def sent_comment(
    data: Mapping[str, Any], latest: Comment | None, *, prefix: str
) -> CommentForm | None:
    """What was typed about a figure; none where its writer left alone what they had before them."""
    name = f"{prefix}-comment_seen"
    if name not in data:
        return None
    typed = data.get(f"{prefix}-comment") or f"{prefix}-follow_up" in data
    if latest is None and not typed:  # as in nearly every row: a form for each would take its time
        return None
    form = CommentForm(data, seen=_seen(str(data[name]), latest), prefix=prefix)
    return form if form.has_changed() else None


def _seen(number: str, latest: Comment | None) -> Comment | None:
    if latest is None or str(latest.number) == number:
        return latest
    if not number.isdecimal():
        return None
    return Comment.objects.filter(cell=latest.cell_id, number=number).first()
