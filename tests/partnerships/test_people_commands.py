"""Commands about people: the first administrator, and a lost phone."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from partnerships.models import AuditEvent, Job, Partnership, Role, User


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def give(partnership: str, role: str, email: str) -> str:
    return run("give_role", partnership, role, email, "Officer", "--portal=https://portal.example")


def test_first_administrator_is_named_and_invited(testshire: Partnership) -> None:
    said = give("testshire", "administrator", "first@testshire.invalid")
    assert said == "first@testshire.invalid: Administrator at Testshire.\n"
    role = Role.objects.get()
    assert (role.user.name, role.name, role.partnership) == ("Officer", "administrator", testshire)
    assert Job.objects.get().arguments == {
        "user": role.user_id,
        "portal": "https://portal.example",
    }
    assert AuditEvent.objects.get(verb="role given").actor.is_system


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "administrator", "a@b.example"), "There is no partnership 'nowhere'."),
        (("testshire", "administrator", "nonsense"), "'nonsense' is not an e-mail address."),
        (
            ("testshire", "partner", "partner@testshire.invalid"),
            "Partner, Testshire holds this role from 1 April 2015 without a last day already.",
        ),
    ],
)
def test_bad_input_is_refused_in_a_sentence_and_changes_nothing(
    testshire: Partnership, partner: User, words: tuple[str, str, str], said: str
) -> None:
    before = (User.objects.filter(is_system=False).count(), Role.objects.count())
    with pytest.raises(CommandError) as raised:
        give(*words)
    assert str(raised.value) == said
    assert (User.objects.filter(is_system=False).count(), Role.objects.count()) == before


def test_second_step_is_switched_off_and_that_is_recorded(partner: User) -> None:
    Authenticator.objects.create(user=partner, type="totp", data={})
    Authenticator.objects.create(user=partner, type="recovery_codes", data={})
    said = run("switch_off_second_factor", "Partner@testshire.invalid")
    assert said == "partner@testshire.invalid signs in with the password alone.\n"
    assert Authenticator.objects.count() == 0
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.actor.is_system) == (
        "second step switched off",
        f"person:{partner.pk}",
        True,
    )


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (
            "partner@testshire.invalid",
            "partner@testshire.invalid has no second step. Nothing was changed.",
        ),
        ("nobody@b.example", "There is no account with the address 'nobody@b.example'."),
    ],
)
def test_nothing_to_switch_off_is_said(partner: User, email: str, said: str) -> None:
    with pytest.raises(CommandError) as raised:
        run("switch_off_second_factor", email)
    assert str(raised.value) == said
    assert AuditEvent.objects.count() == 0
