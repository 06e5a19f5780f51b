"""The topics of a section: those that its heading names, else the one that plainly rules its text."""

from collections import Counter
from collections.abc import Callable, Sequence

from letters.parsing.sentences import split_sentences

#: From a text to the slugs of the topics that it names
Topics = Callable[[str], tuple[str, ...]]

FEWEST_SENTENCES = 3


def topics_of_section(heading: str | None, paragraphs: Sequence[str], topics: Topics) -> tuple[str, ...]:
    """Slugs. A text says only what more than half of its sentences name, and no other topic half as often."""
    if heading and (named := topics(heading)):
        return named
    sentences = [sentence.text for text in paragraphs for sentence in split_sentences(text)]
    counts = Counter(slug for sentence in sentences for slug in topics(sentence))
    if not counts:
        return ()
    (first, most), *others = counts.most_common(2)
    rivals = any(number * 2 >= most for _, number in others)
    return () if most < FEWEST_SENTENCES or most * 2 <= len(sentences) or rivals else (first,)
