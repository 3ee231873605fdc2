"""`{% folded form name %}`: what is seldom needed of a row of the form of a return."""

from functools import lru_cache
from html import escape

from django import forms, template
from django.utils.safestring import SafeString

from metrics.returns.grid import SELDOM, RowForm
from partnerships.boxes import boxes, tick

register = template.Library()

# Places in what is drawn for all rows. Nobody's key or name has the character.
_KEY, _NAME = "\x1fkey", "\x1fname"


@register.simple_tag
def folded(form: RowForm, name: str) -> SafeString:
    """The boxes for a marker, its reason and a note, and the tick for provisional.

    In nearly every row they say nothing and differ by the row's key and name alone. So they are
    drawn once, and both are put in: four widgets in sixty rows were a tenth of the page's time.
    """
    if form.is_open or form.is_bound:
        return _drawn(form, name)
    key = escape(str(form.prefix))
    return SafeString(_saying_nothing().replace(_KEY, key).replace(_NAME, escape(name)))


def _drawn(form: forms.Form, name: str) -> SafeString:
    fields = [form[each] for each in SELDOM]
    return SafeString(boxes(fields, of=name) + tick(form["provisional"], of=name))


@lru_cache(maxsize=1)
def _saying_nothing() -> str:
    form = forms.Form(prefix=_KEY)
    form.fields = {name: RowForm.base_fields[name] for name in (*SELDOM, "provisional")}
    return _drawn(form, _NAME)
