"""The one error that the commands of this package turn into a message and exit code 1."""


class ServiceError(Exception):
    """A server could not be fetched, built or started; the text says what to do about it."""
