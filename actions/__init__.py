"""Rasa's custom actions: one call to the api a turn, and the replies that follow from it.

Rasa's server asks for them by name (`python -m actions`). Nothing happens at import: the server
imports every module here. They know no address, no SQL and no words but the names of responses.
"""
