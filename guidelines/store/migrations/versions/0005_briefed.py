"""Those who were briefed, so that they can be told what changes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table of those who were briefed."""
    op.create_table(
        "briefed",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("receipt", sa.String(40), nullable=False, index=True),
        sa.Column("asker", sa.String(64), nullable=False, index=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
