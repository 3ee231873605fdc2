"""The pages on which promises, milestones, risks and single figures are read and kept."""

from collections.abc import Callable

import pytest
from django.test import Client

from partnerships.models import Milestone, NamedFigure, Partnership, Promise, Risk, User
from tests.kept_factories import MilestoneFactory, NamedFigureFactory, PromiseFactory, RiskFactory
from tests.partnerships.promises.conftest import MakePromise

ClientOf = Callable[[User], Client]
PROMISES = "/p/testshire/promises/"
RISKS = PROMISES + "risks/"
FIGURES = PROMISES + "figures/"
MILESTONES = "/p/testshire/calendar/milestones/"

PROMISE = {
    "code": "tool",
    "year": "2020-21",
    "report_year": "2019/20",
    "text": "Use one tool",
    "in_list": "neglect",
    "where_in_report": "Priority 2, still to do",
    "priority": "",
    "outcome": "not-told",
    "outcome_source": "",
    "seen": "0",
}
MILESTONE = {
    "code": "launch",
    "what": "Launch of the model",
    "when": "summer 2097",
    "state": "planned",
    "note": "",
    "seen": "0",
}
RISK = {
    "code": "strategy",
    "what": "There is no strategy",
    "since": "2018-19",
    "carried_over": "on",
    "doing": "",
    "note": "",
    "closed_day": "",
    "closed_month": "",
    "closed_year": "",
    "closed_why": "",
    "seen": "0",
}
FIGURE = {
    "code": "partners",
    "what": "Statutory partners",
    "area": "Testshire",
    "period": "2019-20",
    "value": "3",
    "in_words": "",
    "unit": "number",
    "qualifier": "exactly",
    "note": "",
    "seen": "0",
}


