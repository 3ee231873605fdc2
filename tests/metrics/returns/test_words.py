"""What agencies say beside their figures: written, kept, owed, chased and read."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from metrics.models import Commentary, ExpectedWords, Return, ReturnStep
from metrics.returns.parts.actions import take_step
from metrics.returns.parts.standing import Part, parts
from metrics.returns.words import Words, WordsOvertaken, save_words, words_expected, words_of
from partnerships.calendar import store_period
from partnerships.models import AuditEvent, User
from partnerships.periods import Span
from partnerships.refusals import Refused
from tests.metrics.returns.test_grid import address, row
from tests.world import NOW, World, person

SignedIn = Callable[[User], Client]
KEY = "words__police__front-door"


@pytest.fixture
def asked(world: World) -> World:
    """The police are asked for words on the theme of both indicators."""
    ExpectedWords.objects.create(agency=world.police, theme="front-door", first=date(2020, 4, 1))
    return world


def text(words: str, *, seen: int = 0) -> dict[str, str]:
    return {f"{KEY}-words": words, f"{KEY}-seen": str(seen)}


def place(world: World, span: Span) -> Words:
    expected = words_expected(world.partnership, span)
    return words_of(world.dataset, span, expected)[0]


def write(world: World, span: Span, words: str, *, seen: int = 0, by: User | None = None) -> None:
    save_words(
        at_place=place(world, span),
        dataset=world.dataset,
        span=span,
        words=words,
        seen=seen,
        by=by or world.contributor,
        at=NOW,
    )


def dated(world: World, span: Span, *, closes: date) -> Return:
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(span),
        due=closes,
        closed_to_new=closes,
        closed_to_edits=closes,
    )


def police_part(part_of: Return, world: World) -> Part:
    return parts(part_of, on=timezone.localdate(), agencies=[world.police])[0]


def test_words_are_written_beneath_their_figures_and_kept(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    police = signed_in(asked.contributor)
    assert police.post(address(newest), text("More night calls.")).status_code == 302
    page = police.get(address(newest)).content.decode()
    assert "1 text saved." in page
    assert ">\nMore night calls.</textarea>" in page
    assert police.post(address(newest), text("Fewer.", seen=1)).status_code == 302
    assert [(each.number, each.words) for each in Commentary.objects.order_by("number")] == [
        (1, "More night calls."),
        (2, "Fewer."),
    ]
    assert "Earlier versions" in police.get(address(newest)).content.decode()
    assert AuditEvent.objects.filter(verb="words entered").count() == 2


def test_second_of_two_people_reads_both_texts_and_can_go_on(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    write(asked, newest, "Theirs.", by=asked.second)
    unit = signed_in(asked.unit)
    came = unit.post(address(newest), text("Mine."))
    page = came.content.decode()
    assert came.status_code == 409
    assert "second saved other words since you opened the page: “Theirs.”" in page
    assert "Mine.</textarea>" in page
    assert [each.words for each in Commentary.objects.all()] == ["Theirs."]
    assert unit.post(address(newest), text("Mine.", seen=1)).status_code == 302
    assert place(asked, newest).versions[0].words == "Mine."


def test_writing_on_top_of_a_number_that_is_taken_is_refused(asked: World, newest: Span) -> None:
    write(asked, newest, "Theirs.", by=asked.second)
    with pytest.raises(WordsOvertaken) as refused:
        write(asked, newest, "Mine.")
    assert refused.value.latest.words == "Theirs."


def test_same_words_twice_are_one_version_and_none_are_no_version(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    police = signed_in(asked.contributor)
    for _ in range(2):
        police.post(address(newest), text("More night calls."))
    assert Commentary.objects.count() == 1
    came = police.post(address(newest), text("", seen=1))
    assert came.status_code == 422
    assert "Write in a few words what the figures show" in came.content.decode()
    assert Commentary.objects.count() == 1


def test_text_and_figure_are_saved_one_without_the_other(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(asked.unit)
    came = unit.post(address(newest), row("referrals", value="many") | text("Steady."))
    assert came.status_code == 422
    assert "1 text saved." in came.content.decode()
    came = unit.post(address(newest), row("referrals", value="12") | text("x" * 2001, seen=1))
    page = came.content.decode()
    assert (came.status_code, "1 figure saved." in page) == (422, True)
    assert f"{'x' * 2001}</textarea>" in page
    assert f'<a href="#id_{KEY}-words">Police on front door: Ensure this value' in page


def test_agency_that_is_not_asked_has_no_box(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    other = person(asked.partnership, asked.contributor.roles.get().name, "other", asked.council)  # type: ignore[arg-type]
    client = signed_in(other)
    assert KEY not in client.get(address(newest)).content.decode()
    client.post(address(newest), text("Not ours to say."))
    assert Commentary.objects.count() == 0


def test_closed_or_locked_return_takes_no_words(asked: World, newest: Span) -> None:
    part_of = dated(asked, newest, closes=timezone.localdate(NOW) - timedelta(days=1))
    with pytest.raises(Refused, match="closed to changes after"):
        write(asked, newest, "Late.")
    part_of.closed_to_new = part_of.closed_to_edits = timezone.localdate(NOW)
    part_of.save()
    ReturnStep.objects.create(
        part_of=part_of, agency=asked.police, kind="locked", by=asked.approver, at=NOW
    )
    with pytest.raises(Refused, match=r"The part of Police in the return for .* is locked"):
        write(asked, newest, "Late.")
    assert Commentary.objects.count() == 0


def test_submitted_part_takes_no_other_words(asked: World, newest: Span) -> None:
    part_of = dated(asked, newest, closes=timezone.localdate(NOW))
    write(asked, newest, "As usual.")
    ReturnStep.objects.create(
        part_of=part_of, agency=asked.police, kind="submitted", by=asked.contributor, at=NOW
    )
    with pytest.raises(Refused, match="Its words cannot be changed now"):
        write(asked, newest, "Not as usual.", seen=1)
    assert Commentary.objects.get().words == "As usual."


def test_part_is_not_submitted_without_its_words(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    part_of = dated(asked, newest, closes=timezone.localdate() + timedelta(days=5))
    police = signed_in(asked.contributor)
    police.post(address(newest), row("referrals", value="120"))
    part = police_part(part_of, asked)
    assert (part.missing, part.texts_missing) == (0, 1)
    with pytest.raises(Refused, match="1 of 1 texts are missing"):
        take_step(part=part, part_of=part_of, kind="submitted", by=asked.contributor, at=NOW)
    agencies = f"/p/testshire/returns/{newest.key}/figures/agencies/"
    assert "1 of 1 entered, 0 approved; 0 of 1 texts" in police.get(agencies).content.decode()
    assert f"{newest.label}: write 1 text about the figures" in police.get("/my/").content.decode()

    police.post(address(newest), text("Steady."))
    part = police_part(part_of, asked)
    take_step(part=part, part_of=part_of, kind="submitted", by=asked.contributor, at=NOW)
    assert "write 1 text" not in police.get("/my/").content.decode()


def test_approver_and_readers_of_the_indicator_see_the_newest_words(
    asked: World, newest: Span, signed_in: SignedIn
) -> None:
    write(asked, newest, "First thoughts.")
    write(asked, newest, "Second <b>thoughts</b>.", seen=1)
    decide = f"/p/testshire/returns/{newest.key}/figures/decide/"
    page = signed_in(asked.approver).get(decide).content.decode()
    assert "Second &lt;b&gt;thoughts&lt;/b&gt;." in page
    assert "First thoughts." in page
    reader = signed_in(asked.unit)
    page = reader.get("/p/testshire/indicators/referrals/").content.decode()
    assert "What agencies say" in page
    assert "Second &lt;b&gt;thoughts&lt;/b&gt;." in page
    assert "First thoughts." not in page
    # The police do not supply this one, though it is of the same theme.
    assert "Second" not in reader.get("/p/testshire/indicators/timely/").content.decode()
