"""The one table of what files hold: for each list its columns, with the words that people read and how each is read."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import TextChoices
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters.filters import key_of
from letters.filters.commitments import KINDS, kinds_of
from letters.models import CommitmentMention, Letter, Level, Paragraph, Position, Section, Topic

#: What may stand in a cell. A tuple is several values; None is nothing known.
Value = str | int | float | bool | datetime.date | datetime.datetime | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` names it in JSON, ``name`` in files that people open; ``width`` is in characters.

    ``is_research`` is for who studies the data rather than the letters: how a row came about and what it is called.
    """

    key: str
    name: str
    explanation: str
    value: Callable[[object, "Export"], Value]  # noqa: F821 - letters.exports.export
    is_research: bool = False
    width: int = 18


def _once_of(row: Letter | Section, read: Callable, export) -> Value:
    """A value of a row that many items share: read at the first of them. Half of the time of an item went into that."""
    known = row.__dict__.setdefault("exported", {})
    if read not in known:
        known[read] = read(row, export)
    return known[read]


def of_letter(read: Callable[[Letter, object], Value]) -> Callable[[object, object], Value]:
    """A value of the letter, whatever the list has for its items."""
    return lambda item, export: _once_of(item if isinstance(item, Letter) else item.letter, read, export)


def of_section(read: Callable[[Section, object], Value]) -> Callable[[object, object], Value]:
    """A value of the section, in every list but that of letters."""
    return lambda item, export: _once_of(section_of(item), read, export)


def of_passage(read: Callable[[Paragraph], Value]) -> Callable[[object, object], Value]:
    """A value of the paragraph, in every list but that of letters."""
    return lambda item, export: read(item if isinstance(item, Paragraph) else item.paragraph)


def topics_of(item: Position | CommitmentMention | Paragraph | Letter) -> list[Topic]:
    """The topics by which an item is found, each once: as ``letters.filters.facets`` finds it."""
    if not isinstance(item, Paragraph):
        return item.shown_topics
    of_section = item.section.shown_topics
    own = [topic for position in item.shown_positions for topic in position.shown_topics]
    return list(dict.fromkeys([*of_section, *own])) if own else of_section


def section_of(item: Position | CommitmentMention | Paragraph) -> Section:
    return item.section if isinstance(item, Paragraph) else item.paragraph.section


def notes_of(item: Position | CommitmentMention | Letter) -> tuple[str, ...]:
    """Public notes, each with who wrote it."""
    return tuple(f"{note.text} ({note.organisation})" for note in item.public_notes)


def status_of(item: Position | CommitmentMention) -> str:
    if item.is_checked:
        return label(Position.Status, item.status)
    return _now("door computer herkend, niet nagekeken")


def label(choices: type[TextChoices], value: str) -> str:
    """The words of a choice; ``get_…_display`` takes ten times as long, which counts for a hundred thousand rows."""
    return _label_in(get_language(), choices, value)


@cache
def _label_in(language: str | None, choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label)


def _meetings(item, export) -> tuple[str, ...]:
    """The meeting that the section is about, else those of the letter."""
    return _of_letters_meetings(item, export) if isinstance(item, Letter) else _of_section(item, export)


def _names_of(meetings: Iterable) -> tuple[str, ...]:
    return tuple(one.name for one in meetings)


_of_letters_meetings = of_letter(lambda letter, export: _names_of(letter.meetings.all()))
_of_section = of_section(
    lambda section, export: _names_of([section.meeting] if section.meeting else section.letter.meetings.all())
)


def _stances(paragraph: Paragraph) -> tuple[str, ...]:
    return tuple(
        f"{label(Position.Stance, position.stance)}: {position.verb}"
        + ("" if position.is_checked else f" ({status_of(position)})")
        for position in paragraph.shown_positions
    )


def _mention_of(item: Position | CommitmentMention) -> CommitmentMention | None:
    return item.mention if isinstance(item, Position) else item


