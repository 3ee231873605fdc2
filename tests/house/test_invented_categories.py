"""The invented figures by category: they make their wholes, and agree with the other series."""

from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings

from partnerships.periods import quarter
from safeguarding.demo.files import FileError, rows
from safeguarding.demo.invented_categories import divided, division
from safeguarding.demo.invented_series import drawn, invention

FOLDER = settings.BASE_DIR / "fixtures" / "demoshire"
QUARTERS = [quarter(year, n) for year in range(2021, 2026) for n in (1, 2, 3, 4)]


def test_categories_of_each_quarter_make_their_whole() -> None:
    figures = drawn(invention(FOLDER), QUARTERS)
    parts = division(FOLDER)
    found = divided(parts, figures, QUARTERS)
    compared = 0
    for (code, breakdown), group in groupby(parts, key=lambda each: (each.code, each.breakdown)):
        names = [each.category for each in group]
        for span in QUARTERS:
            values = [found[(code, breakdown, name), span].value or Decimal(0) for name in names]
            assert sum(values) == figures[code, span].value
            assert min(values) >= 0
            compared += 1
    assert compared == 3 * len(QUARTERS)


def test_category_that_is_counted_by_itself_is_that_series() -> None:
    figures = drawn(invention(FOLDER), QUARTERS)
    found = divided(division(FOLDER), figures, QUARTERS)
    for span in QUARTERS:
        category = found[("contacts", "contact-outcome", "social-care"), span]
        assert category.value == figures["contacts-acted-on", span].value


def test_every_division_is_into_all_categories_of_a_partition() -> None:
    fixtures = settings.BASE_DIR / "fixtures"
    nature = {
        each.text("breakdown"): each.text("nature") for each in rows(fixtures / "breakdowns.csv")
    }
    known: dict[str, list[str]] = {}
    for row in rows(fixtures / "categories.csv"):
        if not row.text("parent"):
            known.setdefault(row.text("breakdown"), []).append(row.text("category"))
    for (_, breakdown), group in groupby(
        division(FOLDER), key=lambda each: (each.code, each.breakdown)
    ):
        assert nature[breakdown] == "partition"
        assert sorted(each.category for each in group) == sorted(known[breakdown])


def test_row_without_a_share_is_named(tmp_path: Path) -> None:
    text = "code,breakdown,category,share,series\ncontacts,contact-outcome,advice,,\n"
    (tmp_path / "categories.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match="line 2: share is empty"):
        division(tmp_path)
