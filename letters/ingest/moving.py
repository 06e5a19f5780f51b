"""Move what a letter wrote at one meeting to another, once it is known which meeting the letter is about."""

from django.db import transaction

from letters.models import AgendaTopic, Letter, Meeting, Session
from letters.parsing.folding import fold


@transaction.atomic
def move_to_meetings(letter: Letter) -> None:
    """Let the sections of a letter with one meeting stand at that meeting, after a person chose another for it."""
    meetings = list(letter.meetings.all())
    if len(meetings) != 1:
        return
    kept = meetings[0]
    used = Meeting.objects.filter(sessions__sections__letter=letter) | Meeting.objects.filter(
        agenda_topics__sections__letter=letter
    )
    for old in Meeting.objects.filter(pk__in=used.values("pk")).exclude(pk=kept.pk):
        move(letter, old, kept)


def move(letter: Letter, old: Meeting, new: Meeting) -> None:
    """Move what the letter's sections hang on from one meeting to another.

    What other letters use too stays behind, and a session or subject that the new meeting has already takes over.
    """
    sessions = _move_sessions(letter, old, new)
    headings = {fold(topic.heading): topic for topic in new.agenda_topics.all()}
    for topic in AgendaTopic.objects.filter(meeting=old, sections__letter=letter).distinct():
        shared = topic.sections.exclude(letter=letter).exists()
        session = sessions.get(topic.session_id)
        twin = headings.get(fold(topic.heading))
        if twin is None and not shared:
            read = topic.read
            if "session_id" in read:
                moved = sessions.get(read["session_id"])
                read = {**read, "session_id": moved.pk if moved else None}
            topic.meeting, topic.session, topic.read = new, session, read
            topic.save()
            continue
        if twin is None:
            twin = AgendaTopic.objects.create(
                meeting=new, session=session, heading=topic.heading, order=topic.order, read=topic.read
            )
            twin.topics.set(topic.topics.all())
        for section in letter.sections.filter(agenda_topics=topic):
            section.agenda_topics.remove(topic)
            section.agenda_topics.add(twin)
            keys = [twin.pk if key == topic.pk else key for key in section.read.get("agenda_topics", [])]
            section.read = {**section.read, "agenda_topics": sorted(keys)}
            section.save(update_fields=["read"])
        if not shared:
            topic.notes.update(agenda_topic=twin)
            topic.delete()


def _move_sessions(letter: Letter, old: Meeting, new: Meeting) -> dict[int, Session]:
    """Move the sessions that the letter's sections stand in; return by its old key where each went."""
    numbers = {session.number: session for session in new.sessions.all()}
    moved: dict[int, Session] = {}
    for session in Session.objects.filter(meeting=old, sections__letter=letter).distinct():
        key = session.pk
        shared = session.sections.exclude(letter=letter).exists()
        twin = numbers.get(session.number)
        if twin is None and not shared:
            session.meeting = new
            session.save()
            moved[key] = session
            continue
        if twin is None:
            twin = Session.objects.create(
                meeting=new,
                number=session.number,
                title=session.title,
                date=session.date,
                read={**session.read, "letter": letter.pk},
            )
        for section in letter.sections.filter(session=session):
            read = section.read
            if read.get("session_id") == key:
                read = {**read, "session_id": twin.pk}
            section.session, section.read = twin, read
            section.save()
        moved[key] = twin
    return moved
