"""Transactions that are begun anew: after somebody else, and out of a knot of PostgreSQL."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from partnerships.models import Partnership
from partnerships.transactions import TIMES, Meanwhile, begin_again


def make_partnership(slug: str) -> Partnership:
    return Partnership.objects.create(slug=slug, name=slug, short_name=slug)


@pytest.mark.django_db
def test_it_is_undone_and_begun_anew_where_somebody_came_in_between() -> None:
    begun: list[int] = []

    @begin_again
    def verb(slug: str) -> int:
        begun.append(Partnership.objects.count())
        make_partnership(slug)
        if len(begun) < 3:
            raise Meanwhile
        return len(begun)

    assert verb("walsall") == 3
    assert begun == [0, 0, 0]
    assert Partnership.objects.get().slug == "walsall"


@pytest.mark.django_db
def test_it_gives_up_in_the_end_and_leaves_nothing() -> None:
    begun: list[int] = []

    @begin_again
    def verb() -> None:
        begun.append(1)
        make_partnership("walsall")
        raise Meanwhile

    with pytest.raises(Meanwhile):
        verb()

    assert len(begun) == TIMES
    assert not Partnership.objects.exists()


@pytest.mark.django_db
def test_another_error_ends_it_at_once() -> None:
    begun: list[int] = []

    @begin_again
    def verb() -> None:
        begun.append(1)
        raise OperationalError("the disk is full")

    with pytest.raises(OperationalError, match="the disk is full"):
        verb()

    assert begun == [1]


def tied(*, inside: bool) -> tuple[list[int], list[BaseException]]:
    """Two who hold what the other wants: the times each began, and what ended them.

    `inside` of a transaction that began before.
    """
    rows = [make_partnership("one"), make_partnership("two")]
    both_hold_one = threading.Barrier(2)
    begun, failures = [0, 0], list[BaseException]()

    @begin_again
    def hold_both(who: int) -> None:
        begun[who] += 1
        held = Partnership.objects.select_for_update()
        held.get(pk=rows[who].pk)
        if begun[who] == 1:
            both_hold_one.wait(timeout=20)
        held.get(pk=rows[1 - who].pk)

    def run(who: int) -> None:
        try:
            if inside:
                with transaction.atomic():
                    hold_both(who)
            else:
                hold_both(who)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(who,)) for who in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return begun, failures


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_knot_is_untied_by_beginning_one_of_the_two_anew() -> None:
    begun, failures = tied(inside=False)

    assert failures == []
    assert sorted(begun) == [1, 2]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_knot_inside_of_another_transaction_has_undone_that_and_is_told() -> None:
    begun, failures = tied(inside=True)

    assert begun == [1, 1]
    assert [type(each) for each in failures] == [OperationalError]
