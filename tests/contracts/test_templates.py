from django.conf import settings

from tests.contracts.templates import computed_includes, inline_code, wrong_includes

TEMPLATES = settings.BASE_DIR / "templates"

# Files that stand alone outside the portal carry their own style; they are no pages of it.
STAND_ALONE = frozenset({"reports/edition/document.html"})


def test_templates_use_those_to_the_right_in_the_line_only() -> None:
    assert list(wrong_includes(TEMPLATES)) == []


def test_templates_name_what_they_include() -> None:
    assert list(computed_includes(TEMPLATES)) == []


def test_templates_hold_no_script_or_style() -> None:
    assert list(inline_code(TEMPLATES, STAND_ALONE)) == []
