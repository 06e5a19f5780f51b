"""Files that are made to hurt: each ends as a letter or as a Dutch sentence that says what to do, and the site goes on.

What one reader alone must withstand is tested with that reader; here files go through the entrance, and on to the pages.
"""

import random
import re
import socket
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters import decisions
from letters.ingest import NotAccepted, Upload, ingest
from letters.models import Edition, File, Letter
from letters.parsing.readers import MAX_BLOCKS, MAX_CHARACTERS, MAX_PARAGRAPH, NotReadable, errors
from letters.parsing.readers.detection import DOCX
from letters.parsing.sandbox import parse_in_child
from tests.fuzz.storing import damage
from tests.pdf_files import pdf, said
from tests.zip_files import ODT_ROOT, W, archive_of, docx, odt, zipped

LETTERS = Path(__file__).parent / "letters"
TEXT = (LETTERS / "own-agenda-defensie-2031.txt").read_bytes()
WORDS = TEXT.decode()
PAGE = (LETTERS / "kst-28676-446.html").read_text()
PAPER = (LETTERS / "kst-28676-446.xml").read_text()
UPLOAD = "/beheer/letters/letter/add/"
DEPTH = 100_000
NOISE = random.Random(4).randbytes(100_000)  # noqa: S311 - to do the same again
POLYGLOT = (LETTERS / "verslag-2021-03-23.pdf").read_bytes() + (
    LETTERS / "agenda-2023-11-28.docx"
).read_bytes()
ROUND = "<< /Type /Font /DescendantFonts 3 0 R /ToUnicode 3 0 R >>"


TELLS_WHAT_TO_DO = re.compile(r"\b(?:lever|kies|download|pak|geef|controleer|sla)\b", re.IGNORECASE)


def came_of(name: str, data: bytes) -> type | str:
    """The cause for which a file is refused, or the kind of letter that it is."""
    try:
        return parse_in_child([(name, data)]).kind.value
    except NotReadable as error:
        refused = error
    assert TELLS_WHAT_TO_DO.search(str(refused)), refused
    assert refused.file_name == name
    return type(refused)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("pakket.docx", zipped(binnen=docx("<a/>")), errors.UnknownType),
        ("brief.docx", docx(docx("<a/>")), errors.BrokenFile),
        ("brief.docx", docx(f"<w:document {W}><w:body/>{' ' * 30_000_000}</w:document>"), errors.TooMuchText),
        ("brief.odt", odt(ODT_ROOT + " " * 30_000_000), errors.TooMuchText),
        ("brief.docx", archive_of(1_000, held=bytes(1_000_000), declared=1_000_000), errors.BrokenFile),
        ("brief.docx", archive_of(3, held=bytes(10), declared=2**32 - 2), errors.TooMuchText),
        ("brief.docx", archive_of(3, held=bytes(100_000_000), declared=10), errors.BrokenFile),
        ("brief.docx", archive_of(100_000, held=b"<a/>", declared=4), errors.TooMuchText),
    ],
    ids=["a zip in a zip", "a zip for a text", "a part that swells", "content that swells", "entries over each other",
         "more declared than held", "more held than declared", "a hundred thousand entries"],
)  # fmt: skip
def test_a_zip_that_is_made_to_hurt_is_refused(name, data, expected):
    assert came_of(name, data) == expected


def with_entities(root: str, definitions: str, words: str) -> str:
    return f"<!DOCTYPE {root} [{definitions}]>{words}"


LAUGHS = '<!ENTITY a "{}">'.format("ha" * 50) + "".join(
    f'<!ENTITY {name} "{"&" + before + ";"}{("&" + before + ";") * 9}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("definitions", [LAUGHS, '<!ENTITY i SYSTEM "file:///etc/passwd">', '<!ENTITY i SYSTEM "{}">'],
                         ids=["a billion laughs", "a file of this machine", "an address"])  # fmt: skip
