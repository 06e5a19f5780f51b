"""BibTeX in UTF-8, as biblatex and reference managers read it."""

from collections.abc import Iterator

from letters.authors import Author
from letters.exports.export import Export
from letters.exports.parts import joined
from letters.exports.references import Reference, one_line, references

#: What TeX would take for an instruction.
ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_{}"},
    }
)


def write(export: Export) -> Iterator[bytes]:
    """An entry for each letter."""
    return joined(entry(one) for one in references(export))


def entry(one: Reference) -> str:
    """One letter as a report. The title is in double braces: BibTeX would take its capitals away."""
    fields = [
        ("author", " and ".join(_author(author) for author in one.authors)),
        ("title", f"{{{escaped(one.title)}}}"),
        ("institution", f"{{{escaped(one.institution)}}}" if one.institution else ""),
        ("type", escaped(one.kind)),
        ("number", escaped(one.number)),
        ("year", str(one.date.year) if one.date else ""),
        ("date", one.date.isoformat() if one.date else ""),
        ("langid", {"nl": "dutch", "en": "english"}.get(one.language, "")),
        ("url", one.url),
        ("note", escaped(one.citation)),
        # One field may stand once: an empty line parts the quotations.
        ("annote", "\n\n".join(escaped(note) for note in one.notes)),
    ]
    lines = ",\n".join(f"  {name} = {{{words}}}" for name, words in fields if words)
    return f"@techreport{{{one.key},\n{lines}\n}}\n\n"


def escaped(text: str) -> str:
    """One line in which TeX finds no instruction and no brace without its other."""
    return one_line(text).translate(ESCAPED)


def _author(author: Author) -> str:
    """Braces keep an organisation whole, and surnames of two words together."""
    if not author.given:
        return f"{{{escaped(author.family)}}}"
    surname = f"{{{escaped(author.family)}}}" if " " in author.family else escaped(author.family)
    return f"{escaped(author.particle)} {surname}, {escaped(author.given)}".strip()
