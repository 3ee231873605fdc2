"""The synthetic partnerships as loaded: what is planted in their returns is what is shown."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from metrics.actions import ask_for_changes
from metrics.models import CannotSupply, Cell, Indicator, Return, ReturnStep, Revision
from metrics.returns.parts.standing import PartState, parts
from partnerships.jobs import run_now
from partnerships.models import Agency, Partnership, User
from partnerships.people.actions import system_actor
from partnerships.periods import Span, parse
from safeguarding.demo.accounts import make_accounts
from safeguarding.demo.files import FileError
from safeguarding.demo.invented_events import living_of
from safeguarding.demo.invented_series import invention
from safeguarding.demo.planted import Planted, planted_of
from tests.invented import FIXTURES, demo_person, load_invented

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
SLUGS = ("demoshire", "exampleton")
SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One load for all tests here, undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_invented(today=TODAY, at=NOW)
        for each in Partnership.objects.filter(synthetic=True):
            run_now(ask_for_changes(each, by=system_actor()))
        yield
        transaction.set_rollback(True)


def planted(kind: str) -> list[tuple[str, Planted]]:
    found = [
        (slug, each) for slug in SLUGS for each in planted_of(FIXTURES / slug) if each.kind == kind
    ]
    assert found, f"nothing of kind {kind} is planted"
    return found


def cell(slug: str, code: str, span: Span) -> Cell:
    return Cell.objects.select_related("latest__by", "approved").get(
        dataset__code=f"{slug}-returns",
        indicator__code=code,
        period__kind=span.kind,
        period__first=span.first,
        slice__key="all",
    )


def states(slug: str, key: str) -> dict[str, PartState]:
    span = parse(key)
    part_of = Return.objects.get(dataset__code=f"{slug}-returns", period__last=span.last)
    return {
        part.agency.organisation.slug.partition("-")[2]: part.state
        for part in parts(part_of, on=TODAY)
    }


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def test_part_that_came_late_says_so_and_no_other_does(client_of: SignedIn) -> None:
    client = client_of(demo_person("business-unit"))
    told = {
        (slug, each.first.key): f"{each.amount:.0f} days after it was due"
        for slug, each in planted("late")
    }
    shown = {}
    for part_of in Return.objects.select_related("dataset__owner", "period"):
        assert part_of.dataset.owner is not None
        slug, key = part_of.dataset.owner.slug, part_of.period.span.key
        page = text_of(client, f"/p/{slug}/returns/{key}/figures/agencies/")
        assert page.count("Came late") == page.count("after it was due")
        if "Came late" in page:
            shown[slug, key] = page
    assert shown.keys() == told.keys()
    for where, words in told.items():
        assert shown[where].count(words) == 1


def test_part_that_never_came_is_late_and_its_year_lacks_a_quarter(client_of: SignedIn) -> None:
    for slug, each in planted("unsent"):
        client = client_of(demo_person("business-unit"))
        page = text_of(client, f"/p/{slug}/returns/{each.first.key}/figures/agencies/")
        agency = next(part for part in page.split("<tr") if "Forum" in part)
        assert "0 of 1 entered" in agency
        assert "Late" in agency
        code = next(s.code for s in invention(FIXTURES / slug).series if s.agency == each.subject)
        missing = Cell.objects.filter(indicator__code=code, period__first=each.first.first)
        assert not missing.filter(period__kind="quarter").exists()
        (year,) = Cell.objects.filter(
            indicator__code=code, derived=True, period__last=date(2026, 3, 31)
        )
        assert year.approved is not None
        assert (year.approved.parts, year.approved.parts_of) == (3, 4)
        assert "3 of 4" in text_of(client, f"/p/{slug}/indicators/{code}/")


def test_what_was_missing_says_why() -> None:
    for slug, each in planted("missing"):
        for series in invention(FIXTURES / slug).series:
            if each.subject in {series.code, series.agency}:
                found = cell(slug, series.code, each.first).approved
                assert found is not None
                assert (found.marker, found.marker_reason) == ("x", each.words)


def test_figures_that_are_provisional_still_are_flagged() -> None:
    for slug, each in planted("provisional"):
        assert each.last is not None
        for span in (each.first, each.last):
            found = cell(slug, each.subject, span).approved
            assert found is not None
            assert found.flags == "p"


@pytest.mark.parametrize(("kind", "first_flags"), [("final", "p"), ("corrected", "")])
def test_figure_settled_later_tells_both_and_is_flagged_revised(
    client_of: SignedIn, kind: str, first_flags: str
) -> None:
    for slug, each in planted(kind):
        found = cell(slug, each.subject, each.first)
        before, after = found.revisions.order_by("number")
        assert (before.flags, after.flags) == (first_flags, "r")
        assert before.value is not None
        assert after.value is not None
        assert after.value - before.value == each.amount
        assert (found.approved, after.reason) == (after, each.words)
        assert after.by != after.decision.by
        address = f"/p/{slug}/returns/{each.first.key}/{each.subject}/"
        page = text_of(client_of(demo_person("approver")), address)
        assert "[r]" in page
        assert ("[p]" in page) is (first_flags == "p")
        assert each.words.replace("'", "&#x27;") in page


def test_recent_quarters_stand_in_every_state() -> None:
    assert states("demoshire", "2026-27-q2") == dict.fromkeys(
        ("council", "police", "icb", "education"), PartState.OPEN
    )
    assert states("demoshire", "2026-27-q1") == {
        "council": PartState.LOCKED,
        "police": PartState.SUBMITTED,
        "icb": PartState.RETURNED,
        "education": PartState.OPEN,
    }
    assert set(states("demoshire", "2025-26-q4").values()) == {PartState.LOCKED}
    assert set(states("exampleton", "2026-27-q1").values()) == {PartState.LOCKED}
    assert set(states("exampleton", "2026-27-q2").values()) == {PartState.OPEN}


def test_locked_figure_is_corrected_by_two_people() -> None:
    span = parse("2025-26-q4")
    found = cell("demoshire", "police-child-abuse-incidents", span)
    assert found.approved is not None
    assert (found.approved.number, found.approved.flags) == (2, "r")
    assert found.approved.by != found.approved.decision.by
    locked = ReturnStep.objects.get(
        part_of__dataset=found.dataset,
        part_of__period=found.period,
        agency__organisation__slug="demoshire-police",
        kind="locked",
    )
    assert locked.at < found.approved.at


def test_what_cannot_be_supplied_stands_is_over_or_was_taken_back(client_of: SignedIn) -> None:
    client = client_of(demo_person("business-unit"))
    page = text_of(client, "/p/demoshire/returns/cannot-supply/")
    stands, over, back = page.split("<caption")[1:4]
    repeats, health, waiting = (
        Indicator.objects.get(code=code).name
        for code in ("marac-repeats", "initial-health-assessments-in-time", "mental-health-waiting")
    )
    assert [name in stands for name in (repeats, health, waiting)] == [True, False, False]
    assert [name in over for name in (repeats, health, waiting)] == [False, True, False]
    back, _ = back.split("</table>", 1)
    assert [name in back for name in (repeats, health, waiting)] == [False, False, True]
    assert "The list came after all." in back


def test_part_is_submitted_without_what_could_not_be_supplied_and_lacks_it_afterwards() -> None:
    part_of = Return.objects.get(
        dataset__code="demoshire-returns", period__last=parse("2026-27-q1").last
    )
    here = Agency.objects.filter(organisation__slug="demoshire-icb", partnership__slug="demoshire")
    step = part_of.steps.filter(agency__in=here).order_by("at").first()
    assert step is not None
    (then,), (now,) = (parts(part_of, on=on, agencies=here) for on in (step.at.date(), TODAY))
    code = "initial-health-assessments-in-time"
    assert [row.indicator.code for row in then.excused] == [code]
    assert [row.indicator.code for row in now.lacks] == [code]
    assert (step.kind, now.excused) == ("submitted", ())


def test_nothing_happened_after_the_moment_of_loading_or_to_the_four_real_ones() -> None:
    assert not Revision.objects.filter(cell__derived=False, at__gt=NOW).exists()
    assert not ReturnStep.objects.filter(at__gt=NOW).exists()
    owners = Return.objects.values_list("dataset__owner__slug", flat=True)
    assert set(owners) == set(SLUGS)


def test_loading_again_changes_nothing() -> None:
    def counted() -> Counter[str]:
        models = (Cell, Revision, Return, ReturnStep, CannotSupply)
        return Counter({model.__name__: model.objects.count() for model in models})

    before = counted()
    assert min(before.values()) > 0
    load_invented(today=TODAY, at=NOW)
    assert counted() == before


def test_one_person_of_one_force_works_in_both(client_of: SignedIn) -> None:
    (told,) = [each.what for each in make_accounts() if each.email.startswith("contributor@")]
    assert told.endswith("Demoshire Police (synthetic), which serves Demoshire and Exampleton")
    page = text_of(client_of(demo_person("contributor")), "/my/")
    assert "Demoshire" in page
    assert "Exampleton" in page
    assert "Walsall" not in page


def test_smaller_one_collects_part_of_what_the_larger_does() -> None:
    larger, smaller = ({each.code for each in invention(FIXTURES / s).series} for s in SLUGS)
    assert smaller < larger
    assert len(larger) >= 60


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("0,visits,entered,,", "line 2: subject is 'visits', which is no agency or series"),
        ("0,contacts,submitted,,", "line 2: subject is 'contacts', which is no agency"),
        ("0,contacts,lost,,", "line 2: state is 'lost'"),
        ("0,contacts,sent-back,,", "line 2: words is empty"),
        ("0,demoshire-icb,cannot-supply,8,No.", "which is no series"),
        ("0,contacts,cannot-supply,,No.", "line 2: amount is empty"),
        ("x,contacts,entered,,", "line 2: quarter is 'x', which is not a whole number"),
    ],
)
def test_wrong_row_of_what_happened_is_named(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "living.csv").write_text(f"quarter,subject,state,amount,words\n{row}\n")
    with pytest.raises(FileError, match=message):
        living_of(tmp_path, invention(FIXTURES / "demoshire"))
