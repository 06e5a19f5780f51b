"""The views that are measured, each under many addresses: other topics, years and words every time."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

FIRST_YEAR, LAST_YEAR = 2000, 2026
PER_PAGE = 20
FAR = 500  # pages on
#: What is measured beside Datasette is list + total + facets; "words" may take longer in a large corpus.
FILTERS, WORDS, PAGE = "filters", "words", "page"
#: As on our page: nine facets and the years. Datasette counts one value of each passage, or (``several``) all of them.
FACETS = ["topic", "kind", "level", "stance", "moment", "meeting", "session", "chamber", "signatory", "year"]
FACETS_OF_ALL_VALUES = {
    "topic": "topics", "level": "levels", "stance": "stances", "moment": "moments", "signatory": "signatories"
}  # fmt: skip

Pairs = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class View:
    """``beside``: the same question for Datasette, for each path. Of a ``few`` hits neither has anything to count."""

    name: str
    sort: str
    paths: tuple[str, ...]
    beside: tuple[Pairs, ...] = ()
    few: bool = False

    @property
    def in_api(self) -> tuple[str, ...]:
        """The same list, total and facets without a page around them: what Datasette gives too."""
        asked = (path.partition("?")[2] for path in self.paths)
        return tuple(f"/api/v1/passages?{'&'.join(filter(None, [query, 'facetten=ja']))}" for query in asked)


def address(path: str, pairs: Pairs | None = None) -> str:
    """As the site spells it: keys in order."""
    return f"{path}?{urlencode(sorted((pairs or {}).items()))}" if pairs else path


def datasette_address(question: Pairs, several: bool) -> str:
    """The list, its total and the facets; with ``several`` every value of a passage counts, as on our page."""
    pairs: list[tuple[str, Any]] = [
        ("_size", 20),
        ("_shape", "objects"),
        ("_labels", "on"),
        ("_nosuggest", 1),
    ]
    for facet in FACETS:
        if several and facet in FACETS_OF_ALL_VALUES:
            pairs.append(("_facet_array", FACETS_OF_ALL_VALUES[facet]))
        else:
            pairs.append(("_facet", facet))
    for key, value in question.items():
        if several and key in FACETS_OF_ALL_VALUES:
            key = f"{FACETS_OF_ALL_VALUES[key]}__arraycontains"
        pairs.append((key, value))
    return f"/passages/passages.json?{urlencode(pairs)}"


class Views:
    """``passages``: how many the corpus has; ``number``: how many addresses of each view."""

    def __init__(self, material: dict, words: dict[str, list[str]], passages: int, number: int, seed: int):
        self.far = min(FAR, passages // PER_PAGE // 2)
        self.material, self.words, self.number = material, words, number
        self.stored = material["stored"]
        self.chance = random.Random(seed)  # noqa: S311 - the same requests each time

    def all(self) -> list[View]:
        return [
            self._unfiltered(),
            self._both("topic + years", FILTERS, self.topic_and_years),
            self._both("topic + kind + stance", FILTERS, self._topic_kind_stance, few=True),
            self._both("rare word", WORDS, lambda: self._word("rare"), few=True),
            self._both("common word (1 in 10)", WORDS, lambda: self._word("common")),
            self._both("word in 2 of 3 + topic, kind", WORDS, self._everywhere),
            self._both("phrase", WORDS, self._phrase, few=True),
            self._both("prefix", WORDS, self._prefix, few=True),
            self._one("positions, topic + stance", FILTERS, self._positions),
            self._one("positions, word", WORDS, lambda: ("/standpunten/", {"q": self._drawn("common")})),
            self._one("letters, word", WORDS, lambda: ("/brieven/", {"q": self._drawn("common")})),
            self._one("letters, topic + years", FILTERS, lambda: ("/brieven/", self.topic_and_years()[0])),
            View("passages, far on", FILTERS, self._pages(self.far)),
            self._named("letter", "/brieven/{}/", "letters"),
            self._named("meeting", "/bijeenkomsten/{}/", "meetings"),
            self._named("topic", "/onderwerpen/{}/", "topics"),
            self._one("feed, topic", PAGE, lambda: ("/zoeken/feed/", {"onderwerp": self._topic()})),
            self._one("API, topic + years", PAGE, lambda: ("/api/v1/passages", self.topic_and_years()[0])),
            View("start", PAGE, ("/",) * self.number),
        ]

    def _unfiltered(self) -> View:
        questions = tuple({"_": number} for number in range(self.number))  # which Datasette does not know
        return View("passages, unfiltered", FILTERS, self._pages(1), questions)

    def _pages(self, first: int) -> tuple[str, ...]:
        """Of these there are only as many as there are pages."""
        numbers = range(first, first + self.number)
        return tuple(address("/zoeken/", {"pagina": number} if number > 1 else {}) for number in numbers)

    def _both(
        self, name: str, sort: str, draw: Callable[[], tuple[Pairs, Pairs]], *, few: bool = False
    ) -> View:
        """On /zoeken/ and, as the same question, in Datasette."""
        drawn = self._different(draw)
        return View(
            name,
            sort,
            tuple(address("/zoeken/", ours) for ours, _theirs in drawn),
            tuple(theirs for _ours, theirs in drawn),
            few,
        )

    def _one(self, name: str, sort: str, draw: Callable[[], tuple[str, Pairs]]) -> View:
        return View(name, sort, tuple(address(*drawn) for drawn in self._different(draw)))

    def _named(self, name: str, path: str, of: str) -> View:
        names = self.material[of]
        return View(name, PAGE, tuple(path.format(slug) for slug in names[: self.number]))

    def _different(self, draw: Callable[[], Any]) -> list:
        """So many drawings, each another one, unless there are not that many."""
        found: dict[str, Any] = {}
        for _attempt in range(20 * self.number):
            drawn = draw()
            found.setdefault(repr(drawn), drawn)
            if len(found) == self.number:
                break
        return list(found.values())

    def _drawn(self, sort: str) -> str:
        return self.chance.choice(self.words[sort])

    def _topic(self) -> str:
        """One of the list, the frequent ones oftener."""
        topics = self.material["topics"]
        return topics[min(int(self.chance.expovariate(1 / 8)), len(topics) - 1)]

    def topic_and_years(self) -> tuple[Pairs, Pairs]:
        first = self.chance.randint(FIRST_YEAR, LAST_YEAR)
        last = min(LAST_YEAR, first + self.chance.randint(1, 10))
        topic = self._topic()
        return (
            {"onderwerp": topic, "van": first, "tot": last},
            {"topic": topic, "year__gte": first, "year__lte": last},
        )

    def _topic_kind_stance(self) -> tuple[Pairs, Pairs]:
        topic, kind, stance = self._topic(), self._kind(), self.chance.choice(self.material["stances"])
        return (
            {"onderwerp": topic, "soort": kind, "standpunt": stance},
            {"topic": topic, "kind": self.stored[kind], "stance": self.stored[stance]},
        )

    def _kind(self) -> str:
        return self.chance.choice([kind for kind in self.material["kinds"] if kind != "andere-brief"])

    def _word(self, sort: str) -> tuple[Pairs, Pairs]:
        word = self._drawn(sort)
        return {"q": word}, {"_search": word}

    def _everywhere(self) -> tuple[Pairs, Pairs]:
        topic, kind, word = self._topic(), self._kind(), self._drawn("everywhere")
        return (
            {"q": word, "onderwerp": topic, "soort": kind},
            {"_search": word, "topic": topic, "kind": self.stored[kind]},
        )

    def _phrase(self) -> tuple[Pairs, Pairs]:
        phrase = f'"{self._drawn("phrases")}"'
        return {"q": phrase}, {"_search": phrase}

    def _prefix(self) -> tuple[Pairs, Pairs]:
        prefix = f"{self._drawn('prefixes')}*"
        return {"q": prefix}, {"_search": prefix, "_searchmode": "raw"}

    def _positions(self) -> tuple[str, Pairs]:
        ours, _theirs = self._topic_kind_stance()
        return "/standpunten/", ours
