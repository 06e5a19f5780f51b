"""Plain text with lines broken off at a width: read as the same text with a paragraph on each line."""

import textwrap
from itertools import pairwise
from pathlib import Path

import pytest

from letters.parsing import parse_letter
from letters.parsing.readers.text import read
from letters.parsing.readers.text_encoding import decode
from letters.parsing.readers.text_widths import find_wrapping, in_print
from letters.parsing.readers.text_wrapping import ends_sentence

LETTERS = Path(__file__).parent / "letters"
WIDTHS = (72, 76, 80)
# Letters of ours in different layouts, with headings of one line, notes, lists, annexes and titles in capitals
NAMES = (
    "fresh-11-agenda-2032",
    "fresh-2-verslag-2029",
    "fresh-5-verslag-2015",
    "own-aangepaste-agenda-2038",
    "own-kamerstuk-verslag-2027",
    "unseen-agenda-2006-04-27",
    "unseen-agenda-2014-06-24",
    "unseen-verslag-2022-06-28",
    "unseen-verslag-2024-12-03",
    "verslag-2021-03-23",
)


def lines_of(name: str) -> list[str]:
    text, _ = decode((LETTERS / f"{name}.txt").read_bytes())
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def wrapped(lines: list[str], width: int) -> list[str]:
    """Each line as lines of at most so many characters; rows of a table stay whole."""
    return [
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        if "|" not in line and "\t" not in line
        else line
        for line in lines
    ]


def parse(parts: list[str], between: str):
    return parse_letter([("brief.txt", between.join(parts).encode())], {})


