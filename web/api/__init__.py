"""The HTTP API: a module for each address under /api/v1."""
