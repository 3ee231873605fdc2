"""Whether the figures of a file go together: categories of a count that make their total.

By the rule of the form of a return (`metrics.returns.partitions`), over what the file changes and
what stands beside it. It is not refused for what it leaves as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from metrics.entries import Entry
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
    divided: dict[int, set[int]] = {}
    by_return: dict[int, dict[tuple[int, str], tuple[Line, Entry]]] = defaultdict(dict)
    for line, entry in brought:
        dataset, indicator, piece = line.key
        if dataset not in scopes:
            scopes[dataset] = line.scope
            divided[dataset] = {o.indicator.pk for o in line.scope.owed if o.category is not None}
        if indicator in divided[dataset]:  # few are, of fifty thousand lines
            by_return[dataset][indicator, piece] = (line, entry)
    for dataset, here in by_return.items():
        for row, why in _apart(scopes[dataset], here, span):
            yield Refused(row, columns.words("value"), why)


def _apart(scope: Scope, brought: Brought, span: Span) -> Iterator[tuple[int, str]]:
    indicators = {indicator for indicator, _ in brought}
    wanted = [each for each in scope.owed if each.indicator.pk in indicators]
    rows = return_rows(scope.dataset, scope.area, span, wanted)
    here = {row.key: brought[row.owed.place] for row in rows if row.owed.place in brought}
    for group in off(rows, {key: entry for key, (_, entry) in here.items()}):
        lines = [here[key][0].row for key in group.keys if key in here]
        if lines:
            yield min(lines), group.why
