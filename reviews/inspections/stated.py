"""Numbers that inspectors name, and how many findings are kept, as figures with addresses.

`findings:walsall:joint-inspection-2022:11` is the number in a finding, by its place in the
letter; `findings:walsall:joint-inspection-2022:strength` how many findings of a kind are kept.
"""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import shorten

from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures
from reviews.models import Finding, Inspection

KIND = "findings"
PLURALS = {
    Finding.Kind.PRIORITY_ACTION: "priority actions",
    Finding.Kind.IMPROVEMENT: "areas for improvement",
    Finding.Kind.WEAKNESS: "weaknesses",
    Finding.Kind.STRENGTH: "strengths",
}


@figures(KIND)
def find(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    """By inspection, and the number of a finding or a kind of findings."""
    if len(parts) != 2:
        return None
    code, which = parts
    inspection = partnership.inspections.filter(code=code).first()
    if inspection is None:
        return None
    if which in Finding.Kind.values:
        kind = Finding.Kind(which)
        return stated_count(inspection, kind, inspection.findings.filter(kind=kind).count())
    if not which.isdecimal() or len(which) > 4:
        return None
    finding = inspection.findings.filter(number=int(which)).first()
    return stated_value(inspection, finding) if finding else None


def stated_value(inspection: Inspection, finding: Finding) -> Stated | None:
    """The number in a finding; None where it has none."""
    if finding.value is None:
        return None
    value = finding.value.normalize()
    return Stated(
        address=address_of(KIND, inspection.partnership, inspection.code, str(finding.number)),
        about=f"{inspection.name}: {shorten(finding.words, 250, placeholder='…')}",
        value=value,
        decimals=max(0, -int(value.as_tuple().exponent)),
        note=finding.note,
        fact_id=finding.fact_id,
        source=inspection.source,
    )


def stated_count(inspection: Inspection, kind: Finding.Kind, count: int) -> Stated:
    """How many findings of a kind the portal keeps: its own count, which nobody printed."""
    return Stated(
        address=address_of(KIND, inspection.partnership, inspection.code, kind.value),
        about=f"{inspection.name}: {PLURALS[kind]} that are kept here",
        value=Decimal(count),
        note="Counted here, finding by finding; the inspectors print no such number.",
    )
