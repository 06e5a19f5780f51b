import itertools
from pathlib import Path

import pytest

from letters.parsing import parse_letter
from letters.parsing.document import Block, Document, Mark, MarkKind, Note, PaperMetadata
from letters.parsing.files import put_together
from letters.parsing.parsed_letter import FileRole, SectionKind
from letters.parsing.readers.errors import OnlyMetadata, SeveralEditions, SeveralLetters

COVER, TEXT, ANNEX, METADATA = FileRole.COVER, FileRole.TEXT, FileRole.ANNEX, FileRole.METADATA

COVER_LETTER = """Ministerie van Defensie

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Datum 3 februari 2039
Betreft Geannoteerde agenda NAVO-ministers van Defensie 16 en 17 februari 2039

Geachte voorzitter,

Hierbij bied ik u de geannoteerde agenda aan van de bijeenkomst van NAVO-ministers van Defensie te Brussel.{cover_note}

De minister van Defensie,

A.B. Verzonnen
{cover_notes}"""

AGENDA = """Geannoteerde agenda NAVO-ministers van Defensie 16 en 17 februari 2039

Op 16 en 17 februari 2039 komen de NAVO-ministers van Defensie bijeen in Brussel. De agenda bestaat uit twee onderwerpen.

Afschrikking en verdediging

Bondgenoten spreken over de regionale plannen en over de eenheden die daarvoor gereed moeten zijn.

Nederland zal daarbij het belang van gereedheid en van oefeningen op de oostflank benadrukken.{note}

Steun aan Oekraïne

Bondgenoten bespreken de levering van luchtafweer en munitie met de Oekraïense minister van Defensie.

Nederland zal bondgenoten oproepen hun toezeggingen na te komen en de productie te verhogen.
{notes}"""

DECLARATIONS = """Annex

Joint Statement of the NATO-Ukraine Council

We met today to reaffirm our unwavering support for the independence and sovereignty of Ukraine within its borders.

Statement on Deterrence and Defence

We welcome the progress that has been made on the regional plans and we will continue to provide the forces they need.
"""


def cover(note: bool = False) -> bytes:
    text = COVER_LETTER.format(
        cover_note="1" if note else "", cover_notes="\n1 Kamerstuk 28 676, nr. 901.\n" if note else ""
    )
    return text.encode()


def agenda(note: bool = False) -> bytes:
    text = AGENDA.format(note="1" if note else "", notes="\n1 Kamerstuk 28 676, nr. 902.\n" if note else "")
    return text.encode()


FILES = {
    "a-bijlage-engels.txt": DECLARATIONS.encode(),
    "b-bijlage.txt": agenda(),
    "c-aanbieding.txt": cover(),
}


@pytest.mark.parametrize("names", list(itertools.permutations(FILES)))
def test_the_order_in_which_files_are_given_does_not_count(names):
    letter = parse_letter([(name, FILES[name]) for name in names])

    roles = dict(zip(names, letter.roles, strict=True))
    assert roles == {"a-bijlage-engels.txt": ANNEX, "b-bijlage.txt": ANNEX, "c-aanbieding.txt": COVER}
    assert [(section.heading, section.kind) for section in letter.sections] == [
        (None, SectionKind.INTRODUCTION),
        ("Afschrikking en verdediging", SectionKind.AGENDA_TOPIC),
        ("Steun aan Oekraïne", SectionKind.AGENDA_TOPIC),
        ("Joint Statement of the NATO-Ukraine Council", SectionKind.ANNEX),
        ("Statement on Deterrence and Defence", SectionKind.ANNEX),
    ]
    assert (letter.ministry, letter.signatories[0].name) == ("Ministerie van Defensie", "A.B. Verzonnen")


def test_note_1_of_the_cover_letter_is_not_note_1_of_the_annex():
    letter = parse_letter([("bijlage.txt", agenda(note=True)), ("brief.txt", cover(note=True))])

    notes = {note.text: (note.mark, note.paragraph is None) for note in letter.footnotes}
    assert notes == {"Kamerstuk 28 676, nr. 901.": ("1", True), "Kamerstuk 28 676, nr. 902.": ("1", False)}
    marks = [mark.value for paragraph in letter.paragraphs for mark in paragraph.marks]
    assert marks == ["1"]


def test_a_letter_that_holds_its_own_text_has_annexes_in_other_files():
    whole = cover() + b"\n" + agenda()

    letter = parse_letter([("verklaring.txt", DECLARATIONS.encode()), ("brief.txt", whole)])

    assert letter.roles == (ANNEX, TEXT)
    assert letter.sections[-1].kind == SectionKind.ANNEX
    assert letter.sections[-1].parent == len(letter.sections) - 2


def test_a_cover_letter_that_says_more_keeps_it_as_introduction():
    more = "\n\n".join(
        f"{ordinal} wordt uw Kamer geïnformeerd over de inzet van Nederlandse eenheden in het noorden van Noorwegen."
        for ordinal in ("Ten eerste", "Ten tweede", "Ten derde", "Ten vierde", "Ten slotte")
    )
    long_cover = COVER_LETTER.format(cover_note=f"\n\n{more}", cover_notes="").encode()

    letter = parse_letter([("brief.txt", long_cover), ("bijlage.txt", agenda() + b"\n" + agenda())])

    introduction = [paragraph.text for paragraph in letter.sections[0].paragraphs]
    assert len([text for text in introduction if "Noorwegen" in text]) == 5


