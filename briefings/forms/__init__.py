"""The forms of a briefing: each takes a finished briefing and lays it out."""
