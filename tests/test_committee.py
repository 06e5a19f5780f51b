import dataclasses
import datetime
from pathlib import Path

import pytest

from letters.parsing import parse_letter
from letters.parsing.committee import answered_on, find_questions, is_said_by_members
from letters.parsing.committee.body import answer_sections, tidy
from letters.parsing.document import Block, BlockKind, Mark, MarkKind
from letters.parsing.parsed_letter import (
    LetterKind,
    ParsedLetter,
    ParsedParagraph,
    ParsedSection,
    SectionKind,
)
from letters.parsing.positions import find_positions

HERE = Path(__file__).parent

ASKED = "De leden van de D66-fractie vragen of Nederland bereid is meer luchtafweer te leveren?"
REMARK = "De veiligheid van het Hoge Noorden verdient volgens hen veel meer aandacht dan nu."
ANSWER = "Nederland steunt Oekraïne en zal bondgenoten oproepen meer luchtafweer te leveren."
MORE = "Over de gevolgen voor de begroting wordt uw Kamer in het najaar nader geïnformeerd."

# Layouts of questions and answers: (lines, those that repeat a question)
LAYOUTS = [
    # a ministry's letter, numbered
    (["Vraag 1", ASKED, "Antwoord", ANSWER, MORE, "Vraag 2", ASKED, "Antwoord", ANSWER], {0, 1, 4, 5}),
    # remarks belong to the question up to the answer
    (["Vraag 1", REMARK, ASKED, "Antwoord 1", ANSWER], {0, 1, 2}),
    # who answers is named; no numbers, one block for each fraction
    (
        [
            "Vragen van de leden van de fractie van D66",
            REMARK,
            ASKED,
            "Antwoord van het kabinet",
            ANSWER,
            "Vragen van de leden van de SP-fractie",
            REMARK,
            "Antwoord van het kabinet",
            ANSWER,
        ],
        {0, 1, 2, 5, 6},
    ),
    # one reply, and below it each fraction's questions with their answers
    (
        [
            "Antwoord / Reactie van de minister",
            "Vragen en opmerkingen van de leden van de VVD-fractie",
            ASKED,
            ANSWER,
            MORE,
            "Vragen en opmerkingen van de leden van de SP-fractie",
            ASKED,
            ANSWER,
        ],
        {2, 6},
    ),
    # topics as headings; the next question follows an answer without a heading
    (["Oekraïne", ASKED, REMARK, "Antwoord", ANSWER, ASKED, "Antwoord", ANSWER], {1, 2, 4}),
    # an official paper in two parts; below the second the fractions come back as headings
    (
        [
            "I Vragen en opmerkingen vanuit de fracties",
            "Vragen en opmerkingen van de leden van de D66-fractie",
            REMARK,
            ANSWER,
            "II Antwoord / Reactie van de minister",
            "Vragen en opmerkingen van de leden van de D66-fractie",
            ASKED,
            ANSWER,
        ],
        {0, 1, 2, 3, 6},
    ),
    # the same, with remarks and answers below each other in the second part
    (
        [
            "I Vragen en opmerkingen vanuit de fracties",
            REMARK,
            "II Reactie van de minister",
            "Vragen en opmerkingen van de leden van de D66-fractie",
            REMARK,
            "Antwoord",
            ANSWER,
        ],
        {0, 1, 3, 4},
    ),
    # the parts under other names
    (
        [
            "I. Vragen en opmerkingen uit de fracties",
            REMARK,
            "II. Reactie van de Minister van Defensie",
            ANSWER,
        ],
        {0, 1},
    ),
    # a list of questions and answers: bare numbers, two paragraphs of question
    (["1 en 2", ASKED, ASKED, ANSWER, "3", ASKED, ANSWER, MORE, "4", ASKED, ANSWER], {0, 1, 3, 6}),
    # who asks stands behind the number; points of an answer are counted too
    (
        [
            "Vraag 1 (D66)",
            REMARK,
            "Antwoord minister",
            ANSWER,
            "Vraag 2 (SP)",
            REMARK,
            "Antwoord minister",
            MORE,
        ],
        {0, 1, 3, 4},
    ),
    # each fraction's questions, then the answers to them
    (
        [
            "Inbreng van de D66-fractie",
            REMARK,
            "Antwoord op de vragen van de leden van de D66-fractie",
            ANSWER,
            MORE,
        ],
        {0, 1},
    ),
    # a remark of members in front of the answer belongs to the question, one behind it to the answer
    (
        [
            "Algemeen",
            f"De leden van de VVD-fractie steunen de inzet. {REMARK}",
            "Antwoord van het kabinet",
            ANSWER,
            f"Daarnaast vragen deze leden naar de lasten. {REMARK}",
            "Antwoord van het kabinet",
            f"De leden van de VVD-fractie wijzen hier terecht op. {ANSWER}",
        ],
        {1, 4},
    ),
    # nothing but words: a paragraph that begins with members and ends with a question, and one that answers
    ([f"De leden van de SP-fractie maken zich zorgen. {REMARK} Deelt het kabinet dat?", ANSWER, MORE], {0}),
    # the question and its answer in one paragraph: not a question as a whole
    ([f"De leden van de VVD-fractie vragen naar de steun. {ANSWER}", MORE], set()),
]