def test_an_entity_is_neither_expanded_nor_fetched(definitions):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        definitions = definitions.replace("{}", f"http://127.0.0.1:{server.getsockname()[1]}/")
        body = f"<w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
        paper = PAPER.replace("<al>", "<al>&i;", 1).partition("?>")[2]
        page = PAGE.partition(">")[2].replace("<p>", "<p>&i;")

        outcomes = [
            came_of("brief.docx", docx(with_entities("w:document", definitions, body))),
            came_of(
                "brief.odt",
                odt(
                    with_entities(
                        "x", definitions, f"{ODT_ROOT}<text:p>&i;</text:p></office:document-content>"
                    )
                ),
            ),
            came_of("brief.xml", with_entities("officiele-publicatie", definitions, paper).encode()),
        ]
        letter = parse_in_child([("brief.html", with_entities("html", definitions, page).encode())])

        with pytest.raises(BlockingIOError):
            server.accept()
    assert outcomes == [errors.BrokenFile] * 3
    assert letter.kind == "annotated_agenda"
    assert not re.search("root:|hahaha", str(letter))


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("brief.docx", docx(f"<w:document {W}><w:body>{'<w:sdt>' * DEPTH}"), errors.BrokenFile),
        ("brief.odt", odt(f"{ODT_ROOT}<office:body>{'<text:section>' * DEPTH}"), errors.BrokenFile),
        ("brief.xml", f"<kamerstuk>{'<divisie>' * DEPTH}{'</divisie>' * DEPTH}</kamerstuk>".encode(), errors.BrokenFile),
        ("brief.html", PAGE.replace("<p>", "<div>" * DEPTH + "<p>", 1).encode(), "annotated_agenda"),
        ("brief.txt", TEXT + b"\n" + b"(" * 30_000 + b"\n" + b"> " * 15_000 + b"\n" + b"[1: " * 7_000, "annotated_agenda"),
        ("brief.pdf", pdf(said("Geachte voorzitter,", "Hierbij het verslag.") + "q " * DEPTH + "[" * DEPTH), "other"),
        ("brief.pdf", pdf(said("Geachte voorzitter,"), objects={3: ROUND}), "other"),
    ],
    ids=["docx", "odt", "xml", "html", "txt", "pdf", "a font in itself"],
)  # fmt: skip
def test_nesting_without_end_does_no_harm(name, data, expected):
    assert came_of(name, data) == expected


