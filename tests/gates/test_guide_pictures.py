"""The pictures of the guides: each is there, small, told in words, shown, and made by a step."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.guide_pictures import PICTURES

GUIDE = settings.BASE_DIR / "docs" / "guide"
SHOWN = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)\)")
LARGEST = 80_000  # bytes
SHORTEST = 30  # characters that tell what is seen
WIDEST = 1280


def faults(guide: Path, made: frozenset[str]) -> Iterator[str]:
    """What is wrong with the pictures of a folder of guides, of which `made` are made by steps."""
    shown: set[str] = set()
    for page in sorted(guide.glob("*.md")):
        for found in SHOWN.finditer(page.read_text(encoding="utf-8")):
            shown.add(Path(found["path"]).name)
            if len(found["alt"]) < SHORTEST:
                yield f"{page.name}: {found['path']} says too little to who cannot see it"
            if not (guide / found["path"]).exists():
                yield f"{page.name}: {found['path']} is not there"
    for picture in sorted((guide / "pictures").glob("*")):
        if picture.name not in shown:
            yield f"{picture.name} is shown in no guide"
        if picture.name not in made:
            yield f"{picture.name} is made by no step of make guide-pictures"
        if picture.stat().st_size > LARGEST:
            yield f"{picture.name} is larger than {LARGEST} bytes"
        with Image.open(picture) as opened:
            if opened.width > WIDEST:
                yield f"{picture.name} is wider than {WIDEST} pixels"
    for name in sorted(made - shown):
        yield f"{name} is made and shown in no guide"


def test_every_picture_of_the_guides_is_shown_small_and_made_by_a_step() -> None:
    assert len(PICTURES) == len({each.name for each in PICTURES})
    assert list(faults(GUIDE, frozenset(f"{each.name}.png" for each in PICTURES))) == []


@pytest.mark.parametrize(
    ("text", "files", "made", "told"),
    [
        ("![{alt}](pictures/a.png)", ["a.png"], {"a.png"}, []),
        ("![{alt}](pictures/a.png)", [], {"a.png"}, ["page.md: pictures/a.png is not there"]),
        ("![A](pictures/a.png)", ["a.png"], {"a.png"}, ["says too little to who cannot see it"]),
        ("Words.", ["a.png"], {"a.png"}, ["a.png is shown in no guide", "is made and shown in no"]),
        ("![{alt}](pictures/a.png)", ["a.png"], set(), ["a.png is made by no step"]),
    ],
)
def test_fault_of_a_picture_is_found(
    tmp_path: Path, text: str, files: list[str], made: set[str], told: list[str]
) -> None:
    alt = "Four figures in a table, one of them sent back."
    (tmp_path / "page.md").write_text(text.format(alt=alt), encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    for name in files:
        Image.new("RGB", (10, 10)).save(tmp_path / "pictures" / name)
    found = list(faults(tmp_path, frozenset(made)))
    assert len(found) == len(told)
    assert all(words in line for words, line in zip(told, found, strict=True))


@pytest.mark.parametrize(("size", "told"), [((1281, 10), "wider"), ((1000, 1000), "larger")])
def test_picture_that_is_too_large_is_found(
    tmp_path: Path, size: tuple[int, int], told: str
) -> None:
    (tmp_path / "page.md").write_text(f"![{'words ' * 6}](pictures/a.png)", encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    noise = Image.effect_noise(size, 90)
    noise.save(tmp_path / "pictures" / "a.png")
    (line,) = faults(tmp_path, frozenset({"a.png"}))
    assert told in line
