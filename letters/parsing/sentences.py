"""Where the sentences of a paragraph begin and end, in the Dutch of ministers' letters.

A full stop ends a sentence when what follows looks like a beginning: a capital, a number or an opening quote. The rest of
this module is about stops that do not end one (``nr. 446``, ``Zr.Ms. Holland``, ``H.G.J. Bruins Slot``, ``zijn: 1. meer
aandacht``) and about abbreviations that may do both (``van 7 oktober jl. Aan zowel``, ``in juli jl. de verklaring``).
"""

import re
from collections import deque
from dataclasses import dataclass

#: Always followed by the rest of the sentence.
_BINDING = """
    a.d.h.v a.h.v a.h.w afd al art arts bijv blz bv ca c.q d.d d.w.z dhr dr drs e.g evt excl fig gen hfdst hfst hr hr.ms i.c i.e
    i.g.v i.h.a i.h.b i.h.k.v i.p.v i.s.m i.t.t i.v.m incl ing ir kol kst lt lt.gen lt.kol luit m.a.w m.b.t m.b.v m.i
    m.i.v m.m.v m.n m.u.v maj max mevr mgr min mln mld mr ms mw n.a.v no nr nrs o.a o.b.v o.g.v o.i.d o.l.v o.m o.v.v
    p par pag prof red resp sgt st t.a.v t.b.v t.g.v t.h.v t.n.v t.o.v t.w v.w.b vgl vnl vs wnd zr zr.ms z.g zgn
"""
BINDING_ABBREVIATIONS = frozenset(_BINDING.split())
#: Stand at the end of a phrase, so that the next capital begins a sentence.
CLOSING_ABBREVIATIONS = frozenset(
    ["jl", "a.s", "as", "b.d", "c.s", "cs", "e.a", "e.d", "ed", "e.v", "enz", "etc", "m.m", "n.chr", "s.v.p"]
)
#: In front of a number always followed by the rest of the date: "24 feb. 2022", "op 7 okt. 2023".
MONTHS = frozenset(
    ["jan", "feb", "febr", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec"]
)
#: After ``jl.`` these are no new sentence but the name of a paper: "d.d. 3 mei jl. Kamerstuk 28 676".
PAPER_NAMES = frozenset(["Kamerstuk", "Kamerstukken", "Kamerbrief", "Handelingen", "Aanhangsel"])

#: With which words a sentence begins, for the stops after initials ("Washington D.C. Daar", not "minister A. De Croo").
_OPENERS = """
    aan aansluitend afgelopen alle allereerst als bij bondgenoten bovendien daar daarbij daarmee daarnaast daarom daartoe dat
    deze die dit door echter een eerder en er gezien het hier hierbij hierdoor hiermee hierover hiertoe hij hoewel ik in inmiddels
    maar mede met ministers momenteel na naar naast nederland om omdat onder ook op over sinds tegelijkertijd tevens tijdens tot
    uit uw vanaf vanuit verder vervolgens volgens voor voorts wat wij zij zo zoals zowel
"""
OPENERS = frozenset(_OPENERS.split())

#: "einde.", "einde.”", "(einde.)", "vast!", "verder …", "beschermen.12", "in 2010.1" (digits of a footnote)
_STOP = re.compile(
    r"""
    (?<![.!?…]) (?P<stop>[.!?…]+) (?P<close>["'”’»)\]]*)
    (?P<note> (?: (?<!\d\.) | (?<=\b(?:19|20)\d\d\.) ) \d{1,2} (?=\s|$) )?  # none in "3.5"
    (?P<space> \s+ | $ )
    """,
    re.VERBOSE,
)
#: "hebben.De volgende": the space after the stop was lost
_GLUED_STOP = re.compile(r"(?<=[a-zà-ÿ]{3})\.(?=[A-Z][a-zà-ÿ]+\s)")
#: Between the cells of a table row
_CELL_END = re.compile(r"\t+")
#: "H", "H.G", "J.-P", "D.C": one capital after each stop, or two or three letters: "A.Th.B"
_INITIALS = re.compile(r"(?:[A-Z][a-z]{0,2}\.[\s-]?)*[A-Z]$")
_OPENING = "\"'“„‘’«(["
_PAIRS = {"(": ")", "“": "”", "„": "”", "‘": "’", "«": "»", "[": "]"}
#: What opens or closes an insertion; "NAVO’s", "de jaren ‘90", "op ‘t eind" hold an apostrophe, which does neither
_MARK = re.compile(r"(?P<apostrophe>(?<=\w)’(?=\w)|[‘’](?=\d|[st]\b))|[()\[\]“”„‘’«»]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: No bracket or quotation of more characters than this keeps a stop from ending the sentence.
_LONGEST_INSERTION = 400
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` stands at ``[start:end]`` of the paragraph, without white space around it."""

    start: int
    end: int
    text: str


def split_sentences(paragraph: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph, in order. Digits of a footnote glued to a stop belong to no sentence."""
    insertions = deque(_insertions(paragraph))
    sentences: list[Sentence] = []
    start = 0
    for end, next_start in _boundaries(paragraph):
        while insertions and insertions[0][1] < end:
            insertions.popleft()
        is_inside = bool(insertions) and insertions[0][0] < end
        if end > start and not is_inside and _ends_sentence(paragraph, start, end, next_start):
            sentences += _sentence(paragraph, start, end)
            start = next_start
    return (*sentences, *_sentence(paragraph, start, len(paragraph)))


def _sentence(paragraph: str, start: int, end: int) -> list[Sentence]:
    """The sentence between two boundaries without the white space around it; none if there is nothing else."""
    text = paragraph[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return [Sentence(start, start + len(text), text)] if text else []


def _boundaries(paragraph: str) -> list[tuple[int, int]]:
    """Each place where a sentence may end, with the place where the next would begin."""
    spaced = [(m.end("close"), m.end()) for m in _STOP.finditer(paragraph)]
    glued = [(m.end(), m.end()) for m in _GLUED_STOP.finditer(paragraph)]
    cells = [(m.start(), m.end()) for m in _CELL_END.finditer(paragraph)]
    return sorted(spaced + glued + cells)


def _ends_sentence(paragraph: str, start: int, end: int, next_start: int) -> bool:
    following = paragraph[next_start : next_start + _LOOK_BACK]
    if not following:
        return True
    if paragraph[end : end + 1] == "\t":
        return True
    if not _can_begin(following):
        return False
    before = paragraph[max(start, end - _LOOK_BACK) : end].rstrip("\"'”’»)]")
    if not before.endswith("."):  # a question, an exclamation or an ellipsis
        return True
    text_before, last = _last_word(before)
    if not last or before.endswith(".."):
        return True
    if next_start == end:  # no space behind the stop
        return "www" not in last and last.lower() not in BINDING_ABBREVIATIONS
    return _word_ends_sentence(last, text_before, following)


def _last_word(before: str) -> tuple[str, str]:
    """The word in front of the stop that ends this text, without the stop ("jl", "H.G", "28"), and the text before it.

    The word is empty when something else stands there: "2%.", "(zie daar).".
    """
    text, space, word = before.rstrip(".…").rpartition(" ")
    return text + space, word.lstrip(_OPENING) if word[-1:].isalnum() else ""


def _word_ends_sentence(last: str, text_before: str, following: str) -> bool:
    first_word = _FIRST_WORD.match(following.lstrip(_OPENING))
    opener = first_word.group() if first_word else ""
    folded = last.lower()
    if folded in CLOSING_ABBREVIATIONS:
        return opener not in PAPER_NAMES
    if folded in BINDING_ABBREVIATIONS or folded.rpartition("-")[2] in BINDING_ABBREVIATIONS:
        return False
    if folded in MONTHS:
        return not following[0].isdigit()
    if _INITIALS.fullmatch(last):
        return opener.lower() in OPENERS
    if last.isdigit() and len(last) <= 2:
        return not _is_enumerator(text_before)
    return True


def _can_begin(following: str) -> bool:
    """Whether a sentence can begin so: "Het", "8 november", "‘Ramstein’", "’s Middags", "EUR"."""
    bare = following.lstrip(_OPENING)
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit() or bare[:2] in ("s ", "t "))


def _is_enumerator(text_before: str) -> bool:
    """Whether the number behind this text counts: "zijn: 1.", "solidariteit; 2.", or "2." at the start."""
    bare = text_before.rstrip()
    if bare.endswith("."):  # "nr. 5." is no enumeration, "… verlengd. 2. Het mandaat" is
        return _last_word(bare)[1].lower() not in BINDING_ABBREVIATIONS
    return not bare or bare[-1] in ":;,(–-"


def _insertions(paragraph: str) -> list[tuple[int, int]]:
    """Where brackets and paired quotation marks open and close, in order; overlapping ones taken together."""
    opened: dict[str, list[int]] = {closing: [] for closing in _PAIRS.values()}
    found: list[tuple[int, int]] = []
    for mark in _MARK.finditer(paragraph):
        character, place = mark.group(), mark.start()
        if mark["apostrophe"]:
            continue
        if character in _PAIRS:
            opened[_PAIRS[character]].append(place)
        elif opened[character]:
            start = opened[character].pop()
            if place - start <= _LONGEST_INSERTION:
                found.append((start, place))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
