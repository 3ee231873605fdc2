"""Actions that wait for a person in their partnerships."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from partnerships.models import User
from partnerships.people.waiting import Held, Waiting, waits_for_people
from partnerships.permissions import Permission
from reviews.models import Action

SOON = timedelta(days=28)


@waits_for_people
def actions_due(user: User, held: Sequence[Held], on: date) -> Iterator[Waiting]:
    """Open actions, overdue or due within four weeks: of one's agencies, or of the business unit.

    One query for all partnerships.
    """
    agencies = [
        agency for each in held for agency in each.agencies_for(Permission.UPDATE_OWN_ACTIONS)
    ]
    kept = [each.partnership for each in held if Permission.KEEP_REVIEWS in each.permissions]
    if not agencies and not kept:
        return
    mine = Q(agency__in=agencies) | Q(agency__isnull=True, partnership__in=kept)
    due = Action.objects.filter(mine, state=Action.State.OPEN, due__lte=on + SOON)
    for action in due.select_related("partnership"):
        url = reverse("action", args=[action.partnership.slug, action.number])
        is_late = action.due is not None and action.due < on
        late = "overdue" if is_late else "to be done"
        words = f"Action {action.number}, {late}: {action.text.rstrip('.')}"
        # What is to be done may say for whom: an e-mail only counts.
        sort = "Actions overdue" if is_late else "Actions due within four weeks"
        yield Waiting(action.partnership, words, url, action.due, sort=sort)
