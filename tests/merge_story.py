"""A letter to which things happen: readings of the machine and decisions of people, in any order, and what must hold then.

For ``test_merge_properties``: a ``Story`` keeps a record of its own of all that people decided, apart from the database.
"""

import datetime
from dataclasses import dataclass, field

from letters import decisions
from letters.decisions import Refused
from letters.ingest import write_reading
from letters.ingest.rows import plain
from letters.models import (
    AgendaTopic,
    Edition,
    Letter,
    Meeting,
    Paragraph,
    Position,
    Section,
    Session,
    Signatory,
    Submission,
    Topic,
)
from letters.parsing.folding import fold
from letters.parsing.sentences import split_sentences
from letters.parsing.serialisation import to_json
from tests.factories import make_note, make_topic
from tests.merge_readings import STANCES, TOPICS, Reading


@dataclass
class Story:
    """One letter, and what people decided about it: ``(model, key, attribute) -> value``."""

    letter: Letter
    decided: dict[tuple, object] = field(default_factory=dict)
    deleted: list[tuple[type, dict]] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, reading: Reading) -> "Story":
        for slug in TOPICS:
            Topic.objects.filter(slug=slug).exists() or make_topic(slug)
        letter = Letter.objects.create(slug=f"verhaal-{Letter.objects.count()}")
        story = cls(letter)
        letter.text_edition = story._edition(reading)
        letter.save()
        story.read(reading)
        return story

    def _edition(self, reading: Reading) -> Edition:
        return Edition.objects.create(letter=self.letter, reading=to_json(reading.parsed()))

    # What the machine does

    def read(self, reading: Reading) -> None:
        """The edition that supplies the text is read anew."""
        self.letter.refresh_from_db()
        edition = self.letter.text_edition
        edition.reading = to_json(reading.parsed())
        edition.save()
        self._write(edition)

    def another_edition(self, reading: Reading) -> None:
        self.letter.refresh_from_db()
        self._write(self._edition(reading))

    def _write(self, edition: Edition) -> None:
        self._before()
        write_reading(edition, self.letter)
        self._after()
        self._nothing_happens_twice(edition)

    # What people do

    def switch_text(self, which: int) -> None:
        editions = list(self.letter.editions.exclude(pk=self.letter.text_edition_id))
        if not editions:
            return
        self._before()
        decisions.supply_text(editions[which % len(editions)], by=None)
        self._after()

    def publish(self, _which: int) -> None:
        decisions.publish(self.letter, by=None)
        self.letter.refresh_from_db()

    def correct_paragraph(self, which: int) -> None:
        row = self._pick(self.letter.paragraphs.order_by("order", "id"), which)
        if row is None:
            return
        previous = row.text
        row.text = (
            f"{previous} De griffier voegde dit toe."
            if which % 2
            else previous.replace("Nederland", "Ons land")
        )
        row.save()
        decisions.correct_text(row, previous)
        self._set(row, "text")

    def label_paragraph(self, which: int) -> None:
        if row := self._pick(self.letter.paragraphs.order_by("order", "id"), which):
            row.label = f"{which}."
            row.save()
            self._set(row, "label")

    def rename_section(self, which: int) -> None:
        if row := self._pick(self.letter.sections.order_by("order", "id"), which):
            previous, row.heading = row.heading, f"Kop van een mens {which}"
            row.save()
            decisions.carry_heading(row, previous)
            self._set(row, "heading")

    def move_section(self, which: int) -> None:
        if row := self._pick(self.letter.sections.order_by("order", "id"), which):
            row.order = 40 + which
            row.save()
            self._set(row, "order")

    def file_section(self, which: int) -> None:
        if row := self._pick(self.letter.sections.order_by("order", "id"), which):
            row.topics.set(Topic.objects.filter(slug=TOPICS[which % 3]) if which % 4 else [])
            self._set(row, "topics")

    def change_letter(self, which: int) -> None:
        name, value = [
            ("subject", "Onderwerp van een mens"),
            ("subject", ""),
            ("date", None),
            ("date", datetime.date(2023, 1, 1)),
            ("department", "Directie van een mens"),
        ][which % 5]
        setattr(self.letter, name, value)
        self.letter.save()
        self._set(self.letter, name)

    def change_signatories(self, which: int) -> None:
        if which % 2:
            self.letter.signatories.all().delete()
        else:
            Signatory.objects.create(letter=self.letter, name=f"Mens {which}", office="minister", order=9)
        self.letter.refresh_from_db()
        self.decided.pop((Signatory, None, None), None)
        if self._signatories() != self.letter.read.get("signatories"):
            self.decided[(Signatory, None, None)] = self._signatories()

    def change_submission(self, which: int) -> None:
        row = self._pick(self.letter.submissions.all(), 0)
        if row is None:
            return
        if which % 3 == 0:
            numbers = [number for number in (row.reference, row.read.get("reference")) if number]
            self.deleted.append((Submission, {"letter": self.letter, "reference__in": numbers}))
            self._delete(row)
        else:
            row.reference = f"MENS-{which}" if which % 3 == 1 else ""
            row.save()
            self._set(row, "reference")

    def change_meeting(self, which: int) -> None:
        if row := self.letter.meetings.first():
            name, value = [("place", ""), ("place", "Den Haag"), ("start", datetime.date(2023, 11, 27))][
                which % 3
            ]
            setattr(row, name, value)
            row.save()
            self._set(row, name)

    def change_session(self, which: int) -> None:
        meeting = self.letter.meetings.first()
        row = meeting.sessions.first() if meeting else None
        if row is None:
            return
        if which % 3 == 0:
            self.deleted.append((Session, {"meeting": meeting, "number": row.number}))
            self._delete(row)
        else:
            row.title = "Sessie van een mens" if which % 3 == 1 else ""
            row.save()
            self._set(row, "title")

    def decide_position(self, which: int) -> None:
        if row := self._pick(self.letter.positions.exclude(paragraph=None).order_by("pk"), which):
            try:
                decisions.decide([row], ["checked", "rejected"][which % 2], by=None)
            except Refused:
                return
            self._hold(row)

    def correct_position(self, which: int) -> None:
        if row := self._pick(self.letter.positions.exclude(paragraph=None).order_by("pk"), which):
            try:
                decisions.decide(
                    [row], row.status, by=None, corrections={"stance": STANCES[which % len(STANCES)].value}
                )
            except Refused:
                return
            row.refresh_from_db()
            if row.stance != row.read.get("stance"):
                self._hold(row)

    def note_position(self, which: int) -> None:
        if row := self._pick(self.letter.positions.order_by("pk"), which):
            make_note(position=row, is_public=False)
            self._hold(row)

    def add_position(self, which: int) -> None:
        sentences = [
            sentence.text
            for text in self.letter.paragraphs.values_list("text", flat=True)
            for sentence in split_sentences(text)
        ]
        if not sentences:
            return
        try:
            row = decisions.add_position(self.letter, sentences[which % len(sentences)], "view", by=None)
        except Refused:
            return
        self._hold(row)

    @staticmethod
    def _pick(rows, which: int):
        rows = list(rows)
        return rows[which % len(rows)] if rows else None

    # What must hold

    def _delete(self, row) -> None:
        self.decided = {key: value for key, value in self.decided.items() if key[:2] != (type(row), row.pk)}
        row.delete()

    def _set(self, row, name: str) -> None:
        """Remember what a person chose, unless it is what the machine read too."""
        value = _value(row, name)
        self.decided.pop((type(row), row.pk, name), None)
        if not hasattr(row, "read") or row.read.get(name) != plain(value):
            self.decided[(type(row), row.pk, name)] = value

    def _hold(self, row: Position) -> None:
        self.decided[(Position, row.pk, "held")] = True

    def _signatories(self) -> list:
        return [[row.name, row.office, row.signs] for row in self.letter.signatories.all()]

    def _before(self) -> None:
        self.letter.refresh_from_db()
        self.texts = dict(self.letter.paragraphs.values_list("pk", "text"))
        self.anchors |= dict(self.letter.paragraphs.exclude(anchor="").values_list("anchor", "pk"))
        self.positions = {
            row.pk: row for row in self.letter.positions.all() if (Position, row.pk, "held") in self.decided
        }

    def _after(self) -> None:
        self.letter.refresh_from_db()
        for (model, key, name), value in list(self.decided.items()):
            if model is Position:
                self._position_is_held(key)
            elif model is Signatory:
                assert self._signatories() == value
                if self.letter.read.get("signatories") == value:
                    del self.decided[(model, key, name)]
            elif model is Paragraph and name == "label" and not model.objects.filter(pk=key).exists():
                raise AssertionError("a labelled paragraph is gone")
            else:
                row = model.objects.filter(pk=key).first()
                assert row is not None, (model, name, "is gone")
                assert _value(row, name) == value, (model, name)
                if row and hasattr(row, "read") and row.read.get(name) == plain(value):
                    del self.decided[
                        (model, key, name)
                    ]  # the machine reads the same now: no longer a person's alone
        for model, fields in self.deleted:
            assert not model.objects.filter(**fields).exists(), (model, "came back")
        self._anchors_keep_their_meaning()

    def _position_is_held(self, key: int) -> None:
        before, row = self.positions[key], Position.objects.filter(pk=key).first()
        assert row is not None, "a position that a person touched is gone"
        assert row.status == before.status
        if before.status != Position.Status.UNCHECKED:
            assert (row.stance, row.verb, row.moment) == (before.stance, before.verb, before.moment)
        elif before.stance != before.read.get("stance"):
            assert row.stance == before.stance
        assert fold(row.sentence) == fold(before.sentence), "moved to other words"
        if row.paragraph is not None:
            assert row.paragraph.text[row.start : row.end] == row.sentence
        elif row.status != Position.Status.REJECTED:
            assert self.letter.problems.filter(field=f"position:{key}", code="orphaned-position").exists()
        if not row.is_touched:
            del self.decided[(Position, key, "held")]  # the machine reads now what the person made of it

    def _anchors_keep_their_meaning(self) -> None:
        now = dict(self.letter.paragraphs.exclude(anchor="").values_list("anchor", "pk"))
        for anchor, key in now.items():
            assert self.anchors.get(anchor, key) == key, f"{anchor} was given to another paragraph"
        if self.letter.is_public:
            assert not self.letter.paragraphs.filter(anchor="").exists()
        texts = dict(self.letter.paragraphs.values_list("pk", "text"))
        for key, before in self.texts.items():
            if key in texts and key in now.values():
                same = set(fold(before).split()) & set(fold(texts[key]).split())
                assert len(same) * 3 >= len(set(fold(before).split())), (before, texts[key])
        self.anchors |= now

    def _nothing_happens_twice(self, edition: Edition) -> None:
        before, history = _everything(self.letter), _history()
        changed = write_reading(edition, self.letter)
        self.letter.refresh_from_db()
        assert _everything(self.letter) == before
        assert _history() == history
        assert not changed


