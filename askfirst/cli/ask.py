"""Ask a question in plain words of the running front door."""

import json
import uuid

import click
import httpx

from askfirst import settings
from askfirst.errors import AskFirstError

_PATH = "/api/v1/messages"


class NoAnswer(AskFirstError):
    """The front door is not there, or gave no answer."""


@click.command()
@click.argument("text")
@click.option("--conversation", metavar="ID", help="Go on with this conversation; a new one if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the replies as the API gives them.")
def command(text: str, conversation: str | None, as_json: bool) -> int:
    """Ask TEXT of the front door that runs at ASKFIRST_PORT."""
    if not text.strip():
        raise click.UsageError("the question is empty: write it as TEXT, in quotes")
    configured = settings.load()
    body = _asked(configured, conversation or uuid.uuid4().hex, text)
    replies = body.get("replies") or []
    if as_json:
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        for reply in replies:
            click.echo(reply["text"])
            for button in reply.get("buttons") or ():
                click.echo(f"  [{button['title']}]")
    return 1 if any(reply["payload"]["kind"] == "error" for reply in replies) else 0


def _asked(configured: settings.Settings, conversation: str, text: str) -> dict:
    token = next(iter(configured.api_tokens), None)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    # One instance on this machine: no proxy stands between.
    with httpx.Client(trust_env=False, timeout=configured.turn_timeout + 5, headers=headers) as client:
        try:
            response = client.post(
                configured.address + _PATH, json={"conversation": conversation, "text": text}
            )
        except httpx.TimeoutException:
            raise NoAnswer(f"the front door at {configured.address} did not answer in time") from None
        except httpx.HTTPError:
            raise NoAnswer(
                f"nothing answers at {configured.address}: start it with `askfirst up`, or set ASKFIRST_PORT"
            ) from None
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or "replies" not in body:
        said = body.get("error") if isinstance(body, dict) else None
        raise NoAnswer(f"the front door at {configured.address} refused: {said or response.status_code}")
    return body