@pytest.mark.parametrize(("lines", "questions"), LAYOUTS)
def test_questions_are_told_from_answers_in_every_layout(lines, questions):
    blocks = tidy([Block(line) for line in lines])

    assert find_questions(blocks) == questions


def test_paragraphs_in_italics_are_the_questions_where_most_of_them_ask():
    blocks = [
        Block(ASKED, italic=True),
        Block(REMARK, italic=True),
        Block(ASKED, italic=True),
        Block(ANSWER),
        Block(MORE),
    ]

    assert find_questions(blocks) == {0, 1, 2}


def test_points_that_an_answer_counts_are_no_questions():
    blocks = [
        Block("Vraag 1"),
        Block(ASKED),
        Block(MORE, label="Antwoord"),
        Block(ANSWER, label="1."),
        Block(MORE, label="2."),
        Block("Vraag 2"),
        Block(ASKED),
        Block(ANSWER, label="Antwoord"),
    ]

    assert find_questions(blocks) == {0, 1, 5, 6}


def test_an_answer_becomes_the_label_of_its_paragraph_and_keeps_its_marks():
    note = Mark(MarkKind.FOOTNOTE, 34, 34, "1")

    blocks = tidy(
        [Block("Antwoord op vraag 3: Nederland steunt dit.", marks=(note,)), Block("Antwoord"), Block(ANSWER)]
    )

    assert [(block.label, block.text) for block in blocks] == [
        ("Antwoord op vraag 3:", "Nederland steunt dit."),
        ("Antwoord", ANSWER),
    ]
    assert blocks[0].marks == (Mark(MarkKind.FOOTNOTE, 13, 13, "1"),)


def test_a_row_of_a_table_with_a_question_and_its_answer_gives_both_their_own_paragraph():
    row = Block(f"1\t{ASKED}\t{ANSWER}", BlockKind.TABLE_ROW, (Mark(MarkKind.EMPHASIS, 2, 8),))
    other = Block("Vraag\tAntwoord", BlockKind.TABLE_ROW)

    blocks = tidy([other, row])

    assert [(block.label, block.text) for block in blocks] == [
        ("", "Vraag\tAntwoord"),
        ("1", ASKED),
        ("", ANSWER),
    ]
    assert blocks[1].marks == (Mark(MarkKind.EMPHASIS, 0, 6),)
    assert find_questions(blocks) == {1}


def test_a_label_that_has_no_room_stays_a_line_of_its_own():
    blocks = tidy([Block("Antwoord van het kabinet:"), Block(ANSWER)])

    assert [(block.label, block.text) for block in blocks] == [
        ("", "Antwoord van het kabinet:"),
        ("", ANSWER),
    ]


FIRST_PART, SECOND_PART = "Vragen en opmerkingen vanuit de fracties", "Antwoord / Reactie van de minister"
CONTENTS = [
    ["Inhoudsopgave", f"I {FIRST_PART} 2", f"II {SECOND_PART} 5"],
    # the number alone on a line, the pages behind dots, in a table, and the fractions among them
    ["Inhoud", "I", FIRST_PART, "II", SECOND_PART],
    ["Inhoudsopgave:", f"I. {FIRST_PART} ..... 2", f"II. {SECOND_PART} ..... 14"],
    [
        "INHOUDSOPGAVE",
        f"I\t{FIRST_PART}\t2",
        "Vragen van de leden van de SP-fractie\t3",
        f"II\t{SECOND_PART}\t5",
    ],
]


@pytest.mark.parametrize("contents", CONTENTS)
def test_the_contents_and_who_chair_the_committee_are_no_text(contents):
    lines = [
        "De vaste commissie heeft vragen voorgelegd.",
        "De fungerend voorzitter van de vaste commissie voor Defensie,",
        "Van der Verzonnen",
        "Adjunct-griffier van de commissie, Bedacht",
        *contents,
        f"I {FIRST_PART}",
        ASKED,
        f"II {SECOND_PART}",
        ANSWER,
    ]

    texts = [block.text for block in tidy([Block(line) for line in lines])]

    assert texts == [lines[0], FIRST_PART, ASKED, SECOND_PART, ANSWER]