def _value(row, name: str):
    value = getattr(row, name)
    return sorted(value.values_list("pk", flat=True)) if hasattr(value, "values_list") else value


def _everything(letter: Letter) -> list:
    sets = [
        Letter.objects.filter(pk=letter.pk).values_list("subject", "date", "slug", "department"),
        letter.sections.order_by("pk").values_list(
            "pk", "heading", "order", "topics", "agenda_topics", "session"
        ),
        letter.paragraphs.order_by("pk").values_list("pk", "text", "order", "anchor", "section", "label"),
        letter.positions.order_by("pk").values_list(
            "pk", "paragraph", "start", "end", "stance", "status", "sentence"
        ),
        letter.signatories.order_by("pk").values_list("pk", "name"),
        letter.submissions.order_by("pk").values_list("pk", "reference", "chamber"),
        letter.problems.order_by("pk").values_list("pk", "code", "message", "resolved_at"),
        AgendaTopic.objects.order_by("pk").values_list("pk", "heading", "order", "topics", "session"),
        Meeting.objects.order_by("pk").values_list("pk", "place", "start", "end"),
        Session.objects.order_by("pk").values_list("pk", "number", "title"),
    ]
    return [sorted(rows, key=str) for rows in sets]


def _history() -> list[int]:
    return [
        model.history.count()
        for model in (Letter, Section, Position, AgendaTopic, Meeting, Session, Submission)
    ]
