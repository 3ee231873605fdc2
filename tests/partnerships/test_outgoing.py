"""E-mails on their way to a mail server: what is taken, refused, lost or not even offered."""

from collections.abc import Iterator, Sequence

import pytest
from django.test.utils import override_settings
from django.utils import timezone

from partnerships.jobs import JobError, enqueue
from partnerships.jobs.registry import _kinds, handler
from partnerships.jobs.running import claim
from partnerships.models import Job, User
from partnerships.outgoing import message_to, must_not_have_gone, send_each
from tests.mail_server import Post

NOT_TAKEN = "{sent} of {all}"
AWAY = "Nobody was reached."
PERHAPS = "Nobody knows."
KIND = "outgoing.test"


def send(*names: str) -> None:
    people = [User(email=f"{name}@test.example", name=name) for name in names]
    context = {"count": 1, "places": [], "on": timezone.localdate(), "all": "here"}
    messages = [message_to(each, "partnerships/email/digest", context) for each in people]
    send_each(messages, not_taken=NOT_TAKEN, not_reached=AWAY)


def refused(*names: str) -> str:
    with pytest.raises(JobError) as error:
        send(*names)
    return str(error.value)


def test_e_mail_says_where_it_is_switched_off_and_asks_for_no_answer(post: Post) -> None:
    with override_settings(PORTAL_URL="https://portal.example"):
        send("one")
    (taken,) = post.taken
    assert taken["To"] == "one@test.example"
    assert taken["Subject"] == "One thing waits for you"
    assert taken["Auto-Submitted"] == "auto-generated"
    choose = "https://portal.example/account/reminders/"
    assert taken["List-Unsubscribe"] == f"<{choose}>"
    assert taken.get_content().splitlines()[-2:] == [
        "You can switch these e-mails off. Choose here which e-mails you get:",
        choose,
    ]


def test_address_that_is_refused_keeps_back_nobody_else(post: Post) -> None:
    post.refuses = {"two@test.example"}
    assert refused("one", "two", "three") == "2 of 3"
    assert post.addresses == ["one@test.example", "three@test.example"]


def test_server_that_hangs_up_is_not_asked_again(post: Post) -> None:
    post.hangs_up_after = 1
    assert refused("one", "two", "three") == "1 of 3"
    assert post.addresses == ["one@test.example"]


def test_server_that_is_away_was_not_reached(away: None) -> None:
    assert refused("one", "two") == AWAY


def test_no_e_mails_ask_for_no_server(away: None) -> None:
    send()


@pytest.fixture
def kind() -> Iterator[None]:
    handler(KIND, title="Test")(lambda run: dict)
    yield
    del _kinds[KIND]


def tried(system: User, *ended: tuple[str, str]) -> str:
    """What an attempt says after others of the same work ended with a state and an error."""
    now = timezone.now()
    for state, error in ended:
        before = {"asked_by": system, "asked_at": now, "not_before": now, "finished_at": now}
        attempts = 0 if error == "Never begun." else 1
        Job.objects.create(
            kind=KIND, key="1", state=state, error=error, attempts=attempts, **before
        )
    run = claim(enqueue(kind=KIND, key="1", by=system, arguments={}, now=now).pk, now=now)
    assert run is not None
    try:
        must_not_have_gone(run, PERHAPS, nothing_sent=[AWAY])
    except JobError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ([], ""),
        ([("failed", AWAY)], ""),
        ([("failed", AWAY), ("failed", AWAY)], ""),
        ([("cancelled", "Never begun.")], ""),
        ([("done", "")], PERHAPS),
        ([("failed", "1 of 3")], PERHAPS),
        ([("failed", "1 of 3"), ("failed", AWAY)], PERHAPS),
        ([("cancelled", "")], PERHAPS),
    ],
)
def test_work_asked_for_again_sends_only_where_nothing_went_out(
    system: User, kind: None, ended: Sequence[tuple[str, str]], said: str
) -> None:
    assert tried(system, *ended) == said


def test_second_attempt_does_not_send(system: User, kind: None) -> None:
    now = timezone.now()
    job = enqueue(kind=KIND, key="1", by=system, arguments={}, now=now)
    Job.objects.filter(pk=job.pk).update(attempts=1)
    run = claim(job.pk, now=now)
    assert run is not None
    with pytest.raises(JobError, match=PERHAPS):
        must_not_have_gone(run, PERHAPS, nothing_sent=[AWAY])
