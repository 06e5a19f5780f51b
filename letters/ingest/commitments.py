"""Write where a letter speaks of earlier commitments. What nobody decided on is the machine's and follows what it finds now; what a
person decided stays, and follows its words.
"""

from collections.abc import Sequence

from django.db import transaction

from letters.ingest.follow_ups import propose_follow_ups
from letters.ingest.rows import RowMerger
from letters.models import CommitmentMention, Letter, Paragraph
from letters.parsing.commitments import LONGEST_NAME, Mention, MentionKind, find_mentions
from letters.parsing.folding import fold
from letters.parsing.sentences import split_sentences

#: All that a reading writes of a mention that a person decided on.
MOVED = ["paragraph", "start", "end", "sentence"]


@transaction.atomic
def find_commitments(letter: Letter) -> bool:
    """Look for mentions in the text of a letter as it is stored; return whether anything changed. Only for who holds the letter,
    after ``one_at_a_time()``.
    """
    merger = RowMerger()
    write_mentions(letter, list(letter.paragraphs.all()), merger)
    return merger.changed


def write_mentions(letter: Letter, paragraphs: Sequence[Paragraph], merger: RowMerger) -> None:
    """Write the mentions in all paragraphs of a letter, and propose which promises they take up."""
    stored = merger.stored(letter.mentions.select_for_update(of=("self",)).order_by("pk"))
    found = [
        (paragraph, mention)
        for paragraph in paragraphs
        if not paragraph.is_question and paragraph.language == "nl"
        for mention in find_mentions(paragraph.text)
    ]
    planned: list[tuple[CommitmentMention, Paragraph | None, Mention | None]] = []
    for paragraph, mention in found:
        row = _same(stored, paragraph, mention)
        if row is not None:
            stored.remove(row)
        planned.append((row or CommitmentMention(letter=letter), paragraph, mention))
    for row in stored:  # no longer found
        if row.is_decided:
            planned.append((row, *_place_of_words(row, paragraphs)))
        else:
            row.delete()
            merger.changed = True
    _write(planned, merger)
    propose_follow_ups(letter)


def _same(
    stored: Sequence[CommitmentMention], paragraph: Paragraph, mention: Mention
) -> CommitmentMention | None:
    """The row of this sentence: in its own paragraph, else anywhere; one that a person decided on goes first."""
    wanted = fold(mention.sentence)
    rows = [row for row in stored if fold(row.sentence) == wanted]
    return min(
        rows, key=lambda row: (row.paragraph_id != paragraph.pk, not row.is_decided, row.pk), default=None
    )


def _place_of_words(
    row: CommitmentMention, paragraphs: Sequence[Paragraph]
) -> tuple[Paragraph | None, Mention | None]:
    """The one place in the letter where the words of a decided mention are now, though nothing is found in them any more."""
    wanted = fold(row.sentence)
    places = [
        (paragraph, Mention(one.start, one.end, one.text, MentionKind(row.kind), row.named, row.rule))
        for paragraph in paragraphs
        if wanted in fold(paragraph.text)
        for one in split_sentences(paragraph.text)
        if fold(one.text) == wanted
    ]
    own = [place for place in places if place[0].pk == row.paragraph_id]
    found = own or places
    return found[0] if len(found) == 1 else (None, None)


def _write(
    planned: Sequence[tuple[CommitmentMention, Paragraph | None, Mention | None]], merger: RowMerger
) -> None:
    """Write each row at its place. A sentence has one mention: of two that come to it, the first stays there."""
    changed, taken = [], set()
    for row, paragraph, mention in planned:
        values = _values(row, paragraph, mention)
        place = values["paragraph"] and (values["paragraph"].pk, values["start"])
        if place in taken:
            values = {"paragraph": None}
        elif place:
            taken.add(place)
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            changed.append((row, values))
    moving = [row.pk for row, _values in changed if row.pk is not None]
    CommitmentMention.objects.filter(pk__in=moving).update(
        paragraph=None
    )  # else one could land where another has not left
    for row, values in changed:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values] if row.pk else None)
        merger.changed = True


def _values(row: CommitmentMention, paragraph: Paragraph | None, mention: Mention | None) -> dict:
    if mention is None:
        return {"paragraph": None}
    values = {
        "paragraph": paragraph,
        "start": mention.start,
        "end": mention.end,
        "sentence": mention.sentence,
        "kind": mention.kind.value,
        "named": mention.named[:LONGEST_NAME],
        "rule": mention.rule[:60],
    }
    return {name: values[name] for name in MOVED} if row.is_decided else values
