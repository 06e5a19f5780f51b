"""Regular expressions of the parser that take too long on a long line: each is run on lines made to hurt it.

A pattern is bad when its time grows with the square of the line. On ``LENGTH`` characters that is a minute; what grows
with the line is a hundredth of a second.
"""

import inspect
import io
import pkgutil
import re
import signal
import time
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module

import letters.parsing

LENGTH = 100_000  # characters
LIMIT = 1.0  # seconds of processor time

#: What a line repeats, or begins and ends with: (begin, repeated, end). A pattern hurts when it matches almost.
HOSTILE = (
    *(("", repeated, "") for repeated in (
        "a", "A", "1", " ", "-", "–", ".", ",", "(", ")", "[", "]", "<", "\"", "“", "'", "\t", "\n", "_", "é", "*", "/", "…",
        "a ", "A ", "1 ", "a.", "A.", "1.", "a-", "A-", "1-", "- ", "– ", "a, ", "A, ", "1, ", "(a", "(1", "[1", "[1:", "a\n",
        "\n\n", " \n", "\t\n", "Aa ", "aA", "A. ", "a. ", "1.1", "I", "IV ", "i.", "x ", "1 1", "11 111 ",
        "Nederland ", "de ", "van de ", "en ", "het kabinet ", "minister van ", "de minister van Buitenlandse Zaken en ",
        "Buitenlandse Zaken, ", "NAVO ", "NAVO-", "Kamerstuk ", "Kamerstuk 28 676, nr. 1 en ", "nr. ", "nrs. 1, 2 en ", "28 676, ",
        "1 januari ", "1, 2 en 3 ", "1-2 ", "maandag 1 en ", "januari en ", "2024 ", "sessie ", "eerste sessie en ",
        "http://a", "www.a", "a@a.", "<!--", "-->", "<!DOCTYPE ", "<?", "<a ", "]]>", "&a", "&a;", ".......... ", "· · ",
        "Nederland vindt dat ", "Nederland zal ", "niet ", "“a” ", "(a) ", "mede namens ", "drs. ", "A.B. ", "'s-", "van ",
        "dat ", "om te ", "heeft ", "zal zich ", "bijeenkomst van de ", "en de ", "te ", "HYPERLINK \"", "TOC \\a ", "Ã©",
        "<!--a-->", "<?a?>", "[1: a]", "[^1]", "*a*", "**a** ", "\"a\"", "«a»", "HYPERLINK \"a\" ", "1) ", "a) ", "a: ", "a; ",
        "de eerste, tweede en derde ", "Vraag 1 ", "1-2-3 ", "A.B.-", "Kamerstuk 28 676, nr. 1 (", "28 676-1, nr. ", "C(2024) ",
    )),
    ("(", "a", ""), ("[", "a ", ""), ("<", "a ", ""), ("\"", "a ", ""), ("“", "a ", ""), ("Kamerstuk ", "1", ""),
    ("Den Haag, ", "a ", ""), ("a", " ", "b"), ("a", "\t", "b"), ("a", "\n", "b"), ("1", " ", "a"), ("A", "a", "1"),
)  # fmt: skip


#: Most pattern and line pairs are harmless; a short line tells which are worth a long one.
SHORT = 600  # characters
SUSPECT = 0.0005  # seconds


class TooSlow(Exception):
    """A pattern that was still at work when its time was over."""


@dataclass(frozen=True, slots=True)
class Slow:
    name: str
    line: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.name} takes {self.seconds:.2f} s on {self.line}"


@dataclass(frozen=True, slots=True)
class Held:
    """A compiled pattern of the parser. ``is_searched``: also sought inside a text, not only matched at its start."""

    name: str
    pattern: re.Pattern
    is_searched: bool


def patterns() -> list[Held]:
    """Every compiled pattern that a module of the parser holds, also in tables; each once."""
    names: dict[re.Pattern, str] = {}
    searched: set[re.Pattern] = set()
    for found in pkgutil.walk_packages(letters.parsing.__path__, "letters.parsing."):
        module = import_module(found.name)
        used = _searched(inspect.getsource(module))
        for name, value in vars(module).items():
            for pattern in _held(value, depth=3):
                names.setdefault(pattern, f"{found.name}:{name}")
                if name in used:
                    searched.add(pattern)
    return [Held(name, pattern, pattern in searched) for pattern, name in names.items()]


def slow_patterns(*, length: int = LENGTH, limit: float = LIMIT) -> list[Slow]:
    """Give the patterns that take longer than ``limit`` seconds on a line of ``length`` characters, with that line."""
    found = []
    for held in patterns():
        for begin, repeated, end in HOSTILE:
            short, long = (_line(begin, repeated, end, size) for size in (SHORT, length))
            if seconds_of(held, short, limit) < SUSPECT:
                continue
            seconds = seconds_of(held, long, limit)
            if seconds >= limit:
                found.append(Slow(held.name, f"{begin!r} {repeated!r} … {end!r}", seconds))
                break
    return found


def _line(begin: str, repeated: str, end: str, length: int) -> str:
    """The same twice: before something that no pattern wants, and up to the end of the line."""
    half = begin + repeated * (length // 2 // len(repeated)) + end
    return f"{half}\x01{half}"


def _searched(source: str) -> set[str]:
    """Names that a module uses otherwise than with ``match`` and ``fullmatch``."""
    tokens = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.NAME or token.string in ".="
    ]
    found, importing = set(), False
    for token, dot, method in zip(tokens, tokens[1:], tokens[2:], strict=False):
        importing = token == "import" or (importing and token.isupper())
        is_used = token.strip("_").isupper() and not importing and dot != "="
        if is_used and not (dot == "." and method in ("match", "fullmatch")):
            found.add(token)
    return found


def _held(value: object, depth: int) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, Mapping):
        for item in (*value.keys(), *value.values()):
            yield from _held(item, depth - 1)
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _held(item, depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _held(getattr(value, field.name), depth - 1)


def seconds_of(held: Held, line: str, limit: float) -> float:
    """The processor time that it takes to find the pattern everywhere in a line, or ``limit``."""
    pattern = held.pattern
    subject = line.encode() if isinstance(pattern.pattern, bytes) else line
    before = signal.signal(signal.SIGVTALRM, _stop)
    started = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        pattern.match(subject)
        pattern.fullmatch(subject)
        for _found in pattern.finditer(subject) if held.is_searched else ():
            pass
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TooSlow:
        return limit
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - started


def _stop(_signal: int, _frame: object) -> None:
    raise TooSlow
