"""What is told of learning and assurance: who says it, and the figures in it."""

from django.db import models
from django.db.models import Q

QUALIFIERS = ["exactly", "about", "at-least", "at-most", "more-than", "fewer-than"]


class Told(models.Model):
    """Something that is told, and by whom.

    `source` is the code of the dataset that prints it; empty for the partnership's own record.
    `public_since` is the day by which it was public before the portal had it.
    """

    note = models.CharField(max_length=500, blank=True)
    fact_id = models.CharField(max_length=20, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    public_since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Measured(Told):
    """A figure that is no indicator's: how many attended, how many answered.

    `measure` says what is counted. Without a value the note says why there is none.
    `of_children` counts children or families, so that a small number is not published.
    """

    measure = models.SlugField(max_length=60)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    qualifier = models.CharField(
        max_length=12,
        choices=[(each, each.replace("-", " ")) for each in QUALIFIERS],
        default="exactly",
    )
    of_children = models.BooleanField(default=False)

    class Meta:
        abstract = True


def figure_rules(noun: str) -> list[models.BaseConstraint]:
    """The constraints of a figure, each named as a sentence about `noun`."""
    return [
        models.CheckConstraint(condition=~Q(measure=""), name=f"{noun}_says_what_it_counts"),
        models.CheckConstraint(
            condition=Q(value__isnull=False) | ~Q(note=""), name=f"{noun}_is_a_number_or_says_why"
        ),
        models.CheckConstraint(
            condition=Q(decimals__lte=3), name=f"{noun}_has_at_most_three_decimals"
        ),
        models.CheckConstraint(
            condition=Q(qualifier__in=QUALIFIERS), name=f"{noun}_has_a_known_qualifier"
        ),
    ]
