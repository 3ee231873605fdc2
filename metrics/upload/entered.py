"""What a row of a file says of its figure: a number, two numbers, or why there is none."""

from metrics.arithmetic.reading import Measure
from metrics.entries import Entry, asks_for_two, disagreement, none_out_of_none, vague
from metrics.upload.cells import Row
from metrics.upload.fields import Fields
from metrics.upload.refusals import RowRefused

MARKERS = {
    "x": "x",
    "not available": "x",
    "z": "z",
    "not applicable": "z",
    "": "",
}
REASON_BESIDE_NUMBER = "A reason why there is no number stood beside a number. It was not read."
VAGUE = ("qualifier", "value_upper", "printed_words")
YES = frozenset({"yes", "y", "true", "1", "p", "provisional"})
NO = frozenset({"", "no", "n", "false", "0"})


class Entered:
    """Reads what row after row says. All methods raise `RowRefused`."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def entry(self, row: Row, measure: Measure) -> Entry:
        """The figure as it would be typed into the form of the return."""
        fields = self._fields
        self._refuse_vague(row)
        value = fields.number(row, "value", measure.unit)
        numerator = fields.number(row, "numerator", "count")
        denominator = fields.number(row, "denominator", "count")
        if asks_for_two(measure):
            if value is not None and (why := disagreement(value, numerator, denominator, measure)):
                raise RowRefused("value", why)
            value = None  # it is worked out
        elif numerator is not None or denominator is not None:
            raise RowRefused(
                "numerator" if numerator is not None else "denominator",
                "This figure is one number. Enter it as the value, and no other.",
            )
        marker = self._marker(row)
        if not marker and fields.stands(row, "marker_reason"):
            fields.say(REASON_BESIDE_NUMBER, row)
        return none_out_of_none(
            Entry(
                value=value,
                numerator=numerator,
                denominator=denominator,
                marker=marker,
                marker_reason=fields.words(row, "marker_reason") if marker else "",
                flags="p" if self._provisional(row) else "",
                note=fields.words(row, "note"),
            )
        )

    def says_provisional(self, row: Row) -> bool:
        """Whether the row says that the figure is provisional, or that it is not."""
        return self._fields.has("flags") or bool(self._fields.text(row, "provisional"))

    def _refuse_vague(self, row: Row) -> None:
        said = {name: self._fields.text(row, name) for name in VAGUE}
        if found := vague(said):
            raise RowRefused(found.field, found.message)

    def _marker(self, row: Row) -> str:
        said = self._fields.text(row, "marker")
        marker = MARKERS.get(said.strip("[]").casefold())
        if marker is None:
            raise RowRefused(
                "marker",
                f"“{said[:40]}” is not among the answers. Write “not available” or "
                "“not applicable”, or leave the cell empty.",
            )
        return marker

    def _provisional(self, row: Row) -> bool:
        said = self._fields.text(row, "provisional").casefold()
        if said not in YES | NO:
            raise RowRefused(
                "provisional", f"“{said[:40]}” is neither yes nor no. Write one of them."
            )
        return said in YES or "p" in self._fields.text(row, "flags")
