"""Write which meetings a letter is about, and their sessions. Both are shared with other letters.

What another letter brought is only completed, and on a page that is public only by a letter that is public too.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from letters.ingest.merge import merge_value
from letters.ingest.moving import move
from letters.ingest.rows import RowMerger, plain
from letters.models import Letter, Level, Meeting, Session
from letters.parsing.parsed_letter import ParsedLetter, ParsedMeeting, Problem
from letters.parsing.serialisation import from_json

LEVELS = {
    "ministers van Buitenlandse Zaken": Level.FOREIGN_AFFAIRS,
    "ministers van Defensie": Level.DEFENCE,
    "staatshoofden en regeringsleiders": Level.LEADERS,
}

DATES = {"end", "date"}


def write_meetings(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> list[Meeting | None]:
    """Link the letter to its meetings and return them in the order of ``parsed.meetings``.

    A meeting that is read as before stays the row it was, also when a person moved its date. Where a person chose
    other meetings for the letter, those are returned and what the letter wrote on the others moves along.
    """
    entries = letter.read.get("meeting_rows", [])
    known = {str(entry["read"]): entry for entry in entries}
    reads = [_as_read(meeting) for meeting in parsed.meetings]
    changed_entries = [entry for entry in entries if entry["read"] not in reads]
    rows, written = [], []
    for meeting, read in zip(parsed.meetings, reads, strict=True):
        entry = known.get(str(read))
        if entry is not None:  # a meeting that a person deleted does not come back
            row = Meeting.objects.filter(pk=entry["pk"]).first()
        elif len(changed_entries) == 1 and len([one for one in reads if str(one) not in known]) == 1:
            row, entry = _read_differently(letter, changed_entries[0], meeting, read, merger)
        else:
            row = _find_or_create(meeting, merger)
            entry = {"pk": row.pk, "read": read} if row else None
        if entry is not None:
            written.append(entry)
        if row is not None:
            _fill_meeting(letter, row, meeting)
        rows.append(row)
    merger.set_many(letter, "meetings", [row.pk for row in rows if row is not None])
    letter.remember({**letter.read, "meeting_rows": written})
    return rows if merger.new is letter else _as_chosen(letter, rows)


def _as_read(meeting: ParsedMeeting) -> list:
    return [meeting.body, *meeting.levels, plain(meeting.start), plain(meeting.end), meeting.format]


def _values(body: str, *rest) -> dict:
    """The values of a row from what ``_as_read`` gave."""
    *levels, start, end, format = rest
    return {
        "body": body,
        "levels": [LEVELS[level].value for level in levels if level in LEVELS],
        "period": [start, end],
        "format": format,
    }


def _candidates(meeting: ParsedMeeting) -> list[Meeting]:
    """Meetings of the same body and format on the same day, with a level in common or both without."""
    levels = [LEVELS[level].value for level in meeting.levels if level in LEVELS]
    same_day = Meeting.objects.filter(body=meeting.body, start=meeting.start, format=meeting.format)
    return list(same_day.filter(levels__overlap=levels) if levels else same_day.filter(levels=[]))


def _find_or_create(meeting: ParsedMeeting, merger: RowMerger) -> Meeting | None:
    """The one meeting that fits, else a new one; without a date there is nothing to go by."""
    if meeting.start is None:
        return None
    candidates = _candidates(meeting)
    if len(candidates) > 1:
        merger.problems.append(
            Problem(
                code="meeting-ambiguous",
                field="meetings",
                message=_("Deze brief past bij meer dan één bijeenkomst: %(meetings)s. Kies de juiste.")
                % {"meetings": "; ".join(f"“{one}”" for one in candidates)},
            )
        )
        return None
    if candidates:
        return candidates[0]
    merger.changed = True
    made = Meeting.objects.create(
        body=meeting.body,
        format=meeting.format,
        levels=[LEVELS[level].value for level in meeting.levels if level in LEVELS],
        start=meeting.start,
        end=meeting.end,
        place=(meeting.place or "")[:120],
    )
    merger.new_meetings.add(made.pk)
    return made


def _read_differently(
    letter: Letter, entry: dict, meeting: ParsedMeeting, read: list, merger: RowMerger
) -> tuple[Meeting | None, dict]:
    """The letter's meeting when one of its meetings reads otherwise than before, and what to remember of it.

    Another meeting that fits takes over; else the row of this letter alone is corrected. A row that other letters
    share stays as it is, for a person to decide.
    """
    row = Meeting.objects.filter(pk=entry["pk"]).first()
    if row is None or meeting.start is None:
        return row, entry
    others = [one for one in _candidates(meeting) if one.pk != row.pk]
    if len(others) == 1:
        move(letter, row, others[0])
        return others[0], {"pk": others[0].pk, "read": read}
    if others or row.letters.exclude(pk=letter.pk).exists():
        merger.problems.append(_conflict(row, _("bijeenkomst"), str(row), _in_words(read)))
        return row, entry
    return row, {
        "pk": row.pk,
        "read": read if _correct(letter, row, entry["read"], read, merger) else entry["read"],
    }


def _correct(letter: Letter, row: Meeting, base: list, read: list, merger: RowMerger) -> bool:
    """Merge a better reading into a meeting; return whether nothing of it contradicts a person."""
    before, after = _values(*base), _values(*read)
    if after["period"] == [before["period"][0], None]:  # the same day, of which now less is said
        after["period"] = before["period"]
    after["levels"] = after["levels"] or before["levels"]
    current = {
        "body": row.body,
        "levels": row.levels,
        "period": [plain(row.start), plain(row.end)],
        "format": row.format,
    }
    merged = {name: merge_value(current[name], before[name], after[name]) for name in after}
    agreed = not any(one.conflict for one in merged.values())
    if not agreed:
        merger.problems.append(_conflict(row, _("bijeenkomst"), str(row), _in_words(read)))
    values = {name: one.value for name, one in merged.items()}
    if values == current:
        return agreed
    start, end = (datetime.date.fromisoformat(day) if day else None for day in values["period"])
    never_public = not row.is_announced and not letter.first_published_at
    if never_public and (values["body"], start) != (row.body, row.start):
        row.slug = ""  # an address that nobody has seen may follow the date
    row.body, row.levels, row.format, row.start, row.end = (
        values["body"],
        values["levels"],
        values["format"],
        start,
        end,
    )
    row.save()
    merger.changed = True
    return agreed


def _in_words(read: list) -> str:
    return ", ".join(part for part in read if part)


def _conflict(row: Meeting, field: str, current: str, new: str) -> Problem:
    return Problem(
        code="conflict",
        field=f"meeting:{row.pk}:start",
        message=_(
            "%(field)s: er staat “%(current)s”, de nieuwe lezing geeft “%(new)s”. "
            "Wat er staat blijft staan; pas het aan als de lezing gelijk heeft."
        )
        % {"field": field.capitalize(), "current": current, "new": new},
    )


def _may_complete(letter: Letter, meeting: Meeting) -> bool:
    """Whether this letter may add to what another brought: what a draft says is not shown on a public page."""
    others = Letter.objects.public().filter(meetings=meeting).exclude(pk=letter.pk)
    return letter.is_public or not (meeting.is_announced or others.exists())


def _fill_meeting(letter: Letter, row: Meeting, meeting: ParsedMeeting) -> None:
    """A meeting belongs to several letters: each only adds what is not known yet."""
    _complete(
        letter,
        row,
        row,
        {"place": (meeting.place or "")[:120], "end": meeting.end if row.start == meeting.start else None},
    )


def _complete(letter: Letter, meeting: Meeting, row: Meeting | Session, values: dict) -> None:
    """Add to a row of ``meeting`` what it does not have, nor ever had: what a person emptied stays empty."""
    blank = {name: value for name, value in values.items() if value and not getattr(row, name)}
    new = {
        name: value
        for name, value in blank.items()
        if not row.history.exclude(**{name: None if name in DATES else ""}).exists()
    }
    if new and _may_complete(letter, meeting):
        for name, value in new.items():
            setattr(row, name, value)
        row.save()


def _as_chosen(letter: Letter, rows: list[Meeting | None]) -> list[Meeting | None]:
    """The meetings as the letter has them now: in place of one that a person took away, the only one it can be."""
    chosen = {meeting.pk: meeting for meeting in letter.meetings.all()}
    fresh = [meeting for key, meeting in chosen.items() if key not in {row.pk for row in rows if row}]
    lost = {row.pk for row in rows if row is not None and row.pk not in chosen}
    other = fresh[0] if len(fresh) == 1 else None
    if len(chosen) == 1:
        instead = next(iter(chosen.values()))
    elif len(lost) == 1:
        instead = other
    else:
        instead = None
    for row in {row.pk: row for row in rows if row is not None and row.pk in lost}.values():
        if instead is not None:
            move(letter, row, instead)
    unknown = None if lost else other  # a meeting that could not be read, and that a person chose
    return [unknown if row is None else instead if row.pk in lost else row for row in rows]


def write_sessions(
    letter: Letter, parsed: ParsedLetter, meetings: list[Meeting | None], merger: RowMerger
) -> dict[int, Session]:
    """The sessions by number, as read: a number that a person corrected stays.

    The letter that first named a session may correct it; others only add what is missing.
    """
    sessions: dict[int, Session] = {}
    meeting_of_session = {section.session: section.meeting for section in parsed.sections if section.session}
    stored = {one.pk for one in meetings if one is not None and parsed.sessions} - merger.new_meetings
    held_at = _sessions_at(stored) if stored else defaultdict(list)
    deleted = _deleted_sessions(stored) if stored else set()
    with merger.together():
        for session in parsed.sessions:
            place = meeting_of_session.get(session.number, 0)
            meeting = meetings[place] if place < len(meetings) else None
            if meeting is None:
                continue
            held = held_at[meeting.pk]
            row = next((one for one in held if one.read.get("number", one.number) == session.number), None)
            if row is None and any(one.number == session.number for one in held):
                merger.problems.append(_number_taken(meeting, session.number))
                continue
            values = {"title": (session.title or "")[:300], "date": session.date}
            if row is None and (meeting.pk, session.number) in deleted:
                continue
            if row is None:
                row = Session(meeting=meeting, number=session.number, read={"letter": letter.pk})
                held.append(row)
            if row.read.get("letter") == letter.pk:
                merger.save(row, {"number": session.number, **values})
            else:
                _fill_session(letter, row, values)
            sessions[session.number] = row
    return sessions


def _sessions_at(meetings: Iterable[int]) -> dict[int, list[Session]]:
    """The sessions of some meetings, by the key of theirs."""
    held = defaultdict(list)
    for row in Session.objects.filter(meeting__in=meetings).select_related("meeting").order_by("number"):
        held[row.meeting_id].append(row)
    return held


def _deleted_sessions(meetings: Iterable[int]) -> set[tuple[int, int]]:
    """Meeting and number of the sessions that a person took off: they do not come back by themselves."""
    deleted = Session.history.filter(meeting__in=meetings, history_type="-").order_by()
    return set(deleted.values_list("meeting_id", "number"))


def _number_taken(meeting: Meeting, number: int) -> Problem:
    return Problem(
        code="session-number-taken",
        field="sessions",
        message=_(
            "De brief heeft een sessie %(number)s, maar bij “%(meeting)s” draagt een andere sessie dat nummer nu. "
            "Geef de sessies hun eigen nummers en lees de brief opnieuw."
        )
        % {"number": number, "meeting": meeting},
    )


def _fill_session(letter: Letter, row: Session, values: dict) -> None:
    _complete(letter, row.meeting, row, values)


def fill_shared(letter: Letter) -> None:
    """Complete the meetings and sessions of other letters from a letter that has just become public."""
    if letter.text_edition is None or not letter.text_edition.reading:
        return
    parsed = from_json(letter.text_edition.reading)
    keys = {str(entry["read"]): entry["pk"] for entry in letter.read.get("meeting_rows", [])}
    rows = {row.pk: row for row in letter.meetings.all()}
    for meeting in parsed.meetings:
        row = rows.get(keys.get(str(_as_read(meeting))))
        if row is not None:
            _fill_meeting(letter, row, meeting)
    read = {session.number: session for session in parsed.sessions}
    for row in Session.objects.filter(sections__letter=letter, meeting__in=rows).distinct():
        session = read.get(row.read.get("number", row.number))
        if session is not None and row.read.get("letter") != letter.pk:
            _fill_session(letter, row, {"title": (session.title or "")[:300], "date": session.date})
