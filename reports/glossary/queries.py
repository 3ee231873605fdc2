"""Reading terms: those of a partnership and the shared ones."""

from django.db.models import Q

from partnerships.models import Partnership
from reports.glossary.used import TermData
from reports.models import Term


def terms_of(partnership: Partnership) -> tuple[TermData, ...]:
    """By the alphabet. A partnership's own meaning of a term counts before the shared one."""
    rows = Term.objects.filter(Q(partnership=None) | Q(partnership=partnership))
    found = {row.term: row for row in sorted(rows, key=lambda row: row.partnership_id is not None)}
    return tuple(
        TermData(
            row.term,
            tuple(form for each in row.spellings.split(";") if (form := each.strip())),
            row.meaning,
        )
        for row in sorted(found.values(), key=lambda row: row.term.casefold())
    )
