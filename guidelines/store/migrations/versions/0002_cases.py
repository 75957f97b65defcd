"""The gap log: cases and their occurrences."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of the cases."""
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("unclear", sa.String(40), nullable=False, index=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("team", sa.String(200), nullable=False, index=True),
        sa.Column("contact", sa.String(300), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "occurrences",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id"), nullable=False, index=True),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("role", sa.Text),
        sa.Column("device", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("app", sa.Text),
        sa.Column("receipt", sa.String(40)),
        sa.Column("edition", sa.Integer),
        sa.Column("text", sa.Text),
        sa.Column("spooled", sa.String(64), unique=True),
    )
    op.create_index("ix_occurrences_case_asker", "occurrences", ["case_id", "asker"])
