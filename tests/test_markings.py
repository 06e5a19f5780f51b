import pytest

from letters.parsing import parse_letter
from letters.parsing.document import Block, Document
from letters.parsing.markings import MARKING, find_markings, marking_problems, without_markings


def document(*lines: str, margins: tuple[str, ...] = ()) -> Document:
    return Document("text/plain", tuple(Block(line) for line in lines), margins=margins)


MARKED = [
    # classifications count wherever they stand
    ("Departementaal Vertrouwelijk", "Departementaal Vertrouwelijk"),
    ("DEP. VERTROUWELIJK", "DEP. VERTROUWELIJK"),
    ("De bijlage is gerubriceerd als Stg. Geheim en ligt bij de Griffie.", "Stg. Geheim"),
    ("STG. CONFIDENTIEEL", "STG. CONFIDENTIEEL"),
    ("Dit document is NATO RESTRICTED.", "NATO RESTRICTED"),
    ("COSMIC TOP SECRET", "COSMIC TOP SECRET"),
    ("RESTREINT UE/EU RESTRICTED", "RESTREINT UE"),
    # a label says so
    ("Rubricering: vertrouwelijk", "Rubricering: vertrouwelijk"),
    ("Merking Personeelsvertrouwelijk", "Merking Personeelsvertrouwelijk"),
    # alone on a line
    ("VERTROUWELIJK", "VERTROUWELIJK"),
    ("Stg.", "Stg."),
    ("CONCEPT", "CONCEPT"),
    ("Concept 2.1", "Concept 2.1"),
    ("Concept d.d. 3 juni 2031", "Concept d.d. 3 juni 2031"),
    ("CONCEPT - niet verspreiden", "CONCEPT - niet verspreiden"),
    ("DRAFT", "DRAFT"),
    ("Conceptverslag", "Conceptverslag"),
    ("Onder embargo", "Onder embargo"),
    ("Niet openbaar", "Niet openbaar"),
    # in a sentence
    ("Hierbij ontvangt u ter vertrouwelijke inzage de bijlage.", "ter vertrouwelijke inzage"),
    ("Deze brief staat onder embargo tot 4 juli 12.00 uur.", "onder embargo tot"),
    ("Deze brief is vertrouwelijk.", "Deze brief is vertrouwelijk"),
    # a cell of a table
    ("Datum\tVertrouwelijk", "Vertrouwelijk"),
]


@pytest.mark.parametrize(("line", "marking"), MARKED)
def test_a_marking_is_found_as_printed(line, marking):
    assert find_markings(document(line), "brief.docx") == (marking,)


UNMARKED = [
    "Rubricering: Ongerubriceerd",
    "NATO UNCLASSIFIED",
    "Het nieuwe Strategisch Concept van de NAVO is aangenomen.",
    "Strategisch Concept",
    "Geannoteerde conceptagenda NAVO-top",  # an agenda that NATO had not settled: a public letter
    "Het wapenembargo tegen Libië blijft van kracht.",
    "De NAVO Secretaris-Generaal sprak vertrouwelijk met de ministers.",
    "NATO Secretary General",
    "Nederland hecht aan vertrouwelijkheid.",
]


@pytest.mark.parametrize("line", UNMARKED)
def test_words_that_merely_resemble_a_marking_are_none(line):
    assert find_markings(document(line), "geannoteerde conceptagenda.docx") == ()


def test_a_marking_in_a_running_header_counts_and_each_marking_counts_once():
    marked = document("NATO RESTRICTED", "Een alinea.", margins=("Nato Restricted",))

    assert find_markings(marked, "brief.docx") == ("Nato Restricted",)


def test_a_file_that_calls_itself_a_concept_is_marked():
    assert find_markings(document("Een alinea."), "map/concept-verslag v2.docx") == (
        "concept-verslag v2.docx",
    )


def test_each_marking_becomes_a_problem_that_keeps_the_letter_from_being_published():
    problems = marking_problems(["CONCEPT", "Stg. Geheim"])

    assert [problem.code for problem in problems] == [MARKING, MARKING]
    assert "“Stg. Geheim”" in problems[1].message


MARKING_LINES = [
    "Departementaal Vertrouwelijk",
    "CONCEPT",
    "EMBARGO",
    "TER VERTROUWELIJKE INZAGE",
    "NATO RESTRICTED",
    "Stg. Geheim",
]


@pytest.mark.parametrize("line", MARKING_LINES)
def test_a_line_that_is_only_a_marking_is_no_word_of_the_letter(line):
    letter = "Verslag NAVO-top van 3 mei 2017\n\nDe top vond plaats in Brussel. Nederland steunde Oekraïne.\n"

    marked = parse_letter([("brief.txt", f"{line}\n\n{letter}".encode())])

    plain = parse_letter([("brief.txt", letter.encode())])
    assert (marked.subject, marked.meetings, marked.sections) == (
        plain.subject,
        plain.meetings,
        plain.sections,
    )
    assert marked.markings == (line,)


def test_a_sentence_that_holds_a_marking_stays():
    sentence = "Hierbij ontvangt u ter vertrouwelijke inzage de bijlage."

    assert [block.text for block in without_markings(document(sentence)).blocks] == [sentence]
