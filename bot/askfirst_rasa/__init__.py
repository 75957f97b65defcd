"""Rasa 3.6.21 as AskFirst runs it: without what this bot never uses, on loopback, and silent about questions.

`python -m askfirst_rasa run|train|data validate|test ...` takes the arguments of `rasa`. See bot/README.md.
"""
