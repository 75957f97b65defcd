"""What a person sees while something takes long."""

import asyncio
import io

import pytest

from askfirst.supervisor.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines_left(text: str) -> list[str]:
    """What a terminal shows in the end: a carriage return and `erase` start the line again."""
    return [line.rpartition("\r\x1b[K")[2] for line in text.rstrip("\n").split("\n")]


def run(stream, *said: str) -> str:
    async def work() -> None:
        progress = Progress(stream)
        async with progress.step("Training"):
            await asyncio.sleep(0.01)
            for line in said:
                progress.say(line)

    asyncio.run(work())
    return stream.getvalue()


def test_on_a_terminal_a_step_is_one_line_that_is_rewritten():
    shown = run(Terminal())

    assert shown.startswith("\r\x1b[KTraining ... 0 s")
    assert lines_left(shown) == ["Training ... 0 s"]


def test_elsewhere_a_step_is_plain_lines():
    assert run(io.StringIO()) == "Training ...\nTraining ... 0 s\n"


def test_something_said_meanwhile_does_not_break_the_line():
    assert lines_left(run(Terminal(), "The server ended.")) == ["The server ended.", "Training ... 0 s"]


def test_a_step_that_fails_leaves_the_cursor_on_a_line_of_its_own():
    terminal = Terminal()

    async def work() -> None:
        async with Progress(terminal).step("Training"):
            await asyncio.sleep(0.01)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(work())
    assert terminal.getvalue().endswith("\n")


def test_a_terminal_that_is_gone_stops_nothing():

    class Gone(Terminal):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    Progress(Gone()).say("hello")
