"""RIS as Zotero and EndNote read it: the number of a report in SN, its institution in PB, a note in each N1.

https://github.com/zotero/translators/blob/master/RIS.js
"""

from collections.abc import Iterator

from letters.authors import Author
from letters.exports.export import Export
from letters.exports.parts import joined
from letters.exports.references import Reference, one_line, references


def write(export: Export) -> Iterator[bytes]:
    """An entry for each letter."""
    return joined(entry(one) for one in references(export))


def entry(one: Reference) -> str:
    """One letter: tags of two characters, one line each."""
    fields = [
        ("TY", "RPRT"),
        ("ID", one.key),
        ("TI", one.title),
        *(("AU", _author(author)) for author in one.authors),
        ("PY", str(one.date.year) if one.date else ""),
        ("DA", f"{one.date:%Y/%m/%d}" if one.date else ""),
        ("SN", one.number),
        ("PB", one.institution),
        ("M3", one.kind),
        ("LA", one.language),
        ("UR", one.url),
        ("N1", one.citation),
        *(("N1", note) for note in one.notes),
        ("ER", ""),
    ]
    written = [(tag, one_line(words)) for tag, words in fields]
    return "".join(f"{tag}  - {words}\r\n" for tag, words in written if words or tag == "ER") + "\r\n"


def _author(author: Author) -> str:
    """A comma at the end keeps an organisation, or a name that cannot be told apart, whole."""
    return author.inverted if author.given else f"{author.family},"
