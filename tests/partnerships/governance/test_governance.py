"""Groups and priorities: what is refused, what is recorded, and the pages that keep them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partnerships.calendar import store_period
from partnerships.governance.actions import (
    BodyWords,
    Point,
    YearWords,
    add_priority,
    save_body,
    save_year,
)
from partnerships.known_dates import read
from partnerships.models import (
    AuditEvent,
    Body,
    Partnership,
    Priority,
    PriorityPoint,
    PriorityYear,
    User,
)
from partnerships.periods import parse
from partnerships.refusals import Overtaken, Refused

ClientOf = Callable[[User], Client]
MakeBody = Callable[..., Body]
GOVERNANCE = "/p/testshire/governance/"
PRIORITIES = "/p/testshire/priorities/"


@pytest.fixture
def make_body(testshire: Partnership, business_unit: User) -> MakeBody:
    def make(code: str, *above: Body, seen: int = 0, **told: Any) -> Body:
        said = {"name": code.title(), "kind": "subgroup"} | told
        return save_body(
            partnership=testshire,
            code=code,
            words=BodyWords(**said),
            reports_to=above,
            seen=seen,
            by=business_unit,
        )

    return make


@pytest.fixture
def priority(testshire: Partnership, business_unit: User) -> Priority:
    return add_priority(
        partnership=testshire, code="neglect", number=2, name="See neglect", by=business_unit
    )


@pytest.fixture
def year(priority: Priority, business_unit: User) -> PriorityYear:
    return save_year(
        priority=priority,
        period=store_period(parse("2019-20")),
        words=YearWords(
            points={
                "done": [Point("Courses were given", "courses"), Point("A tool was chosen")],
                "not-shown": [Point("Whether it helps")],
            },
            assurance="not-yet",
            assurance_why="Nobody counts it.",
        ),
        by=business_unit,
    )


def test_body_reports_to_several_and_is_recorded(
    make_body: MakeBody, testshire: Partnership
) -> None:
    board, executive = make_body("board"), make_body("executive")
    group = make_body("quality", board, executive, first=read("October 2019"), follows=board)
    assert set(group.reports_to.all()) == {board, executive}
    assert (group.first_when, group.follows) == (read("October 2019"), board)
    events = AuditEvent.objects.filter(partnership=testshire).order_by("id")
    assert [(event.verb, event.subject) for event in events] == [
        ("body added", "body:testshire:board"),
        ("body added", "body:testshire:executive"),
        ("body added", "body:testshire:quality"),
    ]


def test_body_saved_again_changes_nothing_and_changed_over_the_version_seen_only(
    make_body: MakeBody,
) -> None:
    board = make_body("board")
    make_body("quality", board)
    assert make_body("quality", board, seen=1).version == 1
    changed = make_body("quality", seen=1)
    assert (changed.version, list(changed.reports_to.all())) == (2, [])
    with pytest.raises(Overtaken):
        make_body("quality", seen=1, remit="Mine.")
    with pytest.raises(Refused, match="There is a body quality already"):
        make_body("quality")


def test_body_that_ends_before_it_begins_is_refused(make_body: MakeBody) -> None:
    with pytest.raises(Refused) as refused:
        make_body("board", first=read("2020"), last=read("October 2019"))
    assert refused.value.field == "last"


def test_bodies_that_would_report_round_in_a_ring_are_refused(make_body: MakeBody) -> None:
    board = make_body("board")
    executive = make_body("executive", board)
    group = make_body("quality", executive)
    for above in (group, executive, board):
        with pytest.raises(Refused) as refused:
            make_body("board", above, seen=1)
        assert refused.value.field == "reports_to"
    make_body("executive", board, seen=1, follows=board)
    with pytest.raises(Refused) as refused:
        make_body("board", seen=1, follows=executive)
    assert refused.value.field == "follows"


@pytest.mark.parametrize(
    ("key", "told", "field"),
    [
        ("2019-20", {"assurance": "partly"}, "assurance_why"),
        ("2019-20", {"assurance": "not-yet"}, "assurance_why"),
        ("2019-20", {"state": "closed"}, "state_why"),
        ("2019-20-q1", {}, "year"),
    ],
)
def test_account_that_gives_no_reason_is_refused(
    priority: Priority, business_unit: User, key: str, told: dict[str, str], field: str
) -> None:
    period, words = store_period(parse(key)), YearWords(points={}, **told)
    with pytest.raises(Refused) as refused:
        save_year(priority=priority, period=period, words=words, by=business_unit)
    assert refused.value.field == field
    assert PriorityYear.objects.count() == 0


def test_account_keeps_its_points_in_order(year: PriorityYear, business_unit: User) -> None:
    points = PriorityPoint.objects.values_list("part", "order", "text", "indicator")
    assert list(points) == [
        ("done", 1, "Courses were given", "courses"),
        ("done", 2, "A tool was chosen", ""),
        ("not-shown", 1, "Whether it helps", ""),
    ]
    words = YearWords(points={"done": [Point("A tool was chosen")]})
    changed = save_year(
        priority=year.priority, period=year.period, words=words, seen=1, by=business_unit
    )
    assert (changed.version, points.get()) == (2, ("done", 1, "A tool was chosen", ""))
    with pytest.raises(Overtaken):
        save_year(
            priority=year.priority,
            period=year.period,
            words=YearWords(points={}),
            seen=1,
            by=business_unit,
        )


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


BODY = {
    "code": "quality",
    "name": "Quality subgroup",
    "kind": "subgroup",
    "chaired": "one",
    "chair": "Designated doctor",
    "first": "2019-20",
    "seen": "0",
}


def test_body_is_entered_and_changed_in_the_browser(
    make_body: MakeBody, client_of: ClientOf, business_unit: User, partner: User
) -> None:
    board = make_body("board", name="The board", kind="board")
    unit = client_of(business_unit)
    sent = unit.post(f"{GOVERNANCE}add/", BODY | {"reports_to": [str(board.pk)]})
    assert sent.headers["Location"] == f"{GOVERNANCE}quality/"
    page = text(client_of(partner), GOVERNANCE)
    assert "Quality subgroup" in page
    assert "Designated doctor" in page
    assert "Add a body" not in page

    change = {name: value for name, value in BODY.items() if name != "code"} | {"seen": "1"}
    gone = unit.post(f"{GOVERNANCE}quality/edit/", change | {"last": "May 2020"})
    assert gone.status_code == 302
    page = text(client_of(partner), f"{GOVERNANCE}quality/")
    assert "May 2020" in page
    again = unit.post(f"{GOVERNANCE}quality/edit/", change)
    assert again.status_code == 422
    assert "Somebody else has changed this" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("code", "board", "There is a body board already."),
        ("code", "add", "“add” cannot be a short name."),
        ("name", "", "Enter a name."),
        ("first", "soon", "“soon” is not a date."),
        ("last", "2018", "The body ends before it begins."),
    ],
)
def test_body_that_cannot_be_added_says_what_is_wrong(
    make_body: MakeBody,
    client_of: ClientOf,
    business_unit: User,
    name: str,
    value: str,
    said: str,
) -> None:
    make_body("board")
    answer = client_of(business_unit).post(f"{GOVERNANCE}add/", BODY | {name: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Body.objects.count() == 1


def test_body_of_another_partnership_cannot_be_reported_to(
    make_body: MakeBody, client_of: ClientOf, business_unit: User, otherton: Partnership
) -> None:
    other = Body.objects.create(partnership=otherton, code="x", name="Elsewhere", kind="board")
    for name in ("reports_to", "follows"):
        sent = client_of(business_unit).post(f"{GOVERNANCE}add/", BODY | {name: str(other.pk)})
        assert sent.status_code == 422
        assert "Elsewhere" not in sent.content.decode()


ACCOUNT = {
    "done": "Courses were given\n\n• A tool was chosen  \nA third thing",
    "not_shown": "Whether it helps",
    "assurance": "not-yet",
    "assurance_why": "Nobody counts it.",
    "state": "running",
    "state_why": "",
}


def test_priority_is_entered_with_its_year_and_changed_in_the_browser(
    client_of: ClientOf, business_unit: User, partner: User
) -> None:
    unit = client_of(business_unit)
    entry = {"code": "neglect", "number": "2", "name": "See neglect"}
    added = unit.post(f"{PRIORITIES}add/", entry)
    assert added.headers["Location"] == f"{PRIORITIES}neglect/years/add/"
    sent = unit.post(f"{PRIORITIES}neglect/years/add/", ACCOUNT | {"year": "2019/20", "seen": "0"})
    assert sent.headers["Location"] == f"{PRIORITIES}neglect/"
    points = PriorityPoint.objects.filter(part="done").values_list("order", "text")
    assert list(points) == [
        (1, "Courses were given"),
        (2, "A tool was chosen"),
        (3, "A third thing"),
    ]
    page = text(client_of(partner), f"{PRIORITIES}neglect/")
    assert "The effect cannot be shown yet" in page
    assert "Nobody counts it." in page
    assert "Change the account" not in page
    twice = unit.post(f"{PRIORITIES}neglect/years/add/", ACCOUNT | {"year": "2019-20", "seen": "0"})
    assert "There is an account of 2019-20 already." in twice.content.decode()


def test_point_that_stays_keeps_its_figure(
    year: PriorityYear, client_of: ClientOf, business_unit: User
) -> None:
    url = f"{PRIORITIES}neglect/years/2019-20/"
    unit = client_of(business_unit)
    assert "Courses were given\nA tool was chosen" in text(unit, url)
    assert unit.post(url, ACCOUNT | {"seen": "1"}).status_code == 302
    figures = PriorityPoint.objects.filter(part="done").values_list("text", "indicator")
    assert dict(figures)["Courses were given"] == "courses"
    assert unit.post(url, ACCOUNT | {"seen": "1", "done": "Mine"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("year", "2019-20-q1", "Enter a financial year, like 2019-20."),
        ("year", "soon", "Enter a financial year, like 2019-20."),
        ("assurance_why", "", "Say why the effect cannot be shown in full."),
        ("state", "closed", "Say why this was decided."),
        ("done", "x" * 301, "has 301 characters. Make each point 300 or fewer"),
    ],
)
def test_account_that_cannot_be_saved_says_what_is_wrong(
    priority: Priority,
    client_of: ClientOf,
    business_unit: User,
    name: str,
    value: str,
    said: str,
) -> None:
    entry = ACCOUNT | {"year": "2019-20", "seen": "0", name: value}
    answer = client_of(business_unit).post(f"{PRIORITIES}neglect/years/add/", entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PriorityYear.objects.count() == 0


@pytest.mark.parametrize("period", ["2018-19", "soon"])
def test_year_without_an_account_is_not_there(
    year: PriorityYear, client_of: ClientOf, business_unit: User, period: str
) -> None:
    url = f"{PRIORITIES}neglect/years/{period}/"
    assert client_of(business_unit).get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_any_number_of_rows(
    make_body: MakeBody,
    testshire: Partnership,
    business_unit: User,
    client_of: ClientOf,
    partner: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    board = make_body("board")
    for number in range(rows):
        make_body(f"group-{number}", board, follows=board)
        made = add_priority(
            partnership=testshire, code=f"p{number}", number=1, name="P", by=business_unit
        )
        period = store_period(parse("2019-20"))
        save_year(priority=made, period=period, words=YearWords(points={}), by=business_unit)
    client = client_of(partner)
    with django_assert_num_queries(6):
        client.get(GOVERNANCE)
    with django_assert_num_queries(5):
        client.get(PRIORITIES)


@pytest.mark.parametrize("url", [GOVERNANCE, PRIORITIES])
def test_page_of_a_partnership_without_any_says_so(
    client_of: ClientOf, partner: User, url: str
) -> None:
    assert "Nobody has entered the" in text(client_of(partner), url)
