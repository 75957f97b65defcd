"""Gateways: programs that carry messages of another service to and fro, each with a token for its channel."""
