"""The letterhead, or the head of an official edition: everything above the salutation or the first sentence.

Ministries print labels beside or above values ("Datum 1 april 2021", "Onze referentie" / "BZDOC-…", pipe tables);
an official Kamerstuk prints dossiers, "Nr. 446 BRIEF VAN DE MINISTER …", the addressee, and town with date.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.parsing.dates import find_dates
from letters.parsing.document import Block
from letters.parsing.letterhead.signatures import offices_in
from letters.parsing.names import MINISTRY, MINISTRY_MARKS

LONGEST_HEAD = 60  # blocks
#: The third paragraph of so many words is the text: a salutation below it is that of another letter.
WORDS_OF_TEXT, PARAGRAPHS_IN_HEAD = 40, 2
WORDS_OF_SENTENCE = 12

SALUTATION = re.compile(
    r"^(?:Zeer\s+)?Geachte\b[^.]{0,60}$|^Mijnheer de Voorzitter\b[^.]{0,10}$", re.IGNORECASE
)
# "Den Haag, 20 november 2023", "’s-Gravenhage 5 juni 2008", "Brussel, 3 mei 2031"; not "Donderdag 9 juni 2031", "Werkdiner, 9
# juni", "Agenda 12 februari 2030": headings of a report, and its title
DATELINE = re.compile(
    r"^(?:(?P<seat>Den Haag|['’‘]s-Gravenhage),?|[A-Z](?!\w*(?:dag|sessie|zitting|diner|lunch|ontbijt)\b)\w{2,20},)"
    r"\s+(?:d\.d\.\s+)?(?=[\d.])"
)
# "26 mei 2011" on a line of its own, above a title such as "Geannoteerde agenda van de NAVO-top"
BARE_DATE = re.compile(r"^\d{1,2}\s+[a-z]{3,9}\s+\d{4}$")
KIND_WORD = re.compile(r"\b(?:agenda|verslag|inzet|antwoord|beantwoording|kamerbrief)\w*", re.IGNORECASE)
FIRST_LINES = 4
LONGEST_LINE = 60  # characters
TEMPLATE_DATE = re.compile(r"(?<!\.)\.\.+\s*(?:x+|[a-z]+)\s*(?:20\d\d|20\.\.)", re.IGNORECASE)

LABELS = {
    "date": re.compile(r"^(?:Datum|Date)\b\s*:?\s*(?=$|[^a-z\s])|^Datum(?=\d)"),
    "subject": re.compile(r"^(?:Betreft|Onderwerp)(?:\s*:\s*|\s+(?=\S)|(?=[A-Z])|\s*$)"),
    "reference": re.compile(
        r"^(?:Onze\s+referentie|Ons\s+kenmerk|Onze\s+ref\.|Kenmerk|Referentie|Our\s+reference)\b\s*:?\s*",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"""^(?:Uw\s+(?:referentie|kenmerk|brief)(?:\s+van)?|Bijlage(?:n|\(n\))?|Aantal\ bijlagen|Contactpersoon
            |Telefoon|Tel\.|T\s|F\s|E\s|Fax|E-?mail|Postadres|Bezoekadres|(?:>\s*)?Retouradres
            |(?:Afschrift|Kopie)(?:\s+aan)?|Behandeld\s+door|Dossier(?:nummer)?|Pagina)
            (?=$|[\s:\d])\s*:?\s*""",
        re.VERBOSE,
    ),
}
# What the addressee's own letter is called: its number is not that of this letter
THEIRS = re.compile(r"^Uw\s+(?:referentie|kenmerk|brief)\b", re.IGNORECASE)
# The last line of a letterhead of Defence: "Bij beantwoording, datum, onze referentie en onderwerp vermelden."
ANSWER_NOTE = re.compile(r"^Bij beantwoording\b")
# "BZDOC-1649422007-40", "MINDEF20250012350/ D2025-001329", "BS2019012345", "DVB/NW-123/08"
REFERENCE = re.compile(
    r"^(?:BZDOC-[\d-]+|MINDEF\d+(?:\s*/\s*[\w-]+)?|BS/?\d{8,}|MinBuza-[\d.-]+|BZ\d{6,}|D\d{4}[-/]\d{5,6}|[A-Z]{2,4}(?:/[A-Z]{2,4})?-\d+/\d{2,4})\s*$"
)

# Another label behind a value, where a letterhead of several columns came out in one line: "DIE/447/02 Telefoon 070-…"
NEXT_LABEL = re.compile(
    r"(?<!\s)\s+(?=(?:Telefoon|Tel\.|Fax|E-?mail|Datum|Auteur|Behandeld\s+door|Bijlage|Blad|Uw\s+(?:kenmerk|referentie))(?![\w-]))"
)

ADDRESSEE = re.compile(r"\bde\s+Voorzitter\s+van\s+de\s+(?P<chamber>Eerste|Tweede)\s+Kamer\b", re.IGNORECASE)
CHAMBER_NAME = re.compile(r"^(?P<chamber>Eerste|Tweede)\s+Kamer\s+der\s+Staten-Generaal\b", re.IGNORECASE)
DEPARTMENTS = tuple(
    re.compile(rf"^(?:{kind})\s+[A-Z][\w ,&-]+$")
    for kind in ("Directie", "Hoofddirectie", "Directoraat-[Gg]eneraal", "Bestuursstaf|Kabinet|Afdeling")
)

# "28 676 NAVO", "28676 NAVO", "21 501-28", "36 410 V", alone or with the dossier's title
DOSSIER = re.compile(
    r"^(?P<number>\d{2}\s?\d{3})(?P<addition>-[IVXLC]+\b|-\d{1,2}\b|\s[IVXLC]+\b(?!\s+[a-z]))?(?:\s+(?P<title>\D.{0,150}))?$"
)
# "Nr. 446 BRIEF VAN DE MINISTER VAN …", "nr. 44", "Nr. 7 HERDRUK1", "Nr. B"; the First Chamber prints "B" without "Nr."
PAPER = re.compile(
    r"^(?:[Nn][Rr]\.?\s*(?P<number>\d+|[A-Z]{1,3})\b|(?P<letter>[A-Z]{1,2})(?=$|\s+(?i:brief|verslag|lijst)\b))(?:\s*HERDRUK\s*\d*)?(?P<rest>(?:\s+.*)?)$"
)
# "kst-28676-446"; what web copies print: "ID: 28676-446", "Kamerstuk 28676-446", "28676 nr. 446"
PAPER_ID = re.compile(
    r"^(?:(?:ID:\s*)?kst-|ID:\s*|Kamerstuk\s+)?(?P<dossier>\d{5}(?:-[IVXLC]+|-\d{2}(?=[- ]))?)"
    r"(?:-|\s+nr\.?\s*)(?P<number>\d+|[A-Z]{1,3})$"
)
EDITION_TITLE = re.compile(
    r"^BRIEF\s+VAN\s+(?:DE|HET)\b|^VERSLAG\s+VAN\s+EEN\b|^INBRENG\s+VERSLAG\b|^LIJST\s+VAN\s+VRAGEN\b",
    re.IGNORECASE,
)
# A web copy's own title: "Brief regering : Verslag van de bijeenkomst …", "Verslag van een schriftelijk overleg : Verslag …"
WEB_TITLE = re.compile(
    r"^(?:Brief (?:regering|Kamer)|Verslag van een (?:nader )?schriftelijk overleg)\s*[:;]\s+(?P<subject>.+)$"
)
ESTABLISHED = re.compile(r"^Vastgesteld\b", re.IGNORECASE)
# A subject that breaks off here goes on in the next line
UNFINISHED = re.compile(
    r"(?:\b(?:van|en|de|het|een|op|voor|inzake|te|in|met|over|der|tot|aan)|[,–-])$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the letter's text. ``end`` is the number of blocks that it takes."""

    end: int = 0
    date: datetime.date | None = None
    date_is_template: bool = False
    reference: str | None = None
    subject: str | None = None
    chamber: str | None = None
    ministry: str | None = None
    department: str | None = None
    dossiers: tuple[str, ...] = ()
    paper: str | None = None
    edition_title: str | None = None  # "BRIEF VAN DE MINISTER VAN DEFENSIE"
    offices: tuple[str, ...] = ()  # those that the edition's title names


