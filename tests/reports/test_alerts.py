"""A report is published: those at the partnership who want to hear of it do, once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from partnerships.jobs import ask_again, run_now
from partnerships.models import Job, Partnership, RoleName, User
from reports.alerts.jobs import NOT_REACHED, PERHAPS_SENT
from reports.alerts.queries import ALERT, STILL_TO_BE_SENT
from reports.editions.actions import publish
from reports.models import AnnualReport, Edition
from tests.factories import DatasetFactory
from tests.mail_server import Post
from tests.report_factories import AnnualReportFactory, EditionFactory
from tests.world import World, person

ClientOf = Callable[[User], Client]
AT = datetime(2026, 7, 10, 23, 30, tzinfo=UTC)  # past midnight in London


@pytest.fixture
def report(world: World) -> AnnualReport:
    return AnnualReportFactory(partnership=world.partnership, title="Yearly report")


@pytest.fixture
def reader(world: World) -> User:
    """A councillor who wants to hear of it."""
    return wanting(person(world.partnership, RoleName.COUNCIL_SCRUTINY, "reader"))


def wanting(user: User) -> User:
    User.objects.filter(pk=user.pk).update(wants_published=True)
    return user


def edition_of(report: AnnualReport, by: User, at: datetime = AT) -> Edition:
    number = report.editions.count() + 1
    edition: Edition = EditionFactory(report=report, number=number)
    publish(edition, by=by, at=at)
    return edition


def sent() -> list[Job]:
    jobs = Job.objects.filter(kind=ALERT, state=Job.State.WAITING).order_by("pk")
    return [run_now(job) for job in jobs]


def page_of(client: Client) -> str:
    return client.get("/p/testshire/reports/").content.decode()


def test_who_chose_it_is_told_once(world: World, report: AnnualReport, reader: User) -> None:
    edition = edition_of(report, world.unit)
    publish(edition, by=world.approver, at=AT)
    with override_settings(PORTAL_URL="https://portal.example"):
        assert [job.result for job in sent()] == [{"emails": 1}]
    (message,) = mail.outbox
    assert message.to == [reader.email]
    assert message.subject == "Test, Yearly report: published"
    assert message.body == (
        "“Yearly report” of Testshire was published on 11 July 2026. It covers 2019-20.\n"
        "\n"
        "Read it:\n"
        "https://portal.example/reports/testshire/2019-20/\n"
        "\n"
        "Everybody may read it there, without signing in.\n"
        "\n"
        "You can switch these e-mails off. Choose here which e-mails you get:\n"
        "https://portal.example/account/reminders/\n"
    )
    assert sent() == []


def test_new_edition_says_which_one_it_takes_the_place_of(
    world: World, report: AnnualReport, reader: User
) -> None:
    edition_of(report, world.unit)
    sent()
    EditionFactory(report=report, number=2)  # a draft, which nobody has read
    edition_of(report, world.unit, AT + timedelta(days=30))
    sent()
    first, second = (str(each.body) for each in mail.outbox)
    assert "takes the place of" not in first
    assert mail.outbox[1].subject == "Test, Yearly report: new edition published"
    assert second.startswith(
        "A new edition of “Yearly report” of Testshire was published on 10 August 2026. It covers "
        "2019-20.\n"
        "\n"
        "This is edition 3. It takes the place of edition 1, which was published on 11 July 2026. "
        "Figures that were corrected are marked [r].\n"
        "\n"
        "Read it:\n"
    )
    edition_of(report, world.unit, AT + timedelta(days=60))
    sent()
    assert "takes the place of edition 3, which" in str(mail.outbox[2].body)


def test_edition_that_is_superseded_before_its_e_mail_went_out_is_told_with_the_newer_one(
    world: World, report: AnnualReport, reader: User
) -> None:
    edition_of(report, world.unit)
    edition_of(report, world.unit)
    assert [job.result for job in sent()] == [{"emails": 0}, {"emails": 1}]
    assert "This is edition 2." in str(mail.outbox[0].body)


def test_reconstruction_and_invention_say_that_they_are(world: World, reader: User) -> None:
    Partnership.objects.filter(pk=world.partnership.pk).update(synthetic=True)
    source = DatasetFactory(owner=world.partnership, kind="printed")
    rebuilt = AnnualReportFactory(partnership=world.partnership, reconstructed_from=source)
    edition_of(rebuilt, world.unit)
    sent()
    said = str(mail.outbox[0].body)
    assert "\n\nThe report is a reconstruction from published figures. It is not a " in said
    assert "\n\nThis partnership does not exist. Its figures and people are invented.\n\n" in said


def test_nobody_else_is_told(world: World, report: AnnualReport, reader: User) -> None:
    """Neither who did not choose it, nor who holds no role there today."""
    other = Partnership.objects.create(slug="ash", name="Ashshire", short_name="Ash")
    wanting(person(other, RoleName.BUSINESS_UNIT, "stranger"))
    wanting(world.second).roles.update(last=timezone.localdate() - timedelta(days=1))
    wanting(world.approver).roles.update(first=timezone.localdate() + timedelta(days=1))
    wanting(world.contributor)
    User.objects.filter(pk=world.contributor.pk).update(is_active=False)
    edition_of(report, world.unit)
    sent()
    assert [each.to for each in mail.outbox] == [[reader.email]]


def test_person_with_two_roles_gets_one_e_mail(
    world: World, report: AnnualReport, reader: User
) -> None:
    reader.roles.create(
        partnership=world.partnership, name=RoleName.PARTNER, first=timezone.localdate()
    )
    edition_of(report, world.unit)
    sent()
    assert len(mail.outbox) == 1


def test_edition_that_is_refused_tells_nobody(
    world: World, report: AnnualReport, reader: User
) -> None:
    edition: Edition = EditionFactory(report=report, number=1)
    EditionFactory(report=report, number=2)
    publish(report.editions.get(number=2), by=world.unit, at=AT)
    with pytest.raises(Exception, match="A later edition is published already"):
        publish(edition, by=world.unit, at=AT)
    assert Job.objects.filter(kind=ALERT).count() == 1


def test_e_mails_that_reached_nobody_are_told_and_can_be_asked_for_again(
    world: World, report: AnnualReport, reader: User, client_of: ClientOf, away: None
) -> None:
    edition_of(report, world.unit)
    unit = client_of(world.unit)
    assert STILL_TO_BE_SENT in page_of(unit)
    (job,) = sent()
    assert (job.state, job.error) == (Job.State.FAILED, NOT_REACHED)
    assert NOT_REACHED in page_of(unit)
    assert f'href="/jobs/{job.pk}/"' in page_of(unit)
    assert NOT_REACHED not in page_of(client_of(reader))

    assert unit.post(f"/jobs/{job.pk}/again/").status_code == 302
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert [again.result for again in sent()] == [{"emails": 1}]
    assert NOT_REACHED not in page_of(unit)
    assert STILL_TO_BE_SENT not in page_of(unit)


def test_e_mails_of_which_some_went_out_are_not_sent_again(
    world: World, report: AnnualReport, reader: User, post: Post, client_of: ClientOf
) -> None:
    for user in (world.contributor, world.unit):
        wanting(user)
    post.hangs_up_after = 1
    edition_of(report, world.unit)
    (job,) = sent()
    assert "The e-mail server took 1 of 3 e-mails about the publication." in job.error
    assert job.error in page_of(client_of(world.unit))
    post.hangs_up_after = None
    assert run_now(ask_again(job, by=world.unit)).error == PERHAPS_SENT
    assert post.addresses == [world.contributor.email]


def test_interrupted_sending_is_not_begun_again(
    world: World, report: AnnualReport, reader: User
) -> None:
    edition_of(report, world.unit)
    Job.objects.filter(kind=ALERT).update(attempts=1)
    assert [job.error for job in sent()] == [PERHAPS_SENT]
    assert mail.outbox == []


def test_page_of_reports_says_where_it_is_chosen_to_who_has_not(
    world: World, report: AnnualReport, reader: User, client_of: ClientOf
) -> None:
    said = "choose which e-mails you get"
    assert said in page_of(client_of(world.unit))
    assert said not in page_of(client_of(reader))
