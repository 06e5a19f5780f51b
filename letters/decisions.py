"""What people decide: publish, withdraw, check, reject, add, rename, merge. The only writer of decisions.

Each function is one transaction. ``Refused`` says in Dutch why something cannot be done, and what to do.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.anchors import give_anchors
from letters.models import (
    AgendaTopic,
    Letter,
    Paragraph,
    Position,
    Problem,
    Publication,
    Section,
    Topic,
    TopicRedirect,
)
from letters.offsets import OffsetCarrier
from letters.parsing.folding import fold
from letters.parsing.sentences import Sentence, split_sentences


class Refused(Exception):
    """A decision that cannot be carried out; the message says why and what to do."""


# Letters


@transaction.atomic
def publish(letter: Letter, *, by: User | None) -> None:
    """Make a letter public. Its paragraphs get their anchors now, for ever."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.is_public:
        return
    if not letter.paragraphs.exists():
        raise Refused(_("“%(letter)s” heeft geen tekst. Lees eerst het bestand in.") % {"letter": letter})
    if not letter.meetings.exists() and letter.kind != Letter.Kind.OTHER:
        raise Refused(
            _(
                "“%(letter)s” hoort nog bij geen bijeenkomst. Kies die eerst, anders vindt niemand de brief daar."
            )
            % {"letter": letter}
        )
    now = timezone.now()
    letter.readdress()  # before the first moment of publication: a draft's address was never public
    letter.status = Letter.Status.PUBLISHED
    letter.first_published_at = letter.first_published_at or now
    letter.save()
    give_anchors(letter)
    Publication.objects.create(letter=letter, action=Publication.Action.PUBLISHED, at=now, by=by)


