"""Asking for figures and words, ending it and taking it back; and the returns that follow."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from metrics.entries import Entry
from metrics.models import (
    Breakdown,
    Category,
    Expectation,
    ExpectedBreakdown,
    ExpectedWords,
    Return,
    ReturnStep,
)
from metrics.owed import expectations_on
from metrics.owing.actions import ask_for, ask_for_words, end, take_back
from metrics.returns.closing import last_steps
from metrics.returns.parts.standing import parts
from metrics.returns.words import save_words, words_expected, words_of
from metrics.saving import save_entry
from partnerships.calendar import store_period
from partnerships.models import Agency, AuditEvent
from partnerships.periods import Span, quarter
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal
from tests.factories import AgencyFactory
from tests.world import World

NOW = datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
FIGURE_ONCE = "agency_is_asked_for_an_indicator_once_at_a_time"
WORDS_ONCE = "agency_is_asked_for_words_on_a_theme_once_at_a_time"
Q4, Q1, Q2 = quarter(2025, 4), quarter(2026, 1), quarter(2026, 2)


def dated(world: World, span: Span = Q1, closed: date = date(2026, 7, 31)) -> Return:
    return Return.objects.create(
        dataset=world.dataset,
        period=store_period(span),
        due=closed,
        closed_to_new=closed,
        closed_to_edits=closed + timedelta(days=30),
    )


def ask(world: World, agency: Agency, first: Span = Q1, *breakdowns: Breakdown) -> Expectation:
    (made,) = ask_for(
        agency=agency,
        indicators=[world.timely],
        breakdowns=breakdowns,
        first=first,
        by=world.unit,
        at=NOW,
    )
    return made


def finish(world: World, last: Span | None, *, seen: date | None = None) -> Expectation:
    """Ends what the police are asked for: referrals, since 2020."""
    asking = Expectation.objects.get(agency=world.police)
    found = end(asking=asking, last=last, seen=seen, by=world.unit, at=NOW)
    assert isinstance(found, Expectation)
    return found


def enter(world: World, span: Span) -> None:
    save_entry(
        place=world.place(span), entry=Entry(value=Decimal(7)), by=world.unit, at=NOW, seen=0
    )


def step(world: World, part_of: Return, kind: str, agency: Agency | None = None) -> None:
    ReturnStep.objects.create(
        part_of=part_of, agency=agency or world.police, kind=kind, reason="x", by=world.unit, at=NOW
    )


def owing(world: World, span: Span) -> set[tuple[str, str]]:
    found = expectations_on(world.partnership, on=span.last)
    return set(found.values_list("agency__organisation__slug", "indicator__code"))


def abuse() -> Breakdown:
    made = Breakdown.objects.create(code="abuse", name="Category of abuse", nature="partition")
    Category.objects.create(breakdown=made, code="neglect", name="Neglect")
    return made


def test_several_figures_are_asked_for_at_once_by_category(world: World) -> None:
    health = AgencyFactory(partnership=world.partnership)
    made = ask_for(
        agency=health,
        indicators=[world.referrals, world.timely],
        breakdowns=[abuse()],
        first=Q1,
        by=world.unit,
        at=NOW,
    )
    assert {each.first for each in made} == {Q1.first}
    assert ExpectedBreakdown.objects.filter(expectation__in=made).count() == 2
    slug = health.organisation.slug
    assert {(slug, "referrals"), (slug, "timely")} <= owing(world, Q1)
    assert not {each for each in owing(world, Q4) if each[0] == slug}
    event = AuditEvent.objects.filter(verb="figure asked for").latest("pk")
    assert (event.actor, event.partnership) == (world.unit, world.partnership)
    assert event.subject == f"owed:{slug}:timely"
    assert event.detail == {"first": "2026-04-01", "breakdowns": "abuse"}


def test_what_is_asked_for_already_is_refused_with_all_the_others(world: World) -> None:
    with pytest.raises(Refused, match=r"already: Referrals, from Q1 2020-21\. End that first"):
        ask_for(
            agency=world.police,
            indicators=[world.timely, world.referrals],
            breakdowns=[],
            first=Q1,
            by=world.unit,
            at=NOW,
        )
    assert Expectation.objects.filter(agency=world.police).count() == 1


def test_nothing_ticked_is_said(world: World) -> None:
    with pytest.raises(Refused, match="Tick at least one figure"):
        ask_for(agency=world.police, indicators=[], breakdowns=[], first=Q1, by=world.unit, at=NOW)


def test_agency_that_left_is_asked_for_nothing_after(world: World) -> None:
    Agency.objects.filter(pk=world.police.pk).update(last=Q4.last)
    world.police.refresh_from_db()
    with pytest.raises(Refused, match="left the partnership before Q1 2026-27 ended"):
        ask(world, world.police)
    assert ask(world, world.police, Q4).first == Q4.first


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("submitted", "Police submitted its part of the return for Q1 2026-27 on 10 July 2026."),
        ("locked", "The part of Police in the return for Q1 2026-27 is locked."),
        ("returned", ""),
        ("withdrawn", ""),
    ],
)
def test_return_that_is_submitted_gets_nothing_new(world: World, kind: str, sentence: str) -> None:
    step(world, dated(world), kind)
    if sentence:
        with pytest.raises(Refused, match=f"{sentence} Choose a later first return"):
            ask(world, world.police)
        ask(world, world.police, Q2)
    else:
        ask(world, world.police)


def test_part_of_another_agency_is_nothing_to_wait_for(world: World) -> None:
    step(world, dated(world), "submitted", world.council)
    assert ask(world, world.police).first == Q1.first


def test_return_that_is_closed_to_new_figures_gets_nothing_new(world: World) -> None:
    dated(world, closed=date(2026, 7, 9))
    with pytest.raises(Refused, match="Q1 2026-27 closed to new figures after 9 July 2026"):
        ask(world, world.police)


def test_open_return_asks_for_what_was_added(world: World) -> None:
    whole = dated(world)
    ask(world, world.police)
    (part,) = parts(whole, on=NOW.date(), agencies=[world.police])
    assert part.wanted == 2


def test_earlier_returns_still_show_who_owed_what_has_ended(world: World) -> None:
    earlier, now = dated(world, Q4), dated(world)
    finish(world, Q4)
    ask_for(
        agency=world.council,
        indicators=[world.referrals],
        breakdowns=[],
        first=Q1,
        by=world.unit,
        at=NOW,
    )
    assert ("police", "referrals") in owing(world, Q4)
    assert owing(world, Q1) == {("council", "referrals"), ("council", "timely")}
    named = [str(each.agency.organisation) for each in parts(earlier, on=NOW.date())]
    assert named == ["Council", "Police"]
    assert [each.wanted for each in parts(now, on=NOW.date())] == [2]
    step(world, earlier, "submitted")
    assert last_steps(earlier)[world.referrals.pk].agency == world.police
    step(world, now, "submitted")  # of one who owes nothing any more
    assert world.referrals.pk not in last_steps(now)


def test_end_is_recorded_moved_and_taken_away_again(world: World) -> None:
    assert finish(world, Q1).last == Q1.last
    event = AuditEvent.objects.get(verb="asking for a figure ended")
    assert event.detail == {"last": "2026-06-30", "before": ""}
    assert finish(world, Q2, seen=Q1.last).last == Q2.last
    assert finish(world, None, seen=Q2.last).last is None
    assert AuditEvent.objects.filter(verb="asking for a figure ended").count() == 3
    finish(world, None)
    assert AuditEvent.objects.filter(verb="asking for a figure ended").count() == 3


def test_end_that_somebody_else_has_moved_is_not_moved_unseen(world: World) -> None:
    finish(world, Q1)
    with pytest.raises(Overtaken):
        finish(world, Q2)


def test_end_before_the_beginning_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="Choose Q1 2020-21 or a later return"):
        finish(world, quarter(2019, 4))


def test_figure_is_not_left_without_anybody_who_owes_it(world: World) -> None:
    enter(world, Q1)
    with pytest.raises(Refused, match="The return for Q1 2026-27 holds a figure of it"):
        finish(world, Q4)
    assert finish(world, Q1).last == Q1.last


def test_figure_that_another_agency_owes_too_hinders_nobody(world: World) -> None:
    enter(world, Q1)
    Expectation.objects.create(agency=world.council, indicator=world.referrals, first=Q1.first)
    assert finish(world, Q4).last == Q4.last


def test_submitted_return_keeps_what_it_asked_for(world: World) -> None:
    step(world, dated(world), "submitted")
    with pytest.raises(Refused, match="Choose a later last return, or take the submission back"):
        finish(world, Q4)


def test_longer_end_must_not_meet_another_one(world: World) -> None:
    finish(world, Q4)
    Expectation.objects.create(agency=world.police, indicator=world.referrals, first=Q2.first)
    old = Expectation.objects.get(agency=world.police, last=Q4.last)
    with pytest.raises(Refused, match="already: Referrals, from Q2 2026-27"):
        end(asking=old, last=None, seen=Q4.last, by=world.unit, at=NOW)
    end(asking=old, last=Q1, seen=Q4.last, by=world.unit, at=NOW)


def test_what_was_asked_for_in_error_is_taken_back(world: World) -> None:
    made = ask(world, world.police, Q1, abuse())
    take_back(
        made, Removal(world.partnership, seen=0, reason="It was meant for health.", by=world.unit)
    )
    assert owing(world, Q1) == {("council", "timely"), ("police", "referrals")}
    event = AuditEvent.objects.get(verb="asking for a figure taken back")
    assert event.detail["reason"] == "It was meant for health."
    assert "first: 2026-04-01" in event.detail["removed"]
    with pytest.raises(Overtaken):
        take_back(made, Removal(world.partnership, seen=0, reason="Again.", by=world.unit))


def test_nothing_is_taken_back_that_a_figure_hangs_on(world: World) -> None:
    enter(world, Q1)
    with pytest.raises(Refused, match=r"holds a figure of it, which stays\. It can be ended"):
        take_back(
            Expectation.objects.get(agency=world.police),
            Removal(world.partnership, seen=0, reason="In error.", by=world.unit),
        )
    assert Expectation.objects.filter(agency=world.police).exists()


def test_words_are_asked_for_with_a_question_ended_and_taken_back(world: World) -> None:
    made = ask_for_words(
        agency=world.police,
        theme="front-door",
        question="What did the night desk change?",
        first=Q1,
        by=world.unit,
        at=NOW,
    )
    (expected,) = words_expected(world.partnership, Q1)
    assert words_expected(world.partnership, Q4) == []
    (place,) = words_of(world.dataset, Q1, [expected])
    assert place.question == "What did the night desk change?"
    with pytest.raises(Refused, match="already: words on front door, from Q1 2026-27"):
        ask_for_words(
            agency=world.police, theme="front-door", question="", first=Q2, by=world.unit, at=NOW
        )
    save_words(
        at_place=place,
        dataset=world.dataset,
        span=Q1,
        words="It opens at six.",
        seen=0,
        by=world.contributor,
        at=NOW,
    )
    with pytest.raises(Refused, match="The return for Q1 2026-27 holds a text of it"):
        take_back(made, Removal(world.partnership, seen=0, reason="In error.", by=world.unit))
    end(asking=made, last=Q1, seen=None, by=world.unit, at=NOW)
    assert len(words_expected(world.partnership, Q1)) == 1
    assert words_expected(world.partnership, Q2) == []
    verbs = AuditEvent.objects.filter(subject="owed-words:police:front-door").order_by("pk")
    assert [each.verb for each in verbs] == ["words asked for", "asking for words ended"]


def test_words_without_a_text_are_taken_back(world: World) -> None:
    made = ask_for_words(
        agency=world.police, theme="front-door", question="", first=Q1, by=world.unit, at=NOW
    )
    take_back(made, Removal(world.partnership, seen=0, reason="In error.", by=world.unit))
    assert not ExpectedWords.objects.exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 4, 1), None), (date(2025, 4, 1), date(2025, 7, 1)), (date(2019, 4, 1), None)],
)
def test_database_refuses_the_same_twice_at_a_time(
    world: World, first: date, last: date | None
) -> None:
    ends = date(2026, 3, 31) if first == date(2025, 4, 1) else None
    Expectation.objects.filter(agency=world.police).update(last=ends)
    words = {"agency": world.police, "theme": "front-door"}
    ExpectedWords.objects.create(**words, first=date(2020, 4, 1), last=ends)
    with pytest.raises(IntegrityError, match=FIGURE_ONCE), transaction.atomic():
        Expectation.objects.create(
            agency=world.police, indicator=world.referrals, first=first, last=last
        )
    with pytest.raises(IntegrityError, match=WORDS_ONCE), transaction.atomic():
        ExpectedWords.objects.create(**words, first=first, last=last)


def test_database_refuses_an_end_that_meets_another_one(world: World) -> None:
    old = Expectation.objects.filter(agency=world.police)
    old.update(last=Q4.last)
    Expectation.objects.create(agency=world.police, indicator=world.referrals, first=Q1.first)
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        old.filter(last=Q4.last).update(last=None)
    assert old.filter(last=Q4.last).update(last=Q4.last - timedelta(days=1)) == 1


def test_today_is_not_what_a_return_asks_by(world: World) -> None:
    """What is owed from a quarter to come is asked for by no return before it."""
    today = timezone.localdate()
    ahead = quarter(today.year + 1, 1)
    ask(world, world.police, ahead)
    assert ("police", "timely") not in owing(world, Q1)
    assert ("police", "timely") in owing(world, ahead)
