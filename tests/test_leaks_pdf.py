"""What a PDF tells that should not get out is told to the clerk, and does not become text of the letter."""

import pytest

from letters.parsing.document import Leak, LeakKind
from letters.parsing.readers.pdf import read
from tests.pdf_files import pdf, said, stream

LETTER = said("Geachte voorzitter,", "Hierbij bied ik u het verslag aan.")
TEXTS = ["Geachte voorzitter,", "Hierbij bied ik u het verslag aan."]
AWAY = "Dit hoort niemand te lezen"
IMAGE = {
    60: stream(
        b"\x80",
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
}
IMAGES = "/XObject << /I 60 0 R >>"


def texts(document) -> list[str]:
    return [block.text for block in document.blocks]


def test_a_letter_without_anything_else_tells_nothing():
    document = read(pdf(LETTER))

    assert (texts(document), document.leaks) == (TEXTS, ())


# Properties


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("J. Jansen", ("J. Jansen",)),
        ("", None),
        ("Ministerie van Buitenlandse Zaken", None),  # says so in its letterhead
        ("anonymous", None),  # nobody gave a name
        ("x" * 500, ("x" * 119 + "…",)),
    ],
)
def test_the_author_in_the_properties_is_told(author, told):
    document = read(pdf(LETTER, info=f"/Author ({author})"))

    assert document.leaks == (() if told is None else (Leak(LeakKind.AUTHOR, told),))


def test_authors_in_xmp_are_told_once():
    xmp = (
        "<x:xmpmeta><rdf:Description><dc:creator><rdf:Seq><rdf:li>J. Jansen</rdf:li><rdf:li>P. de Boer &amp; co</rdf:li>"
        "</rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>"
    )
    data = pdf(
        LETTER,
        info="/Author (J. Jansen)",
        catalog="/Metadata 60 0 R",
        objects={60: stream(xmp, "/Type /Metadata /Subtype /XML")},
    )

    document = read(data)

    assert document.leaks == (Leak(LeakKind.AUTHOR, ("J. Jansen", "P. de Boer & co")),)


# Comments and files inside the file


def test_comments_are_told_with_who_made_them_and_links_are_none():
    data = pdf(
        LETTER,
        page="/Annots [60 0 R 61 0 R 62 0 R 63 0 R]",
        objects={
            60: "<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /T (P. de Boer) /Contents (Klopt dit wel?) >>",
            61: "<< /Type /Annot /Subtype /Link /Rect [9 9 20 20] /Contents (naar de site) >>",
            62: "<< /Type /Annot /Subtype /Highlight /Rect [9 9 20 20] /T (P. de Boer) >>",
            63: "<< /Type /Annot /Subtype /FreeText /Rect [9 9 20 20] /DA (/F 9 Tf) /Contents (Schrappen) >>",
        },
    )

    document = read(data)

    assert document.leaks == (Leak(LeakKind.COMMENTS, ("P. de Boer: Klopt dit wel?", "Schrappen")),)


def test_no_more_than_ten_comments_are_told():
    numbers = range(60, 90)
    comments = {
        number: f"<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (Opmerking {number}) >>"
        for number in numbers
    }
    page = "/Annots [" + " ".join(f"{number} 0 R" for number in numbers) + "]"

    document = read(pdf(LETTER, page=page, objects=comments))

    assert document.leaks == (
        Leak(LeakKind.COMMENTS, tuple(f"Opmerking {number}" for number in range(60, 70))),
    )


def test_files_in_the_file_are_told_by_name():
    data = pdf(
        LETTER,
        catalog="/Names << /EmbeddedFiles << /Names [(nota.docx) 60 0 R] >> >>",
        objects={
            60: "<< /Type /Filespec /F (nota.docx) /UF (nota.docx) /EF << /F 61 0 R >> >>",
            61: stream("geheim", "/Type /EmbeddedFile"),
        },
    )

    document = read(data)

    assert (texts(document), document.leaks) == (TEXTS, (Leak(LeakKind.ATTACHMENT, ("nota.docx",)),))


# Text that nobody sees


