"""Promises of Testshire, kept by its business unit."""

from collections.abc import Callable
from typing import Any

import pytest

from partnerships.calendar import store_period
from partnerships.models import Partnership, Promise, User
from partnerships.periods import parse
from partnerships.promises.actions import PromiseWords, save_promise

MakePromise = Callable[..., Promise]


@pytest.fixture
def promise(testshire: Partnership, business_unit: User) -> MakePromise:
    """Adds a promise for 2020-21 in the list of next steps, or changes it."""

    def make(
        code: str,
        text: str = "Do it",
        *,
        year: str = "2020-21",
        report_year: str = "2019-20",
        seen: int = 0,
        **told: Any,
    ) -> Promise:
        said: dict[str, Any] = {"in_list": "next-steps", "where_in_report": "Next steps"} | told
        words = PromiseWords(report_year=store_period(parse(report_year)), text=text, **said)
        return save_promise(
            partnership=testshire,
            year=store_period(parse(year)),
            code=code,
            words=words,
            seen=seen,
            by=business_unit,
        )

    return make
