"""Loading of groups and priorities: Walsall's from its files, and the invented ones."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from partnerships.governance.actions import BodyWords, save_body
from partnerships.models import AuditEvent, Body, Partnership, Priority, PriorityYear, User
from safeguarding.demo.files import FileError
from safeguarding.demo.governance import load_governance_of
from safeguarding.demo.invented_governance import load_invented_governance
from tests.factories import PartnershipFactory, RoleFactory, UserFactory

WALSALL = settings.BASE_DIR / "fixtures" / "walsall"


@pytest.fixture
def walsall(db: None) -> Partnership:
    return PartnershipFactory(slug="walsall", name="Walsall", short_name="Walsall")


def test_bodies_of_walsall_stand_as_its_sources_tell(walsall: Partnership, system: User) -> None:
    counts = load_governance_of(WALSALL, walsall, by=system)
    assert (counts["bodies"], Body.objects.count()) == (21, 21)
    leaders = Body.objects.get(code="leadership-group")
    board = Body.objects.get(code="board")
    partnership = Body.objects.get(code="childrens-partnership")
    assert (partnership.follows, list(partnership.reports_to.all())) == (board, [leaders])
    assert (board.last, board.last_precision) == (date(2019, 9, 1), "day")
    assert [(each.first_precision) for each in (partnership, leaders)] == ["month", "month"]
    rotating = Body.objects.filter(chaired="rotating").values_list("code", flat=True)
    assert list(rotating) == ["exploitation-triage"]


def test_priorities_of_walsall_stand_as_its_report_tells(
    walsall: Partnership, system: User, client_of: Callable[[User], Client]
) -> None:
    load_governance_of(WALSALL, walsall, by=system)
    years = PriorityYear.objects.select_related("priority", "period").order_by("priority__number")
    assert [
        (year.priority.code, str(year.period), year.assurance, year.state) for year in years
    ] == [
        ("right-help-right-time", "2019-20", "partly", "retained"),
        ("neglect", "2019-20", "not-yet", "retained"),
        ("transition", "2019-20", "not-yet", "running"),
        ("exploitation", "2019-20", "not-yet", "retained"),
    ]
    points = Priority.objects.get(code="transition").years.get().points
    assert points.filter(part="intention").count() == 7
    assert points.filter(part="still-to-do").count() == 0
    impact = Priority.objects.get(number=1).years.get().points.filter(part="impact").first()
    assert impact is not None
    assert (impact.order, impact.indicator) == (1, "referrals")

    reader = UserFactory()
    RoleFactory(user=reader, partnership=walsall)
    page = client_of(reader).get("/p/walsall/priorities/neglect/").content.decode()
    assert "The effect cannot be shown yet" in page


def test_loading_again_changes_nothing_and_leaves_what_people_changed(
    walsall: Partnership, system: User
) -> None:
    load_governance_of(WALSALL, walsall, by=system)
    before = AuditEvent.objects.count()
    load_governance_of(WALSALL, walsall, by=system)
    assert AuditEvent.objects.count() == before

    board = Body.objects.get(code="board")
    words = BodyWords(name="Our board", kind="board")
    save_body(partnership=walsall, code="board", words=words, seen=board.version, by=UserFactory())
    load_governance_of(WALSALL, walsall, by=system)
    board.refresh_from_db()
    assert board.name == "Our board"


BODIES = (
    "body,name,kind,reports_to,shared_by,chair,chaired,first,last,dates_note,follows,remit,"
    "rhythm,note\n"
)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("b,Name,other,,,,one,,,,,,,", "line 3: kind is 'other'."),
        ("b,Name,board,,,,three,,,,,,,", "line 3: chaired is 'three'."),
        ("b,Name,board,gone,,,one,,,,,,,", "line 3: reports_to is 'gone'"),
        ("b,Name,board,,,,one,,,,gone,,,", "line 3: follows is 'gone'"),
        ("b,Name,board,,,,one,soon,,,,,,", "line 3: “soon” is not a date."),
        ("b,Name,board,,,,one,2020,2019,,,,,", "line 3: The body ends before it begins."),
    ],
)
def test_wrong_row_of_bodies_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, row: str, message: str
) -> None:
    good = "a,First,board,,,,one,,,,,,,\n"
    (tmp_path / "bodies.csv").write_text(f"{BODIES}{good}{row}\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_governance_of(tmp_path, walsall, by=system)
    assert f"{(tmp_path / 'bodies.csv').as_posix()}, {message}" in str(caught.value)
    assert Body.objects.count() == 0


PRIORITY = "priority,number,name,first_year,last_year,assurance,note\n"
POINTS = "priority,part,order,text,indicator\n"


@pytest.mark.parametrize(
    ("priority", "point", "message"),
    [
        ("p,1,Name,2019-20,2019-20,partly,", "", "Say why the effect cannot be shown in full."),
        ("p,1,Name,2019,2019-20,shown,", "", "Enter a financial year, like 2019-20."),
        ("p,1,Name,soon,2019-20,shown,", "", "'soon' is not a period."),
        ("p,1,Name,2019-20,2019-20,shown,", "p,other,1,Text,", "part is 'other'"),
        ("p,1,Name,2019-20,2019-20,shown,", "q,done,1,Text,", "there is no priority 'q'."),
    ],
)
def test_wrong_row_of_priorities_is_named_and_nothing_is_loaded(
    walsall: Partnership, system: User, tmp_path: Path, priority: str, point: str, message: str
) -> None:
    (tmp_path / "priorities.csv").write_text(f"{PRIORITY}{priority}\n", encoding="utf-8")
    (tmp_path / "priority_points.csv").write_text(f"{POINTS}{point}\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"\.csv, line 2: ") as caught:
        load_governance_of(tmp_path, walsall, by=system)
    assert message in str(caught.value)
    assert Priority.objects.count() == 0


def test_invented_governance_is_made_once(testshire: Partnership, business_unit: User) -> None:
    today = date(2026, 7, 10)
    assert load_invented_governance(testshire, by=business_unit, today=today) == 5
    assert load_invented_governance(testshire, by=business_unit, today=today) == 0
    states = PriorityYear.objects.values_list("priority__code", "state", "assurance")
    assert sorted(states) == [
        ("early-help", "closed", "shown"),
        ("neglect", "retained", "not-yet"),
    ]
