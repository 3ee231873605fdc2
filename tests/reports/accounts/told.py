"""What a block says, line by line, as it is read; and a block as people who see all see it."""

from collections.abc import Callable
from typing import Any

from reports.accounts import Account
from reports.blocks.figures import (
    AccountBlock,
    Bullets,
    Figure,
    Paragraph,
    Subheading,
    text_of,
)
from reports.blocks.figures import BlockTable as Table
from reports.models import AnnualReport

Build = Callable[[Any, Callable[..., Figure]], AccountBlock[Figure]]


def told(block: AccountBlock[Any]) -> list[str]:
    """Paragraphs as they are, "# " before a heading, "- " before a point, rows with " | "."""
    lines: list[str] = []
    for part in block.parts:
        match part:
            case Paragraph():
                lines.append(text_of(part.words))
            case Subheading():
                lines.append(f"# {part.text}")
            case Bullets():
                lines += [f"# {part.heading}"] if part.heading else []
                lines += [f"- {text_of(item)}" for item in part.items]
            case Table():
                lines.append(f"# {part.caption}")
                lines.append(" | ".join(column.text for column in part.columns))
                lines += [
                    " | ".join((row.header, *(text_of(cell) for cell in row.cells)))
                    for row in part.rows
                ]
    return lines


def block_of(account: Account, report: AnnualReport, subject: str = "") -> AccountBlock[Figure]:
    """The block that is read from the database; fails where nothing is kept."""
    data = account.read(report, subject)
    assert data is not None
    made: AccountBlock[Figure] = account.build(data, Figure)
    return made
