"""Read a DOCX (WordprocessingML, ECMA-376 part 1)."""

from lxml import etree

from letters.parsing.document import Block, Document, Note
from letters.parsing.readers.detection import DOCX
from letters.parsing.readers.docx.body import Body
from letters.parsing.readers.docx.numbering import Numbering
from letters.parsing.readers.docx.package import Package, R, W
from letters.parsing.readers.docx.runs import Inline, Notes, numbered
from letters.parsing.readers.docx.styles import OFF, Styles
from letters.parsing.readers.errors import BrokenFile
from letters.parsing.readers.rich_text import compose

CHANGES = (
    "Dit Word-bestand bevat bijgehouden wijzigingen. Ingevoegde tekst is meegelezen, verwijderde tekst niet. "
    "Controleer of dit de definitieve brief is."
)
HIDDEN = "Dit Word-bestand bevat verborgen tekst. Die is niet meegelezen."
COMMENTS = "Dit Word-bestand bevat opmerkingen in de kantlijn. Die zijn niet meegelezen."


def read(data: bytes) -> Document:
    """Read the bytes of a DOCX.

    Blocks come in the order of the text, with the header of the first page in front if the document has one of its
    own. Other headers and all footers are left out. Notes come in the order in which the text refers to them, so that
    the n-th footnote mark belongs to the n-th note, also where numbers start again. Raises a NotReadable.
    """
    try:
        return _read(Package(data))
    except RecursionError as error:  # elements nested deeper than any word processor makes them
        raise BrokenFile from error


def _read(package: Package) -> Document:
    main = package.main_part()
    root = package.xml(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise BrokenFile
    styles = Styles(package.related(main, "styles"))
    settings = package.related(main, "settings")
    section = next(body.iter(W + "sectPr"), None)
    notes = {kind: numbered(kind, settings, section) for kind in ("footnotes", "endnotes")}
    inline = Inline(styles, notes, package.relationships(main))
    reader = Body(styles, Numbering(package.related(main, "numbering")), inline, notes)

    blocks = reader.read(body)
    front = _first_page_header(package, main, section, reader)
    texts = _note_texts(package, main, notes, inline)

    warnings = []
    if inline.has_changes:
        warnings.append(CHANGES)
    if inline.has_hidden:
        warnings.append(HIDDEN)
    if next(body.iter(W + "commentReference"), None) is not None:
        warnings.append(COMMENTS)
    return Document(DOCX, (*front, *blocks), texts, tuple(warnings))


def _first_page_header(
    package: Package, main: str, section: etree._Element | None, reader: Body
) -> list[Block]:
    """The letterhead, where it stands in a header that only the first page has; not what later pages repeat."""
    title_page = section.find(W + "titlePg") if section is not None else None
    if title_page is None or title_page.get(W + "val") in OFF:
        return []
    relationships = package.relationships(main)
    headers = {}
    for reference in section.iterfind(W + "headerReference"):
        _kind, target = relationships.get(reference.get(R + "id"), ("", ""))
        root = package.xml(target)
        if root is not None:
            headers[reference.get(W + "type")] = reader.read(root)
    repeated = {block.text for block in headers.get("default", ())}
    return [block for block in headers.get("first", ()) if block.text not in repeated]


def _note_texts(package: Package, main: str, notes: dict[str, Notes], inline: Inline) -> tuple[Note, ...]:
    texts = []
    for kind, numbering in notes.items():
        root = package.related(main, kind) if numbering.found else None
        elements = {element.get(W + "id"): element for element in root} if root is not None else {}
        for mark, identifier in numbering.found:
            element = elements.get(identifier)
            paragraphs = element.iter(W + "p") if element is not None else ()
            text = " ".join(compose(inline.runs(paragraph)).text for paragraph in paragraphs)
            texts.append(
                Note(mark, text.removeprefix(mark).strip() if _repeats(element, mark) else text.strip())
            )
    return tuple(texts)


def _repeats(element: etree._Element | None, mark: str) -> bool:
    """Whether the note's text begins with its typed mark; a counted one is an element and no text."""
    return element is not None and next(element.iter(W + "footnoteRef", W + "endnoteRef"), None) is None
