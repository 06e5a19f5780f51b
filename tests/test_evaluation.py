import json
import subprocess
from pathlib import Path

import pytest

from letters.parsing.evaluation import evaluate, load_gold, report
from letters.parsing.evaluation.comparison import compare, fold
from letters.parsing.parsed_letter import Stance
from tests.floors import read_floors, reversals

HERE = Path(__file__).parent

# The least that reading must reach over all letters in tests/letters: field, F1
FLOORS = {
    "kind": 1.0,
    "date": 1.0,
    "reference": 1.0,
    "paper": 1.0,
    "chamber": 1.0,
    "ministry": 1.0,
    "subject": 1.0,
    "dossiers": 1.0,
    "signatories": 1.0,
    "meetings": 1.0,
    "sessions": 1.0,
    "agenda_topics": 0.99,
    "agenda_topics.session": 0.99,
    "agenda_topics.topics": 0.97,
    "sections": 0.99,
    "sections.paragraphs": 0.99,
    "footnotes": 1.0,
    "citations": 1.0,
    "annexes": 1.0,
    "positions": 0.99,
    "positions.stance": 0.99,
    "positions.stance_accuracy": 0.99,
}


# The same for the letters that others wrote, and that nobody had seen when the rules were made
FLOORS_UNSEEN = dict.fromkeys(FLOORS, 0.98) | {
    "agenda_topics.topics": 0.95,
    "positions": 0.99,
    "positions.stance": 0.99,
    "positions.stance_accuracy": 0.99,
}


# The same for letters that were written to find what those rules miss
FLOORS_FRESH = dict.fromkeys(FLOORS, 0.98) | {
    "positions": 0.95,
    "positions.stance": 0.93,
    "positions.stance_accuracy": 0.95,
}


# The same per format: the two samples in every format in which there are files of them, and in plain text all others too
FLOORS_OF_FORMATS = """
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
agenda_topics.paragraphs    1.00  1.00  1.00  1.00  1.00  1.00
agenda_topics.topics        0.98  1.00  1.00  1.00  1.00  1.00
sections                    1.00  1.00  1.00  1.00  1.00  1.00
sections.paragraphs         1.00  1.00  1.00  1.00  1.00  1.00
footnotes                   1.00  1.00  1.00  1.00  1.00  1.00
citations                   1.00  1.00  1.00  1.00  1.00  1.00
annexes                     1.00  1.00  1.00  1.00  1.00  1.00
positions                   0.98  1.00  1.00  1.00  1.00  1.00
positions.stance            0.98  1.00  1.00  1.00  1.00  1.00
positions.stance_accuracy   0.98  1.00  1.00  1.00  1.00  1.00
positions.under             1.00  1.00  1.00  1.00  1.00  1.00
joined_paragraphs           1.00  1.00  1.00  1.00     -     -
"""


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(HERE / "letters", HERE / "gold")


def part_of(name: str) -> str:
    """ "unseen" and "fresh" letters were written by others, before the rules and after them; the rest are "own"."""
    prefix = name.partition("-")[0]
    return prefix if prefix in ("unseen", "fresh") else "own"


def totals(evaluation, part):
    return evaluation.where(lambda name: part_of(name) == part).totals()


@pytest.mark.parametrize(("field", "floor"), FLOORS.items())
def test_reading_the_samples_and_our_own_letters_stays_above_its_floor(evaluation, field, floor):
    assert totals(evaluation, "own")[field].f1 >= floor


@pytest.mark.parametrize(("field", "floor"), FLOORS_UNSEEN.items())
def test_reading_letters_that_others_wrote_stays_above_its_floor(evaluation, field, floor):
    assert totals(evaluation, "unseen")[field].f1 >= floor


@pytest.mark.parametrize(("field", "floor"), FLOORS_FRESH.items())
def test_reading_letters_that_look_for_what_is_missed_stays_above_its_floor(evaluation, field, floor):
    assert totals(evaluation, "fresh")[field].f1 >= floor


