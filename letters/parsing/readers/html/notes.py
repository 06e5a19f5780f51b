"""Footnotes of a page: links that point at a note, which mostly points back.

Official pages: <sup><a class="nootnum" href="#n1">1</a></sup> and <div class="voet noot"><sup><a class="nootnum" id="n1">…;
older ones head each note "X Noot". Word: <a href="#_ftn1" name="_ftnref1">[1]</a> and <div id=ftn1><p><a href="#_ftnref1"
name="_ftn1">[1]</a>…; LibreOffice, Pandoc and others the same with other names. No name is needed: a short mark that
points within the page, at something that points back or is called a note.
"""

import re
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from letters.parsing.readers.html.chrome import remove
from letters.parsing.readers.html.names import classes, words

#: "1", "12", "[3]", "(4)", "*", "**", "†", "iv"
MARK = re.compile(r"[\[(]?\s*(?P<mark>\d{1,3}|[*†‡§]{1,4}|[ivx]{1,5}|[a-z])\s*[\])]?\.?")
NOTE_WORDS = frozenset(
    {"noot", "nootnum", "voetnoot", "footnote", "footnotes", "fn", "ftn", "sdfootnote", "endnote", "edn"}
)
HOLDERS = ("p", "div", "li", "section", "aside", "tr", "dd")
AROUND = frozenset({"div", "section", "ol", "ul", "aside"})
CHAPTERS = frozenset({"h1", "h2", "h3", "h4"})  # no note has one; on older pages each begins with an h5
#: A note has no more paragraphs than this, unless it is called a note.
FEW = 3
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hr"})
#: What references such as &#1; leave in a page, and no tree takes back.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class PageNotes:
    """``marks``: the elements in the text that stand for a note, with its mark; ``holders``: the note of each such element.

    ``unreferred`` are notes with their mark to which no place refers.
    """

    marks: dict[etree._Element, str] = field(default_factory=dict)
    holders: dict[etree._Element, etree._Element] = field(default_factory=dict)
    unreferred: list[tuple[str, etree._Element]] = field(default_factory=list)


def take_notes(body: etree._Element) -> PageNotes:
    """Take the notes out of the page; their marks stay where they are."""
    found = PageNotes()
    targets, order = _targets(body)
    references: dict[etree._Element, list[tuple[etree._Element, str]]] = {}
    for link, mark, target in _references(body, targets):
        if order[link] < order[target]:
            references.setdefault(target, []).append((link, mark))
    for target in list(references):
        links = _from_marks(target, references[target], targets)
        references[target] = links
        if not links:
            del references[target]
    marks = {link for links in references.values() for link, _mark in links}
    for target, links in references.items():
        holder = _holder(target, references.keys(), marks)
        for link, mark in links if holder is not None else ():
            found.marks[_with_sup(link)] = mark
            found.holders[_with_sup(link)] = holder
    taken = dict.fromkeys(found.holders.values())
    called = [
        holder
        for holder in body.iter("div", "li", "p")
        if "noot" in classes(holder)
        and holder not in taken
        and not any(outer in taken or "noot" in classes(outer) for outer in holder.iterancestors())
    ]
    _pair_by_number(called, body, order, found)
    taken |= dict.fromkeys(called)
    for holder in taken:
        _strip(holder, references.keys())
    _take_out(taken)
    return found


def _targets(body: etree._Element) -> tuple[dict[str, etree._Element], dict[etree._Element, int]]:
    """The elements that links can point at, by name, and the place of every element on the page."""
    found: dict[str, etree._Element] = {}
    order = {element: place for place, element in enumerate(body.iter("*"))}
    for element in order:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found, order


def _references(
    body: etree._Element, targets: dict[str, etree._Element]
) -> Iterable[tuple[etree._Element, str, etree._Element]]:
    """Links with a mark for text, the mark, and what they point at."""
    for link in body.iter("a"):
        _page, hash_sign, name = (link.get("href") or "").rpartition("#")
        target = targets.get(name) if hash_sign else None
        if target is not None and target is not link and (found := MARK.fullmatch(_text(link))):
            yield link, found["mark"], target


