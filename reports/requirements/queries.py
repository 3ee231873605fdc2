"""Reading what guidance asks for, and where a report tells it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from reports.models import AnnualReport, GuidanceEdition, RequirementAnswer


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the report."""

    key: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A requirement with the sections that answer it, in their order.

    `lost` are keys of sections that the report no longer has. `why_not` says why it, or what of
    it, is not answered.
    """

    code: str
    reference: str
    wording: str
    places: tuple[Place, ...]
    lost: tuple[str, ...]
    why_not: str


def state_of(answers: Iterable[RequirementAnswer]) -> str:
    """What answers say, as a text that a page holds to tell whether they are still the same."""
    return "|".join(sorted(f"{each.section}={each.why_not}" for each in answers))


def answers_of(report: AnnualReport, edition: GuidanceEdition) -> tuple[Answered, ...]:
    """Every requirement of the edition, in its order, answered or not."""
    sections = report.sections.order_by("position").values_list("key", "title")
    places = {
        key: Place(key, number, title) for number, (key, title) in enumerate(sections, start=1)
    }
    own = RequirementAnswer.objects.filter(report=report).order_by("section")
    found = []
    for each in edition.requirements.prefetch_related(Prefetch("answers", own)):
        keys = [answer.section for answer in each.answers.all() if answer.section]
        known = sorted((places[key] for key in keys if key in places), key=lambda p: p.number)
        found.append(
            Answered(
                code=each.code,
                reference=each.reference,
                wording=each.wording,
                places=tuple(known),
                lost=tuple(key for key in keys if key not in places),
                why_not=" ".join(answer.why_not for answer in each.answers.all() if answer.why_not),
            )
        )
    return tuple(found)
