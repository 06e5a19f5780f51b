"""The words of generated letters: whole sentences of our own letters, with rarer words put in as a large corpus has them."""

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from letters.parsing.sentences import split_sentences

#: In two thirds of the passages.
EVERYWHERE = "Nederland"
SHARE_EVERYWHERE = 2 / 3
#: A word of the kind that others take the place of: "ondersteuning", never a name.
LONG_WORD = re.compile(r"(?<![\w-])[a-zéëïöü]{8,}(?![\w-])")
WORD = re.compile(r"[^\W\d_]{4,}")
#: How often a sentence has a rare word. There are as many different ones as a large corpus has names and compounds.
SHARE_RARE = 0.4
RARE_WORDS = 50_000
TAILS = [
    "aanpak", "akkoord", "beleid", "besluit", "commissie", "conferentie", "debat", "dialoog", "dossier", "fonds", "groep",
    "initiatief", "inzet", "kwestie", "missie", "notitie", "operatie", "overleg", "pakket", "plan", "positie", "programma",
    "project", "rapport", "regeling", "reserve", "samenwerking", "situatie", "steun", "strategie", "taak", "toezicht",
    "traject", "uitgave", "vaartuig", "verdrag", "verkenning", "verklaring", "vermogen", "voorraad", "voorstel",
    "vraagstuk", "werkgroep", "wet", "zone",
]  # fmt: skip

Span = tuple[int, int]


class Words:
    """Makes paragraphs, and counts which words went into them."""

    def __init__(self, texts: Iterable[tuple[str, str]], chance: random.Random):
        self.chance = chance
        self.sentences: dict[str, list[str]] = {"with": [], "without": [], "en": []}
        for language, text in texts:
            for sentence in split_sentences(text):
                if len(sentence.text) > 20:
                    self.sentences[self._pool(language, sentence.text)].append(sentence.text)
        self.sentences = {pool: sorted(set(found)) for pool, found in self.sentences.items()}
        self.gaps = {
            sentence: _gap(sentence) for sentences in self.sentences.values() for sentence in sentences
        }
        self.rare = self._rare_words()
        # Zipf: the second word half as often as the first, the third a third as often
        self.cumulative = list(accumulate(1 / rank for rank in range(1, len(self.rare) + 1)))
        self.drawn: Counter[str] = Counter()
        self.used: Counter[str] = Counter()

    @staticmethod
    def _pool(language: str, sentence: str) -> str:
        if language == "en":
            return "en"
        return "with" if EVERYWHERE in sentence else "without"

    def _rare_words(self) -> list[str]:
        heads = sorted({word for sentence in self.gaps for word in LONG_WORD.findall(sentence)})
        words = [f"{head}s{tail}" for head in heads for tail in TAILS]
        self.chance.shuffle(words)
        return words[:RARE_WORDS]

    def paragraph(self, length: int, language: str = "nl") -> tuple[str, list[Span]]:
        """A text of about so many characters, and where its sentences stand."""
        chance, parts, spans, end = self.chance, [], [], 0
        if language == "en":
            pools = ["en"]
        elif chance.random() < SHARE_EVERYWHERE:
            pools = ["with", "without"]
        else:
            pools = ["without"]
        while not parts or end + 60 < length:
            pool = self.sentences[pools[0] if not parts else pools[int(chance.random() * len(pools))]]
            sentence = pool[int(chance.random() * len(pool))]
            self.used[sentence] += 1
            if chance.random() < SHARE_RARE and (gap := self.gaps[sentence]):
                word = self.rare[bisect(self.cumulative, chance.random() * self.cumulative[-1])]
                self.drawn[word] += 1
                sentence = f"{sentence[: gap[0]]}{word}{sentence[gap[1] :]}"
            parts.append(sentence)
            spans.append((end, end + len(sentence)))
            end += len(sentence) + 1
        return " ".join(parts), spans

    def heading(self) -> str:
        return self.chance.choice(self.rare).capitalize()

    def measured(self, passages: int) -> dict[str, list[str]]:
        """Words to search for, by how many passages hold them (at most: two sentences of one passage may share a word)."""
        counts: Counter[str] = Counter()
        for sentence, number in self.used.items():
            for word in set(WORD.findall(sentence)):
                counts[word.lower()] += number
        phrases = sorted(
            " ".join(words)
            for sentence in self.sentences["without"]
            if len(words := re.findall(r"[^\W\d_]+", sentence)[1:4]) == 3
        )
        self.chance.shuffle(phrases)
        return {
            "everywhere": [EVERYWHERE],
            "common": [word for word in _between(counts, 0.07 * passages, 0.15 * passages) if len(word) >= 7],
            "some": _between(counts, 0.01 * passages, 0.03 * passages),
            "rare": _between(self.drawn, 1e-4 * passages, 3e-4 * passages)
            or _between(self.drawn, 1, 3),  # few passages: a word that stands there once
            "prefixes": sorted({word[:6] for word in _between(counts, 0.005 * passages, 0.05 * passages)}),
            "phrases": phrases[:400],
        }


def _gap(sentence: str) -> Span | None:
    """Where the longest word stands that another may take the place of."""
    found = max(LONG_WORD.finditer(sentence), key=lambda match: len(match[0]), default=None)
    return found.span() if found else None


def _between(counts: Counter[str], least: float, most: float) -> list[str]:
    return sorted(word for word, number in counts.items() if least <= number <= most)