def _from_marks(
    target: etree._Element,
    links: list[tuple[etree._Element, str]],
    targets: dict[str, etree._Element],
) -> list[tuple[etree._Element, str]]:
    """Those of ``links`` to which ``target`` is a note: it is called so, or it points back.

    The chapters to which a list of contents points do neither.
    """
    holder = next((outer for outer in (target, *target.iterancestors()) if outer.tag in HOLDERS), None)
    if holder is None:
        return []
    if NOTE_WORDS & words(target) or NOTE_WORDS & words(holder):
        return links
    names = [(back.get("href") or "").rpartition("#") for back in holder.iter("a")]
    pointed_at = {targets.get(name) for _page, hash_sign, name in names if hash_sign}
    return [
        (link, mark)
        for link, mark in links
        if pointed_at.intersection((link, *link.iter("*"), *islice(link.iterancestors(), 2)))
    ]


def _holder(
    target: etree._Element, ends: Collection[etree._Element], links: set[etree._Element]
) -> etree._Element | None:
    """The largest element that holds this note and nothing of the text or of another note."""
    found = None
    for outer in (target, *target.iterancestors()):
        if outer.tag == "body" or any(
            part.tag in CHAPTERS
            or (part in ends and part is not target)
            or (part in links and found is not None)
            for part in outer.iter("*")
        ):
            break
        if outer.tag in HOLDERS:
            if found is not None and not _is_made_for(outer, found):
                break
            found = outer
            if outer.tag != "p":
                break
    return found


def _is_made_for(outer: etree._Element, note: etree._Element) -> bool:
    """Whether the element around a note's first paragraph is that note, and no part of the page with more in it."""
    begins = not (outer.text or "").strip() and next(outer.iterchildren("*"), None) is note
    return begins and (bool(NOTE_WORDS & words(outer)) or len(outer) <= FEW)


def _with_sup(link: etree._Element) -> etree._Element:
    """The <sup> around a mark, if there is nothing else in it."""
    outer = link.getparent()
    return outer if outer.tag == "sup" and _text(outer) == _text(link) else link


def _pair_by_number(
    called: list[etree._Element],
    body: etree._Element,
    order: dict[etree._Element, int],
    found: PageNotes,
) -> None:
    """Find the marks of notes at which nothing points: a raised number like their own, in the text before them.

    <div class="voet noot"> is what official pages call a note.
    """
    inside = {part for holder in called for part in holder.iter("sup")}
    raised: dict[str, deque[etree._Element]] = {}
    for element in body.iter("sup") if called else ():
        if element not in inside and element not in found.marks:
            raised.setdefault(_text(element), deque()).append(element)
    for holder in called:
        number = next((part for part in holder.iter("sup", "span", "a") if MARK.fullmatch(_text(part))), None)
        mark = MARK.fullmatch(_text(number))["mark"] if number is not None else ""
        if number is not None:
            remove(number)
        waiting = raised.get(mark)
        if waiting and order[waiting[0]] < order[holder]:
            found.holders[waiting[0]] = holder
            found.marks[waiting.popleft()] = mark
        else:
            found.unreferred.append((mark, holder))


def _strip(holder: etree._Element, ends: Collection[etree._Element]) -> None:
    """Take the mark, the way back and the button off a note."""
    for part in list(holder.iterdescendants("*")):
        within_page = part.tag == "a" and part.get("href", "").startswith("#") and len(_text(part)) <= 5
        is_mark = part in ends and MARK.fullmatch(_text(part))
        if within_page or is_mark or classes(part) & {"nootnum", "note-close"}:
            remove(part)


def _take_out(holders: Iterable[etree._Element]) -> None:
    """Take the notes out of the page, and what stood around them only for them: a line, a heading."""
    outers = dict.fromkeys(outer for holder in holders for outer in islice(holder.iterancestors(), 2))
    for holder in holders:
        if holder.getparent() is None:  # it went out as the mark of another note
            continue
        line = etree.Element("hr")
        line.tail = NOT_XML.sub("", holder.tail or "")
        holder.getparent().replace(holder, line)
        holder.tail = None
    for outer in outers:
        if outer.tag in AROUND and _is_left_empty(outer):
            remove(outer, leaving="hr")


def _is_left_empty(element: etree._Element) -> bool:
    headings = "".join(_text(part) for part in element.iter(*HEADINGS))
    return len(_text(element).replace(" ", "")) == len(headings.replace(" ", ""))


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
