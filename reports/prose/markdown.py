"""Markdown as sections are written in: paragraphs, lists, sub-headings, strong words, links.

Pure. Figures are tokens of the parser's own inline rule, never text that is replaced. What the
document cannot hold is refused with its line: pictures, tables, code, numbered lists, raw HTML.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token as Mark

from reports.blocks.figures import Bullets, Linked, Paragraph, Part, Strong, Subheading, Words
from reports.prose.grammar import ProseError, Token, parse_token

Resolve = Callable[[Token], Words[Any]]

REFUSED = {
    "image": "Pictures cannot be put into a section. Describe what the picture shows.",
    "html_inline": "HTML is not taken. Write plain words, or Markdown.",
    "html_block": "HTML is not taken. Write plain words, or Markdown.",
    "fence": "Code has no place in a report. Write plain words.",
    "code_block": "Lines that begin with four spaces are code. Take the spaces away.",
    "code_inline": "Code has no place in a report. Take the backticks away.",
    "ordered_list_open": "Numbered lists are not taken. Begin each line with a dash.",
    "blockquote_open": "Quotations are not taken. Say it in words of your own.",
    "hr": "Lines across the page are not taken. Use a heading.",
    "table_open": "Tables are not taken. Put a block with the figures into the section.",
}
LINKS = ("https://", "#")


def tokens_in(text: str) -> Iterator[Token]:
    """Every figure that a text names, in reading order. Raises `ProseError`."""
    found: list[Token] = []

    def noted(token: Token) -> Words[Any]:
        found.append(token)
        return ()

    parts_of(text, noted)
    yield from found


def parts_of(text: str, resolve: Resolve) -> tuple[Part[Any], ...]:
    """The parts of a text; `resolve` prints each figure. Raises `ProseError` with its line."""
    marks = _parser().parse(text)
    return tuple(_parts(marks, resolve))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.inline.ruler.before("escape", "figure", _figure_rule)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # refused by `_address`
    return parser


def _figure_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos + 2)
    opened_again = state.src.find("{{", state.pos + 2)
    closed = end != -1 and not -1 < opened_again < end
    if not silent:
        mark = state.push("figure" if closed else "unclosed", "", 0)
        mark.content = state.src[state.pos + 2 : end] if closed else ""
        mark.meta = {"line": state.src.count("\n", 0, state.pos)}
    state.pos = end + 2 if closed else state.posMax
    return True


def _parts(marks: Sequence[Mark], resolve: Resolve) -> Iterator[Part[Any]]:
    items: list[Words[Any]] | None = None
    opened: Mark | None = None
    for mark in marks:
        line = mark.map[0] + 1 if mark.map else 0
        if mark.type in REFUSED:
            raise ProseError(REFUSED[mark.type], line)
        match mark.type:
            case "bullet_list_open":
                if items is not None:
                    raise ProseError("A list within a list is not taken. Make it one list.", line)
                items = []
            case "bullet_list_close":
                yield Bullets(tuple(items or ()))
                items = None
            case "heading_open" | "paragraph_open":
                opened = mark
            case "inline":
                if items is not None:
                    items.append(_words(mark, line, resolve))
                elif opened is not None and opened.type == "heading_open":
                    yield Subheading(_heading(mark, line))
                else:
                    yield Paragraph(_words(mark, line, resolve))


def _heading(inline: Mark, line: int) -> str:
    if any(mark.type != "text" for mark in inline.children or []):
        raise ProseError("A heading holds plain words, without figures, links or stars.", line)
    return inline.content


def _words(inline: Mark, line: int, resolve: Resolve) -> Words[Any]:
    parts: list[Any] = []
    strong = linked = ""
    for mark in inline.children or []:
        if mark.type in REFUSED:
            raise ProseError(REFUSED[mark.type], line)
        match mark.type:
            case "figure" | "unclosed":
                at = line + mark.meta["line"]
                if strong or linked:
                    raise ProseError("A figure stands outside of stars and links.", at)
                parts += _resolved(mark, at, resolve)
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case "strong_open" | "em_open":
                strong = mark.type
            case "strong_close" | "em_close":
                strong = ""
            case "link_open":
                linked = _address(str(mark.attrGet("href") or ""), line)
            case "link_close":
                linked = ""
            case "text" if mark.content:
                parts.append(_text(mark.content, strong, linked))
    return tuple(parts)


def _text(text: str, strong: str, linked: str) -> str | Strong | Linked:
    if linked:
        return Linked(text, linked)
    return Strong(text) if strong else text


def _address(url: str, line: int) -> str:
    if not url.startswith(LINKS):
        raise ProseError(f"“{url}” is not taken. A link begins with https:// or with #.", line)
    return url


def _resolved(mark: Mark, line: int, resolve: Resolve) -> Words[Any]:
    if mark.type == "unclosed":
        raise ProseError("A figure begins with {{ and does not end. Close it with }}.", line)
    try:
        return resolve(parse_token(mark.content))
    except ProseError as error:
        raise ProseError(error.sentence, line) from error
