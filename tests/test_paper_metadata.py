import dataclasses
import datetime

import pytest

from letters.parsing import understand
from letters.parsing.document import Block, Document, PaperMetadata
from letters.parsing.files import put_together
from letters.parsing.letterhead import Letterhead
from letters.parsing.paper_metadata import find_session_year, settle, signing
from letters.parsing.parsed_letter import LetterKind, Signatory

DAY = datetime.date(2023, 11, 20)
METADATA = PaperMetadata(
    paper="kst-28676-446",
    dossiers=("28676",),
    chamber="Tweede Kamer",
    date=DAY,
    session_year="2023-2024",
    title="Geannoteerde agenda NAVO-ministers van Buitenlandse Zaken van 28 en 29 november 2023",
    submitters=("A.B. Verzonnen",),
)

#: An agenda without letterhead, as an annex.
TEXT = Document(
    "text/plain",
    (
        Block("Geannoteerde agenda NAVO-ministers van Buitenlandse Zaken 28 en 29 november 2023"),
        Block("De ministers spreken over de voortgang van de plannen voor de oostflank en over de lasten."),
    ),
)


def data(**values) -> Document:
    return Document("application/xml", (), metadata=dataclasses.replace(METADATA, **values))


# Lines of official editions and of other texts: (line, session year)
YEARS = [
    ("Vergaderjaar 2023–2024", "2023-2024"),
    ("vergaderjaar 2014-2015", "2014-2015"),
    ("Vergaderjaar 1999/00", "1999-2000"),
    ("Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1", "2014-2015"),
    ("Tweede Kamer der Staten-Generaal Vergaderjaar 2023–2024", "2023-2024"),
    # a reference to another paper
    ("Zie Kamerstukken II, vergaderjaar 2014-2015, 28 676, nr. 223.", None),
    ("Geannoteerde agenda 2023-2024", None),
]


@pytest.mark.parametrize(("line", "year"), YEARS)
def test_an_official_edition_prints_its_session_year(line, year):
    assert find_session_year(["28 676 NAVO", line]) == year


def test_two_session_years_say_nothing():
    assert find_session_year(["Vergaderjaar 2022-2023", "Vergaderjaar 2023-2024"]) is None


def test_data_fills_what_the_letter_does_not_say():
    settled = settle(Letterhead(subject="Agenda"), [], METADATA)

    assert settled.head == Letterhead(
        subject="Agenda", paper="kst-28676-446", dossiers=("28676",), chamber="Tweede Kamer", date=DAY
    )
    assert (settled.session_year, settled.problems) == ("2023-2024", ())


SAME = Letterhead(paper="kst-28676-446", dossiers=("28676",), chamber="Tweede Kamer", date=DAY)

# What the letter says otherwise: (letterhead, lines, field that the problem is about, what is kept of it)
DIFFERENCES = [
    ({"chamber": "Eerste Kamer"}, [], "chamber", "Tweede Kamer"),
    ({"dossiers": ("21501-28",)}, [], "dossiers", ("28676",)),
    ({"date": DAY + datetime.timedelta(days=2)}, [], "date", DAY + datetime.timedelta(days=2)),
    ({}, ["Vergaderjaar 2022-2023"], "session_year", None),
    ({"dossiers": ("21501-28", "28676"), "paper": "kst-21501-28-446"}, [], "paper", "kst-28676-446"),
]


@pytest.mark.parametrize(("said", "lines", "field", "kept"), DIFFERENCES)
def test_a_difference_is_told_to_the_clerk(said, lines, field, kept):
    settled = settle(dataclasses.replace(SAME, **said), lines, METADATA)

    assert [(problem.code, problem.field) for problem in settled.problems] == [("metadata_differs", field)]
    assert getattr(settled.head, field, None) == kept


def test_more_dossiers_in_the_letter_are_no_difference():
    settled = settle(dataclasses.replace(SAME, dossiers=("28676", "36045")), [], METADATA)

    assert (settled.head.dossiers, settled.problems) == (("28676", "36045"), ())


OTHER_LETTERS = [
    dataclasses.replace(SAME, paper="kst-28676-447"),
    Letterhead(date=datetime.date(2022, 6, 1)),  # no number yet, but long before
]