def text(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_promise_is_entered_its_outcome_told_and_read_by_partners(
    client_of: ClientOf, business_unit: User, partner: User
) -> None:
    unit = client_of(business_unit)
    sent = unit.post(f"{PROMISES}add/", PROMISE)
    assert sent.headers["Location"] == f"{PROMISES}?year=2020-21"
    page = text(client_of(partner), PROMISES)
    assert "1 promise: 0 kept, 0 kept in part, 0 not kept, 1 not told." in page
    assert "What the 2019-20 yearly report says will be done" in page
    assert "Nobody has said yet" in page
    assert "Add a promise" not in page

    told = PROMISE | {"outcome": "kept", "outcome_source": "The board: in use.", "seen": "1"}
    saved = unit.post(f"{PROMISES}years/2020-21/tool/", told)
    assert saved.headers["Location"] == f"{PROMISES}?year=2020-21"
    page = text(client_of(partner), PROMISES)
    assert "1 promise: 1 kept, 0 kept in part, 0 not kept, 0 not told." in page
    assert "The board: in use." in page
    again = unit.post(f"{PROMISES}years/2020-21/tool/", told | {"text": "Mine"})
    assert again.status_code == 422
    assert "Somebody else has changed this" in again.content.decode()
    assert "Mine" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("code", "kept", "There is a promise kept already."),
        ("code", "add", "“add” cannot be a short name."),
        ("code", "", "Enter a short name."),
        ("year", "soon", "Enter a financial year, like 2019-20."),
        ("year", "2020", "Enter a financial year, like 2019-20."),
        ("year", "", "Enter the financial year, like 2019-20."),
        ("year", "2018-19", "A report cannot promise for a year before its own."),
        ("text", "", "Say what is promised."),
        ("outcome", "partly", "Say who tells the outcome, and what they say."),
        ("outcome_source", "The board.", "Choose the outcome that this tells."),
    ],
)
def test_promise_that_cannot_be_added_says_what_is_wrong(
    promise: MakePromise,
    client_of: ClientOf,
    business_unit: User,
    name: str,
    value: str,
    said: str,
) -> None:
    promise("kept")
    answer = client_of(business_unit).post(f"{PROMISES}add/", PROMISE | {name: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Promise.objects.count() == 1


def test_promises_are_filtered_by_year_and_outcome(
    promise: MakePromise, client_of: ClientOf, partner: User
) -> None:
    promise("old", "The older thing", year="2019-20")
    promise("new", "The newer thing", outcome="not-kept", outcome_source="The board.")
    client = client_of(partner)
    assert "The newer thing" in text(client, PROMISES)
    assert "The older thing" not in text(client, PROMISES)
    assert "The older thing" in text(client, f"{PROMISES}?year=2019-20&outcome=")
    assert "The newer thing" in text(client, f"{PROMISES}?outcome=not-kept")
    assert "No promise for 2020-21 ended so." in text(client, f"{PROMISES}?outcome=kept")
    for wrong in ("?year=2017-18", "?year=soon", "?outcome=lost"):
        assert client.get(PROMISES + wrong).status_code == 404


def test_promise_keeps_its_source_until_its_words_are_changed(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    made = PromiseFactory(partnership=testshire, code="tool", text="Use one tool", source="report")
    url = f"{PROMISES}years/2020-21/tool/"
    entry = PROMISE | {
        "in_list": made.in_list,
        "where_in_report": made.where_in_report,
        "outcome": "kept",
        "outcome_source": "The board.",
    }
    unit = client_of(business_unit)
    assert unit.post(url, entry | {"seen": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.outcome, made.source) == ("kept", "report")
    assert unit.post(url, entry | {"seen": "2", "text": "Use two"}).status_code == 302
    made.refresh_from_db()
    assert (made.text, made.source) == ("Use two", "")


@pytest.mark.parametrize(
    ("url", "entry", "model", "shown"),
    [
        (MILESTONES, MILESTONE, Milestone, ["Launch of the model", "Summer 2097", "Planned"]),
        (RISKS, RISK, Risk, ["There is no strategy", "2018-19", "Not told"]),
        (FIGURES, FIGURE, NamedFigure, ["Statutory partners", "2019-20"]),
    ],
)
def test_thing_is_entered_read_and_changed_over_the_version_seen_only(
    client_of: ClientOf,
    business_unit: User,
    partner: User,
    url: str,
    entry: dict[str, str],
    model: type[Milestone | Risk | NamedFigure],
    shown: list[str],
) -> None:
    unit = client_of(business_unit)
    assert unit.post(f"{url}add/", entry).headers["Location"] == url
    page = text(client_of(partner), url)
    assert [words for words in shown if words not in page] == []
    assert f"{url}add/" not in page
    change = entry | {"seen": "1", "what": "Changed"}
    page_of_it = f"{url}{entry['code']}/"
    assert entry["what"] in unit.get(page_of_it).content.decode()
    assert unit.post(page_of_it, change).headers["Location"] == url
    assert model._default_manager.get().what == "Changed"
    assert unit.post(page_of_it, change | {"what": "Mine"}).status_code == 422
    twice = unit.post(f"{url}add/", entry)
    assert "already. Choose another name." in twice.content.decode()
    assert model._default_manager.get().what == "Changed"


@pytest.mark.parametrize(
    ("url", "entry", "said"),
    [
        (MILESTONES, MILESTONE | {"when": "soon"}, "“soon” is not a date."),
        (MILESTONES, MILESTONE | {"when": ""}, "Enter the date."),
        (RISKS, RISK | {"closed_why": "Done."}, "Enter the day on which the risk was closed."),
        (
            RISKS,
            RISK | {"closed_day": "1", "closed_month": "5", "closed_year": "2020"},
            "Say why the risk is closed.",
        ),
        (FIGURES, FIGURE | {"value": ""}, "Enter a number, or words where no number is told"),
        (FIGURES, FIGURE | {"value": "three"}, "Enter a number, like 12 or 2.5."),
        (FIGURES, FIGURE | {"period": "soon"}, "“soon” is not a date."),
        (FIGURES, FIGURE | {"period": ""}, "Enter the period."),
    ],
)
def test_thing_that_cannot_be_added_says_what_is_wrong(
    client_of: ClientOf, business_unit: User, url: str, entry: dict[str, str], said: str
) -> None:
    answer = client_of(business_unit).post(f"{url}add/", entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Milestone.objects.exists()
    assert not Risk.objects.exists()
    assert not NamedFigure.objects.exists()


def test_printed_figure_is_the_partnership_s_own_once_its_number_is_changed(
    testshire: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    made = NamedFigureFactory(
        partnership=testshire,
        code="partners",
        what="Statutory partners",
        fact_id="TST-001",
        source="report",
        public_since="2020-05-01",
    )
    unit, url = client_of(business_unit), f"{FIGURES}partners/"
    assert unit.post(url, FIGURE | {"note": "Counted.", "seen": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.note, made.fact_id, made.source) == ("Counted.", "TST-001", "report")
    assert made.public_since is not None
    assert unit.post(url, FIGURE | {"value": "4", "seen": "2"}).status_code == 302
    made.refresh_from_db()
    assert (made.value, made.fact_id, made.source, made.public_since) == (4, "", "", None)


def test_things_of_another_partnership_are_not_there(
    otherton: Partnership, client_of: ClientOf, business_unit: User
) -> None:
    for make in (PromiseFactory, MilestoneFactory, RiskFactory, NamedFigureFactory):
        make(partnership=otherton, code="theirs")
    unit = client_of(business_unit)
    for url in (f"{PROMISES}years/2020-21/", MILESTONES, RISKS, FIGURES):
        assert unit.get(f"{url}theirs/").status_code == 404


@pytest.mark.parametrize("url", [PROMISES, MILESTONES, RISKS, FIGURES])
def test_page_of_a_partnership_without_any_says_so(
    client_of: ClientOf, partner: User, url: str
) -> None:
    assert "Nobody has entered" in text(client_of(partner), url)


def test_closed_risk_stands_apart_from_the_open_ones(
    testshire: Partnership, client_of: ClientOf, partner: User
) -> None:
    RiskFactory(
        partnership=testshire, what="It was so", closed="2020-05-04", closed_why="It is over."
    )
    page = text(client_of(partner), RISKS)
    assert "No risk is open." in page
    assert "4 May 2020" in page
    assert "It is over." in page
