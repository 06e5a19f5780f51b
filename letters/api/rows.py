"""The rows of an answer with all that it tells of them, in a number of queries that does not grow with the rows.

Each function is given how to ``take`` rows: from all rows, as a queryset with what belongs to them, those that are wanted.

What is public is decided by the ``public()`` querysets; what is put beside a row here is for ``letters.api.serializers``.
"""

from collections.abc import Callable, Iterable

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from letters.filters import topic_counts
from letters.models import File, Footnote, Letter, Meeting, Note, Paragraph, Position, Section, Topic
from letters.views.letters import cited_by, cited_letters
from letters.views.meetings import MeetingRows

Take = Callable[[QuerySet], Iterable]


def _topics(path: str) -> Prefetch:
    return Prefetch(path, Topic.objects.by_name())


def passages(take: Take, *, unchecked: bool) -> list[Paragraph]:
    rows = Paragraph.objects.with_context(unchecked=unchecked).prefetch_related(
        _topics("section__topics"), _topics("shown_positions__topics"), *_notes_and_references()
    )
    return _with_positions(list(take(rows)))


def _notes_and_references() -> list:
    return [Prefetch("footnotes", Footnote.objects.order_by("offset", "pk")), "citations"]


def _with_positions(paragraphs: list[Paragraph]) -> list[Paragraph]:
    for paragraph in paragraphs:
        paragraph.section.letter = paragraph.letter
        for position in paragraph.shown_positions:
            position.paragraph, position.letter = paragraph, paragraph.letter
    _complete([position for paragraph in paragraphs for position in paragraph.shown_positions])
    return paragraphs


def positions(take: Take) -> list[Position]:
    rows = Position.objects.with_context().prefetch_related(
        _topics("topics"), _topics("paragraph__section__topics")
    )
    return _complete(list(take(rows)))


def _complete(positions: list[Position]) -> list[Position]:
    """Give positions what no page tells. What was read of them tells who pointed them out; lists leave that out."""
    read = dict(Position.objects.filter(pk__in=[one.pk for one in positions]).values_list("pk", "read"))
    for position in positions:
        position.read = read.get(position.pk, {})
        position.paragraph.letter = position.paragraph.section.letter = position.letter
        position.shown_topics = list(position.topics.all()) or list(position.paragraph.section.topics.all())
        position.checked_at = position.decided_at if position.is_checked else None
    return positions


def letters(take: Take) -> list[Letter]:
    rows = (
        Letter.objects.with_context()
        .select_related("replaces", "supplements")
        .defer(
            "read",
            "anchors",
            "replaces__read",
            "replaces__anchors",
            "supplements__read",
            "supplements__anchors",
        )
        .prefetch_related(
            Prefetch(
                "sections",
                Section.objects.only("letter").prefetch_related(_topics("topics")),
                to_attr="filed",
            ),
            Prefetch("replaced_by", Letter.objects.public(), to_attr="newer"),
            Prefetch("supplemented_by", Letter.objects.public(), to_attr="additions"),
            Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
        )
    )
    return [_with_relations(letter) for letter in take(rows)]


def _with_relations(letter: Letter) -> Letter:
    topics = {topic.slug: topic for section in letter.filed for topic in section.topics.all()}
    letter.shown_topics = sorted(topics.values(), key=lambda topic: topic.name.casefold())
    letter.older = letter.replaces if letter.replaces and letter.replaces.is_public else None
    letter.main = letter.supplements if letter.supplements and letter.supplements.is_public else None
    return letter


def whole_letter(letter: Letter, *, unchecked: bool) -> Letter:
    """The letter with its sections, and in those its paragraphs."""
    [letter] = letters(lambda rows: rows.filter(pk=letter.pk))
    texts = passages(lambda rows: rows.filter(letter=letter).order_by("order", "pk"), unchecked=unchecked)
    letter.shown_sections = list(
        letter.sections.select_related("session", "letter").prefetch_related(_topics("topics"))
    )
    for section in letter.shown_sections:
        section.shown = [paragraph for paragraph in texts if paragraph.section_id == section.pk]
    letter.shown_files = list(File.objects.public().filter(edition__letter=letter))
    letter.cited = [other for other in cited_letters(letter) if other != letter]
    letter.cited_by = [citing for citing, _paragraphs in cited_by(letter)]
    return letter


def meetings(take: Take) -> list[Meeting]:
    treated = Prefetch("letters", Letter.objects.public().in_turn(), to_attr="public_letters")
    return list(take(Meeting.objects.public().prefetch_related(treated)))


def whole_meeting(meeting: Meeting, *, unchecked: bool) -> Meeting:
    """The meeting with intention beside outcome, as its page shows it: nothing that only a draft says."""
    [meeting] = meetings(lambda rows: rows.filter(pk=meeting.pk))
    parts = MeetingRows(meeting, meeting.public_letters, unchecked=unchecked).parts()
    sides = [side for part in parts for row in part.rows for side in (row.before, row.answers, row.after)]
    shown = [position for side in sides for position in side.positions]
    prefetch_related_objects(shown, _topics("topics"), _topics("paragraph__section__topics"))
    _complete(shown)
    meeting.parts = parts
    return meeting


def topics(take: Take) -> list[Topic]:
    counts = topic_counts()
    rows = list(take(Topic.objects.current().prefetch_related("names", _topics("parent"))))
    for topic in rows:
        topic.passages = counts.get(str(topic.pk), 0)
    return rows
