"""When the understanding is trained, and how that may fail; a small program stands in for Rasa's."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from askfirst import settings
from askfirst.errors import AskFirstError
from askfirst.supervisor import training

TRAINER = "import sys, pathlib; print('epoch 1'); pathlib.Path(sys.argv[1]).write_text('a model')"
BROKEN = "raise SystemExit('no examples for intent `why`')"


@pytest.fixture
def checkout(tmp_path) -> Path:
    folder = tmp_path / "checkout"
    for name in (
        "config.yml",
        "bot/domain.yml",
        "bot/a.py",
        "bot/understanding/lexicon/roles.yml",
        "data/nlu/why.yml",
        "requirements/rasa.txt",
        "README.md",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "bot/domain.yml",
        "bot/a.py",
        "bot/understanding/lexicon/roles.yml",
        "data/nlu/why.yml",
        "requirements/rasa.txt",
    ],
)
def test_a_change_to_what_it_is_trained_from_asks_for_another_model(checkout, name):
    before = training.model_path(Path("models"), checkout)

    (checkout / name).write_text("changed", encoding="utf-8")

    assert training.model_path(Path("models"), checkout) != before


def test_a_file_that_moves_asks_for_another_model(checkout):
    before = training.fingerprint(checkout)

    (checkout / "data/nlu/why.yml").rename(checkout / "data/nlu/wherefore.yml")

    assert training.fingerprint(checkout) != before


def test_a_change_to_anything_else_does_not(checkout):
    before = training.fingerprint(checkout)

    (checkout / "README.md").write_text("changed", encoding="utf-8")

    assert training.fingerprint(checkout) == before


def test_nothing_is_taken_over_from_an_earlier_training(tmp_path):
    """Rasa would keep weights as long as the messages stay the same, whatever has changed in the code."""
    from askfirst.supervisor import parts

    current = settings.load({"ASKFIRST_HOME": str(tmp_path)})

    assert "--force" in training.train_command(tmp_path / "model.tar.gz")
    environment = parts.rasa_environment(current, parts.choose_ports(current), {})
    assert environment["RASA_MAX_CACHE_SIZE"] == "0"


def train(tmp_path: Path, monkeypatch, program: str) -> Path:
    current = settings.load(
        {"ASKFIRST_HOME": str(tmp_path / "home"), "ASKFIRST_MODELS": str(tmp_path / "models")}
    )
    monkeypatch.setattr(training, "train_command", lambda model: (sys.executable, "-c", program, str(model)))
    model = current.models / "abc.tar.gz"
    asyncio.run(training.train(current, model, dict(os.environ)))
    return model


def test_the_model_is_in_its_place_and_the_log_in_the_home(tmp_path, monkeypatch):
    model = train(tmp_path, monkeypatch, TRAINER)

    assert model.read_text() == "a model"
    assert [path.name for path in model.parent.glob("*.tar.gz")] == ["abc.tar.gz"]
    assert "epoch 1" in (tmp_path / "home" / "logs" / "training.log").read_text()


def test_a_training_that_fails_is_one_clear_line_and_leaves_no_model(tmp_path, monkeypatch):
    with pytest.raises(AskFirstError) as failed:
        train(tmp_path, monkeypatch, BROKEN)

    log = tmp_path / "home" / "logs" / "training.log"
    assert (
        str(failed.value) == f"the training failed with status 1: no examples for intent `why` (see `{log}`)"
    )
    assert list((tmp_path / "models").glob("*.tar.gz")) == []


def test_a_model_that_somebody_else_has_trained_meanwhile_is_taken(tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "abc.tar.gz").write_text("theirs")

    assert train(tmp_path, monkeypatch, BROKEN).read_text() == "theirs"


def test_only_the_newest_models_are_kept(tmp_path, monkeypatch):
    models = tmp_path / "models"
    models.mkdir()
    for age in range(5):
        (models / f"old{age}.tar.gz").write_text("")
        os.utime(models / f"old{age}.tar.gz", (1_000_000 - age, 1_000_000 - age))

    train(tmp_path, monkeypatch, TRAINER)

    assert sorted(path.name for path in models.glob("*.tar.gz")) == [
        "abc.tar.gz",
        "old0.tar.gz",
        "old1.tar.gz",
    ]


def test_there_are_names_to_train_with_where_no_home_was_prepared(tmp_path, monkeypatch):
    """Names are masked before messages are learnt from: without any, another model would come out."""
    from click.testing import CliRunner

    from askfirst.cli.train import command

    seen = []

    async def trains(current, model, environment):
        seen.append((current.gazetteer.is_file(), environment["ASKFIRST_GAZETTEER"]))

    monkeypatch.setattr(training, "train", trains)
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASKFIRST_MODELS", str(tmp_path / "models"))

    result = CliRunner().invoke(command, [])

    assert result.exit_code == 0, result.output
    assert seen == [(True, str(tmp_path / "home" / "gazetteer.json"))]
