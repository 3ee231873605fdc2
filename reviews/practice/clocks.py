"""The times that the law gives for reviews. Pure: no database, and today is a parameter.

Source: Working Together to Safeguard Children (2018, chapter 4; 2023, chapter 5). A rapid
review is done within 15 working days of becoming aware of the incident; a local review is
published within six months of the decision to make it. Working days are those of England:
no Saturday, no Sunday, no bank holiday.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

from partnerships.periods import day, how_long

WORKING_DAYS = 15
MONTHS = 6
ONE_DAY = timedelta(days=1)


class Standing(StrEnum):
    """How a clock stands; the value says it to people."""

    MET = "Met"
    MET_LATE = "Met late"
    RUNNING = "Running"
    LATE = "Late"
    HELD = "Held, clock runs on"
    HELD_LATE = "Held, late"


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock read on a day: how it stands, and how many days it has left or is over."""

    standing: Standing
    due: date
    days: int  # left, or over; in working days where the clock counts those
    unit: str
    on: date  # the day on which it was met, or else is read

    @property
    def is_late(self) -> bool:
        return self.standing in {Standing.LATE, Standing.HELD_LATE, Standing.MET_LATE}

    @property
    def words(self) -> str:
        """`Late: due 4 May 2020, 3 working days over`."""
        if self.standing is Standing.MET:
            return f"Met: due {day(self.due)}"
        return f"{self.standing}: due {day(self.due)}, {self.far}"

    @property
    def far(self) -> str:
        """`3 working days over`, `more than a year over`, `2 working days left`."""
        unit = self.unit if self.days == 1 else f"{self.unit}s"
        if not self.is_late:
            return f"{self.days} {unit} left"
        return f"{how_long(self.due, self.on, days=f'{self.days} {unit}')} over"


def is_working_day(on: date) -> bool:
    return on.weekday() < 5 and on not in _bank_holidays(on.year)


def working_days_between(first: date, last: date) -> int:
    """Working days after `first`, up to and including `last`; 0 where `last` is not later."""
    return sum(
        is_working_day(first + number * ONE_DAY) for number in range(1, (last - first).days + 1)
    )


def rapid_review_due(starts: date) -> date:
    """The fifteenth working day after the day on which the partners became aware."""
    due, left = starts, WORKING_DAYS
    while left:
        due += ONE_DAY
        left -= is_working_day(due)
    return due


def publication_due(starts: date) -> date:
    """The same day six months on, or the last day of that month where it is too short."""
    year, month = divmod(starts.year * 12 + starts.month - 1 + MONTHS, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(starts.day, last))


def read_clock(
    *, due: date, met: date | None, held: date | None, today: date, in_working_days: bool
) -> Reading:
    """How a clock stands today. A hold changes what is said, never when it is due."""
    on = met or today
    count = working_days_between if in_working_days else _days_between
    late = on > due
    if met:
        standing = Standing.MET_LATE if late else Standing.MET
    elif held and held <= today:
        standing = Standing.HELD_LATE if late else Standing.HELD
    else:
        standing = Standing.LATE if late else Standing.RUNNING
    days = count(due, on) if late else count(on, due)
    return Reading(standing, due, days, "working day" if in_working_days else "day", on)


def _days_between(first: date, last: date) -> int:
    return (last - first).days


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
