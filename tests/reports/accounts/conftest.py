"""A report on 2019-20, of which each test tells something."""

import pytest

from reports.models import AnnualReport
from tests.report_factories import AnnualReportFactory


@pytest.fixture
def report(db: None) -> AnnualReport:
    return AnnualReportFactory()
