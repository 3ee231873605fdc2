"""`make guide-pictures`: the pictures of the guides, into docs/guide/pictures/.

Each is taken by a step from the demo, so that they can be made anew when a page changes. The
guide's page says in words what a picture shows; `tests/gates/test_guide_pictures.py` holds that
each picture is shown, small, and made here.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import FilePayload, Page

from tests.pictures import ROOT, Demo, a_browser, demo_served, sign_in

OUT = ROOT / "docs" / "guide" / "pictures"
COLOURS = 64  # a page has few; so a picture stays below 80 kB
UNIT, APPROVER, POLICE = "business-unit", "approver", "contributor"
PHONE = 320
MARGIN = 24  # around a part of a page


def nothing(_page: Page) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Picture:
    """A page of the demo, what is done on it, and which part of it is pictured.

    `path` may name the quarters {newest}, {before} and {third}. `part` is a selector; without
    one the window is pictured as it stands, `height` pixels of it.
    """

    name: str
    who: str
    path: str
    do: Callable[[Page], None] = nothing
    part: str = ""
    width: int = 1280
    height: int = 900


def to_children_in_care(page: Page) -> None:
    """The theme stands at the top of the window."""
    theme = page.locator("caption").get_by_text("Children in care", exact=True)
    theme.first.evaluate("each => each.scrollIntoView()")


def type_some(page: Page) -> None:
    page.locator("#id_children-in-care-value").fill("655")
    page.locator("#id_care-permanence-plans-numerator").fill("41")
    page.locator("#id_care-permanence-plans-denominator").fill("47")
    to_children_in_care(page)


def open_categories(page: Page) -> None:
    opened = page.locator("summary", has_text="By who made the referral")
    opened.click()
    opened.evaluate("each => each.closest('tr').previousElementSibling.scrollIntoView()")


def type_what_is_unlikely(page: Page) -> None:
    page.locator("#id_children-in-care-value").fill("6550")
    page.get_by_role("button", name="Save figures").first.click()
    page.get_by_label("Checked with the source: it is right.").first.wait_for()


def upload(*lines: str) -> Callable[[Page], None]:
    """Sends a file of these lines and waits for what the portal says of it."""
    content = ("\r\n".join(lines) + "\r\n").encode()

    def chosen(page: Page) -> None:
        file = FilePayload(name="force.csv", mimeType="text/csv", buffer=content)
        page.get_by_label("File of figures").set_input_files([file])
        page.get_by_role("button", name="Upload and check").click()
        page.get_by_role("heading", name="What force.csv would change").wait_for()

    return chosen


ENTER = "/p/demoshire/returns/{newest}/figures/enter/"
UPLOAD = "/p/demoshire/returns/{newest}/figures/upload/"
PICTURES = (
    Picture("quarters", UNIT, "/p/demoshire/returns/", height=1000),
    Picture("owed", UNIT, "/p/demoshire/returns/owed/", height=1100),
    Picture("grid", UNIT, ENTER, type_some),
    Picture("categories", UNIT, ENTER, open_categories, height=760),
    Picture("asked", UNIT, ENTER, type_what_is_unlikely, part="tr:has(#id_children-in-care-value)"),
    Picture("phone", UNIT, ENTER, type_some, width=PHONE, height=640),
    Picture("upload", UNIT, UPLOAD, part="main"),
    Picture(
        "upload-preview",
        POLICE,
        UPLOAD,
        upload(
            "Partnership,Code,Value",
            "Demoshire,exploitation-risk,58",
            'Demoshire,police-child-abuse-crimes,"1,361"',
            "Demoshire,marac-referrals,212",
            "Exampleton,missing-episodes,83",
            "Exampleton,marac-referrals,64",
        ),
        part="main",
    ),
    Picture(
        "upload-refused",
        POLICE,
        UPLOAD,
        upload(
            "Code,Value,Note",
            "exploitation-risk,<5,",
            "marac-referrals,2 or 3,",
            "missing-episode,281,",
            "police-child-abuse-crimes,352,",
        ),
        part="main",
    ),
    Picture("agencies", APPROVER, "/p/demoshire/returns/{before}/figures/agencies/", part="main"),
    Picture("decide", APPROVER, "/p/demoshire/returns/{before}/figures/decide/"),
    Picture("correction", APPROVER, "/p/demoshire/returns/{before}/referrals/", height=1000),
    Picture(
        "history",
        UNIT,
        "/p/demoshire/returns/{third}/police-child-abuse-incidents/",
        part="main .table-scroll",
    ),
    Picture("my", POLICE, "/my/", part="main"),
    Picture("emails", POLICE, "/account/reminders/", part="main"),
)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with demo_served() as demo:
        take(demo, OUT)
    made = {f"{each.name}.png" for each in PICTURES}
    for old in OUT.glob("*.png"):
        if old.name not in made:
            old.unlink()
    print(f"{len(made)} pictures in {OUT.relative_to(ROOT)}/")


def take(demo: Demo, to: Path) -> None:
    """Takes every picture of the served demo."""
    newest, before, third = demo.quarters
    with a_browser() as browser:
        for each in PICTURES:
            page = browser.new_page(
                viewport={"width": each.width, "height": each.height},
                device_scale_factor=2 if each.width == PHONE else 1,
            )
            sign_in(page, demo, each.who)
            page.goto(demo.address + each.path.format(newest=newest, before=before, third=third))
            each.do(page)
            page.wait_for_load_state("networkidle")
            taken = page.locator(each.part).first.screenshot() if each.part else page.screenshot()
            save(taken, to / f"{each.name}.png", margin=MARGIN if each.part else 0)
            page.close()


def save(taken: bytes, to: Path, *, margin: int) -> None:
    """A picture with few colours, as small as PNG makes it, in a white margin of so many pixels."""
    drawn = Image.open(io.BytesIO(taken)).convert("RGB")
    if margin:  # a part may end between two pixels; the line of what follows is cut off
        drawn = drawn.crop((0, 0, drawn.width, drawn.height - 2))
    framed = ImageOps.expand(drawn, margin, "white")
    framed.quantize(COLOURS, dither=Image.Dither.NONE).save(to, optimize=True)


if __name__ == "__main__":
    main()
