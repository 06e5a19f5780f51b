"""Letters and digits find each other however they are joined; what was found is marked as one."""

import pytest

from letters import search
from letters.models import Paragraph
from letters.search.spellings import spellings, with_joined_words
from tests.factories import make_letter, make_paragraph, make_section

#: By their labels: what a paragraph holds, in Dutch and in English.
PARAGRAPHS = {
    "F-16": "Nederland levert de F-16 aan Oekraïne.",
    "F16": "Nederland levert de F16 aan Oekraïne.",
    "F 16": "Nederland levert de F 16 aan Oekraïne.",
    "F\u201116": "Nederland levert de F\u201116 aan Oekraïne.",
    "F-16-programma": "Het F-16-programma loopt door.",
    "apart": "Van categorie F zijn er 16.",
    "F-35A": "De F-35A volgt haar op.",
    "Leopard 2A6": "De Leopard 2A6 is een tank.",
    "5G": "Het netwerk is 5G.",
    "NAVO-2030": "De agenda NAVO-2030 is aangenomen.",
    "NAVO2030": "De agenda NAVO2030 is aangenomen.",
    "NAVO 2030": "De NAVO 2030 agenda is aangenomen.",
    "periode": "In de jaren 2021-2023 groeide de NAVO.",
}
ENGLISH = {"A-10": "The A-10 flies.", "tens": "There are 10 allies.", "MQ-9s": "The MQ-9 flies over the sea."}
F_16 = {"F-16", "F16", "F 16", "F\u201116", "F-16-programma"}
NAVO_2030 = {"NAVO-2030", "NAVO2030", "NAVO 2030"}


@pytest.fixture
def paragraphs(db):
    section = make_section(make_letter())
    for language, texts in [("nl", PARAGRAPHS), ("en", ENGLISH)]:
        for label, text in texts.items():
            make_paragraph(section, text, label=label, language=language)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("F-16", F_16),
        ("F16", F_16),
        ("f16", F_16),
        ("F\u201116", F_16),
        ("F 16", F_16 | {"apart"}),  # two words: both, in any place
        ("16 F", {"F 16", "F\u201116", "apart"}),
        ("levert F 16 Oekraïne", F_16 - {"F-16-programma"}),
        ('"F 16"', {"F 16", "F\u201116"}),  # between quotation marks to the letter
        ('"F16"', {"F16"}),
        ("F16 -F-16", set()),
        ("F -16", {"F-16", "F-16-programma", "F-35A"}),  # without the number 16
        ("F35A", {"F-35A"}),
        ("F 35A", {"F-35A"}),
        ("Leopard-2A6", {"Leopard 2A6"}),
        ("leopard2a6", {"Leopard 2A6"}),
        ("5-G", {"5G"}),
        ("5 g", {"5G"}),
        ("NAVO2030", NAVO_2030),
        ("NAVO-2030", NAVO_2030),
        ("navo 2030", NAVO_2030),
        ("jaren NAVO2023", set()),
        ("in2023", set()),  # "in" is not kept: apart it would be any 2023
        ("F1*", {"F-16", "F16", "F-16-programma"}),
        ("MQ9", {"MQ-9s"}),
        ("A10", set()),
        ("mq 9", {"MQ-9s"}),
    ],
)
def test_letters_and_digits_are_found_however_they_are_joined(paragraphs, words, expected):
    found = Paragraph.objects.filter(search.paragraphs_with(words)).values_list("label", flat=True)

    assert set(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F16", ["F16", "F-16", "F 16"]),
        ("F-16", ["F-16", "F 16", "F16"]),
        ("F-35A", ["F-35A", "F 35A", "F35A"]),
        ("oorlog", ["oorlog"]),
        ("2023", ["2023"]),
        ("28676-446", ["28676-446", "28676 446", "28676446"]),
        ("in2023", ["in2023"]),
    ],
)
def test_a_word_is_sought_in_each_way_it_may_be_written(text, expected):
    assert spellings(text, "nl") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("F 16", [["F", "F16"], ["16", "F16"]]),
        ("50 F 16", [["50", "50F"], ["F", "50F", "F16"], ["16", "F16"]]),
        ("steun 16", [["steun", "steun16"], ["16", "steun16"]]),
        ("F OR 16", [["F", "16"]]),
        ("F -x 16", [["F"], ["16"]]),  # no longer beside each other
        ('"F" 16', [["F"], ["16"]]),
        ("16 17", [["16"], ["17"]]),
    ],
)
def test_a_word_beside_a_number_may_be_one_with_it(typed, expected):
    joined = with_joined_words(search.parse_query(typed))

    assert [[str(term) for term in group] for group in joined.required] == expected


@pytest.mark.parametrize("words", ["F16", "F-16", "F 16"])
@pytest.mark.parametrize(
    ("label", "mark"),
    [("F-16", "F-16"), ("F16", "F16"), ("F\u201116", "F\u201116")],
)
def test_what_was_found_is_one_mark(paragraphs, words, label, mark):
    passage = Paragraph.objects.annotate(headline=search.paragraph_headline(words)).get(label=label)

    assert search.marked(passage.headline) == f"Nederland levert de <mark>{mark}</mark> aan Oekraïne."
    assert search.found_forms(passage.headline) == [mark]
