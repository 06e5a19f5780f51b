"""Damage to XML and HTML: to its elements and attributes, and to how it is written."""

import copy
import random
import re

from lxml import etree

from tests.fuzz.odd import disturbed, odd_text

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ENTITIES = (
    "&amp;", "&lt;", "&nbsp;", "&bestaatniet;", "&#0;", "&#1;", "&#xD800;", "&#xFFFE;", "&#x202E;", "&#99999999999;", "&", "&;",
    "&#x", "<![CDATA[ <p> ]]>", "<!-- -- -->", "<?php x ?>", "<", ">", "]]>", "<p", "</p>", "<script>alert(1)</script>", "\x00",
    "\x0b",
)  # fmt: skip
DOCTYPES = (
    '<!DOCTYPE x [<!ENTITY bom "{}">]>'.format("a" * 1000),
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>',
    "<!DOCTYPE html>",
)
HEADERS = (
    '<?xml version="1.0" encoding="utf-16"?>',
    '<?xml version="1.0" encoding="bestaat-niet"?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.0" encoding="iso-8859-1" standalone="yes"?>',
)
TREE_PARSER = etree.XMLParser(resolve_entities=False, huge_tree=True)


def damaged(data: bytes, _other: bytes, chance: random.Random, *, is_html: bool = False) -> bytes:
    """Do a few things to a document; one that is no tree (any more) is left as it is."""
    parser = etree.HTMLParser(encoding="utf-8") if is_html else TREE_PARSER
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return data
    if root is None:
        return data
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        elements = list(root.iter("*"))
        chance.choice(WAYS)(chance.choice(elements), chance.choice(elements), chance)
    written = etree.tostring(root, encoding="utf-8", method="html" if is_html else "xml")
    return _scribbled(written, chance) if chance.random() < 0.1 else written


def _remove(element: etree._Element, _other: etree._Element, _chance: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _repeat(element: etree._Element, _other: etree._Element, chance: random.Random) -> None:
    if element.getparent() is not None and len(list(element.iter())) < 50:
        for _ in range(chance.choice((1, 3, 200))):
            element.addnext(copy.deepcopy(element))


def _move(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    """Put an element, or a copy, somewhere else."""
    if element in other.iterancestors() or element is other or element.getparent() is None:
        return
    other.insert(
        chance.randint(0, len(other)), chance.choice((lambda: element, lambda: copy.deepcopy(element)))()
    )


def _nest(element: etree._Element, _other: etree._Element, chance: random.Random) -> None:
    """Put an element in copies of itself."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for _ in range(chance.choice((1, 3, 10, 60, 300))):
        outer = etree.Element(element.tag, dict(element.attrib))
        outer.append(element)
        element = outer
    parent.insert(place, element)


def _unwrap(element: etree._Element, _other: etree._Element, _chance: random.Random) -> None:
    if element.getparent() is not None:
        for child in element:
            element.addprevious(child)
        element.getparent().remove(element)


def _rename(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    element.tag = (
        other.tag
        if chance.random() < 0.8
        else chance.choice(("x", "{urn:x}p", "{urn:x}r", "br", "table", "a", "sup"))
    )


def _change_attribute(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    names = [*element.attrib, *other.attrib]
    if not names:
        return
    name = chance.choice(names)
    if chance.random() < 0.15:
        element.attrib.pop(name, None)
    elif chance.random() < 0.4:
        element.set(name, other.get(name) or chance.choice(("1", "2", "0", "-1")))
    else:
        element.set(name, _allowed(odd_text(chance)))


def _change_text(element: etree._Element, _other: etree._Element, chance: random.Random) -> None:
    if chance.random() < 0.7:
        element.text = _allowed(disturbed(element.text or "", chance))
    else:
        element.tail = _allowed(disturbed(element.tail or "", chance))


def _empty(element: etree._Element, _other: etree._Element, _chance: random.Random) -> None:
    element.clear(keep_tail=True)


def _swap(element: etree._Element, other: etree._Element, _chance: random.Random) -> None:
    element[:], other[:] = list(copy.deepcopy(other)), list(copy.deepcopy(element))


WAYS = (
    *(_remove, _repeat, _move, _move, _nest, _unwrap, _rename, _rename),
    *(_change_attribute, _change_attribute, _change_attribute, _change_text, _change_text, _empty, _swap),
)


def _allowed(text: str) -> str:
    return NOT_XML.sub("", text)


def _scribbled(written: bytes, chance: random.Random) -> bytes:
    """Change how the tree is written: what no tree can hold."""
    at = chance.randint(0, len(written))
    inside = written.find(b">", at) + 1
    what = chance.randrange(6)
    if what < 2:
        return written[:inside] + chance.choice(ENTITIES).encode() + written[inside:]
    if what == 2:
        return chance.choice(DOCTYPES).encode() + written
    if what == 3:
        return chance.choice(HEADERS).encode() + written
    if what == 4:
        return (
            written.replace(b"</", b"<", 1)
            if chance.random() < 0.5
            else written[:at].rpartition(b"</")[0] + written[at:]
        )
    return written.decode("utf-8").encode(
        chance.choice(("utf-16", "cp1252", "utf-32", "utf-7")), "xmlcharrefreplace"
    )
