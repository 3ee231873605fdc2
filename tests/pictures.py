"""`make pictures`: the portal as its users see it, into var/pictures/.

Loads the demo into a folder of its own, serves it, signs in as the demo's people with their
passwords, and takes each page at 1280 and 320 pixels; then the PDF of each report, all its pages
on one sheet, and those of one report one by one.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "pictures"
WIDTHS = (1280, 320)
PATIENCE = 180_000  # milliseconds: a report is one page of many thousand pixels
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
FIGURE = "walsall-yearly-report-2019-20:referrals:walsall:2019-20:all"


@dataclass(frozen=True)
class Shot:
    """A page to take: as whom (none for the public), where, and under which name."""

    name: str
    path: str
    who: str = ""


def shots(newest: str, before: str, third: str) -> list[Shot]:
    """The pages; `newest`, `before`, `third` are the keys of the last quarters that ended."""
    unit, approver, contributor = "business-unit", "approver", "contributor"
    return [
        Shot("01-home", "/"),
        Shot("02-sign-in", "/account/login/"),
        Shot("03-public-report", "/reports/walsall/2019-20/"),
        Shot("04-methodology", "/methodology/"),
        Shot("05-accessibility", "/accessibility/"),
        Shot("06-not-found", "/p/nowhere/"),
        Shot("07-indicators", "/indicators/"),
        Shot("08-indicator", "/indicators/referrals/"),
        Shot("08a-compare", "/compare/referral-rate/?partnership=walsall", unit),
        Shot("09-search", "/search/?q=neglect", unit),
        Shot("10-my", "/my/", unit),
        Shot("11-walsall", "/p/walsall/", unit),
        Shot("12-walsall-referrals", "/p/walsall/indicators/referrals/", unit),
        Shot("13-lineage", f"/figures/{FIGURE}/", unit),
        Shot("14-demoshire", "/p/demoshire/", unit),
        Shot("15-returns", "/p/demoshire/returns/", unit),
        Shot("16-return", f"/p/demoshire/returns/{newest}/", unit),
        Shot("16a-grid", f"/p/demoshire/returns/{newest}/figures/enter/", unit),
        Shot("16b-agencies", f"/p/demoshire/returns/{newest}/figures/agencies/", unit),
        Shot("16c-decide", f"/p/demoshire/returns/{newest}/figures/decide/", approver),
        Shot("16d-upload", f"/p/demoshire/returns/{newest}/figures/upload/", unit),
        Shot("16e-targets", "/p/demoshire/targets/", unit),
        Shot("16f-target", "/p/demoshire/indicators/icpc-timely/", unit),
        Shot("16g-owed", "/p/demoshire/returns/owed/", unit),
        Shot("16h-ask", "/p/demoshire/returns/owed/demoshire-police/ask/", unit),
        Shot("17-enter", f"/p/demoshire/returns/{newest}/children-in-care/", unit),
        Shot("18-correction-waiting", f"/p/demoshire/returns/{before}/referrals/", unit),
        Shot("19-decide", f"/p/demoshire/returns/{before}/referrals/", approver),
        Shot("19a-agencies", f"/p/demoshire/returns/{before}/figures/agencies/", approver),
        Shot("19b-late", f"/p/demoshire/returns/{third}/figures/agencies/", unit),
        Shot("19c-revised", f"/p/demoshire/returns/{third}/police-child-abuse-incidents/", unit),
        Shot("19d-decide-all", f"/p/demoshire/returns/{before}/figures/decide/", approver),
        Shot("20-police-return", f"/p/demoshire/returns/{newest}/", contributor),
        Shot("20a-police-my", "/my/", contributor),
        Shot("20b-exampleton", "/p/exampleton/", unit),
        Shot("20c-exampleton-returns", "/p/exampleton/returns/", unit),
        Shot("21-reports", "/p/demoshire/reports/", unit),
        Shot("22-people", "/p/demoshire/people/", "administrator"),
        Shot("23-audit", "/p/demoshire/audit/", "administrator"),
        Shot("24-not-allowed", "/p/demoshire/people/", unit),
        Shot("25-components", "/components/"),
        Shot("26-priorities", "/p/walsall/priorities/", unit),
        Shot("27-governance", "/p/walsall/governance/", unit),
        Shot("28-reviews", "/p/demoshire/reviews/", unit),
        Shot("29-inspections", "/p/walsall/inspections/", unit),
        Shot("30-budget", "/p/walsall/budget/2019-20/", unit),
        Shot("31-attendance", "/p/walsall/governance/board/", unit),
        Shot("32-seats", "/p/walsall/seats/", unit),
        Shot("33-assurance", "/p/walsall/assurance/", unit),
        Shot("34-audit", "/p/walsall/assurance/audits/multi-agency-cases/", unit),
        Shot("35-self-assessment", "/p/demoshire/assurance/self-assessments/section-11/", unit),
        Shot("36-training", "/p/walsall/training/", unit),
        Shot("37-voice", "/p/demoshire/voice/", unit),
        Shot("38-differences", "/p/sandwell/disagreements/", unit),
    ]


@dataclass(frozen=True)
class Demo:
    """The demo as it is served: its folder, address, passwords by e-mail, newest quarters' keys."""

    folder: Path
    address: str
    passwords: dict[str, str]
    quarters: list[str]


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    with demo_served() as demo:
        _take(demo, shots(*demo.quarters))
        _pages_of_the_reports(demo.folder / "reports")
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}/")


