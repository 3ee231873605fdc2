"""The link in a reminder opens one return for one person, who signs in, for 14 days."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.conf import settings
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from metrics.models import Return
from metrics.returns.parts.actions import chase
from metrics.returns.parts.links import LIVES, Opens, link_for
from metrics.returns.parts.standing import parts
from partnerships.calendar import store_period
from partnerships.jobs import run_now
from partnerships.models import Job, RoleName, User
from partnerships.periods import Span
from tests.factories import PASSWORD
from tests.world import World, person

SignedIn = Callable[[User], Client]


@pytest.fixture
def whole(world: World, newest: Span) -> Return:
    due = timezone.localdate() + timedelta(days=5)
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(newest),
        due=due,
        closed_to_new=due,
        closed_to_edits=due,
    )


def path_of(link: str) -> str:
    assert link.startswith(settings.PORTAL_URL)
    return link.removeprefix(settings.PORTAL_URL)


def opened_by(client: Client, whole: Return, user: User) -> tuple[int, str]:
    answer = client.get(path_of(link_for(Opens(whole.pk, user.pk))))
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def test_each_person_gets_a_link_of_their_own_that_opens_the_return(
    world: World, whole: Return, newest: Span, signed_in: SignedIn
) -> None:
    other = person(world.partnership, RoleName.CONTRIBUTOR, "colleague", world.police)
    (part,) = [p for p in parts(whole, on=timezone.localdate()) if p.agency == world.police]
    chase(part=part, part_of=whole, by=world.unit, at=timezone.now())
    assert run_now(Job.objects.get()).state == Job.State.DONE
    assert [sent.to for sent in mail.outbox] == [[other.email], [world.contributor.email]]
    links = [
        line for sent in mail.outbox for line in str(sent.body).splitlines() if "?link=" in line
    ]
    assert len(set(links)) == 2
    for user, link in zip((other, world.contributor), links, strict=True):
        assert user.email not in unquote(link)
        answer = signed_in(user).get(path_of(link))
        assert answer.headers["Location"] == f"/p/testshire/returns/{newest.key}/figures/enter/"


def test_link_asks_for_signing_in_and_comes_back(world: World, whole: Return) -> None:
    path = path_of(link_for(Opens(whole.pk, world.contributor.pk)))
    sent = Client().get(path)
    assert sent.status_code == 302
    assert sent.headers["Location"].startswith("/account/login/?next=/returns/open/")


def test_link_of_another_person_is_refused(
    world: World, whole: Return, signed_in: SignedIn
) -> None:
    status, page = opened_by(signed_in(world.unit), whole, world.contributor)
    assert status == 403
    assert "This link was written for somebody else. You are signed in as unit." in page
    assert "contributor" not in page
    assert 'href="/my/"' in page


@pytest.mark.parametrize(("days", "status"), [(-1, 302), (1, 410)])
def test_link_lives_fourteen_days(
    world: World,
    whole: Return,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    status: int,
) -> None:
    path = path_of(link_for(Opens(whole.pk, world.contributor.pk)))
    later = timezone.now() + LIVES + timedelta(days=days)
    client = signed_in(world.contributor)
    monkeypatch.setattr(time, "time", later.timestamp)
    assert client.get(path).status_code == status


def test_expired_link_says_so_and_leads_on(
    world: World, whole: Return, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(link_for(Opens(whole.pk, world.contributor.pk)))
    client = signed_in(world.contributor)
    monkeypatch.setattr(time, "time", (timezone.now() + 2 * LIVES).timestamp)
    page = client.get(path).content.decode()
    assert "This link is more than 14 days old" in page
    assert 'href="/my/"' in page


@pytest.mark.parametrize("change", ["", "x", "cut", "salt"])
def test_link_that_was_changed_is_not_read(
    world: World, whole: Return, signed_in: SignedIn, change: str
) -> None:
    path = path_of(link_for(Opens(whole.pk, world.contributor.pk)))
    changed = {
        "": "/returns/open/",
        "x": f"{path}x",
        "cut": path[:-4],
        "salt": f"/returns/open/?link={signing.dumps([whole.pk, world.contributor.pk])}",
    }[change]
    answer = signed_in(world.contributor).get(changed)
    assert answer.status_code == 404
    assert "This link cannot be read." in answer.content.decode()


def test_link_opens_nothing_for_somebody_whose_role_has_ended(
    world: World, whole: Return, signed_in: SignedIn
) -> None:
    world.contributor.roles.update(last=timezone.localdate() - timedelta(days=1))
    status, page = opened_by(signed_in(world.contributor), whole, world.contributor)
    assert status == 403
    assert "You no longer enter figures" in page
    assert "Test" not in page.replace("Testing", "")


def test_token_stands_in_no_line_of_the_log(
    world: World, whole: Return, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    link = link_for(Opens(whole.pk, world.contributor.pk))
    with caplog.at_level(logging.DEBUG):
        signed_in(world.unit).get(path_of(link))
        signed_in(world.contributor).get(path_of(link)[:-4])
    assert "/returns/open/" in caplog.text
    assert link.partition("link=")[2][:20] not in caplog.text


def test_person_who_signs_in_on_the_way_comes_to_the_return(
    world: World, whole: Return, newest: Span
) -> None:
    world.contributor.set_password(PASSWORD)
    world.contributor.save()
    client = Client()
    path = path_of(link_for(Opens(whole.pk, world.contributor.pk)))
    sign_in = client.get(path).headers["Location"]
    sent = {
        "login": world.contributor.email,
        "password": PASSWORD,
        "next": parse_qs(urlsplit(sign_in).query)["next"][0],
    }
    answer = client.post(sign_in, sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/p/testshire/returns/{newest.key}/figures/enter/"