def document(*lines: str, metadata: PaperMetadata | None = None, notes: tuple[Note, ...] = ()) -> Document:
    return Document("text/plain", tuple(Block(line) for line in lines), notes, metadata=metadata)


LETTER = tuple(line for line in (cover() + b"\n" + agenda()).decode().split("\n") if line)
NUMBER_446 = document(metadata=PaperMetadata(paper="kst-28676-446"))


def test_metadata_in_a_file_of_its_own_is_that_of_the_letter():
    files = put_together([NUMBER_446, document(*LETTER)])

    assert files.roles == (METADATA, TEXT)
    assert files.document.metadata == NUMBER_446.metadata


def test_one_file_is_the_text():
    assert put_together([document(*LETTER)]).roles == (TEXT,)


def test_metadata_without_a_letter_is_refused_with_what_to_do():
    with pytest.raises(OnlyMetadata, match=r"Lever de brief .* samen met de metagegevens aan"):
        put_together([NUMBER_446])


def test_metadata_of_two_papers_is_that_of_two_letters():
    other = document(metadata=PaperMetadata(paper="kst-28676-447"))

    with pytest.raises(SeveralLetters):
        put_together([document(*LETTER), NUMBER_446, other])


def test_the_same_text_twice_is_two_editions_of_a_letter():
    one_paragraph_less = LETTER[:-1]

    with pytest.raises(SeveralEditions, match="één voor één"):
        put_together([document(*LETTER), document("28 676 NAVO", "Nr. 1200", *one_paragraph_less)])


def test_the_official_edition_and_the_annex_that_it_prints_are_the_same_text():
    annex = [line for line in agenda().decode().split("\n") if line]

    with pytest.raises(SeveralEditions):
        put_together([document(*annex), document(*LETTER)])


def other_letter(**replaced: str) -> tuple[str, ...]:
    """A report of another meeting, complete and in other words."""
    text = """Ministerie van Defensie
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Datum 9 maart 2039
Betreft Verslag NAVO-ministers van Defensie 16 en 17 februari 2039
Geachte voorzitter,
Op 16 en 17 februari 2039 vond in Brussel een bijeenkomst plaats. In deze brief leest u het verslag daarvan.
De secretaris-generaal lichtte de stand van zaken toe van de plannen, waarna bondgenoten hun eigen bijdragen bespraken.
De minister van Defensie,
A.B. Verzonnen"""
    for old, new in replaced.items():
        text = text.replace(old, new)
    return tuple(text.split("\n"))


# A second letter beside the first: what it has of its own
OTHERS = [
    other_letter(),  # another day and another kind
    ("28 676 NAVO", "Nr. 12 BRIEF VAN DE MINISTER VAN DEFENSIE", *other_letter()[1:]),  # a number too
    tuple(line.replace("9 maart", "3 februari") for line in other_letter()),  # the same day
]


@pytest.mark.parametrize("lines", OTHERS)
def test_two_letters_are_refused_with_what_to_do(lines):
    with pytest.raises(SeveralLetters, match="Lever ze één voor één aan"):
        put_together([document(*LETTER), document(*lines)])


def test_a_second_annex_that_could_be_the_text_is_a_question_for_the_clerk():
    report = [
        "Verslag NAVO-ministers van Defensie 20 en 21 oktober 2038",
        *(
            f"Op dag {day} spraken de ministers over de stand van zaken van de toegezegde eenheden."
            for day in range(9)
        ),
    ]
    lines = [line for line in cover().decode().split("\n") if line]
    text = [line for line in agenda().decode().split("\n") if line]

    files = put_together([document(*report), document(*text), document(*lines)])

    assert files.roles == (ANNEX, ANNEX, COVER)
    assert files.text[0].text == text[0]  # what the cover letter names
    assert [problem.code for problem in files.problems] == ["several_texts"]


def test_a_letter_with_its_own_text_is_no_cover_of_a_longer_file_about_other_days():
    own = [
        line
        for line in cover().decode().replace("te Brussel.", "te Brussel.\n\nOekraïne").split("\n")
        if line
    ]
    longer = [
        line.replace("16 en 17 februari 2039", "9 en 10 juni 2038")
        for line in agenda().decode().split("\n")
        if line
    ]
    of_other_days = [line for line in cover().decode().split("\n") if line]

    with_own_text = put_together([document(*longer), document(*own)])
    without = put_together([document(*longer), document(*of_other_days)])

    assert (with_own_text.roles, without.roles) == ((ANNEX, TEXT), (ANNEX, TEXT))
    assert [problem.code for problem in without.problems] == ["several_texts"]


def test_marks_other_than_of_footnotes_are_left_alone():
    link = Mark(MarkKind.LINK, 0, 4, "https://www.nato.int")
    annex = Document(
        "text/plain", (Block("NAVO in het Engels: the statement of the Alliance", marks=(link,)),)
    )

    files = put_together([document(*LETTER), annex])

    assert files.annexes[0][0].marks == (link,)


def test_two_letters_in_one_file_are_told_and_nothing_of_the_first_is_lost():
    here = Path(__file__).parent / "letters"
    first, second = (
        (here / f"{name}.txt").read_bytes() for name in ("agenda-2023-11-28", "verslag-2021-03-23")
    )

    letter = parse_letter([("brieven.txt", first + b"\n\n" + second)])

    assert "second_letter" in [problem.code for problem in letter.problems]
    assert any("FMM vindt een klein halfjaar" in paragraph.text for paragraph in letter.paragraphs)
