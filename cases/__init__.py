"""The gap log: what could not be answered clearly, how often, and whose it is to decide."""
