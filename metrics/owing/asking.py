"""One thing that an agency is asked for: behind its lock, in words, and in the record."""

from collections.abc import Iterable
from typing import TypeVar

from django.utils.text import slugify

from metrics.models import Breakdown, Expectation, ExpectedBreakdown, ExpectedWords
from partnerships.audit import record
from partnerships.models import Agency, User
from partnerships.refusals import Overtaken

Asking = Expectation | ExpectedWords
A = TypeVar("A", bound=Asking)
MEANWHILE = (
    "Somebody else has asked {agency} for the same meanwhile. Look at the list, then try again."
)


def hold(agency: Agency) -> None:
    """What an agency owes is changed by one person after the other."""
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)


def as_it_stands(asking: A) -> A:
    """The row behind the lock. Raises `Overtaken` where somebody took it back."""
    more: list[str] = ["indicator"] if isinstance(asking, Expectation) else []
    told = type(asking)._default_manager.select_related("agency__organisation", *more)
    found = told.filter(pk=asking.pk).first()
    if found is None:
        raise Overtaken
    return found  # type: ignore[return-value]  # of the manager of its own type


def in_words(asking: Asking) -> str:
    """What is asked for, as sentences call it."""
    if isinstance(asking, Expectation):
        return str(asking.indicator.name)
    return f"words on {asking.theme.replace('-', ' ').lower()}"


def noun(asking: Asking) -> str:
    return "a figure" if isinstance(asking, Expectation) else "words"


def subject_of(asking: Asking) -> str:
    slug = asking.agency.organisation.slug
    if isinstance(asking, Expectation):
        return f"owed:{slug}:{asking.indicator.code}"
    return f"owed-words:{slug}:{slugify(asking.theme)}"


def divide(asked: Expectation, breakdowns: Iterable[Breakdown]) -> None:
    for breakdown in breakdowns:
        ExpectedBreakdown.objects.create(expectation=asked, breakdown=breakdown)


def codes(breakdowns: Iterable[Breakdown]) -> str:
    return ",".join(sorted(each.code for each in breakdowns))


def record_asking(asking: Asking, verb: str, by: User, **detail: str) -> None:
    record(
        by=by,
        verb=verb,
        subject=subject_of(asking),
        partnership=asking.agency.partnership,
        detail=dict(detail),
    )
