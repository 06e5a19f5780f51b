# ruff: noqa: E501 - a paragraph of a letter is one line
"""Which meetings a letter treats, when, and which sections belong to each, in letters as they differ from the samples."""

import datetime

import pytest

from letters.parsing import parse_letter
from letters.parsing.parsed_letter import SectionKind

DAY = datetime.date


HEAD = """28 676 NAVO
Nr. 999 BRIEF VAN DE MINISTER VAN DEFENSIE
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, 3 maart 2031
"""


TOPIC, GROUP, DECISION = SectionKind.AGENDA_TOPIC, SectionKind.INTRODUCTION, SectionKind.DECISION


def read(text):
    return parse_letter([("brief.txt", text.encode())], {})


def bodies(letter):
    return [(section.heading, letter.meetings[section.meeting].body) for section in letter.sections]


def periods(letter):
    return [(meeting.body, meeting.start, meeting.end) for meeting in letter.meetings]


FOUR_MEETINGS = (
    HEAD
    + """Hierbij bied ik u de geannoteerde agenda aan voor de Raad Buitenlandse Zaken (RBZ) Defensie op 11 maart 2031, de bijeenkomst van de NAVO-ministers van Defensie op 12 maart 2031 en de Ukraine Defence Contact Group (UDCG) op 13 maart 2031. Voorafgaand aan de RBZ vindt op 11 maart de Bestuursraad van het Europees Defensie Agentschap plaats.
De Minister van Defensie, A.B. Verzonnen
A. Raad Buitenlandse Zaken Defensie
1. Steun aan Oekraïne
De Raad zal spreken over de steun. Het kabinet is daar voorstander van.
2. EDA-Bestuursraad
De Bestuursraad zal spreken over de begroting van het agentschap.
B. NAVO-ministers van Defensie
1. Lastenverdeling
Nederland zal vragen om een eerlijke verdeling van de lasten.
C. UDCG
De deelnemers zullen spreken over luchtverdediging voor Oekraïne.
D. Overige onderwerpen
Vervanging van de loods in Verzinsel
Het contract wordt in april getekend en kost vijf miljoen euro.
"""
)


def test_each_of_four_meetings_has_the_sections_below_its_heading():
    letter = read(FOUR_MEETINGS)

    assert periods(letter) == [
        ("EU", DAY(2031, 3, 11), DAY(2031, 3, 11)),
        ("NAVO", DAY(2031, 3, 12), DAY(2031, 3, 12)),
        ("UDCG", DAY(2031, 3, 13), DAY(2031, 3, 13)),
        ("EDA", DAY(2031, 3, 11), DAY(2031, 3, 11)),
    ]
    assert bodies(letter) == [
        ("Raad Buitenlandse Zaken Defensie", "EU"),
        ("Steun aan Oekraïne", "EU"),
        ("EDA-Bestuursraad", "EDA"),
        ("NAVO-ministers van Defensie", "NAVO"),
        ("Lastenverdeling", "NAVO"),
        ("UDCG", "UDCG"),
        ("Overige onderwerpen", "NAVO"),
        ("Vervanging van de loods in Verzinsel", "NAVO"),
    ]


def test_what_stands_below_other_subjects_without_the_meeting_rides_along():
    letter = read(FOUR_MEETINGS)

    assert letter.sections[-1].kind == DECISION


TOLD_IN_PROSE = (
    HEAD
    + """Op 14 en 15 februari jl. kwamen de NAVO-ministers van Defensie bijeen in Brussel. Voorafgaand aan deze bijeenkomst vond op 14 februari de Ukraine Defense Contact Group (UDCG) plaats. In deze brief informeer ik uw Kamer over de uitkomst van beide bijeenkomsten.

Munitie

Tijdens de UDCG stond de levering van munitie centraal. De UDCG riep deelnemers op tot langjarige toezeggingen.

Afschrikking en verdediging

De ministers bespraken de regionale plannen. Nederland onderstreepte het belang van gereedheid.

De minister van Defensie, A.B. Verzonnen
"""
)


def test_a_second_meeting_that_only_prose_tells_is_a_meeting_with_the_topic_that_names_it():
    letter = read(TOLD_IN_PROSE)

    assert periods(letter) == [
        ("NAVO", DAY(2031, 2, 14), DAY(2031, 2, 15)),
        ("UDCG", DAY(2031, 2, 14), DAY(2031, 2, 14)),
    ]
    assert bodies(letter) == [(None, "NAVO"), ("Munitie", "UDCG"), ("Afschrikking en verdediging", "NAVO")]


def test_a_topic_that_tells_of_two_meetings_stays_with_that_of_nato():
    letter = read(
        TOLD_IN_PROSE.replace("langjarige toezeggingen.", "steun.\n\nIn de NUC sprak ook de minister.")
    )

    assert bodies(letter)[1] == ("Munitie", "NAVO")


def test_a_meeting_beside_another_without_a_day_of_its_own_has_the_day_of_that_one():
    letter = read(
        HEAD
        + "Hierbij ontvangt u de geannoteerde agenda voor de Raad Buitenlandse Zaken (RBZ) met Ministers van Defensie op 20 maart in "
        "Brussel. Aansluitend op de RBZ Defensie zal er een Bestuursraad van het Europees Defensie Agentschap (EDA) plaatsvinden.\n\n"
        "1. Steun\n\nDe Raad zal uitvoerig spreken over de steun aan het land en over de middelen daarvoor.\n\n"
        "2. Bestuursraad Europees Defensie Agentschap\n\nDe Bestuursraad zal de begroting vaststellen.\n"
    )

    assert periods(letter) == [
        ("EU", DAY(2031, 3, 20), DAY(2031, 3, 20)),
        ("EDA", DAY(2031, 3, 20), DAY(2031, 3, 20)),
    ]


