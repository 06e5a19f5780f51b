"""The five resources as answers: what a page shows to everyone, and nothing else. Also the schema of them."""

from rest_framework import serializers

from letters.api import shapes
from letters.api.fields import Date, Day, Number, Shape, Share, Text, Texts, Url, Word, YesOrNo, api_path
from letters.filters.choices import KINDS, MOMENTS, STANCES
from letters.models import Meeting

FORMATS = {member.value: member for member in Meeting.Format if member.value}
SIDES = {"standpunten": "positions", "geen-standpunten": "none", "geen-brief": "no_letter"}
ORIGINS = {"computer": False, "redactie": True}


class PositionBase(Shape):
    """A position, without the letter that it stands in."""

    id = Number(source="pk", help_text="Blijft bij dit standpunt.")
    citaat = Text(source="sentence", help_text="De hele zin, in de woorden van de brief.")
    zinErvoor = Text(
        source="before",
        allow_null=True,
        help_text="De zin ervoor, als het citaat daarnaar terugwijst (dit, deze, hierover).",
    )
    standpunt = Word(STANCES, source="stance")
    standpuntNaam = Text(source="get_stance_display")
    werkwoord = Text(source="verb", allow_null=True, help_text="Het werkwoord van de brief zelf.")
    moment = Word(
        MOMENTS,
        help_text="voorgenomen (zal benadrukken), ingebracht (riep op) of gesteld (het kabinet acht).",
    )
    samenMetAnderen = YesOrNo(
        source="with_others", help_text="Bijvoorbeeld: waaronder Nederland, de Benelux."
    )
    onderwerpen = shapes.TopicReference(
        source="shown_topics",
        many=True,
        help_text="Die van het standpunt zelf, anders die van het onderdeel.",
    )
    nagekeken = YesOrNo(
        source="is_checked", help_text="false: door de computer herkend, door niemand nagekeken."
    )
    nagekekenOp = Day(
        source="checked_at", allow_null=True, help_text="De dag waarop een mens het standpunt nakeek."
    )
    herkomst = Word(ORIGINS, source="made_by_person", help_text="Wie het standpunt aanwees.")
    spreker = Text(source="subject", allow_null=True, help_text="Wie er spreekt, zoals de computer het las.")
    zekerheid = Share(source="confidence", allow_null=True, help_text="Die van de computer, van 0 tot 1.")
    regel = Text(
        source="rule", allow_null=True, help_text="De regel waarmee de computer het standpunt herkende."
    )
    url = Url(help_text="De alinea op deze site.")
    zelf = Url(api_path("position", "pk"), help_text="Het standpunt in deze API.")


class PositionItem(PositionBase):
    """A position with where it stands."""

    aanduiding = Text(
        source="name", help_text="inzet (in een agenda), inbreng (in een verslag) of standpunt."
    )
    bronvermelding = Text(source="citation")
    anker = Text(
        source="paragraph.anchor", allow_null=True, help_text="Het nummer van de alinea in de brief."
    )
    passage = Url(
        lambda row: shapes.passage_path(row.paragraph),
        allow_null=True,
        help_text="De hele alinea in deze API.",
    )
    brief = shapes.LetterReference(source="letter")
    onderdeel = shapes.SectionReference(source="paragraph.section")
    bijeenkomst = shapes.MeetingReference(source="meeting", allow_null=True)
    lezerversie = Number(
        source="letter.text_edition.parser_version",
        allow_null=True,
        help_text="Van het programma dat de brief las.",
    )
    toelichtingen = shapes.Note(source="public_notes", many=True)


class PassageBase(Shape):
    """A paragraph, without the letter that it stands in."""

    anker = Text(
        source="anchor", allow_null=True, help_text="Het nummer van de alinea; wordt nooit opnieuw gebruikt."
    )
    tekst = Text(source="text", help_text="In de woorden van de brief.")
    nummer = Text(source="label", allow_null=True, help_text="Nummer of opsommingsteken in de brief.")
    taal = Word(shapes.LANGUAGES, source="language")
    vraagUitKamer = YesOrNo(source="is_question", help_text="Woorden van Kamerleden die de brief herhaalt.")
    pagina = Number(
        source="page", allow_null=True, help_text="De bladzijde in het bestand waaruit de tekst komt."
    )
    bronvermelding = Text(source="citation")
    standpunten = PositionBase(
        source="shown_positions",
        many=True,
        help_text="Nagekeken; met ongecontroleerd=ja ook die niemand nakeek.",
    )
    voetnoten = shapes.Footnote(source="shown_footnotes", many=True)
    verwijzingen = shapes.Reference(source="shown_citations", many=True)
    url = Url(help_text="De alinea op deze site.")
    zelf = Url(shapes.passage_path, allow_null=True, help_text="De alinea in deze API.")


class PassageItem(PassageBase):
    """A paragraph with where it stands."""

    brief = shapes.LetterReference(source="letter")
    onderdeel = shapes.SectionReference(source="section")
    bijeenkomst = shapes.MeetingReference(source="meeting", allow_null=True)


