"""Write which topics sections treat, and at which agenda topic of their meeting they stand: there agenda and report meet."""

from letters.ingest.rows import RowMerger
from letters.models import AgendaTopic, Letter, Meeting, Section, Topic
from letters.parsing.folding import fold
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
    topics = dict(Topic.objects.current().values_list("slug", "pk"))
    of_meetings = _OfMeetings(letter, stored, merger)
    for row, section in zip(sections, parsed.sections, strict=True):
        own_topics = sorted(topics[slug] for slug in section.topics if slug in topics)
        merger.set_many(row, "topics", own_topics, name=row.title)
        meeting = meetings[section.meeting] if section.meeting < len(meetings) else None
        if section.kind != SectionKind.AGENDA_TOPIC or meeting is None or _chosen_by_person(row, merger):
            continue
        if section.is_part:
            own = merger.many(sections[section.parent], "agenda_topics")
        else:
            own = [of_meetings.agenda_topic(row, section, meeting, own_topics).pk]
        merger.set_many(row, "agenda_topics", own, name=row.title)
        of_meetings.taken[row.pk] = set(merger.many(row, "agenda_topics"))


def _chosen_by_person(row: Section, merger: RowMerger) -> bool:
    """Whether a person gave the section other agenda topics than the machine did: then none is made or looked for."""
    read = row.read.get("agenda_topics")
    return read is not None and merger.many(row, "agenda_topics") != read


class _OfMeetings:
    """The agenda topics of the meetings that a letter treats, each meeting's looked up once."""

    def __init__(self, letter: Letter, stored: list[Section], merger: RowMerger):
        self.letter, self.merger = letter, merger
        self.held: dict[int, list[AgendaTopic]] = {}
        #: Section to its agenda topics.
        self.taken = {section.pk: set(merger.many(section, "agenda_topics")) for section in stored}

    def agenda_topic(
        self, row: Section, section: ParsedSection, meeting: Meeting, own_topics: list[int]
    ) -> AgendaTopic:
        """The agenda topic of a section: the one it has, the meeting's one on the same subject, else a new one.

        Only the section that an agenda topic was made for goes on saying what it is called.
        """
        has = [] if row._state.adding else row.agenda_topics.all()
        found = next((one for one in has if one.meeting_id == meeting.pk), None)
        found = found or self._matching(row, section, meeting, own_topics)
        made_by = {"letter": self.letter.pk, "section": row.pk}
        if found is not None and not made_by.items() <= found.read.items():
            return found
        agenda_topic = found or AgendaTopic(meeting=meeting, read=made_by)
        name = section.heading or ""
        values = {"order": row.order, "heading": name[:300], "session_id": row.session_id}
        self.merger.save(agenda_topic, values, name=name)
        self.merger.set_many(agenda_topic, "topics", own_topics, name=name)
        if found is None:
            self._at(meeting).append(agenda_topic)
        return agenda_topic

    def _matching(
        self, row: Section, section: ParsedSection, meeting: Meeting, own_topics: list[int]
    ) -> AgendaTopic | None:
        """An agenda topic of this meeting from another letter, with the same heading or exactly the same topics."""
        taken = {key for section, keys in self.taken.items() if section != row.pk for key in keys}
        candidates = [one for one in self._at(meeting) if one.pk not in taken]
        heading = fold(section.heading or "")
        for candidate in candidates:
            if fold(candidate.heading) == heading:
                return candidate
        same = [one for one in candidates if own_topics and self.merger.many(one, "topics") == own_topics]
        return same[0] if len(same) == 1 else None

    def _at(self, meeting: Meeting) -> list[AgendaTopic]:
        if meeting.pk not in self.held:
            is_new = meeting.pk in self.merger.new_meetings
            self.held[meeting.pk] = [] if is_new else list(meeting.agenda_topics.prefetch_related("topics"))
        return self.held[meeting.pk]
