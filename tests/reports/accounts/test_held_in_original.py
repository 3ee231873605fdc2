"""What the original of a reconstruction holds beside what is told."""

import pytest

from reports.accounts import AccountError
from reports.accounts.held_in_original import HELD, HELD_IN_ORIGINAL
from reports.models import AnnualReport
from tests.factories import DatasetFactory
from tests.reports.accounts.told import block_of, told


@pytest.fixture
def reconstruction(report: AnnualReport) -> AnnualReport:
    report.reconstructed_from = DatasetFactory(kind="printed", owner=report.partnership)
    report.save()
    return report


@pytest.mark.parametrize("what", HELD)
def test_what_the_original_holds_is_said_in_a_line_without_a_title(
    reconstruction: AnnualReport, what: str
) -> None:
    block = block_of(HELD_IN_ORIGINAL, reconstruction, what)
    assert (block.key, block.title) == (f"held-in-original-{what}", "")
    assert told(block) == [HELD[what]]


def test_report_of_its_own_has_no_original(report: AnnualReport) -> None:
    with pytest.raises(AccountError, match="is not made from an original"):
        HELD_IN_ORIGINAL.read(report, "foreword")


def test_something_else_in_the_original_is_refused(reconstruction: AnnualReport) -> None:
    with pytest.raises(AccountError, match=r"one of foreword, statement, .*, not 'poem'"):
        HELD_IN_ORIGINAL.read(reconstruction, "poem")
