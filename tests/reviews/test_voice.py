"""What was said, what changed, what was told back: the rules, the figures and the pages."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from partnerships.models import AuditEvent, Partnership, User
from partnerships.period_words import read_period
from partnerships.periods import financial_year
from partnerships.refusals import Overtaken, Refused
from partnerships.stated import find
from reviews.figures import FigureWords, Telling
from reviews.models import VoiceActivity, VoiceMeasure
from reviews.voice.actions import VoiceWords, save_figure, save_voice
from reviews.voice.queries import voice_of

ClientOf = Callable[[User], Client]
YEAR = financial_year(2019)
LIST = "/p/testshire/voice/"
PAGE = f"{LIST}survey/"
SURVEY = VoiceWords("Survey", YEAR, "young people", "Ask us sooner")
PLEDGES = FigureWords("pledges", Decimal(127))


@pytest.fixture
def survey(testshire: Partnership, business_unit: User) -> VoiceActivity:
    made = save_voice(partnership=testshire, code="survey", words=SURVEY, by=business_unit)
    save_figure(activity=made, period=YEAR, words=PLEDGES, of_what="To listen", by=business_unit)
    return made


def test_what_changed_is_said_over_the_version_seen_only(
    survey: VoiceActivity, testshire: Partnership, business_unit: User
) -> None:
    early = replace(SURVEY, told_back="An assembly")
    with pytest.raises(Refused, match="Say what changed, or that nothing could") as refused:
        save_voice(partnership=testshire, code="survey", words=early, seen=1, by=business_unit)
    assert refused.value.field == "changed"
    answered = replace(early, changed="We ask in the first week")
    save_voice(partnership=testshire, code="survey", words=answered, seen=1, by=business_unit)
    with pytest.raises(Overtaken):
        save_voice(partnership=testshire, code="survey", words=SURVEY, seen=1, by=business_unit)
    with pytest.raises(Refused, match="There is an entry survey already"):
        save_voice(partnership=testshire, code="survey", words=SURVEY, by=business_unit)
    survey.refresh_from_db()
    assert (survey.changed, survey.told_back) == ("We ask in the first week", "An assembly")


def test_same_again_changes_and_records_nothing(
    survey: VoiceActivity, testshire: Partnership, business_unit: User
) -> None:
    before = AuditEvent.objects.count()
    save_voice(partnership=testshire, code="survey", words=SURVEY, seen=1, by=business_unit)
    save_figure(
        activity=survey,
        period=YEAR,
        words=PLEDGES,
        of_what="To listen",
        found=survey.measures.get(),
        seen=1,
        by=business_unit,
    )
    assert AuditEvent.objects.count() == before


def test_thing_is_counted_once_a_period_and_found_by_its_address(
    survey: VoiceActivity, testshire: Partnership, business_unit: User
) -> None:
    with pytest.raises(Refused, match="counted for that period already"):
        save_figure(activity=survey, period=YEAR, words=PLEDGES, by=business_unit)
    nobody = FigureWords("answers", None, telling=Telling(note="Not counted."))
    save_figure(activity=survey, period=YEAR, words=nobody, by=business_unit)
    found = find("voice:testshire:survey:2019-20:pledges")
    assert found is not None
    assert (found[1].words, found[1].about) == ("127 pledges", "Survey: pledges, 2019-20")
    assert find("voice:testshire:survey:2019-20:answers") is None
    assert find("voice:testshire:other:2019-20:pledges") is None


def test_voice_of_a_year_shares_days_with_it_or_counts_something_in_it(
    survey: VoiceActivity, testshire: Partnership, business_unit: User
) -> None:
    strategy = replace(SURVEY, name="Strategy", period=read_period("2020 to 2022"))
    made = save_voice(partnership=testshire, code="strategy", words=strategy, by=business_unit)
    steps = FigureWords("steps", Decimal(4))
    save_figure(activity=made, period=financial_year(2018), words=steps, by=business_unit)

    def seen(start: int) -> list[tuple[str, int]]:
        found = voice_of(testshire, financial_year(start))
        return [(each.code, len(each.figures)) for each in found]

    assert seen(2018) == [("strategy", 1)]
    assert seen(2019) == [("strategy", 0), ("survey", 1)]
    assert seen(2022) == [("strategy", 0)]
    assert seen(2023) == []


def test_voice_is_entered_in_the_browser_from_words_to_telling_back(
    client_of: ClientOf, business_unit: User, partner: User, testshire: Partnership
) -> None:
    unit = client_of(business_unit)
    entry = {
        "code": "survey",
        "name": "Survey",
        "period": "2019-20",
        "who": "young people",
        "said_or_done": "Ask us sooner",
        "seen": "0",
    }
    assert unit.post(f"{LIST}add/", entry).headers["Location"] == PAGE
    figure = {
        "measure": "Answers given",
        "of_what": "About first visits",
        "period": "2019-20",
        "value": "1,140",
        "qualifier": "exactly",
        "of_children": "on",
        "seen": "0",
    }
    assert unit.post(f"{PAGE}figures/add/", figure).headers["Location"] == PAGE
    reader = client_of(partner)
    assert "What changed is not said for 1 of 1." in reader.get(LIST).content.decode()
    row = VoiceMeasure.objects.get()
    assert (row.measure, row.of_children, int(row.value or 0)) == ("answers-given", True, 1140)

    told = entry | {"changed": "We ask in week one", "told_back": "An assembly", "seen": "1"}
    assert unit.post(f"{PAGE}edit/", told).headers["Location"] == PAGE
    again = unit.post(f"{PAGE}edit/", told | {"who": "parents"})
    assert "Somebody else has changed this" in again.content.decode()
    changed = figure | {"value": "1141", "seen": "1"}
    assert unit.get(f"{PAGE}figures/{row.pk}/").status_code == 200
    assert unit.post(f"{PAGE}figures/{row.pk}/", changed).headers["Location"] == PAGE
    page = reader.get(PAGE).content.decode()
    for words in ("We ask in week one", "An assembly", "1,141", "About first visits."):
        assert words in page
    assert "Change" not in page.split("<main")[1]
    assert "nobody" not in reader.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("add/", {}, "Say what they said or did."),
        ("survey/figures/add/", {}, "Say what is counted."),
        (
            "survey/figures/add/",
            {"measure": "–", "period": "2019-20", "qualifier": "exactly", "value": "3"},
            "Say what is counted.",
        ),
    ],
)
def test_form_that_cannot_be_saved_says_what_is_wrong(
    survey: VoiceActivity,
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


def test_page_without_voice_says_so(client_of: ClientOf, partner: User) -> None:
    page = client_of(partner).get(LIST).content.decode()
    assert "Nothing that was said is kept here" in page
