"""Work in the background: a row is the truth, and its effect on the data happens once.

An app asks for work with `enqueue` and does it in a function registered with `handler`.
How it works, and what happens when things die: docs/jobs.md.
"""

from partnerships.jobs.actions import ask_again, cancel, enqueue
from partnerships.jobs.daily import every_day
from partnerships.jobs.errors import Cancelled, HandedBack, JobError, LeaseLost
from partnerships.jobs.newest import newest_jobs
from partnerships.jobs.registry import Effect, handler
from partnerships.jobs.running import Run
from partnerships.jobs.worker import run_now

__all__ = [
    "Cancelled",
    "Effect",
    "HandedBack",
    "JobError",
    "LeaseLost",
    "Run",
    "ask_again",
    "cancel",
    "enqueue",
    "every_day",
    "handler",
    "newest_jobs",
    "run_now",
]
