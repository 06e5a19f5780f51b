"""The parts of a letter in reading order: letterhead, cover, title, body, signatures, annexes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.parsing.dates import find_dates
from letters.parsing.document import Block
from letters.parsing.headings import (
    ANNEX,
    KIND_WORD,
    LONGEST_TITLE,
    NUMBERING,
    could_be_heading,
    is_closing,
    is_only_a_date,
    is_opening,
)
from letters.parsing.language import language_of
from letters.parsing.letterhead import UNFINISHED, Letterhead, find_letterhead
from letters.parsing.letterhead.signatures import SignatureGroup, find_signatures
from letters.parsing.meetings.names import find_meeting_names
from letters.parsing.parsed_letter import Signatory
from letters.parsing.sentences import split_sentences
from letters.parsing.sessions.heads import find_session_head

# "Hierbij bied ik u … aan", "Ik zend u hierbij", "Hierbij ontvangt u", "Bijgevoegd vindt u", "heb ik de eer u … aan te bieden"
COVER_FORMULA = re.compile(
    r"""\b(?:
        (?:bieden?|bied|sturen?|stuur|zenden?|zend|doen?)\s+(?:ik|wij)
      | (?:ik|wij)\s+(?:bieden?|bied|sturen?|stuur|zenden?|zend|doen?)\s+u
      | (?:ontvangt|treft|vindt)\s+u
      | gaat\s+u\s+.{0,40}toe
      | toekomen | aan\s+te\s+bieden | aangeboden
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "Met deze brief wordt tevens voldaan aan het verzoek van …", "Deze is als bijlage bijgevoegd", "Het verslag gaat u hierbij toe"
ABOUT_THE_LETTER = re.compile(
    r"\b(?:(?:deze|bijgaande)\s+brief|hier(?:bij|mee|in)|(?:bijlage|bijgevoegd)|verzoek|toezegging|kenmerk|motie)\b",
    re.IGNORECASE,
)
# "De agenda ging u toe op 3 mei", "Over de inzet bent u geïnformeerd bij brief", "Het verslag heeft uw Kamer al ontvangen"
SENT = re.compile(
    r"""\b(?:ging(?:en)?|gaat|gaan|is|zijn|was|waren|werd(?:en)?|bent|zond(?:en)?|stuurden?|ontving(?:t|en)?|heeft|hebben|hebt|heb)\b.{0,120}?
        \b(?:(?:toe|toegegaan|toegezonden|toegestuurd|toegekomen|gezonden|gestuurd|verzonden|aangeboden|geïnformeerd|bericht|ontvangen
          |Kamerstuk(?:ken)?)\b | nr\.\s\d)""",
    re.VERBOSE | re.IGNORECASE,
)
# "(28 676, nr. 400)." behind "jl."
IN_BRACKETS = re.compile(r"\([^()]*\)\.?")
# How the second line of a title goes on: "VAN 6 EN 7 APRIL"
LINK_WORD = re.compile(r"(?:van|op|en|in|te|de|het|der|met|voor|tot|bij|–|-)\b", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
SENTENCES_OF_COVER = 3
PARAGRAPHS_OF_COVER = 4
WORDS_OF_PARAGRAPH = 12


@dataclass(frozen=True, slots=True)
class Parts:
    """A letter taken apart; everything but the letterhead and the signatures is still blocks."""

    letterhead: Letterhead
    cover: tuple[Block, ...]
    title: tuple[Block, ...]
    body: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    annexes: tuple[Block, ...]

    @property
    def title_text(self) -> str | None:
        """What the letter calls itself; "A. Geannoteerde agenda" above a part of it does not say that."""
        return (
            None
            if self.title and _is_numbered(self.title[0])
            else " ".join(block.text for block in self.title) or None
        )


def split_parts(blocks: Sequence[Block]) -> Parts:
    """Take a letter apart.

    The cover sentence with its signature may stand before the title, the signature may close the letter, or there
    may be neither.
    """
    letterhead = find_letterhead(blocks)
    rest = blocks[letterhead.end :]
    groups = find_signatures(rest)
    annex_start = _annex_start(rest, groups)
    groups = [group for group in groups if group.end <= annex_start]
    cover, body, behind = _around_signatures(rest[:annex_start], groups)
    title, cover, body = _title(cover, body, letterhead)
    has_title = bool(title) and not _is_numbered(title[0])
    if letterhead.end and not cover and not has_title and _hands_over(body):
        cover, body = body[:1], body[1:]
    return Parts(
        letterhead=letterhead,
        cover=tuple(cover),
        title=tuple(title),
        body=tuple(body),
        signatories=tuple(dict.fromkeys(signatory for group in groups for signatory in group.signatories)),
        annexes=(*(behind if any(map(_says_something, behind)) else ()), *rest[annex_start:]),
    )


def _hands_over(body: Sequence[Block]) -> bool:
    """Whether the letter starts with a cover sentence, and with nothing else in that paragraph that it has to say."""
    if not body or could_be_heading(body[0]) or not any(map(_is_paragraph, body[1:])):
        return False
    sentences = [
        sentence.text
        for sentence in split_sentences(body[0].text)
        if not IN_BRACKETS.fullmatch(sentence.text)
    ]
    others = [
        sentence
        for sentence in sentences
        if not (COVER_FORMULA.search(sentence) and KIND_WORD.search(sentence))
    ]
    of_papers = all(ABOUT_THE_LETTER.search(sentence) or _tells_of_sending(sentence) for sentence in others)
    return len(others) < len(sentences) <= SENTENCES_OF_COVER and of_papers


def _tells_of_sending(sentence: str) -> bool:
    return bool(SENT.search(sentence) and KIND_WORD.search(sentence))


def _says_something(block: Block) -> bool:
    """Not "Bijlage(n)" and "1", which a letterhead may leave behind the signature."""
    return len(block.text.split()) > 3


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _is_paragraph(block: Block) -> bool:
    return not could_be_heading(block) and len(block.text.split()) >= WORDS_OF_PARAGRAPH


def _is_title_of_kind(block: Block) -> bool:
    """ "VERSLAG VAN DE NAVO-TOP": right below a signature it opens the text that the letter hands over."""
    return bool(KIND_WORD.search(block.text)) and could_be_heading(block, LONGEST_TITLE)


def _annex_start(blocks: Sequence[Block], groups: Sequence[SignatureGroup]) -> int:
    """Where the annexes begin: the English text at the end, or a heading "Bijlage" behind the letter's own text."""
    for position, block in enumerate(blocks):
        if ANNEX.match(block.text) and could_be_heading(block) and _follows_body(blocks, position):
            return position
    last_signature = groups[-1].end if groups else 0
    start = len(blocks)
    paragraphs = 0
    while start > last_signature:
        block = blocks[start - 1]
        language = language_of(block.text)
        if language == "nl" or (language is None and not could_be_heading(block) and _is_paragraph(block)):
            break
        paragraphs += language == "en" and _is_paragraph(block)
        start -= 1
    if not paragraphs or start == 0:
        return len(blocks)
    if start > last_signature and could_be_heading(blocks[start - 1]) and not could_be_heading(blocks[start]):
        return start - 1  # a Dutch heading above a text in English
    while start < len(blocks) and not could_be_heading(blocks[start], LONGEST_TITLE):
        start += 1  # an English quotation may close the letter's own last section
    return start


def _follows_body(blocks: Sequence[Block], position: int) -> bool:
    before = [block for block in blocks[:position] if _is_paragraph(block)]
    is_the_letter = KIND_WORD.search(blocks[position].text) or (
        position + 1 < len(blocks)
        and KIND_WORD.search(blocks[position + 1].text)
        and could_be_heading(blocks[position + 1])
    )
    return len(before) > 1 and not (is_the_letter and len(before) <= PARAGRAPHS_OF_COVER)


def _around_signatures(
    blocks: Sequence[Block], groups: Sequence[SignatureGroup]
) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """Cover, body, and what stands behind a signature that closes the letter."""
    if not groups:
        return (), blocks, ()
    first, last = _one_block_of_signatures(blocks, groups)
    before, after = blocks[: first.start], blocks[first.end :]
    paragraphs = sum(map(_is_paragraph, before))
    hands_over = (
        paragraphs <= 2
        and (any(map(_is_paragraph, after)) or any(map(_is_title_of_kind, after[:1])))
        and any(COVER_FORMULA.search(block.text) for block in before)
    )
    if hands_over or (_words(after) > 1.5 * _words(before) and paragraphs <= PARAGRAPHS_OF_COVER):
        if last is first:
            return before, after, ()
        return before, blocks[first.end : last.start], blocks[last.end :]
    return (), before, blocks[last.end :] if last is first else blocks[first.end :]


def _one_block_of_signatures(
    blocks: Sequence[Block], groups: Sequence[SignatureGroup]
) -> tuple[SignatureGroup, SignatureGroup]:
    """The first and the last signature. They are one when no text stands between them and the letter goes on below:
    then a line that nobody took for a name stood there, and the last does not close the letter.
    """
    first, last = groups[0], groups[-1]
    between, behind = blocks[first.end : last.start], blocks[last.end :]
    if first is last or any(map(_is_paragraph, between)) or not any(map(_is_paragraph, behind)):
        return first, last
    whole = SignatureGroup(first.start, last.end, (*first.signatories, *last.signatories))
    return whole, whole


def _title(
    cover: Sequence[Block], body: Sequence[Block], letterhead: Letterhead
) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """Find the title above the body; what stands before it belongs to the cover, if it hands the body over."""
    for position, block in enumerate(body[: PARAGRAPHS_OF_COVER + 1]):
        if could_be_heading(block, LONGEST_TITLE):
            before = body[:position]
            is_cover = any(map(_is_cover, before))
            names_kind = KIND_WORD.search(block.text) and (is_cover or find_meeting_names(block.text))
            if position and not names_kind:
                break
            if _is_title(block, body[position + 1 :], letterhead, has_cover=bool(cover)):
                end = position + 1
                while end < len(body) and _goes_on(body[end - 1], body[end]):
                    end += 1
                if position and (_is_numbered(block) or not is_cover):
                    return body[position:end], cover, (*before, *body[end:])
                return body[position:end], (*cover, *before), body[end:]
            break
    return (), cover, body


def _is_cover(block: Block) -> bool:
    return any(
        COVER_FORMULA.search(sentence.text)
        and (KIND_WORD.search(sentence.text) or ABOUT_THE_LETTER.search(sentence.text))
        for sentence in split_sentences(block.text)
    )


def _is_numbered(block: Block) -> bool:
    return bool(block.label or NUMBERING.match(block.text))


def _is_title(block: Block, following: Sequence[Block], letterhead: Letterhead, has_cover: bool) -> bool:
    text = block.text
    if find_session_head(block):
        return False
    names = find_meeting_names(text)
    if names and any(_heads_other_meeting(block, other) for other in following):
        return False
    if (KIND_WORD.search(text) and len(text.split()) > 1) or (names and find_dates(text)):
        return True
    if _folded(text) == _folded(letterhead.subject or ""):
        return True
    bodies = {name.body for name in names}
    others = {
        name.body for other in following if could_be_heading(other) for name in find_meeting_names(other.text)
    }
    return bool(names) and not (others - bodies) and (has_cover or not letterhead.end)


def _heads_other_meeting(title: Block, block: Block) -> bool:
    """Whether further on a heading of the same form names another meeting: then the first is no title of the whole."""
    if (
        not could_be_heading(block, LONGEST_TITLE)
        or not KIND_WORD.search(block.text)
        or not KIND_WORD.search(title.text)
    ):
        return False
    named = {name.body for name in find_meeting_names(block.text)}
    return bool(named) and not named & {name.body for name in find_meeting_names(title.text)}


def _goes_on(title: Block, block: Block) -> bool:
    """Whether a second line belongs to the title: capitals after capitals, or a line with the place and the day."""
    if _breaks_off(title, block):
        return True
    if not could_be_heading(block, LONGEST_TITLE) or block.label or _is_heading_of_its_own(block):
        return False
    if title.capitals and block.capitals and len(title.text) > 30:
        return bool(not find_dates(title.text) or find_dates(block.text) or LINK_WORD.match(block.text))
    if find_dates(title.text) and is_only_a_date(block.text):  # the first day of a report by days
        return False
    return bool(find_dates(block.text)) and len(block.text.split()) <= 8


def _breaks_off(title: Block, block: Block) -> bool:
    """Whether a title was wrapped: "BRUSSEL, 8 EN 9 JUNI" / "2011", "… op 8 en" / "9 juni", "… Defensie" / "te Brussel"."""
    if YEAR.fullmatch(block.text):
        dates = find_dates(title.text)
        return bool(dates) and dates[-1].end == len(title.text) and not dates[-1].year
    if (
        block.label
        or len(block.text.split()) > WORDS_OF_PARAGRAPH
        or block.text.endswith((".", ";", ":", "?"))
    ):
        return False
    return bool(UNFINISHED.search(title.text)) or bool(
        block.text[:1].islower() and LINK_WORD.match(block.text)
    )


def _is_heading_of_its_own(block: Block) -> bool:
    return is_opening(block.text) or is_closing(block.text) or find_session_head(block) is not None


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