def sections(letter) -> list[tuple]:
    return [
        (section.heading, section.kind, section.session, [paragraph.text for paragraph in section.paragraphs])
        for section in letter.sections
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_wrapped_letter_with_blank_lines_between_its_paragraphs_has_the_same_sections(name, width):
    lines = lines_of(name)

    whole, letter = parse(lines, "\n\n"), parse(wrapped(lines, width), "\n\n")

    assert (sections(letter), letter.sessions) == (sections(whole), whole.sessions)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_wrapped_letter_without_blank_lines_has_the_same_headings_and_sessions(name, width):
    lines = lines_of(name)

    whole, letter = parse(lines, "\n\n"), parse(wrapped(lines, width), "\n")

    headings = [(heading, kind, session) for heading, kind, session, _ in sections(letter)]
    assert headings == [(heading, kind, session) for heading, kind, session, _ in sections(whole)]
    assert letter.sessions == whole.sessions


PARAGRAPHS = [
    "De ministers spraken over de voortzetting van de steun, over de gevolgen daarvan voor de voorraden van de bondgenoten en "
    "over de productie van munitie in de komende jaren, waarvoor langjarige contracten nodig zijn en waarvoor bondgenoten zich "
    "inspannen.",
    "Nederland benadrukte het belang van eenheid binnen het bondgenootschap en wees daarnaast op de noodzaak om de samenwerking "
    "met de partners in de regio te verdiepen, zoals afgelopen zomer is vastgesteld.",
]


def texts(source: str) -> list[str]:
    return [block.text for block in read(source.encode()).blocks]


# (what stands between the paragraphs)
BETWEEN = [
    # two headings under each other, of which the first is long
    ["Voorbespreking van de aanstaande top in de hoofdstad Riga", "Oekraïne"],
    # a heading that takes a whole line
    ["Overzicht van de Nederlandse bijdragen aan de missies en de operaties in Irak"],
    # a title in capitals of which the last word did not fit
    ["VERSLAG VAN DE BIJEENKOMST VAN DE MINISTERS VAN BUITENLANDSE ZAKEN OP 3 EN 4 MEI"],
]


@pytest.mark.parametrize("headings", BETWEEN)
def test_headings_between_wrapped_paragraphs_without_blank_lines_stay_apart(headings):
    lines = [*PARAGRAPHS, *headings, *PARAGRAPHS]

    assert texts("\n".join(wrapped(lines, 78))) == lines


# (a paragraph of which a line starts as something new does)
ONE_PARAGRAPH = [
    "De bijeenkomst staat in het teken van de komende top. Werksessie I vindt plaats in de middag van 24 juni en de tweede, of "
    "ook: werksessie II, in de ochtend van 25 juni en met alle partners; Werksessie III volgt dan op 25 juni in de middag.",
    "De voorstellen omvatten: 1. het versterken van de afschrikking; 2. het vergroten van de weerbaarheid; 3. het behoud van "
    "technologische voorsprong; 4. de verbreding van politieke consultaties; 5. een wereldwijde benadering van veiligheid.",
]


@pytest.mark.parametrize("width", range(60, 90, 3))
@pytest.mark.parametrize("paragraph", ONE_PARAGRAPH)
def test_a_sentence_that_counts_or_names_sessions_stays_whole_wherever_it_is_broken(paragraph, width):
    lines = [PARAGRAPHS[0], "", paragraph, "", PARAGRAPHS[1]]

    assert paragraph in texts("\n".join(wrapped(lines, width)))


def test_a_wrapped_note_without_a_blank_line_below_it_is_one_note():
    lines = [
        *PARAGRAPHS,
        PARAGRAPHS[0].replace("de steun,", "de steun,¹"),
        "¹ Zie ook het verslag van de bijeenkomst van de ministers van Buitenlandse Zaken van 15 en 16 februari, nr. 268.",
        PARAGRAPHS[1],
    ]

    document = read("\n".join(wrapped(lines, 78)).encode())

    assert [block.text for block in document.blocks] == PARAGRAPHS * 2
    assert [note.text for note in document.notes] == [lines[3].removeprefix("¹ ")]


LETTER = [PARAGRAPHS[0], "Oekraïne", PARAGRAPHS[1], "Westelijke Balkan", *PARAGRAPHS]


def of_mail(lines: list[str]) -> str:
    """A blank behind each line that goes on (RFC 3676)."""
    return "\n".join(part.replace("\n", " \n") for part in wrapped(lines, 72))


# How the lines of a copy came about
COPIES = [
    of_mail(LETTER),
    "\n".join(f"> {line}" for part in wrapped(LETTER, 72) for line in part.split("\n")),
    "\n\n".join(wrapped(LETTER, 72)).replace("\n", "\n\n"),
    "\n".join(f"   {line}" for part in wrapped(LETTER, 75) for line in part.split("\n")),
]


@pytest.mark.parametrize("copy", COPIES, ids=["mail", "quoted", "double spaced", "indented"])
def test_a_copy_gives_the_paragraphs_back(copy):
    assert texts(copy) == LETTER


def test_a_mark_of_quotation_on_one_line_is_no_quotation():
    assert texts("> Retouradres Postbus 20701\nDe ministers spraken.") == [
        "> Retouradres Postbus 20701",
        "De ministers spraken.",
    ]


def broken(lines: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(lines))


def test_lines_of_a_width_in_characters_are_full_when_the_next_word_did_not_fit():
    lines = "\n".join(wrapped(PARAGRAPHS * 2, 78)).split("\n")

    wrapping = find_wrapping(lines, broken(lines), ends_sentence)

    assert wrapping.is_exact
    assert wrapping.is_full("x" * 75, "word", ended=True)
    assert not wrapping.is_full("x" * 60, "word", ended=True)


def test_lines_of_a_width_in_print_are_known_by_the_width_of_their_letters():
    words = " ".join(PARAGRAPHS * 2).split()
    lines, line = [], words[0]
    for word in words[1:]:
        if in_print(f"{line} {word}") > 90:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}"
    lines.append(line)

    wrapping = find_wrapping(lines, broken(lines), ends_sentence)

    assert (wrapping.is_exact, wrapping.measure) == (True, in_print)


def test_lines_of_any_length_have_no_exact_width():
    words = " ".join(PARAGRAPHS * 3).split()
    lines = [" ".join(words[start : start + 10 + start % 4]) for start in range(0, len(words) - 14, 12)]

    wrapping = find_wrapping(lines, broken(lines), ends_sentence)

    assert not wrapping.is_exact
