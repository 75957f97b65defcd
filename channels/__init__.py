"""Gateways: programs that carry messages of other services to the front door and back, by HTTP only."""
