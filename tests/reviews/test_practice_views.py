"""The pages of practice reviews, as people use them."""

import logging
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partnerships.models import AuditEvent, Partnership, User
from reviews.models import Clock, PracticeReview, Theme
from reviews.practice.restricted import save_circumstances
from tests.reviews.conftest import MakeReview

ClientOf = Callable[[User], Client]
LIST = "/p/testshire/reviews/"
PAGES = [LIST, f"{LIST}R1/"]
KEEPS = [
    f"{LIST}add/",
    f"{LIST}R1/edit/",
    f"{LIST}R1/clocks/rapid-review/",
    "/p/testshire/learning/add/",
    f"{LIST}R1/restricted/",
]
ENTRY = {
    "code": "T7",
    "kind": "local-review",
    "state": "completed",
    "publication": "held",
    "why_not_published": "A trial is going on.",
    "started": "March 2026",
    "completed": "",
    "published": "",
    "guidance": "",
    "summary": "On the first year of life.",
    "seen": "0",
}


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_pages_open_to_roles_that_read_true_values_only(
    review: PracticeReview,
    client_of: ClientOf,
    partner: User,
    council_scrutiny: User,
    outsider: User,
    url: str,
) -> None:
    codes = [client_of(who).get(url).status_code for who in (partner, council_scrutiny, outsider)]
    assert codes == [200, 403, 404]


@pytest.mark.parametrize("url", KEEPS)
def test_pages_that_keep_reviews_open_to_the_unit_only(
    review: PracticeReview,
    client_of: ClientOf,
    business_unit: User,
    partner: User,
    administrator: User,
    outsider: User,
    url: str,
) -> None:
    for verb in ("get", "post"):
        who = (partner, administrator, outsider)
        codes = [getattr(client_of(each), verb)(url).status_code for each in who]
        assert codes == [403, 403, 404]
    assert client_of(business_unit).get(url).status_code == 200
    assert PracticeReview.objects.count() == 1


def test_review_is_added_in_the_browser_and_shown_as_it_is_known(
    client_of: ClientOf, business_unit: User
) -> None:
    unit = client_of(business_unit)
    sent = unit.post(f"{LIST}add/", ENTRY)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{LIST}T7/")
    page = text(unit, f"{LIST}T7/")
    assert "March 2026" in page
    assert "Held back for now" in page
    assert "A trial is going on." in page
    assert "Not known" in page  # when it was completed
    assert 'href="/p/testshire/reviews/T7/"' in text(unit, LIST)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("why_not_published", "", "Say why the review is not published."),
        ("started", "soon", "“soon” is not a date. Write it like 5 October 2019"),
        ("code", "T 7", "A code has letters, digits and hyphens only"),
        ("code", "add", "“add” cannot be a code."),
        ("state", "in-progress", None),
        ("kind", "", "Choose the kind of review."),
        ("completed", "January 2026", "The review is completed before it starts."),
    ],
)
def test_review_that_cannot_be_added_says_what_is_wrong(
    client_of: ClientOf, business_unit: User, name: str, value: str, said: str | None
) -> None:
    answer = client_of(business_unit).post(f"{LIST}add/", ENTRY | {name: value})
    if said is None:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PracticeReview.objects.count() == 0


def test_second_of_two_people_on_a_review_is_told_and_loses_nothing(
    review: PracticeReview, client_of: ClientOf, business_unit: User
) -> None:
    unit = client_of(business_unit)
    change = {**ENTRY, "seen": "1"}
    assert unit.post(f"{LIST}R1/edit/", change).status_code == 302
    second = unit.post(f"{LIST}R1/edit/", change | {"summary": "Mine."})
    assert second.status_code == 422
    page = second.content.decode()
    assert "Somebody else has changed this since you opened the page." in page
    assert "Mine." in page
    review.refresh_from_db()
    assert review.summary == "On the first year of life."


