"""Rows of jobs in any state, as the constraints want them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from partnerships.models import Job, User

ASKED_AT = datetime(2020, 1, 14, 9, 0, tzinfo=UTC)
LEASE_UNTIL = ASKED_AT + timedelta(minutes=1)


def job_row(by: User, *, key: str = "any", state: str = "waiting", **fields: Any) -> Job:
    """A job of the kind `ground.row`, asked for on 14 January 2020."""
    told: dict[str, Any] = {
        "kind": "ground.row",
        "key": key,
        "state": state,
        "asked_by": by,
        "asked_at": ASKED_AT,
        "not_before": ASKED_AT,
    }
    if state == "running":
        told |= {
            "lease": "somebody-else",
            "lease_until": LEASE_UNTIL,
            "started_at": ASKED_AT,
            "attempts": 1,
        }
    if state in {"done", "failed", "cancelled"}:
        told |= {"finished_at": ASKED_AT}
    return Job.objects.create(**(told | fields))