@pytest.mark.parametrize(
    "content",
    [
        "3 Tr " + said(AWAY, y=300) + "0 Tr",  # drawn invisibly, over nothing
        "7 Tr " + said(AWAY, y=300) + "0 Tr",  # only clips
        "q 1 1 1 rg " + said(AWAY, y=300) + "Q",  # white on white
        "q 0.98 0.98 1 rg " + said(AWAY, y=300) + "Q",  # as good as white
        said(AWAY, y=300, size=0.4),  # too small to be seen
        said(AWAY, y=900),  # above the page
        said(AWAY, y=-30),  # below it
        said(AWAY, x=600, y=300),  # beside it
        said(AWAY, y=300) + "0 0 0 rg 70 290 300 30 re f",  # under a black box
        "q 0 0 0 rg 70 290 300 30 re f Q " + said(AWAY, y=300),  # black on black
    ],
)
def test_text_that_nobody_sees_is_told_and_not_read(content):
    document = read(pdf(LETTER + content))

    assert (texts(document), document.leaks) == (TEXTS, (Leak(LeakKind.HIDDEN_TEXT, (AWAY,)),))


@pytest.mark.parametrize(
    "content",
    [
        "0 0 0.6 rg 70 290 300 30 re f 1 1 1 rg " + said(AWAY, y=300),  # white on blue
        "0 0 0 rg 70 290 300 30 re f 1 1 1 rg " + said(AWAY, y=300),  # white on black
        "q 300 0 0 30 70 290 cm /I Do Q 1 1 1 rg " + said(AWAY, y=300),  # white on an image
        "1 1 0.6 rg 70 290 300 30 re f 0 0 0 rg " + said(AWAY, y=300),  # marked in yellow
        "1 0 0 rg " + said(AWAY, y=300),
        "1 Tr 1 1 1 rg 0 0 0 RG " + said(AWAY, y=300),  # outlined
        "0 0 0 rg 70 290 300 2 re f " + said(AWAY, y=300),  # over a thick line
    ],
)
def test_text_that_shows_up_is_read(content):
    document = read(pdf(LETTER + content, resources=IMAGES, objects=IMAGE))

    assert (texts(document), document.leaks) == ([*TEXTS, AWAY], ())


def test_text_outside_the_part_of_the_page_that_is_shown_is_told():
    document = read(pdf(LETTER + said(AWAY, y=30), page="/CropBox [50 50 545 800]"))

    assert (texts(document), document.leaks) == (TEXTS, (Leak(LeakKind.HIDDEN_TEXT, (AWAY,)),))


def test_text_recognised_in_a_scan_is_read():
    scan = "q 595 0 0 842 0 0 cm /I Do Q 3 Tr " + said(
        *["Hierbij bied ik u het verslag aan van de bijeenkomst."] * 5
    )

    document = read(pdf(scan, resources=IMAGES, objects=IMAGE))

    assert texts(document) == [" ".join(["Hierbij bied ik u het verslag aan van de bijeenkomst."] * 5)]
    assert (document.leaks, document.warnings) == ((), ())


def test_a_word_under_a_black_box_is_read_as_a_box():
    line = said("Volgens de heer Jansen is dit besproken.")
    box = "0 0 0 rg 153.5 757 34.5 11 re f"  # from behind "heer" to before "is"

    document = read(pdf(line + box))

    assert texts(document) == ["Volgens de heer █ is dit besproken."]
    assert document.leaks == (Leak(LeakKind.HIDDEN_TEXT, ("Jansen",)),)


def test_hidden_text_on_a_turned_page_is_told():
    document = read(pdf(LETTER + "q 1 1 1 rg " + said(AWAY, y=300) + "Q", page="/Rotate 90"))

    assert (texts(document), document.leaks) == (TEXTS, (Leak(LeakKind.HIDDEN_TEXT, (AWAY,)),))


def test_stops_and_white_space_that_nobody_sees_are_nothing():
    document = read(pdf(LETTER + "q 1 1 1 rg " + said("  ", ". .", y=300) + "Q"))

    assert (texts(document), document.leaks) == (TEXTS, ())
