"""Meetings as iCalendar (RFC 5545), to follow in a calendar of one's own."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from letters.models import Meeting

#: RFC 5545, 3.1: a line has at most 75 octets, without its end.
LONGEST = 75
STATUSES = {
    Meeting.Status.AS_DATED: "CONFIRMED",
    Meeting.Status.POSTPONED: "TENTATIVE",
    Meeting.Status.CANCELLED: "CANCELLED",
}


def as_icalendar(meetings: Iterable[Meeting], name: str, site: str) -> bytes:
    """A calendar of meetings that have a date, each annotated ``changed_at``; ``site``: "https://brieven.example.nl"."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//NAVO-brieven//Bijeenkomsten//NL",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for meeting in meetings:
        lines += event(meeting, site)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def event(meeting: Meeting, site: str) -> list[str]:
    """A meeting as whole days; DTEND is the day after its last one (3.6.1)."""
    after = (meeting.end or meeting.start) + datetime.timedelta(days=1)
    title = _("%(title)s (%(notice)s)") % {"title": meeting.title, "notice": meeting.get_status_display()}
    lines = [
        "BEGIN:VEVENT",
        f"UID:{meeting.pk}@{settings.TAG_AUTHORITY}",
        f"DTSTAMP:{moment(meeting.changed_at)}",
        f"DTSTART;VALUE=DATE:{meeting.start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{escaped(title if meeting.status else meeting.title)}",
        f"STATUS:{STATUSES[Meeting.Status(meeting.status)]}",
        f"URL:{site}{meeting.get_absolute_url()}",
        "TRANSP:TRANSPARENT",
    ]
    if meeting.place:
        lines.append(f"LOCATION:{escaped(meeting.place)}")
    return [*lines, "END:VEVENT"]


def moment(at: datetime.datetime | None) -> str:
    """A moment in UTC (3.3.5); without one the beginning of time."""
    return f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" if at else "19700101T000000Z"


def escaped(text: str) -> str:
    """A text value (3.3.11); other control characters may not stand in it, and every kind of space is one."""
    for character, written in [("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\n", "\\n")]:
        text = text.replace(character, written)
    spaced = (" " if character.isspace() else character for character in text)
    return "".join(character for character in spaced if character.isprintable())


def folded(line: str) -> bytes:
    """A line of at most 75 octets; what follows begins with a space (3.1). No character is cut in two."""
    parts, part = [], b""
    for character in line:
        written = character.encode()
        if len(part) + len(written) > LONGEST:
            parts.append(part)
            part = b" "
        part += written
    return b"\r\n".join([*parts, part])
