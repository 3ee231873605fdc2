"""The synthetic partnership's meetings, attendance, seats and budget: invented, by the demo's unit.

Of the last whole financial year, with a vacancy and a budget that adds up, and the budget of the
year that runs. Loading again changes nothing.
"""

from datetime import date, timedelta
from decimal import Decimal

from partnerships.budget.actions import (
    OUTTURN,
    Amounts,
    LineWords,
    add_budget,
    save_amounts,
    save_line,
)
from partnerships.calendar import store_period
from partnerships.governance.meetings.actions import (
    MeetingWords,
    SeatWords,
    save_meeting,
    save_seat,
)
from partnerships.governance.meetings.registers import Came, save_register
from partnerships.models import Body, Budget, BudgetLine, Organisation, Partnership, Period, User
from partnerships.periods import Kind, Span, snapshot

# Office, organisation, whether it is filled, and at how many of the year's meetings it was.
SEATS = (
    ("Independent Chair", "", "filled", 4),
    ("Director of Children's Services", "demoshire-council", "filled", 4),
    ("Assistant Chief Constable", "demoshire-police", "filled", 3),
    ("Chief Nursing Officer", "demoshire-icb", "filled", 4),
    ("Designated Doctor", "demoshire-icb", "vacant", 0),
    ("Chair of the Schools and Colleges Forum", "demoshire-education", "filled", 2),
)
# Label, contributor, budget and actual amount, and what is said of it.
INCOME: tuple[tuple[str, str, int, int, str], ...] = (
    ("Council contribution", "demoshire-council", 96_000, 96_000, ""),
    ("Police contribution", "demoshire-police", 31_500, 31_500, ""),
    ("Integrated care board contribution", "demoshire-icb", 62_000, 62_000, ""),
    ("Charges for training", "", 6_000, 7_450, "Courses were charged for places not taken up."),
)
COSTS: tuple[tuple[str, str, int, int, str], ...] = (
    ("Salaries of the business unit", "", 138_000, 131_280, ""),
    ("Independent chair and scrutineer", "", 24_000, 22_750, ""),
    ("Practice reviews", "", 18_000, 26_400, "One more review than planned."),
    ("Training", "", 9_500, 8_120, ""),
    ("Website and online procedures", "", 6_000, 5_900, ""),
)


def load_invented_money(partnership: Partnership, *, by: User, today: date) -> int:
    """Seats, four meetings with who came, and two budgets; needs the partnership's executive.

    Returns how many things were added: none where the partnership has budgets.
    """
    if partnership.budgets.exists():
        return 0
    year = Span.containing(Kind.YEAR, today).year_before
    period = store_period(year)
    executive = partnership.bodies.select_related("partnership").get(code="executive")
    for name, slug, state, _ in SEATS:
        _seat(executive, period, name, slug, state, by)
    for month in (5, 7, 10, 2):
        period_of_day = store_period(snapshot(_second_wednesday(year, month)))
        words = MeetingWords()
        save_meeting(body=executive, period=period_of_day, status="held", words=words, by=by)
    words = MeetingWords(note="Moved to February.")
    january = store_period(snapshot(_second_wednesday(year, 1)))
    save_meeting(body=executive, period=january, status="postponed", words=words, by=by)
    came = [_came(name, slug, state, attended) for name, slug, state, attended in SEATS]
    save_register(body=executive, period=period, rows=came, by=by)
    budget = _budget(partnership, period, by)
    running = store_period(Span.containing(Kind.YEAR, today))
    _next(partnership, running, budget, by)
    return len(SEATS) + 5 + 1 + 2


def _second_wednesday(year: Span, month: int) -> date:
    """Of a month of a financial year."""
    eighth = date(year.first.year if month > 3 else year.last.year, month, 8)
    return eighth + timedelta(days=(2 - eighth.weekday()) % 7)


def _seat(executive: Body, period: Period, name: str, slug: str, state: str, by: User) -> None:
    note = "Nobody has been appointed since the summer." if state == "vacant" else ""
    words = SeatWords(
        name=name, state=state, body=executive, organisation=_organisation(slug), note=note
    )
    code = name.lower().replace("'", "").replace(" ", "-")
    save_seat(partnership=executive.partnership, period=period, code=code, words=words, by=by)


def _came(name: str, slug: str, state: str, attended: int) -> Came:
    absence = ""
    if attended < 4:
        absence = "vacant" if state == "vacant" else "apologies"
    return Came(name, attended, 4, organisation=_organisation(slug), absence=absence)


def _budget(partnership: Partnership, period: Period, by: User) -> Budget:
    """The year that ended: totals as the council's finance team states them, and they agree."""
    budget = add_budget(partnership=partnership, period=period, by=by)
    lines = {line.code: line for line in budget.lines.all()}
    for side, rows in (("income", INCOME), ("costs", COSTS)):
        for label, slug, planned, actual, note in rows:
            words = LineWords(
                label=label,
                kind="income" if side == "income" else "cost",
                side=side,
                counts_in=lines[f"total-{side}"],
                contributor=_organisation(slug),
                budget_amount=Decimal(planned),
                actual_amount=Decimal(actual),
                note=note,
            )
            code = label.lower().replace(" ", "-")
            save_line(budget=budget, code=code, words=words, by=by)
    reserve = LineWords(
        label="Kept for the next year",
        kind="reserve",
        side="rest",
        counts_in=lines[OUTTURN],
        budget_amount=Decimal(0),
        actual_amount=Decimal(2_500),
        note="Agreed by the executive for the reviews that are under way.",
    )
    save_line(budget=budget, code="kept-for-the-next-year", words=reserve, by=by)
    budget.refresh_from_db()
    totals = {
        f"total-{side}": Amounts(
            Decimal(sum(planned for _, _, planned, _, _ in rows)),
            Decimal(sum(actual for _, _, _, actual, _ in rows)),
        )
        for side, rows in (("income", INCOME), ("costs", COSTS))
    }
    save_amounts(budget=budget, amounts=totals, seen=budget.version, by=by)
    return budget


def _next(partnership: Partnership, period: Period, like: Budget, by: User) -> None:
    """The year that runs: the same lines with what is planned, and no actual amounts yet."""
    budget = add_budget(partnership=partnership, period=period, like=like, by=by)
    planned = {
        line.code: Amounts(line.budget_amount, None)
        for line in like.lines.exclude(kind=BudgetLine.Kind.TOTAL)
        if line.budget_amount is not None
    }
    save_amounts(budget=budget, amounts=planned, seen=budget.version, by=by)


def _organisation(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first() if slug else None
