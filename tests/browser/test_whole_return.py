"""A return of more than sixty figures, from its first box to a corrected figure in the dashboard.

Told once with script, once without, and once on a phone, on the synthetic partnerships of the
demo: the business unit says who owes what, types and pastes, figures by category too; one person
of the police feeds two partnerships from one file and writes what the figures show; an approver
gives a part back, approves and locks, and two people correct a locked figure and its category.
"""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from metrics.entries import Entry
from metrics.models import Cell, Dataset, Indicator
from metrics.owed import code_of
from metrics.queries import quarters_to
from metrics.returns.parts.actions import set_dates
from partnerships.amounts import number_words
from partnerships.models import Partnership, User
from partnerships.periods import Span
from safeguarding.demo.accounts import make_accounts
from safeguarding.demo.invented_living import Cast
from safeguarding.demo.invented_series import Invention, drawn, invention
from safeguarding.demo.reference import load_reference
from safeguarding.demo.synthetic import load_synthetic
from tests.browser.beside_totals import (
    SAYS,
    SAYS_AGAIN,
    approver_confirms_the_category,
    approver_reads_words,
    categories_of,
    locked_part_takes_no_words,
    police_write_words,
    unfold,
    unit_asks_by_category_and_for_words,
    unit_corrects_a_category,
)
from tests.browser.test_grid import PASTE
from tests.invented import FIXTURES, cast_of_the_demo

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

PLACES = ("demoshire", "exampleton")
TYPED = 6  # figures typed one by one before the rest is pasted
COUNCIL = "Demoshire Council (synthetic)"
POLICE = "Demoshire Police (synthetic)"
OTHERS = ("Demoshire Schools and Colleges Forum (synthetic)", "NHS Demoshire")


