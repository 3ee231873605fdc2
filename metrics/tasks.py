"""What Celery's beat asks metrics for."""

from celery import shared_task
from django.utils import timezone

from metrics.returns.part_actions import remind
from partnerships.people.actions import system_actor


@shared_task(name="metrics.remind", acks_late=True)
def remind_of_returns() -> None:
    """Once a day; asking again the same day reminds nobody twice."""
    remind(by=system_actor(), at=timezone.now())
