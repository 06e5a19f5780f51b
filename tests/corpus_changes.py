"""A small corpus, what may change of it that visitors can see, and what may change that they cannot."""

from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from letters import decisions
from letters.ingest import Upload, ingest
from letters.models import (
    Citation,
    Footnote,
    Letter,
    LetterRedirect,
    Note,
    Paragraph,
    Position,
    Problem,
    Publication,
    Section,
    Signatory,
    Submission,
    Topic,
    TopicName,
    TopicRedirect,
)
from tests.factories import (
    make_agenda_topic,
    make_citation,
    make_footnote,
    make_letter,
    make_meeting,
    make_note,
    make_original,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

TEXT = "Nederland steunt dit. Nederland wil dat. Nederland doet zo. Het is koud."


@dataclass
class Rows:
    """A letter with one of everything that belongs to it."""

    letter: Letter
    section: Section
    paragraph: Paragraph
    footnote: Footnote
    citation: Citation
    position: Position
    signatory: Signatory
    submission: Submission
    original: object
    note: Note


@dataclass
class World:
    clerk: User = field(default_factory=lambda: User.objects.create_user("redacteur"))

    def __post_init__(self):
        self.topic, self.other_topic = make_topic("oekraine"), make_topic("china", aliases=["Peking"])
        self.meeting = make_meeting()
        self.session = make_session(self.meeting, title="Afschrikking")
        self.agenda_topic = make_agenda_topic(self.meeting, topics=[self.topic], session=self.session)
        self.silent_on = make_agenda_topic(self.meeting, "Sahel")
        agenda = make_letter(meetings=[self.meeting], slug="agenda")
        make_section(agenda, "Sahel", agenda_topics=[self.silent_on])
        self.public = self.rows("report", "published", "verslag", 446)
        self.unchecked = self.position("Nederland wil dat.", "unchecked")
        self.rejected = self.position("Nederland doet zo.", "rejected")
        make_note(position=self.public.position)
        self.topic_note = make_note(agenda_topic=self.agenda_topic)
        self.internal = make_note(letter=self.public.letter, is_public=False)
        TopicRedirect.objects.create(slug="kiev", topic=self.topic)
        LetterRedirect.objects.create(slug="oud", letter=self.public.letter)
        self.own_meeting = make_meeting("2024-02-14", levels=["defensie"])  # of a draft only
        self.own_session = make_session(self.own_meeting)
        self.own_topic = make_agenda_topic(self.own_meeting, "Geheim")
        self.draft = self.rows("annotated_agenda", "draft", "concept", 447)
        self.withdrawn = self.rows("other", "withdrawn", "ingetrokken", 448)

    def rows(self, kind, status, slug, number) -> Rows:
        shown = status == "published"
        if shown:
            meeting, session = self.meeting, self.session
        elif status == "draft":
            meeting, session = self.own_meeting, self.own_session
        else:
            meeting, session = make_meeting("2022-06-29", levels=["regeringsleiders"]), None
        letter = make_letter(kind, status=status, slug=slug, meetings=[meeting], subject="Brief")
        section = make_section(
            letter,
            topics=[self.topic],
            agenda_topics=[self.agenda_topic] if shown else [self.own_topic] if status == "draft" else [],
            session=session,
        )
        paragraph = make_paragraph(section, TEXT, anchor="1" if shown else "")
        footnote = make_footnote(paragraph)
        return Rows(
            letter,
            section,
            paragraph,
            footnote,
            make_citation(paragraph, "Kamerstuk 28676, nr. 353", footnote=footnote),
            make_position(paragraph, "Nederland steunt dit.", topics=[self.topic], decided_by=self.clerk),
            make_signatory(letter),
            make_submission(letter, paper_number=f"kst-28676-{number}"),
            make_original(letter, content=slug.encode(), is_public=shown),
            make_note(letter=letter),
        )

    def position(self, sentence, status) -> Position:
        return make_position(self.public.paragraph, sentence, status=status)


def edit(row, **values):
    """Change a row as a form does."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def sql(query: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(query, params)


def edit_in_bulk(model, row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    model.objects.bulk_update([row], list(values))


def establish(world: World):
    decisions.establish_absence(world.silent_on, Letter.Kind.REPORT, by=world.clerk)


#: What was done → how. Each changes what some visitor can see.
PUBLIC_CHANGES = {
    # Decisions
    "a letter published": lambda w: decisions.publish(w.draft.letter, by=None),
    "a letter withdrawn": lambda w: decisions.withdraw(w.public.letter, by=None, reason="Per abuis."),
    "a position checked": lambda w: decisions.decide([w.unchecked], "checked", by=w.clerk),
    "a checked position rejected": lambda w: decisions.decide([w.public.position], "rejected", by=w.clerk),
    "an unchecked position rejected": lambda w: decisions.decide([w.unchecked], "rejected", by=w.clerk),
    "a check taken back": lambda w: decisions.decide([w.public.position], "unchecked", by=w.clerk),
    "a rejection taken back": lambda w: decisions.decide([w.rejected], "unchecked", by=w.clerk),
    "a position corrected": lambda w: decisions.decide(
        [w.public.position], "checked", by=w.clerk, corrections={"verb": "verwelkomt"}
    ),
    "a position added": lambda w: decisions.add_position(w.public.letter, "Het is koud.", "view", by=None),
    "a topic merged": lambda w: decisions.merge_topic(w.other_topic, w.topic),
    "a topic at another address": lambda w: (
        edit(w.topic, slug="oekraine-oorlog"),
        decisions.rename_topic_address(w.topic, "oekraine"),
    ),
    "silence established": establish,
    "a paragraph corrected": lambda w: (
        edit(w.public.paragraph, text=TEXT.replace("koud", "warm")),
        decisions.correct_text(w.public.paragraph, TEXT),
    ),
    # The letter
    "a subject": lambda w: edit(w.public.letter, subject="Anders"),
    "an address": lambda w: edit(w.public.letter, slug="verslag-2"),
    "an older address": lambda w: LetterRedirect.objects.create(slug="ouder", letter=w.public.letter),
    "the address of a withdrawn letter": lambda w: edit(w.withdrawn.letter, slug="ingetrokken-2"),
    "the reason of a withdrawal": lambda w: edit(
        w.withdrawn.letter.publications.get(), reason="Op verzoek van de minister."
    ),
    "what a letter replaces": lambda w: edit(w.public.letter, replaces=w.withdrawn.letter),
    "the meetings of a letter": lambda w: w.public.letter.meetings.add(w.own_meeting),
    "a paper number": lambda w: edit(w.public.submission, paper_number="kst-28676-500"),
    "a second chamber": lambda w: make_submission(w.public.letter, "eerste-kamer"),
    "a minister": lambda w: edit(w.public.signatory, name="Hanke Bruins Slot"),
    "an original made public": lambda w: edit(make_original(w.public.letter, b"x", is_public=False), is_public=True),
    "an original no longer public": lambda w: edit(w.public.original, is_public=False),
    "the edition of the text": lambda w: edit(w.public.letter, text_edition=w.public.original.edition),
    # Its text
    "a heading": lambda w: edit(w.public.section, heading="Rusland"),
    "the topics of a section": lambda w: w.public.section.topics.add(w.other_topic),
    "the agenda topics of a section": lambda w: w.public.section.agenda_topics.set([]),
    "a paragraph": lambda w: make_paragraph(w.public.section, "Nieuw."),
    "the marks of a paragraph": lambda w: edit(w.public.paragraph, marks=[]),
    "a footnote": lambda w: edit(w.public.footnote, text="Kamerstuk 28676, nr. 354"),
    "a citation": lambda w: edit(w.public.citation, paper_number="kst-28676-354"),
    # Positions and notes
    "a verb": lambda w: edit(w.public.position, verb="verwelkomt"),
    "an unchecked position's verb": lambda w: edit(w.unchecked, verb="wil graag"),
    "the topics of a position": lambda w: w.public.position.topics.set([w.other_topic]),
    "the words of a position gone": lambda w: edit(w.public.position, paragraph=None),
    "a position deleted": lambda w: w.public.position.delete(),
    "a public note": lambda w: make_note(position=w.unchecked),
    "a note made public": lambda w: edit(w.internal, is_public=True, organisation="Redactie"),
    "a note no longer public": lambda w: edit(w.public.note, is_public=False),
    "a note edited": lambda w: edit(w.topic_note, text="Anders gezegd."),
    # Meetings
    "a meeting moved": lambda w: edit(w.meeting, start="2023-11-29"),
    "a meeting cancelled": lambda w: edit(w.meeting, status="afgelast"),
    "a meeting announced": lambda w: edit(w.own_meeting, is_announced=True),
    "the meeting of a withdrawn letter announced": lambda w: w.withdrawn.letter.meetings.update(is_announced=True),
    "a session": lambda w: edit(w.session, title="Verdediging"),
    "an agenda topic": lambda w: edit(w.agenda_topic, heading="De oorlog"),
    "the topics of an agenda topic": lambda w: w.agenda_topic.topics.add(w.other_topic),
    # Topics
    "a topic": lambda w: make_topic("rusland"),
    "a topic's name": lambda w: w.topic.names.update(name="Oorlog in Oekraïne"),
    "an alias": lambda w: TopicName.objects.create(topic=w.topic, name="Kyiv"),
    "an alias taken off": lambda w: TopicName.objects.get(name="Peking").delete(),
    "a topic under another": lambda w: edit(w.other_topic, parent=w.topic),
    "an older address of a topic": lambda w: TopicRedirect.objects.create(slug="kyiv", topic=w.topic),
    # What is gone: feeds tell so to whoever followed a view that had it
    "the words of a withdrawn letter": lambda w: edit(w.withdrawn.paragraph, text="Anders."),
    "the topics of a withdrawn letter": lambda w: w.withdrawn.section.topics.set([]),
    "the stance of a rejected position": lambda w: edit(w.rejected, stance="call"),
    # However it is written
    "update()": lambda w: Letter.objects.filter(slug="verslag").update(subject="Anders"),
    "update() of positions": lambda w: Position.objects.filter(pk=w.public.position.pk).update(status="rejected"),
    "update() of a status": lambda w: Letter.objects.filter(slug="verslag").update(status="withdrawn"),
    "update() of another letter's row": lambda w: Signatory.objects.filter(letter=w.draft.letter).update(
        letter=w.public.letter
    ),
    "bulk_create()": lambda w: Paragraph.objects.bulk_create(
        [Paragraph(letter=w.public.letter, section=w.public.section, text="Nieuw.")]
    ),
    "bulk_create() between two tables": lambda w: Section.topics.through.objects.bulk_create(
        [Section.topics.through(section=w.public.section, topic=w.other_topic)]
    ),
    "bulk_create() that updates": lambda w: Topic.objects.bulk_create(
        [Topic(slug="china", description="Nieuw")],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["description"],
    ),
    "bulk_update()": lambda w: edit_in_bulk(Paragraph, w.public.paragraph, text="Anders."),
    "delete()": lambda w: Footnote.objects.filter(pk=w.public.footnote.pk).delete(),
    "delete() with all that hangs on it": lambda w: Section.objects.filter(pk=w.public.section.pk).delete(),
    "UPDATE": lambda w: sql("UPDATE letters_agendatopic SET heading = 'x' WHERE id = %s", w.agenda_topic.pk),
    "UPDATE in WITH": lambda w: sql(
        "WITH gone AS (DELETE FROM letters_note WHERE letter_id = %s) SELECT 1", w.public.letter.pk
    ),
    "DELETE": lambda w: sql("DELETE FROM letters_publication WHERE letter_id = %s", w.withdrawn.letter.pk),
    "TRUNCATE": lambda w: (sql("SET CONSTRAINTS ALL IMMEDIATE"), sql("TRUNCATE letters_topicredirect")),
}  # fmt: skip


def made_by_machine(world: World):
    """The draft of a report that is read in, about the meeting that is public."""
    ingest([Upload("verslag.txt", REPORT.encode())])


REPORT = """\
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 5 december 2023

Betreft: Verslag van de bijeenkomst van de NAVO-ministers van Buitenlandse Zaken op 28 november 2023 te Brussel

Geachte voorzitter,

Hierbij bied ik u het verslag aan van de bijeenkomst van de NAVO-ministers van Buitenlandse Zaken van 28 november 2023.

Oekraïne

De ministers spraken over Oekraïne. Nederland heeft steun uitgesproken voor Oekraïne.

De minister van Buitenlandse Zaken,

Hanke Bruins Slot
"""


def log_in(world: World):
    session = SessionStore()
    session["_auth_user_id"] = str(world.clerk.pk)
    session.save()
    User.objects.filter(pk=world.clerk.pk).update(last_login=timezone.now())


def save_everything_as_it_is(world: World):
    for row in vars(world.public).values():
        row.save()
    for row in [
        world.meeting,
        world.session,
        world.agenda_topic,
        world.topic,
        world.unchecked,
        world.topic_note,
    ]:
        row.save()
    Paragraph.objects.bulk_update(Paragraph.objects.all(), ["text", "marks"])
    world.public.section.topics.set(world.public.section.topics.all())


#: What was done → how. None of these changes what any visitor can see.
OTHER_CHANGES = {
    # Drafts
    "a draft": lambda w: make_letter(status="draft", meetings=[w.meeting]),
    "a draft read in": made_by_machine,
    "a draft's subject": lambda w: edit(w.draft.letter, subject="Anders"),
    "a draft's meetings": lambda w: w.draft.letter.meetings.add(w.meeting),
    "a draft's section": lambda w: edit(w.draft.section, heading="Rusland"),
    "a draft's topics": lambda w: w.draft.section.topics.add(w.other_topic),
    "a draft's agenda topics": lambda w: w.draft.section.agenda_topics.add(w.agenda_topic),
    "a draft's paragraph": lambda w: edit(w.draft.paragraph, text="Anders."),
    "a draft's footnote": lambda w: edit(w.draft.footnote, text="Anders"),
    "a draft's citation": lambda w: edit(w.draft.citation, paper_number="kst-28676-354"),
    "a draft's position": lambda w: edit(w.draft.position, verb="wil"),
    "a draft's position checked": lambda w: decisions.decide([w.draft.position], "rejected", by=w.clerk),
    "a draft's minister": lambda w: edit(w.draft.signatory, name="Hanke Bruins Slot"),
    "a draft's paper number": lambda w: edit(w.draft.submission, paper_number="kst-28676-500"),
    "a draft's note": lambda w: edit(w.draft.note, text="Anders."),
    "a draft's original": lambda w: edit(w.draft.original, is_public=True),
    "a draft thrown away": lambda w: decisions.discard_draft(w.draft.letter),
    "a draft's meeting": lambda w: edit(w.own_meeting, place="Brussel"),
    "a draft's session": lambda w: edit(w.own_session, title="Geheim"),
    "a draft's agenda topic": lambda w: (edit(w.own_topic, heading="Anders"), w.own_topic.topics.add(w.topic)),
    "update() of drafts": lambda w: Paragraph.objects.filter(letter=w.draft.letter).update(text="Anders."),
    # What was withdrawn
    "a withdrawn letter's footnote": lambda w: edit(w.withdrawn.footnote, text="Anders."),
    "the verb of a withdrawn letter's position": lambda w: edit(w.withdrawn.position, verb="wil"),
    "a withdrawn letter's note": lambda w: edit(w.withdrawn.note, text="Anders."),
    "a withdrawn letter's original": lambda w: edit(w.withdrawn.original, is_public=True),
    # For colleagues
    "an internal note": lambda w: make_note(letter=w.public.letter, is_public=False),
    "an internal note edited": lambda w: edit(w.internal, text="Anders."),
    "a note on what was rejected": lambda w: make_note(position=w.rejected),
    "a question": lambda w: Problem.objects.create(letter=w.public.letter, code="date", message="Wanneer?"),
    "a rejected position": lambda w: edit(w.rejected, verb="wil"),
    "who checked": lambda w: Position.objects.filter(pk=w.public.position.pk).update(decided_by=None),
    "who published": lambda w: Publication.objects.filter(letter=w.withdrawn.letter).update(by=w.clerk),
    "an original for staff": lambda w: make_original(w.public.letter, b"x", is_public=False),
    "history": lambda w: Letter.history.filter(id=w.public.letter.pk).update(history_change_reason="Anders"),
    "a login": log_in,
    "an account": lambda w: User.objects.create_user("collega"),
    # Nothing new
    "what was read last": lambda w: w.public.letter.remember({"subject": "Brief"}),
    "what a topic brought": lambda w: Topic.objects.update(loaded_names=["Oekraïne"]),
    "everything saved as it is": save_everything_as_it_is,
    "update() to the same": lambda w: Letter.objects.filter(slug="verslag").update(subject="Brief"),
    "UPDATE of no row": lambda w: sql("UPDATE letters_paragraph SET text = 'x' WHERE false"),
    "a meeting nobody announced": lambda w: make_meeting("2025-01-01"),
    "an agenda topic nobody treats": lambda w: make_agenda_topic(w.meeting, "Nieuw"),
}  # fmt: skip
