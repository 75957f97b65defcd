"""Rasa SDK actions, a file for each family of intents: what was heard to the desk, its reply back. No
decisions.
"""
