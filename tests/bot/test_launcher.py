"""The launcher: what it leaves out, how plainly it says so, and that Rasa's own commands still work."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
import yaml

from .conftest import ROOT, Actions, Server, leftout, serve

pytestmark = pytest.mark.slow

Rasa = Callable[..., "subprocess.CompletedProcess[str]"]


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The lines about what is left out, without colours."""
    lines = re.sub(r"\x1b\[\d+m", "", done.stdout + done.stderr).splitlines()
    return [line for line in lines if "left out" in line]


def with_file(project: Path, tmp_path: Path, name: str, content: dict[str, object]) -> Path:
    """A project like the small one, with one file of its own."""
    for path in project.iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / name).write_text(yaml.safe_dump(content), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", sorted(part.name for part in leftout.COMPONENTS.values()))
def test_a_left_out_component_in_the_configuration_is_named_in_one_line(
    rasa: Rasa, project: Path, tmp_path: Path, name: str
) -> None:
    config = yaml.safe_load((project / "config.yml").read_text(encoding="utf-8"))
    config["policies" if name.endswith("Policy") else "pipeline"].append({"name": name})

    done = rasa("train", "--dry-run", cwd=with_file(project, tmp_path, "config.yml", config))

    assert done.returncode == 1
    assert len(said(done)) == 1
    assert f"`{name}` is left out of this Rasa: it needs TensorFlow" in said(done)[0]
    assert "Use " in said(done)[0]
    assert "Traceback" not in done.stdout + done.stderr


def test_a_left_out_component_named_with_its_module_is_found_too(
    rasa: Rasa, project: Path, tmp_path: Path
) -> None:
    config = yaml.safe_load((project / "config.yml").read_text(encoding="utf-8"))
    config["pipeline"].append({"name": "rasa.nlu.classifiers.diet_classifier.DIETClassifier"})

    done = rasa("train", "--dry-run", cwd=with_file(project, tmp_path, "config.yml", config))

    assert len(said(done)) == 1


@pytest.mark.parametrize("name", ["slack", "telegram", "rasa", "rasa.core.channels.facebook.FacebookInput"])
def test_a_left_out_channel_is_named_in_one_line(
    rasa: Rasa, project: Path, model: Path, tmp_path: Path, name: str
) -> None:
    cwd = with_file(project, tmp_path, "credentials.yml", {name: {"token": "t"}})

    done = rasa(
        "run",
        "--model",
        str(model),
        "--credentials",
        "credentials.yml",
        cwd=cwd,
        ASKFIRST_ACTIONS_URL="http://x",
    )

    assert done.returncode == 1
    assert len(said(done)) == 1
    assert "AskFirstChannel" in said(done)[0]
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("tracker_store", "redis"),
        ("tracker_store", "mongod"),
        ("tracker_store", "dynamo"),
        ("lock_store", "redis"),
        ("event_broker", "kafka"),
    ],
)
def test_a_left_out_store_is_named_in_one_line(
    rasa: Rasa, project: Path, model: Path, tmp_path: Path, part: str, kind: str
) -> None:
    cwd = with_file(project, tmp_path, "endpoints.yml", {part: {"type": kind, "url": "somewhere"}})

    done = rasa("run", "--model", str(model), "--endpoints", "endpoints.yml", cwd=cwd)

    assert done.returncode == 1
    assert len(said(done)) == 1
    assert f"`{kind}`" in said(done)[0]
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [["run", "actions"], ["shell"], ["interactive"], ["init", "--no-prompt"], ["visualize"], ["x"]],
)
def test_a_left_out_command_is_named_in_one_line(rasa: Rasa, tmp_path: Path, command: list[str]) -> None:
    done = rasa(*command, cwd=tmp_path)

    assert done.returncode in (1, 2)
    assert len(said(done)) == 1
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--enable-api"],
        ["-i", "0.0.0.0"],
        ["--interface=0.0.0.0"],
        ["-i0.0.0.0"],
        ["--interface", "example.org"],
    ],
)
def test_a_server_that_others_could_reach_is_refused(rasa: Rasa, arguments: list[str]) -> None:
    done = rasa("run", *arguments)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_server_listens_on_loopback_only(server: Server) -> None:
    listening = {
        connection.laddr.ip
        for connection in psutil.Process(server.process.pid).net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}


def test_the_server_is_one_process_of_moderate_size(server: Server) -> None:
    process = psutil.Process(server.process.pid)

    assert process.children() == []
    assert process.memory_info().rss < 350 * 2**20


def test_the_server_talks_to_nobody_but_the_action_server(server: Server, actions: Actions) -> None:
    server.says("can I use this app on my phone")

    remote = {
        connection.raddr.port
        for connection in psutil.Process(server.process.pid).net_connections(kind="inet")
        if connection.raddr and connection.laddr.port != server.port
    }
    assert remote <= {actions.port}


@pytest.fixture
def second_server(model: Path, project: Path, actions: Actions, tmp_path: Path) -> Iterator[Server]:
    yield from serve(model, project, actions.url, tmp_path / "rasa.log")


def test_the_server_stops_at_once_also_while_a_client_is_connected(second_server: Server) -> None:
    with httpx.Client() as client:
        client.get(f"{second_server.address}/webhooks/askfirst/health")
        second_server.process.terminate()
        # Left to itself, Sanic would wait fifteen seconds for the client.
        second_server.process.wait(timeout=12)


def test_a_damaged_model_is_not_healthy_and_answers_with_an_error(
    project: Path, actions: Actions, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(b"not a model")

    with pytest.raises(AssertionError, match="did not start"):
        next(serve(damaged, project, actions.url, tmp_path / "rasa.log", patience=8))


def test_rasas_data_validation_works(rasa: Rasa) -> None:
    done = rasa("data", "validate", "--fail-on-warnings")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "No story structure conflicts found" in done.stdout + done.stderr


def test_rasas_own_tests_work_and_leave_their_reports(rasa: Rasa, model: Path, project: Path) -> None:
    done = rasa("test", "--model", str(model), "--stories", "test_stories.yml", "--nlu", "data/nlu.yml")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Correct:          2 / 2" in done.stdout + done.stderr
    assert (project / "results" / "intent_report.json").is_file()


def test_nothing_that_is_left_out_is_installed() -> None:
    pins = (ROOT / "requirements" / "rasa.txt").read_text(encoding="utf-8")
    installed = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([\w.-]+)==", pins, re.M)}
    wanted = {name.replace("_", "-") for name in leftout.PACKAGES} | {"tensorflow", "redis"}

    assert len(installed) > 50
    assert not installed & wanted


def test_the_pins_hold_hashes_and_no_address() -> None:
    pins = (ROOT / "requirements" / "rasa.txt").read_text(encoding="utf-8")
    names = re.findall(r"^[\w.-]+==", pins, re.M)

    assert pins.count("--hash=sha256:") >= len(names)
    assert "://" not in pins
    assert "index-url" not in pins