def find_letterhead(blocks: Sequence[Block]) -> Letterhead:
    """Read the letterhead at the start of ``blocks``; empty when the text begins at once."""
    head = _above_text(blocks[:LONGEST_HEAD])
    end = _end(head)
    lines = _without_theirs(_lines(head[:end]))
    dossiers, number, title = _edition(lines)
    printed = next((found for line in lines if (found := PAPER_ID.match(line))), None)
    if printed and not dossiers:
        dossiers = (printed["dossier"],)
    paper = f"kst-{dossiers[0]}-{number}" if dossiers and number else None
    whole = "\n".join(lines)
    date_text = _value(lines, "date") or next(filter(_is_dateline, lines), "")
    if not date_text and (place := _bare_date([block.text for block in head])) is not None:
        date_text = head[place].text
    return Letterhead(
        end=end,
        date=_date(date_text),
        date_is_template=bool(TEMPLATE_DATE.search(date_text)) or bool(TEMPLATE_DATE.search(whole)),
        reference=_reference(lines),
        subject=_subject(lines),
        chamber=_chamber(lines),
        ministry=_ministry(lines, is_edition=bool(title)),
        department=next((line for kind in DEPARTMENTS for line in lines if kind.match(line)), None),
        dossiers=dossiers,
        paper=f"kst-{printed['dossier']}-{printed['number']}" if printed else paper,
        edition_title=title,
        offices=tuple(offices_in(title)) if title else (),
    )


