"""Verbs that change audits of cases, their grades, and what is told of passing on learning."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Overtaken, Refused
from partnerships.removing.actions import Removal, take_out
from partnerships.stated import address_of
from reviews.figures import OURS, Telling, decimals_of
from reviews.models import AuditGrade, AuditResult, CaseAudit, Dissemination, Grade
from reviews.versions import write

Status = CaseAudit.Status
MOST_CASES = 100_000


@dataclass(frozen=True, slots=True)
class AuditWords:
    """What is known of an audit. `cases` is None where nobody says how many there were."""

    name: str
    kind: str
    status: str
    period: Span
    theme: str = ""
    cases: int | None = None
    telling: Telling = OURS


@dataclass(frozen=True, slots=True)
class GradeWords:
    """The share or number of cases that were given one grade."""

    value: Decimal
    telling: Telling = OURS


def save_audit(
    *, partnership: Partnership, code: str, words: AuditWords, seen: int = 0, by: User
) -> CaseAudit:
    """Adds an audit (`seen` 0) or changes the version seen; the same again is no change.

    Raises `Refused` and `Overtaken`.
    """
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    if words.status in {Status.ON_HOLD, Status.NOT_REPORTED} and not words.telling.note:
        raise Refused("Say in the note why the audit went no further.", "note")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        found = partnership.case_audits.filter(code=code).first() if seen else None
        saved = write(
            CaseAudit,
            {"partnership": partnership, "code": code},
            {
                "name": words.name,
                "kind": words.kind,
                "theme": words.theme,
                "period": store_period(words.period),
                "status": words.status,
                "cases": words.cases,
                **words.telling.columns(),
            },
            found=found,
            seen=seen,
            taken=Refused(f"There is an audit {code} already. Choose another name.", "code"),
        )
        if saved:
            _record(by, "audit changed" if found else "audit added", saved, status=words.status)
    return saved or partnership.case_audits.get(code=code)


def save_result(
    *,
    audit: CaseAudit,
    period: Span,
    unit: str,
    grades: Mapping[str, GradeWords],
    seen: int = 0,
    by: User,
) -> AuditResult:
    """Adds what an audit found in a period (`seen` 0), or changes the version seen.

    A grade that is left out is one that nobody tells. Percentages that do not make 100 are
    kept: the page says by how much they miss it. Raises `Refused` and `Overtaken`.
    """
    _must_be_shares(unit, grades)
    with transaction.atomic():
        CaseAudit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
        stored = store_period(period)
        found = audit.results.filter(period=stored).first()
        if found and not seen:
            raise Refused(f"There are grades of {stored} already. Open them.", "period")
        if found and found.unit == unit and _kept(found) == _wanted(grades):
            return found
        if (found.version if found else 0) != seen:
            raise Overtaken
        saved, _ = AuditResult.objects.update_or_create(
            audit=audit, period=stored, defaults={"unit": unit, "version": seen + 1}
        )
        saved.grades.exclude(grade__in=grades).delete()
        for grade, columns in _wanted(grades).items():
            AuditGrade.objects.update_or_create(result=saved, grade=grade, defaults=columns)
        verb = "grades of an audit changed" if found else "grades of an audit added"
        _record(by, verb, audit, period=stored.key, unit=unit)
    return saved


def save_dissemination(
    *,
    partnership: Partnership,
    code: str,
    means: str,
    period: Span,
    telling: Telling = OURS,
    found: Dissemination | None = None,
    seen: int = 0,
    by: User,
) -> Dissemination:
    """Adds a means by which learning was passed on, or changes the version seen of one found.

    Raises `Refused` and `Overtaken`.
    """
    if not code:
        raise Refused("Say how learning was passed on.", "means")
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        stored = store_period(period)
        kept = partnership.disseminations.filter(pk=found.pk).first() if found else None
        saved = write(
            Dissemination,
            {"partnership": partnership, "code": code, "period": stored},
            {"means": means, **telling.columns()},
            found=kept,
            seen=seen,
            taken=Refused(f"{means}: told of {stored} already.", "means"),
        )
        if saved:
            verb = "means of dissemination changed" if kept else "means of dissemination added"
            record(by=by, verb=verb, subject=saved.key, partnership=partnership)
    if saved is None:
        assert kept is not None
        return kept
    return saved


def remove_audit(audit: CaseAudit, why: Removal) -> None:
    """Takes an audit out.

    Raises `Overtaken`, and `Refused` while grades of it are kept, or a report prints its cases.
    """
    take_out(audit, why, verb="audit removed", subject=audit.key, figures=[_figures(audit)])


def remove_result(result: AuditResult, why: Removal) -> None:
    """Takes out all grades of a period.

    Raises `Overtaken`, and `Refused` where a report prints one of them.
    """
    take_out(
        result,
        why,
        verb="grades of an audit removed",
        subject=result.audit.key,
        parts=[result.grades.all()],
        figures=[_figures(result.audit)],
    )


def remove_dissemination(told: Dissemination, why: Removal) -> None:
    """Takes out a means by which learning was passed on. Raises `Overtaken`."""
    take_out(told, why, verb="means of dissemination removed", subject=told.key)


def _figures(audit: CaseAudit) -> str:
    return address_of("audit", audit.partnership, audit.code, "")


def _must_be_shares(unit: str, grades: Mapping[str, GradeWords]) -> None:
    if not grades:
        raise Refused("Enter at least one grade.", "good")
    for grade, words in grades.items():
        if grade not in Grade.values:
            raise Refused(f"{grade!r} is no grade. It is one of {', '.join(Grade.values)}.")
        if words.value < 0:
            raise Refused("Enter a number that is not below 0.", _field(grade))
        if unit == AuditResult.Unit.PERCENT and words.value > 100:
            raise Refused("A percentage cannot be above 100.", _field(grade))
        if words.value > MOST_CASES:
            raise Refused(f"Enter at most {MOST_CASES:,} cases.", _field(grade))
        if unit == AuditResult.Unit.COUNT and words.value != words.value.to_integral_value():
            raise Refused("Enter a whole number of cases.", _field(grade))


def _field(grade: str) -> str:
    return grade.replace("-", "_")


def _wanted(grades: Mapping[str, GradeWords]) -> dict[str, dict[str, Any]]:
    return {
        grade: {
            "value": words.value,
            "decimals": decimals_of(words.value),
            **words.telling.columns(),
        }
        for grade, words in grades.items()
    }


def _kept(result: AuditResult) -> dict[str, dict[str, Any]]:
    names = ("value", "decimals", "note", "fact_id", "source", "public_since")
    return {
        each.grade: {name: getattr(each, name) for name in names} for each in result.grades.all()
    }


def _record(by: User, verb: str, audit: CaseAudit, **detail: Any) -> None:
    partnership = audit.partnership
    record(by=by, verb=verb, subject=audit.key, partnership=partnership, detail=detail)
