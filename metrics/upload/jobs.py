"""Large files in the background: looked at, and taken.

The worker does it as the person who uploaded the file, with the roles they hold at that moment.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from metrics.actions import FigureError
from metrics.models import ImportBatch
from metrics.upload import actions, taking
from metrics.upload.reading import Layouts
from metrics.upload.refusals import FileRefused
from metrics.upload.scopes import Scope, agencies_at, layouts_of, scopes_of
from metrics.upload.tables import shown_of
from partnerships.jobs import JobError, Run, enqueue, handler
from partnerships.models import Job, User

AGAIN = "The page for uploading lists the file: open it there, and choose Check the file again."
NO_ROLE = "You do not enter figures here any more, so nothing of the file was saved."


def ask_check(batch: ImportBatch, *, by: User) -> Job:
    """The job that looks at a large file; asking twice is one job."""
    return _ask("metrics.check_upload", batch, by)


@transaction.atomic
def ask_take(batch: ImportBatch, *, said: taking.Confirmed, by: User) -> Job:
    """The job that takes a large file as it was seen; what was said waits with the file."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.WAITING)
    checked = batch.checked | {"seen": said.seen, "answer": said.answer}
    waiting.update(reason=said.reason, checked=checked)
    return _ask("metrics.take_upload", batch, by)


def _ask(kind: str, batch: ImportBatch, by: User) -> Job:
    return enqueue(
        kind=kind,
        key=f"{batch.partnership.slug} {batch.period.key} {batch.pk}",
        by=by,
        partnership=batch.partnership,
        arguments={"batch": batch.pk},
    )


@handler("metrics.check_upload", title="Look at an uploaded file")
def check_upload(run: Run) -> Callable[[], dict[str, Any]]:
    """What a waiting file would do, kept with it as its page shows it."""
    batch, scopes, layouts = _batch(run)
    try:
        found = taking.preview(batch, scopes, layouts, heard=_tell(run))
    except (FileRefused, FigureError) as error:
        raise JobError(str(error)) from error
    shown = asdict(shown_of(found))

    def keep() -> dict[str, Any]:
        waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.WAITING)
        waiting.update(checked=shown)
        return {"page": _page(batch)}

    return keep


@handler("metrics.take_upload", title="Save the figures of an uploaded file")
def take_upload(run: Run) -> Callable[[], dict[str, Any]]:
    """Reads the file, then stores it in the transaction that ends the job: all or nothing."""
    batch, scopes, layouts = _batch(run)
    back = {"page": reverse("return_period", args=[batch.partnership.slug, batch.period.key])}
    if batch.state == ImportBatch.State.TAKEN:
        return lambda: back | batch.result
    try:
        found = taking.read(batch, scopes, layouts, heard=_tell(run))
    except (FileRefused, FigureError) as error:
        raise JobError(str(error)) from error
    run.progress(1, 1, "saving the figures")

    def store() -> dict[str, Any]:
        try:
            taken = taking.take(
                batch,
                found,
                said=_said(batch),
                by=batch.by,
                at=timezone.now(),
            )
        except FigureError as error:
            raise JobError(f"{error} {AGAIN}") from error
        return {**back, **taken.result}

    return store


@handler("metrics.drop_uploads", title="Drop uploaded files that waited for a day")
def drop_uploads(_run: Run) -> Callable[[], dict[str, Any]]:
    """Drops what has waited for long enough, and asks for itself again where files wait."""

    def drop() -> dict[str, Any]:
        dropped = actions.drop_stale(at=timezone.now())
        actions.ask_drop()
        return {"dropped": dropped}

    return drop


def _batch(run: Run) -> tuple[ImportBatch, tuple[Scope, ...], Layouts]:
    """The file, and what its sender may fill in today."""
    waiting = ImportBatch.objects.select_related("partnership", "period", "by")
    batch = waiting.get(pk=run.job.arguments["batch"])
    today = timezone.localdate()
    roles = list(
        batch.by.roles.open_on(today).select_related("partnership", "agency__organisation")
    )
    scopes = scopes_of(batch.by, batch.partnership, roles, batch.period.span, on=today)
    if not batch.by.is_active or not scopes or scopes[0].partnership != batch.partnership:
        raise JobError(NO_ROLE)
    return batch, scopes, layouts_of(agencies_at(batch.by, scopes[0], roles, on=today))


def _said(batch: ImportBatch) -> taking.Confirmed:
    checked = batch.checked
    return taking.Confirmed(
        str(checked.get("seen", "")), batch.reason, str(checked.get("answer", ""))
    )


def _tell(run: Run) -> taking.Heard:
    """Says every five thousand rows how far the reading is; stops where it was cancelled."""

    def heard(count: int) -> None:
        if count % 5000 == 0:
            run.progress(0, 0, f"{count:,} rows read")

    return heard


def _page(batch: ImportBatch) -> str:
    return reverse(
        "return_upload_preview", args=[batch.partnership.slug, batch.period.key, batch.pk]
    )
