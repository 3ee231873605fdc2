"""The pages of the quarterly return, as people use them."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from metrics.models import Revision
from metrics.queries import State, quarters_to, state_of, whole_cells
from partnerships.models import Job, User
from partnerships.periods import Span
from tests.world import World


@pytest.fixture
def newest() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(span: Span, code: str = "referrals", verb: str = "") -> str:
    return f"/p/testshire/returns/{span.key}/{code}/{verb}"


def entry(value: str, seen: int = 0, **more: str) -> dict[str, str]:
    return {"value": value, "marker": "", "seen": str(seen)} | more


def test_figure_goes_from_entry_to_correction(world: World, newest: Span) -> None:
    unit, approver = signed_in(world.unit), signed_in(world.approver)

    sent = unit.post(address(newest), entry("1,234"))
    assert (sent.status_code, sent.headers["Location"]) == (
        302,
        f"/p/testshire/returns/{newest.key}/",
    )
    assert "1,234" in unit.get(address(newest)).content.decode()

    assert approver.post(address(newest, verb="approve/"), {"seen": "1"}).status_code == 302
    assert state_of(whole_cells().get()) is State.APPROVED
    assert Job.objects.get().kind == "metrics.compute_changes"

    refused = unit.post(address(newest), entry("1240", seen=1))
    assert refused.status_code == 422
    assert "Say why the approved figure is to be corrected." in refused.content.decode()

    unit.post(address(newest), entry("1240", seen=1, reason="Six were left out."))
    page = approver.get(address(newest)).content.decode()
    assert "It would replace" in page
    assert "Six were left out." in page
    approver.post(address(newest, verb="approve/"), {"seen": "2"})
    approved = whole_cells().get().approved
    assert approved is not None
    assert (approved.number, approved.value, approved.flags) == (2, Decimal(1240), "r")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("twelve", "“twelve” is not a number."),
        ("12.5", "12.5 is not a whole number."),
        ("-4", "-4 is below 0."),
        ("", "Enter a number, or say why there is none."),
        ("9999999999999", "That number is too large."),
        ("1,5", "“1,5” may have a decimal comma."),
        ("12,34", "“12,34” may have a decimal comma."),
        ("1 2", "“1 2” is not a number."),
        ("n/a", "“n/a” may mean none or not known."),
        ("*", "“*” hides a number."),
        ("1.1234567", "That number has more than six decimals."),
    ],
)
def test_figure_that_cannot_be_saved_says_what_is_wrong(
    world: World, newest: Span, typed: str, said: str
) -> None:
    answer = signed_in(world.unit).post(address(newest), entry(typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'href="#id_value"' in page
    assert Revision.objects.count() == 0


@pytest.mark.parametrize(
    "typed", ["1,234", " 1 234 ", "£1234", "1234", "1\u00a0234", "1,234.", "１２３４"]
)
def test_figure_pasted_as_a_spreadsheet_shows_it_is_understood(
    world: World, newest: Span, typed: str
) -> None:
    signed_in(world.unit).post(address(newest), entry(typed))
    assert Revision.objects.get().value == Decimal(1234)


def test_second_person_on_a_figure_sees_both_values(world: World, newest: Span) -> None:
    signed_in(world.unit).post(address(newest), entry("120"))
    second = signed_in(world.second)
    answer = second.post(address(newest), entry("125"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "unit saved" in page
    assert "<strong>120</strong>" in page
    assert 'value="125"' in page
    assert [r.value for r in Revision.objects.all()] == [Decimal(120)]

    assert second.post(address(newest), entry("125", seen=1)).status_code == 302
    assert [r.value for r in Revision.objects.order_by("number")] == [Decimal(120), Decimal(125)]


def test_double_click_saves_once(world: World, newest: Span) -> None:
    unit = signed_in(world.unit)
    assert [unit.post(address(newest), entry("120")).status_code for _ in range(2)] == [302, 302]
    assert Revision.objects.count() == 1


def test_sending_back_needs_words_and_shows_them(world: World, newest: Span) -> None:
    signed_in(world.unit).post(address(newest), entry("120"))
    approver = signed_in(world.approver)
    approver.post(address(newest, verb="send-back/"), {"seen": "1", "reason": ""})
    assert state_of(whole_cells().get()) is State.WAITING
    approver.post(address(newest, verb="send-back/"), {"seen": "1", "reason": "Which week?"})
    assert state_of(whole_cells().get()) is State.SENT_BACK
    assert "Which week?" in signed_in(world.unit).get(address(newest)).content.decode()


def test_contributor_meets_only_what_their_agency_supplies(world: World, newest: Span) -> None:
    contributor = signed_in(world.contributor)
    page = contributor.get(f"/p/testshire/returns/{newest.key}/").content.decode()
    assert "Referrals" in page
    assert "Conferences held in time" not in page
    assert contributor.get(address(newest, "timely")).status_code == 404
    assert contributor.post(address(newest), entry("12")).status_code == 302


def test_approver_cannot_enter_and_unit_cannot_approve(world: World, newest: Span) -> None:
    assert signed_in(world.approver).post(address(newest), entry("12")).status_code == 403
    signed_in(world.unit).post(address(newest), entry("12"))
    sent = signed_in(world.unit).post(address(newest, verb="approve/"), {"seen": "1"})
    assert sent.status_code == 403
    assert state_of(whole_cells().get()) is State.WAITING


@pytest.mark.parametrize("period", ["2999-00-q1", "2024-25", "nonsense", "2020-03-31"])
def test_return_of_no_ended_quarter_is_not_found(world: World, period: str) -> None:
    unit = signed_in(world.unit)
    assert unit.get(f"/p/testshire/returns/{period}/").status_code == 404
    assert unit.get(f"/p/testshire/returns/{period}/referrals/").status_code == 404


@pytest.mark.parametrize("extra", [0, 6])
def test_pages_ask_the_database_as_often_for_many_figures_as_for_one(
    world: World, newest: Span, extra: int, django_assert_num_queries: object
) -> None:
    unit = signed_in(world.unit)
    for span in quarters_to(timezone.localdate(), 1 + extra):
        unit.post(address(span), entry("120"))
    unit.get("/p/testshire/returns/")
    with django_assert_num_queries(11):  # type: ignore[operator]
        unit.get("/p/testshire/returns/")
    earlier = 1 if extra else 0  # there is nothing to ask for where no quarter was before
    with django_assert_num_queries(13 + earlier):  # type: ignore[operator]
        unit.get(f"/p/testshire/returns/{newest.key}/")


def test_approver_reads_why_there_is_no_number_and_each_box_has_its_own_label(
    world: World, newest: Span
) -> None:
    typed = entry("", marker="x", marker_reason="The clinic was shut.", note="Shut in May.")
    assert signed_in(world.unit).post(address(newest), typed).status_code == 302
    page = signed_in(world.approver).get(address(newest)).content.decode()
    assert "Why there is no number" in page
    assert "The clinic was shut." in page
    assert "Shut in May." in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert [each for each, count in Counter(ids).items() if count > 1] == []
