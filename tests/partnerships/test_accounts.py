"""Signing in, staying in and being signed out, through the real pages and the real limits."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from partnerships import account_urls
from partnerships.account_forms import ResetPasswordKeyForm
from partnerships.models import User
from tests.factories import PASSWORD, UserFactory

SIGN_IN = "/account/login/"
WRONG = "The email address or the password is wrong. Check both and try again."
TOO_MANY = "There were too many wrong attempts. Wait five minutes, then try again."


@pytest.fixture(autouse=True)
def _limits_start_at_nought(db: None) -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD, address: str = SIGN_IN) -> Any:
    return client.post(address, {"login": user.email, "password": password})


def errors(answer: Any) -> list[str]:
    """What the error summary says."""
    summary = (
        answer.content.decode().partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    )
    return [
        re.sub(r"<[^>]+>", "", item).strip()
        for item in re.findall(r"<li>(.*?)</li>", summary, re.S)
    ]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_leads_to_one_s_own_page(client: Client, partner: User) -> None:
    answer = sign_in(client, partner)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/")
    assert signed_in(client)


def test_address_is_read_without_regard_to_capitals(client: Client, partner: User) -> None:
    client.post(SIGN_IN, {"login": partner.email.upper(), "password": PASSWORD})
    assert signed_in(client)


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_wrong_password_says_the_same_whether_the_person_is_known(client: Client, who: str) -> None:
    user = UserFactory() if who == "known" else UserFactory.build()
    answer = sign_in(client, user, "a-wrong-password")
    assert errors(answer) == [WRONG]
    assert not signed_in(client)


def test_empty_form_says_what_to_enter(client: Client) -> None:
    answer = client.post(SIGN_IN, {})
    assert errors(answer) == [
        "Enter your email address, like name@example.org.",
        "Enter your password.",
    ]


def test_sixth_wrong_password_for_an_address_closes_it_even_to_the_right_one(
    client: Client, partner: User
) -> None:
    said = [errors(sign_in(client, partner, "a-wrong-password")) for _ in range(6)]
    assert said == [[WRONG]] * 5 + [[TOO_MANY]]
    assert errors(sign_in(client, partner)) == [TOO_MANY]
    assert not signed_in(client)


def test_wrong_passwords_are_counted_in_the_database(client: Client, partner: User) -> None:
    assert isinstance(caches["default"], DatabaseCache)
    for _ in range(5):
        sign_in(client, partner, "a-wrong-password")
    cache.close()
    assert errors(sign_in(Client(), partner)) == [TOO_MANY]


def test_a_flood_of_other_attempts_does_not_open_an_address_again(
    client: Client, partner: User
) -> None:
    for _ in range(5):
        sign_in(client, partner, "a-wrong-password")
    cache.set_many({f"zz-{number}": number for number in range(400)})
    assert errors(sign_in(client, partner)) == [TOO_MANY]


def test_another_address_from_the_same_place_can_still_sign_in(
    client: Client, partner: User, approver: User
) -> None:
    for _ in range(6):
        sign_in(client, partner, "a-wrong-password")
    sign_in(client, approver)
    assert signed_in(client)


def test_thirty_first_attempt_in_a_minute_from_one_place_is_429(client: Client) -> None:
    statuses = [client.post(SIGN_IN, {}).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]


def test_closed_account_cannot_sign_in(client: Client, partner: User) -> None:
    partner.is_active = False
    partner.save()
    sign_in(client, partner)
    assert not signed_in(client)


def test_system_actor_cannot_sign_in(client: Client, system: User) -> None:
    for password in ("", "!", PASSWORD):
        sign_in(client, system, password)
    assert not signed_in(client)


def test_account_closed_during_a_session_is_signed_out(
    client_of: Callable[[User], Client], partner: User
) -> None:
    client = client_of(partner)
    assert client.get("/my/").status_code == 200
    User.objects.filter(pk=partner.pk).update(is_active=False)
    assert client.get("/my/").status_code == 302


def test_session_ends_with_the_working_day(client: Client, partner: User) -> None:
    before = timezone.now()
    sign_in(client, partner)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    session = Session.objects.get(pk=cookie.value)
    lasts = session.expire_date - before
    assert timedelta(hours=8) <= lasts <= timedelta(hours=8, minutes=1)
    assert (cookie["expires"], cookie["max-age"], cookie["httponly"]) == ("", "", True)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
    ],
)
def test_sign_in_never_leads_elsewhere(client: Client, partner: User, elsewhere: str) -> None:
    answer = client.post(SIGN_IN, {"login": partner.email, "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/my/"


def test_signing_out_needs_a_post(client_of: Callable[[User], Client], partner: User) -> None:
    client = client_of(partner)
    assert client.get("/account/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/account/logout/").headers["Location"] == "/"
    assert not signed_in(client)


def link_in_mail() -> str:
    (sent,) = mail.outbox
    (link,) = re.findall(r"http://testserver(\S+)", str(sent.body))
    return str(link)


def test_new_password_by_email(client: Client, partner: User) -> None:
    answer = client.post("/account/password/reset/", {"email": partner.email}, follow=True)
    assert "Check your email" in answer.content.decode()
    form = client.get(link_in_mail(), follow=True)
    words = {"password1": "another-three-words", "password2": "another-three-words"}
    answer = client.post(form.redirect_chain[-1][0], words, follow=True)
    assert "Your password is set" in answer.content.decode()
    sign_in(client, partner, "another-three-words")
    assert signed_in(client)


def test_link_in_the_email_works_once(client: Client, partner: User) -> None:
    client.post("/account/password/reset/", {"email": partner.email})
    link = link_in_mail()
    form = client.get(link, follow=True)
    words = {"password1": "another-three-words", "password2": "another-three-words"}
    client.post(form.redirect_chain[-1][0], words)
    assert "This link does not work" in Client().get(link, follow=True).content.decode()


def test_email_says_what_it_is_for_and_names_nobody(client: Client, partner: User) -> None:
    client.post("/account/password/reset/", {"email": partner.email})
    (sent,) = mail.outbox
    assert sent.subject == "Set your password for safeguarding partnership reporting"
    assert sent.to == [partner.email]
    assert partner.name not in str(sent.body)


@pytest.mark.parametrize("who", ["unknown", "system", "closed"])
def test_nobody_else_is_sent_a_link_and_the_page_says_the_same(
    client: Client, system: User, who: str
) -> None:
    email = {
        "unknown": "nobody-knows@portal.invalid",
        "system": system.email,
        "closed": UserFactory(is_active=False).email,
    }[who]
    answer = client.post("/account/password/reset/", {"email": email})
    assert answer.headers["Location"] == "/account/password/reset/done/"
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "This password is too short. It must contain at least 12 characters."),
        ("qwerty123456", "This password is too common."),
        ("partner@testshire.invalid", "The password is too similar to the email."),
    ],
)
def test_weak_password_is_refused(client: Client, partner: User, password: str, said: str) -> None:
    client.post("/account/password/reset/", {"email": partner.email})
    form = client.get(link_in_mail(), follow=True)
    address = form.redirect_chain[-1][0]
    answer = client.post(address, {"password1": password, "password2": password})
    assert errors(answer) == [said]


def test_hint_for_a_new_password_agrees_with_the_rule(db: None) -> None:
    (rule, *_) = get_default_password_validators()
    hint = str(ResetPasswordKeyForm().fields["password1"].help_text)
    assert isinstance(rule, MinimumLengthValidator)
    assert hint.startswith(f"At least {rule.min_length} characters.")


def test_password_is_changed_only_with_the_one_in_use(
    client_of: Callable[[User], Client], partner: User
) -> None:
    client = client_of(partner)
    words = {"password1": "another-three-words", "password2": "another-three-words"}
    wrong = client.post("/account/password/change/", {"oldpassword": "wrong", **words})
    assert errors(wrong) == ["This is not your current password. Enter it again."]
    right = client.post("/account/password/change/", {"oldpassword": PASSWORD, **words})
    assert right.status_code == 302
    partner.refresh_from_db()
    assert partner.check_password("another-three-words")
    assert client.get("/my/").status_code == 200


def test_two_different_new_passwords_are_refused(
    client_of: Callable[[User], Client], partner: User
) -> None:
    words = {"oldpassword": PASSWORD, "password1": "another-three-words", "password2": "other"}
    answer = client_of(partner).post("/account/password/change/", words)
    assert errors(answer) == ["You must type the same password each time."]


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def with_second_step(client: Client, user: User) -> str:
    """Signs in, switches the second step on, and gives its secret."""
    sign_in(client, user)
    page = client.get("/account/2fa/totp/activate/", follow=True)
    client.post(page.redirect_chain[-1][0], {"password": PASSWORD})
    form = client.get("/account/2fa/totp/activate/").context["form"]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(form.secret)})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    return str(form.secret)


def test_second_step_is_switched_on_after_the_password_and_asked_for_from_then_on(
    client: Client, partner: User
) -> None:
    secret = with_second_step(client, partner)
    client.post("/account/logout/")
    assert sign_in(client, partner).headers["Location"].startswith("/account/2fa/authenticate/")
    assert not signed_in(client)
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert errors(wrong) == [
        "The code is wrong or has run out. Enter the code that the app shows now."
    ]
    cache.clear()  # a code is good once; this one was good when the step was switched on
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert signed_in(client)


def test_recovery_code_works_in_place_of_the_phone_once(client: Client, partner: User) -> None:
    with_second_step(client, partner)
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    downloaded = client.get("/account/2fa/recovery-codes/download/").content.decode().split()
    assert downloaded == codes
    outcomes = []
    for _ in range(2):
        client.post("/account/logout/")
        sign_in(client, partner)
        client.post("/account/2fa/authenticate/", {"code": codes[0]})
        outcomes.append(signed_in(client))
    assert outcomes == [True, False]


def test_new_recovery_codes_replace_the_old(client: Client, partner: User) -> None:
    with_second_step(client, partner)
    old = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert "10 codes" in client.get("/account/2fa/recovery-codes/generate/").content.decode()
    answer = client.post("/account/2fa/recovery-codes/generate/", follow=True)
    assert set(answer.context["unused_codes"]).isdisjoint(old)


def test_second_step_is_switched_off(client: Client, partner: User) -> None:
    with_second_step(client, partner)
    assert "It is on." in client.get("/account/2fa/").content.decode()
    client.get("/account/2fa/totp/deactivate/")
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.count() == 0
    assert "It is off." in client.get("/account/2fa/").content.decode()


def test_only_the_addresses_named_exist() -> None:
    """allauth makes others; each would be a way in that nobody looked at."""
    named = [pattern.name for pattern in account_urls.urlpatterns]
    assert [reverse(name, kwargs=_kwargs(name)) for name in named] == [
        "/account/reminders/",
        "/account/unsent/",
        "/account/login/",
        "/account/logout/",
        "/account/inactive/",
        "/account/reauthenticate/",
        "/account/password/change/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/1-2/",
        "/account/password/reset/key/done/",
        "/account/2fa/",
        "/account/2fa/authenticate/",
        "/account/2fa/reauthenticate/",
        "/account/2fa/totp/activate/",
        "/account/2fa/totp/deactivate/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/recovery-codes/download/",
    ]


def _kwargs(name: str | None) -> dict[str, str]:
    return {"uidb36": "1", "key": "2"} if name == "account_reset_password_from_key" else {}


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_set_password", "mfa_trust"]
)
def test_other_addresses_of_the_library_do_not_exist(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "email/", "social/connections/", "3rdparty/", ""])
def test_other_paths_of_the_library_are_not_found(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404


def test_closed_account_page_says_whom_to_ask(client: Client) -> None:
    assert "ask the business unit" in client.get("/account/inactive/").content.decode()
