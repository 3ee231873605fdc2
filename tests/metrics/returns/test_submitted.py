"""A submitted part stands still until it is given back, taken back, or a figure is sent back."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client

from metrics.actions import Closed, approve, send_back
from metrics.entries import Entry
from metrics.models import Return, Revision
from metrics.owed import Owed
from metrics.queries import return_rows, whole_cells
from metrics.returns.deciding.resubmitted import changed_since
from metrics.returns.parts.actions import take_step
from metrics.returns.parts.standing import Part, PartState, parts
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span
from partnerships.refusals import Refused
from tests.world import NOW, World

SignedIn = Callable[[User], Client]
TODAY = NOW.date()


def opened(world: World, span: Span) -> Return:
    last = TODAY + timedelta(days=400)
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(span),
        due=TODAY,
        closed_to_new=last,
        closed_to_edits=last,
    )


def part(whole: Return) -> Part:
    (one,) = [p for p in parts(whole, on=TODAY) if p.agency.organisation.slug == "police"]
    return one


def step(whole: Return, kind: str, by: User, *, reason: str = "", later: int = 0) -> None:
    at = NOW + timedelta(hours=later)
    take_step(part=part(whole), part_of=whole, kind=kind, by=by, at=at, reason=reason)


def enter(world: World, value: int, seen: int, *, by: User | None = None, later: int = 0) -> int:
    return save_entry(
        place=world.place(span_of(world)),
        entry=Entry(value=Decimal(value)),
        by=by or world.contributor,
        at=NOW + timedelta(hours=later),
        seen=seen,
    ).number


def span_of(world: World) -> Span:
    return world.dataset.returns.get().period.span


@pytest.fixture
def submitted(world: World, newest: Span) -> Return:
    whole = opened(world, newest)
    enter(world, 7, 0)
    step(whole, "submitted", world.contributor)
    return whole


def test_submitted_figure_is_changed_by_nobody(world: World, submitted: Return) -> None:
    for by in (world.contributor, world.unit):
        with pytest.raises(Closed, match="Police submitted its part of this return on 10 July"):
            enter(world, 8, 1, by=by)
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "who", "state"),
    [
        ("returned", "approver", PartState.RETURNED),
        ("withdrawn", "unit", PartState.OPEN),
    ],
)
def test_part_that_was_given_or_taken_back_takes_changes_until_it_is_submitted_again(
    world: World, submitted: Return, kind: str, who: str, state: PartState
) -> None:
    step(submitted, kind, getattr(world, who), reason="One week is missing.", later=1)
    assert part(submitted).state is state
    assert enter(world, 8, 1, later=2) == 2
    step(submitted, "submitted", world.contributor, later=3)
    assert part(submitted).state is PartState.SUBMITTED
    with pytest.raises(Closed):
        enter(world, 9, 2, later=4)


def test_figure_that_was_sent_back_is_put_right_in_a_submitted_part(
    world: World, submitted: Return
) -> None:
    send_back(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW, reason="Which week?")
    assert enter(world, 8, 1) == 2
    with pytest.raises(Closed):
        enter(world, 9, 2)


def test_approved_figure_of_a_submitted_part_is_still_corrected(
    world: World, submitted: Return
) -> None:
    approve(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW)
    corrected = save_entry(
        place=world.place(span_of(world)),
        entry=Entry(value=Decimal(9)),
        by=world.contributor,
        at=NOW,
        seen=1,
        reason="Two were missed.",
    )
    assert corrected.number == 2


def test_part_with_figures_sent_back_is_not_submitted(world: World, submitted: Return) -> None:
    step(submitted, "returned", world.approver, reason="Look again.", later=1)
    send_back(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW, reason="Which week?")
    with pytest.raises(Refused, match="1 of the figures of Police stand sent back"):
        step(submitted, "submitted", world.contributor, later=2)


def test_taking_back_needs_a_submission_and_a_reason(world: World, submitted: Return) -> None:
    with pytest.raises(Refused, match="Say why the submission is taken back"):
        step(submitted, "withdrawn", world.unit)
    step(submitted, "withdrawn", world.unit, reason="A new count.", later=1)
    with pytest.raises(Refused, match="submitted nothing that could be taken back"):
        step(submitted, "withdrawn", world.unit, reason="Again.", later=2)


def test_part_whose_figures_are_all_approved_is_not_taken_back(
    world: World, submitted: Return
) -> None:
    approve(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW)
    with pytest.raises(Refused, match="Correct them instead"):
        step(submitted, "withdrawn", world.unit, reason="A new count.")


def test_contributor_does_not_take_a_submission_back(
    world: World, submitted: Return, signed_in: SignedIn
) -> None:
    here = f"/p/testshire/returns/{span_of(world).key}/figures/agencies/"
    sent = {"step": "withdrawn", "reason": "A new count."}
    assert signed_in(world.contributor).post(f"{here}police/step/", sent).status_code == 403
    assert signed_in(world.approver).post(f"{here}police/step/", sent).status_code == 403
    unit = signed_in(world.unit)
    assert "Take submission back" in unit.get(here).content.decode()
    done = unit.post(f"{here}police/step/", sent, follow=True).content.decode()
    assert "Police: its submission is taken back." in done
    assert "Taken back by unit" in done


def test_pages_say_that_a_submitted_figure_stands(
    world: World, submitted: Return, signed_in: SignedIn
) -> None:
    here = f"/p/testshire/returns/{span_of(world).key}/"
    contributor = signed_in(world.contributor)
    said = "Police submitted its part of this return on 10 July 2026."
    figure = contributor.get(f"{here}referrals/").content.decode()
    assert said in figure
    assert "main-form" not in figure
    assert said in contributor.get(f"{here}figures/enter/").content.decode()
    typed = {"referrals-value": "8", "referrals-seen": "1", "referrals-marker": ""}
    refused = contributor.post(f"{here}figures/enter/", typed)
    assert refused.status_code == 422
    assert f"Referrals: {said}" in refused.content.decode()
    assert Revision.objects.count() == 1


def test_nobody_is_told_to_ask_themselves(
    world: World, submitted: Return, signed_in: SignedIn
) -> None:
    here = f"/p/testshire/returns/{span_of(world).key}/"
    for who in (world.unit, world.contributor):
        page = signed_in(who).get(f"{here}figures/enter/").content.decode()
        assert "when the business unit takes the submission back" in page
        assert "sk the business unit" not in page


def test_approver_reads_what_changed_since_the_submission_given_back(
    world: World, submitted: Return, signed_in: SignedIn
) -> None:
    page = f"/p/testshire/returns/{span_of(world).key}/figures/decide/"
    approver = signed_in(world.approver)
    assert "when the part was submitted" not in approver.get(page).content.decode()
    step(submitted, "returned", world.approver, reason="One week is missing.", later=1)
    enter(world, 8, 1, later=2)
    step(submitted, "submitted", world.contributor, later=3)
    assert "Was 7 when the part was submitted on 10 July 2026." in (
        approver.get(page).content.decode()
    )


def test_what_changed_is_told_from_the_last_submission_but_one(
    world: World, submitted: Return
) -> None:
    for n in (1, 2):
        step(submitted, "returned", world.approver, reason="Again.", later=3 * n)
        enter(world, 7 + n, n, later=3 * n + 1)
        step(submitted, "submitted", world.contributor, later=3 * n + 2)
    rows = return_rows(
        world.dataset, world.area, span_of(world), map(Owed, [world.referrals, world.timely])
    )
    changed = changed_since(submitted, rows)
    assert {pk: each.was and each.was.value for pk, each in changed.items()} == {
        whole_cells().get().pk: Decimal(8)
    }


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_submits_while_a_figure_is_being_saved(world: World, newest: Span) -> None:
    whole = opened(world, newest)
    enter(world, 7, 0)
    seen = part(whole)
    raised: list[Exception] = []

    def submit() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
                take_step(part=seen, part_of=whole, kind="submitted", by=world.unit, at=NOW)
        except OperationalError as error:
            raised.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        enter(world, 8, 1)
        other = Thread(target=submit)
        other.start()
        other.join()
    assert len(raised) == 1
    assert whole.steps.count() == 0


@pytest.mark.parametrize("sent_back", [False, True])
def test_no_file_gets_past_a_submission_except_for_what_was_sent_back(
    world: World, submitted: Return, signed_in: SignedIn, sent_back: bool
) -> None:
    if sent_back:
        send_back(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW, reason="Which week?")
    page = signed_in(world.contributor).post(
        f"/p/testshire/returns/{span_of(world).key}/figures/upload/",
        {"file": SimpleUploadedFile("return.csv", b"Code,Value\nreferrals,8\n")},
        follow=True,
    )
    said = "Police submitted its part of this return on 10 July 2026. Its figures cannot be changed"
    assert (said in page.content.decode()) is not sent_back


def test_submission_between_a_file_s_preview_and_its_saving_is_heeded(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    whole = opened(world, newest)
    enter(world, 7, 0)
    client = signed_in(world.contributor)
    page = client.post(
        f"/p/testshire/returns/{newest.key}/figures/upload/",
        {"file": SimpleUploadedFile("return.csv", b"Code,Value\nreferrals,8\n")},
        follow=True,
    )
    sent = {"seen": page.context["shown"].seen, "reason": "A week was missed."}
    step(whole, "submitted", world.contributor)
    url = page.redirect_chain[-1][0]
    assert client.post(url, sent).status_code != 302
    assert Revision.objects.count() == 1
