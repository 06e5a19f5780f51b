"""Anchors of paragraphs: given once, never reused, so that a link to ``#al-12`` means the same words for ever."""

from letters.models import Letter, Paragraph

LETTERS_OF_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def give_anchors(letter: Letter) -> None:
    """Give every paragraph of the letter that has no anchor one: the next number, or 12a after 12 when it came between."""
    paragraphs = list(letter.paragraphs.order_by("order", "id"))
    used = set(letter.anchors)
    fresh = not used
    previous, named = "0", []
    for place, paragraph in enumerate(paragraphs):
        if not paragraph.anchor:
            is_last = not any(later.anchor for later in paragraphs[place + 1 :])
            paragraph.anchor = _next_number(used) if fresh or is_last else _inserted_after(previous, used)
            used.add(paragraph.anchor)
            named.append(paragraph)
        previous = paragraph.anchor
    Paragraph.objects.bulk_update(named, ["anchor"])
    if used != set(letter.anchors):
        letter.anchors = sorted(used)
        letter.save(update_fields=["anchors"])


def _next_number(used: set[str]) -> str:
    return str(1 + max((int(anchor.rstrip(LETTERS_OF_ALPHABET)) for anchor in used), default=0))


def _inserted_after(previous: str, used: set[str]) -> str:
    """ "12a" after "12", "12b" after "12a"; past "z" a second letter: "12za"."""
    number, suffix = previous.rstrip(LETTERS_OF_ALPHABET), ""
    while True:
        for letter in LETTERS_OF_ALPHABET:
            if (anchor := f"{number}{suffix}{letter}") not in used:
                return anchor
        suffix += "z"
