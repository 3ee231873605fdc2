"""Verbs that keep what guidance asks for, thing by thing; files keep a whole edition at once."""

from django.db import transaction

from partnerships.audit import record
from partnerships.models import User
from partnerships.refusals import Overtaken, Refused, must_fit
from partnerships.removing.actions import Removal, take_out
from reports.models import GuidanceEdition, Requirement
from reports.requirements.actions import Asked


def add_requirement(*, edition: GuidanceEdition, asked: Asked, by: User) -> Requirement:
    """Adds a requirement after the last one. Raises `Refused` where its code is taken."""
    if asked.code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    with transaction.atomic():
        GuidanceEdition.objects.select_for_update().get(pk=edition.pk)
        if edition.requirements.filter(code=asked.code).exists():
            raise Refused(
                f"There is a requirement {asked.code} already. Choose another name.", "code"
            )
        last = edition.requirements.order_by("position").last()
        made = Requirement(
            edition=edition,
            position=last.position + 1 if last else 1,
            code=asked.code,
            reference=asked.reference,
            wording=asked.wording,
        )
        must_fit(made)
        made.save()
        _record(by, "requirement added", made)
    return made


def change_requirement(
    *, requirement: Requirement, reference: str, wording: str, seen: str, by: User
) -> Requirement:
    """Changes the words over those seen (`words_of`); saying the same again changes nothing.

    Answers and published editions stay as they are. Raises `Refused` and `Overtaken`.
    """
    with transaction.atomic():
        found = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
        before = words_of(found)
        found.reference, found.wording = reference, wording
        if words_of(found) == before:
            return found
        if before != seen:
            raise Overtaken
        must_fit(found)
        found.save()
        _record(by, "requirement changed", found, before=before)
    return found


def remove_requirement(requirement: Requirement, why: Removal) -> None:
    """Takes a requirement out. Raises `Overtaken`, and `Refused` while a report answers it."""
    titles = requirement.answers.values_list("report__title", flat=True).distinct()
    if titles:
        reports = "; ".join(f"“{title}”" for title in titles)
        raise Refused(f"Reports say where they tell it: {reports}. Their answers come first.")
    take_out(requirement, why, verb="requirement removed", subject=key_of(requirement))


def words_of(requirement: Requirement) -> str:
    """What a requirement says, as a text that a page holds to tell whether it is still so."""
    return f"{requirement.reference}: {requirement.wording}"


def key_of(requirement: Requirement) -> str:
    """The natural key, as the audit record names the requirement."""
    return f"requirement:{requirement.edition.code}:{requirement.code}"


def _record(by: User, verb: str, requirement: Requirement, **detail: str) -> None:
    record(by=by, verb=verb, subject=key_of(requirement), partnership=None, detail={**detail})
