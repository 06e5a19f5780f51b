"""What a line must look like to be a heading, and what its words say about it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from letters.parsing.dates import find_dates
from letters.parsing.document import Block, BlockKind
from letters.parsing.question_labels import is_question_label
from letters.parsing.sessions.heads import ROMAN, find_session_head

LONGEST_HEADING = 140  # characters
LONGEST_TITLE = 260
MOST_WORDS = 18
MOST_WORDS_OF_TITLE = 34
ROW = 3  # so many short lines in a row are a list

# "2.", "1.1", "A.", "II.", "b)" in front of a heading; not "2%", "F-35" or "J. S. J. Hillen"
NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})+\s+|\d{1,2}(?:\.\d{1,2})*[.)]\s*|[A-Z][.)]\s+(?![A-Z]\.)|[IVX]{1,4}[.)]\s+|[a-z]\)\s+|[a-z]\.\s+(?=[A-Z]))(?=\S)"
)
# Two sentences in one line: "Nederland riep op tot steun. Dat is nodig"
SENTENCE_BREAK = re.compile(r"[a-zà-ÿ]{3}[.!?] [A-ZÀ-Þ]")
# Headings that only open a letter or a part of it
OPENING = re.compile(
    r"(?:algemeen|algemene\s+(?:inleiding|opmerkingen)|introductie|inleiding(?:\s+en\s+(?:context|achtergrond))?|(?:geannoteerde\s+)?agenda"
    r"|samenvatting|ten\s+geleide|vooraf|aanleiding|verslag|achtergrond|context|kader|setting|deelname|deelnemers|programma)",
    re.IGNORECASE,
)
# Headings that only close it
CLOSING = re.compile(
    r"(?:tot\s+slot|slot|afsluiting|afsluitend|overige?|overige\s+(?:onderwerpen|punten|zaken)|diversen|any\s+other\s+business|rondvraag|vooruitblik"
    r"|vervolg|vervolgstappen|vervolgtraject|slotopmerkingen?|conclusies?|slotwoord|afsluitende\s+opmerkingen|ten\s+slotte|(?:moties?\s+en\s+)?toezegging(?:en)?(?:\s+aan\s+de\s+Kamer)?|any\s+other\s+business|wvttk"
    r"|overige?\s+(?:onderwerpen|punten|zaken|agendapunten|aangelegenheden|mededelingen))",
    re.IGNORECASE,
)
# Of these, the ones that announce what is left to tell: it may be of the meeting
REMAINDER = re.compile(
    r"(?:overige?(?:\s+(?:onderwerpen|punten|zaken|agendapunten|aangelegenheden|mededelingen))?|diversen|any\s+other\s+business|wvttk)",
    re.IGNORECASE,
)
# "Donderdag", "Woensdagavond", "Dag 2", "Tweede dag"
DAY_HEADING = re.compile(
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond)?|dag\s+\d|(?:eerste|tweede|derde)\s+(?:vergader)?dag):?",
    re.IGNORECASE,
)
# "Verwante documenten", "Lijst van stukken": below it stand only references
PAPERS_HEADING = re.compile(
    r"(?:(?:lijst|overzicht)\s+van\s+)?(?:(?:verwante|gerelateerde|onderliggende|relevante|eerdere|genoemde)\s+)?"
    r"(?:documenten|stukken|kamerstukken|kamerbrieven|referenties|bronnen|bronvermelding|verwijzingen)",
    re.IGNORECASE,
)
# A paper and no sentence: "Kamerstuk 28 676, nr. 400", "Brief van 3 mei 2031 over de top (Kamerstuk 28676-400)"
PAPER = re.compile(
    r"\b(?:Kamerstuk(?:ken)?|Kamerbrief|Handelingen|Aanhangsel|vergaderjaar|nrs?\.?\s\d|20\d\d[DZ]\d{4,5})|https?://",
    re.IGNORECASE,
)
LONGEST_PAPER = 30  # words
# Headings that say whose view follows on the topic above: "Nederlandse inzet", "Inzet van het kabinet", "Kabinetsappreciatie"
_VIEW = r"(?:inzet|positie|standpunt|inbreng|appreciatie|opstelling|reactie)"
_WHOSE = r"(?:Nederland|(?:het\s+)?kabinet|(?:de\s+)?(?:Nederlandse\s+)?regering)"
VIEW = re.compile(
    rf"(?:de\s+|het\s+)?(?:Nederlandse?\s+{_VIEW}|kabinets{_VIEW}|regerings{_VIEW}|{_VIEW}(?:\s+(?:van\s+|door\s+)?{_WHOSE})?)",
    re.IGNORECASE,
)
KIND_WORD = re.compile(
    r"\b(?:verslag|terugkoppeling|uitkomsten|geannoteerde\s+(?:concept)?agenda|conceptagenda|agenda|kabinetsinzet|inzet|beantwoording|antwoorden)\b",
    re.IGNORECASE,
)
ANNEX = re.compile(
    r"^(?:Bijlage|Annex|Appendix)(?:\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])\b)?\s*(?P<separator>[:.–-]\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)


def without_numbering(text: str) -> str:
    """The heading without "2.", "A." or "II." in front."""
    return NUMBERING.sub("", text, count=1).strip()


def number_in_front(block: Block) -> tuple[str, int] | None:
    """How a heading is counted and which one it is: "2." gives ("1", 2), "1.3" ("1.1", 3), "B." ("A", 2), "II." ("I", 2)."""
    number = (block.label or (NUMBERING.match(block.text) or [""])[0]).strip().rstrip(".)")
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*", number):
        return ".".join("1" * (number.count(".") + 1)), int(number.rpartition(".")[2])
    if number.upper() in ROMAN:
        return "I", ROMAN[number.upper()]
    return ("A", ord(number) - ord("A") + 1) if re.fullmatch(r"[A-Z]", number) else None


def are_one_series(headings: Sequence[Block]) -> bool:
    """Whether the last of these headings is counted on from the first, with those between that are counted alike."""
    first, last = number_in_front(headings[0]), number_in_front(headings[-1])
    if first is None or last is None or first[0] != last[0]:
        return False
    numbers = [number for heading in headings if (number := number_in_front(heading))]
    alike = [value for how, value in numbers if how == first[0]]
    return all(after == before + 1 for before, after in pairwise(alike))


def could_be_heading(block: Block, longest: int = LONGEST_HEADING) -> bool:
    """Whether the block's own form allows it to be a heading: short, no sentence, no row of a table."""
    text = block.text.strip()
    if block.kind == BlockKind.HEADING:
        return bool(text) and len(text) <= LONGEST_TITLE
    most_words = MOST_WORDS if longest <= LONGEST_HEADING else MOST_WORDS_OF_TITLE
    if block.kind == BlockKind.TABLE_ROW or not text or len(text) > longest or len(text.split()) > most_words:
        return False
    if block.label and not re.match(r"\d|[A-Z]|[IVX]+|(?:[a-z]|[ivx]{1,4})[.)]", block.label):
        return False
    if SENTENCE_BREAK.search(text):
        return False
    if text.endswith((".", ";", ",", "!", "?", "…")) and not text.endswith(("D.C.", "a.i.", "jl.")):
        return False
    first = without_numbering(text)[:1]
    return (
        bool(first)
        and (first.isupper() or first.isdigit() or first in "\"'‘“«„(")
        and any(map(str.isalpha, text))
    )


