"""The figures of training, by their addresses.

`training:walsall:right-help-right-time-training:2019-20:attended` is a figure of an activity,
with `:2` after it where a source says it again. `training:demoshire:all:2024-25:attended` is what
all activities of the period make, where they may be added up; the code of a printed total after
it means those that this total is of.
"""

from collections.abc import Sequence

from partnerships.models import Partnership
from partnerships.periods import PeriodError, parse
from partnerships.stated import Stated, address_of, figures
from reviews.training.queries import activity_of
from reviews.training.totals import ALL, total_at


@figures("training")
def training_figure(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    if parts[0] == ALL and len(parts) in {3, 4}:
        try:
            return total_at(partnership, parse(parts[1]), *parts[2:])
        except PeriodError:
            return None
    told = activity_of(partnership, parts[0])
    address = address_of("training", partnership, *parts)
    found = [row.told.figure for row in told.figures] if told else []
    return next((each for each in found if each and each.address == address), None)
