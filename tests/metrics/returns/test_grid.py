"""The whole return as one form."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from metrics.actions import approve, send_back
from metrics.entries import Entry
from metrics.models import Expectation, Indicator, Revision
from metrics.queries import State, quarters_to, state_of, whole_cells
from metrics.saving import save_entry
from partnerships.models import Role, RoleName, User
from partnerships.periods import Span
from tests.world import NOW, World

SignedIn = Callable[[User], Client]


def address(span: Span) -> str:
    return f"/p/testshire/returns/{span.key}/figures/enter/"


def row(code: str, *, seen: int = 0, **typed: str) -> dict[str, str]:
    """The fields of one row as a browser sends them, those left empty too."""
    numbers = ("numerator", "denominator") if code == "timely" else ("value",)
    fields = {**dict.fromkeys((*numbers, "marker", "marker_reason", "note"), ""), **typed}
    return {f"{code}-{name}": value for name, value in fields.items()} | {f"{code}-seen": str(seen)}


def enter(world: World, span: Span, value: int, *, seen: int = 0, by: User | None = None) -> None:
    save_entry(
        place=world.place(span),
        entry=Entry(value=Decimal(value)),
        by=by or world.unit,
        at=NOW,
        seen=seen,
    )


def saved() -> dict[str, Decimal | None]:
    """The latest value of each figure by its indicator's code."""
    return {cell.indicator.code: cell.latest.value for cell in whole_cells() if cell.latest}


