"""Sessions that have ended are removed once a day: one may hold what somebody typed."""

from datetime import time
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

from partnerships.jobs import Effect, Run, every_day, handler
from partnerships.people.actions import system_actor

CLEAR = "people.clear_sessions"

every_day(CLEAR, after=time(3), by=system_actor)


@handler(CLEAR, title="Removal of ended sessions, once a day")
def clear_sessions(run: Run) -> Effect:
    """Removes every session whose time is over; nobody is signed out by it."""

    def effect() -> dict[str, Any]:
        removed, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
        return {"sessions": removed}

    return effect
