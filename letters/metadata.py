"""What pages say of a letter to programs: Zotero's meta tags, COinS, and JSON-LD.

Zotero reads the meta tags of Highwire on the page of a letter and COinS on lists; COinS beside meta tags would go before
them. Search engines and harvesters read JSON-LD.
"""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote_plus

from django.conf import settings
from django.utils.text import capfirst

from letters.authors import Author, authors
from letters.languages import in_language
from letters.models import File, Letter
from letters.parsing.folding import fold
from letters.parsing.readers.detection import PDF

#: TOOI, the government's register of organisations: what a ministry's name ends in → its identifier.
MINISTRIES = {
    "buitenlandse zaken": "https://identifier.overheid.nl/tooi/id/ministerie/mnre1013",
    "defensie": "https://identifier.overheid.nl/tooi/id/ministerie/mnre1018",
    "algemene zaken": "https://identifier.overheid.nl/tooi/id/ministerie/mnre1010",
}
KAMERSTUK = "https://identifier.overheid.nl/tooi/def/thes/kern/c_056a75e1"
#: "Ministerie van Defensie", "Min. van Defensie"
MINISTRY_OF = re.compile(r"^(?:ministerie|min\.) van\s+", re.IGNORECASE)


def report_number(letter: Letter) -> str:
    """The paper's number as published, else the ministry's reference."""
    references = (one.reference for one in letter.submissions.all() if one.reference)
    return letter.paper_number or next(references, "")


def institution(letter: Letter) -> str:
    return "; ".join(letter.ministries)


def catalogued(author: Author) -> str:
    """ "de Hoop Scheffer, J.G.": a tussenvoegsel stays with the name, or Zotero takes "Jaap de" for another author.

    A name that cannot be split ends in a comma, which keeps Zotero from splitting it.
    """
    family = f"{author.particle} {author.family}".strip()
    if author.given:
        return f"{family}, {author.given}"
    return f"{family}," if " " in family else family


def public_pdf(files: Iterable[File]) -> File | None:
    """The letter's own text as PDF among its public originals."""
    found = [file for file in files if file.media_type == PDF]
    return next((file for file in found if file.role == File.Role.TEXT), None)


def meta_tags(letter: Letter, files: Iterable[File], absolute: Callable[[str], str]) -> list[tuple[str, str]]:
    """Zotero's meta tags, (name, content). ``files`` are the public originals."""
    pdf = public_pdf(files)
    found = [
        ("citation_title", letter.title),
        *[("citation_author", catalogued(author)) for author in authors(letter)],
        ("citation_publication_date", f"{letter.date:%Y/%m/%d}" if letter.date else ""),
        ("citation_technical_report_institution", institution(letter) or letter.get_kind_display()),
        ("citation_technical_report_number", report_number(letter)),
        ("citation_pdf_url", absolute(pdf.get_absolute_url()) if pdf else ""),
        ("citation_public_url", absolute(letter.get_absolute_url())),
        ("citation_language", letter.language),
        ("DC.type", capfirst(letter.get_kind_display())),
    ]
    return [(name, content) for name, content in found if content]


def coins(letter: Letter, absolute: Callable[[str], str]) -> str:
    """A letter as OpenURL ContextObject in a span (COinS): the value of its title."""
    url = absolute(letter.get_absolute_url())
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "report"),
        ("rft.btitle", letter.title),
        *[("rft.au", catalogued(author)) for author in authors(letter)],
        ("rft.date", letter.date.isoformat() if letter.date else ""),
        ("rft.pub", institution(letter)),
        ("rft.number", report_number(letter)),
        ("rft.language", letter.language),
        ("rft_id", url),
        ("rft.identifier", url),
    ]
    return "&".join(f"{key}={quote_plus(value)}" for key, value in pairs if value)


def json_ld(letter: Letter, files: Iterable[File], absolute: Callable[[str], str]) -> dict:
    """The letter as a schema.org ``Report``."""
    url, pdf = absolute(letter.get_absolute_url()), public_pdf(files)
    papers = [one for one in letter.submissions.all() if one.paper_number]
    signing = [one for one in letter.signatories.all() if one.signs and one.name]
    found = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": in_language(url, settings.LANGUAGE_CODE),  # one letter, whatever the language of the page
        "url": url,
        "additionalType": KAMERSTUK if papers else "",
        "name": letter.title,
        "genre": letter.get_kind_display(),
        "reportNumber": report_number(letter),
        "datePublished": letter.date.isoformat() if letter.date else "",
        "inLanguage": letter.language,
        "author": [organisation(name) for name in letter.ministries],
        "contributor": [{"@type": "Person", "name": one.name, "jobTitle": one.office} for one in signing],
        "about": [{"@type": "Event", "name": meeting.name} for meeting in letter.meetings.all()],
        "sameAs": [one.official_url for one in papers],
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": absolute(pdf.get_absolute_url()),
            "encodingFormat": PDF,
        }
        if pdf
        else {},
    }
    return {name: value for name, value in found.items() if value}


def organisation(ministry: str) -> dict:
    """A ministry as schema.org knows it, by its identifier when that is known."""
    known = MINISTRIES.get(fold(MINISTRY_OF.sub("", ministry)))
    return {"@type": "GovernmentOrganization", "name": ministry} | ({"@id": known} if known else {})
