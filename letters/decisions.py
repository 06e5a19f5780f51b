"""What people decide: publish, withdraw, check, reject, add, rename, merge. The only writer of decisions.

Each function is one transaction, and holds the letters that it touches: a reading holds them too, so neither writes
over the other. ``Refused`` says in Dutch why something cannot be done, and what to do.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.anchors import give_anchors
from letters.ingest.meetings import fill_shared
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


#: Below this share of the same words a corrected sentence is another sentence, which nobody checked.
SAME_SENTENCE = 0.8


def lock_letters(pks: Iterable[int]) -> None:
    """Hold these letters until the transaction ends. Rows of theirs that were read before may be stale: read again."""
    list(Letter.objects.select_for_update().filter(pk__in=list(pks)).order_by("pk").values_list("pk"))


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
    fill_shared(letter)
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
def discard_draft(letter: Letter) -> None:
    """Delete a letter that was never public, with its reading and the agenda topics that only this reading made."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.first_published_at is not None:
        raise Refused(
            _("“%(letter)s” is openbaar geweest en blijft bestaan. Trek de brief in.") % {"letter": letter}
        )
    AgendaTopic.objects.filter(read__letter=letter.pk, notes=None).exclude(
        pk__in=AgendaTopic.objects.filter(sections__letter__in=Letter.objects.exclude(pk=letter.pk))
    ).delete()
    letter.text_edition = None
    letter.save(update_fields=["text_edition"])
    letter.delete()


@transaction.atomic
def carry_heading(section: Section, previous: str) -> None:
    """Let a corrected heading also hold for the agenda topic that this letter named with it."""
    lock_letters([section.letter_id])
    AgendaTopic.objects.filter(sections=section, heading=previous, read__letter=section.letter_id).update(
        heading=section.heading
    )


@transaction.atomic
def correct_text(paragraph: Paragraph, previous: str) -> None:
    """After a person corrected a paragraph's words: let everything that points into them point to the same place.

    A position follows its sentence, as it reads now; one whose sentence was taken out becomes an orphan to resolve, and
    one whose sentence says something else now is to be checked again.
    """
    lock_letters([paragraph.letter_id])
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
    _carry_positions(paragraph, carry)


def _carry_positions(paragraph: Paragraph, carry: OffsetCarrier) -> None:
    """Move positions to their sentences. Of two that now say the same of one sentence, the decided or older one stays."""
    sentences = split_sentences(paragraph.text)
    positions = sorted(
        paragraph.positions.all(), key=lambda one: (one.status == Position.Status.UNCHECKED, one.pk)
    )
    paragraph.positions.update(paragraph=None)  # else one could land where another has not left yet
    taken = set()
    for position in positions:
        start, end = carry(position.start), carry(position.end)
        sentence = next((one for one in sentences if one.start < end and start < one.end), None)
        if sentence is None or (sentence.start, position.stance) in taken:
            position.paragraph = None
        else:
            taken.add((sentence.start, position.stance))
            if not _same_sentence(position.sentence, sentence.text):
                _set_status(position, Position.Status.UNCHECKED, by=None)
            position.paragraph = paragraph
            position.start, position.end, position.sentence = sentence.start, sentence.end, sentence.text
        position.save(update_fields=["paragraph", "start", "end", "sentence", *DECIDED])


