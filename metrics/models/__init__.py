"""The register of indicators, the figure store, and the changes computed from it."""

from metrics.models.change import Change, Touched
from metrics.models.comments import Comment
from metrics.models.imports import ColumnNames, ImportBatch
from metrics.models.official import AreaCode, Neighbour, NeighbourSet
from metrics.models.owed import Commentary, ExpectedBreakdown, ExpectedWords
from metrics.models.register import Area, Expectation, Indicator, IndicatorVersion, RelatedIndicator
from metrics.models.returns import CannotSupply, Return, ReturnNotice, ReturnStep
from metrics.models.revisions import Decision, Revision
from metrics.models.statements import Conflict, StatedChange
from metrics.models.store import Breakdown, Category, Cell, Dataset, Slice, SlicePart
from metrics.models.targets import Target

__all__ = [
    "Area",
    "AreaCode",
    "Breakdown",
    "CannotSupply",
    "Category",
    "Cell",
    "Change",
    "ColumnNames",
    "Comment",
    "Commentary",
    "Conflict",
    "Dataset",
    "Decision",
    "Expectation",
    "ExpectedBreakdown",
    "ExpectedWords",
    "ImportBatch",
    "Indicator",
    "IndicatorVersion",
    "Neighbour",
    "NeighbourSet",
    "RelatedIndicator",
    "Return",
    "ReturnNotice",
    "ReturnStep",
    "Revision",
    "Slice",
    "SlicePart",
    "StatedChange",
    "Target",
    "Touched",
]
