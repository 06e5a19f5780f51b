"""Answers to a committee: which paragraphs repeat what members of parliament ask, and which are the minister's.

Three layouts occur. An official *verslag van een schriftelijk overleg* prints all questions in part I and the answers in
part II. A ministry's letter, and a *lijst van vragen en antwoorden*, set each question above its answer, under "Vraag 1" and
"Antwoord" or under a bare number. Else only the words tell: "De leden van de D66-fractie vragen …", or italics.
"""

import datetime
import re
from collections.abc import Iterator, Sequence

from letters.parsing.dates import find_dates
from letters.parsing.document import Block
from letters.parsing.headings import could_be_heading
from letters.parsing.question_labels import ANSWER_LINE, BY, NUMBERS, QUESTION_LINE
from letters.parsing.sentences import split_sentences

LONGEST_LINE = 160
WORDS_OF_PARAGRAPH = 8
LINES_OF_HEAD = 30
FEWEST_BLOCKS = 2  # so many questions with their answers make a letter of answers

# "Vraag 1: Kunt u …", "Antwoord: Nederland …", "Antwoord van het kabinet: Het …"
LABEL_AND_TEXT = re.compile(
    rf"""(?P<label>(?:(?:vraag|vragen)\s+{NUMBERS}|antwoord(?:\s+(?:op\s+vraag\s+)?{NUMBERS})?(?:\s+{BY})?)\s*[:.])
        \s+(?=[A-Z0-9À-Þ«"'‘“„])""",
    re.VERBOSE | re.IGNORECASE,
)
BARE_NUMBER = re.compile(rf"{NUMBERS}[.)]?")

# "II Antwoord / Reactie van de minister", "II. Reactie van de Minister van Buitenlandse Zaken", "Antwoorden van het kabinet"
REPLY_PART = re.compile(
    rf"(?:II\b[.:]?\s*)?(?:antwoord(?:en)?|reactie|beantwoording)(?:\s*/\s*reactie)?\s+{BY}\s*:?",
    re.IGNORECASE,
)
# "I Vragen en opmerkingen vanuit de fracties", "Vragen en opmerkingen van de leden van de D66-fractie",
# "Inbreng van de leden van de SP-fractie", "Vragen van de fractie van D66"
QUESTIONS_PART = re.compile(
    r"""(?:I\b[.:]?\s*)?(?:vragen(?:\s+en\s+(?:opmerkingen|antwoorden))?|inbreng|opmerkingen\s+en\s+vragen)\s+
        (?:vanuit|van|uit|door)\s+(?:de\s+)?(?:vaste\s+)?(?:leden|fracties?|commissie|[\w-]+-fractie)\b.{0,120}""",
    re.VERBOSE | re.IGNORECASE,
)
_FRACTION = (
    r"(?:fracties?\s+van\b|[\w/+-]+-fracties?\b|leden\s+van\s+de\s+(?:fracties?\b|[\w/+-]+-\s?fracties?\b))"
)
# "De leden van de VVD-fractie vragen …", "Deze leden lezen …", "Het lid Piri (PvdA) …", "Ook de leden van de fractie van D66 …"
MEMBERS_SPEAK = re.compile(
    rf"""(?:(?:ook|verder|daarnaast|voorts|tevens|tot\ slot|ten\ slotte|tenslotte|bovendien|allereerst|vervolgens|hierover|hierbij
            |daarbij|in\ dat\ kader|in\ dit\ kader)\s+
            (?:(?:hebben|vragen|willen|zijn|lezen|verzoeken|merken|vernemen|constateren|zouden|maken|steunen|benadrukken|roepen
            |hechten)\s+)?)?
        (?:(?:de|deze|dezelfde|genoemde|voornoemde)\s+(?:{_FRACTION}|aan\s+het\s+woord\s+zijnde\s+leden\b)
          | (?:deze|dezelfde|genoemde|voornoemde)\s+leden\b
            (?!\s+van\s+(?:de|het)\s+(?:alliantie|navo|bondgenootschap|eu\b|europese))
          | het\s+lid\s+[A-Z]
          | zij\s+(?:vragen|verzoeken|willen\s+weten|horen\s+graag|vernemen\s+graag|ontvangen\s+graag)
        )""",
    re.VERBOSE | re.IGNORECASE,
)
# Behind a sentence of which members are the subject: "Zij steunen de inzet en hebben nog vragen."
THEY = re.compile(r"(?:(?:ook|tevens|daarnaast)\s+\w+\s+)?zij\b", re.IGNORECASE)
# "Graag ontvangen deze leden een reactie.", "Kan de minister dit toelichten."
REQUEST = re.compile(
    r"(?:graag\s+(?:een\s+(?:reactie|toelichting|antwoord)|ontvangen|vernemen|horen|zien)|kan\s+(?:de\s+minister|het\s+kabinet)|kunt\s+u)\b",
    re.IGNORECASE,
)
# "heeft een aantal vragen en opmerkingen voorgelegd aan de Minister", "de behoefte vragen voor te leggen aan"
LAID_BEFORE = re.compile(
    r"\bcommissie\b.{0,200}\bvragen\b.{0,60}\b(?:voorgelegd|voor\s+te\s+leggen|gesteld)\b", re.IGNORECASE
)
# "Bij brief van 20 mei 2016 zijn de vragen beantwoord", "De Minister heeft deze vragen beantwoord bij brief van 4 juni 2019",
# "De antwoordbrief van 28 augustus 2025"
ANSWERED_BY_LETTER = re.compile(r"\b(?:bij\s+brief|antwoordbrief)\s+van\s+(?P<date>.{6,40})", re.IGNORECASE)
ANSWERED = re.compile(r"\bbeantwoord\b|\bantwoordbrief\b", re.IGNORECASE)


