"""Linking: whose account somewhere else is, by a one-time code from a signed-in page, until it is revoked."""
