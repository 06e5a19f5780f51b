"""After a person corrected the words or a heading of a letter: what hangs on them follows."""

from difflib import SequenceMatcher

from django.db import transaction

from letters.decisions.locking import lock_letters
from letters.decisions.positions import DECIDED, set_status
from letters.ingest import find_commitments, one_at_a_time
from letters.models import AgendaTopic, Paragraph, Position, Section
from letters.offsets import OffsetCarrier
from letters.parsing.sentences import split_sentences

#: Below this share of the same words a corrected sentence is another sentence, which nobody checked.
SAME_SENTENCE = 0.8


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
    one whose sentence says something else now is to be checked again. So does what speaks of a commitment.
    """
    one_at_a_time()  # before the letter: which promises its passages take up is proposed anew
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
    _carry_mentions(paragraph, carry)
    find_commitments(paragraph.letter)


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
                set_status(position, Position.Status.UNCHECKED, by=None)
            position.paragraph = paragraph
            position.start, position.end, position.sentence = sentence.start, sentence.end, sentence.text
        position.save(update_fields=["paragraph", "start", "end", "sentence", *DECIDED])


def _carry_mentions(paragraph: Paragraph, carry: OffsetCarrier) -> None:
    """Let what a person decided of mentions go with the sentence; ``find_commitments`` does the rest."""
    sentences = split_sentences(paragraph.text)
    for mention in paragraph.mentions.exclude(status=Position.Status.UNCHECKED):
        start, end = carry(mention.start), carry(mention.end)
        sentence = next((one for one in sentences if one.start < end and start < one.end), None)
        if sentence is not None and sentence.text != mention.sentence:
            if not _same_sentence(mention.sentence, sentence.text):
                set_status(mention, Position.Status.UNCHECKED, by=None)
            mention.sentence = sentence.text
            mention.save(update_fields=["sentence", *DECIDED])


def _same_sentence(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= SAME_SENTENCE
