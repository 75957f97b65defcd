"""The program: its settings, the wiring of its parts, the supervisor and the command line."""

VERSION = "0.1.0"
