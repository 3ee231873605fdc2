"""The pages of who owes what, and what the page of returns says of dates."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from metrics.models import Breakdown, Category, Expectation, ExpectedWords, Return
from metrics.returns.closing import closed_words, due_words
from partnerships.calendar import store_period
from partnerships.models import User
from partnerships.periods import Span
from tests.factories import AgencyFactory, IndicatorFactory, PartnershipFactory
from tests.world import World

SignedIn = Callable[[User], Client]
HERE = "/p/testshire/returns/owed/"


@pytest.fixture
def unit(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.unit)


def body(client: Client, path: str = HERE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_figures_are_ticked_asked_for_and_listed(world: World, unit: Client, newest: Span) -> None:
    abuse = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    Category.objects.create(breakdown=abuse, code="neglect", name="Neglect")
    more = IndicatorFactory(name="Calls at night", theme="Crime")
    form = body(unit, f"{HERE}police/ask/")
    assert "Referrals (asked of Police)" in form
    assert f'value="{newest.key}" selected' in form
    sent = {"first": newest.key, "breakdowns": ["abuse"], "theme_0": [more.code]}
    sent |= {"theme_1": ["timely"]}
    answer = unit.post(f"{HERE}police/ask/", sent, follow=True)
    said = answer.content.decode()
    assert f"Police: asked for 2 figures from {newest.label} on." in said
    assert "Calls at night" in said
    assert said.count("Category of abuse") == 2
    assert Expectation.objects.filter(agency=world.police).count() == 3


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Tick at least one figure."),
        ({"theme_0": ["referrals"]}, "Police is asked for this already: Referrals"),
        ({"theme_0": ["timely"], "first": "2001-02-q1"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_for_stays_in_the_form(
    world: World, unit: Client, newest: Span, sent: dict[str, object], sentence: str
) -> None:
    answer = unit.post(f"{HERE}police/ask/", {"first": newest.key} | sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert page.count(" checked") == sum(name.startswith("theme_") for name in sent)
    assert Expectation.objects.filter(agency=world.police).count() == 1


def test_end_is_chosen_and_the_rest_kept_in_sight(world: World, unit: Client, newest: Span) -> None:
    asked = Expectation.objects.get(agency=world.police)
    page = f"{HERE}figures/{asked.pk}/"
    assert "No end is known" in body(unit, page)
    before = newest.quarter_before
    assert before is not None
    assert unit.post(page, {"last": before.key, "seen": ""}).headers["Location"] == HERE
    asked.refresh_from_db()
    assert asked.last == before.last
    said = body(unit)
    assert "No longer asked for" in said
    assert before.label in said
    assert "Referrals" not in body(unit, f"/p/testshire/returns/{newest.key}/")
    assert "Referrals" in body(unit, f"/p/testshire/returns/{before.key}/")
    again = unit.post(page, {"last": "none", "seen": ""})
    assert again.status_code == 422
    assert "Somebody else has changed this" in again.content.decode()
    assert unit.post(page, {"last": "none", "seen": "yesterday"}).status_code == 422
    assert unit.post(page, {"last": "none", "seen": str(before.last)}).status_code == 302
    asked.refresh_from_db()
    assert asked.last is None


def test_what_was_asked_for_in_error_is_taken_back(world: World, unit: Client) -> None:
    asked = Expectation.objects.get(agency=world.police)
    page = f"{HERE}figures/{asked.pk}/take-back/"
    assert "Remove Referrals of Police?" in body(unit, page)
    assert unit.post(page, {"seen": "0", "reason": ""}).status_code == 422
    assert unit.post(page, {"seen": "0", "reason": "In error."}).headers["Location"] == HERE
    assert not Expectation.objects.filter(agency=world.police).exists()


def test_words_are_asked_for_and_the_question_stands_beside_the_box(
    world: World, unit: Client, signed_in: SignedIn, newest: Span
) -> None:
    sent = {"theme": "front-door", "question": "What of <b>nights</b>?", "first": newest.key}
    answer = unit.post(f"{HERE}police/ask-words/", sent, follow=True)
    assert "Police: asked for words on front door from" in answer.content.decode()
    asked = ExpectedWords.objects.get()
    assert "What of &lt;b&gt;nights&lt;/b&gt;?" in body(unit)
    grid = f"/p/testshire/returns/{newest.key}/figures/enter/"
    decide = f"/p/testshire/returns/{newest.key}/figures/decide/"
    for person, path in ((world.contributor, grid), (world.approver, decide)):
        assert "What of &lt;b&gt;nights&lt;/b&gt;?" in body(signed_in(person), path)
    assert unit.post(f"{HERE}police/ask-words/", sent).status_code == 422
    assert "Words on front door of Police" in body(unit, f"{HERE}words/{asked.pk}/take-back/")
    assert (
        unit.post(f"{HERE}words/{asked.pk}/", {"last": newest.key, "seen": ""}).headers["Location"]
        == HERE
    )
    answer = unit.post(f"{HERE}words/{asked.pk}/take-back/", {"seen": "0", "reason": "Twice."})
    assert answer.headers["Location"] == HERE
    assert not ExpectedWords.objects.exists()


def test_contributor_reads_what_their_own_agency_owes(world: World, signed_in: SignedIn) -> None:
    page = body(signed_in(world.contributor))
    assert "Referrals" in page
    assert "Council" not in page
    assert "Ask for figures" not in page
    assert "take back" not in page


def test_things_of_another_partnership_are_not_there(world: World, unit: Client) -> None:
    there = AgencyFactory(partnership=PartnershipFactory())
    asked = Expectation.objects.create(agency=there, indicator=world.timely, first=date(2020, 4, 1))
    words = ExpectedWords.objects.create(agency=there, theme="x", first=date(2020, 4, 1))
    for path in (
        f"figures/{asked.pk}/",
        f"figures/{asked.pk}/categories/",
        f"figures/{asked.pk}/take-back/",
        f"words/{words.pk}/",
        f"words/{words.pk}/take-back/",
        f"{there.organisation.slug}/ask/",
        f"{there.organisation.slug}/ask-words/",
    ):
        assert unit.get(HERE + path).status_code == 404


DUE = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("days", "late", "said"),
    [
        (-12, 0, "30 April 2026, in 12 days"),
        (-1, 0, "30 April 2026, tomorrow"),
        (0, 0, "30 April 2026, today"),
        (1, 1, "30 April 2026, 1 day late"),
        (3, 3, "30 April 2026, 3 days late"),
        (3, 0, "30 April 2026"),
        (389, 389, "30 April 2026, more than a year late"),
    ],
)
def test_due_day_says_how_far_off_it_is(days: int, late: int, said: str) -> None:
    assert due_words(DUE, on=DUE + timedelta(days=days), days_late=late) == said


def test_closing_day_says_how_far_off_it_is() -> None:
    assert closed_words(DUE, on=DUE) == "30 April 2026, today"
    assert closed_words(DUE, on=DUE + timedelta(days=1)) == "Closed after 30 April 2026"


def test_returns_page_says_what_is_late_until_it_is_submitted(
    world: World, unit: Client, signed_in: SignedIn, newest: Span
) -> None:
    today = timezone.localdate()
    whole = Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=today - timedelta(days=3),
        closed_to_new=today + timedelta(days=2),
        closed_to_edits=today + timedelta(days=9),
    )
    page = body(unit, "/p/testshire/returns/")
    assert ", 3 days late" in page
    assert ", in 2 days" in page
    assert ", in 9 days" in page
    assert "Not set" in page
    whole.steps.create(agency=world.police, kind="submitted", by=world.unit, at=timezone.now())
    assert ", 3 days late" in body(unit, "/p/testshire/returns/")
    assert "days late" not in body(signed_in(world.contributor), "/p/testshire/returns/")


def test_categories_are_changed_in_one_step(world: World, unit: Client, newest: Span) -> None:
    abuse = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    Category.objects.create(breakdown=abuse, code="neglect", name="Neglect")
    asked = Expectation.objects.get(agency=world.police)
    page = f"{HERE}figures/{asked.pk}/categories/"
    assert f'href="{page}"' in body(unit, f"{HERE}figures/{asked.pk}/")
    form = body(unit, page)
    assert "Referrals of Police: by which categories" in form
    assert f'value="{newest.key}" selected' in form
    same = unit.post(page, {"first": newest.key, "seen": ""})
    assert same.status_code == 422
    assert "Tick other categories than are asked for now." in same.content.decode()
    sent = {"first": newest.key, "breakdowns": ["abuse"], "seen": ""}
    done = unit.post(page, sent, follow=True).content.decode()
    said = f"Referrals of Police: asked for by Category of abuse from {newest.label} on."
    assert said in done
    assert "No longer asked for" in done
    assert "Neglect" in body(unit, f"/p/testshire/returns/{newest.key}/")
    before = newest.quarter_before
    assert before is not None
    assert "Neglect" not in body(unit, f"/p/testshire/returns/{before.key}/")
    overtaken = unit.post(page, sent)
    assert overtaken.status_code == 422

    new = Expectation.objects.get(agency=world.police, last=None)
    again = {"first": newest.key, "seen": "abuse"}
    done = unit.post(f"{HERE}figures/{new.pk}/categories/", again, follow=True).content.decode()
    assert f"Referrals of Police: asked for as a total only from {newest.label} on." in done


def test_figure_that_ended_long_ago_offers_its_last_return(
    world: World, unit: Client, newest: Span
) -> None:
    Expectation.objects.filter(agency=world.police).update(last=date(2021, 3, 31))
    asked = Expectation.objects.get(agency=world.police)
    form = body(unit, f"{HERE}figures/{asked.pk}/categories/")
    assert "Q4 2020-21" in form
    assert newest.label not in form
