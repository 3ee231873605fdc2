"""The house: settings, addresses, the Celery application, and what sets up the whole."""

from safeguarding.celery import app as celery_app

__all__ = ["celery_app"]
