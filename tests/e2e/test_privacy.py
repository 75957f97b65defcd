"""Nothing says who asked, and no log says what: every file of a home is looked through after it was used."""

import ipaddress
import signal

import httpx
import psutil
import pytest

from tests.e2e.system import System

# A word that nobody else says, and what says who somebody is.
WORD = "zorgblat"
PERSON = ("Quartermaine", "Wilhelmina", "0412 345 678", "0412345678", "quartermaine@", "PA1234567")
JSON = {"content-type": "application/json"}
SAID = (
    f"Can I use WhatsApp on my work phone in Japan? Wilhelmina Quartermaine, {WORD}, asks. I'm a diplomat",
    f"{WORD} frumious bandersnatch wilhelmina quartermaine",
    f"I'm Wilhelmina Quartermaine, 0412 345 678, w.quartermaine@dfat.gov.au, passport PA1234567, {WORD}",
    f"this is wrong, Wilhelmina Quartermaine of {WORD} said so",
    f"Brief me for Japan, with Ms Quartermaine, {WORD}",
)


@pytest.fixture(scope="module")
def used(system: System) -> System:
    """A system that was told all that, in whole and in parts that failed."""
    for number, text in enumerate(SAID):
        system.ask("one conversation", text)
        system.ask(f"conversation {number}", text)
    body = {"conversation": "x", "text": f"{WORD} Wilhelmina Quartermaine " * 200}
    assert system.post("/api/v1/messages", body).status_code == 422
    broken = f'{{"conversation": "x", "text": "{WORD} Quartermaine'
    assert httpx.post(f"{system.address}/api/v1/messages", content=broken, headers=JSON).status_code == 400
    for page in ("/check", "/", f"/{WORD}/Quartermaine"):
        httpx.get(f"{system.address}{page}", params={"app": WORD, "q": f"{WORD} Quartermaine"}, timeout=30)
    assert system.command("ask", SAID[0]).stdout
    system.signal("rasa", signal.SIGSTOP)
    try:
        assert system.post("/api/v1/messages", {"conversation": "late", "text": SAID[0]}).status_code == 503
    finally:
        system.signal("rasa", signal.SIGCONT)
    return system


def files_with(system: System, words: tuple[str, ...], folder: str = ".") -> list[str]:
    return [
        f"{file.relative_to(system.home)}: {word}"
        for file in (system.home / folder).rglob("*")
        if file.is_file()
        for word in words
        if word.casefold().encode() in file.read_bytes().lower()
    ]


def test_what_says_who_somebody_is_is_in_no_file(used):
    assert files_with(used, PERSON) == []


def test_what_was_asked_is_in_no_log(used):
    assert any((used.home / "logs").iterdir())
    assert files_with(used, (WORD, "bandersnatch"), "logs") == []


def test_every_connection_and_every_open_port_is_of_this_machine(used):
    used.ask("one more", SAID[0])
    supervisor = psutil.Process(used.process.pid)
    processes = [supervisor, *supervisor.children(recursive=True)]
    connections = [one for process in processes for one in process.net_connections()]

    assert len(processes) > len(used.parts)
    assert any(one.status == psutil.CONN_LISTEN for one in connections)
    ends = [end.ip for one in connections for end in (one.laddr, one.raddr) if end]
    assert {ip for ip in ends if not ipaddress.ip_address(ip).is_loopback} == set()


def test_nobody_else_on_the_machine_may_look_into_the_home(used):
    assert used.home.stat().st_mode & 0o077 == 0
