"""Alerts, and who may see them. Knows no reporter's address, no provider and no Rasa."""
