"""Sets the project up on a machine with nothing but git, Python and make."""
