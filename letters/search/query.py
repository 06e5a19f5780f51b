"""What a visitor typed, read as a question: ``words "a phrase" one OR other -without defens*``.

Every word must be there; ``OR`` (or ``or``) stands between two words of which one is enough, and binds no further than those:
``steun OR hulp oekraïne`` is (steun or hulp) and oekraïne. What has a minus is in no result, wherever it stands. A star ends a
word that goes on in any way. Nothing is an error: an operator without words counts for nothing, a quotation mark that is not
closed reaches to the end.
"""

import re
import unicodedata
from dataclasses import dataclass

#: “ ” „ ‟ « » ″, as telephones and word processors write them.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
#: "F-16", "defensie-industrie", "AWACS/AGS", "U.S", "R&D", "NAVO’s"; a comma joins digits only: "3,5"
_JOINED = r"(?:[-‑–./'’&@_]|(?<=\d),(?=\d))"
_TOKEN = re.compile(
    rf"""
    (?P<minus> (?<![^\s(]) [-‑–−]+ (?=["\w]) )?
    (?: "(?P<phrase>[^"]*)(?:"|$)
      | (?P<word> [^\W_]+ (?:{_JOINED}[^\W_]+)* ) (?P<star>\*)?
    )
    """,
    re.VERBOSE,
)
#: "NAVO’s" is also looked for as "NAVO".
_POSSESSIVE = re.compile(r"(?<=\w\w)['’][sS]$")
_WORD_CHARACTER = re.compile(r"[^\W_]")
#: A shorter prefix would be a question about half of all words.
SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that was typed; ``start`` and ``end`` say where, in the text as ``folded`` gives it."""

    text: str
    start: int
    end: int
    is_phrase: bool = False
    is_prefix: bool = False

    def __str__(self):
        return f"{self.text}*" if self.is_prefix else self.text


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """``required``: of each group one term must be there; ``excluded``: none of these may."""

    required: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> list[Term]:
        """What is looked for, in the order typed."""
        return [term for group in self.required for term in group]

    def __bool__(self):
        return bool(self.required or self.excluded)


def only(term: Term) -> TypedQuery:
    """The query for one term of another."""
    return TypedQuery(((term,),))


def folded(text: str) -> str:
    """The text with plain quotation marks and accents that are part of their letter."""
    return unicodedata.normalize("NFC", text).translate(_QUOTES)


def parse_query(text: str) -> TypedQuery:
    """Read any text as a query; one without a word in it gives an empty, false one."""
    required: list[list[Term]] = []
    excluded: list[Term] = []
    other_way = False  # whether the next term may stand instead of the last one
    for match in _TOKEN.finditer(folded(text)):
        if match["word"] and match["word"].upper() == "OR" and not match["minus"]:
            other_way = bool(required)
            continue
        term = _term(match)
        if term is None:
            continue
        if match["minus"]:
            excluded.append(term)
        elif other_way:
            required[-1].append(term)
        else:
            required.append([term])
        other_way = False
    return TypedQuery(tuple(map(tuple, required)), tuple(excluded))


def _term(match: re.Match) -> Term | None:
    if match["phrase"] is not None:
        if not _WORD_CHARACTER.search(match["phrase"]):
            return None
        return Term(match["phrase"].strip(), *match.span("phrase"), is_phrase=True)
    is_prefix = bool(match["star"]) and len(match["word"]) >= SHORTEST_PREFIX
    word = match["word"] if is_prefix else _POSSESSIVE.sub("", match["word"])
    return Term(word, *match.span("word"), is_prefix=is_prefix)
