"""How each constraint of seats, meetings and attendance is broken."""

from tests.contracts.constraints.reviews import Case, broken, twice
from tests.kept_factories import (
    AttendanceFactory,
    MeetingFactory,
    RegisterFactory,
    SeatFactory,
)

NONE_MET = "body_that_did_not_meet_and_only_it_has_no_meetings"

SEAT: list[Case] = [
    twice("seat_is_kept_once_a_period", SeatFactory, "partnership", "period", "code"),
    broken("seat_has_a_code_of_its_own", SeatFactory, code=""),
    broken("seat_names_an_office", SeatFactory, name=""),
    broken("seat_state_is_known", SeatFactory, state="other"),
]
MEETING: list[Case] = [
    twice("meetings_of_a_status_stand_once_a_period", MeetingFactory, "body", "period"),
    broken("meeting_status_is_known", MeetingFactory, status="other"),
    broken(NONE_MET, MeetingFactory, number=0),
    broken(NONE_MET, MeetingFactory, status="did-not-meet"),
    broken(NONE_MET, MeetingFactory, status="did-not-meet", number=None),
    broken("meeting_that_was_held_lasts_some_time", MeetingFactory, hours=0),
    broken("meeting_that_was_held_lasts_some_time", MeetingFactory, status="postponed", hours=2),
]
ATTENDANCE: list[Case] = [
    twice("body_has_one_register_a_period", RegisterFactory, "body", "period"),
    twice("member_stands_once_in_a_register", AttendanceFactory, "register", "code"),
    twice("row_of_a_register_has_one_place", AttendanceFactory, "register", "order"),
    broken("rows_of_a_register_count_from_one", AttendanceFactory, order=0),
    broken("attendance_says_who", AttendanceFactory, code=""),
    broken("attendance_says_who", AttendanceFactory, member=""),
    broken("attendance_is_of_meetings_that_were_held", AttendanceFactory, attended=0, held=0),
    broken("nobody_attends_more_meetings_than_were_held", AttendanceFactory, attended=3),
    broken("absence_reason_is_known", AttendanceFactory, absence="ill"),
    broken("only_an_absence_has_a_reason", AttendanceFactory, attended=2, absence="vacant"),
]

CASES = [*SEAT, *MEETING, *ATTENDANCE]
