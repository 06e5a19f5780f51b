"""What an annotated agenda announces with a reservation, and what only sounds like that."""

import pytest

from letters.parsing import parse_letter
from letters.parsing.hedges import hedge_in, leaves_agenda_open, with_hedges
from letters.parsing.parsed_letter import ParsedParagraph, ParsedSection, SectionKind
from letters.parsing.serialisation import from_json, to_json

HEDGES = [
    "Mogelijk komt ook de situatie in Libië aan de orde.",
    "Mogelijk wordt tijdens de werksessie ook over de opleiding van piloten gesproken.",
    "Naar verwachting zal worden stilgestaan bij de hervorming van de commandostructuur.",
    "Ook China zal waarschijnlijk worden besproken.",
    "De ministers spreken naar verwachting over de toekomst van de missie.",
    "Op de agenda staat mogelijk ook de samenwerking met Japan.",
    "Wellicht wordt tijdens het werkdiner van gedachten gewisseld over Iran.",
    "De sessie richt zich op de Westelijke Balkan en mogelijk ook op het Midden-Oosten.",
    "De lunch staat, voor zover nu bekend, in het teken van de relatie met de Europese Unie.",
    "De bondgenoten zullen, naar het zich laat aanzien, spreken over de operatie in Afghanistan.",
    "Het is nog niet bekend of de situatie in Georgië aan de orde komt.",
    "Het is mogelijk dat ook de begroting ter sprake komt.",
    "De verwachting is dat de leiders over de lastenverdeling zullen spreken en dat dit onderwerp wordt besproken.",
    "Indien de situatie in Syrië ter sprake komt, zal Nederland wijzen op de humanitaire noden.",
    "Mocht dit onderwerp aan de orde komen, dan zal het kabinet het voorstel steunen.",
    "Tijdens de lunch kan ook de veiligheid in de Sahel aan bod komen.",
    "Daarnaast zullen er mogelijk bijeenkomsten zijn van de NAVO-Rusland Raad.",
    "De middag begint waarschijnlijk met een bijeenkomst van de NAVO-Georgië Commissie.",
    "Over cyberdreigingen zou tijdens het diner gesproken kunnen worden.",
    "De raketverdediging zal vermoedelijk pas in juni op de agenda staan.",
]

NO_HEDGES = [
    # about the world
    "Rusland zal mogelijk opnieuw aanvallen.",
    "Naar verwachting voldoen acht bondgenoten dit jaar aan de norm van 2%.",
    "De ministers spreken over Rusland, dat zich mogelijk niet aan het verdrag houdt.",
    "De ministers bespreken welke steun aan de missie mogelijk is.",
    "De bondgenoten zullen spreken over de dreiging die waarschijnlijk van raketten uitgaat.",
    # a degree
    "Burgerslachtoffers moeten zoveel mogelijk worden voorkomen.",
    "Er zal zo breed mogelijk worden gesproken over de uitvoering.",
    "Waar mogelijk wordt bij elke sessie stilgestaan bij de positie van vrouwen.",
    # what somebody does there, not what the meeting treats
    "De secretaris-generaal zal naar verwachting een overzicht geven van de toezeggingen.",
    "Naar verwachting kondigen de leiders een toezegging voor meerdere jaren aan.",
    "Nederland zal mogelijk met Litouwen spreken over de brigade.",
    "Uw Kamer wordt naar verwachting in juni over de besluitvorming geïnformeerd.",
    "Mogelijk vraagt de Secretaris-Generaal ook aandacht voor capaciteitsopbouw in Libië.",
    "Verschillende bondgenoten zullen waarschijnlijk bepleiten om een fonds in te stellen.",
    # no reservation
    "De ministers zullen spreken over de afschrikking in de Zwarte Zeeregio.",
    "Een zelfstandige troepenmacht is voor Nederland niet aan de orde.",
    "Nederland steunt het voorstel als de lasten eerlijk worden verdeeld.",
    "Ten tweede zal gesproken worden over het Midden-Oosten.",
]


@pytest.mark.parametrize("sentence", HEDGES)
def test_a_reservation_about_what_the_meeting_treats(sentence):
    assert hedge_in(sentence) is not None


@pytest.mark.parametrize("sentence", NO_HEDGES)
def test_other_uncertainty_is_no_reservation_about_the_agenda(sentence):
    assert hedge_in(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "before", "expected"),
    [
        ("De agenda staat nog niet vast.", "", True),
        ("De agenda ervan staat nog niet vast.", "De ministers komen bijeen in Bursa.", True),
        ("Op het moment van schrijven is er nog geen agenda beschikbaar.", "", True),
        ("De definitieve agenda was bij het opstellen van deze brief nog niet vastgesteld.", "", True),
        ("Op het moment van schrijven is nog geen formele agenda van de bijeenkomst bekend.", "", True),
        ("Het programma is onder voorbehoud.", "", True),
        ("Naar verwachting worden vier onderwerpen besproken.", "", True),
        ("Waarschijnlijk zullen de volgende onderwerpen aan de orde komen.", "", True),
        ("De bijeenkomst telt naar verwachting drie onderdelen.", "", True),
        # of another meeting, which is itself not certain
        (
            "De agenda ervan staat nog niet vast.",
            "Mogelijk komt ook de NAVO-Rusland Raad bijeen.",
            False,
        ),
        (
            "De agenda ervan staat nog niet vast.",
            "Deze moeten echter nog door Rusland worden bevestigd.",
            False,
        ),
        # of a subject
        ("De toetreding van Georgië staat nog niet op de agenda.", "", False),
        ("Op de agenda staan vier onderwerpen.", "", False),
        ("De ministers nemen naar verwachting een verklaring aan.", "", False),
        ("Onder de bondgenoten bestaat hierover nog geen overeenstemming.", "", False),
    ],
)
def test_an_introduction_may_leave_the_agenda_open(sentence, before, expected):
    assert leaves_agenda_open(sentence, before) is expected


