"""What is still missing in an agency's part, said before somebody submits it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from metrics.actions import approve, send_back
from metrics.models import Return
from metrics.returns.cannot_supply.actions import say_cannot_supply
from metrics.returns.parts.actions import set_dates
from partnerships.models import User
from partnerships.periods import Span, day
from tests.metrics.returns.test_divisions import NEGLECT, OTHER, divided, enter
from tests.metrics.returns.test_grid import address
from tests.return_factories import CommentaryFactory, ExpectedWordsFactory
from tests.world import NOW, World

SignedIn = Callable[[User], Client]
MAKE = "make 110. The total is 120: the categories make 10 fewer."

__all__ = ["divided"]  # a fixture


def figure(span: Span, key: str) -> str:
    return f"/p/testshire/returns/{span.key}/{key}/"


def part(span: Span, agency: str = "police") -> str:
    return f"/p/testshire/returns/{span.key}/figures/agencies/{agency}/"


@pytest.fixture
def whole(divided: World, newest: Span) -> Return:
    day = date(newest.last.year + 1, 12, 1)
    return set_dates(
        dataset=divided.dataset,
        span=newest,
        due=day,
        closed_to_new=day,
        closed_to_edits=day,
        by=divided.unit,
    )


def enter_group(world: World, span: Span) -> None:
    for key, value in (("referrals", 120), (NEGLECT, 80), (OTHER, 30)):
        enter(world, span, key, value)


def links(page: str) -> list[str]:
    return re.findall(r'<a class="govuk-link"\s+href="([^"]+)"', page)


def test_figure_that_breaks_its_group_says_so_at_once_and_leads_to_the_others(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(divided, newest, "referrals", 120)
    enter(divided, newest, NEGLECT, 80)
    typed = {"value": "30", "seen": "0", "marker": "", "note": ""}
    unit = signed_in(divided.unit)
    came = unit.post(figure(newest, OTHER), typed, follow=True)
    assert came.redirect_chain == [(figure(newest, OTHER), 302)]
    page = came.content.decode()
    assert "Referrals: Other abuse" in page
    assert MAKE in page
    assert {figure(newest, key) for key in ("referrals", NEGLECT)} <= set(links(page))
    together = f"{address(newest)}#id_{NEGLECT}-value"
    assert together in links(page)
    assert f'id="id_{NEGLECT}-value"' in unit.get(address(newest)).content.decode()


def test_every_figure_of_a_group_says_that_it_is_off_until_it_is_put_right(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    enter_group(divided, newest)
    unit = signed_in(divided.unit)
    for key in ("referrals", NEGLECT, OTHER):
        assert MAKE in unit.get(figure(newest, key)).content.decode()
    enter(divided, newest, OTHER, 40, seen=1)
    for key in ("referrals", NEGLECT, OTHER):
        assert "The total is" not in unit.get(figure(newest, key)).content.decode()


def test_approver_reads_that_a_group_is_off_but_gets_no_link_to_the_form(
    divided: World, newest: Span, signed_in: SignedIn
) -> None:
    enter_group(divided, newest)
    page = signed_in(divided.approver).get(figure(newest, NEGLECT)).content.decode()
    assert MAKE in page
    assert "form of all figures" not in page


def test_part_lists_what_is_missing_with_a_link_to_each(
    divided: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    ExpectedWordsFactory(agency=divided.police, theme="front-door", first=date(2020, 4, 1))
    cell = enter(divided, newest, "referrals", 120)
    send_back(cell=cell, seen=1, by=divided.approver, at=NOW, reason="A week is missing.")
    contributor = signed_in(divided.contributor)
    page = contributor.get(part(newest)).content.decode()
    for said in ("Figures to enter: 2", "Figures sent back: 1", "Texts to write: 1"):
        assert said in page
    assert "Referrals: A week is missing." in page
    assert "Submit" not in page
    form = contributor.get(address(newest)).content.decode()
    to_boxes = [each for each in links(page) if "#" in each]
    assert len(to_boxes) == 4
    for each in to_boxes:
        assert f'id="{each.partition("#")[2]}"' in form


def test_part_lists_groups_that_do_not_add_up_and_refuses_nothing_by_surprise(
    divided: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    enter_group(divided, newest)
    contributor = signed_in(divided.contributor)
    agencies = contributor.get(f"/p/testshire/returns/{newest.key}/figures/agencies/")
    assert "Groups of figures that do not add up: 1." in agencies.content.decode()
    assert part(newest) in links(agencies.content.decode())
    page = contributor.get(part(newest)).content.decode()
    assert MAKE in page
    assert "Referrals by category of abuse" in page
    assert "Submit" not in page
    enter(divided, newest, OTHER, 40, seen=1)
    page = contributor.get(part(newest)).content.decode()
    assert "Nothing is missing." in page
    assert "Submit" in page


def test_step_that_is_refused_leads_to_what_is_missing(
    divided: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    came = signed_in(divided.contributor).post(
        part(newest) + "step/", {"step": "submitted"}, follow=True
    )
    assert came.redirect_chain == [(part(newest), 302)]
    page = came.content.decode()
    assert "3 of 3 figures are missing." in page
    assert "Figures to enter: 3" in page
    assert whole.steps.count() == 0


def test_part_that_is_whole_names_what_is_excused(
    divided: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    say_cannot_supply(
        agency=divided.council,
        indicator=divided.timely,
        because="A new system.",
        first=today,
        until=today,
        by=divided.unit,
        at=NOW,
    )
    page = signed_in(divided.unit).get(part(newest, "council")).content.decode()
    assert "Nothing is missing." in page
    assert "Conferences held in time\n" in page
    assert f"Until {day(today)}: A new system." in page


def test_contributor_meets_no_part_but_their_own(
    divided: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    contributor = signed_in(divided.contributor)
    assert contributor.get(part(newest, "council")).status_code == 404
    assert contributor.get(part(newest)).status_code == 200


def test_text_that_is_written_is_not_missing(
    divided: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    ExpectedWordsFactory(agency=divided.police, theme="front-door", first=date(2020, 4, 1))
    CommentaryFactory(
        dataset=divided.dataset,
        period=whole.period,
        agency=divided.police,
        theme="front-door",
        by=divided.contributor,
    )
    for key, value in (("referrals", 120), (NEGLECT, 80), (OTHER, 40)):
        cell = enter(divided, newest, key, value)
        approve(cell=cell, seen=1, by=divided.approver, at=NOW)
    page = signed_in(divided.contributor).get(part(newest)).content.decode()
    assert "Nothing is missing." in page
