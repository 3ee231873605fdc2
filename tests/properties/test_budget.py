"""What holds of every account, whatever its lines: sums, differences, rounding, counting."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from partnerships.amounts import half_up
from partnerships.budget.reconcile import Entry, State, across, amounts, sums
from partnerships.budget.wording import pieces, words
from partnerships.governance.meetings.counting import Kept, count_in
from partnerships.periods import Kind, Span
from tests.properties.strategies import spans

SIDES = ("income", "costs", "rest")
pounds = st.integers(-1_000_000, 1_000_000).map(Decimal)
pence = st.integers(-100_000_000, 100_000_000).map(lambda each: Decimal(each).scaleb(-2))


@st.composite
def accounts(draw: st.DrawFn, money: st.SearchStrategy[Decimal] = pence) -> list[Entry]:
    """Lines that each count in one of those before them, or in nothing: any tree of sums."""
    entries: list[Entry] = []
    for place in range(draw(st.integers(1, 12))):
        above = draw(st.sampled_from(["", *[entry.code for entry in entries]]))
        amount = draw(st.none() | money)
        entries.append(Entry(f"line-{place}", draw(st.sampled_from(SIDES)), amount, above))
    return draw(st.permutations(entries))


def ledger(entry: Entry, amount: Decimal) -> Decimal:
    """With income as a minus, as finance systems write it."""
    return -amount if entry.side == "income" else amount


@given(accounts())
def test_a_sum_is_its_parts_in_the_ledger(entries: list[Entry]) -> None:
    by_code = {entry.code: entry for entry in entries}
    counted = amounts(entries)
    for code, found in sums(entries).items():
        parts = [entry for entry in entries if entry.counts_in == code]
        known = [(part, amount) for part in parts if (amount := counted[part.code]) is not None]
        made = sum((ledger(part, amount) for part, amount in known), Decimal(0))
        assert ledger(by_code[code], found.made) == made
        assert found.missing == len(parts) - len(known)


@given(accounts())
def test_stating_what_the_lines_make_always_agrees(entries: list[Entry]) -> None:
    counted = amounts(entries)
    stated = [replace(each, amount=counted[each.code]) for each in entries]
    for code, found in sums(stated).items():
        if sums(entries)[code].state is State.WORKED_OUT:
            assert found.state is State.AGREES
    assert amounts(stated) == counted


@given(accounts(), st.data())
def test_a_wrong_total_differs_by_just_as_much(entries: list[Entry], data: st.DataObject) -> None:
    whole = {code: found for code, found in sums(entries).items() if not found.missing}
    assume(whole)
    code = data.draw(st.sampled_from(sorted(whole)))
    wrong = data.draw(pence.filter(bool))
    made = whole[code].made
    altered = [
        replace(each, amount=made + wrong) if each.code == code else each for each in entries
    ]
    found = sums(altered)[code]
    assert found.difference == wrong
    assert found.state in {State.DIFFERS, State.ROUNDING}
    assert "Stated as" in words(pieces(found, {each.code: each.code for each in entries}))


@given(st.lists(pence, min_size=1, max_size=15))
def test_rounding_each_amount_to_pounds_is_never_more_than_rounding(exact: list[Decimal]) -> None:
    entries = [
        Entry(f"line-{place}", "costs", half_up(amount, 0), "total")
        for place, amount in enumerate(exact)
    ]
    total = Entry("total", "costs", half_up(sum(exact, Decimal(0)), 0))
    assert sums([*entries, total])["total"].state in {State.AGREES, State.ROUNDING}


@given(st.lists(pounds, min_size=1, max_size=15), st.integers(1, 1000))
def test_more_than_rounding_can_do_is_said_to_differ(lines: list[Decimal], beyond: int) -> None:
    entries = [Entry(f"{place}", "costs", each, "total") for place, each in enumerate(lines)]
    most = (len(lines) + 1) // 2
    total = Entry("total", "costs", sum(lines, Decimal(most + beyond)))
    assert sums([*entries, total])["total"].state is State.DIFFERS


@given(st.lists(st.lists(pounds, min_size=2, max_size=2), min_size=1, max_size=5))
def test_funds_that_were_added_up_make_the_whole(funds: list[list[Decimal]]) -> None:
    of_funds = [
        [Entry("a", "costs", one, "total"), Entry("b", "costs", two, "total"), _total()]
        for one, two in funds
    ]
    whole = [
        Entry("a", "costs", sum((one for one, _ in funds), Decimal(0)), "total"),
        Entry("b", "costs", sum((two for _, two in funds), Decimal(0)), "total"),
        _total(),
    ]
    found = across(whole, of_funds)
    assert set(found) == {"a", "b", "total"}
    assert {each.state for each in found.values()} == {State.AGREES}


def _total() -> Entry:
    return Entry("total", "costs", None)


@given(spans(), st.lists(st.tuples(spans(), st.none() | st.integers(0, 30)), max_size=8))
def test_meetings_are_counted_once(span: Span, rows: list[tuple[Span, int | None]]) -> None:
    """No more than all that is kept within, no less than any one of those rows."""
    kept = [Kept(each, number) for each, number in dict(rows).items()]
    within = [row for row in kept if span.first <= row.span.first and row.span.last <= span.last]
    count = count_in(span, kept)
    if count is None:
        assert sum(row.number or 0 for row in within if row.span != span) == 0
        return
    exact = [row.number for row in within if row.span == span]
    if exact and exact[0] is not None:
        assert (count.number, count.at_least) == (exact[0], False)
        return
    assert count.number <= sum(row.number or 0 for row in within)
    assert count.at_least == any(row.number is None for row in (*count.rows, *_same(kept, span)))


def _same(kept: list[Kept], span: Span) -> list[Kept]:
    return [row for row in kept if row.span == span]


@given(spans(), st.integers(1, 30))
def test_a_day_within_a_counted_month_is_not_counted_again(span: Span, number: int) -> None:
    month = Span.containing(Kind.MONTH, span.first)
    year = Span.containing(Kind.CALENDAR_YEAR, span.first)
    day = Span.containing(Kind.SNAPSHOT, span.first)
    count = count_in(year, [Kept(month, number), Kept(day, 1)])
    assert count is not None
    assert count.number == number
