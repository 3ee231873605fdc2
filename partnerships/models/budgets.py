"""What a partnership's work costs in a period, and who pays for it."""

from django.db import models
from django.db.models import F, Q

from partnerships.models.periods import Period
from partnerships.models.places import Organisation, Partnership

WHOLE = "all"  # the fund of an account that covers everything
ACROSS = "across"  # in addresses: the funds together


class Budget(models.Model):
    """The account of a period: of everything, or of one fund (a cost centre) of several."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="budgets")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="budgets")
    fund = models.SlugField(max_length=60, default=WHOLE)
    fund_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__last", "period__first", "fund_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period", "fund"],
                name="budget_is_kept_once_a_period_and_fund",
            ),
            models.CheckConstraint(
                condition=~Q(fund="") & ~Q(fund=ACROSS), name="budget_has_a_fund_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(fund=WHOLE, fund_name="") | (~Q(fund=WHOLE) & ~Q(fund_name="")),
                name="budget_of_one_fund_and_only_it_has_a_name",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.fund_name}, {self.period}" if self.fund_name else str(self.period)

    @property
    def key(self) -> str:
        return f"budget:{self.partnership.slug}:{self.period.key}:{self.fund}"


class BudgetLine(models.Model):
    """One line of an account, with what was planned and what it came to.

    An amount is written as its side reads it: on the income side money coming in, on the costs
    side money going out, both without a minus. Of the rest (reserves, balances) a plain amount
    counts like a cost. `counts_in` is the total or balance that the line is a part of; such a
    line without an amount of its own is worked out from its parts.
    """

    class Kind(models.TextChoices):
        INCOME = "income", "Income"
        COST = "cost", "Cost"
        TRANSFER = "transfer", "Transfer"
        RESERVE = "reserve", "Reserve or carry forward"
        BALANCE = "balance", "Balance"
        TOTAL = "total", "Total"

    class Side(models.TextChoices):
        INCOME = "income", "Income"
        COSTS = "costs", "Costs"
        REST = "rest", "What is left"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    code = models.SlugField(max_length=80)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    label_sure = models.BooleanField(default=True)  # False: the source leaves open whose amount
    kind = models.CharField(max_length=10, choices=Kind.choices)
    side = models.CharField(max_length=10, choices=Side.choices)
    counts_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    contributor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_lines"
    )
    one_off = models.BooleanField(default=False)
    estimated = models.BooleanField(default=False)
    part_year = models.BooleanField(default=False)
    budget_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    budget_fact_id = models.CharField(max_length=20, blank=True)
    actual_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    actual_fact_id = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.SlugField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["budget", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "code"], name="line_stands_once_in_a_budget"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(code="add"), name="budget_line_has_a_code_of_its_own"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="budget_line_says_what_it_is"),
            models.CheckConstraint(condition=Q(order__gte=1), name="budget_lines_count_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=["income", "cost", "transfer", "reserve", "balance", "total"]),
                name="budget_line_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["income", "costs", "rest"]),
                name="budget_line_side_is_known",
            ),
            models.CheckConstraint(
                condition=Q(counts_in__isnull=True) | ~Q(counts_in=F("id")),
                name="budget_line_does_not_count_in_itself",
            ),
            models.CheckConstraint(
                condition=Q(budget_fact_id="") | Q(budget_amount__isnull=False),
                name="budget_that_a_fact_states_is_there",
            ),
            models.CheckConstraint(
                condition=Q(actual_fact_id="") | Q(actual_amount__isnull=False),
                name="actual_that_a_fact_states_is_there",
            ),
        ]

    PERSONAL_FIELDS: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        return f"{self.budget.key}:{self.code}"
