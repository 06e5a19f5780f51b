"""The headers and footers of an ODT (OpenDocument 1.2 part 1, 16.9 and 16.10): they belong to master pages."""

from lxml import etree

from letters.parsing.document import Block
from letters.parsing.readers.blocks import lines
from letters.parsing.readers.odt.body import Body
from letters.parsing.readers.odt.package import OFFICE, STYLE

#: ODF 1.3 and LibreOffice's own namespace before that have a header for the first page only.
FIRST = "header-first"


def read_margins(
    styles: etree._Element | None, first_page: str | None, reader: Body
) -> tuple[list[Block], tuple[str, ...]]:
    """Give the letterhead that only the first page has, and the lines of all other headers and footers, each once.

    ``first_page`` names the master page with which the text begins.
    """
    pages = styles.find(OFFICE + "master-styles") if styles is not None else None
    read: dict[tuple[str | None, str], list[Block]] = {}
    following: dict[str | None, str | None] = {}
    for page in pages if pages is not None else ():
        name = page.get(STYLE + "name")
        following[name] = page.get(STYLE + "next-style-name")
        for part in page:
            if part.get(STYLE + "display") != "false":
                read[name, etree.QName(part).localname] = reader.read_inside(part)
    front = _first_page(first_page or "Standard", following, read)
    in_front = {block.text for block in front}
    return front, tuple(line for line in lines(read.values()) if line not in in_front)


def _first_page(
    name: str, following: dict[str | None, str | None], read: dict[tuple[str | None, str], list[Block]]
) -> list[Block]:
    """The header that the first page has and later pages do not repeat."""
    after = following.get(name) or name
    if (name, FIRST) in read:
        front, later = read[name, FIRST], read.get((name, "header"), [])
    elif after != name:
        front, later = read.get((name, "header"), []), read.get((after, "header"), [])
    else:
        return []
    repeated = {block.text for block in later}
    return [block for block in front if block.text not in repeated]
