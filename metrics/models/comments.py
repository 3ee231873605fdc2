"""What those who work on a figure say about it to each other; readers never see it."""

from django.db import models
from django.db.models import Q

from metrics.models.store import Cell


class Comment(models.Model):
    """One version of the comment on a figure, and whether somebody is to follow it up.

    The newest version counts: what it flags stands on the lists of all who work on the figure until
    a further one takes the flag away. Never changed or removed, on PostgreSQL a trigger sees to it.
    The number is the lock: of two people with the same one the second is refused.
    """

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=500, blank=True)  # none once it is taken away
    follow_up = models.BooleanField(default=False)
    by = models.ForeignKey("partnerships.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["cell", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "number"], name="versions_of_a_comment_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="versions_of_a_comment_count_from_one"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=1) | ~Q(words=""), name="a_comment_begins_with_words"
            ),
            models.CheckConstraint(
                condition=Q(follow_up=False) | ~Q(words=""),
                name="what_is_to_be_followed_up_is_said",
            ),
        ]

    # The text itself may name somebody, though the form asks not to.
    PERSONAL_FIELDS = ("by", "words")

    def __str__(self) -> str:
        return f"comment on {self.cell_id}, version {self.number}"
