"""Whether a line is a person's name: "S. el Amrani", "IJ. Mulder", "mevrouw K. Bos", "drs. J.A. Hennis-Plasschaert MA".

A name is read word by word, so that every alphabet's letters and every language's particles are names too.
"""

import re
from itertools import dropwhile

LONGEST_NAME = 70  # characters
LONGEST_TITLE = 200
MOST_WORDS = 9
MOST_WORDS_UNSURE = 6
LONGEST_PARTICLE = 6  # letters: "van", "el", "thoe", "della"

# In front: "mevrouw", "mw.", "de heer", "drs.", "mr. dr.", "Generaal b.d."
TITLE_IN_FRONT = re.compile(
    r"(?:mevrouw|mevr\.?|mw\.?|heer|dhr\.?|(?:drs|dr|mr|ir|prof|ing|bc|lic|jhr|jkvr)\.?|(?:luitenant-|generaal-)?(?:generaal|kolonel|majoor|admiraal)|b\.d\.)",
    re.IGNORECASE,
)
# Behind: "MA", "MSc", "LL.M.", "MPA", "RA", "PhD", "MBA,"
TITLE_BEHIND = re.compile(
    r"(?:[BM](?:A|Sc|Ed|Phil|PA|BA|PM|Eng)|LL\.?[BM]\.?|Ph\.?D\.?|R[AEC]|EMI[AT]|EMPM|MIM)\.?,?"
)
# "J.", "IJ.", "Th.", "A.Th.B.", "J.-P."; what follows a dot without a blank: "J.Hillen"
INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+")
NICKNAME = re.compile(r"\([^\W\d_][\w’'-]{1,20}\)")
# A word of a surname: "Hennis-Plasschaert", "Şahin", "al-Khatib", "d'Hondt", "O’Neill", "McDonald"; not "NAVO2030"
SURNAME = re.compile(r"(?:[^\W\d_]+|['’‘`][^\W\d_]+)(?:[-‑–'’‘`][^\W\d_]+){0,4}")
# Lower-case words that sentences and titles have, and no name
NO_PARTICLE = frozenset(
    {"en", "of", "is", "was", "nam", "die", "dat", "met", "een", "om", "naar", "heeft", "had", "zijn", "wil", "zal", "werd",
     "bij", "uit", "aan", "als", "niet", "over", "deed", "gaf", "zei", "door"}
)  # fmt: skip
# What stands where a name may stand and is none: "Verslag van de Top", "Bijlage A"
NO_NAME = re.compile(
    r"\b(?:verslag|agenda|inzet|brief|bijlagen?|annex|vragen|antwoord(?:en)?|minister|staatssecretaris|inleiding|sessie|werksessie|navo|nato)\b",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Whether a line is surely a name: initials, a title or a first name, and then a surname."""
    words = _words(text)
    if not words or NO_NAME.search(text):
        return False
    bare = _without_titles(words)
    first, rest = _initials_apart(bare)
    rest = [word for word in rest if not NICKNAME.fullmatch(word) and not _is_initials(word)]
    if not rest or not all(map(SURNAME.fullmatch, rest)) or not _is_capitalised(rest[-1]):
        return False
    if not all(_is_capitalised(word) or _is_particle(word) for word in rest):
        return False
    return bool(first) or len(bare) < len(words) or (len(rest) > 1 and _is_capitalised(rest[0]))


def could_be_name(text: str) -> bool:
    """Whether a line may be a name where a name has to stand, whatever its letters: short, no sentence, no number."""
    words = _words(text)
    if not words or NO_NAME.search(text) or NO_PARTICLE.intersection(words):
        return False
    return not text.rstrip().endswith((":", ";", "?", "!")) and len(words) <= MOST_WORDS_UNSURE


def opens_text(text: str) -> bool:
    """Whether a short line below a name opens the text that the letter hands over, or an annex: "VERSLAG VAN DE TOP"."""
    return len(text) <= LONGEST_TITLE and bool(NO_NAME.match(text))


def has_initials(text: str) -> bool:
    """Whether a name starts with initials or a title: two words with capitals alone may be a heading."""
    words = _words(text)
    bare = _without_titles(words)
    return bool(words) and (len(bare) < len(words) or bool(_initials_apart(bare)[0]))


def _words(text: str) -> list[str]:
    text = text.strip(" ,")
    if len(text) > LONGEST_NAME or any(map(str.isdigit, text)) or not any(map(str.isupper, text)):
        return []
    words = text.split()
    return words if len(words) <= MOST_WORDS else []


def _without_titles(words: list[str]) -> list[str]:
    if words[:1] == ["de"] and words[1:2] and words[1].lower() == "heer":
        words = words[1:]
    front = list(dropwhile(TITLE_IN_FRONT.fullmatch, words))
    while len(front) > 1 and TITLE_BEHIND.fullmatch(front[-1]):
        front.pop()
    return [*front[:-1], front[-1].rstrip(",")] if front else []


def _initials_apart(words: list[str]) -> tuple[str, list[str]]:
    """The initials at the front, and what follows: "J.Hillen" is both."""
    if not words or not (found := INITIALS.match(words[0])) or not words[0][0].isupper():
        return "", words
    rest = words[0][found.end() :]
    return found.group(), [*([rest] if rest else []), *words[1:]]


def _is_initials(word: str) -> bool:
    return word[0].isupper() and bool(INITIALS.fullmatch(word))


def _is_capitalised(word: str) -> bool:
    """ "Bos", "d'Hondt", "al-Khatib"; not "van"."""
    return any(map(str.isupper, word))


def _is_particle(word: str) -> bool:
    return len(word.strip("'’‘`")) <= LONGEST_PARTICLE and word not in NO_PARTICLE