def has_questions_with_answers(blocks: Sequence[Block]) -> bool:
    """Whether the text itself is a row of numbered questions, each with its answer."""
    inline = [found["label"].lower() for block in blocks if (found := LABEL_AND_TEXT.match(block.text))]
    answers = sum(label.startswith("antwoord") for label in inline)
    questions = len(inline) - answers
    questions += sum(bool(QUESTION_LINE.fullmatch(block.text)) for block in blocks)
    answers += sum(bool(ANSWER_LINE.fullmatch(block.text)) for block in blocks)
    return questions >= FEWEST_BLOCKS and answers >= FEWEST_BLOCKS


def is_answered(blocks: Sequence[Block]) -> bool:
    """Whether a paper with questions holds the answers too: it shows them, or says that it prints them."""
    return has_reply(blocks) or has_questions_with_answers(blocks) or _says_answered(blocks[:LINES_OF_HEAD])


def _says_answered(blocks: Sequence[Block]) -> bool:
    return any(
        ANSWERED_BY_LETTER.search(sentence.text) and ANSWERED.search(sentence.text)
        for block in blocks
        if ANSWERED_BY_LETTER.search(block.text)
        for sentence in split_sentences(block.text)
    )


def has_reply(blocks: Sequence[Block]) -> bool:
    """Whether answers stand below a heading "Antwoord", "II Reactie van de minister", or below numbered questions."""
    for position, block in enumerate(blocks):
        if REPLY_PART.fullmatch(block.text) or ANSWER_LINE.fullmatch(block.text) or _answers_inline(block):
            below = blocks[position : position + 6]
            if any(_is_paragraph(other) and not _asks(other) for other in below):
                return True
    return False


def _answers_inline(block: Block) -> bool:
    found = LABEL_AND_TEXT.match(block.text)
    return bool(found) and found["label"].lower().startswith("antwoord")


def answered_on(texts: Sequence[str]) -> datetime.date | None:
    """The day of the letter that held the answers, as the committee's own paper tells it."""
    for text in texts:
        for sentence in split_sentences(text):
            found = ANSWERED_BY_LETTER.search(sentence.text)
            if found and ANSWERED.search(sentence.text):
                mention = next((mention for mention in find_dates(found["date"]) if mention.year), None)
                period = mention.period() if mention else None
                if period:
                    return period[0]
    return None


def lays_before(sentence: str) -> bool:
    """Whether a sentence says what the committee asked about, and whom."""
    return bool(LAID_BEFORE.search(sentence))


def opens_questions(block: Block) -> bool:
    """ "Vragen en opmerkingen van de leden van de D66-fractie"."""
    return len(block.text) <= LONGEST_LINE and bool(QUESTIONS_PART.fullmatch(block.text))


