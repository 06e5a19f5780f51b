"""Words that a letterhead prints in front of a value, and that a running header prints again."""

import re

_NAMES = r"""
    datum|betreft|onderwerp|(?:(?:onze|uw|ons)\s+)?(?:referentie|kenmerk)|(?:onze|uw)\s+brief|bijlage(?:n|\(n\))?|telefoon
"""
#: "Onze referentie", "Bijlage(n)": a label that text does not hold by itself.
NAME = re.compile(rf"(?:{_NAMES})\s*:?", re.IGNORECASE | re.VERBOSE)
#: The same, and "Aan", "Van": what stands beside a label is its value, not another column.
LABEL = re.compile(rf"(?:{_NAMES}|aan|van|brief)\s*:?", re.IGNORECASE | re.VERBOSE)
#: "Betreft Verslag van de bijeenkomst": group 1 is the label, its value follows.
LABEL_AND_VALUE = re.compile(rf"(?=[A-Z])((?i:{_NAMES})\s*:?)\s+(?=\S)", re.VERBOSE)
#: "Betreft", "Onderwerp: Verslag …"
SUBJECT = re.compile(r"(?:betreft|onderwerp)\b", re.IGNORECASE)
#: "BZDOC-1221846327-14", "DVB/NW-718/08", "4219035"; not "2009–2010" or "28-30"
REFERENCE = re.compile(r"(?<!\S)(?!\d{4}[-–/]\d{2,4}\b)(?=(?:[^\s\d]*\d){5})\S+")
#: "Directie Veiligheidsbeleid": who writes.
UNIT = re.compile(r"(?:Ministerie|Directie|Hoofddirectie|Directoraat|Afdeling|Bestuursstaf|Kabinet)\b")
#: "Geachte voorzitter,": the letterhead ends here.
SALUTATION = re.compile(r"(?:zeer\s+)?geachte\b|mijnheer\s+de\s+voorzitter", re.IGNORECASE)
#: "2", "- 2 -", "Pagina 2 van 5", "blz. 2/5", "Page 2 of 5"
PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:(?:pagina|pag\.?|blad(?:zijde)?|blz\.?|page|p\.)\s*)?\d{1,3}(?:\s*(?:van|of|/)\s*\d{1,3})?[-–\s]*",
    re.IGNORECASE,
)
