"""Writers of one process go in the order they came, and give up in time."""

import threading
import time

import pytest
from sqlalchemy import text

from answers.turnstile import Turnstile
from guidelines.store.database import DatabaseAway


def test_writers_go_in_the_order_they_came(database):
    turnstile = Turnstile(database)
    order: list[int] = []
    entered = threading.Event()

    def hold() -> None:
        with turnstile.transaction():
            entered.set()
            time.sleep(0.3)

    def write(number: int) -> None:
        with turnstile.transaction() as session:
            session.execute(text("SELECT 1"))
            order.append(number)

    threads = [threading.Thread(target=hold)]
    threads[0].start()
    entered.wait(5)
    for number in range(5):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        time.sleep(0.02)
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def test_a_writer_that_waits_too_long_gives_up_and_the_next_one_still_gets_in(database):
    turnstile = Turnstile(database, patience=0.1)
    with turnstile.transaction(), pytest.raises(DatabaseAway), turnstile.transaction():
        pytest.fail("two writers at once")

    with turnstile.transaction() as session:
        assert session.scalar(text("SELECT 1")) == 1


def test_a_transaction_that_fails_lets_the_next_one_in(database):
    turnstile = Turnstile(database, patience=0.1)
    with pytest.raises(ZeroDivisionError), turnstile.transaction():
        raise ZeroDivisionError

    with turnstile.transaction() as session:
        assert session.scalar(text("SELECT 1")) == 1