def _parts_of(item: Position | CommitmentMention) -> list[Position | CommitmentMention]:
    """What one sentence is: a promise, a mention of an earlier one, or both."""
    return [item, *([item.mention] if isinstance(item, Position) and item.mention else [])]


def _cited(rows: Iterable[Position | CommitmentMention], export) -> tuple[str, ...]:
    return tuple(f"{row.citation} {export.absolute(row.get_absolute_url())}" for row in rows)


def _names(values: Iterable) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value)


LETTER = (
    Column("soort", _("Soort brief"), _("Geannoteerde agenda, beantwoording, verslag of andere brief."),
           of_letter(lambda letter, export: label(Letter.Kind, letter.kind))),
    Column("briefdatum", _("Briefdatum"), _("De datum die boven de brief staat. Leeg als er geen staat."),
           of_letter(lambda letter, export: letter.date), width=12),
    Column("betreft", _("Betreft"), _("Het onderwerp dat de brief zelf noemt."),
           of_letter(lambda letter, export: letter.subject), width=40),
    Column("ministeries", _("Ministeries"), _("Waar de brief vandaan komt."),
           of_letter(lambda letter, export: tuple(letter.ministries)), width=30),
    Column("bewindspersonen", _("Bewindspersonen"),
           _("Wie de brief ondertekent of namens wie hij mede wordt verstuurd: naam en ambt."),
           of_letter(lambda letter, export: _names(letter.signatories.all())), width=35),
    Column("kamers", _("Kamers"), _("Aan welke Kamer of Kamers de brief is gestuurd."),
           of_letter(lambda letter, export: _names(one.get_chamber_display() for one in letter.submissions.all()))),
    Column("kamerstuknummers", _("Kamerstuknummers"),
           _("Het nummer van het Kamerstuk, per aanbieding: kst-28676-446. Leeg zolang er geen nummer is."),
           of_letter(lambda letter, export: _names(one.paper_number for one in letter.submissions.all()))),
)  # fmt: skip

PLACE = (
    Column("onderwerpen", _("Onderwerpen"), _("Onderwerpen van de vaste lijst waaronder dit valt."),
           lambda item, export: _names(topic.name for topic in topics_of(item)), width=25),
    Column("bijeenkomsten", _("Bijeenkomsten"),
           _("De bijeenkomst waarover het gaat; staat dat niet vast, alle bijeenkomsten van de brief."),
           _meetings, width=35),
)  # fmt: skip

SECTION = (
    Column("sessie", _("Sessie"), _("De sessie van de bijeenkomst, als de brief die noemt."),
           of_section(lambda section, export: str(section.session or ""))),
    Column("onderdeel", _("Onderdeel"), _("De kop in de brief waaronder dit staat."),
           of_section(lambda section, export: section.title), width=30),
    Column("agendapunten", _("Agendapunten"), _("De agendapunten waarover het onderdeel gaat."),
           of_section(lambda section, export: _names(one.heading for one in section.agenda_topics.all())), width=30),
)  # fmt: skip

CITED = (
    Column("bronvermelding", _("Bronvermelding"), _("Zoals u dit in een stuk aanhaalt."),
           lambda item, export: item.citation, width=45),
    Column("adres", _("Adres"), _("Het vaste adres op deze site."),
           lambda item, export: export.absolute(item.get_absolute_url()), width=45),
)  # fmt: skip

NOTES = (
    Column("toelichting", _("Toelichting"), _("Openbare toelichting van de redactie, met de organisatie; niet van de brief."),
           lambda item, export: notes_of(item), width=30),
)  # fmt: skip

RESEARCH_PLACE = (
    Column("alinea", _("Alinea"), _("Het vaste nummer van de alinea in de brief, als in het adres (al-12)."),
           of_passage(lambda passage: passage.anchor), is_research=True, width=8),
    Column("bladzijde", _("Bladzijde"), _("De bladzijde in het bestand waaruit de tekst is gelezen, als die bekend is."),
           of_passage(lambda passage: passage.page), is_research=True, width=10),
    Column("taal", _("Taal"), _("nl of en."), of_passage(lambda passage: passage.language), is_research=True, width=6),
)  # fmt: skip

