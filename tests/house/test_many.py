"""Many synthetic partnerships, as the benchmarks make them."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from metrics.models import Cell
from partnerships.people.actions import system_actor
from safeguarding.demo.many import make_partnerships
from safeguarding.demo.reference import load_reference

TODAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_each_has_five_years_of_its_own_figures_and_is_marked_synthetic() -> None:
    load_reference(settings.BASE_DIR / "fixtures")
    folder = settings.BASE_DIR / "fixtures" / "demoshire"
    made = list(make_partnerships(2, folder=folder, by=system_actor(), today=TODAY, at=NOW))
    assert [(each.slug, each.synthetic) for each in made] == [("shire-1", True), ("shire-2", True)]
    newest = [
        Cell.objects.get(
            area__partnership=each, indicator__code="contacts", period__last=date(2026, 6, 30)
        ).approved
        for each in made
    ]
    assert newest[0] is not None
    assert newest[1] is not None
    assert newest[0].value != newest[1].value
    for each in made:
        figures = Cell.objects.filter(dataset__owner=each)
        assert figures.values("period").distinct().count() == 20
        assert figures.count() == 20 * 66 - 1  # one figure never came
