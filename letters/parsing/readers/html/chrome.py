"""What a site puts around a letter: menus, the path to the page, buttons, related pages. None of it is the letter's text."""

from collections.abc import Sequence

from lxml import etree

from letters.parsing.document import Block, BlockKind
from letters.parsing.readers.html.content import PROSE, prose_by_element
from letters.parsing.readers.html.names import classes, words
from letters.parsing.readers.html.styles import hides
from letters.parsing.readers.text_chrome import SITE_LINE, places_of_signatory_list

#: Elements that show no text, or none of the page's author.
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "object", "embed", "iframe", "canvas", "audio", "video", "map",
     "button", "select", "input", "textarea", "datalist", "option", "label", "head", "title", "meta", "link", "base",
     "del", "rp", "rt"}
)  # fmt: skip
#: Elements whose class or id may say that they are the site's; not what stands among the words of a paragraph.
NAMED = frozenset({"div", "section", "article", "header", "ul", "ol", "dl", "table", "form"})
SITE_ELEMENTS = frozenset({"nav", "footer", "aside", "menu", "dialog"})
SITE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar", "toolbar",
     "tablist", "alert"}
)  # fmt: skip
SITE_WORDS = frozenset(
    {"breadcrumb", "breadcrumbs", "kruimelpad", "broodkruimel", "broodkruimels", "nav", "navbar", "navigation", "navigatie",
     "menu", "footer", "cookie", "cookies", "consent", "share", "sharing", "social", "delen", "sidebar", "related",
     "gerelateerd", "pagination", "paginering", "skip", "skiplink", "skiplinks", "toolbar", "search", "zoekbalk", "overlay",
     "modal", "popup", "toast", "tooltip", "feedback", "metadata", "login", "banner"}
)  # fmt: skip
FOR_SCREEN_READERS = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "element-invisible", "assistive"}
)
#: An element with more than this part of the page's prose holds the letter, whatever it is called.
LETTER = 0.5
#: A paragraph with more than this part of its text in links leads to other pages.
LEADS_AWAY = 0.75
WORDS_OF_SENTENCE = 8
END_OF_SENTENCE = (".", "!", "?", ":", ";", ".”", ".»", '."', ".)")


def remove_unseen(body: etree._Element) -> None:
    """Take out what a browser does not show."""
    for element in list(body.iter("*")):
        if element is not body and (
            element.tag in UNSEEN
            or element.get("hidden") is not None
            or FOR_SCREEN_READERS & classes(element)
            or hides(element.get("style", ""))
        ):
            remove(element)


def remove_chrome(body: etree._Element) -> None:
    """Take out what is marked as the site's own, unless the letter itself stands in it."""
    found = [element for element in body.iter("*") if element is not body and _is_chrome(element)]
    if not found:
        return
    prose = prose_by_element(body)
    for element in found:
        if prose.get(element, 0) <= LETTER * prose[body]:
            remove(element, leaving="hr")


def _is_chrome(element: etree._Element) -> bool:
    return (
        element.tag in SITE_ELEMENTS
        or element.get("role") in SITE_ROLES
        or element.get("aria-hidden") == "true"
        or (element.tag == "header" and element.getparent().tag in ("body", "div"))
        or (element.tag in NAMED and bool(SITE_WORDS & words(element)))
    )


def remove(element: etree._Element, leaving: str = "wbr") -> None:
    """Empty an element; what is left of it is a place in the line ("wbr") or between paragraphs ("hr").

    The text behind it stays where it is: moving it costs time by the square where thousands of elements go.
    """
    element.clear(keep_tail=True)
    element.tag = leaving


def is_sentence(block: Block) -> bool:
    """Whether a paragraph is prose: "De verklaring staat op de site van de NAVO." is no menu, whatever it links to."""
    is_prose = block.kind in (BlockKind.TEXT, BlockKind.LIST_ITEM)
    return is_prose and len(block.text.split()) >= WORDS_OF_SENTENCE and block.text.endswith(END_OF_SENTENCE)


def trim(blocks: Sequence[Block], link_shares: Sequence[float]) -> Sequence[Block]:
    """Leave out the paragraphs that only lead to other pages, before the first prose and at the end.

    A page of nothing else stays as it is.
    """
    leads_away = [
        share > LEADS_AWAY and block.kind is not BlockKind.HEADING and not (share < 1 and is_sentence(block))
        for block, share in zip(blocks, link_shares, strict=True)
    ]
    prose = (
        place for place, block in enumerate(blocks) if len(block.text) >= PROSE and not leads_away[place]
    )
    start = next(prose, len(blocks))
    end = len(blocks)
    while end > start and leads_away[end - 1]:
        end -= 1
    while start < end < len(blocks) and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1  # of what was left out
    before = [block for block, away in zip(blocks[:start], leads_away, strict=False) if not away]
    return _without_lines_of_site([*before, *blocks[start:end]]) or blocks


def _without_lines_of_site(blocks: Sequence[Block]) -> list[Block]:
    """Without what a page says to its reader, and its own list of who signed."""
    listed = places_of_signatory_list([block.text for block in blocks])
    return [
        block
        for position, block in enumerate(blocks)
        if position not in listed and not SITE_LINE.fullmatch(block.text)
    ]
