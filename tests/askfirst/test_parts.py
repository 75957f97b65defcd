"""What the parts are told, and where they listen."""

import socket

import pytest

from askfirst import settings
from askfirst.errors import AskFirstError
from askfirst.supervisor import parts, ports
from askfirst.supervisor.parts import Ports

INNER = Ports(rasa=20001, actions=20002)


def given(**environment: str) -> settings.Settings:
    return settings.load({"ASKFIRST_HOME": "/srv/askfirst", **environment})


def test_the_parts_are_told_every_setting_that_was_left_open():
    told = parts.environment(given(ASKFIRST_PORT="9000"), INNER, {"PATH": "/bin"})

    assert settings.load(told) == settings.load(
        {
            "ASKFIRST_HOME": "/srv/askfirst",
            "ASKFIRST_PORT": "9000",
            "ASKFIRST_RASA_PORT": "20001",
            "ASKFIRST_ACTIONS_PORT": "20002",
        }
    )
    assert told["PATH"] == "/bin"


def test_rasa_is_told_no_secrets():
    deployment = {
        "ASKFIRST_MODE": "deployment",
        "ASKFIRST_API_TOKENS": "s3cret",
        "ASKFIRST_DATABASE_URL": "postgresql://me:hunter2@db/askfirst",
    }

    told = parts.rasa_environment(given(**deployment), INNER, deployment)

    assert "s3cret" not in str(told)
    assert "hunter2" not in str(told)


def test_rasa_is_told_where_the_action_server_is():
    told = parts.rasa_environment(given(), INNER, {})

    assert told["ASKFIRST_ACTIONS_URL"] == "http://127.0.0.1:20002/webhook"


def test_the_inner_servers_listen_on_this_machine_only():
    deployment = given(ASKFIRST_MODE="deployment", ASKFIRST_API_TOKENS="s3cret", ASKFIRST_HOST="0.0.0.0")

    rasa = parts.rasa_server(deployment, INNER, deployment.models / "abc.tar.gz")

    assert "0.0.0.0" not in rasa.command
    assert parts.action_server(deployment, INNER).host == rasa.host == "127.0.0.1"


def test_an_inner_port_that_is_in_use_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AskFirstError) as refused:
            parts.choose_ports(given(ASKFIRST_ACTIONS_PORT=str(port)))

    assert (
        str(refused.value)
        == f"port `{port}` on 127.0.0.1 is in use: set ASKFIRST_ACTIONS_PORT to another one"
    )


def test_ports_that_are_chosen_differ_and_are_free():
    chosen = parts.choose_ports(given())

    assert chosen.rasa != chosen.actions
    assert ports.is_free(chosen.rasa)
    assert ports.is_free(chosen.actions)
