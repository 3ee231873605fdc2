"""Returns are opened on the first day after their quarter, before anybody is reminded of them."""

from datetime import time
from typing import Any

from django.utils import timezone

from metrics.returns.opening import open_returns
from partnerships.jobs import Effect, Run, every_day, handler
from partnerships.people.actions import system_actor

OPEN = "returns.open"

every_day(OPEN, after=time(0, 1), by=system_actor)


@handler(OPEN, title="Open the returns of the quarter that has ended")
def open_daily(run: Run) -> Effect:
    """A day that was missed is made up for: the next one opens them."""

    def effect() -> dict[str, Any]:
        return {"returns": open_returns(by=run.job.asked_by, at=timezone.now())}

    return effect
