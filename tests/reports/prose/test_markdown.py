"""Which Markdown a section takes, and at which line it refuses the rest."""

import pytest

from reports.blocks.figures import Bullets, Linked, Paragraph, Strong, Subheading
from reports.prose.grammar import IndicatorToken, ProseError, Token
from reports.prose.markdown import parts_of, tokens_in


def printed(token: Token) -> tuple[str, ...]:
    assert isinstance(token, IndicatorToken)
    return (f"<{token.code}>",)


def test_text_becomes_parts_with_its_figures_in_place() -> None:
    text = """Fewer **referrals**: {{ referrals }} in
the year, see [plans](#plans).

### What was done

- Training for {{ trained }} people
- A launch
"""
    assert parts_of(text, printed) == (
        Paragraph(
            (
                *("Fewer ", Strong("referrals"), ": ", "<referrals>", " in", " ", "the year, see "),
                *(Linked("plans", "#plans"), "."),
            )
        ),
        Subheading("What was done"),
        Bullets((("Training for ", "<trained>", " people"), ("A launch",))),
    )


def test_every_figure_that_a_text_names_is_found_in_reading_order() -> None:
    text = "{{ b }} and {{ a }}.\n\n- {{ c }}"
    assert list(tokens_in(text)) == [IndicatorToken(code) for code in "bac"]


def test_what_looks_like_a_template_stays_text() -> None:
    assert parts_of("{% load x %} { { } }", printed) == (Paragraph(("{% load x %} { { } }",)),)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("One.\n\n{{ a", 3, "does not end"),
        ("One\ntwo {{ a and {{ b }}", 2, "does not end"),
        ("{{ a ?? }}", 1, "is not a form"),
        ("One.\n\n<script>alert(1)</script>", 3, "HTML is not taken"),
        ("One <b>two</b>", 1, "HTML is not taken"),
        ("![a picture](x.png)", 1, "Pictures cannot be put"),
        ("![](x.png)", 1, "Pictures cannot be put"),
        ("1. One", 1, "Numbered lists are not taken"),
        ("> Someone said", 1, "Quotations are not taken"),
        ("```\ncode\n```", 1, "Code has no place"),
        ("    code", 1, "four spaces"),
        ("a `b` c", 1, "Code has no place"),
        ("- a\n  - b", 2, "A list within a list"),
        ("One.\n\n---", 3, "Lines across the page"),
        ("| a |\n|---|\n| b |", 1, "Tables are not taken"),
        ("[a](file:///etc/passwd)", 1, "is not taken. A link begins with https"),
        ("[a](javascript:alert(1))", 1, "is not taken. A link begins with https"),
        ("[a](//example.org)", 1, "is not taken. A link begins with https"),
        ("# A {{ a }}", 1, "A heading holds plain words"),
        ("**{{ a }}**", 1, "A figure stands outside of stars"),
    ],
)
def test_what_a_section_does_not_take_is_refused_with_its_line(
    text: str, line: int, words: str
) -> None:
    with pytest.raises(ProseError, match=words) as refused:
        parts_of(text, printed)
    assert refused.value.line == line
    assert str(refused.value).startswith(f"Line {line}: ")
