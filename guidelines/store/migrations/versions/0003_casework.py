"""What people do with cases: assignment, dates, notes, telling those who asked; submissions and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and tables of the console."""
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("people", sa.Integer, nullable=False, server_default="0"))
        cases.add_column(sa.Column("heat", sa.Float, nullable=False, server_default="0"))
        cases.add_column(sa.Column("urgent_at", MOMENT))
        cases.add_column(sa.Column("due_at", MOMENT))
        cases.add_column(sa.Column("assignee", sa.String(200)))
        cases.add_column(sa.Column("reason", sa.Text))
        cases.add_column(sa.Column("rule", sa.String(200)))
        cases.add_column(sa.Column("edition", sa.Integer))
        cases.add_column(sa.Column("closed_at", MOMENT))
        cases.add_column(sa.Column("merged_into", sa.Integer))
        cases.create_index("ix_cases_heat", ["heat"])
        cases.create_index("ix_cases_due_at", ["due_at"])
        cases.create_index("ix_cases_assignee", ["assignee"])
        cases.create_index("ix_cases_merged_into", ["merged_into"])
        cases.create_index("ix_cases_status_heat", ["merged_into", "status", "heat"])
    op.execute(
        "UPDATE cases SET people = (SELECT COUNT(DISTINCT asker) FROM occurrences WHERE case_id = cases.id)"
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_index("ix_receipts_at", "receipts", ["at"])
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id"), nullable=False, index=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("asker", sa.String(64), nullable=False, index=True),
        sa.Column("channel", sa.String(40), nullable=False, index=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("cases.id"), nullable=False, index=True),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT),
        sa.UniqueConstraint("asker", "case_id", "edition", "facts", name="uq_notices_once"),
    )
    op.create_table(
        "hushed",
        sa.Column("asker", sa.String(64), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("submitted_by", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.String(200)),
        sa.Column("why", sa.Text),
        sa.Column("edition", sa.Integer),
    )
    op.create_table(
        "sessions",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False, index=True),
    )