def test_part_of_a_return_is_saved_and_the_rest_stays_open(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(world.unit)
    sent = unit.post(address(newest), row("referrals", value="1,234") | row("timely"))
    assert (sent.status_code, sent.headers["Location"]) == (302, address(newest))
    assert saved() == {"referrals": Decimal(1234)}
    page = unit.get(address(newest)).content.decode()
    assert "1 figure saved." in page
    assert "1 of 2" in page


def test_percentage_is_worked_out_from_its_two_numbers(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(world.unit)
    unit.post(address(newest), row("timely", numerator="45", denominator="50"))
    assert saved() == {"timely": Decimal(90)}
    assert "90%" in unit.get(address(newest)).content.decode()


def test_percentage_typed_where_its_number_belongs_is_refused(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    unit = signed_in(world.unit)
    answer = unit.post(address(newest), row("timely", numerator="24%", denominator="50"))
    assert answer.status_code == 422
    assert "This is a percentage, 24%, and a number is asked for." in answer.content.decode()
    assert saved() == {}


def test_sound_rows_are_saved_beside_bad_ones_which_keep_what_was_typed(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    sent = signed_in(world.unit).post(
        address(newest), row("referrals", value="120") | row("timely", numerator="45 of")
    )
    page = sent.content.decode()
    assert sent.status_code == 422
    assert saved() == {"referrals": Decimal(120)}
    assert "1 figure saved." in page
    assert 'value="45 of"' in page
    assert '<a href="#id_timely-numerator">Conferences held in time: “45 of” is not a' in page
    assert 'value="120"' in page
    assert '<input type="hidden" name="referrals-seen" value="1"' in page


def test_rows_that_were_left_alone_are_not_saved_again(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest, 120, by=world.second)
    sent = signed_in(world.unit).post(
        address(newest), row("referrals", value="120", seen=1) | row("timely")
    )
    assert sent.status_code == 302
    assert Revision.objects.count() == 1


def test_second_of_two_people_sees_both_values_and_can_go_on(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest, 120, by=world.second)
    unit = signed_in(world.unit)
    sent = unit.post(address(newest), row("referrals", value="125"))
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "Referrals: second saved 120 since you opened the page." in page
    assert 'value="125"' in page
    assert saved() == {"referrals": Decimal(120)}

    assert unit.post(address(newest), row("referrals", value="125", seen=1)).status_code == 302
    assert [r.value for r in Revision.objects.order_by("number")] == [Decimal(120), Decimal(125)]


def test_row_left_alone_does_not_undo_what_somebody_else_saved_since(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest, 120)
    enter(world, newest, 130, seen=1, by=world.second)
    sent = signed_in(world.unit).post(
        address(newest),
        row("referrals", value="120", seen=1) | row("timely", numerator="4", denominator="5"),
    )
    assert sent.status_code == 302
    assert saved() == {"referrals": Decimal(130), "timely": Decimal(80)}


def test_figure_approved_since_is_not_saved_over_and_what_was_typed_stays(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest, 120)
    approve(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW)
    unit = signed_in(world.unit)
    sent = unit.post(address(newest), row("referrals", value="125", seen=1))
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "This figure has been approved since you opened the page." in page
    assert 'value="125"' in page
    assert saved() == {"referrals": Decimal(120)}
    assert 'name="referrals-value"' not in unit.get(address(newest)).content.decode()


def test_figure_sent_back_can_be_sent_again_as_it_stands(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    enter(world, newest, 120)
    send_back(cell=whole_cells().get(), seen=1, by=world.approver, at=NOW, reason="Which week?")
    unit = signed_in(world.unit)
    assert "Sent back: Which week?" in unit.get(address(newest)).content.decode()
    unit.post(address(newest), row("referrals", value="120", seen=1, again="on"))
    assert state_of(whole_cells().get()) is State.WAITING
    assert Revision.objects.get(number=2).reason == (
        "Sent again as it stands, after it was sent back."
    )


def test_empty_with_a_reason_note_and_provisional_are_kept(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    signed_in(world.unit).post(
        address(newest),
        row("referrals", marker="x", marker_reason="The system was down.")
        | row("timely", numerator="4", denominator="5", provisional="on", note="One school."),
    )
    referrals = Revision.objects.get(cell__indicator=world.referrals)
    timely = Revision.objects.get(cell__indicator=world.timely)
    assert (referrals.marker, referrals.marker_reason) == ("x", "The system was down.")
    assert (timely.flags, timely.note) == ("p", "One school.")


def test_contributor_enters_own_agency_s_figures_and_no_others(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    contributor = signed_in(world.contributor)
    page = contributor.get(address(newest)).content.decode()
    assert "Referrals" in page
    assert "Conferences held in time" not in page
    contributor.post(
        address(newest),
        row("referrals", value="7") | row("timely", numerator="4", denominator="5"),
    )
    assert saved() == {"referrals": Decimal(7)}


def test_approver_who_also_contributes_enters_own_agency_s_figures_only(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    Role.objects.create(
        user=world.contributor,
        partnership=world.partnership,
        name=RoleName.APPROVER,
        first=date(2020, 4, 1),
    )
    both = signed_in(world.contributor)
    assert "Conferences held in time" not in both.get(address(newest)).content.decode()
    other = f"/p/testshire/returns/{newest.key}/timely/"
    assert both.post(other, {"numerator": "4", "denominator": "5", "seen": "0"}).status_code == 403


ASKED = "far-from-series:5000/None/None"


def test_unlikely_figure_is_asked_about_once_and_the_answer_is_kept(
    world: World, newest: Span, signed_in: SignedIn
) -> None:
    for span in quarters_to(newest.last, 6):
        enter(world, span, 120)
        approve(cell=whole_cells().get(period__first=span.first), seen=1, by=world.second, at=NOW)
    unit = signed_in(world.unit)
    asks = unit.post(address(newest), row("referrals", value="5000"))
    page = asks.content.decode()
    assert asks.status_code == 422
    assert "5,000 is far from the 6 quarters before, which all had 120." in page
    assert f'name="referrals-asked" value="{ASKED}"' in page
    # One cell for its boxes, so that the answers have the width of two.
    assert page.count('colspan="2"') == 1
    assert page.count("None, note, comment<span") == 2

    other = row("referrals", value="6000", answer="checked") | {"referrals-asked": ASKED}
    assert unit.post(address(newest), other).status_code == 422
    unanswered = row("referrals", value="5000") | {"referrals-asked": ASKED}
    assert unit.post(address(newest), unanswered).status_code == 422
    answered = row("referrals", value="5000", answer="event", answer_words="A new team.")
    assert unit.post(address(newest), answered | {"referrals-asked": ASKED}).status_code == 302
    noted = row("referrals", value="5000", note="New team.", seen=1)
    assert unit.post(address(newest), noted).status_code == 302
    answer = "Something happened in this quarter that explains it. A new team."
    kept = Revision.objects.filter(value=5000).order_by("number")
    assert [(each.warnings, each.answer, each.note) for each in kept] == [
        ("far-from-series", answer, ""),
        ("far-from-series", answer, "New team."),
    ]


def test_figure_s_own_page_asks_too(world: World, newest: Span, signed_in: SignedIn) -> None:
    for span in quarters_to(newest.last, 6):
        enter(world, span, 120)
        approve(cell=whole_cells().get(period__first=span.first), seen=1, by=world.second, at=NOW)
    unit = signed_in(world.unit)
    page = f"/p/testshire/returns/{newest.key}/referrals/"
    typed = {"value": "5000", "seen": "0"}
    asks = unit.post(page, typed)
    assert asks.status_code == 422
    assert "Why is it right?" in asks.content.decode()
    unit.post(page, typed | {"asked": ASKED, "answer_words": "Counted twice by hand."})
    assert Revision.objects.get(value=5000).answer == "Counted twice by hand."


def test_nothing_typed_is_said(world: World, newest: Span, signed_in: SignedIn) -> None:
    unit = signed_in(world.unit)
    answer = unit.post(address(newest), row("referrals") | row("timely"), follow=True)
    assert "Nothing was typed, so nothing was saved." in answer.content.decode()
    assert Revision.objects.count() == 0


@pytest.mark.parametrize("seen", ["", "-1", "many", "99"])
def test_version_that_cannot_be_does_no_harm(
    world: World, newest: Span, signed_in: SignedIn, seen: str
) -> None:
    enter(world, newest, 120)
    sent = signed_in(world.unit).post(
        address(newest), row("referrals", value="125") | {"referrals-seen": seen}
    )
    assert sent.status_code in {409, 422}
    assert 'value="125"' in sent.content.decode()
    assert saved() == {"referrals": Decimal(120)}


def test_return_of_many_figures_is_one_form_and_few_queries(
    world: World, newest: Span, signed_in: SignedIn, django_assert_num_queries: object
) -> None:
    made = [
        Indicator(code=f"count-{n}", name=f"Count {n}", unit="count", theme="many", roll_up="sum")
        for n in range(170)
    ]
    for indicator in made:
        indicator.polarity, indicator.kind_of_count = "neutral", "independent"
    Indicator.objects.bulk_create(made)
    Expectation.objects.bulk_create(
        Expectation(agency=world.police, indicator=each, first=date(2020, 4, 1)) for each in made
    )
    unit = signed_in(world.unit)
    with django_assert_num_queries(13):  # type: ignore[operator]
        unit.get(address(newest))
    everything = row("referrals", value="3") | row("timely")
    for each in made:
        everything |= row(each.code)
    assert len(everything) > 800
    assert unit.post(address(newest), everything).status_code == 302
    assert saved() == {"referrals": Decimal(3)}
