"""A report as HTML: the file that stands alone, and the portal's page of it."""

import re
from dataclasses import replace

import pytest

from reports.blocks.figures import Figure
from reports.blocks.indicator import indicator_block
from reports.disclosure import NotPublic
from reports.editions.content import ReportContent
from reports.outputs.html import page_of, standing_alone
from tests.reports.data import referrals, report
from tests.reports.reading import Read


@pytest.fixture
def content() -> ReportContent:
    return report()


def test_figures_of_file_page_and_content_are_the_same(content: ReportContent) -> None:
    printed = [(figure.address, figure.text) for _, figure in content.figures]
    assert Read(standing_alone(content)).figures == printed
    assert Read(page_of(content)).figures == printed
    assert ("yearly-report:referrals:walsall:2019-20:all@1", "−767") in printed
    assert ("returns:missing:walsall:2019-20:all@1", "[c]") in printed


def test_file_stands_alone(content: ReportContent) -> None:
    html = standing_alone(content)
    read = Read(html)
    assert not read.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", html)
    assert [link for link in read.links if not link.startswith("#")] == []
    assert [a for a in read.attributes if a[1].startswith("on") or a[1] in {"style", "src"}] == []


def test_page_of_the_portal_has_no_style_or_script_of_its_own(content: ReportContent) -> None:
    read = Read(page_of(content))
    assert not read.tags & {"script", "style", "link", "html", "body", "main"}
    assert [a for a in read.attributes if a[1].startswith("on") or a[1] == "style"] == []


def test_every_link_in_the_file_leads_to_a_place_in_it(content: ReportContent) -> None:
    read = Read(standing_alone(content))
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


def test_figures_lead_to_their_page_on_the_portal(content: ReportContent) -> None:
    links = [link for link in Read(page_of(content)).links if not link.startswith("#")]
    assert links[:2] == [
        "/figures/yearly-report:referrals:walsall:2019-20:all@1/",
        "/figures/yearly-report:referrals:walsall:2018-19:all@1/",
    ]
    assert all(link.startswith("/figures/") for link in links)


def test_headings_are_numbered_and_without_gaps(content: ReportContent) -> None:
    assert Read(standing_alone(content)).headings == [
        (1, "Yearly report 2019-20"),
        (2, "Contents"),
        (2, "1. The front door"),
        (3, "Referrals to children's social care"),
        (2, "2. Plans and children missing"),
        (3, "Plans started"),
        (3, "Children missing"),
        (2, "Where the figures come from"),
        (3, "Yearly report"),
        (3, "Quarterly returns"),
    ]


def test_text_of_a_report_is_escaped(content: ReportContent) -> None:
    hostile = '<script>alert("1")</script>'
    cover = replace(content.cover, title=hostile, notice=hostile, running=hostile)
    html = standing_alone(replace(content, cover=cover))
    assert "<script" not in html
    assert "Who came &amp; what followed, &lt; or &gt;:" in html


def test_hidden_figure_leaves_nothing_behind(content: ReportContent) -> None:
    html = standing_alone(content)
    assert "brothers" not in html
    assert "Children missing in 2019-20: confidential" in "".join(Read(html).words)
    assert re.search(r">[^<]*\b3\b[^<]*children[^<]*<", html) is None


def test_what_has_no_figure_is_named(content: ReportContent) -> None:
    assert "No figure of this year: Private fostering." in standing_alone(content)


def test_sources_are_listed_once_for_each_address(content: ReportContent) -> None:
    addresses = [origin.address for origin in content.origins]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == {figure.address for _, figure in content.figures}
    assert [(source.title, len(found)) for source, found in content.sources] == [
        ("Yearly report", 6),
        ("Quarterly returns", 2),
    ]


def test_report_of_figures_that_did_not_pass_the_gate_cannot_be_made(
    content: ReportContent,
) -> None:
    section = replace(content.sections[0], blocks=(indicator_block(referrals(), Figure),))  # type: ignore[arg-type]
    with pytest.raises(NotPublic):
        replace(content, sections=(section,))


def test_hash_of_the_inputs_changes_with_a_word_and_with_nothing_else(
    content: ReportContent,
) -> None:
    other = replace(content, cover=replace(content.cover, notice="Another notice."))
    assert report().inputs_sha256 == content.inputs_sha256
    assert other.inputs_sha256 != content.inputs_sha256
