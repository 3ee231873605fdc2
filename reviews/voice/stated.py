"""The figures of what was said, by their addresses: `voice:walsall:<activity>:2019-20:pledges`."""

from collections.abc import Sequence

from partnerships.models import Partnership
from partnerships.stated import Stated, address_of, figures
from reviews.voice.queries import activity_of


@figures("voice")
def voice_figure(partnership: Partnership, parts: Sequence[str]) -> Stated | None:
    told = activity_of(partnership, parts[0])
    address = address_of("voice", partnership, *parts)
    found = [row.told.figure for row in told.figures] if told else []
    return next((each for each in found if each and each.address == address), None)
