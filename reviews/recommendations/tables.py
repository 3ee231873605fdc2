"""Recommendations and actions as their pages draw them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from partnerships.elements import Cell, Colour, Column, Fact, Link, Table, Tag, table
from partnerships.known_dates import words
from partnerships.periods import day
from reviews.models import (
    Action,
    ActionUpdate,
    Answer,
    Recommendation,
    RecommendationSource,
)
from reviews.recommendations.due import Reading, Standing
from reviews.recommendations.queries import (
    BUSINESS_UNIT,
    ENDED,
    UNIT,
    ActionLine,
    owner_of,
    read,
)

COLOURS: dict[Standing, Colour] = {
    Standing.OVERDUE: "red",
    Standing.OPEN: "blue",
    Standing.DONE: "green",
    Standing.DONE_LATE: "orange",
    Standing.DROPPED: "grey",
}


def standing_tag(reading: Reading) -> Tag:
    return Tag(reading.words, COLOURS[reading.standing])


def actions_tables(lines: Sequence[ActionLine], address: Callable[[int], str]) -> list[Table]:
    """Overdue, open and ended actions, each with the address of its page; none that is empty."""
    made = []
    for key, caption, standings in (
        ("overdue", "Overdue", {Standing.OVERDUE}),
        ("open", "Open", {Standing.OPEN}),
        ("ended", "Done, or no longer pursued", ENDED),
    ):
        found = [line for line in lines if line.reading.standing in standings]
        if found:
            made.append(_actions_table(key, caption, found, address))
    return made


def _actions_table(
    key: str, caption: str, lines: Iterable[ActionLine], address: Callable[[int], str]
) -> Table:
    return table(
        key,
        caption,
        ["Action", "Owner", "How it stands", "From"],
        [
            (
                Link(f"{line.number}. {line.text}", address(line.number)),
                line.owner,
                standing_tag(line.reading),
                f"{line.source}, recommendation {line.recommendation}",
            )
            for line in lines
        ],
    )


def owners_table(lines: Sequence[ActionLine], address: Callable[[str], str]) -> Table:
    """How many actions each agency owns, by how they stand; with the address of its own list."""
    owners = sorted({(line.agency == UNIT, line.owner, line.agency) for line in lines})
    rows = []
    for _, owner, slug in owners:
        own = [line.reading.standing for line in lines if line.agency == slug]
        rows.append(
            (
                Cell(owner, url=address(slug)),
                str(sum(each is Standing.OVERDUE for each in own)),
                str(sum(each is Standing.OPEN for each in own)),
                str(sum(each in ENDED for each in own)),
            )
        )
    heads = [Column(text, numeric=True) for text in ("Overdue", "Open", "Done or not pursued")]
    return table("owners", "Actions by owner", ["Owner", *heads], rows)


def action_facts(action: Action, *, today: date, source_url: str) -> list[Fact]:
    """What an action is, and how it stands; the source with its page, for whoever may read it."""
    recommendation = action.recommendation
    source = f"{recommendation.source.name}, recommendation {recommendation.label}"
    facts = [
        Fact("Recommendation", recommendation.text),
        Fact("From", source, url=source_url),
        Fact("Owner", owner_of(action)),
        Fact("How it stands", read(action, today=today).words),
    ]
    if action.dropped_why:
        facts.append(Fact("Why it is no longer pursued", action.dropped_why))
    return facts


def update_words(update: ActionUpdate, *, names: bool) -> str:
    """Who told it and when: `Demoshire Police, 4 May 2026`; with the person's name for some."""
    speaker = str(update.agency.organisation) if update.agency else BUSINESS_UNIT
    told = f"{speaker}, {day(timezone.localdate(update.at))}"
    return f"{told}, by {update.by}" if names else told


def sources_table(rows: Iterable[tuple[RecommendationSource, str]]) -> Table:
    """The sources, each with the address of its page."""
    return table(
        "sources",
        "Where recommendations come from, the newest first",
        [
            "Source",
            "Kind",
            "When",
            Column("Recommendations", numeric=True),
            Column("Actions", numeric=True),
            Column("Still open", numeric=True),
        ],
        [
            (
                Link(each.name, url),
                each.get_kind_display(),
                words(each.told_when),
                str(getattr(each, "recommended", 0)),
                str(getattr(each, "acted_on", 0)),
                str(getattr(each, "still_open", 0)),
            )
            for each, url in rows
        ],
    )


def source_facts(source: RecommendationSource, *, url: str) -> list[Fact]:
    """What a source is; with the page of the review or inspection that it is, or no address."""
    facts = [
        Fact("Kind", source.get_kind_display()),
        Fact("When", words(source.told_when)),
    ]
    tied = source.review or source.inspection
    if tied:
        facts.append(Fact("Kept as", str(tied), url=url))
    if source.note:
        facts.append(Fact("Note", source.note))
    return facts


@dataclass(frozen=True, slots=True)
class Answered:
    """A recommendation with its actions, each with its page and how it stands, and its answers."""

    recommendation: Recommendation
    actions: tuple[tuple[Link, Tag], ...]
    answers: tuple[tuple[Answer, Tag], ...]


def answered(
    recommendations: Iterable[Recommendation], address: Callable[[int], str], *, today: date
) -> list[Answered]:
    """The recommendations of a source in their order; `address` is of an action's page."""
    return [
        Answered(
            each,
            tuple(
                (
                    Link(f"{action}, {owner_of(action)}: {action.text}", address(action.number)),
                    standing_tag(read(action, today=today)),
                )
                for action in each.actions.all()
            ),
            tuple((answer, answer_tag(answer)) for answer in each.answers.all()),
        )
        for each in recommendations
    ]


def answer_tag(answer: Answer) -> Tag:
    """Whether an answer still promised, when it was told, what was due before."""
    return Tag("Out of date", "red") if answer.was_out_of_date else Tag("Told", "blue")
