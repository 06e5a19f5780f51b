"""What a DOCX tells that should not get out."""

import posixpath

from lxml import etree

from letters.parsing.document import LeakKind
from letters.parsing.readers.docx.package import Package, W
from letters.parsing.readers.leaks import Leaks

#: ECMA-376 part 1, 17.13.5: each carries w:author
CHANGES = tuple(
    W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange",
        "tblPrChange", "tblGridChange", "tblPrExChange", "trPrChange", "tcPrChange", "numberingChange",
    )
)  # fmt: skip
#: Kinds of relationships to other files, put into this one
ATTACHMENTS = {"oleObject", "package", "aFChunk"}
#: Office Open XML part 1, 15.2.12: docProps/core.xml, app.xml and custom.xml, wherever they stand
CORE, APPLICATION, CUSTOM = "core-properties", "extended-properties", "custom-properties"


def add_leaks(package: Package, main: str, parts: list[etree._Element], leaks: Leaks) -> None:
    """Add what the package tells besides its hidden text; ``parts`` are those that were read."""
    leaks.add_changes(change.get(W + "author") for part in parts for change in part.iter(*CHANGES))
    _add_comments(package.related(main, "comments"), parts, leaks)
    for kind in (CORE, APPLICATION, CUSTOM):
        root = package.related("", kind)
        for element in root if root is not None else ():
            _add_property(kind, element, leaks)
    names = _attachments(package, main)
    if names:
        leaks.add(LeakKind.ATTACHMENT, *names)


def _add_comments(root: etree._Element | None, parts: list[etree._Element], leaks: Leaks) -> None:
    for comment in root.iterfind(W + "comment") if root is not None else ():
        text = " ".join("".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p"))
        leaks.add_comment(comment.get(W + "author"), text)
    if any(next(part.iter(W + "commentReference"), None) is not None for part in parts):
        leaks.add(LeakKind.COMMENTS)


def _add_property(kind: str, element: etree._Element, leaks: Leaks) -> None:
    name = etree.QName(element).localname
    if kind == CUSTOM:
        leaks.add_property(element.get("name", ""), "".join(element.itertext()))
    elif name in (("creator", "lastModifiedBy") if kind == CORE else ("Company", "Manager")):
        leaks.add_author(element.text)


def _attachments(package: Package, main: str) -> list[str]:
    """The names of files in this file: those that the text refers to, and those that charts do."""
    referred = [target for kind, target in package.relationships(main).values() if kind in ATTACHMENTS]
    embedded = [
        name for name in package.names if "/embeddings/" in name and not name.endswith((".rels", "/"))
    ]
    return [posixpath.basename(name) for name in dict.fromkeys(referred + embedded)]
