"""The settings: every one an environment variable named ASKFIRST_*, all of them in the table of this module.

`docs/settings.md` lists them for people, and a test holds the two together.
"""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from askfirst import reading
from askfirst.errors import SettingError

CHECKOUT = Path(__file__).resolve().parent.parent
PREFIX = "ASKFIRST_"
LOG_LEVELS = ("debug", "info", "warning", "error")

Mode = Literal["demo", "deployment"]


@dataclass(frozen=True)
class Setting:
    """One line of the table: its variable, the default as people read it, and what it means."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any]

    @property
    def field(self) -> str:
        """The attribute of `Settings` that holds it."""
        return self.name.removeprefix(PREFIX).lower()


TABLE: tuple[Setting, ...] = (
    Setting(
        "ASKFIRST_HOME", "`.askfirst` in the checkout", "the folder of everything it writes", reading.path
    ),
    Setting(
        "ASKFIRST_MODE",
        "`demo`",
        "`demo` listens on this machine only and answers the API without a token; `deployment` demands one",
        reading.one_of("demo", "deployment"),
    ),
    Setting("ASKFIRST_HOST", "`127.0.0.1`", "the address that the front door listens on", str),
    Setting("ASKFIRST_PORT", "`8000`", "the port that the front door listens on", reading.port),
    Setting(
        "ASKFIRST_API_TOKENS",
        "none",
        "the tokens that programs may send as `Authorization: Bearer ...`, separated by commas",
        reading.names,
    ),
    Setting(
        "ASKFIRST_DATABASE_URL",
        "`askfirst.db` in the home, SQLite",
        "the database: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`",
        reading.database_url,
    ),
    Setting(
        "ASKFIRST_PACKS",
        "those marked `default: true`",
        "the packs published when the database has no edition yet, separated by commas",
        reading.names,
    ),
    Setting(
        "ASKFIRST_MODELS",
        "`models` in the home",
        "the folder of trained models; they depend on the checkout alone, so homes may share one",
        reading.path,
    ),
    Setting(
        "ASKFIRST_GAZETTEER",
        "`gazetteer.json` in the home",
        "the names that the understanding looks for, written whenever an edition is published",
        reading.path,
    ),
    Setting("ASKFIRST_RASA_PORT", "a free port", "the port of the Rasa server, on 127.0.0.1", reading.port),
    Setting(
        "ASKFIRST_ACTIONS_PORT", "a free port", "the port of the action server, on 127.0.0.1", reading.port
    ),
    Setting(
        "ASKFIRST_TURN_TIMEOUT",
        "`10`",
        "seconds that the front door waits for an answer before it apologises",
        reading.seconds,
    ),
    Setting(
        "ASKFIRST_SIGN_IN",
        "`personas` in a demo, `oidc` with an issuer, else `off`",
        "how people sign in to the console: `personas` to choose from (a demo only), `oidc`, or `off`",
        reading.one_of("personas", "oidc", "off"),
    ),
    Setting(
        "ASKFIRST_SESSION_HOURS",
        "`8`",
        "hours after which people have to sign in again",
        reading.whole(1, 72),
    ),
    Setting(
        "ASKFIRST_PUBLIC_URL",
        "the address of the request",
        "the address that people reach the front door by, where a server stands before it",
        reading.web_address,
    ),
    Setting(
        "ASKFIRST_OIDC_ISSUER",
        "none",
        "the OpenID Connect provider that people sign in at",
        reading.web_address,
    ),
    Setting("ASKFIRST_OIDC_CLIENT_ID", "none", "what the provider calls this deployment", str),
    Setting(
        "ASKFIRST_OIDC_CLIENT_SECRET", "none", "what this deployment proves itself with to the provider", str
    ),
    Setting("ASKFIRST_OIDC_SCOPE", "`openid profile email`", "what is asked of the provider", str),
    Setting(
        "ASKFIRST_OIDC_ROLES_CLAIM",
        "`roles`",
        "the claim that holds what somebody may do, a list or a text",
        str,
    ),
    Setting(
        "ASKFIRST_OIDC_ROLES",
        "the names themselves",
        "what values of that claim mean, as `value=part` separated by commas; parts are staff, policy-owner, "
        "approver, auditor, administrator",
        reading.pairs,
    ),
    Setting(
        "ASKFIRST_OIDC_TEAMS_CLAIM",
        "`teams`",
        "the claim that holds the teams whose guidelines somebody owns",
        str,
    ),
    Setting(
        "ASKFIRST_CHANNELS",
        "`answers/channels.yml` in the checkout",
        "a file of what may be said in each channel, over the one shipped",
        reading.path,
    ),
    Setting(
        "ASKFIRST_GATEWAY_TOKENS",
        "new at each start",
        "the tokens that gateways speak for people with, as `channel=token` separated by commas",
        reading.pairs,
    ),
    Setting(
        "ASKFIRST_TELEGRAM_TOKEN",
        "none",
        "the token of a Telegram bot, from BotFather; with one, the Telegram gateway runs too",
        reading.bot_token,
    ),
    Setting(
        "ASKFIRST_TELEGRAM_API",
        "`https://api.telegram.org`",
        "the address of the Bot API server",
        reading.web_address,
    ),
    Setting(
        "ASKFIRST_TELEGRAM_WEBHOOK",
        "none, long polling",
        "the https address at which Telegram reaches the gateway, where it is to push instead",
        reading.web_address,
    ),
    Setting(
        "ASKFIRST_TELEGRAM_PORT",
        "a free port",
        "the port of the Telegram gateway, on 127.0.0.1: its pulse, and what the webhook's address leads to",
        reading.port,
    ),
    Setting(
        "ASKFIRST_KEEP_TEXT_DAYS",
        "`90`",
        "days after which the words of questions are deleted; the counts stay",
        reading.whole(1, 3650),
    ),
    Setting(
        "ASKFIRST_SMALL_GROUP",
        "`5`",
        "people under which the console shows no role and no place of those who asked",
        reading.whole(2, 100),
    ),
    Setting(
        "ASKFIRST_MARKING",
        "none",
        "the classification marking on every page of a briefing, such as `OFFICIAL: Sensitive`",
        reading.marking,
    ),
    Setting(
        "ASKFIRST_BRIEFING_DAYS",
        "`90`",
        "days after which a briefing says to ask again, if nothing else comes first",
        reading.whole(1, 730),
    ),
    Setting(
        "ASKFIRST_LOG_LEVEL",
        "`info`",
        "how much is logged: " + ", ".join(LOG_LEVELS),
        reading.one_of(*LOG_LEVELS),
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force. `load` makes it; see `TABLE` for what each one means."""

    home: Path
    mode: Mode
    host: str
    port: int
    database_url: str = field(repr=False)
    models: Path
    gazetteer: Path
    api_tokens: tuple[str, ...] = field(default=(), repr=False)
    packs: tuple[str, ...] | None = None
    rasa_port: int | None = None
    actions_port: int | None = None
    turn_timeout: float = 10.0
    sign_in: str = "off"
    session_hours: int = 8
    public_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_scope: str = "openid profile email"
    oidc_roles_claim: str = "roles"
    oidc_roles: tuple[tuple[str, str], ...] = ()
    oidc_teams_claim: str = "teams"
    channels: Path | None = None
    gateway_tokens: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    telegram_token: str = field(default="", repr=False)
    telegram_api: str = "https://api.telegram.org"
    telegram_webhook: str = ""
    telegram_port: int | None = None
    keep_text_days: int = 90
    small_group: int = 5
    marking: str = ""
    briefing_days: int = 90
    log_level: str = "info"

    @property
    def address(self) -> str:
        """Where people reach the front door."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def public_address(self) -> str:
        """The address to hand to people: that of the server before this one, if there is one."""
        return self.public_url or self.address

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.home / "logs"


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment; an empty variable counts as not set.

    Raises:
        SettingError: a value cannot be used, or two of them contradict each other.
    """
    given: dict[str, Any] = {}
    for setting in TABLE:
        text = environ.get(setting.name, "").strip()
        if not text:
            continue
        try:
            given[setting.field] = setting.read(text)
        except ValueError as error:
            # A database address may hold a password.
            secret = (
                "ASKFIRST_DATABASE_URL",
                "ASKFIRST_OIDC_CLIENT_SECRET",
                "ASKFIRST_GATEWAY_TOKENS",
                "ASKFIRST_TELEGRAM_TOKEN",
            )
            shown = "" if setting.name in secret else f"=`{text}`"
            raise SettingError(f"{setting.name}{shown} {error}") from None
    home = given.setdefault("home", CHECKOUT / ".askfirst")
    given.setdefault("mode", "demo")
    given.setdefault("host", "127.0.0.1")
    given.setdefault("port", 8000)
    given.setdefault("database_url", f"sqlite:///{home / 'askfirst.db'}")
    given.setdefault("models", home / "models")
    given.setdefault("gazetteer", home / "gazetteer.json")
    given.setdefault("sign_in", _sign_in(given))
    settings = Settings(**given)
    _consistent(settings)
    return settings


