"""`{% folded each %}`: what is seldom needed of a row of the form of a return."""

from functools import lru_cache
from html import escape

from django import forms, template
from django.utils.safestring import SafeString

from metrics.returns.comments_form import CommentForm
from metrics.returns.grid.row_form import SELDOM, RowForm
from metrics.returns.grid.rows import GridRow
from partnerships.boxes import boxes, tick

register = template.Library()

# Places in what is drawn for all rows. Nobody's key or name has the character.
_KEY, _NAME = "\x1fkey", "\x1fname"


@register.simple_tag
def folded(each: GridRow) -> SafeString:
    """The boxes for a marker, its reason, a note and a comment, and their ticks.

    In nearly every row they say nothing and differ by the row's key and name alone. So they are
    drawn once, and both are put in: four widgets in sixty rows were a tenth of the page's time.
    """
    assert each.form is not None  # a row without a form has nothing to fold away
    name = each.row.name
    if each.form.is_open or each.form.is_bound or each.comment or each.typed_comment:
        return _drawn(each.form, each.comment_form, name)
    key = escape(each.key)
    return SafeString(_saying_nothing().replace(_KEY, key).replace(_NAME, escape(name)))


@register.simple_tag
def comment_boxes(form: CommentForm, name: str) -> SafeString:
    """The box for a comment on a figure, and the tick that somebody is to follow it up."""
    return SafeString(
        str(form["comment_seen"])
        + boxes([form["comment"]], of=name)
        + tick(form["follow_up"], of=name)
    )


def _drawn(form: forms.Form, comment: CommentForm, name: str) -> SafeString:
    fields = [form[each] for each in SELDOM]
    figure = boxes(fields, of=name) + tick(form["provisional"], of=name)
    return SafeString(figure + comment_boxes(comment, name))


@lru_cache(maxsize=1)
def _saying_nothing() -> str:
    form = forms.Form(prefix=_KEY)
    form.fields = {name: RowForm.base_fields[name] for name in (*SELDOM, "provisional")}
    return _drawn(form, CommentForm(prefix=_KEY), _NAME)