def test_a_pdf_of_a_million_objects_does_no_harm():
    many = b"".join(b"%d 0 obj 0 endobj\n" % number for number in range(100, 1_000_100))

    assert (
        came_of("brief.pdf", pdf(said("Geachte voorzitter,", "Hierbij het verslag."))[:-7] + many + b"%%EOF")
        == "other"
    )


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        *((f"ruis.{suffix}", NOISE, errors.UnknownType) for suffix in ("docx", "txt", "html")),
        *(
            (name, (LETTERS / name).read_bytes()[: (LETTERS / name).stat().st_size // 2], expected)
            for name, expected in {
                "verslag-2021-03-23.docx": errors.BrokenFile, "verslag-2021-03-23.odt": errors.BrokenFile,
                "verslag-2021-03-23.pdf": errors.BrokenFile, "verslag-2021-03-23.txt": "report",
                "kst-28676-446.html": "annotated_agenda", "kst-28676-446.xml": errors.BrokenFile,
            }.items()
        ),
        ("brief.pdf", PAGE.encode(), errors.WrongType),
        ("brief.docx", (LETTERS / "verslag-2021-03-23.odt").read_bytes(), errors.WrongType),
        ("brief.html", (LETTERS / "verslag-2021-03-23.pdf").read_bytes(), errors.WrongType),
        ("brief.txt", PAPER.encode(), errors.WrongType),
        ("brief.pdf", POLYGLOT, "report"),
        ("brief.docx", POLYGLOT, errors.WrongType),
        ("brief.docx", zipped(**{"%PDF-1.7": "", "[Content_Types].xml": "", "word__document.xml": ""}), errors.WrongType),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_seems_is_taken_for_what_it_is(name, data, expected):
    assert came_of(name, data) == expected


@pytest.mark.parametrize(
    "repeated", ["Nederland vindt ", "x", "a.", "1", "¹ ", "“", "1, 2 en ", "A. ", "(", "-", "- ", "\t"]
)
def test_one_line_that_fills_a_file_ends_in_time(repeated):
    line = repeated * (MAX_CHARACTERS // 4 // len(repeated))
    has_words = any(map(str.isalnum, repeated))

    assert came_of("brief.txt", TEXT + b"\n" + line.encode()) == (
        errors.TooMuchText if has_words else "annotated_agenda"
    )


@pytest.mark.parametrize("repeated", ["Nederland ", "(", "A. "])
def test_one_line_as_long_as_a_paragraph_may_be_ends_in_time(repeated):
    line = repeated * (MAX_PARAGRAPH // len(repeated) - 1)

    assert came_of("brief.txt", TEXT + b"\n" + line.encode()) == "annotated_agenda"
    assert came_of("brief.html", PAGE.replace("<p>", f"<p>{line}</p><p>", 1).encode()) == "annotated_agenda"
    assert (
        came_of("brief.xml", PAPER.replace("<al>", f"<al>{line}</al><al>", 1).encode()) == "annotated_agenda"
    )


def test_a_letter_of_very_many_paragraphs_is_refused():
    paragraphs = "".join(f"\n\nDit is alinea {number} van de brief." for number in range(MAX_BLOCKS))

    assert came_of("brief.txt", TEXT + paragraphs.encode()) == errors.TooMuchText


def test_ten_megabytes_on_one_line_are_refused():
    line = "Nederland " * 1_000_001

    assert came_of("brief.txt", TEXT + line.encode()) == errors.TooMuchText
    assert came_of("brief.html", PAGE.replace("<p>", f"<p>{line}", 1).encode()) == errors.TooMuchText
    assert came_of("brief.xml", PAPER.replace("<al>", f"<al>{line}", 1).encode()) == errors.BrokenFile


# Names


@pytest.fixture
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


NAMES = [
    ("../../../etc/passwd.txt", "passwd.txt"),
    ("..\\..\\brief.txt", "brief.txt"),
    ("brief\x00.txt", "brief.txt"),
    ("brief\nSet-Cookie: a=b.txt", "briefSet-Cookie: a=b.txt"),
    ("brief\u202etxt.exe.txt", "brieftxt.exe.txt"),
    ("a" * 5_000 + ".txt", "a" * 251 + ".txt"),
    ("brief", "brief"),
    ("\u202e", "naamloos"),
]


@pytest.mark.parametrize(("name", "kept"), [*NAMES, ("brief\udcff.txt", "brief.txt"), ("", "naamloos")])
def test_a_name_is_kept_without_what_cannot_be_stored_or_deceives(name, kept):
    assert Upload(name, b"").name == kept


@pytest.mark.django_db
def test_files_with_odd_names_that_come_over_http_are_stored_under_plain_ones(admin_client, originals):
    for at, (name, _kept) in enumerate(NAMES):
        head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
        body = head.encode() + TEXT + b"\n" * at + b"\r\n--x--\r\n"
        answer = admin_client.post(UPLOAD, body, content_type="multipart/form-data; boundary=x")
        if len(name) > 1_000:
            assert (answer.status_code, "De site begrijpt niet" in answer.content.decode()) == (400, True)
        else:
            assert answer.status_code in (200, 302)

    names = set(File.objects.values_list("name", flat=True))
    assert names <= {kept for _name, kept in NAMES} | {"Set-Cookie: a=b.txt"}
    assert {"passwd.txt", "brief.txt"} <= names
    assert {path.name for path in originals.rglob("*") if path.is_file()} <= set(
        File.objects.values_list("sha256", flat=True)
    )


# Through to the pages


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


HURT = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
SEEN = "&lt;script&gt;alert(3)&lt;/script&gt;&lt;img src=x onerror=alert(4)&gt;"
DRESSED = (
    PAGE.replace("<body", '<body onload="alert(5)"', 1)
    .replace("<h2", f"{HURT}<h2 onclick='alert(6)' style=\"background:url(javascript:alert(7))\"", 1)
    .replace("<p>", f'<p onmouseover="alert(8)">{SEEN}<a href="javascript:alert(9)">Klik</a>'
             f'<a href="data:text/html,{SEEN}">hier</a>'
             f'<a href="https://navo.int/&quot; onfocus=&quot;alert(10)">daar</a> {HURT}<iframe src="data:text/html,x"></iframe>')
    .replace("</h2>", f"{SEEN}</h2>")
    .replace("</body>", '<svg onload="alert(11)"><foreignObject/></svg><object data="x"></object></body>')
)  # fmt: skip
PAGES = (
    "/brieven/",
    "/zoeken/",
    "/zoeken/?q=onerror",
    "/zoeken/?q=script",
    "/standpunten/?ongecontroleerd=ja",
    "/bijeenkomsten/",
    "/",
)


@pytest.mark.django_db
def test_nothing_of_a_page_with_scripts_reaches_visitors_but_its_words(client, originals):
    letter = ingest([Upload("brief.html", DRESSED.encode())]).letter
    decisions.publish(letter, by=None)
    letter.refresh_from_db()

    pages = {address: client.get(address).content.decode() for address in (letter.get_absolute_url(), *PAGES)}

    assert "<script>alert(3)</script>" in Elements(pages[letter.get_absolute_url()]).words
    for address, page in pages.items():
        for tag, attributes in Elements(page).found:
            assert tag not in ("iframe", "object", "embed", "img"), (address, tag)
            is_data = attributes.get("type") == "application/ld+json"  # which no browser runs
            assert tag != "script" or is_data or "/static/" in attributes.get("src", ""), (
                address,
                attributes,
            )
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (
                address,
                tag,
                attributes,
            )
            addresses = [attributes.get(name) or "" for name in ("href", "src", "action", "formaction")]
            assert not [one for one in addresses if one.lower().startswith(("javascript:", "data:"))], (
                address,
                addresses,
            )


ODD = "\ue000 \ue001 \uf8ff \ufffe \uffff \ufffd \u202e \u2028 \x85 \x7f \x0b \x1f"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("brief.txt", WORDS.replace("NAVO", f"NAVO {ODD} NAVO").encode()),
        ("brief.txt", WORDS.replace("NAVO", "NAVO \ud800 \udfff").encode("utf-8", "surrogatepass")),
        ("brief.txt", WORDS.replace("NAVO", f"NAVO {ODD}").encode("utf-16")),
        (
            "brief.html",
            PAGE.replace("NAVO", "NAVO &#xD800; &#0; &#xFFFE; &#xE000; &#xE001; &#1; &#x202E;").encode(),
        ),
        ("brief.html", PAGE.replace("NAVO", f"NAVO {ODD}").encode()),
        ("brief.xml", PAPER.replace("NAVO", "NAVO \ue000 \ue001 &#xE000; &#x202E; &#x85;").encode()),
    ],
)
def test_characters_that_are_none_come_through_to_the_page_or_are_left_out(client, originals, name, data):
    letter = ingest([Upload(name, data)]).letter
    decisions.publish(letter, by=None)
    letter.refresh_from_db()

    page, found = client.get(letter.get_absolute_url()), client.get("/zoeken/?q=navo")

    assert (page.status_code, found.status_code) == (200, 200)
    assert list(damage(letter)) == []
    assert not re.search("[\x00\ue000\ue001\ud800-\udfff]", found.content.decode())


@pytest.mark.django_db
def test_text_with_nulls_or_in_half_characters_is_refused_with_a_sentence(originals):
    for data in (
        TEXT + b"\x00",
        PAGE.encode() + b"\x00",
        WORDS.encode("utf-16") + b"\x00\xd8",
        WORDS.encode("utf-32"),
    ):
        with pytest.raises(NotAccepted, match="Lever de brief aan als"):
            ingest([Upload("brief.txt", data)])

    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_a_paragraph_that_no_index_can_hold_is_refused_with_a_sentence(originals):
    words = " ".join(f"woord{number}" for number in range(20_000))

    with pytest.raises(NotAccepted, match="Lever alleen de brief aan"):
        ingest([Upload("brief.txt", TEXT + b"\n\n" + words.encode())])

    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_what_a_file_is_said_to_be_does_not_count(admin_client, originals):
    data = (LETTERS / "verslag-2021-03-23.docx").read_bytes()

    admin_client.post(UPLOAD, {"files": SimpleUploadedFile("brief.docx", data, content_type="text/html")})

    assert File.objects.get().media_type == DOCX