class LetterItem(Shape):
    """A letter without its text."""

    id = Text(
        source="slug", help_text="Het Kamerstuknummer, of datum, soort en bijeenkomst zolang dat er niet is."
    )
    soort = Word(KINDS, source="kind")
    titel = Text(source="title", help_text="Het onderwerp van de brief, anders soort en datum.")
    betreft = Text(source="subject", allow_null=True)
    datum = Date(source="date", allow_null=True)
    taal = Word(shapes.LANGUAGES, source="language")
    ministeries = Texts(source="ministries")
    directie = Text(source="department", allow_null=True)
    bewindspersonen = shapes.Signatory(source="signatories.all", many=True)
    aanbiedingen = shapes.Submission(
        source="submissions.all", many=True, help_text="Aan welke Kamer, wanneer en onder welk nummer."
    )
    bijeenkomsten = shapes.MeetingReference(source="meetings.all", many=True)
    onderwerpen = shapes.TopicReference(
        source="shown_topics", many=True, help_text="Die van de onderdelen, op naam."
    )
    bronvermelding = Text(source="citation")
    vervangt = shapes.LetterReference(source="older", allow_null=True)
    vervangenDoor = shapes.LetterReference(source="newer", many=True)
    vultAan = shapes.LetterReference(source="main", allow_null=True)
    aangevuldDoor = shapes.LetterReference(source="additions", many=True)
    toelichtingen = shapes.Note(source="public_notes", many=True)
    gepubliceerdOp = serializers.DateTimeField(
        source="first_published_at", help_text="Het moment waarop de brief voor het eerst op deze site stond."
    )
    url = Url(help_text="De pagina op deze site.")
    zelf = Url(api_path("letter", "slug"), help_text="De brief in deze API.")


class LetterSection(shapes.SectionReference):
    niveau = Number(source="level", help_text="1 voor een hoofdkop.")
    passages = PassageBase(source="shown", many=True)


class LetterDetail(LetterItem):
    """A letter, whole."""

    onderdelen = LetterSection(source="shown_sections", many=True)
    bestanden = shapes.Original(source="shown_files", many=True, help_text="De originelen die openbaar zijn.")
    haaltAan = shapes.LetterReference(
        source="cited", many=True, help_text="Brieven hier waarnaar deze verwijst."
    )
    aangehaaldDoor = shapes.LetterReference(
        source="cited_by", many=True, help_text="Brieven hier die naar deze verwijzen."
    )


class MeetingItem(Shape):
    id = Text(source="slug", help_text="Blijft, ook als de datum verschuift.")
    naam = Text(source="name")
    organisatie = Text(source="body", help_text="NAVO, EU, UDCG …")
    vorm = Word(FORMATS, source="format", allow_null=True, help_text="null: een gewone bijeenkomst.")
    niveaus = serializers.ListField(source="levels", child=shapes.Level())
    begin = Date(source="start", allow_null=True)
    einde = Date(source="end", allow_null=True, help_text="Alleen als zij meer dan een dag duurt.")
    plaats = Text(source="place", allow_null=True)
    toestand = Text(
        source="notice", allow_null=True, help_text="gepland, uitgesteld of afgelast; anders null."
    )
    brieven = shapes.LetterReference(
        source="public_letters", many=True, help_text="In de volgorde van de gebeurtenissen."
    )
    url = Url(help_text="De pagina op deze site.")
    zelf = Url(api_path("meeting", "slug"), help_text="De bijeenkomst in deze API.")


class Session(Shape):
    nummer = Number(source="number")
    titel = Text(source="title", allow_null=True)
    datum = Date(source="date", allow_null=True)
    url = Url()


class Side(Shape):
    """What the letters of one kind say on a subject of a meeting."""

    stand = Word(
        SIDES, source="state", help_text="geen-brief: die brief is er niet, of niet in deze verzameling."
    )
    nietGenoemd = Text(
        source="absence",
        allow_null=True,
        help_text="Alleen als een mens heeft vastgesteld dat de brief het niet noemt.",
    )
    standpunten = PositionBase(source="positions", many=True)


class AgendaTopic(Shape):
    kop = Text(source="heading")
    anker = Text(source="anchor", help_text="De plaats op de pagina van de bijeenkomst.")
    vooraf = Side(source="before", help_text="De geannoteerde agenda.")
    beantwoording = Side(source="answers", help_text="De antwoorden aan de commissie.")
    achteraf = Side(source="after", help_text="Het verslag.")
    toelichtingen = shapes.Note(source="notes", many=True)


class MeetingPart(Shape):
    sessie = Session(source="session", allow_null=True, help_text="null: buiten de sessies.")
    agendapunten = AgendaTopic(source="rows", many=True)


class MeetingDetail(MeetingItem):
    """A meeting, with intention beside outcome."""

    onderdelen = MeetingPart(source="parts", many=True)


class TopicItem(Shape):
    id = Text(source="slug", help_text="De waarde van het filter onderwerp.")
    naam = Text(source="name")
    andereNamen = Texts(source="aliases", help_text="Andere benamingen en schrijfwijzen.")
    omschrijving = Text(source="description", allow_null=True)
    valtOnder = shapes.TopicReference(
        source="parent",
        allow_null=True,
        help_text="Het onderwerp erboven. Wie daarop filtert, krijgt ook wat eronder valt.",
    )
    passages = Number(help_text="Hoeveel passages erover gaan, die van onderliggende onderwerpen meegeteld.")
    url = Url(help_text="De pagina op deze site.")
    zelf = Url(api_path("topic", "slug"), help_text="Het onderwerp in deze API.")
