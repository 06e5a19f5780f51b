"""What copies of letters hold that is no text of the letter: page chrome of web sites, running heads, fields of Word."""

import re
from collections.abc import Sequence

# Running heads and feet of official PDFs and of Word, on a line of their own:
# "Tweede Kamer, vergaderjaar 2014–2015, 28 676, nr. 223 1", the same with "1" on the next line, "Pagina 4 van 5",
# "ISSN 0921 - 7371", "KST119283", "0708tkkst28676-44", "Sdu Uitgevers"
RUNNING_HEAD = re.compile(
    r"""^[ \t]*(?:
        (?:Eerste|Tweede)\ Kamer,\ vergaderjaar\ [\d–-]+,
          (?:[^\n]{0,60}(?:\bnr\.?\ ?\w{1,5}|\b\d\d\ ?\d{3}(?:-[\dIVXLC]+)?)(?:[ \t]*\n){1,3}[ \t]*\d{1,3}|[^\n]{0,60}(?<![.)]))
      | (?:Pagina|Blad|Page)\ \d+(?:\ (?:van|of|/)\ \d+)?
      | ISSN\ \d{4}[\d\s–-]*(?:\ Sdu\ Uitgevers)?
      | KST\d{4,7} | \d{4}[te]kkst\d{5}[\w-]* | Sdu\ Uitgevers
      | [’'‘]s-Gravenhage\ \d{4}
    )[ \t]*$""",
    re.VERBOSE | re.MULTILINE,
)
# The same with its page number in the middle of a line, where two pages were joined
RUNNING_HEAD_INSIDE = re.compile(
    r"[ \t](?:Eerste|Tweede) Kamer, vergaderjaar \d{4}[–-]\d{4}, \d\d ?\d{3}(?:-[\dIVXLC]+)?, nr\. \w{1,5} \d{1,3}(?=[ \t])"
)
# A form feed, with the page number in front of it
PAGE_BREAK = re.compile(r"(?:\n[ \t]*\d{1,3}[ \t]*)?\n?\f")
# The last line of what a web copy of the chamber's documents puts above the letter
WEB_CHROME_END = re.compile(r"^Preview document \(.{0,20}\)\s*$", re.MULTILINE)
# What it says there of the letter: its title in the first line, what it is above its number, and its place in a dossier:
# "Brief regering" / "Nummer: 2024D41170, …", "Onderdeel van kamerstukdossier 21501 28-283 Defensieraad."
NUMBER_OF_COPY = re.compile(r"^Nummer: \d{4}[DZ]\d", re.MULTILINE)
PLACE_IN_DOSSIER = re.compile(
    r"^Onderdeel van kamerstukdossier (?P<dossier>\d{5})(?: (?P<addition>\d{1,2}|[IVXLC]+))? ?-(?P<number>\w{1,5})\b",
    re.MULTILINE,
)
LINKS_OF_SITE = re.compile(r"^\[[^\n]*$", re.MULTILINE)
# Buttons and links of a page that say what the reader may do with it: "Deel deze pagina", "Download als pdf", "Terug naar boven"
_SITE_LINE = r"""(?:(?:Direct|Ga)\ )?[Nn]aar\ (?:de\ )?(?:hoofd)?inhoud | (?:Terug\ )?[Nn]aar\ boven
      | (?:Deel|Delen)\ (?:deze\ pagina|(?:via|op)\ \w+(?:[ ,]+(?:en\ )?\w+){0,4}) | (?:Afd|P)rinten | Afdrukken
      | Print\ deze\ pagina
      | Download(?:en)?(?:\ (?:dit\ |het\ )?document|\ deze\ brief|\ origineel)?
        (?:\ als)?(?:\ \(?(?:pdf|PDF|odt|ODT|docx|xml|XML)\)?)?"""
