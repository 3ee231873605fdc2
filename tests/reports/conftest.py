"""A yearly report that can be built."""

import pytest

from tests.reports.planned import Planned, make_planned


@pytest.fixture
def planned(db: None) -> Planned:
    return make_planned()
