"""A grid of outcomes is put together in few blocks that cover it exactly."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from guidelines.blocks import blocks


@st.composite
def grids(draw: st.DrawFn) -> dict[tuple[int, ...], str]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    cells = list(product(*map(range, sizes)))
    return {cell: draw(st.sampled_from("ab")) for cell in cells}


@given(grids())
def test_every_cell_is_in_one_block_and_that_has_its_outcome(grid: dict[tuple[int, ...], str]) -> None:
    found = [(cell, block.outcome) for block in blocks(grid) for cell in product(*block.sides)]
    assert sorted(found) == sorted(grid.items())


def test_what_agrees_is_one_block() -> None:
    grid = dict.fromkeys(product(range(3), range(4), range(2)), "no")
    assert [block.outcome for block in blocks(grid)] == ["no"]


def test_one_exception_is_told_in_four_blocks_and_not_cell_by_cell() -> None:
    grid = {cell: "yes" if cell == (1, 2, 0) else "no" for cell in product(range(3), range(4), range(2))}
    assert sorted(block.outcome for block in blocks(grid)) == ["no", "no", "no", "yes"]
