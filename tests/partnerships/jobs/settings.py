"""The portal's settings for processes of these tests.

With the handlers of these tests and a clock that ticks faster; without the apps that stand on
jobs, which the processes would load for nothing.
"""

from safeguarding.settings import *  # noqa: F403
from safeguarding.settings import (
    CELERY_BEAT_SCHEDULE,
    CELERY_BROKER_TRANSPORT_OPTIONS,
    INSTALLED_APPS,
)

ABOVE = {"safeguarding.apps.SafeguardingConfig", "reports", "reviews", "metrics"}
INSTALLED_APPS = [
    *(app for app in INSTALLED_APPS if app not in ABOVE),
    "tests.partnerships.jobs.ground.apps.GroundConfig",
]
ROOT_URLCONF = "partnerships.urls"
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {
    "visibility_timeout": 1,
    # The broker looks for messages to give again at every tenth call, a call each ten seconds: a
    # worker that starts before the message's time is over would look again after 100 seconds.
    "unacked_restore_interval": 0.5,
    "unacked_restore_throttle": 1,
    # A worker killed while it looks leaves its lock this long.
    "unacked_mutex_expire": 2,
}
CELERY_BEAT_SCHEDULE = {"sweep": CELERY_BEAT_SCHEDULE["sweep"] | {"schedule": 1.0}}