@dataclass
class Story:
    """One telling: a browser of its own, the quarter, and what the sources say of it."""

    page: Page
    address: str
    span: Span
    cast: Cast
    invented: Invention
    figures: dict[str, Entry]
    sign_in: SignIn
    scripts: bool
    checks: tuple[Check, ...]

    def as_(self, person: User, path: str = "") -> Page:
        """The person opens a page of Demoshire's return."""
        self.sign_in(self.page, person)
        return self.open(path)

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.address}/p/demoshire/returns/{self.span.key}/{path}")
        self.look()
        return self.page

    def look(self) -> None:
        """What is held of each page that a step ends on."""
        for check in self.checks:
            check(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def said(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)


@dataclass(frozen=True)
class Telling:
    """How the story is told: with script or without, how wide, and on which quarter back."""

    name: str
    scripts: bool
    width: int
    back: int


# The oldest quarter first, so that each has a quarter before it.
TELLINGS = (
    Telling("on a phone", scripts=True, width=320, back=2),
    Telling("without script", scripts=False, width=1280, back=1),
    Telling("with script", scripts=True, width=1280, back=0),
)


@pytest.fixture
def cast(transactional_db: None, tmp_path: Path) -> Cast:
    """The demo's synthetic partnerships, of two years; in the quarters of the tellings nothing."""
    load_reference(FIXTURES)
    make_accounts()
    cast = cast_of_the_demo()
    today, now = timezone.localdate(), timezone.now()
    quarters = quarters_to(today, 9)
    for slug in PLACES:
        # What is asked for by category, and in words, the unit says in the portal.
        left_out = shutil.ignore_patterns("categories.csv", "words.csv")
        shutil.copytree(FIXTURES / slug, tmp_path / slug, ignore=left_out)
        agencies = invention(tmp_path / slug).agencies
        _keep_rows(tmp_path / slug / "living.csv", [])
        _keep_rows(
            tmp_path / slug / "planted.csv",
            [
                f"begun,{slug},{quarters[-1].key},,,For the test.",
                *(f"unsent,{a},{quarters[2].key},,,For the test." for a in agencies),
            ],
        )
        partnership = Partnership.objects.get(slug=slug)
        load_synthetic(partnership, cast, folder=tmp_path / slug, today=today, at=now)
    return cast


def _keep_rows(file: Path, rows: list[str]) -> None:
    """Leaves the header of a file, and puts these rows under it."""
    header = file.read_text(encoding="utf-8").splitlines()[0]
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


@contextmanager
def told(
    telling: Telling, *, browser: Browser, address: str, sign_in: SignIn, still: Check, cast: Cast
) -> Iterator[Story]:
    """The story's beginning: a browser, and a quarter that takes figures."""
    span = quarters_to(timezone.localdate(), 3)[telling.back]
    today = timezone.localdate()
    set_dates(
        dataset=Dataset.objects.get(code="demoshire-returns"),
        span=span,
        due=today + timedelta(weeks=1),
        closed_to_new=today + timedelta(weeks=2),
        closed_to_edits=today + timedelta(weeks=3),
        by=cast.unit,
    )
    invented = invention(FIXTURES / "demoshire")
    figures = {code: entry for (code, _), entry in drawn(invented, [span]).items()}
    figures |= categories_of(figures, span)
    with browser.new_context(
        java_script_enabled=telling.scripts, viewport={"width": telling.width, "height": 900}
    ) as context:
        yield Story(
            page=context.new_page(),
            address=address,
            span=span,
            cast=cast,
            invented=invented,
            figures=figures,
            sign_in=sign_in,
            scripts=telling.scripts,
            checks=(still,) if telling.width < 640 else (),
        )


def test_return_goes_from_the_first_box_to_a_correction_in_print(
    browser: Browser,
    live_server: LiveServer,
    sign_in: SignIn,
    still: Check,
    cast: Cast,
    subtests: pytest.Subtests,
) -> None:
    """Three tellings on one load of the data: loading takes longer than telling."""
    for telling in TELLINGS:
        with (
            subtests.test(telling.name),
            told(
                telling,
                browser=browser,
                address=live_server.url,
                sign_in=sign_in,
                still=still,
                cast=cast,
            ) as story,
        ):
            assert len(story.figures) >= 66
            if telling is TELLINGS[0]:  # the later quarters ask for the same
                unit_asks_by_category_and_for_words(story)
            unit_enters_all_but_the_police(story)
            police_feed_two_partnerships_from_one_file(story)
            police_write_words(story, SAYS)
            every_part_is_submitted_and_one_given_back(story)
            approver_approves_all_and_locks(story)
            locked_part_takes_no_words(story)
            two_people_correct_a_locked_figure(story)
            pages_follow(story)


def unit_enters_all_but_the_police(story: Story) -> None:
    page = story.as_(story.cast.unit, "figures/enter/")
    theirs = {each.code for each in story.invented.series if not each.agency.endswith("police")}
    order = [key for key in _order(page) if code_of(key) in theirs]
    unfold(page)
    assert len(order) > 50
    for code in order[:TYPED]:
        _type(page, code, story.figures[code])
    page.locator(f"#{_boxes(page, order[0])[0]}").fill("12 of")
    story.press("Save figures")
    expect(page.locator(".govuk-error-summary")).to_contain_text("“12 of” is not a number")
    story.said(f"{TYPED - 1} figures saved.")
    _type(page, order[0], story.figures[order[0]])
    story.press("Save figures")
    _answer_what_is_asked(story)
    unfold(page)
    if story.scripts:
        _paste(page, order[TYPED:], story.figures)
    else:
        for code in order[TYPED:]:
            _type(page, code, story.figures[code])
    story.press("Save figures")
    _answer_what_is_asked(story)
    story.said(f"{len(order)} of {len(story.figures)}")
    assert _entered("demoshire", story.span) == {code: story.figures[code] for code in order}


def police_feed_two_partnerships_from_one_file(story: Story) -> None:
    page = story.as_(story.cast.police, "figures/upload/")
    there = invention(FIXTURES / "exampleton")
    elsewhere = {code: entry for (code, _), entry in drawn(there, [story.span]).items()}
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["Partnership", "Code", "Value"])
    sent = 0
    for place, invented, figures in (
        ("Demoshire", story.invented, story.figures),
        ("Exampleton", there, elsewhere),
    ):
        for each in invented.series:
            if each.agency.endswith("police"):
                lines.writerow([place, each.code, figures[each.code].value])
                sent += 1
    page.get_by_label("File of figures").set_input_files(
        {"name": "force.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    )
    story.press("Upload and check")
    story.said("Exampleton")
    if page.get_by_label("Checked with the source: it is right.").count():
        page.get_by_label("Checked with the source: it is right.").check()
    story.press(f"Save {sent} figures")
    story.said(f"force.csv is saved: {sent} new, 0 changed")
    for slug, figures in (("demoshire", story.figures), ("exampleton", elsewhere)):
        entered = _entered(slug, story.span, by=story.cast.police)
        assert entered
        assert entered == {code: figures[code] for code in entered}
    page.goto(f"{story.address}/my/")
    story.look()
    story.said("Exampleton")


def every_part_is_submitted_and_one_given_back(story: Story) -> None:
    story.as_(story.cast.police, "figures/agencies/")
    story.press(f"Submit {POLICE}")
    story.said(f"{POLICE}: submitted.")
    story.as_(story.cast.unit, "figures/agencies/")
    for name in (COUNCIL, *OTHERS):
        story.press(f"Submit {name}")
        story.said("submitted.")
    page = story.as_(story.cast.approver, "figures/agencies/")
    why = "Two episodes of one child are counted as one."
    page.get_by_label(f"What is to be put right, {POLICE}").fill(why)
    story.press(f"Give back {POLICE}")
    story.said(f"{POLICE}: given back.")

    page = story.as_(story.cast.police, "figures/agencies/")
    story.said(why)
    story.open("figures/enter/")
    before = story.figures["missing-episodes"].value
    assert before is not None
    story.figures["missing-episodes"] = Entry(value=before + 1)
    _type(page, "missing-episodes", story.figures["missing-episodes"])
    story.press("Save figures")
    _answer_what_is_asked(story)
    police_write_words(story, SAYS_AGAIN)
    story.open("figures/agencies/")
    story.press(f"Submit {POLICE}")
    story.said("Submitted by")


def approver_approves_all_and_locks(story: Story) -> None:
    page = story.as_(story.cast.approver, "figures/decide/")
    approver_reads_words(story, SAYS_AGAIN)
    boxes = page.get_by_role("checkbox")
    assert boxes.count() == len(story.figures)
    for box in boxes.all():
        box.check()
    story.press("Approve ticked figures")
    story.said(f"{len(story.figures)} figures approved.")
    story.open("figures/agencies/")
    for name in (COUNCIL, POLICE, *OTHERS):
        story.press(f"Lock {name}")
        story.said("locked.")
    approved = Cell.objects.filter(
        dataset__code="demoshire-returns",
        period__first=story.span.first,
        period__kind=story.span.kind,
        approved__isnull=False,
    )
    assert approved.count() == len(story.figures)
    call_command("work", "--until-idle", stdout=io.StringIO())


def two_people_correct_a_locked_figure(story: Story) -> None:
    page = story.as_(story.cast.unit, "referrals/")
    value = story.figures["referrals"].value
    assert value is not None
    page.get_by_label("Referrals", exact=False).first.fill(str(value + 40))
    page.get_by_label("Why the approved figure is to be corrected").fill("A team was left out.")
    story.press("Save correction")
    if page.get_by_label("Checked with the source: it is right.").count():
        page.get_by_label("Checked with the source: it is right.").check()
        story.press("Save correction")
    story.said("saved.")
    unit_corrects_a_category(story, 40)
    page = story.as_(story.cast.approver, "referrals/")
    story.said("Correction waiting")
    story.press("Approve figure")
    approver_confirms_the_category(story)
    story.figures["referrals"] = Entry(value=value + 40)
    call_command("work", "--until-idle", stdout=io.StringIO())
    story.open("referrals/")
    story.said(f"{number_words(value + 40, 0)} [r]")
    story.said("A team was left out.")


def pages_follow(story: Story) -> None:
    """The dashboard, the figure's own page and the change are worked out from the correction."""
    now = story.figures["referrals"].value
    year_before = Cell.objects.select_related("approved").get(
        dataset__code="demoshire-returns",
        indicator__code="referrals",
        period__kind=story.span.kind,
        period__first=story.span.year_before.first,
        slice__key="all",
    )
    assert now is not None
    assert year_before.approved is not None
    before = year_before.approved.value
    assert before is not None
    page = story.as_(story.cast.unit)
    page.goto(f"{story.address}/p/demoshire/?period={story.span.key}")
    story.look()
    row = page.get_by_role("row").filter(has_text=_name("referrals")).first
    expect(row).to_contain_text(f"{number_words(now, 0)} [r]")
    expect(row).to_contain_text(number_words(before, 0))
    expect(row).to_contain_text(number_words(abs(now - before), 0))


def _order(page: Page) -> list[str]:
    """The keys of the figures in the order of the page; empty for a row without a box for one."""
    ids: list[str] = page.locator("[data-entry-row]").evaluate_all(
        "rows => rows.map(row => row.querySelector('[data-entry-number]')?.id ?? '')"
    )
    return [_code(each) for each in ids]


def _code(box: str) -> str:
    return box.removeprefix("id_").rpartition("-")[0]


def _boxes(page: Page, code: str) -> list[str]:
    two = Indicator.objects.get(code=code_of(code)).unit in {"percent", "rate"}
    return [f"id_{code}-{n}" for n in (("numerator", "denominator") if two else ("value",))]


def _numbers(entry: Entry) -> list[str]:
    return [str(n) for n in (entry.value, entry.numerator, entry.denominator) if n is not None]


def _type(page: Page, code: str, entry: Entry) -> None:
    for box, number in zip(_boxes(page, code), _numbers(entry), strict=True):
        page.locator(f"#{box}").fill(number)


def _paste(page: Page, codes: list[str], figures: dict[str, Entry]) -> None:
    """One block from the first of the figures on; the lines of others are empty."""
    order = _order(page)
    lines = [
        "\t".join(_numbers(figures[code])) if code in codes else ""
        for code in order[order.index(codes[0]) :]
    ]
    page.evaluate(PASTE, ["\n".join(lines) + "\n", _boxes(page, codes[0])[0]])
    count = sum(len(_numbers(figures[code])) for code in codes)
    expect(page.get_by_role("status")).to_contain_text(f"{count} pasted, not saved yet.")


def _answer_what_is_asked(story: Story) -> None:
    """Says of each figure that the portal asks about that it is right."""
    asked = story.page.get_by_label("Checked with the source: it is right.")
    if asked.count():
        for each in asked.all():
            each.check()
        story.press("Save figures")
    expect(story.page.locator(".govuk-error-summary")).to_have_count(0)


def _entered(slug: str, span: Span, by: User | None = None) -> dict[str, Entry]:
    """The newest revisions of a quarter as they were entered, by key."""
    found = Cell.objects.filter(
        dataset__code=f"{slug}-returns",
        period__kind=span.kind,
        period__first=span.first,
        latest__isnull=False,
    ).select_related("latest", "indicator", "slice")
    return {
        _key(cell): Entry(
            value=None if cell.latest.numerator is not None else cell.latest.value,
            numerator=cell.latest.numerator,
            denominator=cell.latest.denominator,
        )
        for cell in found
        if cell.latest is not None and (by is None or cell.latest.by == by)
    }


def _key(cell: Cell) -> str:
    part = [] if cell.slice.key == "all" else cell.slice.key.split("=")
    return "__".join([cell.indicator.code, *part])


def _name(code: str) -> str:
    return Indicator.objects.get(code=code).name
