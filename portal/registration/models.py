"""The models of the room, by what they are about; the page comes last."""

from portal.registration.lists import NAME_LENGTH, Classification, ListEntry, PublishedList
from portal.registration.records import ListEvent, ListImport
from portal.registration.rounds import ReviewRound
from portal.registration.scores import Declaration

from portal.registration.pages import PublishedListIndexPage  # isort: skip

__all__ = [
    "NAME_LENGTH",
    "Classification",
    "Declaration",
    "ListEntry",
    "ListEvent",
    "ListImport",
    "PublishedList",
    "PublishedListIndexPage",
    "ReviewRound",
]
