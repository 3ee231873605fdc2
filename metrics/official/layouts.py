"""Which columns and filters of a published file are which indicators: data, one entry a file.

A file is recognised by its columns, not by its name. A column that a layout does not know is
refused, since a further filter would change what every number of the file means.
"""

from dataclasses import dataclass
from enum import StrEnum

PLACE_COLUMNS = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
)  # fmt: skip
# By level, the column with the code of the area that a row is of.
LEVELS = {
    "National": "country_code",
    "Regional": "region_code",
    "Local authority": "new_la_code",
}
TIME_IDENTIFIERS = ("Reporting year", "Financial year")
MARKS = frozenset({"c", "x", "z", "low", "k", "u"})


class When(StrEnum):
    """What a year of a file stands for: the year that ends in it, or a day of it."""

    ON_31_MARCH = "31 March"
    YEAR_TO_31_MARCH = "the year to 31 March"
    ON_30_JUNE = "30 June"


@dataclass(frozen=True, slots=True)
class Source:
    """The dataset that the figures of a file belong to."""

    code: str
    title: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Columns of one indicator. `where` is the value of a filter column that it is of.

    `decimals` is how exactly the column is published, also where it drops a last 0. What has a
    denominator is of a whole of `per`: 100 for a share. The denominator is of 30 June before where
    it is a `population`.
    """

    indicator: str
    value: str
    when: When
    numerator: str = ""
    denominator: str = ""
    per: int = 100
    decimals: int = 0
    where: tuple[str, str] | None = None
    population: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is read from, without those that it has none of."""
        return tuple(filter(None, (self.value, self.numerator, self.denominator)))


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. `filters` are the values that may stand in a filter column.

    `rounded_to` is what counts of regions and of England are rounded to, 1 for not at all;
    those of authorities are exact. `left_out` are columns that no indicator is read from.
    """

    name: str
    source: Source
    filters: dict[str, tuple[str, ...]]
    measures: tuple[Measured, ...]
    rounded_to: int = 1
    left_out: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column that a file of this kind has."""
        read = (column for each in self.measures for column in each.columns)
        return frozenset({*PLACE_COLUMNS, *self.filters, *read, *self.left_out})


_DFE = "Department for Education"
_SITE = "https://explore-education-statistics.service.gov.uk/find-statistics"

_ON_THE_DAY = "Children looked after on 31 March each year"
_STARTING = "Children starting to be looked after each year"
_CEASING = "Children ceasing to be looked after each year"


def _care(words: str, count: str, when: When) -> tuple[Measured, Measured]:
    """The number and the rate of one population of the file on children looked after."""
    where = ("population_type", words)
    return (
        Measured(count, "children_count", when, where=where),
        Measured(
            f"{count}-rate",
            "rate_per_10000",
            when,
            numerator="children_count",
            denominator="population_estimate",
            per=10_000,
            where=where,
            population=True,
        ),
    )


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        name="children in need",
        source=Source(
            "dfe-children-in-need",
            "Children in need, official statistics",
            _DFE,
            f"{_SITE}/children-in-need",
        ),
        filters={"category": ("Children in Need",)},
        measures=(Measured("children-in-need", "At31_episodes", When.ON_31_MARCH),),
        rounded_to=10,
        left_out=(
            "Anypoint_episodes", "Anypoint_child", "Started_episodes", "Started_child",
            "Ended_episodes", "Ended_child", "awaiting_assessment",
        ),
    ),
    Layout(
        name="second or subsequent plans",
        source=Source(
            "dfe-repeat-plans",
            "Child protection plans that are a second or subsequent one, official statistics",
            _DFE,
            f"{_SITE}/children-in-need",
        ),
        filters={
            "category": ("Child Protection Plans which are a second or subsequent plan",)
        },
        measures=(
            Measured("cpp-started", "CPP_start", When.YEAR_TO_31_MARCH),
            Measured(
                "cpp-repeat",
                "CPP_subsequent_percent",
                When.YEAR_TO_31_MARCH,
                numerator="CPP_subsequent",
                denominator="CPP_start",
                decimals=1,
            ),
        ),
        rounded_to=10,
    ),
    Layout(
        name="children looked after",
        source=Source(
            "dfe-children-looked-after",
            "Children looked after, official statistics",
            _DFE,
            f"{_SITE}/children-looked-after-in-england-including-adoptions",
        ),
        filters={"population_type": (_ON_THE_DAY, _STARTING, _CEASING)},
        measures=(
            *_care(_ON_THE_DAY, "children-in-care", When.ON_31_MARCH),
            *_care(_STARTING, "care-starters", When.YEAR_TO_31_MARCH),
            *_care(_CEASING, "care-enders", When.YEAR_TO_31_MARCH),
        ),
        rounded_to=10,
    ),
    Layout(
        name="population",
        source=Source(
            "ons-population",
            "Mid-year population estimates, children aged 0 to 17",
            "Office for National Statistics",
            "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
            "populationestimates",
        ),
        filters={"age_group": ("Children aged 0 to 17 years",)},
        measures=(Measured("population-0-17", "population_estimate", When.ON_30_JUNE),),
    ),
)  # fmt: skip

POPULATION = "population-0-17"
ROUNDED = "Counts of regions and of England are published rounded to the nearest {}."


def rounded_to(dataset: str) -> int:
    """What a dataset's counts of regions and of England are rounded to; 1 for not at all."""
    return next((each.rounded_to for each in LAYOUTS if each.source.code == dataset), 1)
