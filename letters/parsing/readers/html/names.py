"""The class and id of an element as words."""

import re
from functools import lru_cache

from lxml import etree

WORD = re.compile(r"[a-z]+", re.IGNORECASE)
#: "mainContent", "cookieBar"
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
NONE: frozenset[str] = frozenset()


def classes(element: etree._Element) -> frozenset[str]:
    """The classes of an element, in lower case."""
    names = element.get("class")
    return _split(names) if names else NONE


def words(element: etree._Element) -> frozenset[str]:
    """The words in its classes and id: "cookieBar main-nav" gives cookie, bar, main, nav."""
    names, name = element.get("class"), element.get("id")
    return _words(f"{names or ''} {name or ''}") if names or name else NONE


def is_within(element: etree._Element, name: str) -> bool:
    """Whether the element or one around it has the class ``name``."""
    return name in classes(element) or any(name in classes(outer) for outer in element.iterancestors())


@lru_cache(maxsize=1024)
def _split(names: str) -> frozenset[str]:
    return frozenset(names.lower().split())


@lru_cache(maxsize=1024)
def _words(names: str) -> frozenset[str]:
    return frozenset(WORD.findall(HUMP.sub(" ", names).lower()))
