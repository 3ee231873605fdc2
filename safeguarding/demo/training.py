"""A partnership's training, from its folder of files: a row for each thing that is counted.

Rows of the same name are one activity; it serves every priority that one of them names. What a
row says again of the same period is a further mention, which is not added up.
"""

from collections import Counter
from pathlib import Path

from django.db import transaction

from partnerships.calendar import store_period
from partnerships.models import Partnership, Priority, User
from reviews.figures import code_of
from reviews.models import TrainingActivity
from reviews.training.actions import ActivityWords, save_activity, save_figure
from safeguarding.demo.files import Row, known, named
from safeguarding.demo.told import (
    Load,
    area,
    figure,
    grouped,
    loading,
    must_agree,
    period,
)


def load_training_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads training, all or none; again mends what differs, and leaves what people changed."""
    load = loading(folder, partnership, by=by)
    with transaction.atomic():
        found = load.rows("training.csv")
        for group in grouped(found, lambda row: code_of(row.required("activity"))):
            must_agree(group, "kind", "total_of", "provider", "area")
            with named(group[0]):
                activity = _activity(group, load)
            if activity:
                _figures(group, activity, load)
    return {"figures of training": len(found)}


def _activity(group: list[Row], load: Load) -> TrainingActivity | None:
    """The activity that the rows are of; None where people have changed it."""
    first = group[0]
    code = code_of(first.text("activity"))
    priorities = [_priority(row, load) for row in group if row.text("priority")]
    if load.is_kept("training", code):
        return None
    found = load.partnership.training_activities.filter(code=code).first()
    return save_activity(
        partnership=load.partnership,
        code=code,
        words=ActivityWords(
            name=first.required("activity"),
            kind=known(first, "kind", TrainingActivity.Kind.values),
            total_of=first.text("total_of"),
            provider=first.required("provider"),
            area=area(first),
        ),
        priorities=list(dict.fromkeys(priorities)),
        seen=found.version if found else 0,
        by=load.by,
    )


def _priority(row: Row, load: Load) -> Priority:
    code = row.text("priority")
    found = load.partnership.priorities.filter(code=code).first()
    if found is None:
        raise row.error(f"priority is {code!r}, which is not in priorities.csv.")
    return found


def _figures(group: list[Row], activity: TrainingActivity, load: Load) -> None:
    told: Counter[tuple[str, str]] = Counter()
    for row in group:
        with named(row):
            span = period(row)
            words = figure(row, load)
            told[span.key, words.measure] += 1
            mention = told[span.key, words.measure]
            found = activity.measures.filter(
                period=store_period(span), measure=words.measure, mention=mention
            ).first()
            save_figure(
                activity=activity,
                period=span,
                words=words,
                mention=mention,
                found=found,
                seen=found.version if found else 0,
                by=load.by,
            )
