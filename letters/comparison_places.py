"""Where the words of a sentence stand in letters, whether or not anybody checked them as a position there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from letters.models import Letter, Paragraph, QuotedSentence
from letters.parsing.folding import fold
from letters.parsing.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Place:
    """``is_checked``: there the words are a checked position too."""

    letter: Letter
    paragraph: Paragraph
    is_checked: bool

    @property
    def name(self) -> str:
        """ "verslag, al. 4"."""
        kind, anchor = self.letter.get_kind_display(), self.paragraph.anchor
        return f"{kind}, {_('al.')}\N{NO-BREAK SPACE}{anchor}" if anchor else kind

    @property
    def url(self) -> str:
        return self.letter.url_at(self.paragraph)


def places(
    sentences: Collection[str], checked: Iterable[QuotedSentence], letters: list[int]
) -> dict[str, Place]:
    """Where each of the sentences stands literally, by the sentence; those that stand nowhere are left out.

    ``checked``: where they are a position, which counts first; ``letters``: keys of the letters to look in, in one query.
    """
    if not sentences:
        return {}
    found = {
        fold(one.text): Place(one.position.letter, one.position.paragraph, is_checked=True) for one in checked
    }
    wanted = {fold(sentence) for sentence in sentences} - found.keys()
    for paragraph in _paragraphs(letters) if wanted else ():
        for text in _standing_in(paragraph.text, wanted):
            found[text] = Place(paragraph.letter, paragraph, is_checked=False)
            wanted.remove(text)
    return {sentence: found[fold(sentence)] for sentence in sentences if fold(sentence) in found}


def _paragraphs(letters: list[int]):
    """What the ministers say themselves: not the questions of members that a letter repeats."""
    return (
        Paragraph.objects.public()
        .filter(letter__in=letters, is_question=False)
        .select_related("letter")
        .only("text", "anchor", "letter__slug", "letter__kind")
        .order_by("letter_id", "order", "pk")
    )


def _standing_in(text: str, wanted: set[str]) -> set[str]:
    """Those of the folded sentences that are a whole sentence of this text, which is only then split."""
    folded = fold(text)
    held = {sentence for sentence in wanted if sentence in folded}
    return held and held & {fold(sentence.text) for sentence in split_sentences(text)}
