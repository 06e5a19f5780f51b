"""Read a DOCX (WordprocessingML, ECMA-376 part 1)."""

from lxml import etree

from letters.parsing.document import Document, LeakKind, Note
from letters.parsing.readers.detection import DOCX
from letters.parsing.readers.docx.body import Body
from letters.parsing.readers.docx.leaks import add_leaks
from letters.parsing.readers.docx.margins import read_margins
from letters.parsing.readers.docx.numbering import Numbering
from letters.parsing.readers.docx.package import Package, W
from letters.parsing.readers.docx.runs import Inline, numbered
from letters.parsing.readers.docx.styles import Styles
from letters.parsing.readers.errors import BrokenFile
from letters.parsing.readers.leaks import Leaks
from letters.parsing.readers.rich_text import compose

CHANGES = (
    "Dit Word-bestand bevat bijgehouden wijzigingen. Ingevoegde tekst is meegelezen, verwijderde tekst niet. "
    "Controleer of dit de definitieve brief is."
)
HIDDEN = "Dit Word-bestand bevat verborgen tekst. Die is niet meegelezen."
COMMENTS = "Dit Word-bestand bevat opmerkingen in de kantlijn. Die zijn niet meegelezen."
WARNINGS = {LeakKind.TRACKED_CHANGES: CHANGES, LeakKind.HIDDEN_TEXT: HIDDEN, LeakKind.COMMENTS: COMMENTS}


def read(data: bytes) -> Document:
    """Read the bytes of a DOCX.

    Blocks come in the order of the text, with the header of the first page in front if the document has one of its
    own. What other headers and all footers say are the margins. Notes come in the order in which the text refers to them, so that
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
    numbering = {kind: numbered(kind, settings, section) for kind in ("footnotes", "endnotes")}
    inline = Inline(styles, numbering, package.relationships(main))
    reader = Body(styles, Numbering(package.related(main, "numbering")), inline, numbering)

    blocks = reader.read(body)
    margins = read_margins(package, main, body, reader)
    roots = {kind: package.related(main, kind) for kind in {kind for kind, _, _ in inline.referred}}
    notes = _notes(roots, inline)

    leaks = Leaks()
    add_leaks(
        package, main, [root, *margins.parts, *(part for part in roots.values() if part is not None)], leaks
    )
    if inline.hidden:
        leaks.add(LeakKind.HIDDEN_TEXT, *inline.hidden)
    return Document(
        DOCX,
        (*margins.front, *blocks),
        notes,
        warnings=tuple(sentence for kind, sentence in WARNINGS.items() if kind in leaks),
        margins=margins.lines,
        leaks=leaks.found(),
    )


def _notes(roots: dict[str, etree._Element | None], inline: Inline) -> tuple[Note, ...]:
    elements = {
        (kind, element.get(W + "id")): element
        for kind, root in roots.items()
        for element in (root if root is not None else ())
    }
    notes = []
    for kind, mark, identifier in tuple(inline.referred):
        element = elements.get((kind, identifier))
        paragraphs = element.iter(W + "p") if element is not None else ()
        text = " ".join(compose(inline.runs(paragraph)).text for paragraph in paragraphs)
        notes.append(Note(mark, text.removeprefix(mark).strip() if _repeats(element, mark) else text.strip()))
    return tuple(notes)


def _repeats(element: etree._Element | None, mark: str) -> bool:
    """Whether the note's text begins with its typed mark; a counted one is an element and no text."""
    return element is not None and next(element.iter(W + "footnoteRef", W + "endnoteRef"), None) is None
