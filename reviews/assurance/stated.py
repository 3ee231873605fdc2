"""The figures of audits and self-assessments, by their addresses.

`audit:walsall:multi-agency-cases:2019-20:good` is a grade of a period, `…:all` how many cases
were graded where they were counted, and `…:cases` how many the audit as a whole looked at.
`self-assessment:walsall:section-11-2019:survey-of-practitioners:2019-m11:responses` is a figure
of a step; after `moves` and a period come the grade before and the grade after.
"""

from collections.abc import Sequence

from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures
from reviews.assurance.assessment_queries import self_assessment_of
from reviews.assurance.queries import audit_of


@figures("audit")
def audit_figure(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    told = audit_of(partnership, parts[0])
    address = address_of("audit", partnership, *parts)
    return next((each for each in told.figures if each.address == address), None) if told else None


@figures("self-assessment")
def self_assessment_figure(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    told = self_assessment_of(partnership, parts[0])
    address = address_of("self-assessment", partnership, *parts)
    return next((each for each in told.figures if each.address == address), None) if told else None