def _above_text(blocks: Sequence[Block]) -> Sequence[Block]:
    long = [place for place, block in enumerate(blocks) if len(block.text.split()) >= WORDS_OF_TEXT]
    return blocks[: long[PARAGRAPHS_IN_HEAD]] if len(long) > PARAGRAPHS_IN_HEAD else blocks


def _lines(blocks: Sequence[Block]) -> list[str]:
    """One string per line; a row of a table gives "label value", or its cells when they are values side by side."""
    lines: list[str] = []
    for block in blocks:
        cells = [cell.strip() for cell in block.text.split("\t") if cell.strip()]
        if len(cells) > 1 and _label(cells[0]) and not any(_label(cell) for cell in cells[1:]):
            lines.append(" ".join(cell for cell in cells if any(map(str.isalnum, cell))))
        else:
            lines += cells
    return lines


def _without_theirs(lines: Sequence[str]) -> list[str]:
    """The lines without "Uw referentie" and its value, beside it or below it; below several labels values come in their order."""
    dropped: set[int] = set()
    for position, line in enumerate(lines):
        if not THEIRS.match(line):
            continue
        dropped.add(position)
        if not _is_bare_label(line):
            continue
        first = last = position
        while first and _is_bare_label(lines[first - 1]):
            first -= 1
        while last + 1 < len(lines) and _is_bare_label(lines[last + 1]):
            last += 1
        value = last + 1 + position - first
        if value < len(lines) and not any(map(_label, lines[last + 1 : value + 1])):
            dropped.add(value)
    return [line for position, line in enumerate(lines) if position not in dropped]


def _is_bare_label(line: str) -> bool:
    """A label with nothing behind it."""
    name = _label(line)
    return bool(name) and not LABELS[name].sub("", line, count=1).strip(" |:")


def _label(line: str) -> str | None:
    return next((name for name, pattern in LABELS.items() if pattern.match(line)), None)


def _end(head: Sequence[Block]) -> int:
    """How many blocks the letterhead takes."""
    texts = [block.text for block in head]
    if (salutation := _last(texts, SALUTATION, first=True)) is not None:
        return salutation + 1
    marks = [_last(texts, pattern) for pattern in (ANSWER_NOTE, PAPER_ID)]
    if _starts_as_edition(texts):
        marks.append(_last(texts[: _first_sentence(texts)], EDITION_TITLE))
    if _starts_as_edition(
        texts
    ):  # only the first: "I" and "II" in a table of contents are no numbers of a paper
        marks.append(_last(texts, PAPER, first=True))
    marks += [
        position for position, text in enumerate(texts[:40]) if ADDRESSEE.search(text) and len(text) < 90
    ]
    marks += [
        position for position, text in enumerate(texts[:40]) if _is_dateline(text) or ESTABLISHED.match(text)
    ]
    marks += [position for position, text in enumerate(texts[:40]) if CHAMBER_NAME.match(text)]
    marks += [
        _after_values(texts, position)
        for position, text in enumerate(texts[:40])
        if _label(text.split("\t")[0]) in {"date", "subject", "reference"}
    ]
    found = [position for position in (*marks, _bare_date(texts)) if position is not None]
    return max(found) + 1 if found else 0


def _first_sentence(texts: Sequence[str]) -> int:
    """Where the text begins: below it "Brief van de minister van 3 mei" is an item of a list."""
    sentences = (
        place
        for place, text in enumerate(texts)
        if text.endswith(".") and len(text.split()) >= WORDS_OF_SENTENCE
    )
    return next(sentences, len(texts))


def _bare_date(texts: Sequence[str]) -> int | None:
    """The place of a date that stands alone at the top: not one below a title, which heads what follows."""
    for position, text in enumerate(texts[:FIRST_LINES]):
        if BARE_DATE.match(text) and find_dates(text):
            return position if any(map(KIND_WORD.search, texts[position + 1 : position + 3])) else None
        if KIND_WORD.search(text) or len(text) > LONGEST_LINE:
            return None
    return None


def _starts_as_edition(texts: Sequence[str]) -> bool:
    return any(DOSSIER.match(text) or PAPER.match(text) or EDITION_TITLE.match(text) for text in texts[:12])


