"""All references of a text, and those of a letter: a name and the number that stands beside it are one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from letters.parsing.citations.names import Name, find_names
from letters.parsing.citations.papers import paper_groups
from letters.parsing.citations.proceedings import proceedings_groups
from letters.parsing.citations.reference import Group, Reference, Taken
from letters.parsing.document import MarkKind
from letters.parsing.parsed_letter import ParsedCitation, ParsedFootnote, ParsedParagraph, ParsedSection

# Most paragraphs hold none of either: "28 676", "2021/22", "2023D12345"; "motie", "toezegging", "toegezegd"
NUMBERED = re.compile(r"[1-4]\d[\s.]?\d{3}|(?:19|20)\d\d\s?[-–‑/]")
NAMED = re.compile(r"[Mm]otie|[Tt]oe(?:ge)?zeg|zegde")

FARTHEST = 160  # characters between a name and its number
# "motie-X (Kamerstuk", "motie-X, Kamerstuk", "motie-X (zie ook Kamerstuk"
RIGHT_BEHIND = re.compile(r"[\s,]{0,3}(?:[(\[]\s?)?(?:zie\s(?:ook\s)?)?", re.IGNORECASE)
# "Kamerstuk 28 676, nr. 400 (motie-X", "28 676, nr. 400, de motie-X"
RIGHT_BEFORE = re.compile(r"\s?[(,:–-]?\s?(?:(?:de|het)\s)?")
# "motie-X over meer steun aan Oekraïne (Kamerstuk": what the motion asks
ABOUT = re.compile(
    r",?\s(?:over|inzake|betreffende|aangaande|om|tot|ter|van|d\.d\.|op)\s[^();]{1,150}[(\[](?:zie\s(?:ook\s)?)?",
    re.IGNORECASE,
)
# Words behind which the number belongs to something else
ANOTHER_THING = re.compile(
    r"[.!?]\s+[A-ZÀ-Þ]|\b(?:brie(?:f|ven)|Kamerbrie(?:f|ven)|verslag|agenda|rapport|moties?|amendement|toezegging|antwoord(?:en)?|nota|notitie|advies"
    r"|is|zijn|was|wordt|worden|werd|werden|heeft|hebben|zal|zullen|kan|kunnen|informeer|informeert|verwijs|verwijst|gaat|ga)\b",
    re.IGNORECASE,
)
#: What a footnote may say around its one number.
NOTHING_ELSE = {"", "zie", "zie ook"}
# "https://zoek.officielebekendmakingen.nl/dossier/kst-28676-446.html"
OFFICIAL_PAGE = re.compile(
    r"https?://zoek\.officielebekendmakingen\.nl/(?:[a-z]+/)?(kst-[\dA-Z-]{7,20}?)(?:\.(?:html|pdf|xml))?"
)


def find_references(text: str) -> list[Reference]:
    """What a text refers to, in order, without overlap: papers, proceedings, and motions and commitments by name."""
    taken = Taken(text)
    groups = paper_groups(text, taken) + proceedings_groups(text, taken) if NUMBERED.search(text) else []
    groups.sort(key=lambda group: group.start)
    names = find_names(text, taken) if NAMED.search(text) else []
    named = dict(_beside(text, names, groups))
    found = [
        _with_name(reference, text, named.get(number))
        for number, group in enumerate(groups)
        for reference in group.references
    ]
    joined = set(named.values())
    found += [
        Reference(name.start, name.end, kind=name.kind, name=_words(text, name))
        for name in names
        if name.is_enough and name not in joined
    ]
    return sorted(found, key=lambda reference: (reference.start, reference.end))


def _words(text: str, name: Name) -> str:
    return " ".join(text[name.start : name.end].split())


def _with_name(reference: Reference, text: str, name: Name | None) -> Reference:
    if name is None:
        return reference
    return replace(reference, kind=name.kind, name=_words(text, name) if name.is_enough else "")


def _beside(text: str, names: Sequence[Name], groups: Sequence[Group]) -> Iterator[tuple[int, Name]]:
    """Which groups have a name beside them; a number belongs to one name, and a name has one number."""
    free = [any(one.paper for one in group.references) for group in groups]
    starts = [group.start for group in groups]
    for name in names:
        behind = bisect_left(starts, name.end)
        for number in (behind, behind - 1):
            if 0 <= number < len(groups) and free[number] and _is_beside(text, name, groups[number]):
                free[number] = False
                yield number, name
                break


def _is_beside(text: str, name: Name, group: Group) -> bool:
    if group.end <= name.start:
        return bool(RIGHT_BEFORE.fullmatch(text, group.end, name.start))
    between = text[name.end : min(group.start, name.end + FARTHEST + 1)]
    if RIGHT_BEHIND.fullmatch(between):
        return True
    return len(between) <= FARTHEST and bool(ABOUT.fullmatch(between)) and not ANOTHER_THING.search(between)


def find_citations(
    cover: Sequence[str], sections: Sequence[ParsedSection], footnotes: Sequence[ParsedFootnote]
) -> tuple[ParsedCitation, ...]:
    """The references in the cover letter, the paragraphs, and the footnotes, each with its place."""
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    in_paragraphs = [find_references(paragraph.text) for paragraph in paragraphs]
    in_notes = [find_references(note.text) for note in footnotes]
    for note, in_note in zip(footnotes, in_notes, strict=True):
        if note.paragraph is not None:
            _name_by_note(note, paragraphs[note.paragraph].text, in_paragraphs[note.paragraph], in_note)
    for paragraph, references in zip(paragraphs, in_paragraphs, strict=True):
        references += list(_linked(paragraph, references))
    return (
        *_cited([(text, find_references(text)) for text in cover]),
        *_cited(
            [(one.text, found) for one, found in zip(paragraphs, in_paragraphs, strict=True)], "paragraph"
        ),
        *_cited([(one.text, found) for one, found in zip(footnotes, in_notes, strict=True)], "footnote"),
    )


def _cited(texts: Iterable[tuple[str, Sequence[Reference]]], place: str = "") -> Iterator[ParsedCitation]:
    for number, (text, references) in enumerate(texts):
        for one in sorted(references, key=lambda reference: reference.start):
            where = {place: number} if place else {}
            yield ParsedCitation(
                one.paper,
                text[one.start : one.end],
                **where,
                start=one.start,
                end=one.end,
                kind=one.kind,
                name=one.name,
            )


def _name_by_note(
    note: ParsedFootnote, text: str, references: list[Reference], in_note: list[Reference]
) -> None:
    """A name whose footnote is its number: "de motie-Sjoerdsma c.s.¹" has the paper of note 1, and that its name."""
    [paper] = in_note if len(in_note) == 1 else [None]
    place = bisect_right([one.end for one in references], note.offset) - 1
    if paper is None or paper.paper is None or paper.name or place < 0:
        return
    one = references[place]
    if one.paper is not None or text[one.end : note.offset].strip(" .,;)"):
        return
    around = note.text[: paper.start] + note.text[paper.end :]
    if around.strip(" .,;:()").lower() in NOTHING_ELSE:
        references[place] = replace(one, paper=paper.paper)
        in_note[0] = replace(paper, kind=one.kind, name=one.name)


def _linked(paragraph: ParsedParagraph, references: Sequence[Reference]) -> Iterator[Reference]:
    """The papers that words link to: "zie de Kamerbrief" with the address of its official page."""
    taken = Taken(paragraph.text)
    for one in references:
        taken.take(one.start, one.end)
    for mark in paragraph.marks:
        page = OFFICIAL_PAGE.fullmatch(mark.value) if mark.kind == MarkKind.LINK else None
        if page and mark.start < mark.end and taken.take(mark.start, mark.end):
            yield Reference(mark.start, mark.end, page[1])
