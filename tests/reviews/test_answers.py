"""Answers to recommendations: what is kept, and when one is out of date."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from partnerships.known_dates import read
from partnerships.models import AuditEvent, Partnership, User
from partnerships.refusals import Overtaken, Refused
from reviews.models import Answer, Recommendation, RecommendationSource
from reviews.recommendations.answers import AnswerWords, save_answer, standing_of
from safeguarding.demo.recommended import load_recommendations_of
from tests.factories import DatasetFactory, PartnershipFactory
from tests.kept_factories import AnswerFactory, RecommendationFactory, RecommendationSourceFactory

TOLD = date(2024, 3, 25)
SANDWELL = settings.BASE_DIR / "fixtures" / "sandwell"


@pytest.fixture
def recommendation(testshire: Partnership) -> Recommendation:
    return RecommendationFactory(source=RecommendationSourceFactory(partnership=testshire))


@pytest.mark.parametrize(
    ("promised", "words"),
    [
        ("", "As told on 25 March 2024: no date is given."),
        ("March 2024", "As told on 25 March 2024: due March 2024."),
        ("2024", "As told on 25 March 2024: due 2024."),
        (
            "January 2024",
            "Out of date on 25 March 2024: it still promises what was due by January 2024.",
        ),
        (
            "24 March 2024",
            "Out of date on 25 March 2024: it still promises what was due by 24 March 2024.",
        ),
    ],
)
def test_answer_is_out_of_date_where_what_it_promises_was_due_before_it_was_told(
    recommendation: Recommendation, business_unit: User, promised: str, words: str
) -> None:
    answer = save_answer(
        recommendation=recommendation,
        told=TOLD,
        words=AnswerWords("It will come.", promised=read(promised)),
        by=business_unit,
    )
    assert standing_of(answer) == words
    assert answer.was_out_of_date == words.startswith("Out of date")


def test_recommendation_without_an_answer_says_so() -> None:
    assert standing_of(None) == "No answer is kept."


def test_answer_of_a_day_is_kept_once_and_changed_by_who_saw_it(
    recommendation: Recommendation, business_unit: User
) -> None:
    def save(words: str, seen: int = 0) -> Answer:
        told = AnswerWords(words)
        return save_answer(
            recommendation=recommendation, told=TOLD, words=told, seen=seen, by=business_unit
        )

    save("First.")
    with pytest.raises(Refused, match=r"^There is an answer of that day already\."):
        save("Second.")
    save("Second.", seen=1)
    save("Second.", seen=2)
    with pytest.raises(Overtaken):
        save("Third.", seen=1)
    assert [(each.words, each.version) for each in Answer.objects.all()] == [("Second.", 2)]
    verbs = AuditEvent.objects.order_by("id").values_list("verb", "subject", "detail")
    assert list(verbs) == [
        ("answer added", recommendation.key, {"told": "2024-03-25"}),
        ("answer changed", recommendation.key, {"told": "2024-03-25"}),
    ]


def test_page_of_a_source_shows_answers_and_which_are_out_of_date(
    recommendation: Recommendation, client_of: Callable[[User], Client], partner: User
) -> None:
    AnswerFactory(
        recommendation=recommendation,
        told=TOLD,
        words="It comes in January.",
        promised=date(2024, 1, 1),
        promised_precision="month",
    )
    code = recommendation.source.code
    url = reverse("recommendation_source", args=["testshire", code])
    shown = " ".join(client_of(partner).get(url).content.decode().split())
    assert "As told on 25 March 2024: It comes in January." in shown
    assert "Out of date" in shown
    assert "No action answers it yet." not in shown


def test_tracker_of_sandwell_loads_with_its_stale_rows_and_again_changes_nothing(
    db: None, system: User
) -> None:
    sandwell = PartnershipFactory(slug="sandwell", name="Sandwell")
    DatasetFactory(code="sandwell-scrutiny-papers-2024-03-25", kind="printed", owner=sandwell)
    load_recommendations_of(SANDWELL, sandwell, by=system)
    stale = [
        (answer.recommendation.label, answer.fact_id)
        for answer in Answer.objects.select_related("recommendation").order_by("id")
        if answer.was_out_of_date
    ]
    assert stale == [("1", "SAN-508"), ("2", "SAN-509")]
    parts = RecommendationSource.objects.get(code="lockdown-review").recommendations
    labels = [each.label for each in parts.filter(number=10)]
    assert labels == ["10", "10a", "10b", "10c", "10d", "10e"]
    events = AuditEvent.objects.count()
    load_recommendations_of(SANDWELL, sandwell, by=system)
    assert AuditEvent.objects.count() == events