def test_a_meeting_that_is_only_mentioned_is_none_of_the_letter():
    letter = read(
        HEAD
        + "Op 14 en 15 februari jl. kwamen de NAVO-ministers van Defensie bijeen in Brussel. Op 10 februari vond een RBZ plaats, "
        "waarover uw Kamer apart is geïnformeerd.\n\nMunitie\n\nDe ministers spraken over de levering van munitie.\n"
    )

    assert [meeting.body for meeting in letter.meetings] == ["NAVO"]


# (date of the letter, what it says, first day, last day)
YEARS = [
    (
        "14 januari 2031",
        "het verslag aan van de NAVO-top op 3 en 4 december jl.",
        DAY(2030, 12, 3),
        DAY(2030, 12, 4),
    ),
    (
        "20 december 2031",
        "de geannoteerde agenda aan van de NAVO-top op 15 en 16 januari a.s.",
        DAY(2032, 1, 15),
        DAY(2032, 1, 16),
    ),
    (
        "15 december 2031",
        "het verslag aan van de NAVO-top van 30 november en 1 december jl.",
        DAY(2031, 11, 30),
        DAY(2031, 12, 1),
    ),
    ("3 juli 2031", "het verslag aan van de NAVO-top van 28-29 juni2031", DAY(2031, 6, 28), DAY(2031, 6, 29)),
    ("3 juli 2031", "het verslag aan van de NAVO-top van 28/29 juni", DAY(2031, 6, 28), DAY(2031, 6, 29)),
    ("3 juli 2031", "het verslag aan van de NAVO-top van 28 & 29 juni", DAY(2031, 6, 28), DAY(2031, 6, 29)),
]


@pytest.mark.parametrize(("date", "text", "start", "end"), YEARS)
def test_a_year_that_is_not_printed_comes_from_the_date_of_the_letter(date, text, start, end):
    letter = read(
        f"Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\nDen Haag, {date}\nHierbij bied ik u {text}.\n\n"
        "Rusland\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert periods(letter) == [("NAVO", start, end)]


def test_a_subject_with_one_of_the_days_gives_way_to_the_period_in_the_cover():
    letter = read(
        "Datum 10 december 2031\nBetreft Verslag NAVO-top 4 december\n\nGeachte voorzitter,\n\n"
        "Hierbij bied ik u het verslag aan van de NAVO-top op 3 en 4 december jl.\n\nRusland\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert periods(letter) == [("NAVO", DAY(2031, 12, 3), DAY(2031, 12, 4))]


def test_what_a_letter_without_a_date_says_in_another_sentence_does_not_tell_the_year():
    letter = read(
        "Verslag NAVO-ministers van Defensie\n\nOp 8 en 9 juni jl. kwamen de ministers van Defensie van de NAVO bijeen.\n\n"
        "Darfur\n\nDe NAVO heeft in mei 2036 besloten tot verlenging van de steun.\n\n"
        "Transformatie\n\nDe macht moet in oktober 2036 gereed zijn. Nederland heeft gepleit voor financiering.\n"
    )

    assert periods(letter) == [("NAVO", DAY(2036, 6, 8), DAY(2036, 6, 9))]


def test_each_meeting_has_its_own_days_where_the_subject_spreads_all_of_them():
    letter = read(
        "Datum 4 november 2031\nBetreft Uitkomsten NAVO-ministers van Defensie, UDCG en RBZ Defensie van 21, 22 en 23 oktober 2031\n\n"
        "Geachte voorzitter,\n\nOp 21 en 22 oktober kwamen de NAVO-ministers van Defensie bijeen. Aansluitend vond op 22 oktober een "
        "bijeenkomst plaats van de UDCG. Op 23 oktober vergaderde de RBZ Defensie.\n\nMunitie\n\nDe ministers spraken hierover.\n"
    )

    assert periods(letter) == [
        ("NAVO", DAY(2031, 10, 21), DAY(2031, 10, 22)),
        ("UDCG", DAY(2031, 10, 22), DAY(2031, 10, 22)),
        ("EU", DAY(2031, 10, 23), DAY(2031, 10, 23)),
    ]


def test_a_day_in_front_of_a_second_meeting_is_only_that_of_the_first():
    letter = read(
        "Datum 20 juni 2031\nBetreft Verslag NAVO-ministers van Defensie op 4 en 5 juni en RBZ Defensie\n\nGeachte voorzitter,\n\n"
        "Hierbij ontvangt u het verslag.\n\nMunitie\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners.\n"
    )

    assert periods(letter) == [("NAVO", DAY(2031, 6, 4), DAY(2031, 6, 5)), ("EU", None, None)]
    assert "meeting_date_missing" in [problem.code for problem in letter.problems]


def test_headings_that_are_titles_of_parts_lay_the_topics_below_them_with_their_meeting():
    text = "De ministers zullen hierover uitvoerig spreken met elkaar en met hun partners.\n"
    letter = read(
        f"{HEAD}Met deze brief bied ik u de agenda aan van de RBZ Defensie van 18 maart en van de bijeenkomst van NAVO-ministers van "
        f"Defensie van 20 maart.\nGeannoteerde agenda RBZ Defensie 18 maart 2031\nMobiliteit\n{text}"
        f"Geannoteerde agenda NAVO-ministers van Defensie 20 maart 2031\nLastenverdeling\n{text}"
    )

    assert letter.subject is None
    assert bodies(letter)[-4:] == [
        ("Geannoteerde agenda RBZ Defensie 18 maart 2031", "EU"),
        ("Mobiliteit", "EU"),
        ("Geannoteerde agenda NAVO-ministers van Defensie 20 maart 2031", "NAVO"),
        ("Lastenverdeling", "NAVO"),
    ]
