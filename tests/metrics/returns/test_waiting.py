"""What waits for a person on their own page."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from metrics.actions import save_entry, send_back
from metrics.entries import Entry
from metrics.models import Return
from metrics.queries import whole_cells
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span, day
from tests.world import NOW, World

SignedIn = Callable[[User], Client]


def test_own_page_says_what_waits_and_by_when(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    due = timezone.localdate() + timedelta(days=5)
    Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )

    def page(user: User) -> str:
        return signed_in(user).get("/my/").content.decode()

    assert f"{newest.label}: enter 1 figure<" in page(world.contributor)
    assert f"due {day(due)}" in page(world.contributor)
    assert f"{newest.label}: enter 2 figures<" in page(world.unit)
    assert "Waiting for you" not in page(world.approver)

    save_entry(
        place=world.place(newest),
        entry=Entry(value=Decimal(7)),
        by=world.contributor,
        at=NOW,
        seen=0,
    )
    assert f"{newest.label}: decide on 1 figure<" in page(world.approver)
    assert "Waiting for you" not in page(world.contributor)
    send_back(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW, reason="Which week?")
    assert f"{newest.label}: put right 1 figure sent back<" in page(world.contributor)


def test_person_switches_reminders_off_and_on(world: World, signed_in: SignedIn) -> None:
    person = signed_in(world.contributor)
    for sent, wanted in (({}, False), ({"wanted": "on"}, True)):
        assert person.post("/account/reminders/", {"sent": "1"} | sent).status_code == 302
        world.contributor.refresh_from_db()
        assert world.contributor.wants_reminders is wanted
