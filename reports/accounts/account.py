"""What a kind of account is: how its data is read, and how its block is built from them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from reports.blocks.figures import AccountBlock
from reports.models import AnnualReport


class AccountError(Exception):
    """A sentence for whoever planned the report: the subject is none of the partnership's."""


@dataclass(frozen=True, slots=True)
class Account:
    """A kind of block that tells of something other than an indicator.

    `read(report, subject)` gives the data of one block, dataclasses and tuples with every figure
    a `Stated` or an `IndicatorData`; None where nothing of it is kept for the report's period.
    It raises `AccountError` where there is no such subject. `build(data, make)` makes the block:
    a pure function, which gets the data in public form for whatever leaves. `title` is what
    the report says is missing where there is no data, empty where nobody waits for it;
    `subject` says what follows the colon in a plan, and is empty where nothing does. `lists`
    says that a plan gives it indicators to list (`reports.accounts.listed`). `heard(data, texts)`
    gives what is left of the data once all that the report's other blocks say is known, None
    where nothing is.
    """

    kind: str
    title: str
    read: Callable[[AnnualReport, str], Any | None]
    build: Callable[[Any, Callable[..., Any]], AccountBlock[Any]]
    subject: str = ""
    lists: bool = False
    heard: Callable[[Any, Collection[str]], Any | None] | None = None

    def key(self, subject: str) -> str:
        """The block's key in the document."""
        return f"{self.kind}-{subject}" if subject else self.kind
