"""Training: what may be counted, what contradicts itself, what adds up, and its pages."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from partnerships.models import AuditEvent, Partnership, User
from partnerships.period_words import read_period
from partnerships.periods import financial_year
from partnerships.refusals import Overtaken, Refused
from partnerships.stated import find
from reviews.figures import FigureWords, Telling
from reviews.models import TrainingActivity, TrainingMeasure
from reviews.training.actions import ActivityWords, save_activity, save_figure
from reviews.training.counted import COUNTED, contradictions
from reviews.training.queries import activity_of, training_of
from reviews.training.totals import Total, totals_of
from tests.factories import AreaFactory
from tests.kept_factories import PriorityFactory

ClientOf = Callable[[User], Client]
YEAR = financial_year(2022)
LIST = "/p/testshire/training/"
PAGE = f"{LIST}course/"
PRINTED = Telling(fact_id="T-1", source="report")
COURSE = ActivityWords("Seeing neglect", "course", "partnership")
Count = Callable[..., TrainingMeasure]


@pytest.fixture
def course(testshire: Partnership, business_unit: User) -> TrainingActivity:
    return save_activity(partnership=testshire, code="course", words=COURSE, by=business_unit)


@pytest.fixture
def count(testshire: Partnership, business_unit: User) -> Count:
    """Counts something of an activity, which is made where it is missing."""

    def counted(
        code: str, measure: str, value: str | None, *, period: str = "2022-23", **more: object
    ) -> TrainingMeasure:
        activity = testshire.training_activities.filter(code=code).first() or save_activity(
            partnership=testshire,
            code=code,
            words=replace(COURSE, name=code.capitalize()),
            by=business_unit,
        )
        number = None if value is None else Decimal(value)
        mention = more.pop("mention", 1)
        assert isinstance(mention, int)
        return save_figure(
            activity=activity,
            period=read_period(period),
            words=FigureWords(measure, number, **more),  # type: ignore[arg-type]
            mention=mention,
            by=business_unit,
        )

    return counted


def totals(partnership: Partnership) -> list[Total]:
    return totals_of(partnership, YEAR, training_of(partnership, YEAR))


def made(partnership: Partnership) -> dict[str, str | None]:
    """What is made of each measure, or why not."""
    return {
        each.measure: each.made.cell if each.made else each.why_not for each in totals(partnership)
    }


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (
            {"places": 160, "allocated": 12, "no-shows": 20},
            ["20 are no-shows, and 12 places are allocated."],
        ),
        ({"places": 10, "allocated": 12}, ["12 places are allocated, and 10 are offered."]),
        ({"allocated": 10, "attended": 12}, ["12 people attended, and 10 places are allocated."]),
        (
            {"allocated": 10, "attended": 8, "no-shows": 3},
            ["Those who attended and the no-shows make 11, and 10 places are allocated."],
        ),
        ({"places": 371, "allocated": 371, "no-shows": 42}, []),
        ({"no-shows": 20}, []),
    ],
)
def test_numbers_that_contradict_each_other_are_told(
    numbers: dict[str, int], said: list[str]
) -> None:
    told = {measure: Decimal(number) for measure, number in numbers.items()}
    assert list(contradictions(told)) == said


@given(
    st.dictionaries(
        st.sampled_from(["places", "allocated", "attended", "no-shows"]), st.integers(0, 50)
    )
)
def test_numbers_contradict_each_other_only_where_no_course_could_have_them(
    numbers: dict[str, int],
) -> None:
    told = {measure: Decimal(number) for measure, number in numbers.items()}
    allocated = numbers.get("allocated", 10**6)
    places = numbers.get("places", 10**6)
    came, missed = numbers.get("attended", 0), numbers.get("no-shows", 0)
    possible = came <= places and (
        "allocated" not in numbers
        or (allocated <= places and came <= allocated and missed <= allocated)
    )
    both = {"attended", "no-shows", "allocated"} <= set(numbers)
    assert (not contradictions(told)) == (possible and not (both and came + missed > allocated))


def test_contradiction_is_refused_in_the_portal_s_own_record_and_noted_in_a_printed_one(
    course: TrainingActivity, count: Count, testshire: Partnership
) -> None:
    count("course", "allocated", "12")
    with pytest.raises(Refused, match="20 are no-shows, and 12 places are allocated") as refused:
        count("course", "no-shows", "20")
    assert refused.value.field == "value"
    assert course.measures.count() == 1
    count("course", "no-shows", "20", telling=PRINTED)
    told = activity_of(testshire, "course")
    assert told is not None
    assert [doubt.sentence for doubt in told.doubts] == [
        "20 are no-shows, and 12 places are allocated."
    ]
    count("course", "places", "160")  # what was there before is no reason to refuse this
    count("course", "no-shows", "20", period="2023-24")


@pytest.mark.parametrize(
    ("measure", "value"),
    [("attended", "-1"), ("test-after", "101"), ("knowledge-before", "10.5")],
)
def test_number_that_cannot_be_is_refused_and_kept_as_printed(
    count: Count, testshire: Partnership, measure: str, value: str
) -> None:
    with pytest.raises(Refused):
        count("course", measure, value)
    count("course", measure, value, telling=PRINTED)
    told = activity_of(testshire, "course")
    assert told is not None
    assert len(told.doubts) == 1
    count("course", "change-percent", "-28.7")


def test_what_is_not_known_to_be_counted_is_refused(count: Count) -> None:
    with pytest.raises(Refused, match=r"'pupils' is not counted\. It is one of events, "):
        count("course", "pupils", "3")


def test_activity_is_changed_over_the_version_seen_only(
    course: TrainingActivity, testshire: Partnership, business_unit: User
) -> None:
    neglect = PriorityFactory(partnership=testshire)
    save_activity(
        partnership=testshire,
        code="course",
        words=COURSE,
        priorities=[neglect],
        seen=1,
        by=business_unit,
    )
    with pytest.raises(Overtaken):
        save_activity(partnership=testshire, code="course", words=COURSE, seen=1, by=business_unit)
    with pytest.raises(Refused, match="There is training course already"):
        save_activity(partnership=testshire, code="course", words=COURSE, by=business_unit)
    for code in ("add", "all"):
        with pytest.raises(Refused, match="cannot be a short name"):
            save_activity(partnership=testshire, code=code, words=COURSE, by=business_unit)
    course.refresh_from_db()
    assert (course.version, list(course.priorities.all())) == (2, [neglect])


def test_own_area_is_told_in_one_way_only(testshire: Partnership, business_unit: User) -> None:
    own = AreaFactory(partnership=testshire)
    words = replace(COURSE, area=own)
    made = save_activity(partnership=testshire, code="course", words=words, by=business_unit)
    assert made.area is None


def test_total_must_say_what_it_is_of(testshire: Partnership, business_unit: User) -> None:
    words = replace(COURSE, kind="total")
    with pytest.raises(Refused) as refused:
        save_activity(partnership=testshire, code="sum", words=words, by=business_unit)
    assert refused.value.field == "total_of"


def test_numbers_are_added_up_where_that_means_something(
    count: Count, testshire: Partnership
) -> None:
    for code, attended in (("one", "40"), ("two", "2")):
        count(code, "attended", attended)
        count(code, "hours", "3")  # hours of different courses are nothing together
    count("one", "attended", "40", mention=2)
    count("one", "attended", "400", period="1 April 2017 to 31 March 2023")
    assert made(testshire) == {"attended": "42"}
    total = totals(testshire)[0].made
    assert total is not None
    assert find("training:testshire:all:2022-23:attended") == (testshire, total)
    assert find("training:testshire:all:2021-22:attended") is None
    assert find("training:testshire:all:soon:attended") is None


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"value": "7000", "qualifier": "more-than"}, "One number is not exact."),
        ({"value": None, "telling": Telling(note="Lost.")}, "One activity has no number."),
    ],
)
def test_numbers_that_do_not_add_up_say_why(
    count: Count, testshire: Partnership, second: dict[str, object], why: str
) -> None:
    count("one", "attended", "40")
    count("two", "attended", **second)
    assert made(testshire) == {"attended": why}


def test_what_counts_others_or_contradicts_itself_or_overlaps_is_not_added_up(
    count: Count, testshire: Partnership, business_unit: User
) -> None:
    count("one", "attended", "40")
    count("one", "attended", "10", period="Q1 2022-23")
    assert made(testshire) == {"attended": "One activity tells it of periods that share days."}
    count("two", "sessions", "2")
    count("two", "allocated", "12")
    count("two", "no-shows", "20", telling=PRINTED)
    count("three", "sessions", "4")
    assert made(testshire)["sessions"] == "Numbers of one activity contradict each other."
    wide = AreaFactory(kind="sub-region", partnership=None, name="Wide County")
    words = replace(COURSE, name="Three", area=wide)
    save_activity(partnership=testshire, code="three", words=words, seen=1, by=business_unit)
    assert made(testshire)["sessions"] == "One counts those of Wide County."


def test_printed_total_is_held_against_the_activities_that_it_is_of(
    count: Count, testshire: Partnership, business_unit: User
) -> None:
    for code, kind, provider, attended in (
        ("one", "conference", "partnership", "198"),
        ("two", "course", "partnership", "40"),
        ("three", "conference", "council", "7"),
    ):
        words = ActivityWords(code, kind, provider)
        save_activity(partnership=testshire, code=code, words=words, by=business_unit)
        count(code, "attended", attended)
    for code, of, attended in (("everything", "all", "238"), ("conferences", "conference", "298")):
        words = ActivityWords(code, "total", "partnership", total_of=of)
        save_activity(partnership=testshire, code=code, words=words, by=business_unit)
        count(code, "attended", attended, telling=PRINTED)
        count(code, "events", "21", telling=PRINTED)
    told = [
        (each.of, each.measure, each.made and each.made.cell, each.missing)
        for each in totals(testshire)
    ]
    assert told == [
        ("conferences", "events", None, None),
        ("everything", "events", None, None),
        ("conferences", "attended", "198", 100),
        ("everything", "attended", "238", 0),
    ]
    found = find("training:testshire:all:2022-23:attended:conferences")
    assert found is not None
    assert found[1].words == "198 people"


def test_figures_are_found_by_their_addresses(count: Count, testshire: Partnership) -> None:
    count("one", "attended", "7000", qualifier="more-than", of_children=True)
    count("one", "days", "3")
    count("one", "days", "3", mention=2)
    count("one", "held", None, telling=Telling(note="Attendance is not printed."))
    words = {
        "attended": "more than 7,000 people",
        "days": "3 days",
        "days:2": "3 days",
    }
    for part, said in words.items():
        found = find(f"training:testshire:one:2022-23:{part}")
        assert found is not None
        assert (found[1].words, found[1].of_children) == (said, part == "attended")
    assert find("training:testshire:one:2022-23:held") is None


def test_training_of_a_year_is_what_ends_in_it(count: Count, testshire: Partnership) -> None:
    count("one", "attended", "40")
    count("one", "attended", "158", period="1 September 2017 to 31 March 2023")
    count("two", "attended", "9", period="2021-22")
    told = training_of(testshire, YEAR)
    assert [(each.code, len(each.figures)) for each in told] == [("one", 2)]
    assert [each.code for each in training_of(testshire)] == ["one", "two"]


def test_training_is_entered_in_the_browser_from_name_to_total(
    client_of: ClientOf, business_unit: User, partner: User, testshire: Partnership
) -> None:
    neglect = PriorityFactory(partnership=testshire, name="See neglect early")
    unit = client_of(business_unit)
    entry = {
        "code": "course",
        "name": "Seeing neglect",
        "kind": "course",
        "provider": "partnership",
        "priorities": [str(neglect.pk)],
        "seen": "0",
    }
    assert unit.post(f"{LIST}add/", entry).headers["Location"] == PAGE
    for measure, value in (
        ("allocated", "112"),
        ("attended", "97"),
        ("knowledge-before", "5.1"),
        ("knowledge-after", "7.6"),
    ):
        sent = {
            "measure": measure,
            "period": "2022-23",
            "value": value,
            "qualifier": "exactly",
            "seen": "0",
        }
        assert unit.post(f"{PAGE}figures/add/", sent).headers["Location"] == PAGE
    page = client_of(partner).get(PAGE).content.decode()
    for words in ("See neglect early", "Places allocated", "Scores before and after", "7.6"):
        assert words in page
    assert "Change" not in page.split("<main")[1]

    refused = unit.post(f"{PAGE}figures/add/", sent | {"measure": "no-shows", "value": "20"})
    assert refused.status_code == 422
    assert "make 117, and 112 places are allocated. Check both" in refused.content.decode()
    figure = TrainingMeasure.objects.get(measure="attended")
    changed = sent | {"measure": "attended", "value": "98", "seen": "1"}
    page_of_it = f"{PAGE}figures/{figure.pk}/"
    assert 'value="97"' in unit.get(page_of_it).content.decode()
    assert unit.post(page_of_it, changed).headers["Location"] == PAGE
    again = unit.post(page_of_it, changed | {"value": "99"})
    assert "Somebody else has changed this" in again.content.decode()
    edited = unit.post(f"{PAGE}edit/", entry | {"name": "Neglect", "priorities": [], "seen": "1"})
    assert edited.headers["Location"] == PAGE
    assert TrainingActivity.objects.get().priorities.count() == 0
    assert "Neglect" in unit.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("add/", {}, "Say who provides it."),
        ("add/", {"code": "x", "name": "X", "kind": "total", "provider": "p"}, "a total of."),
        ("course/figures/add/", {}, "Choose what is counted."),
        (
            "course/figures/add/",
            {"measure": "attended", "period": "2022-23", "qualifier": "exactly", "value": "-3"},
            "Enter a number that is not below 0.",
        ),
    ],
)
def test_form_that_cannot_be_saved_says_what_is_wrong(
    course: TrainingActivity,
    client_of: ClientOf,
    business_unit: User,
    path: str,
    sent: dict[str, str],
    said: str,
) -> None:
    before = AuditEvent.objects.count()
    answer = client_of(business_unit).post(LIST + path, sent | {"seen": "0"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert AuditEvent.objects.count() == before


def test_page_says_what_is_printed_though_it_cannot_be(
    count: Count, client_of: ClientOf, partner: User
) -> None:
    count("course", "allocated", "12", telling=PRINTED)
    count("course", "no-shows", "20", telling=PRINTED)
    count("quiet", "held", None, telling=Telling(note="Not counted."))
    client = client_of(partner)
    for url in (LIST, PAGE):
        page = client.get(url).content.decode()
        assert "Printed so, though it cannot be so:" in page
        assert "20 are no-shows, and 12 places are allocated." in page
    assert "No number" in client.get(LIST).content.decode()


def test_page_without_training_says_so(client_of: ClientOf, partner: User) -> None:
    assert "No training is kept here" in client_of(partner).get(LIST).content.decode()


def test_every_measure_has_words_and_no_two_have_the_same() -> None:
    labels = [counted.label for counted in COUNTED.values()]
    assert len(set(labels)) == len(labels)
    assert all(counted.unit for counted in COUNTED.values())
