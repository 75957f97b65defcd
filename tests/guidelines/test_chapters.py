"""The small parts of a compiled rule book, by themselves."""

import pytest

from guidelines import bits
from guidelines.chapters import Room, WorkedOut


def room_of(size: int) -> Room:
    room = Room(0)
    room.left = size
    return room


@pytest.mark.parametrize(("size", "worked_out"), [(10_000, 1), (0, 3)], ids=["room", "no room"])
def test_what_is_worked_out_is_the_same_each_time_and_kept_while_there_is_room(size, worked_out):
    asked = []

    def work_out(place: int) -> int:
        asked.append(place)
        return place << 4

    leavings = WorkedOut(work_out, room_of(size))

    assert [leavings[3] for _ in range(3)] == [48, 48, 48]
    assert asked == [3] * worked_out


def test_a_book_has_room_for_400_bytes_a_rule_and_two_mebibytes_at_least():
    assert [Room(rules).left for rules in (0, 100_000)] == [2 << 20, 40_000_000]


def test_room_is_taken_until_there_is_none():
    room = room_of(100)

    assert [(room.take(60), room.full), (room.take(40), room.full)] == [(True, False), (True, False)]
    assert [(room.take(1), room.full), (room.take(0), room.full)] == [(False, True), (True, True)]


def test_what_is_too_large_for_the_room_leaves_it_to_smaller_things():
    room = room_of(100)

    assert [room.take(60), room.take(60), room.take(40), room.take(1)] == [True, False, True, False]


def test_an_integer_that_many_places_share_takes_room_once():
    shared, other = 1 << 400, 1 << 401
    room = room_of(130)

    assert [room.keep(shared), room.keep(shared), room.keep(other)] == [True, True, False]


@pytest.mark.parametrize("places", [[], [0], [5], [0, 1], [3, 70], list(range(0, 90, 7))])
def test_bits_hold_the_places_they_were_made_of(places):
    held = bits.of(places)

    assert list(bits.places(held)) == places
    assert bits.several(held) == (len(places) > 1)
