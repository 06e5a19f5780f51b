"""The small shapes that answers share: references to letters, meetings and topics, and what hangs on a text."""

from letters.api.fields import (
    Date,
    Day,
    Number,
    Shape,
    Text,
    Texts,
    Url,
    Word,
    YesOrNo,
    api_path,
    reversed_path,
)
from letters.filters.choices import CHAMBERS, KINDS, LEVELS
from letters.models import Paragraph, Section

SECTION_KINDS = {
    "inleiding": Section.Kind.INTRODUCTION,
    "sessie": Section.Kind.SESSION,
    "agendapunt": Section.Kind.AGENDA_TOPIC,
    "besluit": Section.Kind.DECISION,
    "bijlage": Section.Kind.ANNEX,
    "slot": Section.Kind.CLOSING,
}
LANGUAGES = {"nl": "nl", "en": "en"}


class TopicReference(Shape):
    id = Text(
        source="slug",
        help_text="De naam van het onderwerp in adressen, en de waarde van het filter onderwerp.",
    )
    naam = Text(source="name")
    zelf = Url(api_path("topic", "slug"), help_text="Het onderwerp in deze API.")


class MeetingReference(Shape):
    id = Text(
        source="slug",
        help_text="De naam van de bijeenkomst in adressen, en de waarde van het filter bijeenkomst.",
    )
    naam = Text(source="name")
    begin = Date(source="start", allow_null=True)
    einde = Date(source="end", allow_null=True, help_text="Alleen als zij meer dan een dag duurt.")
    url = Url(help_text="De pagina op deze site.")
    zelf = Url(api_path("meeting", "slug"), help_text="De bijeenkomst in deze API.")


class LetterReference(Shape):
    id = Text(
        source="slug", help_text="Het Kamerstuknummer, of datum, soort en bijeenkomst zolang dat er niet is."
    )
    soort = Word(KINDS, source="kind")
    datum = Date(source="date", allow_null=True)
    titel = Text(source="title")
    url = Url(help_text="De pagina op deze site.")
    zelf = Url(api_path("letter", "slug"), help_text="De brief in deze API.")


class SectionReference(Shape):
    kop = Text(
        source="heading", allow_null=True, help_text="De kop in de brief; null voor de inleiding zonder kop."
    )
    soort = Word(SECTION_KINDS, source="kind")
    sessie = Number(source="session.number", allow_null=True, help_text="Het nummer van de sessie.")
    onderwerpen = TopicReference(source="shown_topics", many=True)
    url = Url(help_text="De plaats op de pagina van de brief.")


class Signatory(Shape):
    id = Text(source="slug", help_text="De waarde van het filter bewindspersoon.")
    naam = Text(source="name", allow_null=True)
    ambt = Text(source="office")
    ondertekent = YesOrNo(source="signs", help_text="false: de brief is mede namens deze bewindspersoon.")


class Submission(Shape):
    kamer = Word(CHAMBERS, source="chamber", allow_null=True)
    datum = Date(source="date", allow_null=True)
    kenmerk = Text(source="reference", allow_null=True, help_text="De referentie van het ministerie.")
    kamerstuknummer = Text(source="paper_number", allow_null=True, help_text="Bijvoorbeeld kst-28676-446.")
    dossiers = Texts()
    vergaderjaar = Text(source="session_year_of_date", allow_null=True, help_text="Bijvoorbeeld 2023-2024.")
    bronvermelding = Text(source="citation", allow_null=True)
    officieleUrl = Url(
        lambda row: row.official_url,
        allow_null=True,
        help_text="Het Kamerstuk op officielebekendmakingen.nl.",
    )


class Note(Shape):
    """A public remark of the editors. Never who wrote it."""

    tekst = Text(source="text")
    organisatie = Text(source="organisation")
    datum = Day(source="written_at")


class Footnote(Shape):
    teken = Text(source="mark")
    tekst = Text(source="text")
    plaats = Number(source="offset", help_text="Na hoeveel tekens van de tekst de voetnoot staat.")


class Reference(Shape):
    tekst = Text(source="text", allow_null=True, help_text="Zoals het in de brief staat.")
    naam = Text(source="name", allow_null=True)
    kamerstuknummer = Text(source="paper_number", allow_null=True)
    officieleUrl = Url(lambda row: row.official_url, allow_null=True)


class Original(Shape):
    naam = Text(source="name")
    mediatype = Text(source="media_type")
    bytes = Number(source="size")
    url = Url()


class Level(Word):
    """One level of a meeting."""

    def __init__(self, **options):
        super().__init__(LEVELS, **options)


def passage_path(paragraph: Paragraph) -> str:
    """Where a passage is in the API; "" for what has no anchor, such as an opening sentence."""
    return reversed_path("passage", paragraph.letter.slug, paragraph.anchor) if paragraph.anchor else ""
