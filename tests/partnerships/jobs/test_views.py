"""The page of a job: who sees it, what it says, and what its buttons do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Job, Partnership, User
from tests.partnerships.jobs.rows import ASKED_AT, job_row

ClientOf = Callable[[User], Client]


def page(client: Client, job: Job) -> Any:
    return client.get(reverse("job", args=[job.pk]))


def send(client: Client, name: str, job: Job) -> list[str]:
    """The messages that the page shows after the button was pressed."""
    answer = client.post(reverse(name, args=[job.pk]), follow=True)
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("business_unit", 200),
        ("approver", 200),
        ("partner", 403),
        ("administrator", 403),
        ("outsider", 404),
        ("nobody", 404),
        ("platform_administrator", 404),
    ],
)
def test_job_of_a_partnership_is_for_who_runs_jobs_there(
    system: User,
    testshire: Partnership,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    who: str,
    status: int,
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert page(client, job_row(system, partnership=testshire)).status_code == status


def test_job_is_shown_to_who_asked_for_it_while_they_hold_a_role_there(
    partner: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(partner, partnership=testshire)
    client = client_of(partner)

    assert page(client, job).status_code == 200
    partner.roles.update(last=ASKED_AT.date())
    assert page(client, job).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("business_unit", 404), ("platform_administrator", 200), ("partner", 200)]
)
def test_job_of_no_partnership_is_for_its_asker_and_the_platform_administrator(
    partner: User,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    who: str,
    status: int,
) -> None:
    job = job_row(partner)

    assert page(client_of(request.getfixturevalue(who)), job).status_code == status


@pytest.mark.parametrize(
    ("state", "fields", "facts", "buttons"),
    [
        ("waiting", {}, [], ["Cancel this job"]),
        (
            "waiting",
            {"attempts": 1, "started_at": ASKED_AT, "not_before": ASKED_AT + timedelta(hours=4)},
            [
                "Started: 14 January 2020 at 9:00am (attempt 1 of at most 3)",
                "Not before: 14 January 2020 at 1:00pm",
            ],
            ["Cancel this job"],
        ),
        (
            "running",
            {},
            ["Started: 14 January 2020 at 9:00am (attempt 1 of at most 3)"],
            ["Cancel this job"],
        ),
        (
            "running",
            {"cancel_requested": True},
            ["Started: 14 January 2020 at 9:00am (attempt 1 of at most 3)"],
            [],
        ),
        ("done", {}, ["Ended: 14 January 2020 at 9:00am"], []),
        ("failed", {}, ["Ended: 14 January 2020 at 9:00am"], ["Ask for it again"]),
        ("cancelled", {}, ["Ended: 14 January 2020 at 9:00am"], ["Ask for it again"]),
    ],
)
def test_page_says_what_is_known_and_offers_what_can_be_done(
    business_unit: User,
    testshire: Partnership,
    client_of: ClientOf,
    state: str,
    fields: dict[str, Any],
    facts: list[str],
    buttons: list[str],
) -> None:
    job = job_row(business_unit, partnership=testshire, state=state, **fields)

    answer = page(client_of(business_unit), job)

    assert [f"{fact.key}: {fact.value}" for fact in answer.context["facts"]] == [
        "For: any",
        "Asked for: 14 January 2020 at 9:00am by Business unit, Testshire",
        *facts,
    ]
    html = answer.content.decode()
    offered = [text for text in ("Cancel this job", "Ask for it again") if text in html]
    assert offered == buttons
    assert ("js/job.js" in html, ">Refresh<" in html) == (not job.finished_at, not job.finished_at)


def test_page_shows_progress_and_error(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(
        business_unit,
        partnership=testshire,
        state="running",
        progress_done=3,
        progress_total=12,
        progress_words="Domestic abuse",
        error="The job stopped on an unexpected error. It will be tried again.",
    )

    html = page(client_of(business_unit), job).content.decode()

    assert "Domestic abuse</label>" in html
    assert "3 of 12</p>" in html
    assert job.error in html


@pytest.mark.parametrize(
    ("result", "links"),
    [
        ({"page": "/reports/testshire/2020/"}, 1),
        ({"page": "//elsewhere.invalid/"}, 0),
        ({"page": 3}, 0),
        ({}, 0),
    ],
)
def test_page_links_to_a_result_inside_the_portal_only(
    business_unit: User,
    testshire: Partnership,
    client_of: ClientOf,
    result: dict[str, object],
    links: int,
) -> None:
    job = job_row(business_unit, partnership=testshire, state="done", result=result)

    html = page(client_of(business_unit), job).content.decode()

    assert html.count("See the result") == links


def test_cancel_of_a_waiting_job_says_so(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(business_unit, partnership=testshire)

    said = send(client_of(business_unit), "job_cancel", job)

    job.refresh_from_db()
    assert (job.state, said) == ("cancelled", ["The job is cancelled. Nothing was changed."])


def test_cancel_of_a_running_job_says_that_it_will_stop(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(business_unit, partnership=testshire, state="running")

    said = send(client_of(business_unit), "job_cancel", job)

    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == ("running", True)
    assert said == ["The job was asked to stop. It will stop at its next step and change nothing."]


def test_cancel_of_an_ended_job_says_that_it_came_too_late(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(business_unit, partnership=testshire, state="done")

    said = send(client_of(business_unit), "job_cancel", job)

    assert said == ["The job had ended before it could be cancelled."]


def test_ask_again_goes_to_the_new_job(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(business_unit, partnership=testshire, state="failed")

    answer = client_of(business_unit).post(reverse("job_again", args=[job.pk]))

    again = Job.objects.get(state="waiting")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/jobs/{again.pk}/")


def test_ask_again_for_a_job_that_is_done_says_why_not(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(business_unit, partnership=testshire, state="done")

    said = send(client_of(business_unit), "job_again", job)

    assert said == ["Only a job that failed or was cancelled can be asked for again."]


def test_ask_again_is_not_for_an_asker_who_may_no_longer_run_jobs(
    partner: User, testshire: Partnership, client_of: ClientOf
) -> None:
    job = job_row(partner, partnership=testshire, state="failed")
    client = client_of(partner)

    assert "Ask for it again" not in page(client, job).content.decode()
    assert client.post(reverse("job_again", args=[job.pk])).status_code == 403


def test_page_asks_the_database_the_same_few_times_whatever_the_state(
    business_unit: User,
    testshire: Partnership,
    client_of: ClientOf,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    client = client_of(business_unit)
    jobs = [
        job_row(business_unit, key=state, partnership=testshire, state=state)
        for state in ("waiting", "running", "failed")
    ]

    for job in jobs:
        with django_assert_num_queries(4):  # session, person, job, roles
            page(client, job)


@pytest.mark.parametrize(
    ("state", "begins_in", "says"),
    [
        ("waiting", timedelta(seconds=-20), False),
        ("waiting", timedelta(minutes=-2), True),
        ("waiting", timedelta(minutes=5), False),
        ("running", timedelta(minutes=-2), False),
    ],
)
def test_page_of_a_job_that_nobody_begins_says_so(
    business_unit: User,
    testshire: Partnership,
    client_of: ClientOf,
    state: str,
    begins_in: timedelta,
    says: bool,
) -> None:
    at = timezone.now() + begins_in
    job = job_row(business_unit, partnership=testshire, state=state, asked_at=at, not_before=at)

    html = page(client_of(business_unit), job).content.decode()

    assert ("Nobody has begun this yet." in html) is says


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("testshire", "Testshire"),
        ("testshire:2019-20", "Testshire, 2019-20"),
        ("testshire 2019-20-q4 7", "Testshire, 2019-20-q4 7"),
        ("testshires:2019-20", "testshires:2019-20"),
        ("all", "all"),
    ],
)
def test_page_names_the_partnership_that_the_work_is_for(
    business_unit: User, testshire: Partnership, client_of: ClientOf, key: str, words: str
) -> None:
    job = job_row(business_unit, partnership=testshire, key=key)

    facts = page(client_of(business_unit), job).context["facts"]

    assert (facts[0].key, facts[0].value) == ("For", words)


def test_way_back_leads_to_a_page_that_the_person_may_open(
    contributor: User, testshire: Partnership, client_of: ClientOf
) -> None:
    client = client_of(contributor)
    job = job_row(contributor, partnership=testshire)

    name, address = page(client, job).context["back"]

    assert (name, address) == ("Testshire", reverse("returns", args=["testshire"]))
    assert client.get(address).status_code == 200


def test_page_of_a_job_keeps_the_menu_of_its_partnership(
    business_unit: User, testshire: Partnership, client_of: ClientOf
) -> None:
    client = client_of(business_unit)

    at_testshire = page(client, job_row(business_unit, partnership=testshire)).context["nav"]
    at_none = page(client, job_row(business_unit, key="other")).context["nav"]

    assert (at_testshire.partnership, at_none.partnership) == (testshire, None)
    assert "Returns" in [item.text for item in at_testshire.items]
