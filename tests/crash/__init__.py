"""Processes that are killed at the worst moment, and what is left behind then."""
