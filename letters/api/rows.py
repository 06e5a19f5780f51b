"""The rows of an answer with all that it tells of them, in a number of queries that does not grow with the rows.

Each function is given how to ``take`` rows: from all rows, as a queryset with what belongs to them, those that are wanted.

What is public is decided by the ``public()`` querysets; what is put beside a row here is for ``letters.api.serializers``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Prefetch, QuerySet

from letters.filters import NamedTopic, every_topic, topic_counts
from letters.models import (
    Citation,
    File,
    Footnote,
    Letter,
    Meeting,
    Note,
    Paragraph,
    Position,
    Section,
    Topic,
)
from letters.models.text import with_meetings
from letters.views.letters import cited_by, cited_letters
from letters.views.meeting_rows import MeetingRows

Take = Callable[[QuerySet], Iterable]


def passages(take: Take, *, unchecked: bool) -> list[Paragraph]:
    positions = Position.objects.public(unchecked=unchecked).order_by("start", "pk").defer("search")
    rows = (
        Paragraph.objects.select_related("section__session__meeting")
        .defer("search", "read", "marks", "section__read", "section__session__read")
        .prefetch_related(
            Prefetch("letter", Letter.objects.for_citing()),
            with_meetings("section__agenda_topics"),
            Prefetch("positions", positions, to_attr="shown_positions"),
            Prefetch("footnotes", Footnote.objects.order_by("offset", "pk"), to_attr="shown_footnotes"),
            Prefetch("citations", Citation.objects.order_by("start", "pk"), to_attr="shown_citations"),
        )
    )
    return _with_positions(list(take(rows)))


def _with_positions(paragraphs: list[Paragraph]) -> list[Paragraph]:
    for paragraph in paragraphs:
        paragraph.section.letter = paragraph.letter
        for position in paragraph.shown_positions:
            position.paragraph, position.letter = paragraph, paragraph.letter
    _name_topics_of_sections([paragraph.section for paragraph in paragraphs])
    _complete([position for paragraph in paragraphs for position in paragraph.shown_positions])
    return paragraphs


def positions(take: Take) -> list[Position]:
    rows = Position.objects.with_context().defer(None)  # what was read of one tells who pointed it out
    of_others = ["search", "read", "marks", "section__read", "section__session__read"]
    found = list(take(rows.defer("search", *(f"paragraph__{column}" for column in of_others))))
    _name_topics_of_sections([position.paragraph.section for position in found])
    return _complete(found)


def _complete(positions: list[Position]) -> list[Position]:
    """Give positions what no page tells. The topics of their sections are named already."""
    own = _topics_of(Position, positions)
    for position in positions:
        position.paragraph.letter = position.paragraph.section.letter = position.letter
        position.shown_topics = own[position.pk] or position.paragraph.section.shown_topics
        position.checked_at = position.decided_at if position.is_checked else None
    return positions


def _name_topics_of_sections(sections: list[Section]) -> None:
    """Put the topics of sections, by name, in their ``shown_topics``."""
    found = _topics_of(Section, sections)
    for section in sections:
        section.shown_topics = found[section.pk]


def _topics_of(model: type[Position | Section], rows: Iterable) -> dict[int, list[NamedTopic]]:
    """The topics of each of these rows, by its key, by name."""
    owner = model.topics.field.m2m_field_name()
    links = model.topics.through.objects.filter(**{f"{owner}__in": {row.pk for row in rows}})
    return _named(links.values_list(owner, "topic"))


def _named(links: Iterable[tuple[int, int]]) -> dict[int, list[NamedTopic]]:
    """Pairs of a row's key and a topic's as the topics of each row, by name."""
    keys = defaultdict(set)
    for row, topic in links:
        keys[row].add(topic)
    found = defaultdict(list)
    for key, topic in every_topic().items():
        for row, its in keys.items():
            if key in its:
                found[row].append(topic)
    return found


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
            Prefetch("replaced_by", Letter.objects.public(), to_attr="newer"),
            Prefetch("supplemented_by", Letter.objects.public(), to_attr="additions"),
            Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
        )
    )
    return _with_relations(list(take(rows)))


def _with_relations(letters: list[Letter]) -> list[Letter]:
    links = Section.topics.through.objects.filter(section__letter__in=letters)
    topics = _named(links.values_list("section__letter", "topic").distinct())
    for letter in letters:
        letter.shown_topics = sorted(topics[letter.pk], key=lambda topic: topic.name.casefold())
        letter.older = letter.replaces if letter.replaces and letter.replaces.is_public else None
        letter.main = letter.supplements if letter.supplements and letter.supplements.is_public else None
    return letters


def whole_letter(letter: Letter, *, unchecked: bool) -> Letter:
    """The letter with its sections, and in those its paragraphs."""
    [letter] = letters(lambda rows: rows.filter(pk=letter.pk))
    texts = passages(lambda rows: rows.filter(letter=letter).order_by("order", "pk"), unchecked=unchecked)
    letter.shown_sections = list(letter.sections.select_related("session"))
    _name_topics_of_sections(letter.shown_sections)
    for section in letter.shown_sections:
        section.letter = letter
        section.shown = [paragraph for paragraph in texts if paragraph.section_id == section.pk]
    letter.shown_files = list(File.objects.public().filter(edition__letter=letter))
    cited = cited_letters(citation for paragraph in texts for citation in paragraph.shown_citations)
    letter.cited = [other for other in cited if other != letter]
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
    _name_topics_of_sections([position.paragraph.section for position in shown])
    _complete(shown)
    meeting.parts = parts
    return meeting


def topics(take: Take) -> list[Topic]:
    counts = topic_counts()
    rows = list(
        take(Topic.objects.current().prefetch_related("names", Prefetch("parent", Topic.objects.named())))
    )
    for topic in rows:
        topic.passages = counts.get(str(topic.pk), 0)
    return rows
