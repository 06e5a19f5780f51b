"""Write which topics sections treat, and at which agenda topic of their meeting they stand: there agenda and report meet."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from letters.ingest.rows import RowMerger
from letters.ingest.unknown_topics import ask_topic
from letters.models import AgendaTopic, Letter, Meeting, Paragraph, Section, Topic
from letters.parsing.likeness import Subject, content_words
from letters.parsing.matching import match_subjects, needs_texts
from letters.parsing.parsed_letter import ParsedLetter, ParsedSection, SectionKind


def write_topics(
    letter: Letter,
    parsed: ParsedLetter,
    sections: list[Section],
    stored: list[Section],
    meetings: list[Meeting | None],
    merger: RowMerger,
) -> None:
    """``sections`` are the rows in the order of ``parsed.sections``; new ones may still wait to be written.

    ``stored`` are the letter's sections of before, also those that are no longer read.
    """
    vocabulary = _Vocabulary()
    merger.topics = vocabulary.by_slug
    topics_of = [vocabulary.keys(section.topics) for section in parsed.sections]
    of_meetings = _OfMeetings(letter, parsed, vocabulary, stored, merger)
    treating: dict[int, Meeting] = {}
    for number, (row, section) in enumerate(zip(sections, parsed.sections, strict=True)):
        merger.topics_of_section[row.pk] = merger.set_many(row, "topics", topics_of[number], name=row.title)
        ask_topic(row, section, merger)
        meeting = meetings[section.meeting] if section.meeting < len(meetings) else None
        if meeting is None or _chosen_by_person(row, merger):
            continue
        if section.kind != SectionKind.AGENDA_TOPIC:
            if row.read.get("agenda_topics"):  # of an earlier reading
                merger.set_many(row, "agenda_topics", ())
            continue
        treating[number] = meeting
        if not section.is_part:
            of_meetings.treat(_Treatment(number, row, section, meeting, topics_of[number]))
    of_meetings.match()
    for number in treating:
        row, section = sections[number], parsed.sections[number]
        if section.is_part:
            own = merger.many(sections[section.parent], "agenda_topics")
        else:
            own = [agenda_topic.pk for agenda_topic in of_meetings.agenda_topics(number)]
        merger.set_many(row, "agenda_topics", own, name=row.title)
    of_meetings.delete_left()


def _chosen_by_person(row: Section, merger: RowMerger) -> bool:
    """Whether a person gave the section other agenda topics than the machine did: then none is made or looked for."""
    read = row.read.get("agenda_topics")
    return read is not None and merger.many(row, "agenda_topics") != read


class _Vocabulary:
    """The topics that are in use: their keys by slug, and what each falls under."""

    def __init__(self):
        rows = list(Topic.objects.current().values_list("slug", "pk", "parent"))
        self.by_slug = {slug: key for slug, key, _parent in rows}
        self._parents = {key: parent for _slug, key, parent in rows}

    def keys(self, slugs: tuple[str, ...]) -> list[int]:
        return sorted(self.by_slug[slug] for slug in slugs if slug in self.by_slug)

    def wider(self, keys: list[int]) -> frozenset[int]:
        """All that these topics fall under, without themselves."""
        found: set[int] = set()
        for key in keys:
            while (key := self._parents.get(key)) is not None and key not in found:
                found.add(key)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Treatment:
    """A section that treats a subject of a meeting; ``number`` is its place among the letter's sections."""

    number: int
    row: Section
    section: ParsedSection
    meeting: Meeting
    topics: list[int]


