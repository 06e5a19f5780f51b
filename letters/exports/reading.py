"""The rows of a view from the database: one moment of it, some rows at a time.

What many rows have in common (a letter, a section, a topic) is read once and shared between them, and lists of related rows are
set as plain attributes: a related manager for each row took more time than the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import islice

from django.db import connections, transaction
from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from letters.filters import FilteredList
from letters.filters.follow_ups import with_follow_ups
from letters.models import (
    CommitmentMention,
    Edition,
    Footnote,
    Letter,
    Note,
    Paragraph,
    Position,
    Section,
    Topic,
)
from letters.models.meetings import hide_what_drafts_say

#: What the lists have for items.
Item = Position | CommitmentMention | Paragraph | Letter

#: Rows that are in memory at a time; each part costs the same number of queries. The first is small: who asked is waiting.
FIRST_PART, PART = 100, 1000

PARAGRAPHS = Paragraph.objects.defer("search", "marks", "read")
PUBLIC_NOTES = Prefetch("notes", Note.objects.public(), to_attr="public_notes")


@contextmanager
def snapshot(alias: str) -> Iterator[None]:
    """Read one moment of a database until the end of the block, whatever is published meanwhile.

    Who is in a transaction already goes on reading in that.
    """
    if connections[alias].in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def items(filtered: FilteredList) -> Iterator[Item]:
    """The items of a list in its order, with what every column reads."""
    return _READERS[filtered.route](filtered).items(whole=True)


def quotations(filtered: FilteredList) -> Iterator[Item]:
    """The items of a list in its order, with what it takes to quote and cite them: their words, and their letter."""
    return _READERS[filtered.route](filtered).items(whole=False)


class _Reader:
    """Reads one list. Letters and sections are kept until the next part was read: one may go on there."""

    def __init__(self, filtered: FilteredList):
        self.filtered = filtered
        self.letters: dict[int, Letter] = {}
        self.sections: dict[int, Section] = {}

    def items(self, *, whole: bool) -> Iterator[Item]:
        keys = iter(self.filtered.keys.tolist())
        size = min(FIRST_PART, PART)
        while part := list(islice(keys, size)):
            found = self.read(part, whole=whole)
            yield from (found[key] for key in part)
            size = PART

    def read(self, keys: list[int], *, whole: bool) -> dict[int, Item]:
        raise NotImplementedError

    @cached_property
    def topics(self) -> dict[int, Topic]:
        return Topic.objects.named().in_bulk()

    def topics_by(self, links: QuerySet) -> dict[int, list[Topic]]:
        """From rows (key, topic) the topics of each key, in the order of the rows, each once."""
        found: dict[int, dict[int, Topic]] = defaultdict(dict)
        for key, topic in links:
            found[key][topic] = self.topics[topic]
        return defaultdict(list, {key: list(topics.values()) for key, topics in found.items()})

    def own_topics(self, positions: QuerySet | list[int]) -> dict[int, list[Topic]]:
        links = Position.topics.through.objects.filter(position__in=positions).order_by("topic__slug")
        return self.topics_by(links.values_list("position", "topic"))

    def read_letters(self, keys: set[int]) -> None:
        rows = Letter.objects.defer("read", "anchors").prefetch_related(
            "meetings", "signatories", "submissions", Prefetch("text_edition", Edition.objects.for_citing())
        )
        self.letters, new = _with_new(self.letters, keys, rows)
        for letter in new:
            letter.get_absolute_url = cache(letter.get_absolute_url)  # each of its rows asks that

    def read_sections(self, keys: set[int]) -> None:
        rows = Section.objects.defer("read").select_related("session__meeting")
        self.sections, new = _with_new(self.sections, keys, rows.prefetch_related("agenda_topics__meeting"))
        links = Section.topics.through.objects.filter(section__in=new).order_by("topic__slug")
        topics = self.topics_by(links.values_list("section", "topic"))
        for section in new:
            section.letter, section.shown_topics = self.letters[section.letter_id], topics[section.pk]
        hide_what_drafts_say(
            [section.session for section in new if section.session],
            [one for section in new for one in section.agenda_topics.all()],
        )

    def complete(self, paragraphs: Iterable[Paragraph], *, whole: bool) -> None:
        """Give paragraphs their letter, and their section."""
        paragraphs = list(paragraphs)
        self.read_letters({paragraph.letter_id for paragraph in paragraphs})
        if whole:
            self.read_sections({paragraph.section_id for paragraph in paragraphs})
        for paragraph in paragraphs:
            paragraph.letter = self.letters[paragraph.letter_id]
            if whole:
                paragraph.section = self.sections[paragraph.section_id]


class _Passages(_Reader):
    def read(self, keys, *, whole):
        rows = PARAGRAPHS.all()
        if whole:
            columns = ["letter", "paragraph", "stance", "verb", "status"]
            shown = Position.objects.public(unchecked=self.filtered.shows_unchecked).only(*columns)
            rows = rows.prefetch_related(
                Prefetch("footnotes", Footnote.objects.order_by("offset", "pk"), to_attr="shown_footnotes"),
                Prefetch("positions", shown.order_by("start", "pk"), to_attr="shown_positions"),
            )
        found = rows.in_bulk(keys)
        self.complete(found.values(), whole=whole)
        if whole:
            positions = [position for paragraph in found.values() for position in paragraph.shown_positions]
            topics = self.own_topics([position.pk for position in positions])
            for position in positions:
                position.shown_topics = topics[position.pk]
        return found


class _Positions(_Reader):
    def read(self, keys, *, whole):
        rows = Position.objects.defer("search")
        found = rows.prefetch_related(PUBLIC_NOTES).in_bulk(keys) if whole else rows.in_bulk(keys)
        paragraphs = PARAGRAPHS.in_bulk({position.paragraph_id for position in found.values()})
        self.complete(paragraphs.values(), whole=whole)
        topics = self.own_topics(keys) if whole else {}
        for position in found.values():
            position.paragraph = paragraphs[position.paragraph_id]
            position.letter = position.paragraph.letter
            if whole:
                section = position.paragraph.section
                position.shown_topics = topics[position.pk] or section.shown_topics
        return found


class _Commitments(_Reader):
    """Promises under their keys, mentions under theirs below zero, as ``CommitmentList`` has them."""

    def read(self, keys, *, whole):
        promises = Position.objects.defer("search")
        promises = promises.prefetch_related(PUBLIC_NOTES) if whole else promises
        found = self.filtered.by_key(keys, promises, CommitmentMention.objects.all())
        items = list(found.values())
        paragraphs = PARAGRAPHS.in_bulk({item.paragraph_id for item in items})
        self.complete(paragraphs.values(), whole=whole)
        for item in items:
            item.paragraph = paragraphs[item.paragraph_id]
            item.letter = item.paragraph.letter
        if whole:
            with_follow_ups(items, self.give_letters)
            self.tell_topics(items)
        return found

    def give_letters(self, rows: Iterable[Position | CommitmentMention]) -> None:
        rows = list(rows)
        self.read_letters({row.letter_id for row in rows})
        for row in rows:
            row.letter = self.letters[row.letter_id]

    def tell_topics(self, items: Iterable[Position | CommitmentMention]) -> None:
        """A mention is found by the topics of its passage; no notes are written on one."""
        of_promises = self.own_topics([item.pk for item in items if isinstance(item, Position)])
        mentions = [item for item in items if isinstance(item, CommitmentMention)]
        beside = Position.objects.public().filter(paragraph__in=[item.paragraph_id for item in mentions])
        links = Position.topics.through.objects.filter(position__in=beside.order_by())
        of_passages = self.topics_by(
            links.order_by("topic__slug").values_list("position__paragraph", "topic")
        )
        for item in items:
            of_section = item.paragraph.section.shown_topics
            if isinstance(item, Position):
                item.shown_topics = of_promises[item.pk] or of_section
            else:
                item.shown_topics = list(dict.fromkeys([*of_section, *of_passages[item.paragraph_id]]))
                item.public_notes = []


class _Letters(_Reader):
    def read(self, keys, *, whole):
        self.read_letters(set(keys))
        found = {key: self.letters[key] for key in keys}
        if whole:
            self.tell_what_they_hold(found)
        return found

    def tell_what_they_hold(self, letters: dict[int, Letter]) -> None:
        prefetch_related_objects(list(letters.values()), PUBLIC_NOTES)
        links = Section.topics.through.objects.filter(section__letter__in=letters)
        links = links.order_by("section__order", "section", "topic__slug")
        topics = self.topics_by(links.values_list("section__letter", "topic"))
        shown = Position.objects.public(unchecked=self.filtered.shows_unchecked).filter(letter__in=letters)
        counted = shown.order_by().values_list("letter").annotate(number=Count("pk"))
        numbers = dict(counted)
        for letter in letters.values():
            letter.shown_topics, letter.position_count = topics[letter.pk], numbers.get(letter.pk, 0)


def _with_new(known: dict, keys: set[int], rows: QuerySet) -> tuple[dict, list]:
    """The rows with these keys, of which those that are known are not read again; and the others alone."""
    kept = {key: known[key] for key in keys & known.keys()}
    new = rows.in_bulk(keys - known.keys())
    return kept | new, list(new.values())


_READERS = {
    "search": _Passages,
    "positions": _Positions,
    "letters": _Letters,
    "commitments": _Commitments,
}