def _sign_in(given: Mapping[str, Any]) -> str:
    if given.get("oidc_issuer"):
        return "oidc"
    return "personas" if given["mode"] == "demo" else "off"


def _consistent(settings: Settings) -> None:
    if settings.mode == "demo" and not _is_loopback(settings.host):
        raise SettingError(
            f"ASKFIRST_HOST=`{settings.host}` would open a demo, which asks for no token, to other machines: "
            "set ASKFIRST_MODE=deployment and ASKFIRST_API_TOKENS too"
        )
    if settings.mode == "deployment" and not settings.api_tokens:
        raise SettingError(
            "ASKFIRST_MODE=`deployment` needs ASKFIRST_API_TOKENS, the tokens that programs may send"
        )
    if settings.sign_in == "personas" and settings.mode != "demo":
        raise SettingError(
            "ASKFIRST_SIGN_IN=`personas` lets anybody in without a password, so it works in a demo on this "
            "machine only: set ASKFIRST_SIGN_IN=oidc and ASKFIRST_OIDC_ISSUER"
        )
    if settings.sign_in == "oidc" and not (settings.oidc_issuer and settings.oidc_client_id):
        raise SettingError(
            "ASKFIRST_SIGN_IN=`oidc` needs ASKFIRST_OIDC_ISSUER and ASKFIRST_OIDC_CLIENT_ID, the provider "
            "and what it calls this deployment"
        )
    if settings.mode == "deployment" and settings.oidc_issuer.startswith("http://"):
        host = urlsplit(settings.oidc_issuer).hostname or ""
        if not _is_loopback(host):
            raise SettingError(f"ASKFIRST_OIDC_ISSUER=`{settings.oidc_issuer}` must start with https://")
    tokens = [token for _, token in settings.gateway_tokens]
    if len(set(tokens)) < len(tokens) or set(tokens) & set(settings.api_tokens):
        raise SettingError(
            "ASKFIRST_GATEWAY_TOKENS must differ from each other and from ASKFIRST_API_TOKENS: a token says "
            "which channel speaks"
        )
    if settings.telegram_webhook.startswith("http://") and not _is_loopback(
        urlsplit(settings.telegram_webhook).hostname or ""
    ):
        raise SettingError(
            f"ASKFIRST_TELEGRAM_WEBHOOK=`{settings.telegram_webhook}` must start with https://, as Telegram "
            "delivers to no other"
        )
    ports = [settings.port, settings.rasa_port, settings.actions_port, settings.telegram_port]
    taken = [port for port in ports if port is not None]
    if len(set(taken)) < len(taken):
        raise SettingError(
            "ASKFIRST_PORT, ASKFIRST_RASA_PORT, ASKFIRST_ACTIONS_PORT and ASKFIRST_TELEGRAM_PORT must differ "
            "from each other"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def unknown(environ: Mapping[str, str] = os.environ) -> dict[str, str | None]:
    """The variables that look like settings and are none, each with the setting that was perhaps meant."""
    known = {setting.name.removeprefix(PREFIX) for setting in TABLE}
    given = {name.removeprefix(PREFIX) for name in environ if name.startswith(PREFIX)}
    near = {name: difflib.get_close_matches(name, sorted(known), 1, 0.7) for name in sorted(given - known)}
    return {PREFIX + name: PREFIX + meant[0] if meant else None for name, meant in near.items()}