def is_opening(text: str) -> bool:
    """ "Algemeen", "1. Inleiding", "Agenda"."""
    return bool(OPENING.fullmatch(without_numbering(text).rstrip(":")))


def is_closing(text: str) -> bool:
    """ "Tot slot", "Overige onderwerpen", "Verwante documenten"."""
    own = without_numbering(text).rstrip(":")
    return bool(CLOSING.fullmatch(own) or PAPERS_HEADING.fullmatch(own))


def is_remainder(text: str) -> bool:
    """ "Overige onderwerpen", "Diversen": what follows may be about the meeting."""
    return bool(REMAINDER.fullmatch(without_numbering(text).rstrip(":")))


def lists_papers(paragraphs: Sequence[str]) -> bool:
    """Whether the text below a heading is only a list of papers, as below "Verwante documenten"."""
    return bool(paragraphs) and all(
        PAPER.search(text)
        and not SENTENCE_BREAK.search(text)
        and len(text.split()) <= LONGEST_PAPER
        and (len(paragraphs) > 1 or not text.endswith("."))
        for text in paragraphs
    )


def is_view(text: str) -> bool:
    """ "Nederlandse inzet", "Inzet Nederland": part of the topic above; not "Nederlandse inzet in Mali"."""
    return bool(VIEW.fullmatch(without_numbering(text).rstrip(":")))


