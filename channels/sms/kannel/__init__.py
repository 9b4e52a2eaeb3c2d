"""Kannel, the gateway of an operator's SMPP link: what it posts to us, and how we send through it."""
