"""The letters of tests/corpus, in every format: what reading them must reach, and whether they show what they are said to show."""

import re
import subprocess
from pathlib import Path

import pytest

from letters.parsing.evaluation import FORMATS, evaluate, load_gold, report
from letters.parsing.evaluation.comparison import fold
from tests import corpus
from tests.corpus.source import read_letter
from tests.floors import read_floors, reversals

HERE = Path(__file__).parent
README = HERE / "corpus" / "README.md"
HELD_OUT = corpus.held_out()

# The least that reading must reach, per field and format ("-": gold holds nothing). Made as the last tables of script/evaluate.
FLOORS = """
field                        txt  docx   odt   pdf  html   xml
kind                        1.00  1.00  1.00  1.00  1.00  1.00
language                    1.00  1.00  1.00  1.00  1.00  1.00
date                        1.00  1.00  1.00  1.00  1.00  1.00
reference                   1.00  1.00  1.00  1.00  1.00  1.00
paper                       1.00  1.00  1.00  1.00  1.00  1.00
chamber                     1.00  1.00  1.00  1.00  1.00  1.00
ministry                    1.00  1.00  1.00  1.00  1.00  1.00
department                  1.00  1.00  1.00  1.00  1.00  1.00
subject                     1.00  1.00  1.00  1.00  1.00  1.00
introduction_paragraphs     1.00  1.00  1.00  1.00  1.00  1.00
dossiers                    1.00  1.00  1.00  1.00  1.00  1.00
signatories                 1.00  1.00  1.00  1.00  1.00  1.00
meetings                    1.00  1.00  1.00  1.00  1.00  1.00
sessions                    1.00  1.00  1.00  1.00  1.00  1.00
agenda_topics               1.00  1.00  1.00  1.00  1.00  1.00
agenda_topics.session       1.00  1.00  1.00  1.00  1.00  1.00
agenda_topics.paragraphs    0.96  1.00  1.00  1.00  1.00  1.00
agenda_topics.topics        0.98  0.97  0.96  0.97  0.97  0.97
sections                    1.00  1.00  1.00  1.00  1.00  1.00
sections.paragraphs         0.98  1.00  1.00  0.98  1.00  1.00
footnotes                   1.00  1.00  1.00  1.00  1.00  1.00
citations                   1.00  1.00  1.00  1.00  1.00  1.00
annexes                     1.00  1.00  1.00  1.00  1.00  1.00
positions                   0.98  0.98  0.98  0.98  0.98  0.98
positions.stance            0.98  0.98  0.98  0.97  0.98  0.98
positions.stance_accuracy   0.98  0.98  0.98  0.98  0.98  0.98
positions.under             1.00  1.00  1.00  1.00  1.00  1.00
"""

# The same for the letters that are held out: who makes the rules of reading does not look at these.
FLOORS_HELD_OUT = """
field                        txt  docx   odt   pdf  html   xml
kind                        1.00  1.00  1.00  1.00  1.00  1.00
language                    1.00  1.00  1.00  1.00  1.00  1.00
date                        1.00  1.00  1.00  1.00  1.00  1.00
reference                   1.00  1.00  1.00  1.00  1.00  1.00
paper                       1.00  1.00  1.00  1.00  1.00  1.00
chamber                     1.00  1.00  1.00  1.00  1.00  1.00
ministry                    1.00  1.00  1.00  1.00  1.00  1.00
department                  1.00  1.00  1.00  1.00  1.00  1.00
subject                     1.00  1.00  1.00  1.00  1.00  1.00
introduction_paragraphs     1.00  1.00  1.00  1.00  1.00  1.00
dossiers                    1.00  1.00  1.00  1.00  1.00  1.00
signatories                 1.00  1.00  1.00  1.00  1.00  1.00
meetings                    1.00  1.00  1.00  0.87  0.90  1.00
sessions                    0.78  0.82  0.66  0.77  0.83  0.66
agenda_topics               0.92  0.96  0.93  0.96  0.98  0.93
agenda_topics.session       0.94  0.96  1.00  1.00  1.00  1.00
agenda_topics.paragraphs    0.97  1.00  1.00  1.00  1.00  1.00
agenda_topics.topics        0.91  0.98  1.00  0.98  0.97  0.96
sections                    0.91  0.95  0.91  0.95  0.98  0.92
sections.paragraphs         1.00  1.00  1.00  0.98  1.00  1.00
footnotes                   1.00  1.00  1.00  1.00  1.00  1.00
citations                   1.00  1.00  1.00  1.00  1.00  1.00
annexes                     1.00  1.00  1.00  1.00  1.00  1.00
positions                   0.96  0.95  1.00  0.96  0.96  0.97
positions.stance            0.89  0.87  0.93  0.91  0.90  0.91
positions.stance_accuracy   0.92  0.90  0.93  0.94  0.93  0.93
positions.under             1.00  1.00  1.00  1.00  1.00  1.00
"""