def find_questions(blocks: Sequence[Block]) -> frozenset[int]:
    """The positions of the blocks that repeat questions and remarks. ``blocks`` are tidied."""
    replies = [number for number, block in enumerate(blocks) if REPLY_PART.fullmatch(block.text)]
    asking = [number for number, block in enumerate(blocks) if opens_questions(block)]
    if len(replies) == 1 and asking and asking[0] < replies[0] and has_reply(blocks[replies[0] :]):
        first = replies[0] + 1
        behind = (first + number for number in find_questions(blocks[first:]))
        return frozenset((*range(asking[0], replies[0]), *behind))
    answering = [number for number, block in enumerate(blocks) if _answers(block)]
    if (
        answering and asking and answering[-1] < asking[0]
    ):  # below it each fraction's questions, each with its answer
        first = answering[-1] + 1
        return frozenset(first + number for number in find_questions(blocks[first:]))
    if answering:
        return frozenset(_between_labels(blocks))
    if sum(BARE_NUMBER.fullmatch(block.label) is not None and _asks(block) for block in blocks) > 1:
        return frozenset(_below_numbers(blocks))
    style = _style_of_questions(blocks)
    return frozenset(
        number
        for number, block in enumerate(blocks)
        if _asks(block) or (style is not None and _is_paragraph(block) and getattr(block, style))
    )


def _between_labels(blocks: Sequence[Block]) -> Iterator[int]:
    """From "Vraag 1", or from where members speak, up to "Antwoord"."""
    answer_follows = _answer_follows(blocks)
    asking = False
    for number, block in enumerate(blocks):
        if _answers(block):
            asking = False
        elif _asks_from_here(block):
            asking = True
        elif _is_paragraph(block):
            asking = asking or _asks(block) or (answer_follows[number] and is_said_by_members(block.text))
        elif could_be_heading(block):
            asking = False
        if asking or _asks(block):
            yield number


def _asks_from_here(block: Block) -> bool:
    return bool(opens_questions(block) or QUESTION_LINE.fullmatch(block.text)) or _is_numbered_question(block)


def _is_numbered_question(block: Block) -> bool:
    """A number that stood on a line of its own counts questions; one with a full stop may count points of an answer."""
    return bool(BARE_NUMBER.fullmatch(block.label)) and (block.label[-1].isalnum() or _asks(block))


def _answer_follows(blocks: Sequence[Block]) -> list[bool]:
    """For each block whether the next label is that of an answer: then what stands here is still the question."""
    follows: list[bool] = []
    answer = False
    for block in reversed(blocks):
        follows.append(answer)
        if _answers(block):
            answer = True
        elif _asks_from_here(block):
            answer = False
    return follows[::-1]


def _below_numbers(blocks: Sequence[Block]) -> Iterator[int]:
    """A number stands above a question; the answer is what follows the last question mark."""
    asking = False
    for number, block in enumerate(blocks):
        asking = _is_numbered_question(block) or (asking and _asks(block))
        if asking:
            yield number


def _style_of_questions(blocks: Sequence[Block]) -> str | None:
    """ "italic" or "bold" where paragraphs so printed are the questions: most of them ask, and there are others."""
    paragraphs = [block for block in blocks if _is_paragraph(block)]
    for style in ("italic", "bold"):
        styled = [block for block in paragraphs if getattr(block, style)]
        if styled and len(styled) < len(paragraphs) and 2 * sum(map(_asks, styled)) > len(styled):
            return style
    return None


def _answers(block: Block) -> bool:
    return bool(
        ANSWER_LINE.match(block.label)
        or ANSWER_LINE.fullmatch(block.text)
        or REPLY_PART.fullmatch(block.text)
    )


def _is_paragraph(block: Block) -> bool:
    return len(block.text.split()) >= WORDS_OF_PARAGRAPH and not could_be_heading(block)


def _asks(block: Block) -> bool:
    """Whether a paragraph is a question or a remark as a whole; one that goes on with the answer is not."""
    sentences = [sentence.text for sentence in split_sentences(block.text)]
    if not sentences:
        return False
    of_members = bool(MEMBERS_SPEAK.match(sentences[0]))
    if all(_is_asked(sentence) or (of_members and THEY.match(sentence)) for sentence in sentences):
        return True
    return of_members and _is_asked(sentences[-1])


def _is_asked(sentence: str) -> bool:
    return sentence.rstrip("\"'”’») ").endswith("?") or is_said_by_members(sentence)


def is_said_by_members(sentence: str) -> bool:
    """Whether members of parliament, or a request of theirs, are the subject: never a Dutch position."""
    return bool(MEMBERS_SPEAK.match(sentence) or REQUEST.match(sentence))
