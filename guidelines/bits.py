"""Integers used as sets of small numbers, one bit a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def of(places: Iterable[int]) -> int:
    """The integer with these bits set, in time that does not grow with the square of their number."""
    held = list(places)
    if len(held) < 8:
        return sum([1 << place for place in held])
    packed = bytearray((max(held) >> 3) + 1)
    for place in held:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


def places(bits: int) -> Iterator[int]:
    """Where the bits are, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def several(bits: int) -> bool:
    """Whether more than one bit is set."""
    return bits & (bits - 1) != 0