def _section(heading, *texts, kind=SectionKind.AGENDA_TOPIC, **fields):
    return ParsedSection(heading, kind, paragraphs=tuple(map(ParsedParagraph, texts)), **fields)


def _hedged(*sections, cover=()):
    return [section.heading for section in with_hedges(sections, cover) if section.is_hedged]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Midden-Oosten (mogelijk)", True),
        ("Kosovo (onder voorbehoud)", True),
        ("Eventueel: Libië", True),
        ("Zwarte Zee (tbc)", True),
        ("Iran (indien de tijd het toelaat)", True),
        ("Mogelijke toetreding van Zweden", False),
        ("Mogelijk lidmaatschap van Oekraïne", False),
        ("Wapenbeheersing (New START)", False),
    ],
)
def test_a_heading_may_have_a_reservation(heading, expected):
    assert bool(_hedged(_section(heading, "De ministers spreken hierover."))) is expected


def test_a_topic_whose_own_text_announces_it_with_a_reservation_is_hedged():
    libya = _section("Libië", "De toestand is zorgelijk. Mogelijk komt de wapensmokkel aan de orde.")
    china = _section("China", "De ministers spreken over China. Mogelijk komt ook Taiwan aan de orde.")

    assert _hedged(libya, china) == ["Libië"]


def test_a_topic_that_its_text_names_with_a_reservation_further_on_is_hedged():
    section = _section(
        "Nieuwe bevelsstructuur",
        "De ministers spreken over de begroting.",
        "Naar verwachting komt de nieuwe bevelsstructuur pas in juni aan de orde.",
    )

    assert _hedged(section) == ["Nieuwe bevelsstructuur"]


@pytest.mark.parametrize(
    "sentence",
    [
        "De bijeenkomst richt zich op Oekraïne en mogelijk ook op de Westelijke Balkan.",
        "Tijdens de lunch kan de Westelijke Balkan aan bod komen.",
        "Ook de Westelijke Balkan kan aan de orde komen.",
    ],
)
def test_an_introduction_hedges_only_the_topic_that_it_names_with_a_reservation(sentence):
    introduction = _section(None, sentence, kind=SectionKind.INTRODUCTION)

    assert _hedged(introduction, _section("Oekraïne"), _section("Westelijke Balkan")) == ["Westelijke Balkan"]


@pytest.mark.parametrize("place", ["cover", "introduction"])
def test_an_agenda_that_is_not_settled_hedges_all_its_topics(place):
    sentence = (
        "De agenda is nog niet vastgesteld. Naar verwachting komen de volgende onderwerpen aan de orde."
    )
    introduction = _section(None, sentence if place == "introduction" else "", kind=SectionKind.INTRODUCTION)
    sections = [introduction, _section("Oekraïne"), _section("Slot", kind=SectionKind.CLOSING)]

    assert _hedged(*sections, cover=[sentence] if place == "cover" else []) == ["Oekraïne"]


def test_an_open_agenda_of_one_of_two_meetings_hedges_the_topics_of_that_meeting():
    sections = [
        _section(None, "Hierbij de agenda’s van beide bijeenkomsten.", kind=SectionKind.INTRODUCTION),
        _section("Contactgroep", "De agenda staat nog niet vast.", kind=SectionKind.INTRODUCTION, meeting=1),
        _section("Luchtverdediging", parent=1, meeting=1),
        _section("Lastenverdeling"),
    ]

    assert _hedged(*sections) == ["Luchtverdediging"]


def test_what_stands_below_a_hedged_session_is_hedged():
    sections = [
        _section("Werksessie", "Deze vindt mogelijk niet plaats.", kind=SectionKind.SESSION, session=1),
        _section("Sahel", parent=0, session=1),
        _section("Inzet Nederland", parent=1, session=1, is_part=True),
        _section("Oekraïne", session=2),
    ]

    assert _hedged(*sections) == ["Werksessie", "Sahel", "Inzet Nederland"]


def _letter(kind, sentence):
    text = f"""Geachte voorzitter,

Hierbij bied ik u {kind} aan van de bijeenkomst van de NAVO-ministers van Defensie op 12 en 13 juni 2031 in Brussel.

Oekraïne

{sentence} Nederland steunt dit.

Lastenverdeling

De ministers bespreken de lastenverdeling.

De minister van Defensie,

A. Voorbeeld
"""
    return parse_letter([("brief.txt", text.encode())])


def test_only_the_topics_of_an_agenda_are_hedged():
    sentence = "Mogelijk wordt ook over de steun voor de winter gesproken."

    of_agenda = _letter("de geannoteerde agenda", sentence)
    of_report = _letter("het verslag", sentence)

    assert [one.heading for one in of_agenda.sections if one.is_hedged] == ["Oekraïne"]
    assert [one.heading for one in of_report.sections if one.is_hedged] == []


def test_a_reading_from_before_hedges_were_read_can_still_be_loaded():
    data = to_json(_letter("de geannoteerde agenda", "De ministers spreken over munitie."))
    for section in data["sections"]:
        del section["is_hedged"]

    assert [section.is_hedged for section in from_json(data).sections] == [False, False, False]
