"""The front door: the HTTP API, the chat page and the form. All that people and programs talk to."""
