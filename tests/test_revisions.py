from pathlib import Path

import pytest

from letters.parsing import parse_letter
from letters.parsing.document import Block, Mark, MarkKind
from letters.parsing.parsed_letter import Revision
from letters.parsing.revisions import REVISION, Revised, find_revision, revision_problems

REPRINT, AMENDED = Revision.REPRINT, Revision.AMENDED

# First lines of official editions: (line, revision)
HEADS = [
    ("Nr. 7 HERDRUK1", REPRINT),
    ("Nr. 446 HERDRUK", REPRINT),
    ("nr. 44 Herdruk", REPRINT),
    ("Nr. C HERDRUK", REPRINT),
    ("Nr. 7 HERDRUK1 BRIEF VAN DE MINISTER VAN DEFENSIE", REPRINT),
    ("HERDRUK", REPRINT),
    # the word in a sentence, or no such word
    ("Herdruk van het rapport is voorzien in mei.", None),
    ("Nr. 446 BRIEF VAN DE MINISTER VAN DEFENSIE", None),
]


@pytest.mark.parametrize(("line", "revision"), HEADS)
def test_a_reprint_says_so_beside_its_number(line, revision):
    assert find_revision(["28 676 NAVO", line], [], [], {}).revision == revision


# Subjects, titles and cover sentences: (text, revision)
HEADLINES = [
    ("Aangepaste geannoteerde agenda NAVO-ministers van Defensie", AMENDED),
    ("Gewijzigde geannoteerde agenda NAVO-top", AMENDED),
    ("Herzien verslag NAVO-top", AMENDED),
    ("Hierbij ontvangt u de gecorrigeerde versie van het verslag.", AMENDED),
    ("Rectificatie verslag NAVO-top", AMENDED),
    # a supplement leaves the earlier letter as it is
    ("Aanvullende geannoteerde agenda NAVO-top", None),
    ("Aanvulling op de geannoteerde agenda NAVO-top", None),
    # something else was changed, or another letter is only mentioned
    ("Verslag over het gewijzigde voorstel van de SG", None),
    ("Hierbij ontvangt u het verslag, in vervolg op de aangepaste agenda.", None),
    ("Geannoteerde agenda NAVO-top", None),
]


@pytest.mark.parametrize(("text", "revision"), HEADLINES)
def test_an_amended_letter_says_so_in_its_subject_or_cover(text, revision):
    assert find_revision([], [text], [], {}).revision == revision


# Sentences that say which letter is replaced: (text, revision, paper)
SENTENCES = [
    ("Ik zend u dit ter vervanging van mijn brief van 3 mei 2039 (Kamerstuk 28 676, nr. 440).", AMENDED, "kst-28676-440"),
    ("Deze brief vervangt de eerder aan u gezonden geannoteerde agenda (28 676, nr. 440).", AMENDED, "kst-28676-440"),
    ("Deze agenda komt in de plaats van het verslag dat u eerder ontving.", AMENDED, None),
    ("De brief van 3 mei (Kamerstuk 21 501-28, nr. 12) komt hiermee te vervallen.", AMENDED, "kst-21501-28-12"),
    # two papers: which of them is replaced is not clear
    ("Deze brief vervangt mijn brief (Kamerstuk 28 676, nr. 440) over motie 21 501-28, nr. 12.", AMENDED, None),
    # other things are replaced too
    ("De F-35 komt in de plaats van de F-16.", None, None),
    ("Nederland levert luchtafweer ter vervanging van eerder geleverde systemen.", None, None),
    ("Zie ook mijn brief van 3 mei (Kamerstuk 28 676, nr. 440).", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "revision", "paper"), SENTENCES)
def test_a_sentence_says_which_letter_is_replaced(text, revision, paper):
    assert find_revision([], [], [Block(text)], {}) == Revised(revision, paper)


def test_the_paper_may_stand_in_the_footnote_of_that_sentence():
    text = "Deze brief vervangt mijn brief van 3 mei. Zie ook de motie."
    marks = (Mark(MarkKind.FOOTNOTE, 41, 41, "1"), Mark(MarkKind.FOOTNOTE, len(text), len(text), "2"))
    notes = {"1": "Kamerstuk 28 676, nr. 440.", "2": "Kamerstuk 28 676, nr. 441."}

    assert find_revision([], [], [Block(text, marks=marks)], notes).replaces == "kst-28676-440"


def test_a_reprint_keeps_its_own_number_and_replaces_no_other():
    note = Block("Deze brief vervangt de eerdere brief (Kamerstuk 28 676, nr. 446).")

    found = find_revision(["Nr. 446 HERDRUK1"], [], [note], {}, paper="kst-28676-446")

    assert found == Revised(REPRINT, None)


def test_a_whole_letter_names_what_it_replaces_in_its_footnote():
    name = "own-aangepaste-agenda-2038.txt"

    letter = parse_letter([(name, (Path(__file__).parent / "letters" / name).read_bytes())])

    assert (letter.revision, letter.replaces) == (AMENDED, "kst-28676-1205")


def test_a_letter_that_replaces_another_asks_which():
    (problem,) = revision_problems(Revised(Revision.AMENDED, "kst-28676-440"))

    assert (problem.code, problem.field) == (REVISION, "replaces")
    assert "kst-28676-440" in problem.message


def test_a_letter_that_replaces_none_asks_nothing():
    assert revision_problems(Revised()) == []
