"""A partnership's audits, self-assessments and dissemination, from its folder of files.

Loading again mends what differs, and leaves alone what a person has changed since.
"""

from decimal import Decimal
from pathlib import Path

from django.db import transaction

from partnerships.calendar import store_period
from partnerships.models import Partnership, User
from partnerships.refusals import Refused
from reviews.assurance.actions import (
    AuditWords,
    GradeWords,
    save_audit,
    save_dissemination,
    save_result,
)
from reviews.assurance.assessment_actions import (
    MoveWords,
    StepWords,
    save_area,
    save_assessment,
    save_move,
    save_step,
    save_step_figure,
)
from reviews.figures import code_of
from reviews.models import AssessmentStep, AuditResult, CaseAudit, Grade, GradeMove, SelfAssessment
from safeguarding.demo.files import Row, known, load_each, named
from safeguarding.demo.told import Load, figure, grouped, loading, period


def load_assurance_of(folder: Path, partnership: Partnership, *, by: User) -> dict[str, int]:
    """Loads audits, self-assessments and dissemination, all or none. Returns how many rows."""
    load = loading(folder, partnership, by=by)
    files = (
        ("audits", "audits.csv", _audit),
        ("self-assessments", "self_assessments.csv", _assessment),
        ("figures of self-assessments", "self_assessment.csv", _step),
        ("areas for assurance", "self_assessment_areas.csv", _area),
        ("moves between grades", "grade_moves.csv", _move),
        ("means of dissemination", "dissemination.csv", _dissemination),
    )
    with transaction.atomic():
        counts = load_each(folder, files, load)
        grades = load.rows("audit_grades.csv")
        for group in grouped(
            grades, lambda row: f"{row.required('audit')} {row.required('period')}"
        ):
            _grades(group, load)
        counts["grades of audits"] = len(grades)
    return counts


def _audit(row: Row, load: Load) -> None:
    code = row.required("audit")
    if load.is_kept("audit", code):
        return
    words = AuditWords(
        name=row.required("name"),
        kind=known(row, "kind", CaseAudit.Kind.values),
        theme=row.text("theme"),
        period=period(row),
        status=known(row, "status", CaseAudit.Status.values),
        cases=row.whole("cases", 0) or None,
        telling=load.printed.telling(row, fact_id=_fact_of(row)),
    )
    found = load.partnership.case_audits.filter(code=code).first()
    seen = found.version if found else 0
    save_audit(partnership=load.partnership, code=code, words=words, seen=seen, by=load.by)


def _fact_of(row: Row) -> str:
    """The fact that tells of an audit: of it as a whole, or of how many cases it looked at."""
    told, cases = row.text("fact_id"), row.cells.get("cases_fact_id", "").strip()
    if told and cases:
        raise row.error("fact_id and cases_fact_id are both filled in. Keep one.")
    return told or cases


def _grades(group: list[Row], load: Load) -> None:
    """The grades of one period; what is refused is named by the row of its grade."""
    first = group[0]
    code = first.text("audit")
    audit = load.partnership.case_audits.select_related("partnership").filter(code=code).first()
    if audit is None:
        raise first.error(f"there is no audit {code!r}. Add it to audits.csv first.")
    if load.is_kept("audit", code):
        return
    by_grade: dict[str, Row] = {}
    for row in group:
        grade = known(row, "grade", Grade.values)
        if grade in by_grade:
            raise row.error(f"{grade} stands on line {by_grade[grade].line} already.")
        by_grade[grade] = row
    with named(first):
        span = period(first)
        found = audit.results.filter(period=store_period(span)).first()
    try:
        save_result(
            audit=audit,
            period=span,
            unit=known(first, "unit", AuditResult.Unit.values, "percent"),
            grades={
                grade: GradeWords(_stated(row), load.printed.telling(row))
                for grade, row in by_grade.items()
            },
            seen=found.version if found else 0,
            by=load.by,
        )
    except Refused as error:
        wrong = by_grade.get((error.field or "").replace("_", "-"), first)
        raise wrong.error(str(error)) from error