@pytest.mark.parametrize("part", ["own", "unseen", "fresh"])
def test_no_position_says_the_contrary_of_what_a_person_read(evaluation, part):
    some = evaluation.where(lambda name: part_of(name) == part)

    assert reversals(some) == []


@pytest.mark.parametrize(("field", "form", "floor"), read_floors(FLOORS_OF_FORMATS))
def test_reading_a_format_stays_above_its_floor(evaluation, field, form, floor):
    assert evaluation.of_format(form).totals()[field].f1 >= floor


FOLDED = [
    ("28–29  november", "28-29 november"),
    ("28\u00a0november", "28 november"),
    ("«dual track»", '"Dual Track"'),
    ("‘Ramstein’", "'ramstein'"),
    ("1. We are meeting", "we are meeting"),
    (None, ""),
]


@pytest.mark.parametrize(("one", "other"), FOLDED)
def test_white_space_dashes_quotes_case_and_list_numbers_do_not_count(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("2% van het bbp", "van het bbp"), ("Oekraïne", "Oekraine"), ("nr. 353", "nr. 354")]
)
def test_other_differences_count(one, other):
    assert fold(one) != fold(other)


def position(sentence: str, *stances: str, under: str = "Oekraïne") -> dict:
    return {"sentence": sentence, "under": under, "stance": list(stances)}


def test_every_printed_stance_must_be_among_those_listed():
    gold = {"positions": [position("Een.", "call", "view"), position("Twee.", "support")]}
    read = {"positions": [position("Een.", "call"), position("Twee.", "support", "action")]}

    scores = compare(read, gold)

    assert (scores["positions"].right, scores["positions.stance"].right) == (2, 1)


def test_optional_sentences_count_neither_for_nor_against():
    gold = {"positions": [position("Een.", "call")], "optional": ["Twee."]}
    read = {"positions": [position("Een.", "call"), position("Twee.", "view")]}

    score = compare(read, gold)["positions"]

    assert (score.read, score.expected, score.right) == (1, 1, 1)


def test_a_sentence_that_is_no_position_costs_precision_and_a_missed_one_recall():
    gold = {"positions": [position("Een.", "call"), position("Twee.", "call")]}
    read = {"positions": [position("Een.", "call"), position("Drie.", "call"), position("Vier.", "call")]}

    score = compare(read, gold)["positions"]

    assert (score.precision, score.recall, score.f1) == (1 / 3, 1 / 2, 2 / 5)


def test_a_footnote_may_be_tied_to_one_word_more_or_less():
    gold = {"footnotes": [{"mark": "1", "after": "coalitietroepen.", "text_starts": "Kamerbrief"}]}
    read = {"footnotes": [{"mark": "1", "after": "jegens coalitietroepen.", "text": "Kamerbrief inzake"}]}

    assert compare(read, gold)["footnotes"].f1 == 1


def test_a_paragraph_that_was_cut_in_two_is_seen():
    gold = {"sections": [{"heading": None, "kind": "introduction", "paragraphs": ["Een hele alinea."]}]}
    read = {"sections": [{"heading": None, "kind": "introduction", "paragraphs": ["Een hele", "alinea."]}]}

    score = compare(read, gold)["sections.paragraphs"]

    assert (score.read, score.expected, score.right) == (2, 1, 0)


def test_an_edition_changes_some_fields_of_its_letter():
    gold = load_gold(HERE / "gold")

    assert gold["agenda-2023-11-28.txt"]["footnotes"][0]["mark"] == "2"
    assert gold["agenda-2023-11-28.pdf"]["footnotes"][0]["mark"] == "1"


@pytest.fixture
def folders(tmp_path):
    letters, gold = tmp_path / "brieven", tmp_path / "gold"
    letters.mkdir()
    gold.mkdir()
    (letters / "met.txt").write_text(
        "Verslag NAVO-top van 3 mei 2017\n\nDe top vond plaats.\n", encoding="utf-8"
    )
    (letters / "zonder.txt").write_text("Een brief.", encoding="utf-8")
    (gold / "met.json").write_text(
        json.dumps({"file": "met.txt", "also": ["met.pdf"], "kind": "report"}), encoding="utf-8"
    )
    return letters, gold


