"""Accounts elsewhere that are linked to people, one-time codes for that, and answers that gateways got."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of linking and of gateways."""
    op.create_table(
        "links",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("person", sa.String(200), nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200)),
        sa.Column("device", sa.String(200)),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.UniqueConstraint("channel", "account", name="uq_links_account"),
    )
    op.create_table(
        "link_codes",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("person", sa.String(200), nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200)),
        sa.Column("device", sa.String(200)),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "gateway_turns",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
