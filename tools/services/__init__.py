"""A real PostgreSQL and a real Elasticsearch for tests and for the desk, without containers.

Only the standard library is used, so that everything here runs before the project's own
environment exists. ``python -m tools.services --help`` lists the commands.
"""