# Sentences of members of parliament, and others: (sentence, whether members say it)
SENTENCES = [
    ("De leden van de VVD-fractie vragen of Nederland dit steunt.", True),
    ("De leden van de fractie van GroenLinks-PvdA lezen dat Nederland oproept tot meer steun.", True),
    ("Ook de leden van de SP-fractie hebben vragen.", True),
    ("Daarnaast vragen de leden van de CDA-fractie naar de inzet.", True),
    ("Tot slot willen deze leden weten hoe Nederland hierin staat.", True),
    ("De D66-fractie steunt de Nederlandse inzet.", True),
    ("Het lid Verzonnen vraagt of het kabinet dit deelt.", True),
    ("De aan het woord zijnde leden zijn benieuwd naar de plannen.", True),
    ("Zij vragen de minister dit toe te lichten.", True),
    ("Graag ontvangen deze leden een reactie.", True),
    ("Kan de minister toezeggen de Kamer te informeren.", True),
    # others than members of parliament
    ("De leden van de NAVO benadrukten het belang van eenheid.", False),
    ("Deze leden van de Alliantie steunen het voorstel.", False),
    ("Nederland vraagt aandacht voor het Hoge Noorden.", False),
    ("Het kabinet deelt de zorg van de leden van de VVD-fractie.", False),
    ("Zij spraken over Oekraïne.", False),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_members_are_known_by_how_a_sentence_begins(sentence, expected):
    assert is_said_by_members(sentence) == expected


# When the answers were given: (text, day)
DAYS = [
    ("Bij brief van 20 mei 2016 zijn de vragen beantwoord.", datetime.date(2016, 5, 20)),
    ("De Minister heeft deze vragen beantwoord bij brief van 4 juni 2019.", datetime.date(2019, 6, 4)),
    (
        "Bij brief van 17 juni 2025 zijn ze door de Minister van Defensie beantwoord.",
        datetime.date(2025, 6, 17),
    ),
    # another letter, or no year
    ("De commissie heeft vragen over de brief van 14 mei 2016.", None),
    ("Bij brief van 20 mei zijn de vragen beantwoord.", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_letter_with_the_answers_is_dated_by_the_paper_that_prints_them(text, day):
    assert answered_on([text]) == day


def test_questions_are_below_their_topic_and_share_it():
    blocks = tidy([Block(ASKED), Block("Antwoord"), Block(ANSWER)])
    paragraphs = tuple(ParsedParagraph.of(block) for block in blocks)
    sections = [
        ParsedSection("Steun aan Oekraïne", SectionKind.INTRODUCTION),
        ParsedSection("Vraag 1", SectionKind.INTRODUCTION, paragraphs=paragraphs),
    ]

    topic, question = answer_sections(
        sections, blocks, lambda text: ("oekraine",) if "Steun aan" in text else ()
    )

    assert (topic.level, question.level, question.parent) == (1, 2, 0)
    assert question.topics == ("oekraine",)
    assert [paragraph.is_question for paragraph in question.paragraphs] == [True, False]


def letter(*paragraphs: ParsedParagraph) -> ParsedLetter:
    section = ParsedSection(None, SectionKind.INTRODUCTION, paragraphs=paragraphs)
    return ParsedLetter(kind=LetterKind.COMMITTEE_ANSWERS, sections=(section,))


def test_a_question_holds_no_position_whatever_it_says():
    paragraph = ParsedParagraph("Nederland steunt dit voorstel. Het kabinet acht dit van belang.")

    answer, question = (
        find_positions(letter(dataclasses.replace(paragraph, is_question=value))) for value in (False, True)
    )

    assert ([one.verb for one in answer], question) == (["steunt", "acht van belang"], ())


def test_a_question_repeated_in_the_answer_holds_no_position():
    text = (
        "De leden van de VVD-fractie vragen of Nederland oproept tot meer steun. Ook de leden van de SP-fractie vragen "
        "of het kabinet dit steunt. Nederland steunt dit voorstel."
    )

    found = find_positions(letter(ParsedParagraph(text)))

    assert [position.sentence for position in found] == ["Nederland steunt dit voorstel."]


# Whole letters: (file, how each paragraph that repeats a question begins)
LETTERS = [
    (
        "own-beantwoording-ministerie-2037.txt",
        [
            "De leden van de D66-fractie lezen",
            "De leden van de SP-fractie vragen",
            "Hoe verhouden",
            "Welke bondgenoten",
        ],
    ),
    (
        "own-schriftelijk-overleg-2035.txt",
        [
            "De leden van de VVD-fractie hebben",
            "De veiligheid in het Hoge Noorden",
            "De leden van de GroenLinks-PvdA-fractie lezen",
            "De leden van de GroenLinks-PvdA-fractie vragen",
        ],
    ),
]


@pytest.mark.parametrize(("name", "beginnings"), LETTERS)
def test_in_a_whole_letter_every_question_is_marked_and_nothing_else(name, beginnings):
    letter = parse_letter([(name, (HERE / "letters" / name).read_bytes())])

    questions = [paragraph.text for paragraph in letter.paragraphs if paragraph.is_question]
    assert [text[: len(start)] for text, start in zip(questions, beginnings, strict=True)] == beginnings
    assert letter.kind == LetterKind.COMMITTEE_ANSWERS