@transaction.atomic
def withdraw(letter: Letter, *, by: User | None, reason: str) -> None:
    """Take a published letter off the site; its address says from then on that it was withdrawn, when and why."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not letter.is_public:
        raise Refused(
            _("“%(letter)s” is niet gepubliceerd en kan dus niet worden ingetrokken.") % {"letter": letter}
        )
    if not reason.strip():
        raise Refused(_("Geef een reden: bezoekers van het adres lezen die."))
    letter.status = Letter.Status.WITHDRAWN
    letter.save()
    Publication.objects.create(
        letter=letter, action=Publication.Action.WITHDRAWN, at=timezone.now(), by=by, reason=reason.strip()
    )


@transaction.atomic
def carry_heading(section: Section, previous: str) -> None:
    """Let a corrected heading also hold for the agenda topic that this letter named with it."""
    AgendaTopic.objects.filter(sections=section, heading=previous, read__letter=section.letter_id).update(
        heading=section.heading
    )


@transaction.atomic
def correct_text(paragraph: Paragraph, previous: str) -> None:
    """After a person corrected a paragraph's words: let everything that points into them point to the same place.

    A position follows its sentence, as it reads now; one whose sentence was taken out becomes an orphan to resolve.
    """
    carry = OffsetCarrier(previous, paragraph.text)
    paragraph.marks = [
        {**mark, "start": carry(mark["start"]), "end": carry(mark["end"])} for mark in paragraph.marks
    ]
    paragraph.save(update_fields=["marks"])
    for footnote in paragraph.footnotes.all():
        footnote.offset = carry(footnote.offset)
        footnote.save(update_fields=["offset"])
    for citation in paragraph.citations.filter(footnote=None):
        citation.start, citation.end = carry(citation.start), carry(citation.end)
        citation.save(update_fields=["start", "end"])
    sentences = split_sentences(paragraph.text)
    for position in paragraph.positions.all():
        start, end = carry(position.start), carry(position.end)
        sentence = next((one for one in sentences if one.start < end and start < one.end), None)
        if sentence is None:
            position.paragraph = None
        else:
            position.start, position.end, position.sentence = sentence.start, sentence.end, sentence.text
        position.save()


def resolve(problem: Problem, *, by: User | None) -> None:
    """Say that a problem is settled."""
    problem.resolved_at, problem.resolved_by = timezone.now(), by
    problem.save(update_fields=["resolved_at", "resolved_by"])


# Positions


@transaction.atomic
def decide(positions: Iterable[Position], status: Position.Status, *, by: User | None) -> int:
    """Check, reject or reopen positions; return how many changed."""
    changed = 0
    for position in positions:
        if position.status == status:
            continue
        if status == Position.Status.CHECKED and position.paragraph_id is None:
            raise Refused(
                _(
                    "“%(sentence)s” staat niet meer in de brief. Wijs het standpunt af of voeg het opnieuw toe."
                )
                % {"sentence": position.sentence}
            )
        position.status = status
        decided = status != Position.Status.UNCHECKED
        position.decided_at, position.decided_by = (timezone.now(), by) if decided else (None, None)
        position.save()
        changed += 1
    return changed


def find_sentence(letter: Letter, quote: str) -> tuple[Paragraph, Sentence]:
    """The one whole sentence of the letter that the quoted words come from.

    Case, white space, dashes and quotes may differ. Raises ``Refused`` when the words are nowhere or in several sentences.
    """
    words = fold(quote)
    if len(words) < 3:
        raise Refused(_("Plak de zin, of een herkenbaar deel ervan."))
    found = [
        (paragraph, sentence)
        for paragraph in letter.paragraphs.order_by("order")
        for sentence in split_sentences(paragraph.text)
        if words in fold(sentence.text)
    ]
    if not found:
        raise Refused(
            _(
                "Deze woorden staan niet in één zin van de brief. Kopieer de zin uit de tekst, zonder voetnootcijfers."
            )
        )
    if len(found) > 1:
        raise Refused(
            _(
                "Deze woorden staan in %(count)s zinnen van de brief. Plak een langer deel, zodat er één overblijft."
            )
            % {"count": len(found)}
        )
    return found[0]


@transaction.atomic
def add_position(
    letter: Letter,
    quote: str,
    stance: str,
    *,
    by: User | None,
    verb: str = "",
    moment: str = Position.Moment.STATED,
    with_others: bool = False,
) -> Position:
    """Add a position that a person found, by quoting (part of) its sentence; it counts as checked."""
    paragraph, sentence = find_sentence(letter, quote)
    same = Position.objects.filter(paragraph=paragraph, start=sentence.start, end=sentence.end, stance=stance)
    position = same.first() or Position(
        letter=letter,
        paragraph=paragraph,
        start=sentence.start,
        end=sentence.end,
        sentence=sentence.text,
        stance=stance,
        moment=moment,
        with_others=with_others,
    )
    position.verb = verb or position.verb
    position.status = Position.Status.CHECKED
    position.decided_at, position.decided_by = timezone.now(), by
    position.save()
    return position


# Topics


@transaction.atomic
def rename_topic_address(topic: Topic, previous_slug: str) -> None:
    """Keep an address that a topic had: it redirects for ever."""
    if previous_slug != topic.slug:
        TopicRedirect.objects.filter(slug=topic.slug).delete()
        TopicRedirect.objects.update_or_create(slug=previous_slug, defaults={"topic": topic})


@transaction.atomic
def merge_topic(topic: Topic, into: Topic) -> None:
    """Merge a topic into another: everything filed under it moves, its names become aliases, its address redirects."""
    if topic.pk == into.pk or into.merged_into_id is not None:
        raise Refused(_("Kies een ander onderwerp, dat zelf niet is samengevoegd."))
    for related in [Section, AgendaTopic, Position]:
        through = related.topics.through
        field = related._meta.model_name
        already = through.objects.filter(topic=into).values(f"{field}_id")
        through.objects.filter(topic=topic).exclude(**{f"{field}_id__in": already}).update(topic=into)
        through.objects.filter(topic=topic).delete()
    topic.names.update(topic=into, is_preferred=False)
    topic.children.update(parent=into)
    TopicRedirect.objects.filter(topic=topic).update(topic=into)
    TopicRedirect.objects.update_or_create(slug=topic.slug, defaults={"topic": into})
    topic.merged_into = into
    topic.save()
