"""PDFs that are broken, scanned, locked or made to hurt: refused for what they are, within the limits of the sandbox."""

import random
import zlib
from pathlib import Path

import pytest

from letters.parsing.readers import MAX_CHARACTERS, errors
from letters.parsing.readers.pdf import pages, read
from letters.parsing.sandbox import DEFAULT_LIMITS, parse_in_child
from tests.pdf_files import FIRST_PAGE, PAGES, pdf, said, stream

HERE = Path(__file__).parent
LETTER = said("Geachte voorzitter,", "Hierbij bied ik u het verslag aan.")
TEXTS = ["Geachte voorzitter,", "Hierbij bied ik u het verslag aan."]
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
FORMS = "/XObject << /X 60 0 R >>"
IMAGE = {
    60: stream(
        b"\x80",
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
}
SCAN = "q 595 0 0 842 0 0 cm /X Do Q "


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def packed(data: bytes) -> bytes:
    return stream(zlib.compress(data, 9), "/Filter /FlateDecode")


def swollen(megabytes: int, start: bytes = b"") -> bytes:
    """Give a stream that unpacks to white space of that size, without unpacking it here."""
    packing = zlib.compressobj(9)
    head = packing.compress(start) + packing.flush(zlib.Z_FULL_FLUSH)
    block = packing.compress(b" " * 1_000_000) + packing.flush(zlib.Z_FULL_FLUSH)
    return stream(head + block * megabytes + packing.flush(), "/Filter /FlateDecode")


# Loops and oddities: what can be read is read


def nested_forms(count: int) -> bytes:
    """Each form draws the next one; the last holds text."""
    drawn = {
        60 + at: stream("/X Do", f"{FORM} /Resources << /XObject << /X {61 + at} 0 R >> >>")
        for at in range(count)
    }
    return pdf(LETTER + "/X Do", resources=FORMS, objects={**drawn, 60 + count: stream("n", FORM)})


@pytest.mark.parametrize(
    "data",
    [
        pdf(LETTER, objects={PAGES: f"<< /Type /Pages /Kids [{FIRST_PAGE} 0 R] /Count 1 /Parent {PAGES} 0 R >>"}),
        pdf(LETTER, objects={PAGES: f"<< /Type /Pages /Kids [{FIRST_PAGE} 0 R] /Count 2000000000 >>"}),
        pdf(LETTER + "/X Do", resources=FORMS, objects={60: stream("/X Do", f"{FORM} /Resources << {FORMS} >>")}),
        nested_forms(2_000),
        pdf(LETTER, page="/Annots 60 0 R", objects={60: "[60 0 R]"}),
        pdf(LETTER, catalog="/Names << /EmbeddedFiles 60 0 R >>", objects={60: "<< /Kids [60 0 R 60 0 R] >>"}),
        pdf(LETTER, catalog="/X " + "[" * 100_000 + "]" * 100_000),
        pdf(LETTER, size=(1e9, 1e9)),
        pdf(LETTER, size=(-5, 0)),
        pdf(LETTER + "q 1e30 0 0 1e30 1e38 1e38 cm " + LETTER + " Q"),
        pdf(LETTER + said("Niets", y=300, size=0)),
        pdf(LETTER) + b"<dc:creator>" * 100_000,
    ],
    ids=[
        "the pages are their own parent",
        "a number of pages that is not there",
        "a form in itself",
        "forms in forms",
        "annotations in themselves",
        "attachments in themselves",
        "arrays in arrays",
        "a page of 350 kilometres",
        "a page without a size",
        "text beyond all numbers",
        "text without a size",
        "properties without an end",
    ],
)  # fmt: skip
def test_what_can_be_read_of_an_odd_file_is_read(data):
    assert texts(data) == TEXTS


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (pdf(LETTER, objects={PAGES: f"<< /Type /Pages /Kids [{PAGES} 0 R] /Count 1 >>"}), errors.BrokenFile),
        (pdf(LETTER, objects={FIRST_PAGE + 1: f"[{FIRST_PAGE + 1} 0 R]"}), errors.ScanWithoutText),
        (b"%PDF-1.7\n" + random.Random(4).randbytes(100_000), errors.BrokenFile),  # noqa: S311 - the same bytes every time
        ((HERE / "letters/verslag-2021-03-23.pdf").read_bytes()[:40_000], errors.BrokenFile),
        (pdf(said("Geachte voorzitter,", size=0)), errors.ScanWithoutText),
        (pdf(LETTER, objects={60: "<< >>"}).replace(b"trailer <<", b"trailer << /Encrypt << /Filter /Standard /V 99 >>"),
         errors.EncryptedPdf),
    ],
    ids=["pages in themselves", "contents in themselves", "random bytes", "half a file", "no size", "an unknown lock"],
)  # fmt: skip
def test_a_file_that_gives_nothing_is_refused(data, error):
    with pytest.raises(error):
        read(data)


