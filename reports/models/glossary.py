"""Words of the field, with what they mean in ours."""

from django.db import models
from django.db.models import Q


class Term(models.Model):
    """A word or an abbreviation and its meaning; of one partnership only, or shared by all.

    `spellings` are other forms in which a report may use it, with semicolons between them.
    """

    partnership = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
    )
    term = models.CharField(max_length=120)
    spellings = models.CharField(max_length=300, blank=True)
    meaning = models.CharField(max_length=500)

    class Meta:
        ordering = ["term", "partnership"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(partnership__isnull=True),
                name="shared_term_is_explained_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "term"],
                condition=Q(partnership__isnull=False),
                name="term_is_explained_once_at_a_partnership",
            ),
            models.CheckConstraint(condition=~Q(term=""), name="term_is_a_word"),
            models.CheckConstraint(condition=~Q(meaning=""), name="term_has_a_meaning"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.term
