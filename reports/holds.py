"""What reports say to the removal of an entry that they print, name or are to tell of."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model, Q

from partnerships.removing.holds import Hold, holds
from reports.accounts.inspection import INSPECTION
from reports.models import PrintedFigure, Section, SectionBlock
from reports.prose.block import address_of
from reports.prose.grammar import StatedToken
from reports.prose.markdown import tokens_in
from reviews.models import Inspection


@holds
def printed(row: Model, figures: Sequence[str]) -> Iterator[Hold]:
    """The figures that published reports print: their readers follow each to its page."""
    if not figures:
        return
    within = Q()
    for beginning in figures:
        within |= Q(address__startswith=beginning)
    found = PrintedFigure.objects.filter(within, edition__publication__isnull=False)
    for address, about, title in found.values_list(
        "address", "about", "edition__report__title"
    ).distinct():
        yield Hold(
            f"The published report “{title}” prints a figure that would be gone ({about}). "
            "Correct the entry instead.",
            address,
        )


@holds
def named(row: Model, figures: Sequence[str]) -> Iterator[Hold]:
    """The figures that the texts of reports name: without them no edition could be built."""
    slugs = {beginning.split(":")[1] for beginning in figures}
    texts = Section.objects.filter(
        report__partnership__slug__in=slugs, introduction__contains="{{"
    ).select_related("report__partnership")
    for section in texts:
        for address in _addresses(section):
            if address.startswith(tuple(figures)):
                yield Hold(
                    f"The text of “{section.title}” in “{section.report.title}” names a figure "
                    "that would be gone. Correct the entry instead.",
                    address,
                )


@holds
def told_of(row: Model, figures: Sequence[str]) -> Iterable[Hold]:
    """The inspection that a report has a part of."""
    if not isinstance(row, Inspection):
        return []
    parts = SectionBlock.objects.filter(
        kind=INSPECTION.kind, subject=row.code, section__report__partnership=row.partnership
    )
    titles = parts.values_list("section__report__title", flat=True).distinct()
    return [
        Hold(f"The report “{title}” is to tell of this inspection. Correct the entry instead.")
        for title in titles
    ]


def _addresses(section: Section) -> Iterator[str]:
    for token in tokens_in(section.introduction):
        if isinstance(token, StatedToken):
            yield address_of(token, section.report.partnership.slug)
