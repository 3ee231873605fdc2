"""What must hold of every template. Functions, so that `tests/gates` can show each one failing."""

import re
from collections.abc import Iterator
from pathlib import Path

LINE = ["safeguarding", "reports", "reviews", "metrics", "partnerships"]
FRAME = {"components", "govuk"}  # everybody may use them; they use nobody
SIGN_IN = {"account", "mfa"}  # the pages of one library, drawn as one

_USES = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_COMPUTED = re.compile(r"""\{%\s*(?:extends|include)\s+[^"'\s]""")
_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)|<style\b|\sstyle\s*=|\son[a-z]+\s*=",
    re.IGNORECASE,
)


def wrong_includes(folder: Path) -> Iterator[str]:
    """Templates that use one of an app to their left in the line, or of no app at all."""
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        place = file.relative_to(folder).parts
        for used in _USES.findall(text):
            if not _may_use(place[0] if len(place) > 1 else "", used):
                yield f"{file.relative_to(folder)} uses {used}"


def computed_includes(folder: Path) -> Iterator[str]:
    """Includes whose name is worked out at run time: the line cannot be checked for them."""
    for file in sorted(folder.rglob("*.html")):
        if file.relative_to(folder).parts[0] in FRAME:
            continue  # the form pack asks each field for its template
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if _COMPUTED.search(text):
                yield f"{file.relative_to(folder)}:{line}"


def inline_code(folder: Path, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Script or style written into a template, which the content security policy refuses."""
    for file in sorted(folder.rglob("*.html")):
        if str(file.relative_to(folder)) in but:
            continue
        for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if _INLINE.search(text):
                yield f"{file.relative_to(folder)}:{line}"


def _may_use(user: str, used: str) -> bool:
    app = used.split("/")[0] if "/" in used else ""
    if app == "" or app in FRAME:
        return True
    if app not in LINE:
        return user == app or {user, app} <= SIGN_IN
    if user not in LINE:
        return False
    return LINE.index(app) >= LINE.index(user)
