"""Which document the figures of a partnership's folder were printed in."""

from metrics.models import Dataset
from partnerships.models import Partnership
from safeguarding.demo.files import Row


def printed_source(partnership: Partnership) -> str:
    """The code of the partnership's printed yearly report; empty where it has none.

    A row that comes from another document says so itself.
    """
    reports = partnership.datasets.filter(
        kind=Dataset.Kind.PRINTED, code__startswith=f"{partnership.slug}-yearly-report"
    )
    return reports.order_by("-code").values_list("code", flat=True).first() or ""


def said_by(row: Row, partnership: Partnership) -> str:
    """The document that a row names in `source`, else the partnership's printed yearly report."""
    named = row.cells.get("source", "").strip()
    if not named:
        return printed_source(partnership)
    printed = partnership.datasets.filter(kind=Dataset.Kind.PRINTED)
    if not printed.filter(code=named).exists():
        raise row.error(f"source is {named!r}, which is no publication of {partnership}.")
    return named
