"""Who wrote a letter, as reference managers want it: surname, given names and what stands between them."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from letters.models import Letter
from letters.parsing.letterhead.person_names import INITIALS, NICKNAME, TITLE_BEHIND, TITLE_IN_FRONT


@dataclass(frozen=True, slots=True)
class Author:
    """A person ("Veldkamp", "C.C.J.", ""), or with ``family`` alone an organisation or a name that is not split."""

    family: str
    given: str = ""
    particle: str = ""

    @property
    def inverted(self) -> str:
        """ "Plas, C. van der": as catalogues write it."""
        first = " ".join(part for part in [self.given, self.particle] if part)
        return f"{self.family}, {first}" if first else self.family


def authors(letter: Letter) -> list[Author]:
    """Who signs the letter; without names its ministries, else the offices that sign."""
    signing = [signatory for signatory in letter.signatories.all() if signatory.signs]
    named = [author_named(signatory.name) for signatory in signing if signatory.name]
    offices = [signatory.office[:1].upper() + signatory.office[1:] for signatory in signing]
    return named or [Author(name) for name in letter.ministries or offices]


@lru_cache(maxsize=1000)  # a few ministers sign everything
def author_named(name: str) -> Author:
    """Split a name: "drs. C. van der Plas MA" is Plas, C., van der.

    What cannot be told stays whole: whether "Jan Peter Balkenende" has two first names or two surnames.
    """
    words = [word for word in name.replace(",", " ").split() if not NICKNAME.fullmatch(word)]
    words = list(dropwhile(TITLE_IN_FRONT.fullmatch, words))
    while len(words) > 1 and TITLE_BEHIND.fullmatch(words[-1]):
        words.pop()
    given = _given(words)
    rest = words[given:]
    particle = [word for word in rest[:-1] if word.islower()]
    family = rest[len(particle) :]
    if not given or not family or rest[: len(particle)] != particle:
        return Author(" ".join(words) or name)
    return Author(" ".join(family), " ".join(words[:given]), " ".join(particle))


def _given(words: list[str]) -> int:
    """How many words at the front are initials or first names; 0 when that cannot be told."""
    initials = next((place for place, word in enumerate(words) if not INITIALS.fullmatch(word)), 0)
    if initials:
        return initials
    lower = next((place for place, word in enumerate(words) if word.islower()), 0)
    return lower or (1 if len(words) == 2 else 0)
