"""Pages of seats: entered, taken over into another year, and read in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.calendar import store_period
from partnerships.models import Body, Partnership, Seat, User
from partnerships.periods import Kind, Span, parse
from tests.kept_factories import BodyFactory, SeatFactory

ClientOf = Callable[[User], Client]
GOVERNANCE = "/p/testshire/governance/"
BOARD = f"{GOVERNANCE}board/"
SEATS = "/p/testshire/seats/"


@pytest.fixture
def board(testshire: Partnership) -> Body:
    return BodyFactory(partnership=testshire, code="board", name="The board")


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def this_year() -> str:
    return Span.containing(Kind.YEAR, timezone.localdate()).key


def test_seat_is_entered_read_changed_and_removed_in_the_browser(
    board: Body, client_of: ClientOf, business_unit: User, partner: User
) -> None:
    unit, reader = client_of(business_unit), client_of(partner)
    page = text(unit, f"{SEATS}add/?body=board")
    assert f'value="{this_year()}"' in page
    assert f'<option value="{board.pk}" selected>' in page
    sent = {"period": "2025-26", "name": "Designated Doctor", "state": "vacant", "seen": "0"}
    added = unit.post(f"{SEATS}add/", sent | {"body": str(board.pk)})
    assert added.headers["Location"] == BOARD
    for url in (GOVERNANCE, BOARD, SEATS):
        page = text(reader, url)
        assert "Designated Doctor" in page
        assert "acant" in page
    again = unit.post(f"{SEATS}add/", sent)
    assert "is kept for 2025-26 already" in again.content.decode()
    executive = BodyFactory(partnership=board.partnership, code="executive")
    elsewhere = unit.post(f"{SEATS}add/", sent | {"body": str(executive.pk)})
    assert elsewhere.headers["Location"] == f"{GOVERNANCE}executive/"
    assert set(Seat.objects.values_list("code", flat=True)) == {
        "designated-doctor",
        "executive-designated-doctor",
    }

    url = f"{SEATS}2025-26/designated-doctor/"
    change = {"name": "Designated Doctor", "state": "filled", "seen": "1"}
    assert unit.post(url, change).headers["Location"] == SEATS
    assert Seat.objects.get(code="designated-doctor").state == "filled"
    assert (
        "Somebody else has changed" in unit.post(url, change | {"state": "vacant"}).content.decode()
    )
    assert "Remove the seat “Designated Doctor”, 2025-26?" in text(unit, f"{url}remove/")
    assert (
        unit.post(f"{url}remove/", {"seen": "2", "reason": "Entered twice."}).headers["Location"]
        == SEATS
    )
    assert not Seat.objects.filter(code="designated-doctor").exists()


def test_vacancy_is_shown_as_it_was_last_kept(
    board: Body, client_of: ClientOf, partner: User
) -> None:
    told: dict[str, Any] = {"partnership": board.partnership, "body": board}
    for code, key, state in (
        ("doctor", "2019-20", "vacant"),
        ("nurse", "2019-20", "vacant"),
        ("nurse", "2020-21", "filled"),
    ):
        period = store_period(parse(key))
        SeatFactory(**told, code=code, name=code.title(), period=period, state=state)
    page = text(client_of(partner), GOVERNANCE)
    assert "<li>Doctor (The board), 2019-20</li>" in page
    assert "Nurse" not in page


def test_seats_are_taken_over_into_another_year_in_the_browser(
    board: Body, client_of: ClientOf, business_unit: User
) -> None:
    SeatFactory(partnership=board.partnership, code="chair")
    unit = client_of(business_unit)
    assert 'value="2019-20"' in text(unit, f"{SEATS}carry/")
    sent = {"of": "2019-20", "into": "2020-21"}
    assert unit.post(f"{SEATS}carry/", sent).headers["Location"] == SEATS
    assert "1 seat taken over into 2020-21. Check who has left." in text(unit, SEATS)
    refused = unit.post(f"{SEATS}carry/", sent)
    assert "All seats of 2019-20 are kept for 2020-21 already." in refused.content.decode()


def test_seat_that_stays_as_it_was_keeps_its_source(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    seat = SeatFactory(partnership=testshire, code="chair", name="Chair", source="report")
    unit, url = client_of(business_unit), f"{SEATS}2019-20/chair/"
    same = {"name": "Chair", "state": "filled", "note": "Ours."}
    for change, source in ((same, "report"), (same | {"state": "vacant"}, "")):
        seat.refresh_from_db()
        assert unit.post(url, change | {"seen": str(seat.version)}).status_code == 302
        seat.refresh_from_db()
        assert seat.source == source
