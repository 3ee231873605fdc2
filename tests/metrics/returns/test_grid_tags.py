"""What is folded away in a row of the form of a return: drawn once for all rows, and the same."""

from decimal import Decimal

import pytest

from metrics.entries import Entry
from metrics.models import Indicator
from metrics.owed import Owed
from metrics.queries import ReturnRow
from metrics.returns.grid import SELDOM, RowForm
from metrics.saving import save_entry
from metrics.templatetags.grid import folded
from partnerships.boxes import boxes, tick
from tests.world import NOW, World

NAME = 'Referrals <of "children">'


def row_of(indicator: Indicator) -> ReturnRow:
    return ReturnRow(owed=Owed(indicator), cell=None, quarter_before=None, year_before=None)


def drawn_by_itself(form: RowForm) -> str:
    fields = [form[name] for name in SELDOM]
    return boxes(fields, of=NAME) + tick(form["provisional"], of=NAME)


@pytest.mark.parametrize("which", ["referrals", "timely"])
def test_a_row_that_says_nothing_is_drawn_as_if_by_itself(world: World, which: str) -> None:
    form = RowForm(row=row_of(getattr(world, which)), seen=None)
    assert folded(form, NAME) == drawn_by_itself(form)
    assert f'name="{which}-note"' in folded(form, NAME)
    assert "&lt;of &quot;children&quot;&gt;" in folded(form, NAME)


def test_a_row_that_says_something_keeps_it(world: World) -> None:
    entry = Entry(value=Decimal(12), note="Counted anew.", flags="p")
    seen = save_entry(place=world.place(), entry=entry, by=world.unit, at=NOW, seen=0)
    form = RowForm(row=row_of(world.referrals), seen=seen)
    assert folded(form, NAME) == drawn_by_itself(form)
    assert "Counted anew." in folded(form, NAME)
    assert "checked" in folded(form, NAME)


def test_a_row_that_was_sent_keeps_what_was_typed(world: World) -> None:
    sent = {"referrals-seen": "0", "referrals-note": "Half a sentence"}
    form = RowForm(sent, row=row_of(world.referrals), seen=None)
    assert "Half a sentence" in folded(form, NAME)