def _same_sentence(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= SAME_SENTENCE


def resolve(problem: Problem, *, by: User | None) -> None:
    """Say that a problem is settled."""
    problem.resolved_at, problem.resolved_by = timezone.now(), by
    problem.save(update_fields=["resolved_at", "resolved_by"])


# Positions

DECIDED = ["status", "decided_at", "decided_by"]


@transaction.atomic
def decide(
    positions: Iterable[Position],
    status: Position.Status,
    *,
    by: User | None,
    corrections: dict[str, object] | None = None,
) -> int:
    """Check, reject or reopen positions, after writing ``corrections`` (field to value); return how many changed."""
    wanted = {position.pk: position.letter_id for position in positions}
    lock_letters(wanted.values())
    found = list(Position.objects.filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise Refused(_("De brief is intussen opnieuw gelezen. Bekijk de voorstellen zoals zij nu zijn."))
    return sum(_decide(position, status, corrections or {}, by) for position in found)


def _decide(position: Position, status: Position.Status, corrections: dict, by: User | None) -> bool:
    corrected = [name for name, value in corrections.items() if getattr(position, name) != value]
    if not corrected and position.status == status:
        return False
    if status == Position.Status.CHECKED and position.paragraph_id is None:
        raise Refused(
            _("“%(sentence)s” staat niet meer in de brief. Wijs het standpunt af of voeg het opnieuw toe.")
            % {"sentence": position.sentence}
        )
    for name in corrected:
        setattr(position, name, corrections[name])
    if position.same_elsewhere().exists():
        raise Refused(_("Deze zin heeft dit standpunt al."))
    if position.status != status:
        _set_status(position, status, by=by)
    position.save(update_fields=[*corrected, *DECIDED])
    _settle(position, by=by)
    return True


def _set_status(position: Position, status: Position.Status, *, by: User | None) -> None:
    position.status = status
    decided = status != Position.Status.UNCHECKED
    position.decided_at, position.decided_by = (timezone.now(), by) if decided else (None, None)


def _settle(position: Position, *, by: User | None) -> None:
    """A decision on a position also answers what the reading asked about it."""
    if position.status != Position.Status.UNCHECKED:
        asked = Problem.objects.open().filter(letter=position.letter_id, field=f"position:{position.pk}")
        asked.update(resolved_at=timezone.now(), resolved_by=by)


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
    lock_letters([letter.pk])
    paragraph, sentence = find_sentence(letter, quote)
    same = Position.objects.filter(paragraph=paragraph, start=sentence.start, end=sentence.end, stance=stance)
    position = same.first() or Position(
        letter=letter,
        paragraph=paragraph,
        start=sentence.start,
        end=sentence.end,
        sentence=sentence.text,
        stance=stance,
    )
    position.verb, position.moment, position.with_others = verb or position.verb, moment, with_others
    _set_status(position, Position.Status.CHECKED, by=by)
    position.save(update_fields=["verb", "moment", "with_others", *DECIDED] if position.pk else None)
    _settle(position, by=by)
    return position


# Topics


@transaction.atomic
def rename_topic_address(topic: Topic, previous_slug: str) -> None:
    """Keep an address that a topic had: it redirects for ever. The new one may be an old one of this topic itself."""
    if previous_slug != topic.slug:
        if TopicRedirect.objects.filter(slug=topic.slug).exclude(topic=topic).exists():
            raise Refused(_("Dit adres was eerder van een ander onderwerp en verwijst daarheen door."))
        TopicRedirect.objects.filter(slug=topic.slug).delete()
        TopicRedirect.objects.update_or_create(slug=previous_slug, defaults={"topic": topic})


@transaction.atomic
def merge_topic(topic: Topic, into: Topic) -> None:
    """Merge a topic into another: everything filed under it moves, its names become aliases, its address redirects."""
    list(Topic.objects.select_for_update().filter(pk__in=[topic.pk, into.pk]).order_by("pk"))
    topic.refresh_from_db()
    into.refresh_from_db()
    if topic.pk == into.pk or into.merged_into_id is not None or topic.merged_into_id is not None:
        raise Refused(_("Kies een ander onderwerp, dat zelf niet is samengevoegd."))
    if topic in into.ancestors:
        raise Refused(
            _("“%(into)s” valt zelf onder “%(topic)s”. Voeg andersom samen.") % {"into": into, "topic": topic}
        )
    if len(into.ancestors) + topic.height > Topic.LEVELS:
        raise Refused(
            _("Wat onder “%(topic)s” valt, komt dan te diep te liggen. Geef dat eerst een andere plaats.")
            % {"topic": topic}
        )
    filed = Letter.objects.filter(Q(sections__topics=topic) | Q(positions__topics=topic))
    lock_letters(filed.values_list("pk", flat=True))
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
