"""The pages of briefings: a form, the briefing itself, and its files."""
