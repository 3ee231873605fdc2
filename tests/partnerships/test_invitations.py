"""The invitation by e-mail: what it leads to, and that it goes out at most once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings

from partnerships.jobs import run_now
from partnerships.models import Job, Partnership, Role, User
from partnerships.people.actions import RoleRefused, invite_again
from tests.factories import PASSWORD
from tests.partnerships.test_people import PORTAL, given


def invitation(administrator: User, testshire: Partnership) -> Job:
    given(administrator, testshire)
    return Job.objects.get()


def link_in(body: str) -> str:
    return next(line for line in body.splitlines() if line.startswith(PORTAL))


def test_invitation_leads_to_a_password_and_then_to_sign_in(
    administrator: User, testshire: Partnership, client: Client
) -> None:
    job = run_now(invitation(administrator, testshire))
    assert (job.state, job.error) == ("done", "")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["new.officer@testshire.invalid"],
        "Your invitation to safeguarding partnership reporting",
    )
    assert str(sent.body).startswith(
        "Administrator, Testshire has given you a role at Testshire Safeguarding"
    )
    form = client.get("/" + link_in(str(sent.body)).removeprefix(PORTAL), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/account/login/", {"login": sent.to[0], "password": PASSWORD})
    assert "Testshire Safeguarding" in client.get("/my/").content.decode()


def test_invitation_is_not_sent_twice_though_the_job_runs_twice(
    administrator: User, testshire: Partnership
) -> None:
    job = invitation(administrator, testshire)
    Job.objects.filter(pk=job.pk).update(attempts=1)  # a worker died while sending
    job = run_now(job)
    assert (job.state, len(mail.outbox)) == ("failed", 0)
    assert job.error == (
        "Sending was interrupted, so the invitation may have gone out or not. "
        "Ask the person; if nothing has come, send it again."
    )


def test_invitation_after_a_password_was_set_is_not_sent(
    administrator: User, testshire: Partnership
) -> None:
    job = invitation(administrator, testshire)
    user = User.objects.get(email="new.officer@testshire.invalid")
    user.set_password(PASSWORD)
    user.save()
    job = run_now(job)
    assert (job.state, mail.outbox) == ("failed", [])
    assert job.error == "The person has set a password in the meantime. Nothing was sent."


class Unreachable(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("new.officer@testshire.invalid")


@override_settings(EMAIL_BACKEND="tests.partnerships.test_invitations.Unreachable")
def test_e_mail_server_that_is_away_shows_as_a_failure_without_the_address(
    administrator: User,
    testshire: Partnership,
    client_of: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = run_now(invitation(administrator, testshire))
    assert (job.state, job.attempts) == ("failed", 1)
    assert job.error == (
        "The e-mail server did not take the invitation. Check the address, then send it again."
    )
    assert "new.officer" not in caplog.text
    assert job.error in client_of(administrator).get("/p/testshire/people/").content.decode()


def test_invitation_can_be_sent_again(administrator: User, testshire: Partnership) -> None:
    first = run_now(invitation(administrator, testshire))
    again = invite_again(by=administrator, role=Role.objects.get(name="partner"), portal=PORTAL)
    assert again.pk != first.pk
    run_now(again)
    assert len(mail.outbox) == 2


def test_person_with_a_password_is_not_invited_again(administrator: User, partner: User) -> None:
    with pytest.raises(RoleRefused, match=r"Partner, Testshire has a password."):
        invite_again(by=administrator, role=partner.roles.get(), portal=PORTAL)
    assert Job.objects.count() == 0
