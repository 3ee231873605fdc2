"""Data of indicator blocks for tests, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from metrics.arithmetic.change import change_of
from metrics.arithmetic.reading import Measure, Reading
from partnerships.periods import financial_year
from reports.blocks.data import IndicatorData, Moved, Observation, Series, Source
from reports.blocks.figures import AccountBlock
from reports.disclosure import PublicFigure, public_account, public_form
from reports.editions.content import Cover, ReportContent, ReportSection
from reports.prose.block import Known, Prose, prose_block

PRINTED = Source("yearly-report", "Yearly report", "Walsall Safeguarding Partnership")
RETURNS = Source("returns", "Quarterly returns")
OFFICIAL = Source("official", "Official statistics", official=True)
LONG_AGO = date(2015, 1, 1)
TODAY = date(2026, 11, 21)

COUNT = Measure("count", kind_of_count="clustered", roll_up="sum")
PERCENT = Measure("percent", kind_of_count="proportion", roll_up="ratio")
RATE = Measure("rate", base=10_000, kind_of_count="independent", roll_up="ratio")


def count(value: int) -> Reading:
    return Reading(value=Decimal(value))


def quotient(numerator: int, denominator: int, measure: Measure = PERCENT) -> Reading:
    """A percentage or rate with its counts, printed to one decimal."""
    value = Decimal(numerator) / Decimal(denominator) * measure.scale if denominator else None
    return Reading(
        value=round(value, 6) if value is not None else None,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        decimals=1,
        marker="" if value is not None else "z",
    )


def observed(
    reading: Reading,
    year: int,
    area: str = "Walsall",
    source: Source = RETURNS,
    *,
    public_since: date | None = None,
    notes: tuple[str, ...] = (),
    code: str = "referrals",
) -> Observation:
    span = financial_year(year)
    address = f"{source.code}:{code}:{area.lower()}:{span.key}:all@1"
    return Observation(address, span, area, source, reading, notes, public_since)


def indicator(
    measure: Measure,
    *own: Observation,
    others: tuple[Series, ...] = (),
    disclosive: bool = True,
    name: str = "Referrals",
) -> IndicatorData:
    """The data of an indicator whose changes are worked out by the rule itself."""
    moved = []
    for before, after in zip((None, *own), own, strict=False):
        earlier = before if before and before.span == after.span.year_before else None
        change = change_of(earlier.reading if earlier else None, after.reading, measure)
        moved.append(Moved(earlier, after, change))
    return IndicatorData(
        code="referrals",
        name=name,
        definition="Contacts that social care took on.",
        measure=measure,
        disclosive=disclosive,
        threshold=5,
        spans=tuple(seen.span for seen in own),
        own=Series("Walsall", own),
        others=others,
        moved=tuple(moved),
    )


def referrals() -> IndicatorData:
    """The two figures that the whole way is proven with."""
    since = {"public_since": LONG_AGO, "source": PRINTED}
    return indicator(
        COUNT,
        observed(count(5135), 2018, **since),  # type: ignore[arg-type]
        observed(count(4368), 2019, **since),  # type: ignore[arg-type]
        name="Referrals to children's social care",
    )


def rounded(value: str, decimals: int = 0) -> Reading:
    """A figure as a source prints it, without its counts."""
    return replace(Reading(value=Decimal(value)), decimals=decimals)


def hidden() -> IndicatorData:
    """An indicator whose newest figure may not be shown."""
    own = (
        observed(count(40), 2018, code="missing"),
        observed(count(3), 2019, code="missing", notes=("Three brothers.",)),
    )
    return replace(indicator(COUNT, *own, name="Children missing"), code="missing")


def compared() -> IndicatorData:
    """A rate beside England's and neighbours', as a report prints it."""
    since = {"public_since": LONG_AGO, "source": PRINTED, "code": "plans"}
    own = [observed(rounded(value), year, **since) for value, year in (("86", 2018), ("65", 2019))]  # type: ignore[arg-type]
    others = tuple(
        Series(area, (observed(rounded(value), 2019, area, **since),))  # type: ignore[arg-type]
        for area, value in (("Neighbours", "64"), ("England", "56"))
    )
    return replace(indicator(RATE, *own, others=others, name="Plans started"), code="plans")


def with_region() -> IndicatorData:
    """The same beside its region as well."""
    there = observed(rounded("60"), 2019, "Region", PRINTED, public_since=LONG_AGO, code="plans")
    return replace(compared(), others=(*compared().others, Series("Region", (there,))))


def narrative(key: str, text: str) -> AccountBlock[PublicFigure]:
    """A text that may name the figures of `referrals`, in public form."""
    prose = Prose(key, "walsall", text, known=(Known("referrals", "all", referrals()),))
    return public_account(prose, prose_block, sources={}, on=TODAY)


def report() -> ReportContent:
    """A report of two sections: figures that were public, a rate beside others, a hidden one."""
    return ReportContent(
        slug="walsall",
        year="2019-20",
        cover=Cover(
            partnership="Walsall Safeguarding Partnership",
            title="Yearly report 2019-20",
            period="1 April 2019 to 31 March 2020",
            notice="This is a reconstruction from published figures.",
            running="Reconstruction from published figures",
        ),
        sections=(
            ReportSection(
                key="front-door",
                number=1,
                title="The front door",
                blocks=(
                    narrative(
                        "front-door-text", "Who came & what followed, < or >: {{ referrals }}."
                    ),
                    public_form(referrals(), on=TODAY),
                ),
            ),
            ReportSection(
                key="plans",
                number=2,
                title="Plans and children missing",
                blocks=tuple(public_form(data, on=TODAY) for data in (compared(), hidden())),
                missing=("Private fostering",),
            ),
        ),
    )
