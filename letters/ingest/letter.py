"""Write what was read about the letter as a whole: its own fields, who signs, to which chamber, about which meetings."""

from django.utils.translation import gettext as _

from letters.ingest.rows import RowMerger, plain
from letters.models import Letter, Level, Meeting, Session, Signatory, Submission
from letters.parsing.parsed_letter import ParsedLetter, ParsedMeeting, Problem

CHAMBERS = {"Tweede Kamer": Submission.Chamber.HOUSE, "Eerste Kamer": Submission.Chamber.SENATE}
LEVELS = {
    "ministers van Buitenlandse Zaken": Level.FOREIGN_AFFAIRS,
    "ministers van Defensie": Level.DEFENCE,
    "staatshoofden en regeringsleiders": Level.LEADERS,
}


def write_fields(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> None:
    merger.save(
        letter,
        {
            "kind": parsed.kind.value,
            "date": parsed.date,
            "subject": (parsed.subject or "")[:500],
            "language": parsed.language,
            "ministries": [parsed.ministry] if parsed.ministry else [],
            "department": (parsed.department or "")[:160],
        },
    )
    _write_signatories(letter, parsed, merger)
    _write_submission(letter, parsed, merger)


def fill_blanks(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> bool:
    """Take from another edition only what the letter does not have yet: its date, its numbers, who signed."""
    before = (letter.date, letter.subject, letter.department, list(letter.ministries))
    letter.date = letter.date or parsed.date
    letter.subject = letter.subject or (parsed.subject or "")[:500]
    letter.department = letter.department or (parsed.department or "")[:160]
    letter.ministries = letter.ministries or ([parsed.ministry] if parsed.ministry else [])
    changed = before != (letter.date, letter.subject, letter.department, list(letter.ministries))
    if parsed.signatories and not letter.signatories.exists():
        _write_signatories(letter, parsed, merger)
        changed = True
    chamber = CHAMBERS.get(parsed.chamber or "", "")
    values = _submission_values(letter, parsed, merger)
    if any(values.values()):
        submissions = letter.submissions
        submission = (
            submissions.filter(chamber=chamber).first()
            or submissions.filter(chamber="").first()
            or (None if chamber else submissions.first())
        )
        if submission is None:
            merger.save(Submission(letter=letter), values)
            return True
        for attribute, value in values.items():
            if value and not getattr(submission, attribute):
                setattr(submission, attribute, value)
                changed = True
        submission.save()
    return changed


def _write_signatories(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> None:
    """The signatories are one value, the list: a person's correction of any of them keeps the whole list."""
    new = [
        [(signatory.name or "")[:120], signatory.office[:160], signatory.signs]
        for signatory in parsed.signatories
    ]
    current = [[row.name, row.office, row.signs] for row in letter.signatories.all()]
    base = letter.read.get("signatories", current)
    if current == base and current != new:
        letter.signatories.all().delete()
        for order, (name, office, signs) in enumerate(new):
            Signatory.objects.create(letter=letter, order=order, name=name, office=office, signs=signs)
        merger.changed = True
    letter.read = {**letter.read, "signatories": new}
    letter.save(update_fields=["read"])


def _submission_values(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> dict:
    return {
        "chamber": CHAMBERS.get(parsed.chamber or "", ""),
        "reference": (parsed.reference or "")[:120],
        "paper_number": _free_paper_number(letter, parsed.paper or "", merger),
        "dossiers": list(parsed.dossiers),
    }


def _free_paper_number(letter: Letter, paper_number: str, merger: RowMerger) -> str:
    """The paper's number, unless another letter has it: a number belongs to one letter, so a person must look."""
    other = Letter.objects.filter(submissions__paper_number=paper_number).exclude(pk=letter.pk).first()
    if not paper_number or other is None:
        return paper_number
    merger.problems.append(
        Problem(
            code="paper-number-taken",
            field="submissions",
            message=_(
                "Dit lijkt %(number)s te zijn, maar dat nummer heeft “%(letter)s” al. Is dit een herdruk, vul dan "
                "“vervangt” in; is het dezelfde brief, gooi dit concept dan weg."
            )
            % {"number": paper_number, "letter": other},
        )
    )
    return ""


def _write_submission(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> None:
    values = _submission_values(letter, parsed, merger)
    submission = next((row for row in letter.submissions.all() if row.read), None)
    if submission is None and not any(values.values()):
        return
    if submission is None:
        submission = letter.submissions.filter(chamber=values["chamber"]).first()
    merger.save(submission or Submission(letter=letter), values)


def write_meetings(letter: Letter, parsed: ParsedLetter, merger: RowMerger) -> list[Meeting | None]:
    """Link the letter to its meetings and return them in the order of ``parsed.meetings``.

    A meeting that is read as before stays the row it was, also when a person moved its date.
    """
    known = {tuple(map(str, entry["read"])): entry["pk"] for entry in letter.read.get("meeting_rows", [])}
    rows, entries = [], []
    for meeting in parsed.meetings:
        read = [meeting.body, *meeting.levels, plain(meeting.start), plain(meeting.end), meeting.format]
        row = Meeting.objects.filter(pk=known.get(tuple(map(str, read)), 0)).first() or _find_or_create(
            meeting
        )
        if row is not None:
            entries.append({"pk": row.pk, "read": read})
            _fill_meeting(row, meeting)
        rows.append(row)
    merger.set_many(letter, "meetings", [row.pk for row in rows if row is not None])
    letter.read = {**letter.read, "meeting_rows": entries}
    letter.save(update_fields=["read"])
    return rows


def _find_or_create(meeting: ParsedMeeting) -> Meeting | None:
    """A meeting of the same body on the same day, with a level in common; without a date there is nothing to go by."""
    if meeting.start is None:
        return None
    levels = [LEVELS[level].value for level in meeting.levels if level in LEVELS]
    candidates = Meeting.objects.filter(body=meeting.body, start=meeting.start)
    if levels:
        candidates = candidates.filter(levels__overlap=levels)
    return candidates.first() or Meeting.objects.create(
        body=meeting.body,
        format=meeting.format,
        levels=levels,
        start=meeting.start,
        end=meeting.end,
        place=(meeting.place or "")[:120],
    )


def _fill_meeting(row: Meeting, meeting: ParsedMeeting) -> None:
    """A meeting belongs to several letters: each only adds what is not known yet."""
    if (meeting.place and not row.place) or (meeting.end and not row.end):
        row.place = row.place or (meeting.place or "")[:120]
        row.end = row.end or meeting.end
        row.save()


def write_sessions(
    letter: Letter, parsed: ParsedLetter, meetings: list[Meeting | None], merger: RowMerger
) -> dict[int, Session]:
    """The sessions by number. The letter that first named a session may correct it; others only add what is missing."""
    sessions: dict[int, Session] = {}
    meeting_of_session = {section.session: section.meeting for section in parsed.sections if section.session}
    for session in parsed.sessions:
        place = meeting_of_session.get(session.number, 0)
        meeting = meetings[place] if place < len(meetings) else None
        if meeting is None:
            continue
        row = Session.objects.filter(meeting=meeting, number=session.number).first()
        values = {"title": (session.title or "")[:300], "date": session.date}
        if row is None or row.read.get("letter") == letter.pk:
            row = row or Session(meeting=meeting, number=session.number)
            merger.save(row, values)
            row.read = {**row.read, "letter": letter.pk}
            row.save(update_fields=["read"])
        elif (values["title"] and not row.title) or (values["date"] and not row.date):
            row.title, row.date = row.title or values["title"], row.date or values["date"]
            row.save()
        sessions[session.number] = row
    return sessions
