"""Verbs that change promises and their outcomes, milestones, risks and single figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from partnerships.audit import record
from partnerships.event_dates import When
from partnerships.known_dates import stored
from partnerships.models import (
    Milestone,
    NamedFigure,
    Partnership,
    Period,
    Priority,
    Promise,
    Risk,
    User,
)
from partnerships.periods import Kind, Span
from partnerships.refusals import Overtaken, Refused, must_fit

Outcome = Promise.Outcome
Kept = TypeVar("Kept", Promise, Milestone, Risk, NamedFigure)


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """A promise, where it stands, and what became of it. Without a number it comes last."""

    report_year: Period
    in_list: str
    where_in_report: str
    text: str
    priority: Priority | None = None
    outcome: str = Outcome.NOT_TOLD
    outcome_source: str = ""
    number: int | None = None
    source: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """An event and its date as far as it is told."""

    what: str
    when: When
    state: str
    note: str = ""
    source: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class RiskWords:
    """A risk, since when, what is done about it, and its end with the reason."""

    what: str
    since: Span | None = None
    carried_over: bool = False
    doing: str = ""
    note: str = ""
    closed: date | None = None
    closed_why: str = ""
    source: str = ""
    fact_id: str = ""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A single figure: a number with its unit in the plural, or words where no number is told."""

    what: str
    area: str
    period: Period
    value: Decimal | None = None
    in_words: str = ""
    unit: str = "number"
    qualifier: str = NamedFigure.Qualifier.EXACTLY
    of_children: bool = False
    public_since: date | None = None
    note: str = ""
    source: str = ""
    fact_id: str = ""


def save_promise(
    *,
    partnership: Partnership,
    year: Period,
    code: str,
    words: PromiseWords,
    seen: int = 0,
    by: User,
) -> Promise:
    """Adds a promise for a year (`seen` 0) or changes the version seen; the same is no change.

    Raises `Refused` and `Overtaken`.
    """
    _must_be_years(year, words)
    if words.outcome != Outcome.NOT_TOLD and not words.outcome_source:
        raise Refused("Say who tells the outcome, and what they say.", "outcome_source")
    if words.outcome == Outcome.NOT_TOLD and words.outcome_source:
        raise Refused("Choose the outcome that this tells.", "outcome")
    columns: dict[str, Any] = {name: getattr(words, name) for name in words.__dataclass_fields__}
    with transaction.atomic():
        _one_at_a_time(partnership)
        if words.number is None:
            columns["number"] = _place(partnership, year, code)
        return _save(
            Promise,
            partnership,
            {"code": code, "year": year},
            columns,
            seen=seen,
            by=by,
            detail={"outcome": words.outcome},
        )


def save_milestone(
    *, partnership: Partnership, code: str, words: MilestoneWords, seen: int = 0, by: User
) -> Milestone:
    """Adds a milestone or changes the version seen. Raises `Refused` and `Overtaken`."""
    columns = {
        "what": words.what,
        "first": words.when.span.first,
        "precision": words.when.precision.value,
        "state": words.state,
        "note": words.note,
        "source": words.source,
        "fact_id": words.fact_id,
    }
    return _save(
        Milestone,
        partnership,
        {"code": code},
        columns,
        seen=seen,
        by=by,
        detail={"state": words.state, "when": words.when.words},
    )


def save_risk(
    *, partnership: Partnership, code: str, words: RiskWords, seen: int = 0, by: User
) -> Risk:
    """Adds a risk, changes the version seen, or closes it. Raises `Refused` and `Overtaken`."""
    if words.closed and not words.closed_why:
        raise Refused("Say why the risk is closed.", "closed_why")
    if words.closed_why and not words.closed:
        raise Refused("Enter the day on which the risk was closed.", "closed")
    if words.closed and words.since and words.closed < words.since.first:
        raise Refused("The risk is closed before it begins.", "closed")
    columns: dict[str, Any] = {name: getattr(words, name) for name in words.__dataclass_fields__}
    columns["since"], precision = stored(words.since)
    columns["since_precision"] = precision.value
    detail = {"closed": words.closed.isoformat()} if words.closed else {}
    return _save(Risk, partnership, {"code": code}, columns, seen=seen, by=by, detail=detail)


def save_figure(
    *, partnership: Partnership, code: str, words: FigureWords, seen: int = 0, by: User
) -> NamedFigure:
    """Adds a single figure or changes the version seen. Raises `Refused` and `Overtaken`."""
    if (words.value is None) == (not words.in_words):
        raise Refused("Enter a number, or words where no number is told: one of them.", "value")
    columns: dict[str, Any] = {name: getattr(words, name) for name in words.__dataclass_fields__}
    columns["decimals"] = _decimals(words.value)
    return _save(NamedFigure, partnership, {"code": code}, columns, seen=seen, by=by, detail={})


def _save(
    model: type[Kept],
    partnership: Partnership,
    keys: dict[str, Any],
    columns: dict[str, Any],
    *,
    seen: int,
    by: User,
    detail: dict[str, Any],
) -> Kept:
    """The one way in which all of them are kept: locked, compared, versioned and recorded."""
    name, code = str(model._meta.verbose_name), keys["code"]
    if code == "add":
        raise Refused("“add” cannot be a short name. Choose another.", "code")
    must_fit(model(partnership=partnership, **keys, **columns))
    with transaction.atomic():
        _one_at_a_time(partnership)
        found = model._default_manager.filter(partnership=partnership, **keys).first()
        if found and not seen:
            raise Refused(f"There is a {name} {code} already. Choose another name.", "code")
        if found and all(getattr(found, each) == value for each, value in columns.items()):
            return found
        if (found.version if found else 0) != seen:
            raise Overtaken
        columns["version"] = seen + 1
        saved, made = model._default_manager.update_or_create(
            partnership=partnership, **keys, defaults=columns
        )
        verb = f"{name} added" if made else f"{name} changed"
        record(by=by, verb=verb, subject=saved.key, partnership=partnership, detail=detail)
    return saved


def _one_at_a_time(partnership: Partnership) -> None:
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _must_be_years(year: Period, words: PromiseWords) -> None:
    for period, field in ((year, "year"), (words.report_year, "report_year")):
        if period.kind != Kind.YEAR:
            raise Refused("Enter a financial year, like 2019-20.", field)
    if year.first < words.report_year.first:
        raise Refused("A report cannot promise for a year before its own.", "year")


def _place(partnership: Partnership, year: Period, code: str) -> int:
    """Where a promise stands already, or the place after the last one of its year."""
    promises = Promise.objects.filter(partnership=partnership, year=year)
    own = promises.filter(code=code).values_list("number", flat=True).first()
    return own or (promises.aggregate(last=Max("number"))["last"] or 0) + 1


def _decimals(value: Decimal | None) -> int:
    exponent = value.as_tuple().exponent if value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0
