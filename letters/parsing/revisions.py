"""Letters that take the place of an earlier one: a *herdruk*, an *aangepaste agenda*, "ter vervanging van mijn brief".

An *aanvullende* agenda adds to the earlier one, which stays: that is no revision.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from letters.parsing.citations import find_papers
from letters.parsing.document import Block, MarkKind
from letters.parsing.parsed_letter import Problem, Revision
from letters.parsing.patterns import either
from letters.parsing.sentences import split_sentences

#: The code of the problem that asks which letter is replaced.
REVISION = "revision"

# "Nr. 7 HERDRUK1", "nr. 446 herdruk", "HERDRUK" on a line of its own
REPRINT = re.compile(
    r"(?:nr\.?\s*(?:\d+|[A-Z]{1,3})\s+)?herdruk\s*\d*(?=$|\s+(?-i:[A-Z]{2,}\b))", re.IGNORECASE
)

_CHANGED = (
    r"(?:aangepaste?|gewijzigde?|herziene?|gecorrigeerde?|geactualiseerde?|verbeterde?|gerectificeerde?)"
)
_LETTER = r"(?:agenda|conceptagenda|concept-agenda|verslag|versie|brief|kamerbrief|kabinetsinzet|inzet|antwoorden|beantwoording)"
# "Aangepaste geannoteerde agenda NAVO-top", "de herziene versie van het verslag", "Rectificatie verslag"
AMENDED_TITLE = either(
    rf"\b{_CHANGED}\s+(?:(?:geannoteerde|definitieve|Nederlandse)\s+)?{_LETTER}\b",
    rf"\b(?:rectificatie|correctie)\s+(?:op\s+|van\s+|bij\s+)?(?:(?:de|het|mijn|onze)\s+)?(?:geannoteerde\s+)?{_LETTER}\b",
)
_SENT = r"(?:(?:aan|toe|ver)?ge(?:boden|zonden|stuurde?)|aangeboden|verzonden|verstuurde?)"
# "de eerder aan uw Kamer gezonden", "mijn op 3 mei jl. verstuurde"
_EARLIER = (
    r"(?:(?:de|het|mijn|onze|deze|die|eerdere?|vorige|reeds|abusievelijk|aan|u|uw|Kamer|op"
    rf"|\d{{1,2}}\s+[a-z]{{3,9}}|20\d\d|jl\.|{_SENT})\s+){{0,9}}"
)
_REPLACED = rf"(?:geannoteerde\s+)?(?:kamer)?{_LETTER}\b"
# "ter vervanging van mijn brief van 3 mei", "Deze brief vervangt de eerder aan uw Kamer gezonden geannoteerde agenda",
# "Deze agenda komt in de plaats van het verslag", "de eerdere brief komt hiermee te vervallen"
REPLACES = either(
    rf"\b(?:ter|als)\s+vervanging\s+van\s+{_EARLIER}{_REPLACED}",
    rf"\b(?:vervangt|vervangen)\s+(?:hiermee\s+|daarmee\s+)?{_EARLIER}{_REPLACED}",
    rf"\bin\s+(?:de\s+)?plaats\s+van\s+{_EARLIER}{_REPLACED}",
    rf"\b{_LETTER}\b.{{0,80}}\b(?:komt|is)\s+(?:hiermee|daarmee|hierbij)\s+(?:te\s+vervallen|vervangen|vervallen)",
)
# In front of another letter, which this one only mentions: "zoals gemeld in de aangepaste agenda"
MENTIONED = re.compile(
    r"\b(?:aanvulling\s+op|vervolg\s+op|verwijzing\s+naar|verwezen\s+naar|zoals\s+\w+\s+in|vragen\s+over|verslag\s+van)\s+(?:de|het|een|mijn|onze)?\s*$",
    re.IGNORECASE,
)
WORDS_IN_FRONT = 60  # characters, which hold any of these
LINES_OF_HEAD = 15


@dataclass(frozen=True, slots=True)
class Revised:
    """How a letter revises an earlier one, and the paper that it names as replaced: "kst-28676-440"."""

    revision: Revision | None = None
    replaces: str | None = None


def revision_problems(revised: Revised) -> list[Problem]:
    """Ask which letter this one replaces; that letter may not be here, or not yet."""
    if revised.revision is None and revised.replaces is None:
        return []
    earlier = revised.replaces or "een eerdere brief"
    message = (
        f"Deze brief komt in de plaats van {earlier}. Kies die brief bij “vervangt”, als zij hier staat."
    )
    return [Problem(REVISION, message, "replaces")]


def find_revision(
    head: Sequence[str],
    headline: Iterable[str],
    blocks: Sequence[Block],
    notes: Mapping[str, str],
    paper: str | None = None,
) -> Revised:
    """Say whether the letter replaces an earlier one.

    ``head`` are the first lines, ``headline`` subject, title and the sentences that hand something over, ``blocks`` cover
    and body, ``notes`` the texts of footnotes by mark. ``paper`` is the letter's own.
    """
    sentences = list(_replacing_sentences(blocks, notes))
    papers = {found.paper for text in sentences for found in find_papers(text)} - {paper}
    replaced = papers.pop() if len(papers) == 1 else None
    if any(REPRINT.match(line) for line in head[:LINES_OF_HEAD]):
        return Revised(Revision.REPRINT, replaced)
    if sentences or any(map(_is_amended, headline)):
        return Revised(Revision.AMENDED, replaced)
    return Revised()


def _is_amended(line: str) -> bool:
    return any(
        not MENTIONED.search(line[max(found.start() - WORDS_IN_FRONT, 0) : found.start()])
        for found in AMENDED_TITLE.finditer(line)
    )


def _replacing_sentences(blocks: Sequence[Block], notes: Mapping[str, str]) -> Iterator[str]:
    """The sentences that say so, each with the text of the footnotes that stand in it."""
    for block in blocks:
        if not REPLACES.search(block.text):
            continue
        for sentence in split_sentences(block.text):
            if REPLACES.search(sentence.text):
                marks = [
                    mark.value
                    for mark in block.marks
                    if mark.kind == MarkKind.FOOTNOTE and sentence.start < mark.start <= sentence.end
                ]
                yield " ".join([sentence.text, *(notes[mark] for mark in marks if mark in notes)])
