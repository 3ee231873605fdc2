"""Synthetic partnerships in any number, for measurements: as many as England has and more.

Each draws its own chances and has a size of its own; all are marked synthetic. Nothing here is
part of the demo.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from metrics.intake.figures import load_figures
from metrics.models import Area, Dataset, Expectation, Indicator
from metrics.queries import quarters_to
from partnerships.models import Agency, Organisation, Partnership, User
from safeguarding.demo.invented_series import SEED, Invention, drawn, invention
from safeguarding.demo.synthetic import figure_rows

QUARTERS = 20  # five years
SIZES = (0.3, 0.5, 0.8, 1.0, 1.3, 2.0, 3.0)  # in turn, times the demo's synthetic partnership
FIRST = date(2020, 4, 1)


def make_partnerships(
    count: int, *, folder: Path, by: User, today: date, at: datetime
) -> Iterator[Partnership]:
    """Makes and loads partnerships, one transaction each, and gives each when it stands.

    `folder` holds `series.csv` and `planted.csv`. The register must be loaded.
    """
    invented = invention(folder)
    quarters = quarters_to(today, QUARTERS)
    for number in range(1, count + 1):
        scale = SIZES[number % len(SIZES)]
        with transaction.atomic():
            partnership = _stand_up(number, invented)
            figures = drawn(invented, quarters, seed=f"{SEED}-{number}", scale=scale)
            slug = partnership.slug
            rows = figure_rows(invented, figures, quarters, dataset=f"{slug}-returns", area=slug)
            load_figures(list(rows), by=by, at=at)
        yield partnership


def _stand_up(number: int, invented: Invention) -> Partnership:
    """A partnership with its area, returns, agencies and what they are asked for."""
    slug, name = f"shire-{number}", f"Shire {number} (synthetic)"
    partnership = Partnership.objects.create(slug=slug, name=name, short_name=name, synthetic=True)
    Area.objects.create(code=slug, name=name, kind=Area.Kind.PARTNERSHIP, partnership=partnership)
    Dataset.objects.create(
        code=f"{slug}-returns",
        kind=Dataset.Kind.RETURNS,
        owner=partnership,
        title=f"Quarterly returns of {name}",
        publisher=name,
    )
    agencies: dict[str, Agency] = {}
    for agency in sorted({each.agency for each in invented.series}):
        word = agency.partition("-")[2]  # behind the name of the place
        organisation = Organisation.objects.create(slug=f"{slug}-{word}", name=f"{name}, {word}")
        agencies[agency] = Agency.objects.create(
            partnership=partnership,
            organisation=organisation,
            standing=Agency.Standing.RELEVANT,
            first=FIRST,
        )
    indicators = Indicator.objects.in_bulk(field_name="code")
    Expectation.objects.bulk_create(
        Expectation(agency=agencies[each.agency], indicator=indicators[each.code], first=FIRST)
        for each in invented.series
    )
    return partnership
