"""What a whole return holds beside its totals: figures by category, and an agency's words.

The business unit asks for both in the portal, on the page of who owes what; agencies enter them,
and they go with the rest through submission, return, approval, lock and correction
(`test_whole_return.py`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from metrics.entries import Entry
from metrics.models import Commentary, Expectation, ExpectedWords
from partnerships.models import Agency
from partnerships.periods import Span
from safeguarding.demo.invented_categories import divided, division
from tests.invented import FIXTURES

if TYPE_CHECKING:
    from tests.browser.test_whole_return import Story

DIVIDED = "referrals"  # by who made them
BY = "referral-source"
CATEGORY = f"{DIVIDED}__{BY}__police"
THEME = "Crime"
QUESTION = "What have officers done about night calls?"
SAYS = "More calls at night; two officers were moved to the late shift."
SAYS_AGAIN = "More calls at night; two officers were moved to the late shift in May."
BOX = "What the figures show, and what is done about it"


def categories_of(figures: Mapping[str, Entry], span: Span) -> dict[str, Entry]:
    """What the referrals of a quarter make by who made them, by key."""
    parts = [each for each in division(FIXTURES / "demoshire") if each.code == DIVIDED]
    wholes = {(code, span): entry for code, entry in figures.items()}
    return {"__".join(place): entry for (place, _), entry in divided(parts, wholes, [span]).items()}


def unit_asks_by_category_and_for_words(story: "Story") -> None:
    """Ends what was asked for as a total only, asks for it anew by category, and for words."""
    council, police = (_agency(f"demoshire-{name}") for name in ("council", "police"))
    old = Expectation.objects.get(agency=council, indicator__code=DIVIDED)
    before = story.span.quarter_before
    assert before is not None
    page = story.as_(story.cast.unit)
    _open(story, "")
    page.get_by_role("link", name=f"End or take back {old.indicator.name}, from").click()
    page.get_by_label("Last return that asks for it").select_option(before.key)
    story.press("Save")
    story.said(f"the last return that asks for it is {before.label}.")

    _open(story, f"{council.organisation.slug}/ask/")
    page.get_by_label("First return that asks for them").select_option(story.span.key)
    page.locator("summary", has_text=old.indicator.theme).click()
    page.get_by_label(old.indicator.name, exact=True).check()
    page.locator("summary", has_text="by category").click()
    page.get_by_label("Who made the referral").check()
    story.press("Ask for these figures")
    story.said(f"asked for 1 figure from {story.span.label} on.")

    _open(story, f"{police.organisation.slug}/ask-words/")
    page.get_by_label("Theme").select_option(THEME)
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("First return that asks for it").select_option(story.span.key)
    story.press("Ask for these words")
    story.said(f"asked for words on crime from {story.span.label} on.")
    assert ExpectedWords.objects.get().first == story.span.first


def unfold(page: Page) -> None:
    """Opens the categories beneath each total that are still folded away."""
    folded = page.locator(".entry__division > td > details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def police_write_words(story: "Story", words: str) -> None:
    story.open("figures/enter/")
    story.said(QUESTION)
    story.page.get_by_label(BOX).fill(words)
    story.press("Save figures")
    story.said("1 text saved.")
    assert _newest(story.span).words == words


def approver_reads_words(story: "Story", words: str) -> None:
    """On the page on which they decide."""
    story.said(f"Asked: {QUESTION}")
    story.said(words)


def locked_part_takes_no_words(story: "Story") -> None:
    story.as_(story.cast.police, "figures/enter/")
    story.page.get_by_label(BOX).fill("Too late.")
    story.press("Save figures")
    expect(story.page.locator(".govuk-error-summary")).to_contain_text("is locked")
    story.page.once("dialog", lambda asks: asks.accept())  # what was typed is given up
    assert _newest(story.span).words == SAYS_AGAIN


def unit_corrects_a_category(story: "Story", more: int) -> None:
    """So that the categories make the corrected total again."""
    value = story.figures[CATEGORY].value
    assert value is not None
    page = story.open(f"{CATEGORY}/")
    page.locator("#id_value").fill(str(value + more))
    page.get_by_label("Why the approved figure is to be corrected").fill("A team was left out.")
    story.press("Save correction")
    right = page.get_by_label("Checked with the source: it is right.")
    if right.count():
        right.check()
        story.press("Save correction")
    story.said("saved.")
    story.figures[CATEGORY] = Entry(value=value + more)


def approver_confirms_the_category(story: "Story") -> None:
    story.open(f"{CATEGORY}/")
    story.said("Correction waiting")
    story.press("Approve figure")
    story.said("[r]")


def _open(story: "Story", path: str) -> None:
    story.page.goto(f"{story.address}/p/demoshire/returns/owed/{path}")
    story.look()


def _agency(slug: str) -> Agency:
    here = Agency.objects.filter(partnership__slug="demoshire")
    return here.select_related("organisation").get(organisation__slug=slug)


def _newest(span: Span) -> Commentary:
    found = Commentary.objects.filter(period__kind=span.kind, period__first=span.first)
    return found.latest("number")
