"""Groups and meetings in a report: which are of its year, and what is said of each."""

from datetime import date

from partnerships.models import Body
from reports.accounts.bodies import BODIES
from reports.models import AnnualReport
from tests.kept_factories import BodyFactory, ReportsToFactory
from tests.reports.accounts.told import block_of, told


def test_partnership_without_bodies_tells_nothing(report: AnnualReport) -> None:
    BodyFactory()  # another partnership's
    assert BODIES.read(report, "") is None


def test_body_is_told_with_remit_chair_rhythm_and_whom_it_reports_to(report: AnnualReport) -> None:
    board = BodyFactory(
        partnership=report.partnership,
        name="Executive",
        kind=Body.Kind.EXECUTIVE,
        remit="Decides.",
        chaired="rotating",
    )
    group = BodyFactory(
        partnership=report.partnership,
        name="Learning group",
        remit="Learns.",
        chair="Designated nurse",
        rhythm="Every month.",
        first=date(2019, 10, 1),
        first_precision="month",
    )
    ReportsToFactory(body=group, to=board)
    assert told(block_of(BODIES, report)) == [
        "# Boards and groups",
        "Name | What it does | Chair | Meets | Reports to",
        "Executive | Decides. | In turn | Not known | At the head",
        "Learning group | Learns. From October 2019. | Designated nurse | Every month. | Executive",
    ]


def test_what_is_known_of_none_is_said_once(report: AnnualReport) -> None:
    BodyFactory(partnership=report.partnership, name="Triage", kind="operational", remit="Sorts.")
    assert told(block_of(BODIES, report)) == [
        "# Operational meetings",
        "Name | What it does",
        "Triage | Sorts.",
        "Not known of these: who chairs them; how often they meet; to whom they report.",
    ]


def test_body_to_which_another_reports_is_at_the_head_where_it_reports_to_none(
    report: AnnualReport,
) -> None:
    forum = BodyFactory(partnership=report.partnership, name="Forum", remit="Hears.")
    group = BodyFactory(partnership=report.partnership, name="Group", remit="Learns.")
    loose = BodyFactory(partnership=report.partnership, name="Loose", remit="Meets.")
    for to in (forum, loose):
        ReportsToFactory(body=group, to=to)
    assert told(block_of(BODIES, report))[2:5] == [
        "Forum | Hears. | At the head",
        "Group | Learns. | Forum; Loose",
        "Loose | Meets. | Not known",
    ]


def test_note_that_several_share_is_said_once(report: AnnualReport) -> None:
    for name in ("A", "B"):
        BodyFactory(partnership=report.partnership, name=name, note="Our reading.")
    assert block_of(BODIES, report).notes == ("A; B: Our reading.",)


def names(report: AnnualReport) -> tuple[list[str], list[str]]:
    data = BODIES.read(report, "")
    assert data is not None
    return [body.name for body in data.stood], [body.name for body in data.doubtful]


def test_bodies_that_began_after_or_ended_before_the_year_are_left_out(
    report: AnnualReport,
) -> None:
    place = report.partnership
    BodyFactory(partnership=place, name="Stood")
    BodyFactory(
        partnership=place, name="Later", first=date(2020, 4, 1), first_precision="financial-year"
    )
    BodyFactory(partnership=place, name="Gone", last=date(2019, 3, 31), last_precision="day")
    BodyFactory(
        partnership=place,
        name="Ended in it",
        last=date(2019, 9, 1),
        last_precision="month",
    )
    assert names(report) == (["Ended in it", "Stood"], [])


def test_body_in_the_place_of_one_that_still_stood_may_have_come_later(
    report: AnnualReport,
) -> None:
    place = report.partnership
    old = BodyFactory(partnership=place, name="Old")
    new = BodyFactory(partnership=place, name="New", follows=old)
    below = BodyFactory(partnership=place, name="Below the new")
    lowest = BodyFactory(partnership=place, name="Lowest")
    both = BodyFactory(partnership=place, name="Below both")
    for body, to in ((below, new), (lowest, below), (both, new), (both, old)):
        ReportsToFactory(body=body, to=to)
    assert names(report) == (["Below both", "Old"], ["Below the new", "Lowest", "New"])
    assert told(block_of(BODIES, report))[-1].startswith("Of these no beginning is known")


def test_body_in_the_place_of_one_that_ended_stood(report: AnnualReport) -> None:
    old = BodyFactory(
        partnership=report.partnership,
        name="Old",
        last=date(2019, 9, 1),
        last_precision="month",
    )
    BodyFactory(partnership=report.partnership, name="New", follows=old)
    assert names(report) == (["New", "Old"], [])