def _stated(row: Row) -> Decimal:
    """A number with as many decimals as it is stated with: 45 with one of them is 45.0."""
    value = row.number("value")
    if value is None:
        raise row.error("value is empty.")
    exact = value.quantize(Decimal(1).scaleb(-row.whole("decimals", 0)))
    if exact != value:
        raise row.error(f"value is {value}, which has more decimals than the row says.")
    return exact


def _assessment(row: Row, load: Load) -> None:
    code = row.required("assessment")
    if load.is_kept("self-assessment", code):
        return
    found = load.partnership.self_assessments.filter(code=code).first()
    save_assessment(
        partnership=load.partnership,
        code=code,
        name=row.required("name"),
        kind=known(row, "kind", SelfAssessment.Kind.values),
        note=row.text("note"),
        seen=found.version if found else 0,
        by=load.by,
    )


def _stored(row: Row, load: Load) -> SelfAssessment | None:
    """The cycle that a row belongs to; None where people have changed it."""
    code = row.required("assessment")
    cycles = load.partnership.self_assessments.select_related("partnership")
    found = cycles.filter(code=code).first()
    if found is None:
        raise row.error(
            f"there is no self-assessment {code!r}. Add it to self_assessments.csv first."
        )
    return None if load.is_kept("self-assessment", code) else found


def _step(row: Row, load: Load) -> None:
    """A step, or a figure of it: the note and the fact belong to the figure where there is one."""
    assessment = _stored(row, load)
    if assessment is None:
        return
    name, span = row.required("step"), period(row)
    steps = assessment.steps.select_related("assessment__partnership")
    step: AssessmentStep | None = steps.filter(
        code=code_of(name), period=store_period(span)
    ).first()
    counts = bool(row.text("measure"))
    if step is None or not counts:
        own = load.printed.telling(row)
        bare = load.printed.telling(row, note="", fact_id="")
        step = save_step(
            assessment=assessment,
            words=StepWords(name, span, bare if counts else own),
            found=step,
            seen=step.version if step else 0,
            by=load.by,
        )
    if counts:
        measure = step.measures.filter(measure=row.text("measure")).first()
        save_step_figure(
            step=step,
            words=figure(row, load),
            found=measure,
            seen=measure.version if measure else 0,
            by=load.by,
        )


def _area(row: Row, load: Load) -> None:
    assessment = _stored(row, load)
    if assessment is None:
        return
    area = row.required("area_for_assurance")
    found = assessment.areas.filter(area=area).first()
    save_area(
        assessment=assessment,
        area=area,
        answered_by=row.text("answered_by"),
        telling=load.printed.telling(row, note=row.cells.get("note", "")),
        found=found,
        seen=found.version if found else 0,
        by=load.by,
    )


def _move(row: Row, load: Load) -> None:
    assessment = _stored(row, load)
    if assessment is None:
        return
    if not row.text("value").isdigit():
        raise row.error(f"value is {row.text('value')!r}, which is not a whole number.")
    words = MoveWords(
        was=known(row, "was", Grade.values),
        became=known(row, "became", [code for code, _ in GradeMove.BECAME]),
        period=period(row),
        instances=int(row.text("value")),
        telling=load.printed.telling(row),
    )
    found = assessment.moves.filter(
        was=words.was, became=words.became, period=store_period(words.period)
    ).first()
    seen = found.version if found else 0
    save_move(assessment=assessment, words=words, found=found, seen=seen, by=load.by)


def _dissemination(row: Row, load: Load) -> None:
    means, span = row.required("means"), period(row)
    code = code_of(means)
    if load.is_kept("dissemination", f"{code}:{span.key}"):
        return
    found = load.partnership.disseminations.filter(code=code, period=store_period(span)).first()
    save_dissemination(
        partnership=load.partnership,
        code=code,
        means=means,
        period=span,
        telling=load.printed.telling(row),
        found=found,
        seen=found.version if found else 0,
        by=load.by,
    )
