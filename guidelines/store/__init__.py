"""The database: editions, drafts, receipts, conversations and the audit log, by SQLAlchemy."""
