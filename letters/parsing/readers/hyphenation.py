"""Words that were cut at the end of a line: was the hyphen the author's, or the typesetter's?

"NAVO-/troepen" keeps it, "bondge-/noten" loses it. A PDF stores both alike.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

#: U+00AD is always the typesetter's.
SOFT = "\xad"
#: How the PDF reader marks a hyphen that is drawn apart from its word. Word processors draw their own hyphens so, but
#: not only those.
SET_APART = "\x1f"
HYPHEN = re.compile(f"[-{SOFT}{SET_APART}\u2010]$")
LINE_END = re.compile(rf"(?<=\w){HYPHEN.pattern}")
#: Words as they stand inside lines, with the hyphens in them: "NAVO-top", "secretaris-generaal"
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
LAST_WORD = re.compile(r"(?<![\w'’.-])[\w'’.-]*$")
FIRST_WORD = re.compile(r"\w+(?:['’-]\w+)*")
#: "defensie- en veiligheidsbeleid": a hyphen that stands for the rest of a word is followed by a space.
CONJUNCTIONS = {"en", "of", "noch", "and", "or", "als", "dan", "respectievelijk", "t/m", "tot"}
#: First parts that are whole words and take a hyphen: titles and ranks, and denials (Leidraad van de Taalunie, 6.D–6.J).
HYPHENATED_PARTS = {
    "adjunct", "aspirant", "bijna", "collega", "directeur", "generaal", "interim", "kandidaat", "loco", "luitenant",
    "minister", "niet", "non", "oud", "plaatsvervangend", "premier", "secretaris", "staatssecretaris", "vice",
}  # fmt: skip
#: Words that begin like these and have no hyphen.
CLOSED_WORDS = {"niettemin", "niettegenstaande"}
#: Two vowels that would be read as one sound get a hyphen between the parts: "defensie-industrie", "na-apen".
#: Between a word and an ending there is none: "voortvloei-end" is cut by the typesetter.
VOWEL_CLASHES = {
    "aa",
    "ae",
    "ai",
    "au",
    "ee",
    "ei",
    "eu",
    "ie",
    "ii",
    "ij",
    "oe",
    "oi",
    "oo",
    "ou",
    "ui",
    "uu",
    "éé",
}
ENDINGS = re.compile(r"(?:ende?|ers?|ingen|ing|ische?|ele?|eel|ig|ige|air)\b")
#: More than this share of lines ending in an unexplained hyphen, and the typesetter was breaking words.
TYPESETTER_SHARE = 0.03


class Hyphenation:
    """What one document shows about its words. ``lines`` are the texts of its lines, in any order."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = texts = list(lines)
        open_ends = sum(1 for text in texts if LINE_END.search(text) and not _is_sure(text))
        set_apart = sum(1 for text in texts if text.endswith(SET_APART))
        self._breaks_words = set_apart < 3 and open_ends > max(2, TYPESETTER_SHARE * len(texts))

    @cached_property
    def _words(self) -> Counter[str]:
        """The words and how often they occur. Most documents never ask."""
        found: Counter[str] = Counter()
        for text in self._lines:
            inside = LINE_END.sub("", text)
            words = WORD.findall(inside)
            if inside != text:
                words = words[:-1]  # half a word
            found.update(word.casefold() for word in words)
        return found

    def join(self, line: str, following: str) -> str:
        """Say what stands between two lines of one paragraph, once the hyphen at the end of ``line`` is taken off.

        That is " " if there was none, else "-", "- " or "".
        """
        match = LINE_END.search(line)
        if match is None:
            return " "
        if match[0] == SOFT:
            return ""
        before = LAST_WORD.search(line[: match.start()])[0]
        after_match = FIRST_WORD.match(following)
        after = after_match[0] if after_match else ""
        if after.casefold() in CONJUNCTIONS:
            return "- "
        return "-" if self._is_real(before, after, match[0] == SET_APART) else ""

    def _is_real(self, before: str, after: str, is_set_apart: bool) -> bool:
        part = before.rsplit("-", 1)[-1]
        shouting = before.isupper() and after.isupper() and len(part) > 5
        if not shouting and _shows_hyphen(part, after):
            return True
        whole, hyphened = f"{before}{after}".casefold(), f"{before}-{after}".casefold()
        if self._words[whole] != self._words[hyphened]:
            return self._words[hyphened] > self._words[whole]
        if is_set_apart or whole in CLOSED_WORDS:
            return False
        part, after = part.casefold(), after.casefold()
        clashes = part[-1:] + after[:1] in VOWEL_CLASHES and not ENDINGS.match(after)
        if (part in HYPHENATED_PARTS and len(after) > 3) or clashes:
            return True
        return not self._breaks_words and not self._cuts_a_word(part, after)

    def _cuts_a_word(self, before: str, after: str) -> bool:
        """Whether the cut lies inside a word of this document: "minis-/teriële" in a letter with "ministers"."""
        whole = before + after
        beyond = whole[: len(before) + 3]
        return any(
            (word.startswith(beyond) and len(beyond) > 6)
            or (len(word) > max(len(after) + 1, 4) and whole.endswith(word))
            for word in self._words
        )


def strip(end: str) -> str:
    """Take the hyphen off the last bit of a line; it may be a bit of its own."""
    return HYPHEN.sub("", end)


def _shows_hyphen(before: str, after: str) -> bool:
    """Capitals and digits beside a hyphen, and single letters before it, are no syllables."""
    return (
        not after
        or not after[0].islower()
        or (before.isupper() and len(before) > 1)
        or before[-1:].isdigit()
        or len(before) == 1
    )


def _is_sure(line: str) -> bool:
    """Whether the hyphen at the end of a line is no syllable's, by what stands before it."""
    before = LAST_WORD.search(LINE_END.sub("", line))[0].rsplit("-", 1)[-1]
    return _shows_hyphen(before, "a")
