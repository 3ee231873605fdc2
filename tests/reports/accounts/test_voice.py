"""What was heard, and how learning was passed on, in a report."""

from reports.accounts.dissemination import DISSEMINATION
from reports.accounts.voice import NOBODY_TOLD, NOTHING_CHANGED, VOICE
from reports.models import AnnualReport
from tests.factories import PeriodFactory
from tests.reports.accounts.told import block_of, told
from tests.told_factories import DisseminationFactory, VoiceActivityFactory, VoiceMeasureFactory


def test_what_was_said_is_told_with_what_changed_and_who_was_told(report: AnnualReport) -> None:
    place = report.partnership
    visits = VoiceActivityFactory(
        partnership=place,
        code="visits",
        name="Visits",
        who="young inspectors",
        said_or_done="Make waiting rooms friendlier.",
        changed="They were painted",
        told_back="At the next meeting.",
        note="Led by them.",
    )
    for measure, value, words in (("places", 6, "Of four agencies"), ("forms", 17, "")):
        VoiceMeasureFactory(activity=visits, measure=measure, value=value, words=words)
    VoiceActivityFactory(
        partnership=place, name="Survey", period=PeriodFactory(key="2019-20-q4"), said_or_done="Ask"
    )
    VoiceActivityFactory(partnership=place, period=PeriodFactory(key="2020-21"))  # after the year
    block = block_of(VOICE, report)
    assert told(block) == [
        "# What was said or done, and what came of it",
        "Activity | Who, and what they said or did | What was counted | What changed | Told back",
        "Visits | Young inspectors: Make waiting rooms friendlier. | 6 places, 17 forms "
        "| They were painted. | At the next meeting.",
        "Survey, Q4 2019-20 | Young people: Ask. | – | Not said | Not said",
    ]
    assert block.notes == ("Visits: Led by them.", "Visits: Of four agencies.")
    assert [figure.address for figure in block.figures] == [
        f"voice:{place.slug}:visits:2019-20:places",
        f"voice:{place.slug}:visits:2019-20:forms",
    ]


def test_where_nothing_is_said_to_have_changed_a_sentence_says_so(report: AnnualReport) -> None:
    VoiceActivityFactory(partnership=report.partnership, name="Survey", said_or_done="Ask us.")
    assert told(block_of(VOICE, report))[1:] == [
        "Activity | Who, and what they said or did",
        "Survey | Young people: Ask us.",
        NOTHING_CHANGED,
        NOBODY_TOLD,
    ]


def test_year_in_which_nobody_was_heard_tells_nothing(report: AnnualReport) -> None:
    VoiceActivityFactory()
    assert VOICE.read(report, "") is None


def test_means_of_the_whole_year_come_before_those_of_a_day(report: AnnualReport) -> None:
    place = report.partnership
    for means, period, note in (
        ("large briefing", "2019-m06", "For all."),
        ("website", "2019-20", ""),
        ("newsletters", "2019-20", ""),
        ("conference", "2020-21", ""),
    ):
        DisseminationFactory(
            partnership=place, means=means, period=PeriodFactory(key=period), note=note
        )
    assert told(block_of(DISSEMINATION, report)) == [
        "- Newsletters.",
        "- Website.",
        "- Large briefing, June 2019. For all.",
    ]


def test_year_in_which_nothing_was_passed_on_tells_nothing(report: AnnualReport) -> None:
    DisseminationFactory()
    assert DISSEMINATION.read(report, "") is None