@contextmanager
def demo_served() -> Iterator[Demo]:
    """Loads the demo into a folder of its own and serves it until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"VAR_DIR": folder, "DATABASE_URL": "", "REDIS_URL": ""}
        for command in (
            ["migrate", "--noinput"],
            ["createcachetable"],
            ["collectstatic", "--noinput"],
        ):
            _manage(environment, *command)
        passwords = _accounts(_manage(environment, "load_demo"))
        quarters = _quarters(environment)
        with _served(environment) as address:
            yield Demo(Path(folder), address, passwords, quarters)


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def _accounts(printed: str) -> dict[str, str]:
    """E-mail and password of each account, off what load_demo printed."""
    lines = [line.split() for line in printed.splitlines() if "@demo.example" in line]
    return {words[0]: words[1] for words in lines}


def _quarters(environment: dict[str, str]) -> list[str]:
    code = (
        "from django.utils import timezone; from metrics.queries import quarters_to; "
        "print(*[span.key for span in quarters_to(timezone.localdate(), 3)])"
    )
    return _manage(environment, "shell", "--no-imports", "-c", code).split()


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen(
        [sys.executable, *command, "--log-level", "warning", "safeguarding.wsgi"],
        cwd=ROOT,
        env=environment,
    )
    try:
        for _ in range(100):
            try:
                urlopen(f"{address}/health/", timeout=2).close()
                break
            except (URLError, OSError):
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _take(demo: Demo, wanted: list[Shot]) -> None:
    with a_browser() as browser:
        for who in dict.fromkeys(shot.who for shot in wanted):
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900})
                page.set_default_timeout(PATIENCE)
                if who:
                    sign_in(page, demo, who)
                for shot in wanted:
                    if shot.who == who:
                        page.goto(demo.address + shot.path)
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=OUT / f"{shot.name}-{width}.png", full_page=True)
                page.close()


@contextmanager
def a_browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def sign_in(page: Page, demo: Demo, who: str) -> None:
    """One of the demo's people signs in with the form."""
    page.goto(f"{demo.address}/account/login/")
    page.get_by_label("Email").fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(demo.passwords[f"{who}@demo.example"])
    page.get_by_role("button", name="Sign in").last.click()
    page.wait_for_url("**/my/")


def _pages_of_the_reports(reports: Path) -> None:
    """A contact sheet of each report that the demo built, and the pages of one of them."""
    for pdf in sorted(reports.glob("*.pdf")):
        _contact_sheet(pdf)
    (one,) = reports.glob("walsall-*.pdf")
    _draw(one, OUT / "40-report-page", resolution=70)


def _draw(pdf: Path, to: Path, *, resolution: int) -> None:
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", str(pdf), str(to)], check=True)


def _contact_sheet(pdf: Path) -> None:
    """All pages of a PDF side by side, eight in a row: what is widowed or half empty is seen."""
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        _draw(pdf, Path(folder) / "page", resolution=40)
        pages = sorted(Path(folder).glob("page-*.png"))
        drawn = "".join(f'<img src="{page.name}">' for page in pages)
        sheet = Path(folder) / "sheet.html"
        style = (
            "body{display:flex;flex-wrap:wrap;gap:8px;background:#777}img{align-self:flex-start}"
        )
        sheet.write_text(f"<!DOCTYPE html><style>{style}</style>{drawn}", encoding="utf-8")
        page = browser.new_page(viewport={"width": 2750, "height": 900})
        page.goto(sheet.as_uri())
        page.screenshot(path=OUT / f"50-sheet-{pdf.stem}.png", full_page=True)


if __name__ == "__main__":
    main()
