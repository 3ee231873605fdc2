"""Whether the figures of a file go together: categories of a count that make their total.

By the rule of the form of a return (`metrics.returns.partitions`), over what the file changes and
what stands beside it. It is not refused for what it leaves as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from metrics.entries import Entry
from metrics.owed import Owed
from metrics.queries import return_rows
from metrics.returns.partitions import off
from metrics.upload.headings import Columns
from metrics.upload.matching import Line, Refused
from metrics.upload.scopes import Scope
from partnerships.periods import Span

Brought = Mapping[tuple[int, str], tuple[Line, Entry]]  # by indicator and slice


def apart(brought: Iterable[tuple[Line, Entry]], columns: Columns, span: Span) -> Iterator[Refused]:
    """For each group that does not add up its first row in the file, and why.

    At most four queries for each return of which the file changes a divided count.
    """
    scopes: dict[int, Scope] = {}
    by_return: dict[int, dict[tuple[int, str], tuple[Line, Entry]]] = defaultdict(dict)
    for line, entry in brought:
        dataset, indicator, piece = line.key
        scopes[dataset] = line.scope
        by_return[dataset][indicator, piece] = (line, entry)
    for dataset, scope in scopes.items():
        for row, why in _apart(scope, by_return[dataset], span):
            yield Refused(row, columns.words("value"), why)


def _apart(scope: Scope, brought: Brought, span: Span) -> Iterator[tuple[int, str]]:
    wanted = _divided(scope, {indicator for indicator, _ in brought})
    if not wanted:
        return
    rows = return_rows(scope.dataset, scope.area, span, wanted)
    here = {row.key: brought[row.owed.place] for row in rows if row.owed.place in brought}
    for group in off(rows, {key: entry for key, (_, entry) in here.items()}):
        lines = [here[key][0].row for key in group.keys if key in here]
        if lines:
            yield min(lines), group.why


def _divided(scope: Scope, indicators: set[int]) -> list[Owed]:
    """What is asked for of those of the indicators that are asked for by category."""
    by_category = {each.indicator.pk for each in scope.owed if each.category is not None}
    return [each for each in scope.owed if each.indicator.pk in by_category & indicators]
