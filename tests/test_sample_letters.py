"""The two real letters, in every format, read as a person read them (tests/gold)."""

from pathlib import Path

import pytest

from letters.parsing import parse_letter
from letters.parsing.evaluation import TOGETHER, load_gold
from letters.parsing.evaluation.comparison import compare
from letters.parsing.serialisation import from_json, to_gold_form, to_json

HERE = Path(__file__).parent
GOLD = load_gold(HERE / "gold")
METADATA = "kst-28676-446.metadata.xml"
SAMPLES = [
    *(
        f"{name}.{suffix}"
        for name in ("agenda-2023-11-28", "verslag-2021-03-23")
        for suffix in ("txt", "docx", "odt", "pdf")
    ),
    "kst-28676-446.html",
    "kst-28676-446.xml",
    f"kst-28676-446.html{TOGETHER}{METADATA}",
    f"kst-28676-446.xml{TOGETHER}{METADATA}",
]


def parse(name: str):
    """Read a letter by the name of its file, or of the files that it is together."""
    return parse_letter([(file, (HERE / "letters" / file).read_bytes()) for file in name.split(TOGETHER)])


@pytest.mark.parametrize("name", SAMPLES)
def test_the_structure_of_a_sample_letter_equals_gold_entirely(name):
    scores = compare(to_gold_form(parse(name)), GOLD[name])

    wrong = {
        field: score.difference
        for field, score in scores.items()
        if score.f1 < 1 and not field.startswith("positions")
    }
    assert wrong == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_printed_has_the_keys_of_gold_and_the_problems(name):
    judging = {"file", "also", "editions", "optional", "joined_paragraphs", "part"}

    assert set(to_gold_form(parse(name))) == set(GOLD[name]) - judging | {"problems"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stored_reading_gives_the_same_letter_back(name):
    letter = parse(name)

    assert from_json(to_json(letter)) == letter


def test_cover_and_annex_in_two_files_are_one_letter():
    cover = (
        b"Ministerie van Defensie\n\nDatum 3 februari 2031\n\nGeachte voorzitter,\n\n"
        b"Hierbij bied ik u de geannoteerde agenda aan.\n\nDe minister van Defensie,\n\nA. Naam\n"
    )
    agenda = (HERE / "letters" / "agenda-2023-11-28.txt").read_bytes()

    letter = parse_letter([("aanbieding.txt", cover), ("bijlage.txt", agenda)])

    assert letter.ministry == "Ministerie van Defensie"
    assert [signatory.name for signatory in letter.signatories] == ["A. Naam"]
    assert [session.number for session in letter.sessions] == [1, 2, 3]
