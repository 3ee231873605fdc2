"""What was said at a partnership, from its folder of files.

The first row of a name tells of the activity. A further row of the same name counts something
of it, in its own words; without anything counted, a row's note and fact are the activity's.
"""

from pathlib import Path

from django.db import transaction

from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from reviews.figures import code_of
from reviews.models import VoiceActivity
from reviews.voice.actions import VoiceWords, save_figure, save_voice
from safeguarding.demo.files import Row, named
from safeguarding.demo.told import Load, area, figure, grouped, loading, must_agree, period


def load_voice_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads what was said, all or none; again mends it, and leaves what people changed."""
    load = loading(folder, partnership, by=by)
    with transaction.atomic():
        found = load.rows("voice.csv")
        for group in grouped(found, lambda row: code_of(row.required("activity"))):
            must_agree(group, "area", "who")
            with named(group[0]):
                activity = _activity(group[0], load)
            if activity is None:
                continue
            for row in group:
                with named(row):
                    _figure(row, group[0], activity, load)
    return {"entries of voice": len(found)}


def _activity(row: Row, load: Load) -> VoiceActivity | None:
    """The activity that a first row tells of; None where people have changed it."""
    code = code_of(row.text("activity"))
    if load.is_kept("voice", code):
        return None
    counts = bool(row.text("measure"))
    own, bare = load.printed.telling(row), load.printed.telling(row, note="", fact_id="")
    words = VoiceWords(
        name=row.required("activity"),
        period=period(row),
        who=row.required("who"),
        said_or_done=row.required("said_or_done"),
        changed=row.text("changed"),
        told_back=row.text("told_back"),
        area=area(row),
        telling=bare if counts else own,
    )
    found = load.partnership.voice_activities.filter(code=code).first()
    seen = found.version if found else 0
    return save_voice(partnership=load.partnership, code=code, words=words, seen=seen, by=load.by)


def _figure(row: Row, first: Row, activity: VoiceActivity, load: Load) -> None:
    if not row.text("measure"):
        if row is not first:
            raise row.error(
                f"measure is empty, and line {first.line} tells of the activity already."
            )
        return
    span, words = period(row), figure(row, load)
    found = activity.measures.filter(period=store_period(span), measure=words.measure).first()
    said = row.required("said_or_done")
    save_figure(
        activity=activity,
        period=span,
        words=words,
        of_what="" if said == first.text("said_or_done") else said,
        found=found,
        seen=found.version if found else 0,
        by=load.by,
    )
