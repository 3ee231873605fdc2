"""What a return asks for: the figures of indicators as wholes, and by category beneath them.

That is what is asked for on the last day of its quarter, whenever somebody looks: who owed a figure
of an earlier quarter still does (docs/decisions/returns.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from metrics.addresses import WHOLE
from metrics.models import (
    Category,
    Expectation,
    ExpectedBreakdown,
    ExpectedWords,
    Indicator,
    Slice,
)
from metrics.slices import stored_slice
from partnerships.models import Agency, Partnership
from partnerships.periods import Span

_BETWEEN = "__"  # no code of the register holds it


@dataclass(frozen=True, slots=True)
class Owed:
    """One figure that a return asks for: of an indicator as a whole, or of one category.

    `key` names it in addresses and forms: `cpp-open`, or `cpp-open__abuse__neglect`.
    """

    indicator: Indicator
    category: Category | None = None

    @property
    def key(self) -> str:
        code: str = self.indicator.code
        if self.category is None:
            return code
        return _BETWEEN.join((code, self.category.breakdown.code, self.category.code))

    @property
    def name(self) -> str:
        name: str = self.indicator.name
        return name if self.category is None else f"{name}: {self.category.name}"

    @property
    def slice_key(self) -> str:
        return slice_key(self.key)

    @property
    def place(self) -> tuple[int, str]:
        """Its indicator and the key of its slice, as a cell has them."""
        return self.indicator.pk, self.slice_key

    def slice(self) -> Slice:
        """The slice that its figures stand in, made where it is missing."""
        return stored_slice(self.slice_key, [self.category] if self.category else [])


def slices_of(owed: Iterable[Owed]) -> dict[str, Slice]:
    """The slice of each, by its key, made where it is missing; one query where none is."""
    wanted = list(owed)
    there = Slice.objects.in_bulk(list({each.slice_key for each in wanted}), field_name="key")
    return {each.key: there.get(each.slice_key) or each.slice() for each in wanted}


def slice_key(key: str) -> str:
    """The key of the slice that the figure of an `Owed.key` stands in."""
    _, *part = key.split(_BETWEEN)
    return "=".join(part) or WHOLE


def code_of(key: str) -> str:
    """The code of the indicator of an `Owed.key`."""
    return key.split(_BETWEEN, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one agency is asked for by one expectation."""

    expectation: Expectation
    owed: tuple[Owed, ...]

    def holds_in(self, span: Span) -> bool:
        return holds_in(self.expectation, span)


def holds_in(asked: Expectation | ExpectedWords, span: Span) -> bool:
    """Whether the return of a quarter asks for it."""
    return asked.first <= span.last and (asked.last is None or asked.last >= span.last)


def holding(*, on: date) -> Q:
    """Expectations, of figures or of words, that hold on a day."""
    return Q(last__isnull=True, first__lte=on) | Q(last__gte=on, first__lte=on)


def expectations_on(
    partnership: Partnership, *, on: date, agencies: Iterable[Agency] | None = None
) -> QuerySet[Expectation]:
    """What the partnership's agencies, or some of them, are asked for on a day."""
    standing = Expectation.objects.filter(holding(on=on), agency__partnership=partnership)
    return standing if agencies is None else standing.filter(agency__in=list(agencies))


def with_categories(indicators: Iterable[Indicator], standing: QuerySet[Expectation]) -> list[Owed]:
    """Each indicator, and beneath it the categories that any of the expectations asks for.

    One query, and one more where anything is asked for by category.
    """
    asked: dict[int, dict[int, Category]] = defaultdict(dict)
    for _, indicator_id, category in _categories(standing):
        asked[indicator_id][category.pk] = category
    return [
        owed
        for indicator in indicators
        for owed in [
            Owed(indicator),
            *(Owed(indicator, category) for category in asked[indicator.pk].values()),
        ]
    ]


def asked_of(partnership: Partnership, agencies: Iterable[Agency] | None = None) -> list[Asked]:
    """Whatever its agencies, or some of them, were ever asked for; at most three queries."""
    found = Expectation.objects.filter(agency__partnership=partnership)
    if agencies is not None:
        found = found.filter(agency__in=list(agencies))
    return asked_by(found)


def asked_by(expectations: QuerySet[Expectation]) -> list[Asked]:
    """The expectations, each with what it asks for; at most three queries."""
    told = expectations.select_related("agency__organisation", "indicator")
    owed = owed_by(expectations)
    return [Asked(each, tuple(owed[each.pk])) for each in told]


def owed_by(expectations: QuerySet[Expectation]) -> dict[int, list[Owed]]:
    """What each expectation asks for, by its id; at most three queries."""
    made = {each.pk: [Owed(each.indicator)] for each in expectations.select_related("indicator")}
    for expectation_id, _, category in _categories(expectations):
        whole = made[expectation_id][0]
        made[expectation_id].append(Owed(whole.indicator, category))
    return made


def _categories(standing: QuerySet[Expectation]) -> Iterator[tuple[int, int, Category]]:
    """Expectation, indicator and category: the widest ones of a breakdown, as the register goes."""
    pairs = ExpectedBreakdown.objects.filter(expectation__in=standing).order_by(
        "breakdown__name", "expectation"
    )
    asked = list(pairs.values_list("expectation", "expectation__indicator", "breakdown"))
    if not asked:
        return
    widest: dict[int, list[Category]] = defaultdict(list)
    found = Category.objects.filter(
        breakdown__in={breakdown for *_, breakdown in asked}, parent__isnull=True
    )
    for category in found.select_related("breakdown").order_by("pk"):
        widest[category.breakdown_id].append(category)
    for expectation_id, indicator_id, breakdown in asked:
        for category in widest[breakdown]:
            yield expectation_id, indicator_id, category