RESEARCH_LETTER = (
    Column("soortcode", _("Soort brief (code)"), _("De soort zoals in adressen van deze site."),
           of_letter(lambda letter, export: key_of(letter.kind)), is_research=True),
    Column("onderwerpcodes", _("Onderwerpen (code)"), _("De onderwerpen zoals in adressen van deze site."),
           lambda item, export: _names(topic.slug for topic in topics_of(item)), is_research=True, width=25),
    Column("niveaus", _("Niveaus"), _("Wie vergaderden bij de bijeenkomsten van de brief."),
           of_letter(lambda letter, export: _levels(letter)), is_research=True, width=30),
    Column("bijeenkomstdatums", _("Begin bijeenkomsten"), _("De eerste dag van elke bijeenkomst van de brief."),
           of_letter(lambda letter, export: _names(one.start.isoformat() for one in letter.meetings.all() if one.start)),
           is_research=True),
    Column("brief", _("Brief"), _("De naam van de brief in adressen: het Kamerstuknummer, of datum, soort en bijeenkomst."),
           of_letter(lambda letter, export: letter.slug), is_research=True, width=25),
    Column("gepubliceerd", _("Eerst gepubliceerd"), _("Wanneer de brief voor het eerst op deze site stond."),
           of_letter(lambda letter, export: letter.first_published_at), is_research=True),
    Column("editie", _("Editie"), _("Het nummer van de versie van de brief die de tekst levert."),
           of_letter(lambda letter, export: letter.text_edition_id), is_research=True, width=8),
    Column("editiedatum", _("Editie toegevoegd"), _("Wanneer die versie aan deze site is toegevoegd."),
           of_letter(lambda letter, export: letter.text_edition and letter.text_edition.added_at), is_research=True),
    Column("lezerversie", _("Versie van de lezer"), _("De versie van het programma dat de tekst las."),
           of_letter(lambda letter, export: letter.text_edition and letter.text_edition.parser_version),
           is_research=True, width=10),
)  # fmt: skip


def _levels(letter: Letter) -> tuple[str, ...]:
    levels = {level for meeting in letter.meetings.all() for level in meeting.levels}
    return tuple(str(level.label) for level in Level if level.value in levels)


POSITIONS = (
    Column("citaat", _("Citaat"), _("De hele zin uit de brief, onveranderd."),
           lambda position, export: position.sentence, width=70),
    Column("zinErvoor", _("Zin ervoor"), _("De zin vóór het citaat, als het citaat daarnaar verwijst."),
           lambda position, export: position.before, width=40),
    Column("standpunt", _("Standpunt"), _("Wat Nederland met deze zin doet: steunt, roept op, vindt …"),
           lambda position, export: label(Position.Stance, position.stance)),
    Column("werkwoord", _("Werkwoord"), _("Het werkwoord, in de woorden van de brief."),
           lambda position, export: position.verb),
    Column("moment", _("Moment"), _("Voorgenomen, gedaan of ingebracht, of gesteld."),
           lambda position, export: label(Position.Moment, position.moment)),
    Column("benaming", _("Inzet of inbreng"), _("Inzet in een agenda, inbreng in een verslag, anders standpunt."),
           lambda position, export: str(position.name), width=12),
    Column("metAnderen", _("Samen met anderen"), _("Of Nederland dit samen met andere landen doet."),
           lambda position, export: position.with_others, width=10),
    Column("status", _("Status"), _("Nagekeken door een mens, of door de computer herkend en niet nagekeken."),
           lambda position, export: status_of(position), is_research=True),
    *PLACE, *SECTION, *LETTER, *CITED, *NOTES,
    Column("standpuntnummer", _("Nummer van het standpunt"), _("Het vaste nummer van dit standpunt."),
           lambda position, export: position.pk, is_research=True, width=10),
    *RESEARCH_PLACE,
    Column("begin", _("Begin in de alinea"), _("Bij welk teken van de alinea het citaat begint; het eerste is 0."),
           lambda position, export: position.start, is_research=True, width=8),
    Column("einde", _("Einde in de alinea"), _("Na hoeveel tekens van de alinea het citaat eindigt."),
           lambda position, export: position.end, is_research=True, width=8),
    Column("standpuntcode", _("Standpunt (code)"), _("Het standpunt zoals in adressen van deze site."),
           lambda position, export: key_of(position.stance), is_research=True),
    Column("momentcode", _("Moment (code)"), _("Het moment zoals in adressen van deze site."),
           lambda position, export: key_of(position.moment), is_research=True),
    Column("herkomst", _("Herkomst"), _("Computer: door het programma voorgesteld. Mens: door de redactie toegevoegd."),
           lambda position, export: _now("mens") if position.made_by_person else _now("computer"), is_research=True),
    Column("wieSpreekt", _("Wie spreekt"), _("Het onderwerp van de zin waaraan het programma het standpunt herkende."),
           lambda position, export: position.subject, is_research=True),
    Column("regel", _("Regel"), _("De regel waarmee het programma het standpunt herkende."),
           lambda position, export: position.rule, is_research=True),
    Column("zekerheid", _("Zekerheid"), _("Hoe zeker het programma was, van 0 tot 1."),
           lambda position, export: position.confidence, is_research=True, width=10),
    Column("nagekeken", _("Nagekeken op"), _("Wanneer de redactie dit standpunt nakeek."),
           lambda position, export: position.decided_at, is_research=True),
    *RESEARCH_LETTER,
)  # fmt: skip