def is_only_a_date(text: str) -> bool:
    """A day as heading: "Woensdag 12 februari", "Donderdag", "Dag 2"."""
    if DAY_HEADING.fullmatch(text.strip()):
        return True
    dates = find_dates(text)
    return bool(dates) and not re.search(r"[^\W\d_]", text[: dates[0].start] + text[dates[0].end :])


def has_styled_headings(blocks: Sequence[Block]) -> bool:
    """Whether the format itself shows headings, so that a plain short line is none."""
    return sum(_is_styled(block) and could_be_heading(block) for block in blocks) > 1


def _is_styled(block: Block) -> bool:
    return block.kind == BlockKind.HEADING or block.bold or block.italic or block.underlined


def is_heading(blocks: Sequence[Block], position: int, styled: bool) -> bool:
    """Whether a block is a heading among its neighbours. ``styled``: see ``has_styled_headings``."""
    block = blocks[position]
    if not could_be_heading(block):
        return False
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if find_session_head(block):
        return True
    if styled:
        return _is_styled(block) or _is_numbered_heading(blocks, position)
    if following is None:
        return False
    if block.label and (
        _same_list(block, following) or (position and _is_listed_below(block, blocks[position - 1]))
    ):
        return False
    if PAPERS_HEADING.fullmatch(block.text.strip().rstrip(":")) and lists_papers([following.text]):
        return True
    return not (PAPER.search(block.text) or _is_enumerated(blocks, position))


def _is_numbered_heading(blocks: Sequence[Block], position: int) -> bool:
    """Whether a plain short line with a number stands alone above a paragraph, where other headings have a style."""
    block = blocks[position]
    number = block.label or (NUMBERING.match(block.text) or [""])[0]
    if not re.match(r"\d|[A-Z]", number) or position + 1 == len(blocks):
        return False
    following = blocks[position + 1]
    neighbours = [following, *blocks[max(0, position - 1) : position]]
    return (
        following.text.rstrip().endswith((".", ":", "?"))
        and len(following.text) > len(block.text)
        and not any(other.label and _same_list(block, other) for other in neighbours)
    )


def _is_enumerated(blocks: Sequence[Block], position: int) -> bool:
    """Whether short lines follow each other as in a list without marks: then only the last may be a heading."""
    start, end = position, position + 1
    while start and position - start < ROW and _is_loose_line(blocks[start - 1]):
        start -= 1
    while end < len(blocks) and end - position < ROW and _is_loose_line(blocks[end]):
        end += 1
    announced = start > 0 and blocks[start - 1].text.endswith(":")
    is_row = end - start >= ROW or (announced and end - start > 1)
    announces = blocks[position].text.endswith(":") and end < len(blocks) and bool(blocks[end].label)
    return announces or (is_row and position + 1 < end and _is_loose_line(blocks[position]))


def _is_loose_line(block: Block) -> bool:
    return (
        could_be_heading(block)
        and not find_session_head(block)
        and not is_opening(block.text)
        and not is_question_label(block.text)
    )


def _is_listed_below(item: Block, above: Block) -> bool:
    return _same_list(item, above) and find_session_head(above) is None


def _same_list(item: Block, neighbour: Block) -> bool:
    """Whether two blocks are counted in one way: "1." and "2.", not "1." and "–", nor "1." and "1.1"."""
    if not item.label or not neighbour.label:
        return False
    shapes = [re.sub(r"\d+", "1", re.sub(r"[a-zA-Z]+", "a", block.label)) for block in (item, neighbour)]
    return shapes[0] == shapes[1]
