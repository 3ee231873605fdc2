"""What the form asks for while somebody types, and how far it says that the return is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from metrics.models import CannotSupply, Revision
from partnerships.models import User
from partnerships.periods import Span
from tests.metrics.returns.test_grid import address, row
from tests.world import NOW, World

SignedIn = Callable[[User], Client]


@pytest.mark.parametrize(
    ("key", "numerator", "denominator", "words"),
    [
        ("timely", "45", "50", "90%"),
        ("timely", "1,000", "3,000", "33%"),
        ("timely", "50", "45", ""),
        ("timely", "some", "45", ""),
        ("timely", "45", "", ""),
        ("referrals", "45", "50", ""),
        ("nothing", "45", "50", ""),
    ],
)
def test_rate_is_worked_out_as_it_would_be_printed(
    world: World,
    newest: Span,
    signed_in: SignedIn,
    key: str,
    numerator: str,
    denominator: str,
    words: str,
) -> None:
    typed = {"row": key, "numerator": numerator, "denominator": denominator}
    page = address(newest).replace("/enter/", "/rate/")
    assert signed_in(world.unit).get(page, typed).json() == {"words": words}
    assert Revision.objects.count() == 0


def test_page_that_saves_itself_gets_its_rows_back(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    typed = row("referrals", value="120") | row("timely", numerator="45")
    headers = {"Accept": "application/json"}
    came = signed_in(world.unit).post(address(newest), typed, headers=headers)
    answer = came.json()
    assert (came.status_code, answer["said"], answer["wrong"]) == (422, "1 figure saved.", 1)
    assert 'name="referrals-seen" value="1"' in answer["rows"]["referrals"]
    assert "Enter both numbers" in answer["rows"]["timely"]
    assert "1 of 2 entered" in answer["progress"]
    only = row("referrals", value="121", seen=1)
    came = signed_in(world.unit).post(address(newest), only, headers=headers)
    assert (came.status_code, list(came.json()["rows"])) == (200, ["referrals"])


def test_what_cannot_be_supplied_is_excused_and_not_missed(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    today = timezone.localdate()
    CannotSupply.objects.create(
        agency=world.police,
        indicator=world.referrals,
        because="The system is being changed.",
        first=today,
        until=today + timedelta(days=30),
        by=world.unit,
        at=NOW,
    )
    unit = signed_in(world.unit)
    page = unit.get(address(newest)).content.decode()
    assert "0 of 2 entered, 1 cannot be supplied" in page
    assert "Cannot be supplied until" in page
    unit.post(address(newest), row("referrals", value="120"))
    page = unit.get(address(newest)).content.decode()
    assert "1 of 2 entered" in page
    assert "cannot be supplied" not in page
