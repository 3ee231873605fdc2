"""Reading audits of cases and dissemination, as pages and reports need them.

Whoever prints an audit takes it from here: each figure has its address. What follows from the
figures (totals, gaps, comparisons) is worked out when it is asked for, so that of figures that
may not be said nothing follows.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from django.db.models import Prefetch, Q, QuerySet

from partnerships.models import Partnership
from partnerships.periods import Span
from partnerships.stated import Stated, address_of
from reviews.assurance.grades import GRADE_WORDS, Comparison, Shares, compare, gap, gap_in_words
from reviews.figures import public_with, source_of
from reviews.models import AuditGrade, AuditResult, CaseAudit, Dissemination, Grade

YEARS = 3  # that a report's table of grades goes back


@dataclass(frozen=True, slots=True)
class GradeShare:
    """The share of the cases, or the number of them, that were given one grade."""

    grade: str
    figure: Stated


@dataclass(frozen=True, slots=True)
class Graded:
    """The grades of one period, the best first; what nobody tells is not among them."""

    unit: Literal["percent", "count"]
    shares: tuple[GradeShare, ...]

    def known(self) -> Shares | None:
        """The numbers; None where one of them may not be said: the others would tell it."""
        values = {
            each.grade: each.figure.value for each in self.shares if each.figure.value is not None
        }
        if len(values) < len(self.shares):
            return None
        decimals = {each.grade: each.figure.decimals for each in self.shares}
        return Shares(self.unit, values, decimals)


@dataclass(frozen=True, slots=True)
class Result:
    """What an audit found in one period; `before` is the period a year earlier."""

    audit: str
    period: Span
    version: int
    own: Graded
    before: Graded | None

    def figure(self, grade: str) -> Stated | None:
        return next((each.figure for each in self.own.shares if each.grade == grade), None)

    @property
    def total(self) -> Stated | None:
        """How many cases were graded, where they were counted and each number may be said."""
        known = self.own.known()
        if known is None or known.unit == "percent" or not self.own.shares:
            return None
        figures = [each.figure for each in self.own.shares]
        return Stated(
            address=f"{figures[0].address.rpartition(':')[0]}:all",
            about=f"{self.audit}: cases graded, {self.period.label}",
            value=known.total,
            unit="cases",
            note="Added up from the cases of each grade.",
            source=source_of(figures),
            of_children=True,
            public_since=public_with(figures),
        )

    @property
    def gap(self) -> str:
        """By how much percentages miss 100, in a sentence; else empty."""
        known = self.own.known()
        return gap(known) if known else ""

    @property
    def gap_in_words(self) -> str:
        """That percentages do not make a whole, without a number; else empty."""
        known = self.own.known()
        return gap_in_words(known) if known else ""

    @property
    def notes(self) -> tuple[str, ...]:
        notes = [each.figure.note for each in self.own.shares if each.figure.note]
        return tuple(dict.fromkeys(notes))

    @property
    def comparison(self) -> Comparison | None:
        """With the period a year before; None where that has no grades that may be said."""
        before, own = self.before.known() if self.before else None, self.own.known()
        if before is None or own is None:
            return None
        return compare(before, own, earlier=self.period.year_before.label)


@dataclass(frozen=True, slots=True)
class AuditTold:
    """An audit and what it found, the oldest period first."""

    code: str
    name: str
    kind: str
    theme: str
    period: Span
    status: str
    status_words: str
    cases: Stated | None
    note: str
    source: str
    results: tuple[Result, ...]

    @property
    def figures(self) -> tuple[Stated, ...]:
        shares = [each.figure for result in self.results for each in result.own.shares]
        more = [result.total for result in self.results] + [self.cases]
        return (*shares, *(figure for figure in more if figure))


@dataclass(frozen=True, slots=True)
class Means:
    """By what means learning was passed on, and when."""

    pk: int
    means: str
    period: Span
    note: str


def audits_of(partnership: Partnership, period: Span | None = None) -> tuple[AuditTold, ...]:
    """The audits of a partnership, the newest first.

    With a period: those that share days with it or gave grades in it, each with the grades of
    the last three years to its end.
    """
    audits = _audits(partnership)
    if period is None:
        return tuple(_told(audit) for audit in audits)
    during = Q(period__first__lte=period.last, period__last__gte=period.first)
    graded = Q(results__period__last__range=(period.first, period.last))
    return tuple(_told(each, until=period) for each in audits.filter(during | graded).distinct())


def audit_of(partnership: Partnership, code: str) -> AuditTold | None:
    """One audit with all its grades."""
    audit = _audits(partnership).filter(code=code).first()
    return _told(audit) if audit else None


def dissemination_of(partnership: Partnership, period: Span | None = None) -> tuple[Means, ...]:
    """By what means learning was passed on; with a period, what shares days with it."""
    told: QuerySet[Dissemination] = partnership.disseminations.select_related("period")
    if period is not None:
        told = told.filter(period__first__lte=period.last, period__last__gte=period.first)
    return tuple(Means(each.pk, each.means, each.period.span, each.note) for each in told)


def _audits(partnership: Partnership) -> QuerySet[CaseAudit]:
    results = AuditResult.objects.select_related("period").prefetch_related("grades")
    return partnership.case_audits.select_related("partnership", "period").prefetch_related(
        Prefetch("results", queryset=results.order_by("period__last", "period__first"))
    )


def _told(audit: CaseAudit, *, until: Span | None = None) -> AuditTold:
    results = list(audit.results.all())
    if until is not None:
        results = [each for each in results if each.period.last <= until.last][-YEARS:]
    graded = {each.period.span: _graded(audit, each) for each in audit.results.all()}
    return AuditTold(
        code=audit.code,
        name=audit.name,
        kind=audit.get_kind_display(),
        theme=audit.theme,
        period=audit.period.span,
        status=audit.status,
        status_words=audit.get_status_display(),
        cases=_cases(audit),
        note=audit.note,
        source=audit.source,
        results=tuple(
            Result(
                audit=audit.name,
                period=each.period.span,
                version=each.version,
                own=graded[each.period.span],
                before=graded.get(each.period.span.year_before),
            )
            for each in results
        ),
    )


def _graded(audit: CaseAudit, result: AuditResult) -> Graded:
    grades = {each.grade: each for each in result.grades.all()}
    return Graded(
        unit=cast(Literal["percent", "count"], result.unit),
        shares=tuple(
            GradeShare(grade, _stated(audit, result, grades[grade]))
            for grade in GRADE_WORDS
            if grade in grades
        ),
    )


def _stated(audit: CaseAudit, result: AuditResult, grade: AuditGrade) -> Stated:
    count = result.unit == AuditResult.Unit.COUNT
    label = Grade(grade.grade).label.lower()
    return Stated(
        address=_address(audit, result.period.key, grade.grade),
        about=f"{audit.name}: cases graded {label}, {result.period}",
        value=grade.value,
        unit="cases" if count else "%",
        decimals=grade.decimals,
        note=grade.note,
        fact_id=grade.fact_id,
        source=grade.source,
        of_children=count,
        public_since=grade.public_since,
    )


def _cases(audit: CaseAudit) -> Stated | None:
    if audit.cases is None:
        return None
    return Stated(
        address=_address(audit, audit.period.key, "cases"),
        about=f"{audit.name}: cases audited, {audit.period}",
        value=Decimal(audit.cases),
        unit="cases",
        note=audit.note,
        fact_id=audit.fact_id,
        source=audit.source,
        of_children=True,
        public_since=audit.public_since,
    )


def _address(audit: CaseAudit, period: str, what: str) -> str:
    return address_of("audit", audit.partnership, audit.code, period, what)
