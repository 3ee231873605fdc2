"""Places of figures: a cell is the place of one, told by source, indicator, area, period, slice.

A cell has two pointers. `latest` is the newest revision, draft or not; `approved` is the one
that counts. `metrics.actions` moves them with the cell locked, so that of two people on one
cell the second learns of the first.
"""

from django.db import models
from django.db.models import F, Q

from metrics.addresses import Address
from metrics.models.register import Area, Indicator


class Dataset(models.Model):
    """Where figures come from: a partnership's returns, a printed report, official statistics."""

    class Kind(models.TextChoices):
        RETURNS = "returns", "Returns"
        PRINTED = "printed", "Printed report"
        OFFICIAL = "official", "Official statistics"

    code = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    owner = models.ForeignKey(
        "partnerships.Partnership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="datasets",
    )
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True, blank=True)
    published_words = models.CharField(max_length=60, blank=True)  # where only a season is known
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, kind="official")
                | (Q(owner__isnull=False) & ~Q(kind="official")),
                name="official_datasets_and_only_they_have_no_owner",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["returns", "printed", "official"]),
                name="dataset_kind_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title


class Breakdown(models.Model):
    """A way of dividing a figure: by age, by sector, by theme. Its nature says what may be checked.

    Only the categories of a partition of counts must add up to the whole.
    """

    class Nature(models.TextChoices):
        PARTITION = "partition", "each counted in one category"
        OVERLAPPING = "overlapping", "some counted in several categories"
        INCOMPLETE = "incomplete", "not every category is given"

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    nature = models.CharField(max_length=12, choices=Nature.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=["partition", "overlapping", "incomplete"]),
                name="breakdown_nature_is_known",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """One category of a breakdown; it may be part of a wider one."""

    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["breakdown", "name"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["breakdown", "code"], name="breakdown_names_a_category_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="category_is_not_part_of_itself",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class Slice(models.Model):
    """`all`, or categories of one or more breakdowns: `age=5-11;sex=female`."""

    key = models.CharField(max_length=300, unique=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="slice_has_a_key"),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.key


class SlicePart(models.Model):
    """One category of one breakdown in a slice."""

    slice = models.ForeignKey(Slice, on_delete=models.PROTECT, related_name="parts")
    # Beside the category, so that a constraint can name each breakdown once.
    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="slice_parts")

    class Meta:
        ordering = ["slice", "breakdown"]
        constraints = [
            models.UniqueConstraint(
                fields=["slice", "breakdown"], name="slice_names_a_breakdown_once"
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.breakdown_id}={self.category_id}"


class Cell(models.Model):
    """The place of one figure. `mention` counts where a printed source says a thing twice."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="cells")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="cells")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="cells")
    period = models.ForeignKey(
        "partnerships.Period", on_delete=models.PROTECT, related_name="cells"
    )
    slice = models.ForeignKey(Slice, on_delete=models.PROTECT, related_name="cells")
    mention = models.PositiveSmallIntegerField(default=1)
    derived = models.BooleanField(default=False)  # a roll-up by rule, never typed
    latest = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["indicator", "area", "period", "slice", "dataset", "mention"]
        indexes = [
            models.Index(fields=["area", "period", "indicator"], name="cell_for_dashboard"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "slice", "period", "dataset", "mention"],
                name="figure_has_one_place",
            ),
            models.CheckConstraint(condition=Q(mention__gte=1), name="mentions_count_from_one"),
            models.CheckConstraint(
                condition=Q(approved__isnull=True) | Q(latest__isnull=False),
                name="approved_figure_has_a_latest_one",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Natural keys, the same after every rebuild of the database (`metrics.addresses`)."""
        return Address.of(self).text
