"""The synthetic partnership's recommendations and actions: invented, kept by the demo's people.

They are dated from today, so that one action is overdue whenever the demo is loaded for the
first time. Loading again changes nothing.
"""

from datetime import date, datetime, timedelta

from partnerships.calendar import store_period
from partnerships.models import Agency, Partnership, User
from partnerships.periods import Kind, Span
from reviews.challenges.actions import ChallengeWords, save_challenge
from reviews.models import Action, Recommendation, RecommendationSource
from reviews.recommendations.actions import (
    ActionWords,
    SourceWords,
    save_action,
    save_recommendation,
    save_source,
    update_action,
)

INVENTED = "Invented for the demonstration."
SourceKind = RecommendationSource.Kind


def load_invented_actions(
    partnership: Partnership, *, unit: User, police: User, today: date, at: datetime
) -> int:
    """Two sources with recommendations, and actions overdue, open and done, with updates.

    Returns how many actions were added: none where the partnership has some. Its reviews come
    first.
    """
    if partnership.actions.exists():
        return 0
    sharing, asking, counting = _recommendations(partnership, unit, today)
    agency = {
        word: Agency.objects.filter(
            partnership=partnership, organisation__slug__contains=word
        ).first()
        for word in ("council", "police", "icb")
    }

    def add(recommendation: Recommendation, text: str, owner: str, due: int) -> Action:
        words = ActionWords(recommendation, text, agency[owner], today + timedelta(days=due))
        return save_action(partnership=partnership, number=None, words=words, by=unit)

    add(sharing, "Give the front door one person in health to ask", "icb", -24)
    screening = add(sharing, "Send what officers know with each referral", "police", 45)
    update_action(
        action=screening,
        words="The form is changed. Officers are being shown how to fill it in.",
        agency=agency["police"],
        at=at,
        by=police,
    )
    done = add(asking, "Ask each child for their view at every conference", "council", -60)
    update_action(
        action=done,
        words="The record of each conference now has a place for it.",
        done=today - timedelta(days=66),
        at=at,
        by=unit,
    )
    words = ActionWords(counting, "Say in the yearly report what is not counted yet")
    save_action(partnership=partnership, number=None, words=words, by=unit)
    _challenge(partnership, unit, today)
    return 4


def _recommendations(
    partnership: Partnership, by: User, today: date
) -> tuple[Recommendation, Recommendation, Recommendation]:
    review = partnership.practice_reviews.filter(code="D1").first()
    local = save_source(
        partnership=partnership,
        code="review-d1",
        words=SourceWords(
            kind=SourceKind.REVIEW,
            name="Local review D1",
            review=review,
            told=review.completed_when if review else None,
            note=INVENTED,
        ),
        by=by,
    )
    scrutiny = save_source(
        partnership=partnership,
        code="scrutiny-spring",
        words=SourceWords(
            kind=SourceKind.SCRUTINY,
            name="Scrutiny meeting on early help",
            told=Span.containing(Kind.MONTH, today - timedelta(days=150)),
            note=INVENTED,
        ),
        by=by,
    )
    texts = (
        (local, 1, "", "Share what is known of a family early, also where it seems small."),
        (local, 2, "a", "Ask children what they think before a conference decides."),
        (scrutiny, 1, "", "Say what the partnership cannot count yet, and when it will."),
    )
    one, two, three = (
        save_recommendation(source=source, number=number, part=part, text=text, by=by)
        for source, number, part, text in texts
    )
    return one, two, three


def _challenge(partnership: Partnership, by: User, today: date) -> None:
    words = ChallengeWords(
        raised_by="Independent scrutineer",
        raised_with="Executive",
        about="Why one agency sends no figures on the use of the tool to assess neglect",
        period=store_period(Span.containing(Kind.MONTH, today - timedelta(days=40))),
        outcome="The agency has begun to count and sends its first figures next quarter.",
        note=INVENTED,
    )
    save_challenge(partnership=partnership, code="figures-on-the-tool", words=words, by=by)