_KEYS_OF_KINDS = {kind: key for key, kind in KINDS.items()}

COMMITMENTS = (
    Column("citaat", _("Citaat"), _("De hele zin uit de brief, onveranderd."), lambda item, export: item.sentence, width=70),
    Column("zinErvoor", _("Zin ervoor"), _("De zin vóór het citaat, als het citaat daarnaar verwijst."),
           lambda item, export: item.before, width=40),
    Column("toezegging", _("Soort toezegging"),
           _("Wat de zin doet: iets nieuws toezeggen, naar een eerdere toezegging verwijzen, er een nakomen, of twee daarvan."),
           lambda item, export: _names(kind.label for kind in kinds_of(item)), width=25),
    Column("genoemdAls", _("Genoemd als"), _("Hoe de zin de eerdere toezegging noemt, als het programma dat herkende."),
           lambda item, export: mention.named if (mention := _mention_of(item)) else "", width=30),
    Column("laterIn", _("Later in"),
           _("Latere passages die deze toezegging oppakken, als iemand dat bevestigde: bronvermelding en adres van elk."),
           lambda item, export: _cited(item.later, export), width=45),
    Column("eerder", _("Eerder"),
           _("Eerdere toezeggingen die deze passage oppakt, als iemand dat bevestigde: bronvermelding en adres van elk."),
           lambda item, export: _cited(item.earlier, export), width=45),
    Column("status", _("Status"), _("Nagekeken door een mens, of door de computer herkend en niet nagekeken."),
           lambda item, export: status_of(item), is_research=True),
    *PLACE, *SECTION, *LETTER, *CITED, *NOTES,
    Column("standpuntnummer", _("Nummer van het standpunt"),
           _("Van een nieuwe toezegging: het vaste nummer dat zij ook in het bestand van standpunten heeft."),
           lambda item, export: item.pk if isinstance(item, Position) else None, is_research=True, width=10),
    Column("vermeldingsnummer", _("Nummer van de vermelding"),
           _("Van wat naar een eerdere toezegging verwijst of er een nakomt: het vaste nummer daarvan."),
           lambda item, export: mention.pk if (mention := _mention_of(item)) else None, is_research=True, width=10),
    Column("laterNummers", _("Later in (nummers)"), _("De nummers van de vermeldingen die deze toezegging oppakken."),
           lambda item, export: _names(other.pk for other in item.later), is_research=True),
    Column("eerderNummers", _("Eerder (nummers)"), _("De nummers van de standpunten die deze vermelding oppakt."),
           lambda item, export: _names(other.pk for other in item.earlier), is_research=True),
    *RESEARCH_PLACE,
    Column("begin", _("Begin in de alinea"), _("Bij welk teken van de alinea het citaat begint; het eerste is 0."),
           lambda item, export: item.start, is_research=True, width=8),
    Column("einde", _("Einde in de alinea"), _("Na hoeveel tekens van de alinea het citaat eindigt."),
           lambda item, export: item.end, is_research=True, width=8),
    Column("toezeggingcode", _("Soort toezegging (code)"), _("De soort zoals in adressen van deze site."),
           lambda item, export: _names(_KEYS_OF_KINDS[kind] for kind in kinds_of(item)), is_research=True),
    Column("regel", _("Regel"), _("De regel waarmee het programma dit herkende."),
           lambda item, export: _names(part.rule for part in _parts_of(item)), is_research=True),
    Column("nagekeken", _("Nagekeken op"), _("Wanneer de redactie dit nakeek."),
           lambda item, export: item.decided_at, is_research=True),
    *RESEARCH_LETTER,
)  # fmt: skip

