"""Which words of a glossary a text uses. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermData:
    """A term with the other forms in which it is written, and its meaning."""

    term: str
    spellings: tuple[str, ...]
    meaning: str


def terms_used(terms: Iterable[TermData], texts: Collection[str]) -> tuple[TermData, ...]:
    """The terms that stand as whole words in any of the texts, in one of their forms."""
    whole = "\n".join(" ".join(text.split()) for text in texts)
    return tuple(term for term in terms if _pattern(term).search(whole))


def _pattern(term: TermData) -> re.Pattern[str]:
    forms = (term.term, *term.spellings)
    return re.compile("|".join(rf"(?<!\w)(?:{_form(each)})(?!\w)" for each in forms))


def _form(words: str) -> str:
    """One form: its first letter may be a capital, its end a plural; abbreviations stay as is."""
    if words.isupper():
        return f"{re.escape(words)}s?"
    first = words[0]
    return f"[{re.escape(first.lower())}{re.escape(first.upper())}]{re.escape(words[1:])}(?:e?s)?"
