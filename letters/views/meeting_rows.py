"""The rows of a meeting's page: what was intended beside what was reported, by session and agenda topic."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from letters.models import (
    Absence,
    AgendaTopic,
    Letter,
    Meeting,
    Note,
    Position,
    QuotedSentence,
    Section,
    Session,
    Topic,
    by_sentence,
)
from letters.models.meetings import hide_what_drafts_say

Kind = Letter.Kind


@dataclass(slots=True)
class Side:
    """Part of a row, for ``pieces/_side.html``: what the letters of one kind say.

    ``state``: "positions", "none" (no position to show stands here) or "no_letter" (no such letter is held).
    """

    state: str
    sections: list[Section] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    absence: Absence | None = None

    @property
    def sentences(self) -> list[QuotedSentence]:
        return by_sentence(self.positions)

    @property
    def is_of_several_letters(self) -> bool:
        return len({section.letter_id for section in self.sections}) > 1


@dataclass(slots=True)
class Row:
    """One subject of a meeting: before beside after, with the answers to the committee between them.

    ``others``: what other letters say, which came neither before nor after; ``language``: that of a heading that letters gave.
    """

    heading: str
    anchor: str
    before: Side
    after: Side
    answers: Side
    others: Side
    notes: list[Note] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    elsewhere_url: str = ""
    language: str = ""

    @property
    def heading_url(self) -> str:
        return self.topics[0].get_absolute_url() if len(self.topics) == 1 else ""

    @property
    def topic_names(self) -> str:
        return ", ".join(topic.name for topic in self.topics)

    @property
    def is_in_both(self) -> bool:
        """Whether agenda and report both have a passage about it."""
        return bool(self.before.sections and self.after.sections)


@dataclass(slots=True)
class Part:
    """A session with its rows; ``session`` is None for what stands outside the sessions."""

    session: Session | None
    rows: list[Row]


class MeetingRows:
    """The rows of a meeting, from the sections of its public letters and the positions in them.

    ``left_out``: how many positions wait to be looked at, and are not shown.
    """

    def __init__(self, meeting: Meeting, letters: list[Letter], *, unchecked: bool):
        self.meeting, self.letters = meeting, {letter.pk: letter for letter in letters}
        self.kinds_held = {letter.kind for letter in letters}
        self.sections = self._read_sections()
        self.of_agenda_topic = self._read_agenda_topics()
        self.filed = {section.pk for sections in self.of_agenda_topic.values() for section in sections}
        self.positions, self.left_out = defaultdict(list), 0
        sections = {section.pk: section for section in self.sections}
        for position in self._read_positions():
            section = sections.get(position.paragraph.section_id)
            if (
                section is None
            ):  # about another meeting; or it came between this query and that of the sections
                continue
            if not (unchecked or position.is_checked):
                self.left_out += 1
            else:
                position.letter, position.paragraph.section = section.letter, section
                self.positions[section.pk].append(position)
        # Few meetings have any, and which of them are public is a long question.
        has_absences = Absence.objects.filter(agenda_topic__meeting=meeting).exists()
        absences = Absence.objects.public().filter(agenda_topic__meeting=meeting) if has_absences else []
        self.absences = {(absence.agenda_topic_id, absence.kind): absence for absence in absences}

    # What belongs together is joined here, for each query more costs more than the page has rows.

    def _read_sections(self) -> list[Section]:
        """The sections of the letters, each with its letter, in order; not those of another meeting that a letter treats too."""
        sections = Section.objects.filter(letter__in=self.letters).defer("read")
        sections = sections.annotate(
            at_meetings=ArrayAgg("agenda_topics__meeting", filter=Q(agenda_topics__isnull=False), default=[]),
            at_session_of=F("session__meeting"),
        )
        found = []
        for section in sections.order_by("letter__date", "letter", "order", "pk"):
            if self.meeting.pk in (section.at_meetings or [section.at_session_of or self.meeting.pk]):
                section.letter = self.letters[section.letter_id]
                found.append(section)
        return found

    def _read_agenda_topics(self) -> dict[int, list[Section]]:
        """By the key of an agenda topic the sections that treat it."""
        links = Section.agenda_topics.through.objects.filter(section__letter__in=self.letters)
        treats = defaultdict(list)
        for section, agenda_topic in links.values_list("section", "agendatopic"):
            treats[section].append(agenda_topic)
        found = defaultdict(list)
        for section in self.sections:
            for agenda_topic in treats[section.pk]:
                found[agenda_topic].append(section)
        return found

    def _read_positions(self) -> QuerySet[Position]:
        """The positions in the letters with what a quotation shows, also those that nobody looked at."""
        return (
            Position.objects.public(unchecked=True)
            .filter(letter__in=self.letters)
            .order_by("paragraph__order", "start", "pk")
            .select_related("paragraph")
            .defer("search", "paragraph__search", "paragraph__read", "paragraph__marks")
            .prefetch_related(Prefetch("notes", Note.objects.public(), to_attr="public_notes"))
        )

    def parts(self) -> list[Part]:
        """The sessions in order, each with its agenda topics; before them what stands outside the sessions."""
        topics = (
            self.meeting.agenda_topics.public()
            .order_by("order", "pk")
            .prefetch_related(
                "topics__names", Prefetch("notes", Note.objects.public(), to_attr="public_notes")
            )
        )
        rows = defaultdict(list)
        for agenda_topic in topics:
            sections = self.of_agenda_topic.get(agenda_topic.pk, [])
            session_id = agenda_topic.session_id
            if self._was_named_elsewhere(agenda_topic):
                if not sections:  # then visitors know no name for it
                    continue
                agenda_topic.heading, session_id = sections[0].title, sections[0].session_id
            rows[session_id].append(self._row_of(agenda_topic, sections))
        treated = {section.session_id for section in self.sections}
        sessions = [
            one for one in self.meeting.sessions.order_by("number") if one.pk in treated or rows[one.pk]
        ]
        hide_what_drafts_say(one for one in sessions if one.read.get("letter") not in self.letters)
        outside = [Part(None, rows[None])] if rows[None] else []
        return outside + [Part(session, rows[session.pk]) for session in sessions]

    def introduction(self) -> Row | None:
        """The row of what letters begin with, or None when no position stands in it. Answers answer: they introduce nothing."""
        return self._row_of_unfiled(_("Inleiding"), "inleiding", _introduces)

    def rest(self) -> Row | None:
        """The row of all else that belongs to no agenda topic, or None when no position stands in it."""
        return self._row_of_unfiled(_("Overige onderdelen"), "overig", lambda one: not _introduces(one))

    def _row_of_unfiled(self, heading: str, anchor: str, belongs: Callable[[Section], bool]) -> Row | None:
        sections = [
            section
            for section in self.sections
            if section.pk not in self.filed and self.positions[section.pk] and belongs(section)
        ]
        return self._row(heading, anchor, sections) if sections else None

    def _was_named_elsewhere(self, agenda_topic: AgendaTopic) -> bool:
        """Whether it still has the name that a letter gave it that is not public: visitors must not read that."""
        read = agenda_topic.read
        return (
            read.get("letter", None) not in {None, *self.letters}
            and read.get("heading") == agenda_topic.heading
        )

    def _row_of(self, agenda_topic: AgendaTopic, sections: list[Section]) -> Row:
        row = self._row(agenda_topic.heading, f"agendapunt-{agenda_topic.pk}", sections)
        row.before.absence = self.absences.get((agenda_topic.pk, Kind.ANNOTATED_AGENDA))
        row.after.absence = self.absences.get((agenda_topic.pk, Kind.REPORT))
        row.notes = agenda_topic.public_notes
        row.topics = list(agenda_topic.topics.all())
        row.language = sections[0].language if sections else "nl"
        return row

    def _row(self, heading: str, anchor: str, sections: list[Section]) -> Row:
        sides = [
            self._side(kind, sections)
            for kind in [Kind.ANNOTATED_AGENDA, Kind.REPORT, Kind.COMMITTEE_ANSWERS, Kind.OTHER]
        ]
        return Row(heading, anchor, *sides)

    def _side(self, kind: str, sections: list[Section]) -> Side:
        if kind not in self.kinds_held:
            return Side("no_letter")
        own = [section for section in sections if section.letter.kind == kind]
        positions = [position for section in own for position in self.positions[section.pk]]
        return Side("positions" if positions else "none", own, positions)


def _introduces(section: Section) -> bool:
    return section.kind == Section.Kind.INTRODUCTION and section.letter.kind != Kind.COMMITTEE_ANSWERS
