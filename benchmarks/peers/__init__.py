"""The same article as a plain Wagtail site builds it when it follows the beginner's tutorial."""
