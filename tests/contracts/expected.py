"""Who may see what, as written in `permissions/*.txt`: one row for each address and method.

The files are read by people as much as by the test. The columns are the named people of
Testshire; the last one, `stranger`, is anybody with any role at another partnership only.
A status is what the page answers; `in` is a redirect to the sign-in page, or
that page with what was sent.
"""

from dataclasses import dataclass
from pathlib import Path

from partnerships.models import RoleName

FOLDER = Path(__file__).parent / "permissions"
COLUMNS = ("anonymous", "nobody", "platform", *RoleName.values, "stranger")


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def rows() -> list[Row]:
    """All rows of all files. Raises ValueError for a line that is not a row."""
    return [row for path in sorted(FOLDER.glob("*.txt")) for row in _read(path)]


def _read(path: Path) -> list[Row]:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        method, name, *statuses = line.split()
        if method not in {"GET", "POST"} or len(statuses) != len(COLUMNS):
            raise ValueError(
                f"{path.name}, line {number}: write GET or POST, the address's name and "
                f"{len(COLUMNS)} statuses."
            )
        found.append(Row(name, method, dict(zip(COLUMNS, statuses, strict=True))))
    return found