@pytest.mark.parametrize("head", OTHER_LETTERS)
def test_data_of_another_letter_is_not_used(head):
    settled = settle(head, [], METADATA)

    assert (settled.head, settled.session_year, settled.metadata) == (head, None, None)
    assert [problem.code for problem in settled.problems] == ["metadata_of_other_letter"]


# Titles of other letters than the text, which has neither number nor date
OTHER_TITLES = [
    "Geannoteerde agenda NAVO-ministers van Buitenlandse Zaken van 4 en 5 april 2023",  # another meeting
    "Verslag NAVO-ministers van Buitenlandse Zaken van 28 en 29 november 2023",  # another kind
]


@pytest.mark.parametrize("title", OTHER_TITLES)
def test_a_title_of_another_kind_or_meeting_shows_that_data_is_of_another_letter(title):
    letter = understand(put_together([TEXT, data(title=title)]), {})

    assert (letter.paper, letter.date) == (None, None)
    assert "metadata_of_other_letter" in [problem.code for problem in letter.problems]


OFFICE, BEHALF = "minister van Defensie", "minister van Buitenlandse Zaken"
WITH_OFFICE = dataclasses.replace(METADATA, submitters=("A.B. Verzonnen, minister van Defensie",))
BOTH = dataclasses.replace(METADATA, submitters=("A.B. Verzonnen", "C.D. Bedacht"))

# Who sign: (signatories of the letter, metadata, signatories)
SIGNING = [
    # nobody: those who submitted it, as far as the data says in which office
    ((), METADATA, ()),
    ((), WITH_OFFICE, (Signatory("A.B. Verzonnen", OFFICE),)),
    # one office without a name, and one name
    ((Signatory(None, OFFICE),), METADATA, (Signatory("A.B. Verzonnen", OFFICE),)),
    # one office and two names: nobody can say whose it is
    ((Signatory(None, OFFICE),), BOTH, (Signatory(None, OFFICE),)),
    # the letter names who signs
    ((Signatory("C.D. Bedacht", OFFICE),), METADATA, (Signatory("C.D. Bedacht", OFFICE),)),
    # who does not sign stays behind who does
    ((Signatory(None, OFFICE, signs=False),), METADATA, (Signatory(None, OFFICE, signs=False),)),
    (
        (Signatory(None, BEHALF, signs=False),),
        WITH_OFFICE,
        (Signatory("A.B. Verzonnen", OFFICE), Signatory(None, BEHALF, signs=False)),
    ),
    ((), None, ()),
]  # fmt: skip


@pytest.mark.parametrize(("said", "metadata", "expected"), SIGNING)
def test_who_submitted_the_paper_signs_where_the_letter_names_nobody(said, metadata, expected):
    signatories, _ = signing(said, metadata)

    assert signatories == expected


def test_the_clerk_is_told_who_submitted_the_paper_without_an_office():
    metadata = dataclasses.replace(
        METADATA, submitters=("A.B. Verzonnen, minister van Defensie", "C.D. Bedacht")
    )

    signatories, problems = signing((), metadata)

    assert signatories == (Signatory("A.B. Verzonnen", OFFICE),)
    assert [(problem.code, problem.field) for problem in problems] == [
        ("submitter_without_office", "signatories")
    ]
    assert "C.D. Bedacht" in problems[0].message


def test_the_title_in_the_data_tells_kind_and_meeting_where_the_text_is_silent():
    text = (
        "De ministers spreken over de voortgang van de plannen voor de oostflank en over de lastenverdeling."
    )
    documents = [
        Document("text/plain", (Block(text), Block(text.replace("oostflank", "zuidflank")))),
        Document("application/xml", (), metadata=METADATA),
    ]

    letter = understand(put_together(documents), {})

    assert (letter.kind, letter.subject) == (LetterKind.ANNOTATED_AGENDA, METADATA.title)
    assert [(meeting.body, meeting.start, meeting.end) for meeting in letter.meetings] == [
        ("NAVO", datetime.date(2023, 11, 28), datetime.date(2023, 11, 29))
    ]
