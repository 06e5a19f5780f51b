"""The headers and footers of a DOCX."""

from dataclasses import dataclass, field

from lxml import etree

from letters.parsing.document import Block
from letters.parsing.readers.blocks import lines
from letters.parsing.readers.docx.body import Body
from letters.parsing.readers.docx.package import Package, R, W
from letters.parsing.readers.docx.styles import OFF

#: WordArt behind the text, such as "CONCEPT": a path of VML that stands in a header
WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


@dataclass(slots=True)
class Margins:
    """``front`` is the letterhead; ``lines`` are those of all other headers and footers, each once."""

    front: list[Block] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    parts: list[etree._Element] = field(default_factory=list)


def read_margins(package: Package, main: str, body: etree._Element, reader: Body) -> Margins:
    """Read the headers and footers of all sections, each part once."""
    relationships = package.relationships(main)
    margins = Margins()
    read: dict[str, list[Block]] = {}
    for reference in body.iter(W + "headerReference", W + "footerReference"):
        _kind, target = relationships.get(reference.get(R + "id"), ("", ""))
        root = package.xml(target) if target not in read else None
        if root is not None:
            read[target] = reader.read_inside(root)
            margins.parts.append(root)
    section = next(body.iter(W + "sectPr"), None)
    if section is not None:
        margins.front = _first_page(section, relationships, read)
    in_front = {block.text for block in margins.front}
    shown = [line for line in lines(read.values()) if line not in in_front]
    watermarks = [path.get("string", "") for part in margins.parts for path in part.iter(WATERMARK)]
    margins.lines = tuple(dict.fromkeys(filter(None, (*shown, *watermarks))))
    return margins


def _first_page(
    section: etree._Element, relationships: dict[str, tuple[str, str]], read: dict[str, list[Block]]
) -> list[Block]:
    """The letterhead, where it stands in a header that only the first page has; not what later pages repeat."""
    title_page = section.find(W + "titlePg")
    if title_page is None or title_page.get(W + "val") in OFF:
        return []
    headers = {
        reference.get(W + "type"): read.get(relationships.get(reference.get(R + "id"), ("", ""))[1], [])
        for reference in section.iterfind(W + "headerReference")
    }
    repeated = {block.text for block in headers.get("default", ())}
    return [block for block in headers.get("first", ()) if block.text not in repeated]
