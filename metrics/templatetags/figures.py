"""`{% figure revision indicator %}`: a figure as people read it, or why there is none."""

from django import template

from metrics.models import Indicator, Revision
from metrics.readings import measure_of, reading_of
from metrics.wording import value_words

register = template.Library()


@register.simple_tag
def figure(revision: Revision | None, indicator: Indicator) -> str:
    if revision is None:
        return "–"
    return value_words(reading_of(revision), measure_of(indicator))
