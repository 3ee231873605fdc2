"""A partnership whose yearly report can be built: printed figures, changes worked out, a plan."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from metrics.actions import ask_for_changes
from metrics.intake.figures import load_figures
from metrics.intake.rows import FigureRow, PlaceRow
from metrics.models import Area, Dataset, Indicator
from partnerships.jobs import run_now
from partnerships.models import Job, Partnership, RoleName, User
from partnerships.people.actions import system_actor
from partnerships.periods import financial_year
from reports.editions.actions import SectionPlan, ask_for_edition, plan_report
from reports.models import AnnualReport, Edition
from tests.world import person

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SOURCE = "testshire-report"


@dataclass
class Planned:
    """Testshire's report on 2019-20, and the people who work on it."""

    partnership: Partnership
    report: AnnualReport
    referrals: Indicator
    unit: User
    signatory: User
    council: User

    def load(self, value: int, *, year: str = "2019-20", code: str = "referrals") -> None:
        """A figure that was public before, its changes worked out."""
        load_figures([row(code, year, value)], by=system_actor(), at=NOW)
        work_out(self.partnership)


Standing = tuple[Planned, Edition]  # the report with its first edition


def row(
    code: str, year: str, value: int, *, area: str = "testshire", public: bool = True
) -> FigureRow:
    return FigureRow(
        PlaceRow(1, SOURCE, code, area, year, "all", 1),
        value=Decimal(value),
        public_since=date(2020, 9, 1) if public else None,
    )


def work_out(partnership: Partnership) -> None:
    assert run_now(ask_for_changes(partnership, by=system_actor())).state == Job.State.DONE


def built(planned: Planned, *, public: bool = False) -> Edition:
    """The edition that the job builds."""
    job = run_now(ask_for_edition(planned.report, by=planned.unit, publish=public))
    assert (job.state, job.error) == (Job.State.DONE, "")
    return planned.report.editions.get(number=job.result["edition"])


def make_planned() -> Planned:
    """The rows; needs the database."""
    partnership = Partnership.objects.create(
        slug="testshire", name="Testshire Safeguarding Partnership", short_name="Testshire"
    )
    Area.objects.create(
        code="testshire", name="Testshire", kind="partnership", partnership=partnership
    )
    Area.objects.create(code="england", name="England", kind="country")
    dataset = Dataset.objects.create(
        code=SOURCE, kind="printed", owner=partnership, title="Annual Report 2019-20"
    )
    referrals = _indicator("referrals", "Referrals", "count")
    rate = _indicator("plans", "Plans started", "rate", base=10_000, kind_of_count="independent")
    missing = _indicator("missing", "Children missing", "count")
    never = _indicator("none", "Never counted", "count")
    rows = [
        row("referrals", "2018-19", 5135),
        row("referrals", "2019-20", 4368),
        row("plans", "2018-19", 86),
        row("plans", "2019-20", 65),
        row("plans", "2019-20", 56, area="england"),
        row("missing", "2018-19", 40, public=False),
        row("missing", "2019-20", 3, public=False),
    ]
    load_figures(rows, by=system_actor(), at=NOW)
    work_out(partnership)
    sections = [
        SectionPlan("front-door", "The front door", "What came in.", (referrals,)),
        SectionPlan("plans", "Plans", "", (rate, missing, never)),
    ]
    report = plan_report(
        partnership=partnership,
        span=financial_year(2019),
        title="Yearly report 2019-20",
        sections=sections,
        by=system_actor(),
        reconstructed_from=dataset,
    )
    return Planned(
        partnership=partnership,
        report=report,
        referrals=referrals,
        unit=person(partnership, RoleName.BUSINESS_UNIT, "unit"),
        signatory=person(partnership, RoleName.SIGNATORY, "signatory"),
        council=person(partnership, RoleName.COUNCIL_SCRUTINY, "council"),
    )


def _indicator(code: str, name: str, unit: str, **more: object) -> Indicator:
    fields = {"polarity": "neutral", "kind_of_count": "clustered", "roll_up": "none"} | more
    return Indicator.objects.create(
        code=code,
        name=name,
        definition=f"{name}, counted.",
        unit=unit,
        theme="front-door",
        **fields,
    )
