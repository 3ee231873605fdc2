"""What metrics does in the background."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from partnerships.jobs import Run, handler
from partnerships.models import Partnership
from partnerships.people.actions import system_actor

STEPS = 3


@handler("metrics.compute_changes", title="Work out what changed")
def compute_changes(run: Run) -> Callable[[], dict[str, Any]]:
    """One partnership: its years from its quarters, then all its changes.

    Years are stored on the way, since changes refer to them; doing that twice changes nothing.
    The changes are stored in the transaction that ends the job.
    """
    # Here and not above: pandas and SciPy take a second, which every command would pay.
    from metrics.changes import computed, store
    from metrics.rollups import store_years

    partnership = Partnership.objects.get(slug=run.job.arguments["partnership"])
    run.progress(0, STEPS, "adding up the quarters")
    years = store_years(partnership, by=system_actor(), at=timezone.now())
    run.check_cancelled()
    run.progress(1, STEPS, "comparing the figures")
    rows = computed(partnership)
    run.check_cancelled()
    run.progress(2, STEPS, "storing the changes")
    return lambda: {"years": years} | store(partnership, rows)
