"""The synthetic partnership's groups and priorities: invented, entered by the demo's unit."""

from datetime import date

from partnerships.calendar import store_period
from partnerships.governance.actions import (
    BodyWords,
    Point,
    YearWords,
    add_priority,
    save_body,
    save_year,
)
from partnerships.known_dates import read
from partnerships.models import Body, Partnership, User
from partnerships.periods import Kind, Span

REMITS = {
    "executive": "Decides and answers for the arrangements.",
    "quality": "Reads the figures every quarter, and audits practice across agencies.",
    "learning": "Runs practice reviews, and plans the training that follows from them.",
}


def load_invented_governance(partnership: Partnership, *, by: User, today: date) -> int:
    """An executive with two groups, and a priority with two years: one closed, one running.

    Returns how many were added: none where the partnership has bodies.
    """
    if partnership.bodies.exists():
        return 0
    executive = _body(partnership, "executive", "Executive", Body.Kind.EXECUTIVE, None, by)
    for code, name in (("quality", "Quality and performance"), ("learning", "Learning")):
        _body(partnership, code, f"{name} subgroup", Body.Kind.SUBGROUP, executive, by)
    _priorities(partnership, Span.containing(Kind.YEAR, today).year_before, by)
    return 5


def _body(
    partnership: Partnership, code: str, name: str, kind: Body.Kind, above: Body | None, by: User
) -> Body:
    words = BodyWords(
        name=name,
        kind=kind,
        remit=REMITS[code],
        rhythm="Every quarter.",
        chair="Chief executive, in turn among the partners"
        if above is None
        else "Designated nurse for safeguarding",
        chaired="rotating" if above is None else "one",
        first=read("2020-21"),
    )
    reports_to = [above] if above else []
    return save_body(partnership=partnership, code=code, words=words, reports_to=reports_to, by=by)


def _priorities(partnership: Partnership, last_year: Span, by: User) -> None:
    early, neglect = (
        add_priority(partnership=partnership, code=code, number=number, name=name, by=by)
        for code, number, name in (("early-help", 1, "Help early"), ("neglect", 2, "See neglect"))
    )
    save_year(
        priority=early,
        period=store_period(last_year),
        words=YearWords(
            points={
                "intention": [Point("Answer each contact within a working day")],
                "done": [Point("One team takes the contacts of all agencies")],
                "impact": [Point("One team answered every contact", "contacts")],
                "assured": [Point("An audit of contacts found the answers sound")],
            },
            assurance="shown",
            state="closed",
            state_why="What was intended is done and shown; the scorecard goes on watching it.",
        ),
        by=by,
    )
    save_year(
        priority=neglect,
        period=store_period(last_year),
        words=YearWords(
            points={
                "intention": [Point("Use one tool to assess neglect in all agencies")],
                "done": [Point("Three agencies have begun to use the tool")],
                "still-to-do": [Point("Begin in the other agencies")],
                "not-shown": [Point("Whether children are helped sooner")],
            },
            assurance="not-yet",
            assurance_why="Only one agency can count how often the tool is used.",
            state="retained",
            state_why="The tool is not in use everywhere yet.",
        ),
        by=by,
    )
