"""What the pages of the register show, as plain values for the component templates."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse

from metrics.models import Indicator
from metrics.readings import measure_of
from metrics.register.queries import Measured, related_to, shared_by
from metrics.wording import unit_header
from partnerships.elements import Column, Fact, Link, Table, table
from partnerships.models import Partnership
from partnerships.periods import day


def themes(rows: Iterable[Measured]) -> list[Table]:
    """A table for each theme: the indicator, its unit, and who prints it."""
    by_theme: dict[str, list[Measured]] = {}
    for row in rows:
        by_theme.setdefault(row.indicator.theme, []).append(row)
    return [
        table(
            f"theme-{number}",
            theme,
            ["Indicator", "Unit", "Printed in the published reports of"],
            (_line(row) for row in held),
        )
        for number, (theme, held) in enumerate(by_theme.items(), 1)
    ]


def sharing(rows: Sequence[Measured]) -> Table:
    """How many indicators are printed by one, two, three partnerships."""
    return table(
        "shared",
        "How many partnerships print the same indicator",
        ["Partnerships", Column("Indicators", numeric=True)],
        ([str(partnerships), str(count)] for partnerships, count in shared_by(rows)),
    )


def definition(indicator: Indicator) -> list[Fact]:
    """What is counted, how, and who keeps the definition."""
    facts = [
        Fact("Definition", indicator.definition),
        Fact("Numerator", indicator.numerator_words),
        Fact("Denominator", indicator.denominator_words),
        Fact("Unit", unit_header(measure_of(indicator))),
        Fact("Direction", indicator.get_polarity_display().capitalize()),
        Fact("Kind of count", indicator.get_kind_of_count_display().capitalize()),
        Fact("Year", indicator.get_roll_up_display().capitalize()),
        Fact(
            "Disclosure",
            f"Counts from 1 to {indicator.threshold} are not published."
            if indicator.disclosive
            else "Not about children or identifiable staff: nothing is held back.",
        ),
        Fact("Kept by", indicator.owner),
        Fact("Checked by", indicator.checked_by),
        Fact("Next review", day(indicator.next_review) if indicator.next_review else ""),
    ]
    return [fact for fact in facts if fact.value]


def related(indicator: Indicator) -> list[tuple[Indicator, str, str]]:
    """What only looks like the indicator: each with its page in the register, and why."""
    return [
        (other, reverse("indicator_definition", args=[other.code]), why)
        for other, why in related_to(indicator)
    ]


def versions(indicator: Indicator, partnership: Partnership | None = None) -> Table:
    """Changes of definition or recording, everywhere and at one partnership where it is given."""
    here = Q(partnership__isnull=True)
    if partnership is not None:
        here |= Q(partnership=partnership)
    return table(
        "versions",
        "How counting changed",
        ["From", "What changed", "What it does to the series"],
        (
            [day(row.first), row.words, row.get_effect_display().capitalize()]
            for row in indicator.versions.filter(here).order_by("first")
        ),
    )


def _line(row: Measured) -> list[Link | str]:
    address = reverse("indicator_definition", args=[row.indicator.code])
    printed_by = ", ".join(each.short_name for each in row.partnerships)
    return [
        Link(row.indicator.name, address),
        unit_header(measure_of(row.indicator)).capitalize(),
        printed_by or "None of them",
    ]
