"""The words that agencies owe beside their figures: what they show, and what is done about it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from metrics.models import Commentary, Dataset, ExpectedWords, Indicator, ReturnStep
from metrics.owed import holding
from metrics.queries import any_of
from metrics.returns.closing import TAKE_BACK, closing_of, submitted_by
from partnerships.audit import record
from partnerships.calendar import store_period
from partnerships.models import Agency, Partnership, User
from partnerships.periods import Span
from partnerships.refusals import Refused

TEXTS_SHOWN = 4
VERSIONS_READ = 60  # a text that was written anew more often than that is the only one shown
EMPTY = "Write in a few words what the figures show, or leave the text as it was."
LOCKED = "The part of {agency} in the return for {quarter} is locked."


@dataclass(frozen=True, slots=True)
class Words:
    """What one agency says about a theme in one quarter; newest version first.

    `question` is what it is asked beside what its figures show.
    """

    agency: Agency
    theme: str
    question: str = ""
    versions: tuple[Commentary, ...] = ()
    before: Commentary | None = None

    @property
    def key(self) -> str:
        return f"words__{self.agency.organisation.slug}__{slugify(self.theme)}"

    @property
    def name(self) -> str:
        return f"{self.agency.organisation} on {theme_words(self.theme).lower()}"

    @property
    def latest(self) -> Commentary | None:
        return self.versions[0] if self.versions else None


class WordsOvertaken(Refused):
    """Somebody else saved words at the same place since this person opened the page."""

    def __init__(self, latest: Commentary) -> None:
        super().__init__(f"{latest.by} has saved other words since you opened the page.")
        self.latest = latest


def theme_words(theme: str) -> str:
    """A theme as pages say it."""
    return theme.replace("-", " ").capitalize()


def words_expected(
    partnership: Partnership, span: Span, *, agencies: Iterable[Agency] | None = None
) -> list[ExpectedWords]:
    """Who is asked for words in the return of a quarter, by theme; one query."""
    standing = ExpectedWords.objects.filter(holding(on=span.last), agency__partnership=partnership)
    if agencies is not None:
        standing = standing.filter(agency__in=list(agencies))
    ordered = standing.order_by("theme", "agency__organisation__name")
    return list(ordered.select_related("agency__organisation"))


def words_of(dataset: Dataset, span: Span, expected: Iterable[ExpectedWords]) -> list[Words]:
    """What was said in a quarter, and last in the one before, in the same order; one query."""
    wanted = list(expected)
    if not wanted:
        return []
    spans = [each for each in (span, span.quarter_before) if each is not None]
    said: dict[tuple[int, str, Span], list[Commentary]] = defaultdict(list)
    found = Commentary.objects.filter(
        any_of(spans), dataset=dataset, agency__in={each.agency_id for each in wanted}
    )
    for version in found.select_related("period", "by").order_by("-number"):
        said[version.agency_id, version.theme, version.period.span].append(version)
    made = []
    for each in wanted:
        before = span.quarter_before
        earlier = said[each.agency_id, each.theme, before] if before else []
        made.append(
            Words(
                agency=each.agency,
                theme=each.theme,
                question=each.question,
                versions=tuple(said[each.agency_id, each.theme, span]),
                before=earlier[0] if earlier else None,
            )
        )
    return made


def said_about(partnership: Partnership, indicator: Indicator) -> list[Commentary]:
    """The newest version of what those who supply an indicator say about its theme.

    Of the last periods on which anything was said, newest first; one query.
    """
    found = Commentary.objects.filter(
        dataset__owner=partnership,
        theme=indicator.theme,
        agency__in=Agency.objects.filter(expectations__indicator=indicator),
    )
    ordered = found.select_related("agency__organisation", "period", "by").order_by(
        "-period__last", "agency__organisation__name", "-number"
    )
    newest: dict[tuple[int, int], Commentary] = {}
    for version in ordered[:VERSIONS_READ]:
        newest.setdefault((version.period_id, version.agency_id), version)
    return list(newest.values())[:TEXTS_SHOWN]


def save_words(
    *, at_place: Words, dataset: Dataset, span: Span, words: str, seen: int, by: User, at: datetime
) -> Commentary:
    """A further version of an agency's words.

    `seen` is the number of the version that the person had in front of them, 0 for none. Saving
    the same thing twice is one version. Raises `WordsOvertaken`, or `Refused` with why not.
    """
    if not words:
        raise Refused(EMPTY, "words")
    period = store_period(span)
    place = {
        "dataset": dataset,
        "period": period,
        "agency": at_place.agency,
        "theme": at_place.theme,
    }
    versions = Commentary.objects.filter(**place).select_related("by").order_by("-number")
    try:
        with transaction.atomic():
            latest = versions.first()
            on = timezone.localdate(at)
            if why := _why_closed(at_place.agency, dataset, span, latest is not None, on):
                raise Refused(why, "words")
            if latest is not None and (latest.words, latest.by_id) == (words, by.pk):
                return latest
            if (latest.number if latest else 0) != seen:
                assert latest is not None  # versions are never removed
                raise WordsOvertaken(latest)
            made = Commentary.objects.create(**place, number=seen + 1, words=words, by=by, at=at)
            record(
                by=by,
                verb="words entered",
                subject=f"words:{dataset.code}:{period.key}:{slugify(at_place.theme)}",
                partnership=dataset.owner,
                detail={"agency": at_place.agency.organisation.slug, "version": made.number},
            )
    except IntegrityError:  # both looked before either wrote: the number was taken meanwhile
        raise WordsOvertaken(versions.get(number=seen + 1)) from None
    return made


def _why_closed(agency: Agency, dataset: Dataset, span: Span, entered: bool, on: date) -> str:
    """Why words are not taken any more; as with figures, empty where they are."""
    closing = closing_of(dataset.pk, span, on=on)
    if why := closing.why(indicator=0, entered=entered, approved=False):
        return why
    if closing.dates is None:
        return ""
    steps = ReturnStep.objects.filter(part_of=closing.dates, agency=agency)
    last = steps.select_related("agency__organisation").order_by("at", "pk").last()
    if last is not None and last.kind == ReturnStep.Kind.LOCKED:
        return LOCKED.format(agency=agency.organisation, quarter=span.label)
    if last is not None and last.kind == ReturnStep.Kind.SUBMITTED:
        return f"{submitted_by(last)} Its words cannot be changed now. {TAKE_BACK}"
    return ""
