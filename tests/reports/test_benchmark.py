"""The benchmark of building reports: that it measures what it says."""

from pathlib import Path

from benchmarks.report import bare, content, indicators, ours
from reports.outputs.html import standing_alone


def test_content_has_so_many_blocks_and_each_its_own_figures() -> None:
    made = content(20)
    assert [len(section.blocks) for section in made.sections] == [8, 8, 4]
    keys = [block.key for section in made.sections for block in section.blocks]
    assert len(set(keys)) == 20
    assert len(list(made.figures)) > 100
    assert content(20) == made
    assert content(20, year=2021) != made


def test_indicators_alternate_between_years_and_quarters() -> None:
    assert [len(data.spans) for data in indicators(6, 2020)] == [2, 8, 8, 2, 8, 8]


def test_both_sides_lay_out_the_same_pages(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(standing_alone(content(2)), encoding="utf-8")
    mine, theirs = ours(2), bare(file)
    assert mine.pages == theirs.pages > 2
    assert mine.processor > 0
    assert mine.others > 0
    assert theirs.others == 0
