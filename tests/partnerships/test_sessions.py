"""Sessions that have ended are removed; those that last are left alone."""

from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from partnerships.jobs.daily import ask_for_what_is_due
from partnerships.jobs.worker import run_now
from partnerships.models import User
from partnerships.people.sessions import CLEAR


def session(*, ends: timedelta) -> str | None:
    kept = SessionStore()
    kept["unsent"] = "what somebody typed"
    kept.set_expiry(timezone.now() + ends)
    kept.save()
    return kept.session_key


def test_ended_sessions_are_removed_once_a_day(system: User) -> None:
    session(ends=-timedelta(minutes=1))
    lasting = session(ends=timedelta(minutes=1))
    night = datetime(2026, 7, 15, 2, tzinfo=UTC)  # three in London
    [job] = [each for each in ask_for_what_is_due(now=night) if each.kind == CLEAR]
    assert run_now(job).result == {"sessions": 1}
    assert [each.session_key for each in Session.objects.all()] == [lasting]
