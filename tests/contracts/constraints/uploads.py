"""How each constraint of uploaded files is broken."""

from collections.abc import Callable
from typing import Any

from tests.contracts.constraints import again
from tests.factories import MOMENT, ColumnNamesFactory, ImportBatchFactory

EMPTY = {"content": None, "size": 1, "sha256": "0" * 64}
WAITING_AND_NOT = "imports_that_wait_and_only_they_hold_their_file"

CASES: list[tuple[str, Callable[[], Any]]] = [
    (
        "import_state_is_known",
        lambda: ImportBatchFactory(state="x", ended_at=MOMENT, **EMPTY),
    ),
    (WAITING_AND_NOT, lambda: ImportBatchFactory(**EMPTY)),
    (WAITING_AND_NOT, lambda: ImportBatchFactory(state="taken", ended_at=MOMENT)),
    ("imports_that_wait_and_only_they_have_no_end", lambda: ImportBatchFactory(ended_at=MOMENT)),
    (
        "imports_that_wait_and_only_they_have_no_end",
        lambda: ImportBatchFactory(state="dropped", **EMPTY),
    ),
    ("import_has_a_hash", lambda: ImportBatchFactory(sha256="")),
    ("imported_file_is_not_empty", lambda: ImportBatchFactory(size=0)),
    ("ColumnNames.organisation", lambda: again(ColumnNamesFactory, "organisation")),
]
