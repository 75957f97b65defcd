"""Links and one-time codes in the database. A code is kept as a keyed hash and works once, for minutes."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import Integer, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from answers.channels import Standing
from cases.privacy import pseudonym
from guidelines.store import audit
from guidelines.store.tables import Base, Moment
from web.turns import sender_of

LIFE = dt.timedelta(minutes=10)
# Without letters and digits that are taken for each other. 32 of them, 8 times: 40 bits, and few tries.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 8
_NOT_OF_A_CODE = re.compile(r"[\s-]")
# What stands for the client in the names of gateways' conversations: no client of the API can send it.
_GATEWAY = "\ngateway"


class LinkRow(Base):
    """One account of a channel that is a person's, with the role and the device they use it on."""

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(100))
    person: Mapped[str] = mapped_column(String(200), index=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(200))
    device: Mapped[str | None] = mapped_column(String(200))
    linked_at: Mapped[dt.datetime] = mapped_column(Moment)
    used_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("channel", "account", name="uq_links_account"),)


class LinkCodeRow(Base):
    """One code that was not used yet: for whom, and until when."""

    __tablename__ = "link_codes"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(200), index=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(200))
    device: Mapped[str | None] = mapped_column(String(200))
    expires_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


class CannotLink(ValueError):
    """A code or an account that does not fit; the line says what to do."""


@dataclass(frozen=True, slots=True)
class Link:
    """An account that is somebody's."""

    id: int
    channel: str
    account: str
    person: str
    name: str
    role: str | None
    device: str | None
    linked_at: dt.datetime
    used_at: dt.datetime | None

    @property
    def standing(self) -> Standing:
        """What is known of the person by the link."""
        return Standing(True, self.role, self.device)

    @property
    def sender(self) -> str:
        """The name of this person's conversation in this account."""
        return sender_in(self.channel, self.account, self.person)


def sender_in(channel: str, account: str, person: str = "") -> str:
    """The name of a conversation: another one for each person that an account was ever linked to."""
    return sender_of(f"{channel}\n{account}\n{person}", _GATEWAY)


def make_code(
    session: Session, key: bytes, channel: str, person: str, name: str, role: str | None, device: str | None
) -> str:
    """A new code for somebody, which takes the place of an earlier one that was not used."""
    now = dt.datetime.now(dt.UTC)
    mine = (LinkCodeRow.person == person) & (LinkCodeRow.channel == channel)
    session.execute(delete(LinkCodeRow).where(mine | (LinkCodeRow.expires_at < now)))
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    session.add(
        LinkCodeRow(
            key=_hash(key, channel, code),
            channel=channel,
            person=person,
            name=name,
            role=role,
            device=device,
            expires_at=now + LIFE,
        )
    )
    audit.note(session, name, "link code made", channel)
    return f"{code[:4]}-{code[4:]}"


def use_code(session: Session, key: bytes, channel: str, code: str, account: str) -> Link:
    """Link an account to the person a code was made for; the code is used up.

    Raises:
        CannotLink: there is no such code now, or the account is somebody else's.
    """
    now = dt.datetime.now(dt.UTC)
    row = session.get(LinkCodeRow, _hash(key, channel, code), with_for_update=True)
    if row is None or row.expires_at < now:
        raise CannotLink(
            "that code is not known: it works once and for ten minutes, so make a new one on the page"
        )
    held = _row(session, channel, account)
    if held is not None and held.person != row.person:
        raise CannotLink("this account is linked to somebody else: remove that link first")
    if held is None:
        held = LinkRow(channel=channel, account=account, person=row.person, linked_at=now)
        session.add(held)
    held.name, held.role, held.device = row.name, row.role, row.device
    session.delete(row)
    audit.note(session, row.name, "account linked", f"{channel} {masked(account)}")
    session.flush()
    return _link(held)


def forget_codes(session: Session, now: dt.datetime) -> None:
    """Forget for whom codes were made that nobody can use any more."""
    session.execute(delete(LinkCodeRow).where(LinkCodeRow.expires_at < now))


def find(session: Session, channel: str, account: str) -> Link | None:
    """Whose an account is; None for nobody's."""
    row = _row(session, channel, account)
    return _link(row) if row else None


def used(session: Session, link: Link) -> None:
    """Write down that an account was used now."""
    row = session.get(LinkRow, link.id)
    if row is not None:
        row.used_at = dt.datetime.now(dt.UTC)


def of_person(session: Session, person: str) -> list[Link]:
    """The accounts of somebody, the newest link first."""
    rows = session.scalars(select(LinkRow).where(LinkRow.person == person).order_by(LinkRow.id.desc()))
    return [_link(row) for row in rows]


def of_channel(session: Session, channel: str) -> list[Link]:
    """Every link of a channel."""
    return [_link(row) for row in session.scalars(select(LinkRow).where(LinkRow.channel == channel))]


def revoke(session: Session, link: Link) -> None:
    """Take an account from somebody."""
    session.execute(delete(LinkRow).where(LinkRow.id == link.id))
    audit.note(session, link.name, "account unlinked", f"{link.channel} {masked(link.account)}")


def masked(account: str) -> str:
    """An account so that its owner knows it again and nobody else can use it."""
    return "…" + account[-4:]


def _row(session: Session, channel: str, account: str) -> LinkRow | None:
    return session.scalar(select(LinkRow).where(LinkRow.channel == channel, LinkRow.account == account))


def _link(row: LinkRow) -> Link:
    return Link(
        row.id,
        row.channel,
        row.account,
        row.person,
        row.name,
        row.role,
        row.device,
        row.linked_at,
        row.used_at,
    )


def _hash(key: bytes, channel: str, code: str) -> str:
    return pseudonym(key, f"link {channel} {_NOT_OF_A_CODE.sub('', code).upper()}")