def _is_dateline(text: str) -> bool:
    found = DATELINE.match(text)
    if len(text) >= 60 or not found:
        return False
    dates = [date for date in find_dates(text) if date.start == found.end()]
    return bool(TEMPLATE_DATE.search(text)) or any(date.year or found["seat"] for date in dates)


def _last(texts: Sequence[str], pattern: re.Pattern, first: bool = False) -> int | None:
    found = [position for position, text in enumerate(texts) if pattern.match(text) and len(text) < 200]
    return (found[0] if first else found[-1]) if found else None


def _after_values(texts: Sequence[str], position: int) -> int:
    """The place of the last line that belongs to the label at ``position``."""
    name = _label(texts[position])
    value = LABELS[name].sub("", texts[position], count=1) if name else texts[position]
    if not value.strip() and position + 1 < len(texts):
        position, value = position + 1, texts[position + 1]
    while name == "subject" and position + 1 < len(texts) and _continues(value, texts[position + 1]):
        position, value = position + 1, texts[position + 1]
    return position


def _continues(value: str, line: str) -> bool:
    if _label(line) or SALUTATION.match(line) or ANSWER_NOTE.match(line) or len(line) > 160:
        return False
    return line[:1].islower() or bool(UNFINISHED.search(value))


def _value(lines: Sequence[str], name: str) -> str | None:
    """What stands behind or below a label."""
    for position, line in enumerate(lines):
        if _label(line) != name:
            continue
        value = LABELS[name].sub("", line, count=1).strip(" |:")
        if value:
            return value
        if position + 1 < len(lines) and not _label(lines[position + 1]):
            return lines[position + 1]
    return None


def _subject(lines: Sequence[str]) -> str | None:
    for position, line in enumerate(lines):
        if _label(line) == "subject":
            value = LABELS["subject"].sub("", line, count=1).strip(" |:")
            rest = [other for other in lines[position + 1 :] if any(map(str.isalnum, other))]
            if not value and rest:
                value = rest.pop(0)
            for following in rest[:4]:
                if not _continues(value, following):
                    break
                value = f"{value} {following}"
            return value.strip(" .|") or None
    return next((found["subject"].strip() for line in lines if (found := WEB_TITLE.match(line))), None)


def _reference(lines: Sequence[str]) -> str | None:
    value = NEXT_LABEL.split(_value(lines, "reference") or "")[0] or None
    if value is None or not re.search(r"\d", value):
        value = next((line for line in lines if REFERENCE.match(line)), None)
    if value and value.endswith("/"):  # the second half stands on the next line
        position = next((place for place, line in enumerate(lines) if line.endswith(value)), None)
        if position is not None and position + 1 < len(lines) and not _label(lines[position + 1]):
            value = f"{value} {lines[position + 1]}"
    return value


def _date(text: str) -> datetime.date | None:
    mention = next((mention for mention in find_dates(text) if mention.year), None)
    period = mention.period() if mention else None
    return period[1] if period else None


def _chamber(lines: Sequence[str]) -> str | None:
    for position in range(len(lines)):
        if found := ADDRESSEE.search(" ".join(lines[position : position + 3])):
            return f"{found['chamber'].capitalize()} Kamer"
    found = next((found for line in lines if (found := CHAMBER_NAME.match(line))), None)
    return f"{found['chamber'].capitalize()} Kamer" if found else None


def _ministry(lines: Sequence[str], is_edition: bool) -> str | None:
    """The printed name, else what only one ministry's letterhead holds. An official edition has no letterhead."""
    for line in lines:
        if found := MINISTRY.match(line):
            return found[1].strip()
    if is_edition:
        return None
    return next((name for pattern, name in MINISTRY_MARKS for line in lines if pattern.search(line)), None)


def _edition(lines: Sequence[str]) -> tuple[tuple[str, ...], str | None, str | None]:
    """The dossiers, the number in the first of them, and the title of an official edition."""
    dossiers: list[str] = []
    number = title = None
    for position, line in enumerate(lines):
        if found := DOSSIER.match(line):
            addition = (found["addition"] or "").strip().lstrip("-")
            dossiers.append(found["number"].replace(" ", "") + (f"-{addition}" if addition else ""))
        elif found := PAPER.match(line):
            number = number or found["number"] or found["letter"]
            if EDITION_TITLE.match(found["rest"].strip()):
                title = _whole_title(found["rest"].strip(), lines[position + 1 :])
        elif EDITION_TITLE.match(line) and title is None:
            title = _whole_title(line, lines[position + 1 :])
    return tuple(dict.fromkeys(dossiers)), number if dossiers else None, title


def _whole_title(title: str, following: Sequence[str]) -> str:
    for line in following[:3]:
        if not (title.isupper() and line.isupper()) or DOSSIER.match(line):
            break
        title = f"{title} {line}"
    return title
