"""Comments on figures: written, kept, followed up, settled, and read by nobody else."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from metrics.entries import Entry
from metrics.models import Cell, Comment, Revision
from metrics.returns.comments import CommentOvertaken, save_comment
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import AuditEvent, RoleName, User
from partnerships.periods import Span
from partnerships.refusals import Refused
from tests.metrics.returns.test_grid import address, row
from tests.return_factories import ReturnFactory
from tests.world import NOW, World, person

SignedIn = Callable[[User], Client]
LATE = "The December file is still to come."


def typed(code: str, words: str, *, flag: bool = False, seen: int = 0) -> dict[str, str]:
    """The boxes of a comment in a row, as a browser sends them."""
    sent = {f"{code}-comment": words, f"{code}-comment_seen": str(seen)}
    return sent | ({f"{code}-follow_up": "on"} if flag else {})


def own_page(span: Span, code: str = "referrals") -> str:
    return f"/p/testshire/returns/{span.key}/{code}/"


def say(
    world: World,
    span: Span,
    words: str = LATE,
    *,
    flag: bool = True,
    seen: int = 0,
    by: User | None = None,
) -> Comment:
    return save_comment(
        place=world.place(span),
        words=words,
        follow_up=flag,
        seen=seen,
        by=by or world.unit,
        at=NOW,
    )


def enter(world: World, span: Span, value: int = 12) -> Revision:
    return save_entry(
        place=world.place(span),
        entry=Entry(value=Decimal(value)),
        by=world.contributor,
        at=NOW,
        seen=0,
    )


def kept() -> list[tuple[str, bool]]:
    return list(Comment.objects.order_by("cell", "number").values_list("words", "follow_up"))


def test_comment_is_saved_beside_its_figure_or_without_one(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(world.unit)
    sent = (
        row("referrals", value="12")
        | typed("referrals", "Counted by hand.")
        | row("timely")
        | typed("timely", LATE, flag=True)
    )
    assert unit.post(address(newest), sent).status_code == 302
    page = unit.get(address(newest)).content.decode()
    assert "1 figure and 2 comments saved." in page
    assert "1 of 2 entered" in page
    assert sorted(kept()) == [("Counted by hand.", False), (LATE, True)]
    assert Revision.objects.count() == 1
    assert "<strong>To be followed up:</strong>" in page
    assert AuditEvent.objects.filter(verb="comment saved").count() == 2
    details = AuditEvent.objects.filter(verb="comment saved").values_list("detail", flat=True)
    assert not any(LATE in str(each) for each in details)


def test_rows_that_were_left_alone_keep_their_comments(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    say(world, newest)
    unit = signed_in(world.unit)
    sent = row("referrals", value="12") | typed("referrals", LATE, flag=True, seen=1)
    unit.post(address(newest), sent)
    assert kept() == [(LATE, True)]
    # Somebody opened the page before there was a comment, and typed a figure only.
    before = row("referrals", value="13", seen=1) | typed("referrals", "")
    assert unit.post(address(newest), before).status_code == 302
    assert kept() == [(LATE, True)]
    assert Revision.objects.count() == 2


def test_flag_without_words_is_refused_and_the_figure_saved(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    sent = row("referrals", value="12") | typed("referrals", "", flag=True)
    came = signed_in(world.unit).post(address(newest), sent)
    page = came.content.decode()
    assert (came.status_code, "1 figure saved." in page) == (422, True)
    said = "Referrals: Say in a few words what is to be followed up."
    assert f'<a href="#id_referrals-comment">{said}</a>' in page
    assert re.search('name="referrals-follow_up"[^>]* checked', page)
    assert kept() == []


def test_second_of_two_people_reads_both_comments_and_can_go_on(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    say(world, newest, by=world.second)
    unit = signed_in(world.unit)
    came = unit.post(address(newest), row("referrals") | typed("referrals", "Mine."))
    page = came.content.decode()
    assert came.status_code == 409
    assert f"second saved another comment since you opened the page: “{LATE}”" in page
    assert "Mine.</textarea>" in page
    assert kept() == [(LATE, True)]
    again = row("referrals") | typed("referrals", "Mine.", seen=1)
    assert unit.post(address(newest), again).status_code == 302
    assert kept() == [(LATE, True), ("Mine.", False)]


def test_comment_on_a_figure_that_was_approved_meanwhile_is_not_lost(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest)
    cell = Cell.objects.get()
    cell.approved = cell.latest
    cell.save()
    unit = signed_in(world.unit)
    sent = row("referrals", value="12", seen=1) | typed("referrals", "", flag=True)
    page = unit.post(address(newest), sent).content.decode()
    assert '<a href="#id_referrals-comment">' in page
    assert 'id="id_referrals-comment"' in page


def test_comment_is_written_and_settled_on_the_page_of_its_figure(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    unit, approver = signed_in(world.unit), signed_in(world.approver)
    place = f"{own_page(newest)}comment/"
    sent = {"comment": LATE, "follow_up": "on", "comment_seen": "0"}
    assert approver.post(place, sent).status_code == 302
    page = unit.get(own_page(newest)).content.decode()
    assert "To be followed up" in page
    assert "It is settled" in page
    assert "Nobody has entered this figure yet." in page
    assert unit.post(place, {"comment": LATE, "comment_seen": "1"}).status_code == 302
    assert kept() == [(LATE, True), (LATE, False)]
    page = unit.get(own_page(newest)).content.decode()
    assert "It is settled" not in page
    assert f"To be followed up: {LATE}" in page  # among the earlier versions
    assert unit.post(place, {"comment": "", "comment_seen": "2"}).status_code == 302
    assert kept()[-1] == ("", False)
    assert "Taken away." not in unit.get(own_page(newest)).content.decode()


def test_page_of_a_figure_keeps_a_comment_that_cannot_be_saved(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    say(world, newest, by=world.second)
    unit, place = signed_in(world.unit), f"{own_page(newest)}comment/"
    came = unit.post(place, {"comment": "Mine.", "comment_seen": "0"})
    page = came.content.decode()
    assert came.status_code == 409
    assert "Mine.</textarea>" in page
    assert 'name="comment_seen" value="1"' in page
    assert "Error: Referrals" in page
    came = unit.post(place, {"comment": "x" * 501, "comment_seen": "1"})
    assert (came.status_code, kept()) == (422, [(LATE, True)])
    assert unit.post(place, {"comment": "Mine."}).status_code == 422


def test_same_comment_twice_is_one_version(world: World, newest: Span) -> None:
    first = say(world, newest)
    assert say(world, newest) == first
    with pytest.raises(CommentOvertaken):
        say(world, newest, "Something else.")
    with pytest.raises(Refused, match="Say in a few words"):
        say(world, newest, "", seen=1)
    assert kept() == [(LATE, True)]


def test_nothing_is_no_comment(world: World, newest: Span) -> None:
    with pytest.raises(Refused, match="Write the comment"):
        say(world, newest, "", flag=False)
    assert Cell.objects.count() == 0


def test_what_is_to_be_followed_up_waits_for_those_who_work_on_the_figure(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    say(world, newest)
    council = person(world.partnership, RoleName.CONTRIBUTOR, "council", world.council)
    line = f"{newest.label}: follow up 1 figure<"

    def told(user: User) -> bool:
        return line in signed_in(user).get("/my/").content.decode()

    assert all(told(each) for each in (world.unit, world.approver, world.contributor))
    assert not told(council)
    overview = f"/p/testshire/returns/{newest.key}/"
    assert LATE in signed_in(world.contributor).get(overview).content.decode()
    assert LATE not in signed_in(council).get(overview).content.decode()
    assert signed_in(council).get(own_page(newest)).status_code == 404
    assert signed_in(council).post(f"{own_page(newest)}comment/").status_code == 404
    part = f"{overview}figures/agencies/police/"
    assert signed_in(world.unit).get(part).status_code == 404  # the return has no dates
    ReturnFactory(dataset=world.dataset, period=store_period(newest))
    assert LATE in signed_in(world.contributor).get(part).content.decode()
    say(world, newest, flag=False, seen=1)
    assert LATE not in signed_in(world.contributor).get(part).content.decode()
    assert not told(world.unit)
    assert LATE not in signed_in(world.unit).get(overview).content.decode()


def test_approver_looks_first_at_what_is_to_be_followed_up(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest)
    approver, page = signed_in(world.approver), f"{address(newest)[:-6]}decide/"
    assert "To be looked at first" not in approver.get(page).content.decode()
    say(world, newest)
    shown = approver.get(page).content.decode()
    assert "To be looked at first: 1" in shown
    assert LATE in shown


def test_comment_is_on_no_page_for_readers(world: World, newest: Span, signed_in: SignedIn) -> None:
    revision = enter(world, newest)
    Cell.objects.update(approved=revision)
    say(world, newest)
    partner = person(world.partnership, RoleName.PARTNER, "partner")
    client = signed_in(partner)
    for page in ("/p/testshire/", "/p/testshire/indicators/referrals/"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert LATE not in answer.content.decode()
