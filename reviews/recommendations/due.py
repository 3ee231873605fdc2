"""How an action stands on a day. Pure: no database, and today is a parameter."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from partnerships.periods import day, how_long


class Standing(StrEnum):
    """How an action stands; the value says it to people."""

    OVERDUE = "Overdue"
    OPEN = "Open"
    DONE = "Done"
    DONE_LATE = "Done late"
    DROPPED = "No longer pursued"


@dataclass(frozen=True, slots=True)
class Reading:
    """An action read on a day. `days` are left, or over; 0 where nothing is due."""

    standing: Standing
    due: date | None
    done: date | None
    days: int

    @property
    def words(self) -> str:
        """`Due 4 May 2026: 12 days overdue`, `Done 3 May 2026`, `No due date`."""
        if self.standing in {Standing.OVERDUE, Standing.OPEN} and self.due:
            beside = self.beside_its_date
            return f"Due {day(self.due)}: {beside[0].lower()}{beside[1:]}"
        return self.beside_its_date

    @property
    def beside_its_date(self) -> str:
        """The same where the due date stands beside it: `12 days overdue`, `Today`."""
        match self.standing:
            case Standing.OVERDUE:
                return f"{self._late[0].upper()}{self._late[1:]} overdue"
            case Standing.OPEN if self.due is None:
                return "No due date"
            case Standing.OPEN:
                count = f"{self.days} day" if self.days == 1 else f"{self.days} days"
                return f"{count} left" if self.days else "Today"
            case Standing.DROPPED:
                return self.standing.value
        told = f"Done {day(self.done)}" if self.done else "Done"
        return f"{told}, {self._late} late" if self.standing is Standing.DONE_LATE else told

    @property
    def _late(self) -> str:
        assert self.due is not None  # what has no due date is never late
        return how_long(self.due, self.due + timedelta(days=self.days))


def read_action(*, due: date | None, done: date | None, dropped: bool, today: date) -> Reading:
    """How an action stands. It is overdue from the day after it is due."""
    if dropped:
        return Reading(Standing.DROPPED, due, None, 0)
    on = done or today
    late = (on - due).days if due else 0
    if done:
        standing = Standing.DONE_LATE if late > 0 else Standing.DONE
    else:
        standing = Standing.OVERDUE if late > 0 else Standing.OPEN
    return Reading(standing, due, done, abs(late) if due else 0)