SITE_LINE = re.compile(_SITE_LINE, re.VERBOSE)
# Lines of web pages that copies take along: "[overzicht] [activiteiten] …", "U bent hier:", "---|---|---|", "Naar boven"
WEB_LINE = re.compile(
    rf"""^[ \t]*+(?:
        \[overzicht\][^\n]* | \[toezeggingen\][^\n]* | U\ bent\ hier:? | (?:{_SITE_LINE})
      | (?=[|:-])(?=[ \t|:-]*---)(?=[ \t|:-]*$)[^\n]*
      | Datum\ publicatie[ \t]*\|[^\n]* | Zoals\ vergunningen,\ bouwplannen\ en\ lokale\ regelgeving\.
      | Adressen\ en\ contactpersonen\ van\ overheidsorganisaties\. | Kamerstuk(?:ken)? | Brief\ regering
      | Direct(?:e\ link)?\ naar\ document\b[^\n]*
      | Gepubliceerd:[^\n]* | Indiener\(s\):[^\n]* | Bron:\ https?:[^\n]*
      | Onderdeel\ van\ (?:zaak|activiteiten|kamerstukdossier)\b[^\n]*
      | \d\d-\d\d-\d{{4}}\ \|[^\n]*
      | Onderwerpen:[^\n]* | Nummer:\ \d{{4}}[DZ]\d+[^\n]* | Gerelateerde\ personen:[^\n]*
    )[ \t]*$""",
    re.VERBOSE | re.MULTILINE,
)
# The list of who signed that some sites print below a letter: "Ondertekenaars" / "Eerste ondertekenaar" /
# "J. Jansen, Minister-President"
SIGNATORY_LIST = re.compile(
    r"\s*(?:(?:Eerste|Tweede|Derde|Vierde|Vijfde|Overige)\ |Mede-?)?[Oo]ndertekenaars?\s*:?\s*"
)
LONGEST_SIGNATORY = 120  # characters
# When a site put the letter on line: "21-03-2008 | Kamerstuk"
PUBLISHED = re.compile(r"^[ \t]*(\d\d-\d\d-\d{4} \| ?[^\n]{0,60}?)[ \t]*$", re.MULTILINE)
# A heading for files that the page linked to: nothing follows
NO_ANNEXES = re.compile(r"\n[ \t]*Bijlagen?:?\s*\Z")
# [bookmark: _Hlk150342748]
BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
# What Word leaves of a field: 'HYPERLINK "https://www.nato.int" \h', 'PAGEREF _Toc123 \h 3', 'TOC \o "1-3" \h \z \u'
FIELD = re.compile(
    r"""\bHYPERLINK(?:[ \t]+(?:\\[a-z]|"[^"\n]{0,500}"))+[ \t]* | \b(?:PAGE)?REF\ _\w{1,40}(?:\ \\[a-z*]){0,4}[ \t]*
      | ^[ \t]*TOC(?:\ (?:\\[a-z]|"[\d-]+"))+[ \t]*""",
    re.VERBOSE | re.MULTILINE,
)


def without_chrome(text: str) -> str:
    """The text of the letter alone; a line that was chrome is left empty."""
    text = PAGE_BREAK.sub("\n", text)
    if chrome := WEB_CHROME_END.search(text):
        text = "\n\n".join([*_told_of_copy(text[: chrome.start()]), text[chrome.end() :]])
    text = FIELD.sub("", BOOKMARK.sub("", text))
    text = WEB_LINE.sub("", RUNNING_HEAD.sub("", text))
    return NO_ANNEXES.sub("\n", _without_signatory_list(RUNNING_HEAD_INSIDE.sub("", text)))


def lines_with_bookmarks(text: str) -> dict[str, str]:
    """Lines that Word wrapped with a bookmark in them: what is left of each, and how it was when it was wrapped."""
    lines = (line.rstrip() for line in text.split("\n") if "[bookmark:" in line)
    return {BOOKMARK.sub("", line): line for line in lines}


def _without_signatory_list(text: str) -> str:
    if "ndertekenaar" not in text:
        return text
    lines = text.split("\n")
    dropped = places_of_signatory_list(lines)
    return "\n".join("" if position in dropped else line for position, line in enumerate(lines))


def places_of_signatory_list(lines: Sequence[str]) -> frozenset[int]:
    """Which lines say "Eerste ondertekenaar" or name who that is. A name stands right below: what follows a name is text again."""
    dropped: set[int] = set()
    name_follows = False
    for position, line in enumerate(lines):
        if SIGNATORY_LIST.fullmatch(line):
            dropped.add(position)
            name_follows = True
        elif name_follows and line.strip():
            name_follows = False
            if len(line) <= LONGEST_SIGNATORY and not line.rstrip().endswith((".", ":", ";")):
                dropped.add(position)
    return frozenset(dropped)


def lines_of_publication(text: str) -> tuple[str, ...]:
    """The lines that say when a site published the letter: no text of it, and not its date."""
    return tuple(dict.fromkeys(PUBLISHED.findall(text)))


def _told_of_copy(chrome: str) -> list[str]:
    """What the page around a copy says of the letter, in lines as other copies print them: "Brief regering : Verslag …"."""
    told: list[str] = []
    if number := NUMBER_OF_COPY.search(chrome):
        above = LINKS_OF_SITE.sub("", chrome[: number.start()]).split("\n")
        lines = [line.strip() for line in above if line.strip()]
        if len(lines) > 1 and lines[-1] != "Bijlage":
            told.append(f"{lines[-1]} : {lines[0]}")
    if place := PLACE_IN_DOSSIER.search(chrome):
        told.append("Kamerstuk " + "-".join(filter(None, place.groups())))
    return told
