"""The register and the places: partnerships, organisations, areas, datasets, indicators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from metrics.models import (
    Area,
    AreaCode,
    Breakdown,
    Category,
    Dataset,
    Indicator,
    IndicatorVersion,
    RelatedIndicator,
)
from metrics.models.register import RollUp, Unit
from partnerships.models import Agency, LocalAuthority, Organisation, Partnership
from partnerships.stated import kinds
from reports.models import Ratio
from safeguarding.demo.files import Row, rows

Keys = dict[str, Any]


def load_reference(folder: Path) -> None:
    """Loads every file of the register, in order of need. Loading again updates what changed."""
    with transaction.atomic():
        for name, store in _FILES:
            for row in rows(folder / name):
                _stored(row, store)


def _stored(row: Row, store: Callable[[Row], None]) -> None:
    try:
        with transaction.atomic():
            store(row)
    except IntegrityError as error:
        raise row.error(f"the store refuses it: {error}") from error
    except ValidationError as error:
        raise row.error(" ".join(error.messages)) from error


def _put(model: type[Model], keys: Keys, values: Keys) -> None:
    model._default_manager.update_or_create(**keys, defaults=values)


def _one(row: Row, column: str, model: type[Model], field: str) -> Any:
    """The row that a natural key stands for; the file's error names the key."""
    key = row.required(column)
    found = model._default_manager.filter(**{field: key}).first()
    if found is None:
        raise row.error(f"{column} is {key!r}, which no {model._meta.verbose_name} has.")
    return found


def _maybe(row: Row, column: str, model: type[Model], field: str) -> Any:
    return _one(row, column, model, field) if row.text(column) else None


def _partnership(row: Row) -> None:
    values = {
        "name": row.required("name"),
        "short_name": row.required("short_name"),
        "synthetic": row.yes("synthetic"),
    }
    _put(Partnership, {"slug": row.required("slug")}, values)


def _authority(row: Row) -> None:
    partnership = _one(row, "partnership", Partnership, "slug")
    values = {"partnership": partnership, "name": row.required("name")}
    _put(LocalAuthority, {"ons_code": row.required("ons_code")}, values)


def _organisation(row: Row) -> None:
    values = {
        "name": row.required("name"),
        "successor": _maybe(row, "successor", Organisation, "slug"),
    }
    _put(Organisation, {"slug": row.required("slug")}, values)


def _agency(row: Row) -> None:
    keys = {
        "partnership": _one(row, "partnership", Partnership, "slug"),
        "organisation": _one(row, "organisation", Organisation, "slug"),
        "first": row.first_day("first"),
    }
    _put(Agency, keys, {"standing": row.required("standing"), "last": row.day("last")})


def _area(row: Row) -> None:
    values = {
        "name": row.required("name"),
        "kind": row.required("kind"),
        "partnership": _maybe(row, "partnership", Partnership, "slug"),
        "region": _maybe(row, "region", Area, "code"),
    }
    _put(Area, {"code": row.required("code")}, values)


def _area_code(row: Row) -> None:
    keys = {"scheme": row.required("scheme"), "code": row.required("code")}
    _put(AreaCode, keys, {"area": _one(row, "area", Area, "code")})


def _dataset(row: Row) -> None:
    code = row.required("code")
    if code in kinds():
        raise row.error(f"code is {code!r}, which begins the addresses of other figures.")
    values = {
        "kind": row.required("kind"),
        "owner": _maybe(row, "owner", Partnership, "slug"),
        "title": row.required("title"),
        "publisher": row.text("publisher"),
        "published": row.day("published"),
        "published_words": row.text("published_words"),
        "url": row.text("url"),
    }
    _put(Dataset, {"code": code}, values)


def _indicator(row: Row) -> None:
    values = {
        "name": row.required("name"),
        "definition": row.required("definition"),
        "numerator_words": row.text("numerator_words"),
        "denominator_words": row.text("denominator_words"),
        "unit": row.required("unit"),
        "unit_words": row.text("unit_words"),
        "base": row.whole("base", 1),
        "decimals": row.whole("decimals", 0),
        "polarity": row.required("polarity"),
        "kind_of_count": row.required("kind_of_count"),
        "roll_up": row.required("roll_up"),
        "disclosive": row.yes("disclosive"),
        "threshold": row.whole("threshold", 5),
        "theme": row.required("theme"),
    }
    _put(Indicator, {"code": row.required("code")}, values)


def _version(row: Row) -> None:
    keys = {
        "indicator": _one(row, "indicator", Indicator, "code"),
        "partnership": _maybe(row, "partnership", Partnership, "slug"),
        "first": row.first_day("first"),
    }
    _put(IndicatorVersion, keys, {"effect": row.required("effect"), "words": row.required("words")})


def _breakdown(row: Row) -> None:
    values = {
        "name": row.required("name"),
        "nature": row.required("nature"),
        "note": row.text("note"),
    }
    _put(Breakdown, {"code": row.required("breakdown")}, values)


def _category(row: Row) -> None:
    breakdown = _one(row, "breakdown", Breakdown, "code")
    parent = None
    if row.text("parent"):
        parent = breakdown.categories.filter(code=row.text("parent")).first()
        if parent is None:
            raise row.error(f"parent is {row.text('parent')!r}, which stands on no line above.")
    keys = {"breakdown": breakdown, "code": row.required("category")}
    _put(Category, keys, {"name": row.required("name"), "parent": parent})


def _relation(row: Row) -> None:
    keys = {
        "indicator": _one(row, "indicator", Indicator, "code"),
        "other": _one(row, "other", Indicator, "code"),
    }
    _put(RelatedIndicator, keys, {"why": row.required("why")})


def _ratio(row: Row) -> None:
    """Two indicators that may be divided: both counts, or rates on one population."""
    above = _one(row, "numerator", Indicator, "code")
    below = _one(row, "denominator", Indicator, "code")
    bases = [(each.unit, each.base, each.denominator_words) for each in (above, below)]
    if bases[0] != bases[1] or above.unit not in {Unit.COUNT, Unit.RATE}:
        raise row.error(
            f"{above.code} and {below.code} are not both counts, nor both rates on one population."
        )
    if RollUp.LAST in {above.roll_up, below.roll_up}:
        raise row.error("a number on one day is not set against what happens in a year.")
    keys = {"numerator": above, "denominator": below}
    _put(Ratio, keys, {"name": row.required("name"), "of_cohort": row.yes("cohort")})


_FILES: tuple[tuple[str, Callable[[Row], None]], ...] = (
    ("partnerships.csv", _partnership),
    ("local_authorities.csv", _authority),
    ("organisations.csv", _organisation),
    ("agencies.csv", _agency),
    ("areas.csv", _area),
    ("area_codes.csv", _area_code),
    ("datasets.csv", _dataset),
    ("breakdowns.csv", _breakdown),
    ("categories.csv", _category),
    ("indicators.csv", _indicator),
    ("indicator_versions.csv", _version),
    ("related_indicators.csv", _relation),
    ("ratios.csv", _ratio),
)
