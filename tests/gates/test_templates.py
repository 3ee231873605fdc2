"""The gates on templates fail when their fault is planted."""

from pathlib import Path

import pytest

from tests.contracts.templates import computed_includes, inline_code, wrong_includes


def plant(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "used", "wrong"),
    [
        ("partnerships/people.html", "metrics/state.html", True),
        ("metrics/returns.html", "reports/chart.html", True),
        ("components/tag.html", "metrics/state.html", True),
        ("account/login.html", "partnerships/people.html", True),
        ("reports/dashboard.html", "metrics/state.html", False),
        ("metrics/returns.html", "components/tag.html", False),
        ("metrics/returns.html", "base.html", False),
    ],
)
def test_template_that_uses_one_to_its_left_is_found(
    tmp_path: Path, name: str, used: str, wrong: bool
) -> None:
    plant(tmp_path, name, f'{{% include "{used}" %}}')
    assert list(wrong_includes(tmp_path)) == ([f"{name} uses {used}"] if wrong else [])


def test_template_that_computes_its_include_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "metrics/page.html", "\n{% include name %}")
    assert list(computed_includes(tmp_path)) == ["metrics/page.html:2"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<script>alert(1)</script>", True),
        ("<style>p { color: red }</style>", True),
        ('<p style="color: red">', True),
        ('<button onclick="go()">', True),
        ('<script type="module" src="/static/js/start.js"></script>', False),
        ('<script type="application/json" id="chart">{}</script>', False),
    ],
)
def test_template_with_script_or_style_in_it_is_found(
    tmp_path: Path, text: str, wrong: bool
) -> None:
    plant(tmp_path, "metrics/page.html", text)
    assert list(inline_code(tmp_path)) == (["metrics/page.html:1"] if wrong else [])
