"""The supervisor, with real processes: small servers in place of the real parts."""

import os
import signal
import socket
import urllib.request

import pytest

from tests.askfirst.conftest import alive, eventually


def test_it_prints_the_address_once_everything_answers(up):
    running = up().until_ready()

    assert f"AskFirst is ready at http://127.0.0.1:{running.port}" in running.said
    assert "Preparing the database" in running.said
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/health") as answer:
        assert answer.status == 200


def test_what_needs_all_the_others_starts_after_them(up):
    running = up("slow").until_ready()

    assert "it was there" in (running.home / "logs" / "gate.log").read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_cleanly_and_leaves_nothing_running(up, number):
    running = up().until_ready()
    pids = running.pids()

    assert running.end(number) == 0

    assert running.said.endswith("Stopping ...\nStopped.\n")
    assert not any(alive(pid) for pid in pids)
    assert not (running.home / "supervisor.json").exists()


def test_a_part_that_will_not_stop_is_killed(up):
    running = up("stubborn").until_ready()
    pids = running.pids()

    assert running.end() == 0

    assert not any(alive(pid) for pid in pids)


def test_nothing_is_left_when_the_supervisor_itself_is_killed(up):
    running = up().until_ready()
    pids = running.pids()

    running.end(signal.SIGKILL)

    eventually(lambda: not any(alive(pid) for pid in pids))


def test_what_a_part_has_started_ends_with_it(up):
    running = up("grandchild").until_ready()
    log = (running.home / "logs" / "inner.log").read_text()
    grandchild = int(log.split("grandchild ")[1].split()[0])
    assert alive(grandchild)

    running.end()

    eventually(lambda: not alive(grandchild))


def test_a_part_that_ends_is_started_again(up):
    running = up().until_ready()
    before = running.state["parts"]["inner"]["pid"]

    os.kill(before, signal.SIGKILL)

    eventually(
        lambda: running.state["parts"]["inner"]["ready"] and running.state["parts"]["inner"]["pid"] != before
    )
    assert running.state["parts"]["inner"]["restarts"] == 1
    assert "the inner server ended (signal 9); starting it again" in running.said


def test_a_part_that_no_longer_answers_is_started_again(up):
    running = up().until_ready()
    before = running.state["parts"]["inner"]

    with socket.create_connection(("127.0.0.1", before["port"])) as deaf:
        deaf.sendall(b"GET /hang HTTP/1.0\r\n\r\n")
        eventually(lambda: running.state["parts"]["inner"]["pid"] not in (None, before["pid"]))

    eventually(lambda: running.state["parts"]["inner"]["ready"])
    assert "no answer to 3 checks in a row" in (running.home / "logs" / "inner.log").read_text()


def test_a_part_that_never_starts_ends_everything_with_one_clear_line(up):
    running = up("broken")

    assert running.process.wait(15) == 1

    last = running.said.splitlines()[-1]
    assert last.startswith("the inner server does not start (status 1): the cupboard is bare (see `")
    assert "Traceback" not in running.said


def test_a_database_that_cannot_be_prepared_is_one_clear_line(up):
    running = up("unprepared")

    assert running.process.wait(15) == 1

    assert running.said.splitlines()[-1] == "the database could not be prepared: the disk is full"


def test_a_second_one_on_the_same_home_says_so_in_one_line(up):
    first = up().until_ready()

    second = up(home="home", ASKFIRST_PORT=str(first.port + 1))

    assert second.process.wait(15) == 1
    assert second.said == (
        f"AskFirst is already running on `{first.home}` (process {first.process.pid}, "
        f"http://127.0.0.1:{first.port}): stop that one, or set another ASKFIRST_HOME\n"
    )


def test_a_port_in_use_is_one_clear_line(up):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        running = up(ASKFIRST_PORT=str(port))
        assert running.process.wait(15) == 1

    assert (
        running.said.splitlines()[-1]
        == f"port `{port}` on 127.0.0.1 is in use: set ASKFIRST_PORT to another one"
    )


def test_two_with_their_own_homes_and_ports_run_side_by_side(up):
    one, other = up(home="one"), up(home="other")
    one.until_ready()
    other.until_ready()

    assert one.end() == 0
    assert all(alive(pid) for pid in other.pids())


def test_a_home_whose_supervisor_was_killed_can_be_used_again(up):
    first = up().until_ready()
    first.end(signal.SIGKILL)

    again = up().until_ready()

    assert again.end() == 0


def test_it_can_be_stopped_while_it_is_still_starting(up):
    running = up()
    eventually(lambda: "Preparing" in running.said)

    assert running.end() == 0


def test_what_the_parts_print_is_in_their_logs_with_the_time(up):
    running = up().until_ready()
    running.end()

    line = (running.home / "logs" / "web.log").read_text().splitlines()[0]
    assert line[:2] == "20"
    assert "GET /health" in line
