"""What is in English on a page, and what of it should not be: each piece of text with the language that it is said to be in."""

import re
from collections.abc import Iterator
from functools import cache

from lxml import html

from tests.messages import committed

#: In everything of a letter that a test makes, and in no string of the site.
QUOTED = "Nederlandstalig"

#: Words that are in nearly every Dutch sentence, and in no English one.
DUTCH = re.compile(
    r"(?<![\w/.-])(?:de|het|een|van|voor|niet|deze|zijn|wordt|worden|naar|bij|ook|geen|nog|maar|heeft|hebben|kan|zal|"
    r"uit|aan|dat|wie|wat|waar|hier|er|alle|alles|elke|onder|zonder|volgens|tussen|brief|brieven|standpunten|onderwerp|"
    r"onderwerpen|bijeenkomst|bijeenkomsten|verslag|nagekeken)(?![\w/-])",
    re.IGNORECASE,
)
#: Dutch words that a page in English names as such: what to type, or what a letter says.
NAMED = re.compile(r"“[^”]*”|[Pp]ossible are: .*|nagekeken: false|https?://\S+|\S+\.pdf")

#: Attributes that people read or hear. Data for scripts are words to show, but for those that are addresses and data.
SPOKEN = {"aria-label", "alt", "placeholder", "title", "label"}
NOT_SPOKEN = {
    "data-address", "data-since", "data-count-url", "data-star", "data-name", "data-add", "data-list", "data-cite", "data-words",
    "data-find", "data-parameter", "data-side",
}  # fmt: skip
NOT_SHOWN = {"script", "style", "code", "kbd", "template"}
#: A placeholder of a string of gettext, "%(count)s", and how ``re.escape`` writes it.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
ESCAPED_PLACEHOLDER = re.compile(r"%\\\(\w+\\\)[sd]")


def untranslated(content: str) -> list[str]:
    """What a page in English says in Dutch: pieces of text, and attributes; each with where it stands."""
    page = html.document_fromstring(content)
    shown = {(place, text) for place, text in [*texts(page), *attributes(page)] if is_dutch(text)}
    return sorted(f"{place}: {text}" for place, text in shown)


def texts(page) -> Iterator[tuple[str, str]]:
    """Every piece of text in an element that is said to be in English."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in NOT_SHOWN:
            continue
        if element.text and language_of(element) == "en":
            yield place(element), " ".join(element.text.split())
        for child in element:
            if child.tail and language_of(element) == "en":
                yield place(element), " ".join(child.tail.split())


def attributes(page) -> Iterator[tuple[str, str]]:
    """Of every element, whatever its language: an attribute cannot say what it is in. Those that quote are left out."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.get("hreflang"):
            continue  # the switch of languages speaks the other one
        for name, value in element.attrib.items():
            is_spoken = name in SPOKEN or (name.startswith("data-") and name not in NOT_SPOKEN)
            if is_spoken and QUOTED not in value and element.get("class") != "Z3988":
                yield f"{place(element)} {name}", " ".join(value.split())
        if element.tag == "meta" and element.get("name") == "description":
            yield "description", element.get("content")


def place(element) -> str:
    return f"{element.tag}.{element.get('class', '')}".rstrip(".")


def language_of(element) -> str:
    while element is not None:
        if element.get("lang"):
            return element.get("lang")
        if element.tag == "title":
            return ""  # of the whole page, words of a letter too
        element = element.getparent()
    return ""


def is_dutch(text: str) -> bool:
    return bool(text) and (
        QUOTED in text
        or bool(DUTCH.search(NAMED.sub("", text)))
        or any(one.fullmatch(text) for one in _strings())
    )


@cache
def _strings() -> tuple[re.Pattern, ...]:
    """The strings of the site as they look in Dutch, as far as English does not say the same of anything."""
    catalog = committed()
    english = {one.casefold() for message in catalog for one in _forms(message.string)}
    dutch = {one for message in catalog if message.id for one in _forms(message.id)}
    mine = [
        one
        for one in dutch
        if one.casefold() not in english and re.search(r"[^\W\d_]", PLACEHOLDER.sub("", one))
    ]
    return tuple(re.compile(ESCAPED_PLACEHOLDER.sub(".+", re.escape(one)), re.IGNORECASE) for one in mine)


def _forms(words) -> list[str]:
    return [one.strip() for one in (words if isinstance(words, tuple | list) else (words or "",))]
