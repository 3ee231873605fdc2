"""What the page of one figure shows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from metrics import queries
from metrics.models import CannotSupply, Revision
from metrics.queries import ReturnRow, State
from metrics.returns import access, tables
from metrics.returns.cannot_supply.queries import excused_on, until_and_why
from metrics.returns.closing import closing_of
from metrics.returns.comments import versions_on
from metrics.returns.comments_form import CommentForm
from metrics.returns.figure.forms import ApproveForm, EntryForm, SendBackForm
from metrics.returns.partitions import off_around
from metrics.returns.parts.gaps import Group, groups
from partnerships.door import SignedIn
from partnerships.elements import Fact
from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.permissions import Permission


def comment_page(
    request: SignedIn,
    partnership: Partnership,
    row: ReturnRow,
    span: Span,
    comment_form: CommentForm,
    *,
    status: int,
) -> HttpResponse:
    """The page of a figure, whose comment could not be saved."""
    latest = row.cell.latest if row.cell else None
    form = EntryForm(owed=row.owed, latest=latest, correcting=row.is_approved)
    return cell_page(
        request, partnership, row, span, form, status=status, comment_form=comment_form
    )


def cell_page(
    request: SignedIn,
    partnership: Partnership,
    row: ReturnRow,
    span: Span,
    form: EntryForm,
    *,
    status: int = 200,
    overtaken_by: Revision | None = None,
    comment_form: CommentForm | None = None,
) -> HttpResponse:
    cell = row.cell
    latest = cell.latest if cell else None
    deciding = (
        Permission.APPROVE_FIGURES in request.permissions
        and latest is not None
        and row.state in {State.WAITING, State.CORRECTION_WAITING}
    )
    seen = {"seen": latest.number if latest else 0}
    own = latest is not None and latest.by_id == request.user.pk
    compared = (row.quarter_before, row.year_before)
    history = list(queries.history_of(cell)) if cell else []
    comments = versions_on(cell)
    excuse = None if latest else _excuse(request, partnership, row, span)
    context = {
        "partnership": partnership,
        "trail": access.trail(request, partnership, span, row.name),
        "span": span,
        "row": row,
        "form": form,
        "overtaken_by": overtaken_by,
        "state": tables.state_of(row, {row.indicator.pk} if excuse else ()),
        "known": _known(row, span, excuse),
        "history": tables.history(cell, history, row.indicator),
        "markers": tables.flags_told([*history, *filter(None, compared)]),
        "may_enter": access.may_enter(request, partnership, span, row),
        "closed": _why_closed(partnership, row, span),
        "groups": _groups(request, partnership, row, span),
        "may_type": bool(request.permissions.intersection(access.ENTERS)),
        "comment": comments[0] if comments else None,
        "follow_up": tables.FOLLOW_UP,
        "comments_before": tables.comments(comments[1:]),
        "comment_form": comment_form or CommentForm(seen=comments[0] if comments else None),
        "approve_form": ApproveForm(initial=seen, own_entry=own) if deciding else None,
        "send_back_form": SendBackForm(initial=seen) if deciding else None,
    }
    return render(request, "metrics/return_cell.html", context, status=status)


def _why_closed(partnership: Partnership, row: ReturnRow, span: Span) -> str:
    """Why the figure takes no entry now; empty where it does."""
    dataset = queries.returns_dataset(partnership)
    assert dataset is not None  # the page is of a return
    return closing_of(dataset.pk, span, on=timezone.localdate()).why(
        indicator=row.indicator.pk,
        entered=row.latest is not None,
        approved=row.is_approved,
        sent_back=row.state is State.SENT_BACK,
    )


def _excuse(
    request: SignedIn, partnership: Partnership, row: ReturnRow, span: Span
) -> CannotSupply | None:
    """Until when the figure cannot be supplied, and why; None where it is asked for."""
    own = access.own_agencies(request, partnership)
    found = excused_on(partnership, span, on=timezone.localdate(), agencies=own)
    return found.get(row.indicator.pk)


def _known(row: ReturnRow, span: Span, excuse: CannotSupply | None) -> list[Fact]:
    """The figure with what was said of it, and what it is held against."""
    before, latest = span.quarter_before, row.latest
    assert before is not None  # a return is of a quarter
    said = [
        ("Why there is no number", latest.marker_reason if latest else ""),
        ("Note for readers", latest.note if latest else ""),
        ("Cannot be supplied", until_and_why(excuse) if excuse else ""),
    ]
    return [
        Fact(span.label, tables.flagged(latest, row.indicator)),
        *(Fact(label, words) for label, words in said if words),
        Fact(f"Quarter before, {before.label}", tables.flagged(row.quarter_before, row.indicator)),
        Fact(
            f"Year before, {span.year_before.label}", tables.flagged(row.year_before, row.indicator)
        ),
    ]


def _groups(request: SignedIn, partnership: Partnership, row: ReturnRow, span: Span) -> list[Group]:
    """Where the figure and those that it goes together with do not add up."""
    dataset = queries.returns_dataset(partnership)
    assert dataset is not None  # the page is of a return
    found = off_around(
        dataset,
        partnership.area,
        span,
        row.indicator,
        row.owed.slice_key,
    )
    seen = {each.key for each in access.owed_for(request, partnership, span)} if found else set()
    return groups(found, partnership, span, seen=seen)
