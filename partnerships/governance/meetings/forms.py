"""Forms about meetings, attendance and seats. The rules are in the actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import slugify

from partnerships.asked import radios, version_seen
from partnerships.fields import DecimalNumberField, WholeNumberField
from partnerships.governance.meetings.actions import MeetingWords, SeatWords
from partnerships.governance.meetings.registers import Came
from partnerships.keeping import Refusable
from partnerships.layout import helper
from partnerships.models import (
    Attendance,
    Body,
    Meeting,
    Organisation,
    Partnership,
    Register,
    Seat,
)
from partnerships.period_field import PeriodField
from partnerships.refusals import Refused

EMPTY_ROWS = 3
MOST_ROWS = 100
NARROW = {"class": "govuk-input--width-3"}
WHOLE = {"invalid": "Enter a whole number.", "min_value": "Enter 0 or more."}


def organisations_of(
    partnership: Partnership, also: Sequence[int | None] = ()
) -> list[Organisation]:
    """Those in the partnership, and those that are named already."""
    here = Organisation.objects.filter(agencies__partnership=partnership)
    named = Organisation.objects.filter(pk__in=[each for each in also if each])
    return list((here | named).distinct())


class SeatForm(Refusable):
    """An office in a period."""

    period = PeriodField(help_text="A financial year like 2025-26.")
    name = forms.CharField(
        label="Office",
        max_length=200,
        help_text="Such as: Designated Doctor. Do not name a person.",
        error_messages={"required": "Name the office."},
    )
    body = forms.ModelChoiceField(
        label="Body",
        queryset=Body.objects.none(),
        required=False,
        empty_label="None, or not known",
    )
    organisation = forms.ModelChoiceField(
        label="Organisation that appoints or sends",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="None, or not known",
    )
    state = radios(
        "Is anybody in the post?",
        Seat.State.choices,
        "Say whether the seat is filled, vacant, or not known.",
    )
    note = forms.CharField(label="Note", max_length=500, required=False)
    seen = version_seen()

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        seat: Seat | None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.seat, self.partnership = seat, partnership
        kwargs["initial"] = _of_seat(seat) if seat else {"seen": 0, **(initial or {})}
        super().__init__(*args, **kwargs)
        here = Organisation.objects.filter(agencies__partnership=partnership)
        if seat and seat.organisation_id:
            here |= Organisation.objects.filter(pk=seat.organisation_id)
        for name, queryset in (("body", partnership.bodies.all()), ("organisation", here)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset.distinct()
        if seat:
            del self.fields["period"]
        self.helper = helper(submit="Save seat" if seat else "Add seat")

    def code(self, taken: Sequence[str]) -> str:
        """The short name of a new seat: the office, and its body where another has the office."""
        plain = slugify(self.cleaned_data["name"])[:80]
        body = self.cleaned_data["body"]
        return f"{body.code}-{plain}"[:80] if plain in taken and body else plain

    def words(self) -> SeatWords:
        """What was entered, for the action. A seat that stays as it was keeps its source."""
        left_out = {"period", "seen"}
        data = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        seat = self.seat
        if seat and all(getattr(seat, name) == data[name] for name in ("name", "state")):
            return SeatWords(**data, fact_id=seat.fact_id, source=seat.source)
        return SeatWords(**data)


class CarryForm(Refusable):
    """From which period to which the seats are taken over."""

    of = PeriodField(label="Take the seats of", help_text="Like 2024-25.")
    into = PeriodField(label="Into", help_text="Like 2025-26.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Take the seats over")


class MeetingForm(Refusable):
    """Meetings of a body: one on its day, or how many there were."""

    period = PeriodField(
        label="When",
        help_text="The day of one meeting, like 5 June 2025. Or a period, like 2025-26, where "
        "only the number of meetings is known.",
    )
    status = radios("What became of it", Meeting.Status.choices, "Choose what became of it.")
    number = WholeNumberField(
        label="How many meetings",
        min_value=0,
        max_value=1000,
        required=False,
        help_text="Leave it empty for one meeting on a day, or where nobody knows how many.",
        error_messages=WHOLE,
    )
    hours = DecimalNumberField(
        label="About how long each lasted, in hours",
        min_value=Decimal(0),
        max_value=Decimal(24),
        decimal_places=2,
        required=False,
        error_messages={"invalid": "Enter hours like 2 or 1.5."},
    )
    note = forms.CharField(label="Note", max_length=500, required=False)
    seen = version_seen()

    def __init__(self, *args: Any, meeting: Meeting | None, **kwargs: Any) -> None:
        self.meeting = meeting
        kwargs["initial"] = _of_meeting(meeting) if meeting else {"seen": 0, "status": "held"}
        super().__init__(*args, **kwargs)
        if meeting:
            del self.fields["period"]
            del self.fields["status"]
        self.helper = helper(submit="Save meetings" if meeting else "Add meetings")

    def words(self) -> MeetingWords:
        """What was entered, for the action. A number that stays keeps its source."""
        names = ("number", "hours", "note")
        data: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        meeting = self.meeting
        if meeting is None:
            return MeetingWords(**data)
        facts = {
            "fact_id": meeting.fact_id if meeting.number == data["number"] else "",
            "hours_fact_id": meeting.hours_fact_id if meeting.hours == data["hours"] else "",
        }
        same: bool = (meeting.number, meeting.hours) == (data["number"], data["hours"])
        source = meeting.source if same or any(facts.values()) else ""
        return MeetingWords(**data | facts, source=source)


class RegisterPeriodForm(Refusable):
    """The period whose attendance is to be entered."""

    period = PeriodField(help_text="A financial year like 2025-26, or another period.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Continue")


@dataclass(frozen=True, slots=True)
class GridRow:
    """What a row of the grid begins with."""

    member: str = ""
    organisation: int | None = None
    attended: int | None = None
    held: int | None = None  # None: as many as were held altogether
    absence: str = ""
    note: str = ""


class RegisterForm(Refusable):
    """Who came to the meetings of a period: one row a member, a few empty ones at the end.

    A row without a number attended is left out.
    """

    COLUMNS = ("member", "organisation", "attended", "held", "absence", "note")

    seen = version_seen()
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ROWS)
    held = WholeNumberField(
        label="Meetings held",
        min_value=1,
        max_value=1000,
        help_text="How many meetings were held in the period.",
        error_messages={
            "required": "Enter how many meetings were held.",
            "invalid": "Enter how many meetings were held, like 4.",
            "min_value": "Enter how many meetings were held: 1 or more.",
        },
    )

    def __init__(
        self,
        *args: Any,
        body: Body,
        register: Register | None,
        begin: Sequence[GridRow],
        held: int | None,
        **kwargs: Any,
    ) -> None:
        self.kept = {row.code: row for row in register.rows.all()} if register else {}
        given = [*begin, *[GridRow()] * EMPTY_ROWS][:MOST_ROWS]
        kwargs["initial"] = {
            "seen": register.version if register else 0,
            "rows": len(given),
            "held": held,
        }
        super().__init__(*args, **kwargs)
        self.count = _posted_rows(self.data.get("rows"), len(given))
        named = [row.organisation for row in given]
        self.organisations = {each.pk: each for each in organisations_of(body.partnership, named)}
        for place in range(self.count):
            self._add_row(place, given[place] if place < len(given) else GridRow())
        self.helper = helper(submit="Save attendance")

    def _add_row(self, place: int, row: GridRow) -> None:
        who = row.member or f"row {place + 1}"
        choices = [("", "None, or not known")]
        choices += [(str(pk), each.name) for pk, each in self.organisations.items()]
        reasons = [("", "–"), *Attendance.Absence.choices]
        fields: dict[str, forms.Field] = {
            "member": forms.CharField(label=f"Member, {who}", max_length=200, required=False),
            "organisation": forms.ChoiceField(
                label=f"Organisation, {who}", choices=choices, required=False
            ),
            "attended": _number(f"Meetings attended, {who}"),
            "held": _number(f"Out of, {who}"),
            "absence": forms.ChoiceField(
                label=f"Why absent, {who}", choices=reasons, required=False
            ),
            "note": forms.CharField(label=f"Note, {who}", max_length=500, required=False),
        }
        for name, field in fields.items():
            field.initial = getattr(row, name)
            self.fields[f"{name}-{place}"] = field

    def grid(self) -> Iterator[tuple[list[BoundField], list[BoundField]]]:
        """Of each row the boxes that say who, and those that say how often."""
        for place in range(self.count):
            row = [self[f"{name}-{place}"] for name in self.COLUMNS]
            yield row[:2], row[2:]

    def clean(self) -> None:
        """Somebody named without a number stays out; a number without a name is an error."""
        self.places: list[int] = []
        for place in range(self.count):
            if f"attended-{place}" not in self.cleaned_data:
                continue
            if self.cleaned_data[f"attended-{place}"] is not None:
                self.places.append(place)
            elif self.cleaned_data.get(f"absence-{place}"):
                self.add_error(
                    f"attended-{place}", "Enter how many meetings were attended: 0 if none."
                )

    def came(self) -> list[Came]:
        """The rows, for the action. A row whose numbers stay keeps its source."""
        return [self._came(place) for place in self.places]

    def refuse(self, error: Refused) -> None:
        super().refuse(Refused(str(error), self._place_of(error.field)))

    def _place_of(self, field: str | None) -> str | None:
        """The field that the action means: it counts only the rows that are not left out."""
        name, _, place = (field or "").partition("-")
        if name == "held" and place:
            empty = self.cleaned_data.get(f"held-{self.places[int(place)]}") is None
            return "held" if empty else f"held-{self.places[int(place)]}"
        return f"{name}-{self.places[int(place)]}" if place else field

    def _came(self, place: int) -> Came:
        data = {name: self.cleaned_data[f"{name}-{place}"] for name in self.COLUMNS}
        data["held"] = self.cleaned_data["held"] if data["held"] is None else data["held"]
        data["organisation"] = (
            self.organisations[int(data["organisation"])] if data["organisation"] else None
        )
        made = Came(**data)
        kept = self.kept.get(made.code)
        if kept and (kept.attended, kept.held) == (made.attended, made.held):
            return Came(
                **data, worked_out=kept.worked_out, fact_id=kept.fact_id, source=kept.source
            )
        return made


def _number(label: str) -> WholeNumberField:
    field = WholeNumberField(
        label=label, min_value=0, max_value=1000, required=False, error_messages=WHOLE
    )
    field.widget.attrs |= NARROW
    return field


def _posted_rows(posted: str | None, otherwise: int) -> int:
    """As many rows as the page had that was sent."""
    if posted and posted.isascii() and posted.isdigit():
        return min(int(posted), MOST_ROWS)
    return otherwise


def _of_seat(seat: Seat) -> dict[str, Any]:
    return {
        **{name: getattr(seat, name) for name in ("name", "state", "note")},
        "body": seat.body_id,
        "organisation": seat.organisation_id,
        "seen": seat.version,
    }


def _of_meeting(meeting: Meeting) -> dict[str, Any]:
    number = None if meeting.status == Meeting.Status.DID_NOT_MEET else meeting.number
    return {
        "number": number,
        "hours": meeting.hours.normalize() if meeting.hours is not None else None,
        "note": meeting.note,
        "seen": meeting.version,
    }
