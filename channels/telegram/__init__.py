"""Telegram: updates by webhook or polling, and sending as a bot."""
