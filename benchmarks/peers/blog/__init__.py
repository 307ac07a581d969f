"""The blog of the tutorial."""
