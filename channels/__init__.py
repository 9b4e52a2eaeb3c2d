"""Webhooks, inbox, turns and outbox: knows people's addresses, and no alert and no SQL."""
