"""Understanding one message at a time: its intent and what it names.

A pure library: it imports neither Rasa nor the rest of AskFirst. Rasa's process wraps it in a thin graph
component (`bot/askfirst_rasa/components/`); the tests and `benchmarks/understanding.py` call it directly.
"""
