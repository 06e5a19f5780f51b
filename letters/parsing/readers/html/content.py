"""Where on a page the letter stands."""

import re
from collections.abc import Iterator

from lxml import etree

from letters.parsing.readers.html.names import classes, words

#: Elements of an official publication that belong to its text: h1.dossiertitel, div.stuk, p.kamerstukdatum, div#noten
OFFICIAL = frozenset({"stuk", "dossiertitel", "stuktitel", "kamerstukdatum", "ondertekening"})
#: What sites call the element around their text.
CONTENT_WORDS = frozenset({"content", "main", "article", "artikel", "inhoud", "broodtekst", "document"})
CONTENT_ELEMENTS = frozenset({"main", "article"})
#: A piece of text this long is prose; a menu or a label is shorter.
PROSE = 60  # characters
#: The part of the page's prose that the letter's element must hold.
MOST = 0.9
#: Lines with which a letter begins: none of them may be left outside.
HEAD = re.compile(
    r"""^\s*(?: Aan\ de\ [Vv]oorzitter | Geachte\b | (?:Den\ Haag|['’‘]s-Gravenhage)\b | \d{2}\s\d{3}\b
      | Nr\.\s?\d | BRIEF\ VAN\b | (?:Datum|Betreft|Onderwerp|Onze\ referentie)\b )""",
    re.VERBOSE,
)


def find_content(body: etree._Element) -> etree._Element:
    """Give the smallest element that holds the whole letter, as far as the page shows it."""
    official = [element for element in body.iter("*") if OFFICIAL & classes(element)]
    if any("stuktitel" in classes(element) or "stuk" in classes(element) for element in official):
        return _around(official, body)
    prose = prose_by_element(body)
    for candidate in sorted(
        (element for element in prose if prose[element] >= MOST * prose[body] and _may_hold_letter(element)),
        key=_depth,
        reverse=True,
    ):
        if not any(HEAD.match(text) for text in _texts_outside(candidate, body)):
            return candidate
    return body


def prose_by_element(body: etree._Element) -> dict[etree._Element, int]:
    """How many characters of prose every element holds; text in links does not count."""
    found = {body: 0}
    for element in body.iter("*"):
        for text, place in ((element.text, element), (element.tail, element.getparent())):
            if not text or len(text) < PROSE or len(text.strip()) < PROSE:
                continue
            around = [place, *place.iterancestors()]
            if not any(outer.tag == "a" and outer.get("href") for outer in around):
                for outer in around:
                    found[outer] = found.get(outer, 0) + len(text)
    return found


def _may_hold_letter(element: etree._Element) -> bool:
    return (
        element.tag in CONTENT_ELEMENTS
        or element.get("role") == "main"
        or element.get("itemprop") == "articleBody"
        or (element.tag in ("div", "section", "td") and bool(CONTENT_WORDS & words(element)))
    )


def _around(elements: list[etree._Element], body: etree._Element) -> etree._Element:
    """The smallest element around all of ``elements``."""
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        around = {element, *element.iterancestors()}
        common = [outer for outer in common if outer in around]
    return common[0] if common else body


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _texts_outside(element: etree._Element, body: etree._Element) -> Iterator[str]:
    inside = set(element.iter("*"))
    for other in body.iter("*"):
        if other not in inside and other.text:
            yield other.text
        if other is not body and other.tail and (other is element or other not in inside):
            yield other.tail
