"""A week as an iCalendar file (RFC 5545), for telephones and calendar programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from portal.jobs import clock

OCTETS = 75
NEW_LINE = "\r\n"
HOUR = timedelta(hours=1)


class Entry(Protocol):
    """What the schedule holds of one entry."""

    pk: int
    starts_at: time | None
    ends_at: time | None
    content: str
    chair: str
    place: str
    participants: str


def event(day: date, entry: Entry) -> list[tuple[str, str]]:
    """The properties of one entry; without an hour it lasts the whole day."""
    notes = "\n".join(part for part in (entry.chair, entry.participants) if part)
    texts = (("SUMMARY", entry.content), ("LOCATION", entry.place), ("DESCRIPTION", notes))
    return [
        ("UID", str(entry.pk)),
        *_times(day, entry),
        *((name, escaped(text)) for name, text in texts if text),
    ]


def _times(day: date, entry: Entry) -> list[tuple[str, str]]:
    if entry.starts_at is None:
        after = day + timedelta(days=1)
        return [("DTSTART;VALUE=DATE", f"{day:%Y%m%d}"), ("DTEND;VALUE=DATE", f"{after:%Y%m%d}")]
    begins = _moment(day, entry.starts_at)
    ends = _moment(day, entry.ends_at) if entry.ends_at else begins + HOUR
    return [("DTSTART", _stamp(begins)), ("DTEND", _stamp(ends))]


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=clock.ZONE)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def calendar(name: str, events: Iterable[list[tuple[str, str]]], host: str, made: datetime) -> str:
    """The whole file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//portal//schedule//VI",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for properties in events:
        lines += ["BEGIN:VEVENT", f"DTSTAMP:{_stamp(made)}"]
        for key, value in properties:
            lines.append(f"UID:lich-{value}@{host}" if key == "UID" else f"{key}:{value}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + NEW_LINE for line in lines)


def escaped(text: str) -> str:
    """Text as a value: no character of it can end the line or begin another property."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """At most 75 octets a line, cut between letters."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return NEW_LINE.join([*pieces, piece])