#: | 12 | several meetings in one letter | verslag-defensie-2031, own-verslag-dmm-udcg-2029 |
POINT = re.compile(r"\| (\d+) \| [^|]+ \| ([^|]+) \|")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The corpus in a folder: ``letters`` and ``gold``."""
    folder = tmp_path_factory.mktemp("corpus")
    corpus.write(folder)
    return folder


@pytest.fixture(scope="module")
def evaluation(folder):
    return evaluate(folder / "letters", folder / "gold")


def letter_of(file: str) -> str:
    return file.split(".")[0]


@pytest.mark.parametrize(("field", "form", "floor"), read_floors(FLOORS))
def test_reading_a_field_in_a_format_stays_above_its_floor(evaluation, field, form, floor):
    known = evaluation.of_format(form).where(lambda name: letter_of(name) not in HELD_OUT)

    assert known.totals()[field].f1 >= floor


@pytest.mark.parametrize(("field", "form", "floor"), read_floors(FLOORS_HELD_OUT))
def test_reading_a_field_of_the_letters_held_out_stays_above_its_floor(evaluation, field, form, floor):
    held_out = evaluation.of_format(form).where(lambda name: letter_of(name) in HELD_OUT)

    assert held_out.totals()[field].f1 >= floor


@pytest.mark.parametrize("held_out", [False, True])
def test_no_position_says_the_contrary_of_what_its_author_meant(evaluation, held_out):
    some = evaluation.where(lambda name: (letter_of(name) in HELD_OUT) == held_out)

    assert reversals(some) == []


def test_every_file_of_the_corpus_is_read_and_has_gold(evaluation):
    assert (evaluation.unread, evaluation.without_gold, evaluation.without_letter) == ({}, (), ())


def test_at_least_a_third_of_the_letters_is_held_out():
    assert len(HELD_OUT) >= len(corpus.read_letters()) / 3


def test_at_least_ten_letters_come_in_every_format(evaluation):
    in_every_format = [
        letter.name
        for letter in corpus.read_letters()
        if all(
            any(letter_of(name) == letter.name for name in evaluation.of_format(form).letters)
            for form in FORMATS
        )
    ]

    assert len(in_every_format) >= 10


def test_positions_and_footnotes_of_gold_stand_in_its_paragraphs(folder):
    strange = []
    for name, gold in load_gold(folder / "gold").items():
        text = " ".join(
            fold(paragraph) for section in gold["sections"] for paragraph in section["paragraphs"]
        )
        words = [item["sentence"] for item in gold["positions"]] + gold["optional"]
        words += [note["after"] for note in gold["footnotes"] if note["after"] != "HERDRUK"]
        strange += [(name, word) for word in words if fold(word) not in text]

    assert strange == []


def told_points() -> dict[int, set[str]]:
    """What the table of README.md says: point of variety → names of letters."""
    rows = POINT.findall(README.read_text(encoding="utf-8"))
    return {int(point): {name.strip() for name in names.split(",")} for point, names in rows}


@pytest.mark.parametrize("point", range(1, 31))
def test_every_point_of_variety_is_shown_by_a_letter_of_ours(point):
    ours = {letter.name for letter in corpus.read_letters()}
    ours |= {path.stem for path in (HERE / "letters").glob("own-*.txt")}

    assert told_points()[point] & ours


def test_the_table_of_points_says_what_the_letters_say():
    letters = {letter.name: set(letter.points) for letter in corpus.read_letters()}
    told = {name: {point for point, names in told_points().items() if name in names} for name in letters}

    assert told == letters


def test_the_table_of_points_names_letters_that_exist():
    named = set().union(*told_points().values())
    there = {letter.name for letter in corpus.read_letters()}
    there |= {path.stem for path in (HERE / "letters").iterdir()}

    assert named <= there


SOURCE = """+++
about = "een brief"
points = []
gold.kind = "report"
+++

%cover sent

Geachte voorzitter,

%title VERSLAG

# 1. | Oekraïne {agenda_topic topics=oekraine}

{call+view: Nederland riep op tot *meer* steun.[^1]} Anderen zwegen.

[^1]: Een noot.
"""


def test_a_source_gives_gold_what_its_author_wrote_in_it(tmp_path):
    path = tmp_path / "proef.md"
    path.write_text(SOURCE, encoding="utf-8")

    gold = corpus.gold_of(read_letter(path), ["proef.docx"], [])

    assert gold["positions"] == [
        {
            "sentence": "Nederland riep op tot meer steun.",
            "under": "Oekraïne",
            "stance": ["call", "view"],
        }
    ]
    assert gold["sections"] == [
        {
            "heading": "Oekraïne",
            "kind": "agenda_topic",
            "paragraphs": ["Nederland riep op tot meer steun. Anderen zwegen."],
        }
    ]
    assert gold["footnotes"] == [{"mark": "1", "after": "tot meer steun.", "text": "Een noot."}]


def test_a_mark_without_its_footnote_is_no_source(tmp_path):
    path = tmp_path / "proef.md"
    path.write_text(SOURCE.replace("[^1]: Een noot.\n", ""), encoding="utf-8")

    with pytest.raises(ValueError, match="voetnoten"):
        read_letter(path)


def test_the_report_gives_the_letters_held_out_a_table_of_their_own(evaluation):
    titles = [line for line in report(evaluation).splitlines() if line.startswith("F1 per veld en formaat")]

    assert titles == [
        "F1 per veld en formaat",
        "F1 per veld en formaat, achtergehouden",
        "F1 per veld en formaat, niet achtergehouden",
    ]


def test_the_script_writes_letters_and_gold(tmp_path):
    done = subprocess.run(
        [HERE.parent / "script" / "corpus", tmp_path], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.split(" brieven")[0]) == (0, str(len(corpus.read_letters())))
    assert load_gold(tmp_path / "gold").keys() == {
        name
        for name in load_gold(tmp_path / "gold")
        if (tmp_path / "letters" / name.split(" + ")[0]).exists()
    }
