"""Tools of the project: setup, servers for tests, the suite."""