# Too much of something


def test_a_file_of_very_many_pages_is_refused_before_they_are_read():
    with pytest.raises(errors.TooMuchText):
        read(pdf(*["Dit is geen pagina"] * (pages.MAX_PAGES + 1)))


def small_print(distance: int) -> str:
    """Lines of 440 characters in the smallest print, this far from each other."""
    return "".join(said("abcdefghij " * 40, y=y, size=2) for y in range(20, 820, distance))


def test_a_page_of_very_many_words_is_refused():
    with pytest.raises(errors.TooMuchText):
        read(pdf(small_print(distance=4)))


def test_pages_that_together_have_very_many_words_are_refused():
    count = MAX_CHARACTERS // (100 * 440) + 1
    assert count < pages.MAX_PAGES

    with pytest.raises(errors.TooMuchText):
        read(pdf(*[small_print(distance=8)] * count))


def object_stream_bomb() -> bytes:
    held = swollen(1_200, start=b"70 0 << >> ").replace(b"<< ", b"<< /Type /ObjStm /N 1 /First 5 ", 1)
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 70 0 R >>\nendobj\n50 0 obj\n"
        + held
        + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )


def form_bomb() -> bytes:
    """Twelve forms that each draw the next one ten times."""
    drawn = {
        60 + at: stream("/X Do " * 10, f"{FORM} /Resources << /XObject << /X {61 + at} 0 R >> >>")
        for at in range(12)
    }
    return pdf(LETTER + "/X Do", resources=FORMS, objects={**drawn, 72: stream("0 0 9 9 re f", FORM)})


@pytest.mark.parametrize(
    "bomb",
    [object_stream_bomb, form_bomb, lambda: pdf(LETTER, objects={FIRST_PAGE + 1: swollen(1_200)})],
    ids=["an object stream that swells", "forms that multiply", "contents that swell"],
)
def test_a_bomb_ends_within_the_limits_with_a_sentence(bomb):
    data = bomb()

    with pytest.raises(errors.NotReadable) as refused:
        parse_in_child([("bom.pdf", data)])

    assert type(refused.value) in (errors.ReadingCrashed, errors.ReadingTookTooMuchMemory, errors.BrokenFile)
    assert refused.value.file_name == "bom.pdf"


def test_a_million_drawings_beside_a_letter_are_no_reason_to_refuse_it():
    drawn = LETTER.encode() + b"0 0 m 9 9 l S " * 1_000_000

    letter = parse_in_child(
        [("brief.pdf", pdf(LETTER, objects={FIRST_PAGE + 1: packed(drawn)}))], limits=DEFAULT_LIMITS
    )

    assert [paragraph.text for section in letter.sections for paragraph in section.paragraphs] == TEXTS[1:]


# Scans


def test_a_scan_of_which_only_page_numbers_and_a_stamp_are_text_is_refused():
    stamped = SCAN + said("Ingekomen 4 april 2025, nr. 2025Z01234", y=800) + said("Pagina 1 van 2", y=30)
    numbered = SCAN + said("Pagina 2 van 2", y=30)

    with pytest.raises(errors.ScanWithoutText):
        read(pdf(stamped, numbered, resources=FORMS, objects=IMAGE))


def test_pages_that_are_scanned_are_told_where_others_are_text():
    written = "".join(
        said("De ministers spraken over Oekraïne en over de zuidflank.", y=y) for y in (700, 687, 674, 661)
    )
    scanned = SCAN + said("Pagina 2 van 3", y=30)

    document = read(pdf(written, scanned, SCAN, resources=FORMS, objects=IMAGE))

    assert document.warnings == (
        "Op bladzijde 2, 3 staan vrijwel alleen plaatjes. Controleer of er geen tekst van de brief ontbreekt.",
    )


def test_a_scan_in_strips_within_a_form_is_a_scan():
    strips = "".join(f"q 595 0 0 85 0 {y} cm /X Do Q " for y in range(0, 842, 85))
    form = {61: stream(strips, f"{FORM} /Resources << {FORMS} >>")}

    with pytest.raises(errors.ScanWithoutText):
        read(pdf("/Y Do " + said("1", y=30), resources="/XObject << /Y 61 0 R >>", objects={**IMAGE, **form}))


def test_a_letter_printed_over_an_image_is_no_scan():
    lines = ["De ministers spraken over de zuidflank en over de steun."] * 4

    document = read(pdf(SCAN + said(*lines), resources=FORMS, objects=IMAGE))

    assert ([block.text for block in document.blocks], document.warnings) == ([" ".join(lines)], ())


# Locks


def test_a_file_that_only_its_owner_may_change_is_read():
    data = (HERE / "files/pdf/alleen-eigenaar.pdf").read_bytes()

    assert texts(data) == ["Geachte voorzitter,"]
