"""Small plain functions that make rows. Every value that a test cares about is given by the test."""

import datetime
from itertools import count

from django.utils import timezone

from letters import originals
from letters.models import (
    AgendaTopic,
    Citation,
    CommitmentMention,
    Edition,
    File,
    FollowUp,
    Footnote,
    Letter,
    Meeting,
    Note,
    Paragraph,
    Position,
    Publication,
    Section,
    Session,
    Signatory,
    Submission,
    Topic,
    TopicName,
)

_numbers = count(1)


def make_topic(slug="oekraine", name=None, *, parent=None, aliases=(), **fields) -> Topic:
    topic = Topic.objects.create(slug=slug, parent=parent, **fields)
    TopicName.objects.create(topic=topic, name=name or slug.replace("-", " ").capitalize(), is_preferred=True)
    for alias in aliases:
        TopicName.objects.create(topic=topic, name=alias)
    return topic


def make_meeting(start="2023-11-28", *, levels=("buitenlandse-zaken",), **fields) -> Meeting:
    start = datetime.date.fromisoformat(start) if isinstance(start, str) else start
    return Meeting.objects.create(start=start, levels=list(levels), **fields)


def make_session(meeting, number=1, **fields) -> Session:
    return Session.objects.create(meeting=meeting, number=number, **fields)


def make_agenda_topic(meeting, heading="Oekraïne", *, topics=(), **fields) -> AgendaTopic:
    agenda_topic = AgendaTopic.objects.create(meeting=meeting, heading=heading, **fields)
    agenda_topic.topics.set(topics)
    return agenda_topic


def make_letter(
    kind="annotated_agenda", *, meetings=(), status="published", date="2023-11-20", slug=None, **fields
) -> Letter:
    """A letter, published unless told otherwise; with ``status="withdrawn"`` its log has a reason."""
    now = timezone.now()
    letter = Letter.objects.create(
        slug=slug or f"brief-{next(_numbers)}",
        kind=kind,
        status=status,
        date=datetime.date.fromisoformat(date) if isinstance(date, str) else date,
        first_published_at=None if status == "draft" else fields.pop("first_published_at", now),
        **fields,
    )
    letter.meetings.set(meetings)
    if status == "withdrawn":
        Publication.objects.create(
            letter=letter, action="withdrawn", at=now, reason="De brief is per abuis geplaatst."
        )
    return letter


def make_submission(letter, chamber="tweede-kamer", **fields) -> Submission:
    return Submission.objects.create(letter=letter, chamber=chamber, **fields)


def make_signatory(letter, name="Stef Blok", office="minister van Buitenlandse Zaken", **fields) -> Signatory:
    return Signatory.objects.create(letter=letter, name=name, office=office, **fields)


def make_section(letter, heading="Oekraïne", *, topics=(), agenda_topics=(), **fields) -> Section:
    fields.setdefault("order", letter.sections.count())
    section = Section.objects.create(letter=letter, heading=heading, **fields)
    section.topics.set(topics)
    section.agenda_topics.set(agenda_topics)
    return section


def make_paragraph(section, text="Nederland steunt Oekraïne.", **fields) -> Paragraph:
    """A paragraph at the end of its letter, with an anchor as a published letter's paragraphs have."""
    order = section.letter.paragraphs.count()
    fields.setdefault("anchor", str(order + 1))
    fields.setdefault("order", order)
    return Paragraph.objects.create(letter=section.letter, section=section, text=text, **fields)


def make_passage(
    text="Nederland steunt Oekraïne.", *, meeting=None, topics=(), session=None, **fields
) -> Paragraph:
    """A paragraph with a letter and a section of its own; ``fields`` are the letter's."""
    letter = make_letter(meetings=[meeting or make_meeting()], **fields)
    return make_paragraph(make_section(letter, topics=topics, session=session), text)


def make_position(
    paragraph, sentence=None, *, stance="support", status="checked", topics=(), **fields
) -> Position:
    """A position on ``sentence`` (default: the whole paragraph), checked unless told otherwise."""
    sentence = sentence or paragraph.text
    start = max(paragraph.text.find(sentence), 0)
    position = Position.objects.create(
        letter=paragraph.letter,
        paragraph=paragraph,
        sentence=sentence,
        start=start,
        end=start + len(sentence),
        stance=stance,
        status=status,
        verb=fields.pop("verb", "steunt"),
        **fields,
    )
    position.topics.set(topics)
    return position


def make_mention(
    paragraph, sentence=None, *, kind="fulfils", status="checked", **fields
) -> CommitmentMention:
    """A mention of a commitment in ``sentence`` (default: the whole paragraph), checked unless told otherwise."""
    sentence = sentence or paragraph.text
    start = max(paragraph.text.find(sentence), 0)
    return CommitmentMention.objects.create(
        letter=paragraph.letter,
        paragraph=paragraph,
        sentence=sentence,
        start=start,
        end=start + len(sentence),
        kind=kind,
        status=status,
        **fields,
    )


def make_follow_up(promise, mention, *, status="checked", likeness=1.0, **fields) -> FollowUp:
    """A link from a promise to the mention that takes it up, confirmed unless told otherwise."""
    return FollowUp.objects.create(
        promise=promise, mention=mention, status=status, likeness=likeness, **fields
    )


def make_footnote(paragraph, text="Kamerstuk 28676, nr. 353", *, mark="1", offset=None) -> Footnote:
    """A footnote at ``offset`` (default: the end) with its reference among the paragraph's marks."""
    offset = len(paragraph.text) if offset is None else offset
    paragraph.marks = [*paragraph.marks, {"kind": "footnote", "start": offset, "end": offset, "value": mark}]
    paragraph.save()
    return Footnote.objects.create(paragraph=paragraph, mark=mark, text=text, offset=offset)


def make_citation(paragraph, text, paper_number="kst-28676-353", *, footnote=None, **fields) -> Citation:
    start = max((footnote or paragraph).text.find(text), 0)
    return Citation.objects.create(
        paragraph=paragraph,
        footnote=footnote,
        text=text,
        paper_number=paper_number,
        start=start,
        end=start + len(text),
        **fields,
    )


def make_note(text="Toelichting van de redactie.", *, is_public=True, **fields) -> Note:
    """A note on ``letter``, ``agenda_topic`` or ``position``: give exactly one."""
    fields.setdefault("organisation", "Redactie NAVO-brieven" if is_public else "")
    return Note.objects.create(text=text, is_public=is_public, **fields)


def make_original(
    letter, content=b"%PDF-1.7", *, name="brief.pdf", is_public=True, media_type="application/pdf"
) -> File:
    """A file of a new edition; point ``MEDIA_ROOT`` at a ``tmp_path`` before you call this."""
    return File.objects.create(
        edition=Edition.objects.create(letter=letter),
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=originals.store(content),
        is_public=is_public,
    )
