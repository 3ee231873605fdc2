"""What metrics does in the background."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnerships.jobs import Run, handler
from partnerships.models import Partnership
from partnerships.people.actions import system_actor

STEPS = 3


@handler("metrics.compute_changes", title="Work out what changed")
def compute_changes(run: Run) -> Callable[[], dict[str, Any]]:
    """What is waiting of one partnership, or of official statistics: years, then the changes.

    Years are stored on the way, since changes refer to them; doing that twice changes nothing.
    The changes are stored, and what was waiting is taken away, in the transaction that ends
    the job. What moves after it was read waits for the next job.
    """
    # Here and not above: pandas and SciPy take a second, which every command would pay.
    from metrics.changes import computed
    from metrics.rollups import store_years
    from metrics.storing import replace_all, replace_some
    from metrics.touched import clear, waiting

    slug = run.job.arguments["partnership"]
    partnership = Partnership.objects.get(slug=slug) if slug else None
    now = waiting(partnership)
    if not now.rows:  # an earlier job did it
        return lambda: {"years": 0, "changes": 0}
    run.progress(0, STEPS, "adding up the quarters")
    with transaction.atomic():
        years = store_years(partnership, now.reach, by=system_actor(), at=timezone.now())
        run.hold()
    run.progress(1, STEPS, "comparing the figures")
    rows = computed(partnership, now.reach)
    run.progress(2, STEPS, "storing the changes")

    def effect() -> dict[str, Any]:
        changes = replace_all(partnership, rows) if now.reach is None else replace_some(rows)
        clear(now)
        return {"years": years, "changes": changes}

    return effect
