"""Once a week an e-mail says what waits for a person at all their partnerships."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from metrics.actions import send_back
from metrics.entries import Entry
from metrics.queries import quarters_to, whole_cells
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.jobs import ask_again, run_now
from partnerships.jobs.daily import ask_for_what_is_due
from partnerships.models import AuditEvent, Digest, Job, Partnership, Role, RoleName, User
from partnerships.people.actions import system_actor
from partnerships.people.digest_jobs import ASK, NOT_TAKEN, PERHAPS_SENT
from partnerships.people.digests import DIGEST, NOT_REACHED, ask_for_digests
from partnerships.periods import Span, day
from tests.kept_factories import ActionFactory
from tests.mail_server import Post
from tests.return_factories import ReturnFactory
from tests.world import NOW, World, person

ClientOf = Callable[[User], Client]
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
PAGE = "/account/reminders/"


@pytest.fixture
def quarter() -> Span:
    return quarters_to(timezone.localdate(), 1)[0]


@pytest.fixture
def owed(world: World, quarter: Span) -> str:
    """A return that is due in five days: a figure of the police, and one of the council."""
    due = timezone.localdate() + timedelta(days=5)
    whole = {"dataset": world.dataset, "period": store_period(quarter)}
    ReturnFactory(**whole, due=due, closed_to_new=due, closed_to_edits=due)
    return day(due)


def ask(at: datetime = MONDAY) -> int:
    return ask_for_digests(by=system_actor(), at=at)


def send() -> list[Job]:
    """The jobs that wait, each as it ended."""
    jobs = Job.objects.filter(kind=DIGEST, state=Job.State.WAITING).order_by("pk")
    return [run_now(job) for job in jobs]


def body_to(user: User) -> str:
    (sent,) = [each for each in mail.outbox if each.to == [user.email]]
    return str(sent.body)


def test_digest_counts_what_waits_and_leads_there(world: World, owed: str, quarter: Span) -> None:
    today = timezone.localdate()
    ActionFactory(
        partnership=world.partnership,
        agency=world.police,
        number=4,
        text="Visit the family in Mill Lane.",
        due=today - timedelta(days=3),
    )
    assert ask() == 4
    with override_settings(PORTAL_URL="https://portal.example"):
        send()
    assert body_to(world.contributor) == (
        f"This waits for you on {day(today)}. The links ask you to sign in.\n"
        "\n"
        "Testshire\n"
        "\n"
        f"- {quarter.label}: enter 1 figure, due {owed}\n"
        f"  https://portal.example/p/testshire/returns/{quarter.key}/figures/enter/\n"
        "\n"
        "- Actions overdue: 1\n"
        "  https://portal.example/my/\n"
        "\n"
        "All of it, as it stands when you look:\n"
        "https://portal.example/my/\n"
        "\n"
        "You can switch these e-mails off. Choose here which e-mails you get:\n"
        "https://portal.example/account/reminders/\n"
    )
    (sent,) = [each for each in mail.outbox if each.to == [world.contributor.email]]
    assert sent.subject == "2 things wait for you"


def test_digest_repeats_neither_a_figure_nor_what_is_wrong_with_it(
    world: World, owed: str, quarter: Span
) -> None:
    figure = {"place": world.place(quarter), "entry": Entry(value=Decimal(4711)), "seen": 0}
    save_entry(**figure, by=world.contributor, at=NOW)  # type: ignore[arg-type]
    ask()
    cell = whole_cells().get()
    send_back(cell=cell, seen=1, by=world.approver, at=NOW, reason="The child in Mill Lane.")
    send()
    said = body_to(world.contributor)
    assert f"{quarter.label}: put right 1 figure sent back, due {owed}" in said
    assert "4711" not in said.replace(",", "")
    assert "Mill Lane" not in said
    assert "Referrals" not in said


def test_who_has_nothing_to_do_gets_no_e_mail(world: World, owed: str) -> None:
    ask()
    assert [job.result for job in send()] == [
        {"emails": 0 if person == world.approver else 1}
        for person in User.objects.filter(digests__isnull=False).order_by("digests")
    ]
    assert sorted(to for each in mail.outbox for to in each.to) == [
        world.contributor.email, world.second.email, world.unit.email,
    ]  # fmt: skip


def test_person_at_two_partnerships_gets_one_e_mail_of_both(world: World, owed: str) -> None:
    other = Partnership.objects.create(slug="ash", name="Ashshire", short_name="Ash")
    role = {"partnership": other, "name": RoleName.BUSINESS_UNIT, "first": "2020-04-01"}
    Role.objects.create(user=world.unit, **role)
    ActionFactory(partnership=other, number=1, due=timezone.localdate() + timedelta(days=3))
    ask()
    send()
    said = body_to(world.unit)
    assert 0 < said.index("\nAshshire\n") < said.index("\nTestshire\n")
    assert "- Actions due within four weeks: 1\n" in said


@pytest.mark.parametrize(
    ("at", "weeks"),
    [
        (datetime(2026, 11, 23, 8, tzinfo=UTC), [(2026, 48)]),  # Monday
        (datetime(2026, 11, 25, 23, tzinfo=UTC), [(2026, 48)]),  # Wednesday
        (datetime(2026, 11, 26, 8, tzinfo=UTC), []),
        (datetime(2026, 11, 29, 8, tzinfo=UTC), []),
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), [(2026, 28)]),  # Monday in London
        (datetime(2024, 12, 30, 8, tzinfo=UTC), [(2025, 1)]),
    ],
)
def test_monday_that_was_missed_is_made_up_for_until_wednesday(
    world: World, at: datetime, weeks: list[tuple[int, int]]
) -> None:
    assert ask(at) == 4 * len(weeks)
    assert list(Digest.objects.values_list("year", "week").distinct().order_by()) == weeks


def test_portal_asks_by_itself_after_eight_in_london(world: World) -> None:
    def asked(at: datetime) -> list[Job]:
        return [job for job in ask_for_what_is_due(now=at) if job.kind == ASK]

    assert asked(MONDAY - timedelta(minutes=1)) == []
    (job,) = asked(MONDAY)
    assert run_now(job).state == Job.State.DONE
    assert asked(MONDAY + timedelta(hours=1)) == []


def test_asking_twice_writes_once_a_week(world: World, owed: str) -> None:
    assert [ask(MONDAY + timedelta(days=days)) for days in (0, 0, 1, 2, 3)] == [4, 0, 0, 0, 0]
    send()
    assert ask(MONDAY + timedelta(days=1)) == 0
    assert len(mail.outbox) == 3
    assert ask(MONDAY + timedelta(days=7)) == 4


def test_only_who_wants_it_and_holds_a_role_today_is_asked_for(world: World) -> None:
    User.objects.filter(pk=world.second.pk).update(wants_digest=False)
    User.objects.filter(pk=world.approver.pk).update(is_active=False)
    world.contributor.roles.update(last=MONDAY.date() - timedelta(days=1))
    assert ask() == 1
    assert Digest.objects.get().person == world.unit


def test_digest_switched_off_before_it_is_sent_is_not_sent(world: World, owed: str) -> None:
    ask()
    User.objects.update(wants_digest=False)
    assert {job.result["emails"] for job in send()} == {0}
    assert mail.outbox == []


def test_digest_that_reached_nobody_is_told_and_made_up_for(
    world: World, owed: str, client_of: ClientOf, away: None
) -> None:
    def page(user: User) -> str:
        return client_of(user).get(PAGE).content.decode()

    ask()
    assert {(job.state, job.error) for job in send()} == {("failed", NOT_REACHED), ("done", "")}
    assert NOT_REACHED in page(world.unit)
    assert NOT_REACHED not in page(world.approver)

    assert ask(MONDAY + timedelta(days=3)) == 0
    assert ask(MONDAY + timedelta(days=1)) == 3
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        send()
    assert len(mail.outbox) == 3
    assert NOT_REACHED not in page(world.unit)
    assert ask(MONDAY + timedelta(days=2)) == 0


def test_digest_that_may_have_gone_out_is_not_sent_again(
    world: World, owed: str, post: Post
) -> None:
    ask()
    Job.objects.filter(kind=DIGEST).update(attempts=1)
    assert {job.error for job in send()} == {PERHAPS_SENT}
    assert ask(MONDAY + timedelta(days=1)) == 0
    failed = Job.objects.filter(kind=DIGEST).latest("pk")
    assert run_now(ask_again(failed, by=system_actor())).error == PERHAPS_SENT
    assert post.taken == []


def test_refused_address_is_one_person_s_matter(
    world: World, owed: str, post: Post, client_of: ClientOf
) -> None:
    post.refuses = {world.unit.email}
    ask()
    send()
    assert sorted(post.addresses) == [world.contributor.email, world.second.email]
    assert NOT_TAKEN in client_of(world.unit).get(PAGE).content.decode()


def test_person_chooses_each_kind_for_themselves(world: World, client_of: ClientOf) -> None:
    client = client_of(world.contributor)
    fields = ("wants_reminders", "wants_digest", "wants_corrections", "wants_published")

    def wanted() -> tuple[bool, ...]:
        world.contributor.refresh_from_db()
        return tuple(getattr(world.contributor, name) for name in fields)

    assert wanted() == (True, True, True, False)
    for sent in (["published"], ["reminders", "digest", "corrections", "published"], []):
        assert client.post(PAGE, {"wanted": sent}).status_code == 302
        assert wanted() == tuple(name.removeprefix("wants_") in sent for name in fields)
    said = AuditEvent.objects.filter(actor=world.contributor).order_by("pk")
    assert list(said.values_list("verb", flat=True))[:4] == [
        "reminders switched off",
        "weekly e-mail of what waits switched off",
        "notices of corrections switched off",
        "alerts of published reports switched on",
    ]
    assert said.count() == 4 + 3 + 4


def test_kind_that_does_not_exist_is_refused(world: World, client_of: ClientOf) -> None:
    answer = client_of(world.unit).post(PAGE, {"wanted": ["everything"]})
    assert answer.status_code == 422
    assert "Tick the e-mails that you want, then save." in answer.content.decode()
    world.unit.refresh_from_db()
    assert world.unit.wants_reminders


def test_page_ticks_what_is_chosen(world: World, client_of: ClientOf) -> None:
    other = person(world.partnership, RoleName.PARTNER, "reader")
    User.objects.filter(pk=other.pk).update(wants_published=True, wants_reminders=False)
    form = client_of(other).get(PAGE).context["form"]
    ticked = [each.data["value"] for each in form["wanted"].subwidgets if each.data["selected"]]
    assert ticked == ["digest", "corrections", "published"]
