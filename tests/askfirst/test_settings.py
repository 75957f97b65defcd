"""The settings: what is read from the environment, and what is refused."""

from pathlib import Path

import pytest

from askfirst import settings
from askfirst.errors import SettingError

HOME = "/srv/askfirst"


def test_with_nothing_set_it_is_a_demo_on_this_machine():
    found = settings.load({})

    assert found.mode == "demo"
    assert found.address == "http://127.0.0.1:8000"
    assert found.home == settings.CHECKOUT / ".askfirst"
    assert found.database_url == f"sqlite:///{found.home / 'askfirst.db'}"


def test_the_home_holds_the_database_and_the_gazetteer():
    found = settings.load({"ASKFIRST_HOME": HOME})

    assert found.database_url == f"sqlite:///{HOME}/askfirst.db"
    assert found.gazetteer == Path(HOME, "gazetteer.json")
    assert found.logs == Path(HOME, "logs")


def test_an_empty_variable_counts_as_not_set():
    assert settings.load({"ASKFIRST_PORT": " "}).port == 8000


def test_lists_are_separated_by_commas():
    found = settings.load({"ASKFIRST_PACKS": "core, australia,"})

    assert found.packs == ("core", "australia")


def test_a_postgresql_address_gets_the_driver_that_is_installed():
    found = settings.load({"ASKFIRST_DATABASE_URL": "postgresql://me@db/askfirst"})

    assert found.database_url == "postgresql+psycopg://me@db/askfirst"


def test_a_relative_sqlite_file_is_the_same_one_for_every_process(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    found = settings.load({"ASKFIRST_DATABASE_URL": "sqlite:///mine.db"})

    assert found.database_url == f"sqlite:///{tmp_path}/mine.db"


def test_an_ipv6_address_is_written_in_brackets():
    assert settings.load({"ASKFIRST_HOST": "::1"}).address == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("ASKFIRST_PORT", "http", "ASKFIRST_PORT=`http` must be a port, a number from 1 to 65535"),
        ("ASKFIRST_PORT", "70000", "ASKFIRST_PORT=`70000` must be a port, a number from 1 to 65535"),
        ("ASKFIRST_MODE", "prod", "ASKFIRST_MODE=`prod` must be one of demo, deployment"),
        ("ASKFIRST_LOG_LEVEL", "all", "ASKFIRST_LOG_LEVEL=`all` must be one of debug, info, warning, error"),
        (
            "ASKFIRST_TURN_TIMEOUT",
            "0",
            "ASKFIRST_TURN_TIMEOUT=`0` must be a number of seconds, more than 0 and at most 600",
        ),
        (
            "ASKFIRST_MODE",
            "deployment",
            "ASKFIRST_MODE=`deployment` needs ASKFIRST_API_TOKENS, the tokens that programs may send",
        ),
    ],
)
def test_a_bad_value_is_one_clear_line(name, value, complaint):
    with pytest.raises(SettingError) as refused:
        settings.load({name: value})

    assert str(refused.value) == complaint


def test_a_demo_is_never_open_to_other_machines():
    with pytest.raises(SettingError, match="ASKFIRST_HOST=`0.0.0.0` would open a demo"):
        settings.load({"ASKFIRST_HOST": "0.0.0.0"})


def test_a_deployment_with_tokens_may_listen_to_other_machines():
    found = settings.load(
        {"ASKFIRST_MODE": "deployment", "ASKFIRST_API_TOKENS": "s3cret", "ASKFIRST_HOST": "0.0.0.0"}
    )

    assert found.api_tokens == ("s3cret",)


def test_two_servers_cannot_share_a_port():
    with pytest.raises(SettingError, match="must differ"):
        settings.load({"ASKFIRST_PORT": "9000", "ASKFIRST_RASA_PORT": "9000"})


def test_a_complaint_about_the_database_does_not_repeat_its_password():
    with pytest.raises(SettingError) as refused:
        settings.load({"ASKFIRST_DATABASE_URL": "mysql://me:hunter2@db/askfirst"})

    assert "hunter2" not in str(refused.value)


def test_secrets_do_not_show_when_settings_are_printed():
    found = settings.load(
        {"ASKFIRST_API_TOKENS": "s3cret", "ASKFIRST_DATABASE_URL": "postgresql://me:hunter2@db/askfirst"}
    )

    assert "s3cret" not in repr(found)
    assert "hunter2" not in repr(found)


def test_a_setting_with_a_slip_in_its_name_is_noticed():
    found = settings.unknown({"ASKFIRST_PROT": "9000", "ASKFIRST_COLOUR": "red", "PATH": "/bin"})

    assert found == {"ASKFIRST_COLOUR": None, "ASKFIRST_PROT": "ASKFIRST_PORT"}