def test_theme_is_added_tied_to_a_review_and_listed_with_it(
    review: PracticeReview, client_of: ClientOf, business_unit: User
) -> None:
    unit = client_of(business_unit)
    sent = unit.post(
        "/p/testshire/learning/add/",
        {"code": "history", "learning": "Ask about history.", "seen": "0"},
    )
    assert sent.status_code == 302
    theme = Theme.objects.get()
    unit.post(f"{LIST}R1/edit/", {**ENTRY, "seen": "1", "themes": [str(theme.pk)]})
    assert "Ask about history." in text(unit, f"{LIST}R1/")
    unit.post(
        "/p/testshire/learning/history/",
        {"learning": "Ask about the parents' history.", "seen": "1"},
    )
    page = text(unit, LIST)
    assert "Ask about the parents&#x27; history." in page
    assert 'href="/p/testshire/learning/history/"' in page


def test_theme_of_another_partnership_cannot_be_chosen(
    review: PracticeReview, client_of: ClientOf, business_unit: User, otherton: Partnership
) -> None:
    other = Theme.objects.create(partnership=otherton, code="other", learning="Elsewhere.")
    answer = client_of(business_unit).post(
        f"{LIST}R1/edit/", {**ENTRY, "seen": "1", "themes": [str(other.pk)]}
    )
    assert answer.status_code == 422
    assert "Elsewhere." not in answer.content.decode()


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def test_clock_that_is_held_is_shown_late_all_the_same(
    review: PracticeReview, client_of: ClientOf, business_unit: User, partner: User
) -> None:
    entry = day("starts", date(2020, 7, 1)) | day("held", date(2020, 7, 6)) | {"seen": "0"}
    unit, url = client_of(business_unit), f"{LIST}R1/clocks/rapid-review/"
    refused = unit.post(url, entry)
    assert refused.status_code == 422
    assert "Say who was told." in refused.content.decode()

    told = {"held_reason": "The coroner asked for it.", "held_told": "The National Panel"}
    assert unit.post(url, entry | told).status_code == 302
    assert Clock.objects.get().due == date(2020, 7, 22)
    page = text(client_of(partner), f"{LIST}R1/")
    assert "Held, late: due 22 July 2020" in page
    assert "The coroner asked for it. Told: The National Panel." in page
    assert "1 clock is late." in text(client_of(partner), LIST)


def test_clock_of_no_kind_is_not_there(
    review: PracticeReview, client_of: ClientOf, business_unit: User
) -> None:
    assert client_of(business_unit).get(f"{LIST}R1/clocks/other/").status_code == 404


def test_restricted_text_shows_to_whoever_asks_for_it_and_is_recorded(
    review: PracticeReview,
    client_of: ClientOf,
    business_unit: User,
    partner: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    save_circumstances(review=review, text="SECRET", seen=0, by=business_unit)
    unit, url = client_of(business_unit), f"{LIST}R1/restricted/"
    reads = AuditEvent.objects.filter(verb="restricted details read", actor=business_unit)

    assert "SECRET" not in text(unit, url)
    assert reads.count() == 0
    shown = unit.post(url)
    assert "SECRET" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert reads.count() == 1

    saved = unit.post(f"{url}save/", {"text": "HIDDEN", "seen": "1"})
    assert saved.headers["Location"] == f"{LIST}R1/"
    assert "HIDDEN" in unit.post(url).content.decode()

    again = unit.post(f"{url}save/", {"text": "LATER", "seen": "1"})
    assert again.status_code == 422
    for page in (LIST, f"{LIST}R1/", f"{LIST}R1/edit/"):
        assert "HIDDEN" not in text(unit, page)
    assert client_of(partner).post(url).status_code == 403
    assert client_of(partner).post(f"{url}save/", {"text": "", "seen": "2"}).status_code == 403
    assert "HIDDEN" not in caplog.text
    assert "HIDDEN" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    make_review: MakeReview,
    client_of: ClientOf,
    partner: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        review = make_review(f"R{number}")
        theme = Theme.objects.create(
            partnership=review.partnership, code=f"t{number}", learning=f"Theme {number}."
        )
        theme.reviews.add(review)
    client = client_of(partner)
    with django_assert_num_queries(10):
        client.get(LIST)


def test_page_of_a_partnership_without_reviews_says_so(client_of: ClientOf, partner: User) -> None:
    page = text(client_of(partner), LIST)
    assert "Nobody has entered a practice review of this partnership." in page
    assert "No theme of learning is kept yet." in page