def test_the_report_names_letters_without_gold_and_gold_without_letters(folders):
    text = report(evaluate(*folders))

    assert "Brief zonder gold: zonder.txt" in text
    assert "Gold zonder brief in deze map: met.pdf" in text
    assert text.splitlines()[-1].startswith("Totaal: 1 brieven gelezen, 1 met geheel dezelfde structuur")


def test_files_that_are_one_letter_together_are_read_together(folders):
    letters, gold = folders
    (letters / "brief.txt").write_text(
        "Den Haag, 3 mei 2017\n\nGeachte voorzitter,\n\nHierbij ontvangt u het verslag van de NAVO-top van 1 mei 2017.\n",
        encoding="utf-8",
    )
    (letters / "bijlage.txt").write_text(
        "Verslag NAVO-top van 1 mei 2017\n\nDe top vond plaats.\n", encoding="utf-8"
    )
    (gold / "twee.json").write_text(
        json.dumps({"file": "brief.txt + bijlage.txt", "kind": "report", "date": "2017-05-03"}),
        encoding="utf-8",
    )

    scores = evaluate(letters, gold).letters["brief.txt + bijlage.txt"]

    assert {field: score.right for field, score in scores.items()} == {"kind": 1, "date": 1}


def test_the_report_has_a_column_per_format_that_there_is(folders):
    letters, gold = folders
    (letters / "met.html").write_text(
        "<html><body><p>Verslag NAVO-top van 3 mei 2017</p><p>De top.</p></body></html>", encoding="utf-8"
    )
    (gold / "met.json").write_text(
        json.dumps({"file": "met.txt", "also": ["met.html"], "kind": "report", "citations": []}),
        encoding="utf-8",
    )

    text = report(evaluate(letters, gold))

    assert [line.split() for line in text.split("F1 per veld en formaat\n")[1].splitlines()[:3]] == [
        ["veld", "txt", "html"],
        ["(bestanden)", "1", "1"],
        ["kind", "1.000", "1.000"],
    ]


def test_a_part_of_the_letters_is_also_counted_apart(folders):
    letters, gold = folders
    (letters / "zonder.txt").write_text("Verslag van de NAVO-top van 3 mei 2017", encoding="utf-8")
    (gold / "zonder.json").write_text(
        json.dumps({"file": "zonder.txt", "kind": "other", "part": "proef"}), encoding="utf-8"
    )

    evaluation = evaluate(letters, gold)

    assert evaluation.parts == {"zonder.txt": "proef"}
    assert "F1 per veld en formaat, proef" in report(evaluation)
    assert "F1 per veld en formaat, niet proef" in report(evaluation)


def test_a_file_that_cannot_be_read_is_named_with_its_reason(folders):
    letters, gold = folders
    (letters / "met.pdf").write_bytes(b"")

    assert "Niet gelezen: met.pdf: " in report(evaluate(letters, gold))


def test_the_script_prints_a_total_line_and_exits_with_0(folders):
    done = subprocess.run(
        [HERE.parent / "script" / "evaluate", *folders], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.splitlines()[-1][:7]) == (0, "Totaal:")


def test_positions_of_gold_stand_in_its_paragraphs_with_stances_that_there_are():
    strange = []
    for name, gold in load_gold(HERE / "gold").items():
        sections = gold.get("sections", ())
        text = " ".join(fold(paragraph) for section in sections for paragraph in section["paragraphs"])
        headings = {fold(section["heading"]) for section in sections}
        strange += [(name, sentence) for sentence in gold.get("optional", ()) if fold(sentence) not in text]
        strange += [
            (name, item["sentence"])
            for item in gold.get("positions", ())
            if fold(item["sentence"]) not in text
            or fold(item["under"]) not in headings
            or not item["stance"]
            or set(item["stance"]) - set(Stance)
        ]

    assert strange == []
