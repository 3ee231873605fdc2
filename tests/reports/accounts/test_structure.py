"""The structure chart of a report: who stands where, and the same in words."""

from metrics.charts.structure.spec import Branch, Card, Group, Standing
from reports.accounts.structure import STRUCTURE, Node, StructureData, build, spec_of
from reports.blocks.figures import Figure
from reports.models import AnnualReport
from tests.kept_factories import BodyFactory, ReportsToFactory
from tests.reports.accounts.told import block_of, told


def node(code: str, kind: str = "subgroup", *above: str, note: str = "") -> Node:
    return Node(code, code.capitalize(), kind, note, above)


NODES = (
    node("board", "board", note="Until September 2019"),
    node("executive", "executive"),
    node("learning", "subgroup", "executive"),
    node("audit", "task-group", "learning", "executive"),
    node("neglect", "task-group"),
    node("police", "outside"),
)


def test_bodies_stand_under_those_to_which_they_report() -> None:
    spec = spec_of(StructureData("2019-20", NODES))
    assert spec.title == "Who reports to whom, 2019-20"
    audit = Card("Audit", "Also reports to Executive")
    assert spec.trees == (
        Branch(Card("Board", "Until September 2019", Standing.LEADS)),
        Branch(
            Card("Executive", "", Standing.LEADS), (Branch(Card("Learning"), (Branch(audit),)),)
        ),
    )
    assert spec.groups == (
        Group("To whom they report is not known", (Card("Neglect"),)),
        Group("Outside the partnership", (Card("Police", "", Standing.OUTSIDE),)),
    )


def test_chart_is_told_as_a_list_too() -> None:
    block = build(StructureData("2019-20", NODES), Figure)
    assert len(block.charts) == 1
    assert told(block) == [
        "# The same in words",
        "- At the head: Board (until September 2019); Executive.",
        "- Report to Executive: Learning.",
        "- Report to Learning: Audit (also reports to Executive).",
        "- To whom they report is not known: Neglect.",
        "- Outside the partnership: Police.",
    ]


def test_body_of_the_year_under_one_that_is_not_stands_alone(report: AnnualReport) -> None:
    old = BodyFactory(partnership=report.partnership, name="Old")
    new = BodyFactory(partnership=report.partnership, name="New", follows=old)
    both = BodyFactory(
        partnership=report.partnership, name="Both", dates_note="Set up in summer 2019."
    )
    for to in (new, old):
        ReportsToFactory(body=both, to=to)
    assert told(block_of(STRUCTURE, report)) == [
        "# The same in words",
        "- At the head: Old.",
        "- Report to Old: Both (set up in summer 2019).",
    ]


def test_partnership_without_bodies_has_no_chart(report: AnnualReport) -> None:
    assert STRUCTURE.read(report, "") is None
