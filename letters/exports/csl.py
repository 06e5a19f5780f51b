"""CSL-JSON, of which citation programs make any style: https://docs.citationstyles.org/en/stable/specification.html."""

import json
from collections.abc import Iterator

from letters.authors import Author
from letters.exports.export import Export
from letters.exports.parts import joined
from letters.exports.references import Reference, references


def write(export: Export) -> Iterator[bytes]:
    """An array with an entry for each letter."""
    return joined(_texts(export))


def _texts(export: Export) -> Iterator[str]:
    between = "["
    for one in references(export):
        yield f"{between}\n{json.dumps(entry(one), ensure_ascii=False)}"
        between = ","
    yield "[]\n" if between == "[" else "\n]\n"


def entry(one: Reference) -> dict:
    """One letter as a report."""
    fields = {
        "id": one.key,
        "type": "report",
        "title": one.title,
        "author": [_author(author) for author in one.authors],
        "publisher": one.institution,
        "genre": one.kind,
        "number": one.number,
        "issued": {"date-parts": [[one.date.year, one.date.month, one.date.day]]} if one.date else None,
        "URL": one.url,
        "language": one.language,
        "note": "\n\n".join([one.citation, *one.notes]),
    }
    return {name: value for name, value in fields.items() if value}


def _author(author: Author) -> dict:
    if not author.given:
        return {"literal": author.family}
    name = {"family": author.family, "given": author.given, "non-dropping-particle": author.particle}
    return {part: words for part, words in name.items() if words}
