"""The garbage collector while a file is made."""

import gc
import weakref

import pytest

from reports.outputs.collecting import collected_at_the_end


class Ring:
    """Refers to itself, as the boxes of a layout do."""

    def __init__(self) -> None:
        self.me = self


def _left_behind() -> "weakref.ref[Ring]":
    return weakref.ref(Ring())


def test_what_became_garbage_within_is_gone_at_the_end() -> None:
    with collected_at_the_end():
        left = _left_behind()
        assert left() is not None
    assert left() is None


def test_what_was_there_before_is_not_looked_at() -> None:
    gc.disable()
    try:
        before = _left_behind()
        with collected_at_the_end():
            pass
        assert before() is not None
        assert not gc.isenabled()
    finally:
        gc.enable()
    gc.collect()
    assert before() is None


def test_collector_works_on_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), collected_at_the_end():
        _ = 1 / (0 if not gc.isenabled() else 1)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
