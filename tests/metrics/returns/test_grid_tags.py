"""What is folded away in a row of the form of a return: drawn once for all rows, and the same."""

from decimal import Decimal

import pytest

from metrics.entries import Entry
from metrics.models import Indicator
from metrics.owed import Owed
from metrics.queries import ReturnRow
from metrics.returns.comments import save_comment
from metrics.returns.comments_form import CommentForm
from metrics.returns.grid.row_form import SELDOM, RowForm
from metrics.returns.grid.rows import GridRow
from metrics.saving import save_entry
from metrics.templatetags.grid import comment_boxes, folded
from partnerships.boxes import boxes, tick
from tests.world import NOW, World

NAME = 'Referrals <of "children">'


def row_of(indicator: Indicator) -> ReturnRow:
    indicator.name = NAME
    return ReturnRow(owed=Owed(indicator), cell=None, quarter_before=None, year_before=None)


def drawn_by_itself(each: GridRow) -> str:
    assert each.form is not None
    fields = [each.form[name] for name in SELDOM]
    figure = boxes(fields, of=NAME) + tick(each.form["provisional"], of=NAME)
    return figure + comment_boxes(CommentForm(seen=each.comment, prefix=each.key), NAME)


@pytest.mark.parametrize("which", ["referrals", "timely"])
def test_a_row_that_says_nothing_is_drawn_as_if_by_itself(world: World, which: str) -> None:
    row = row_of(getattr(world, which))
    each = GridRow(row, RowForm(row=row, seen=None))
    assert folded(each) == drawn_by_itself(each)
    assert f'name="{which}-note"' in folded(each)
    assert f'name="{which}-comment_seen" value="0"' in folded(each)
    assert "&lt;of &quot;children&quot;&gt;" in folded(each)


def test_a_row_that_says_something_keeps_it(world: World) -> None:
    entry = Entry(value=Decimal(12), note="Counted anew.", flags="p")
    seen = save_entry(place=world.place(), entry=entry, by=world.unit, at=NOW, seen=0)
    row = row_of(world.referrals)
    each = GridRow(row, RowForm(row=row, seen=seen))
    assert folded(each) == drawn_by_itself(each)
    assert "Counted anew." in folded(each)
    assert "checked" in folded(each)


def test_a_row_with_a_comment_keeps_it(world: World) -> None:
    said = save_comment(
        place=world.place(), words="Ask again.", follow_up=True, seen=0, by=world.unit, at=NOW
    )
    row = row_of(world.referrals)
    each = GridRow(row, RowForm(row=row, seen=None), comment=said)
    assert folded(each) == drawn_by_itself(each)
    assert ">\nAsk again.</textarea>" in folded(each)
    assert 'name="referrals-comment_seen" value="1"' in folded(each)


def test_a_row_that_was_sent_keeps_what_was_typed(world: World) -> None:
    sent = {"referrals-seen": "0", "referrals-note": "Half a sentence"}
    row = row_of(world.referrals)
    assert "Half a sentence" in folded(GridRow(row, RowForm(sent, row=row, seen=None)))