PASSAGES = (
    Column("tekst", _("Tekst"), _("De hele alinea uit de brief, onveranderd."),
           lambda passage, export: passage.text, width=90),
    Column("opsomming", _("Nummer of teken"), _("Het nummer of opsommingsteken dat voor de alinea staat."),
           lambda passage, export: passage.label, width=8),
    Column("voetnoten", _("Voetnoten"), _("De voetnoten bij deze alinea, met hun teken."),
           lambda passage, export: _names(f"{note.mark} {note.text}" for note in passage.shown_footnotes), width=30),
    Column("kamervraag", _("Vraag uit de Kamer"), _("Of de alinea een vraag of opmerking van Kamerleden herhaalt."),
           lambda passage, export: passage.is_question, width=10),
    Column("standpunten", _("Standpunten"), _("De Nederlandse standpunten in deze alinea: soort en werkwoord."),
           lambda passage, export: _stances(passage), width=35),
    *PLACE, *SECTION, *LETTER, *CITED,
    Column("alineanummer", _("Nummer van de alinea"), _("Het vaste nummer van deze alinea in het bestand van de site."),
           lambda passage, export: passage.pk, is_research=True, width=10),
    *RESEARCH_PLACE, *RESEARCH_LETTER,
)  # fmt: skip

LETTERS = (
    *LETTER, *PLACE, *CITED, *NOTES,
    Column("officieel", _("Officiële bekendmaking"), _("Het Kamerstuk op officielebekendmakingen.nl, als er een nummer is."),
           lambda letter, export: letter.official_url, width=45),
    Column("kenmerken", _("Kenmerken"), _("De referentie van het ministerie, per aanbieding."),
           lambda letter, export: _names(one.reference for one in letter.submissions.all())),
    Column("vergaderjaren", _("Vergaderjaren"), _("Per aanbieding; een vergaderjaar begint op Prinsjesdag."),
           lambda letter, export: _names(one.session_year_of_date for one in letter.submissions.all())),
    Column("aantalStandpunten", _("Aantal standpunten"),
           _("Nederlandse standpunten in de brief: de nagekeken, tenzij u ook om de andere vroeg."),
           lambda letter, export: letter.position_count, is_research=True, width=10),
    Column("taal", _("Taal"), _("nl of en."), lambda letter, export: letter.language, is_research=True, width=6),
    *RESEARCH_LETTER,
)  # fmt: skip

#: By the name of the list's address (``FilteredList.route``).
COLUMNS: dict[str, tuple[Column, ...]] = {
    "search": PASSAGES,
    "positions": POSITIONS,
    "letters": LETTERS,
    "commitments": COMMITMENTS,
}


def in_words(value: Value) -> str:
    """A value as one text for people, several values apart by " | "."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _now("ja") if value else _now("nee")
    if isinstance(value, tuple):
        return " | ".join(value)
    if isinstance(value, datetime.datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)