class _OfMeetings:
    """The agenda topics of the meetings that a letter treats, each meeting's looked up once."""

    def __init__(
        self,
        letter: Letter,
        parsed: ParsedLetter,
        vocabulary: _Vocabulary,
        stored: list[Section],
        merger: RowMerger,
    ):
        self.letter, self.parsed, self.vocabulary, self.merger = letter, parsed, vocabulary, merger
        self.session_titles = {session.number: session.title or "" for session in parsed.sessions}
        self.taken = {key for section in stored for key in merger.many(section, "agenda_topics")}
        chosen = [section for section in stored if _chosen_by_person(section, merger)]
        #: Where a person put a section, it stays: also when the section that it was made for goes elsewhere.
        self.chosen = {key for section in chosen for key in merger.many(section, "agenda_topics")}
        self.treatments: dict[int, _Treatment] = {}
        self.found: dict[int, list[AgendaTopic]] = {}
        self.left: list[AgendaTopic] = []

    def treat(self, treatment: _Treatment) -> None:
        """Let a section count; it keeps the agenda topics of its meeting that it has."""
        row = treatment.row
        has = [] if row._state.adding else row.agenda_topics.all()
        self.treatments[treatment.number] = treatment
        self.found[treatment.number] = [one for one in has if one.meeting_id == treatment.meeting.pk]

    def match(self) -> None:
        """Find for sections that stand alone the agenda topics that another letter made for the same subject."""
        looking: dict[int, list[_Treatment]] = defaultdict(list)
        for number, treatment in self.treatments.items():
            if not self.found[number] or self._made(treatment):
                looking[treatment.meeting.pk].append(treatment)
        for treatments in looking.values():
            free = [one for one in self._held_at(treatments[0].meeting) if one.pk not in self.taken]
            treatments = self._alone(treatments) if free else []
            if not treatments:
                continue
            subjects, held = [self._as_read(one) for one in treatments], self._as_held(free)
            if needs_texts(subjects, held):
                held = self._as_held(free, self._texts(free))
            for treatment, matched in zip(treatments, match_subjects(subjects, held), strict=True):
                self._join(treatment, [free[index] for index in matched])

    def _join(self, treatment: _Treatment, agenda_topics: list[AgendaTopic]) -> None:
        """Let a section stand at these; of two for one subject the older stays, to which addresses may point.

        What another section of this letter left behind is none of them, unless the section has nothing yet.
        """
        own = self.found[treatment.number]
        if agenda_topics and all(
            one.pk < mine.pk and one.read.get("letter") != self.letter.pk
            for one in agenda_topics
            for mine in own
        ):
            self.found[treatment.number] = agenda_topics
            self.left += own

    def delete_left(self) -> None:
        """Delete the agenda topics that the sections which they were made for no longer stand at."""
        for agenda_topic in self.left:
            agenda_topic.delete()

    def _made(self, treatment: _Treatment) -> bool:
        """Whether the section has one agenda topic, made for it, of which no person changed anything."""
        found = self.found[treatment.number]
        made_by = {"letter": self.letter.pk, "section": treatment.row.pk}
        return (
            len(found) == 1
            and made_by.items() <= found[0].read.items()
            and self.merger.many(found[0], "topics") == found[0].read.get("topics")
            and all(
                getattr(found[0], name) == found[0].read.get(name)
                for name in ["heading", "order", "session_id"]
            )
        )

    def _alone(self, treatments: list[_Treatment]) -> list[_Treatment]:
        """Those without an agenda topic yet, or with one on which nothing else hangs."""
        own = {one.pk for treatment in treatments for one in self.found[treatment.number]}
        if not own:
            return treatments
        elsewhere = Section.objects.exclude(letter=self.letter).filter(agenda_topics=OuterRef("pk"))
        unused = AgendaTopic.objects.filter(pk__in=own, notes=None, absences=None).exclude(Exists(elsewhere))
        keys = set(unused.values_list("pk", flat=True)) - self.chosen
        return [one for one in treatments if all(topic.pk in keys for topic in self.found[one.number])]

    def agenda_topics(self, number: int) -> list[AgendaTopic]:
        """The agenda topics of a section, made when there is none.

        Only the section that an agenda topic was made for goes on saying what it is called.
        """
        treatment = self.treatments[number]
        row, name = treatment.row, treatment.section.heading or ""
        made_by = {"letter": self.letter.pk, "section": row.pk}
        found = self.found[number] or [AgendaTopic(meeting=treatment.meeting, read=made_by)]
        for agenda_topic in found:
            if made_by.items() <= agenda_topic.read.items():
                values = {"order": row.order, "heading": name[:300], "session_id": row.session_id}
                self.merger.save(agenda_topic, values, name=name)
                self.merger.set_many(agenda_topic, "topics", treatment.topics, name=name)
        return found

    def _held_at(self, meeting: Meeting) -> list[AgendaTopic]:
        if meeting.pk in self.merger.new_meetings:
            return []
        return list(meeting.agenda_topics.select_related("session").prefetch_related("topics"))

    def _as_read(self, treatment: _Treatment) -> Subject:
        """A section of this letter; what stands in its parts counts as its own."""
        own = [treatment.section] + [
            section
            for section in self.parsed.sections
            if section.is_part and section.parent == treatment.number
        ]
        return Subject(
            treatment.section.heading or "",
            frozenset(treatment.topics),
            self.vocabulary.wider(treatment.topics),
            treatment.row.session_id,
            self.session_titles.get(treatment.section.session, ""),
            texts=tuple(paragraph.text for section in own for paragraph in section.paragraphs),
        )

    def _as_held(
        self, held: list[AgendaTopic], texts: dict[int, dict[str, list[str]]] | None = None
    ) -> list[Subject]:
        subjects = []
        for agenda_topic in held:
            topics, said = self.merger.many(agenda_topic, "topics"), (texts or {}).get(agenda_topic.pk, {})
            subjects.append(
                Subject(
                    agenda_topic.heading,
                    frozenset(topics),
                    self.vocabulary.wider(topics),
                    agenda_topic.session_id,
                    agenda_topic.session.title if agenda_topic.session else "",
                    other_headings=tuple(heading for heading in said if content_words(heading)),
                    texts=tuple(text for under in said.values() for text in under),
                )
            )
        return subjects

    def _texts(self, held: list[AgendaTopic]) -> dict[int, dict[str, list[str]]]:
        """What other letters say at agenda topics, by their headings."""
        said: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        paragraphs = Paragraph.objects.filter(section__agenda_topics__in=held).exclude(letter=self.letter)
        for key, heading, text in paragraphs.order_by("section", "order").values_list(
            "section__agenda_topics", "section__heading", "text"
        ):
            said[key][heading].append(text)
        return said
