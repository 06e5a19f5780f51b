"""What tests of exports share: a letter with everything that a file may and may not hold, and how a file is fetched."""

from letters.models import Position
from tests.factories import (
    make_letter,
    make_meeting,
    make_note,
    make_paragraph,
    make_position,
    make_section,
    make_signatory,
    make_submission,
    make_topic,
)

FORMATS = ["csv", "json", "xlsx", "docx", "ris", "bib", "csl"]
LISTS = ["/zoeken/", "/standpunten/", "/brieven/"]


def download(client, address: str) -> bytes:
    """The file at an address."""
    response = client.get(address)
    assert response.status_code == 200, response
    assert response["Content-Disposition"].startswith("attachment; ")
    return response.getvalue()


def make_known_letter() -> Position:
    """A letter with a number, of which one position was checked; the position."""
    letter = make_letter(
        "report",
        slug="kst-28676-446",
        subject="Verslag van de NAVO-bijeenkomst",
        ministries=["Ministerie van Buitenlandse Zaken"],
        meetings=[make_meeting()],
        date="2023-12-05",
    )
    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")
    make_signatory(letter, "H.G.J. Bruins Slot")
    section = make_section(letter, "Oekraïne", topics=[make_topic("oekraine", "Oekraïne")])
    paragraph = make_paragraph(section, "De NAVO vergaderde. Nederland riep op tot steun.", anchor="12")
    return make_position(
        paragraph,
        "Nederland riep op tot steun.",
        stance="call",
        verb="riep op",
        moment="delivered",
        confidence=0.95,
        rule="call.oproepen",
        read={"stance": "call"},
    )


def make_what_is_not_public() -> list[str]:
    """Rows that no file may hold; the words by which they would be known."""
    secrets = ["GEHEIMCONCEPT", "GEHEIMAFGEWEZEN", "GEHEIMONGEZIEN", "GEHEIMNOTITIE", "GEHEIMINGETROKKEN"]
    draft, rejected, unchecked, note, withdrawn = secrets
    position = make_known_letter()
    section = position.paragraph.section
    make_position(make_paragraph(section, "Eerste zin."), f"{rejected}.", verb=rejected, status="rejected")
    make_position(make_paragraph(section, "Tweede zin."), f"{unchecked}.", verb=unchecked, status="unchecked")
    make_note(note, is_public=False, position=position)
    make_note(note, is_public=False, letter=position.letter)
    for status, word in [("draft", draft), ("withdrawn", withdrawn)]:
        letter = make_letter(subject=word, status=status)
        make_position(make_paragraph(make_section(letter, word), f"{word}."))
    return secrets
