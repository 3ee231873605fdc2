"""Verbs of requirements: keep what an edition of guidance asks for, say where a report tells it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from partnerships.audit import record
from partnerships.models import User
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from reports.editions.actions import address_of
from reports.editions.assemble import ReportError
from reports.models import AnnualReport, GuidanceEdition, Requirement, RequirementAnswer
from reports.requirements.queries import state_of

BEYOND = 1000  # more than an edition asks for


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that an edition asks for."""

    code: str
    reference: str
    wording: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A section that answers a requirement; or why, or what of it, none answers."""

    requirement: str
    section: str = ""
    why_not: str = ""


def keep_requirements(*, edition: str, title: str, asked: Sequence[Asked]) -> GuidanceEdition:
    """What an edition asks for, in this order. Keeping it again mends what differs.

    A requirement that is no longer asked for is refused while reports answer it.
    """
    with transaction.atomic():
        guidance, _ = GuidanceEdition.objects.update_or_create(
            code=edition, defaults={"title": title}
        )
        kept = guidance.requirements.all()
        kept.exclude(code__in=[each.code for each in asked]).delete()
        # Out of the way of the new order, which the database would else refuse half-way.
        kept.update(position=F("position") + BEYOND)
        for position, each in enumerate(asked, start=1):
            Requirement.objects.update_or_create(
                edition=guidance,
                code=each.code,
                defaults={
                    "position": position,
                    "reference": each.reference,
                    "wording": each.wording,
                },
            )
    return guidance


def answer_requirements(
    *, report: AnnualReport, edition: str, answers: Sequence[Answer], by: User
) -> int:
    """Where a report tells what an edition asks for. Answering again replaces the answers.

    Returns how many there are. Raises `ReportError` where a requirement or a section is not
    known, and where an answer is neither a section nor a reason, or both.
    """
    codes = {each.code: each for each in Requirement.objects.filter(edition__code=edition)}
    sections = set(report.sections.values_list("key", flat=True))
    for answer in answers:
        if answer.requirement not in codes:
            raise ReportError(f"{edition} has no requirement {answer.requirement!r}.")
        if bool(answer.section) == bool(answer.why_not):
            raise ReportError(
                f"{answer.requirement}: name the section that answers it, or say why none does."
            )
        if answer.section and answer.section not in sections:
            raise ReportError(f"{report.title} has no section {answer.section!r}.")
    with transaction.atomic():
        report.answers.filter(requirement__edition__code=edition).delete()
        RequirementAnswer.objects.bulk_create(
            RequirementAnswer(
                report=report,
                requirement=codes[answer.requirement],
                section=answer.section,
                why_not=answer.why_not,
            )
            for answer in answers
        )
        if not by.is_system:
            record(
                by=by,
                verb="requirements answered",
                subject=address_of(report),
                partnership=report.partnership,
                detail={"edition": edition},
            )
    return len(answers)


def answer_requirement(
    *,
    report: AnnualReport,
    requirement: Requirement,
    sections: Sequence[str],
    why_not: str,
    seen: str,
    by: User,
) -> None:
    """Says where a report tells one thing, over what was seen (`state_of`).

    Several sections may answer it, and beside them what of it none answers. Raises `Refused`
    and `Overtaken`.
    """
    if not sections and not why_not:
        raise Refused("Choose the sections that answer it, or say why none does.", "sections")
    with transaction.atomic():
        AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        kept = list(report.answers.filter(requirement=requirement))
        if state_of(kept) != seen:
            raise Overtaken
        told = [(section, "") for section in sections] + ([("", why_not)] if why_not else [])
        fresh = [
            RequirementAnswer(report=report, requirement=requirement, section=section, why_not=why)
            for section, why in told
        ]
        if state_of(fresh) == seen:
            return
        report.answers.filter(requirement=requirement).delete()
        RequirementAnswer.objects.bulk_create(fresh)
        record(
            by=by,
            verb="requirement answered",
            subject=address_of(report),
            partnership=report.partnership,
            detail={"requirement": requirement.code, "before": seen, "now": state_of(fresh)},
        )


def remove_answer(answer: RequirementAnswer, why: Removal) -> None:
    """Takes out all that a report says of one requirement. Raises `Overtaken`."""
    report = answer.report
    others = report.answers.filter(requirement=answer.requirement).exclude(pk=answer.pk)
    take_out(
        answer,
        why,
        verb="answer to a requirement removed",
        subject=address_of(report),
        parts=[others],
    )
