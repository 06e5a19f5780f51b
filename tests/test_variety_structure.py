# ruff: noqa: E501 - a paragraph of a letter is one line
"""Letters in short, each told apart from the samples by one way in which real letters differ."""

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


# (headings in order as printed, level of each section)
LEVELS = [
    (["1. Operaties", "1.1 Kosovo", "1.2 Irak", "2. Oekraïne"], [1, 2, 2, 1]),
    (["**Oekraïne**", "*Munitie*", "*Training*", "**China**"], [1, 2, 2, 1]),
    (["1. Missies", "a) Kosovo", "2. Oekraïne"], [1, 2, 1]),
    (["1. Missies", "a. Kosovo", "2. Oekraïne"], [1, 2, 1]),
    # an abbreviation in capitals is no style of its own
    (["NAVO 2040", "Rusland", "KFOR", "Irak"], [1, 1, 1, 1]),
    (["AFSCHRIKKING EN VERDEDIGING", "CHINA", "OEKRAÏNE"], [1, 1, 1]),
]


@pytest.mark.parametrize(("headings", "levels"), LEVELS)
def test_the_level_of_a_heading_comes_from_its_number_letter_or_typography(headings, levels):
    text = "De bondgenoten spraken hierover uitvoerig met elkaar en met hun partners.\n\n"
    letter = read(
        HEAD
        + "Op 14 en 15 februari jl. kwamen de NAVO-ministers van Defensie bijeen in Brussel.\n\n"
        + "".join(f"{heading}\n\n{text}" for heading in headings)
    )

    assert [section.level for section in letter.sections if section.heading] == levels


@pytest.mark.parametrize(
    "heading",
    ["Introductie", "Algemene opmerkingen", "Context", "INLEIDING", "Tot slot", "Ten slotte", "Vervolg"],
)
def test_a_generic_head_is_no_topic(heading):
    text = "De ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
    letter = read(
        HEAD
        + "Hierbij bied ik u het verslag aan van de bijeenkomst van NAVO-ministers van Defensie op 14 februari 2031.\n\n"
        f"De Minister van Defensie, A.B. Verzonnen\n\nRusland\n\n{text}{heading}\n\n{text}"
    )

    assert [section.heading for section in letter.sections if section.kind == TOPIC] == ["Rusland"]


def test_what_the_cover_announces_apart_from_the_meeting_rides_along():
    letter = read(
        HEAD
        + "Hierbij bied ik u het verslag aan van de bijeenkomst van NAVO-ministers van Defensie op 14 februari 2031. Tevens wordt uw "
        "Kamer geïnformeerd over de beëindiging van de bijdragen aan de missie in Verzinsel.\n\n"
        "De Minister van Defensie, A.B. Verzonnen\n\nVerslag NAVO-ministers van Defensie\n\nRusland\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
        "Beëindiging bijdragen missie in Verzinsel\n\nDe bijdragen worden per 1 januari beëindigd.\n"
    )

    assert [(section.heading, section.kind) for section in letter.sections] == [
        ("Rusland", TOPIC),
        ("Beëindiging bijdragen missie in Verzinsel", DECISION),
    ]


def test_a_decision_of_the_meeting_that_the_netherlands_welcomed_does_not_ride_along():
    letter = read(
        HEAD
        + "Hierbij bied ik u het verslag aan van de NAVO-top van 14 februari 2031.\n\nDe Minister van Defensie, A.B. Verzonnen\n\n"
        "Verslag NAVO-top\n\nUitbreiding\n\nTwee landen treden toe. Nederland verwelkomde dit besluit en wees op het belang van een open deur.\n"
    )

    assert [section.kind for section in letter.sections] == [TOPIC]


def test_a_generic_head_in_capitals_below_a_title_in_capitals_is_a_heading():
    letter = read(
        HEAD
        + "Hierbij bied ik u het verslag aan van de bijeenkomst van NAVO-ministers van Defensie op 14 februari 2031.\n\n"
        "De Minister van Defensie, A.B. Verzonnen\n\nVERSLAG VAN DE BIJEENKOMST VAN NAVO-MINISTERS VAN DEFENSIE\n\nINTRODUCTIE\n\n"
        "De ministers kwamen bijeen.\n\nRUSLAND\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert letter.subject == "VERSLAG VAN DE BIJEENKOMST VAN NAVO-MINISTERS VAN DEFENSIE"
    assert [section.heading for section in letter.sections] == ["INTRODUCTIE", "RUSLAND"]


def test_a_dinner_at_which_a_summit_is_prepared_is_a_session_and_no_title():
    letter = read(
        HEAD
        + "Hierbij bied ik u de geannoteerde agenda aan van de bijeenkomst van NAVO-ministers van Defensie op 14 maart.\n\n"
        "De Minister van Defensie, A.B. Verzonnen\n\nWerkdiner: voorbereiding NAVO-top\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
        "Eerste sessie: Rusland\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert {session.title for session in letter.sessions} == {"Rusland", "Werkdiner: voorbereiding NAVO-top"}
    assert [section.heading for section in letter.sections] == [
        "Werkdiner: voorbereiding NAVO-top",
        "Rusland",
    ]


def test_a_council_among_sessions_is_a_session():
    text = "De ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
    letter = read(
        HEAD
        + "Hierbij bied ik u de geannoteerde agenda aan van de bijeenkomst van NAVO-ministers van Defensie op 14 maart.\n\n"
        f"Werksessie I: Rusland\n\n{text}Werksessie II: China\n\n{text}NAVO-Oekraïne Raad (NUC)\n\n{text}"
    )

    assert [(session.number, session.title) for session in letter.sessions] == [
        (1, "Rusland"),
        (2, "China"),
        (3, "NAVO-Oekraïne Raad (NUC)"),
    ]


def test_a_topic_that_the_introduction_tells_outside_the_sessions_is_in_none():
    letter = read(
        HEAD
        + "Op 14 februari jl. kwamen de NAVO-ministers van Defensie bijeen in Brussel. De eerste sessie ging over de zuidflank. De tweede "
        "sessie ging over cyber. Aansluitend kwam de NAVO-Oekraïne Raad bijeen.\n\n"
        + "".join(
            f"{heading}\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
            for heading in ("Zuidflank", "Cyber", "Oekraïne")
        )
    )

    assert [section.session for section in letter.sections if section.heading] == [1, 2, None]


def test_a_session_on_the_same_day_has_the_day_of_the_one_before():
    letter = read(
        HEAD
        + "Op 14 en 15 februari jl. kwamen de NAVO-ministers van Defensie bijeen. De eerste werksessie, op 14 februari, ging over cyber. "
        "In een tweede werksessie op dezelfde dag is gesproken over Irak. De derde werksessie vond plaats op 15 februari.\n\n"
        "Cyber\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert [session.date for session in letter.sessions] == [
        DAY(2031, 2, 14),
        DAY(2031, 2, 14),
        DAY(2031, 2, 15),
    ]


def test_a_label_of_the_letterhead_behind_the_signature_is_no_annex():
    letter = read(
        HEAD
        + "Hierbij bied ik u het verslag aan van de NAVO-top van 14 februari 2031.\n\nRusland\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
        "De Minister van Defensie,\n\nA.B. Verzonnen\n\nBijlage(n)\n\n1\n"
    )

    assert [section.kind for section in letter.sections if section.kind == SectionKind.ANNEX] == []


def test_an_english_and_a_dutch_annex_stand_apart():
    letter = read(
        HEAD
        + "Hierbij bied ik u het verslag aan van de NAVO-top van 14 februari 2031.\n\nDe Minister van Defensie, A.B. Verzonnen\n\n"
        "Verslag NAVO-top\n\nRusland\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
        "China\n\nDe ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n\n"
        "Bijlage 1\n\nSummit Declaration\n\nWe, the Heads of State and Government, have met to reaffirm our commitment to the Alliance.\n\n"
        "Bijlage 2\n\nOverzicht van bijdragen\n\nNederland draagt in 2031 bij aan de volgende missies van de NAVO: Verzinsel.\n"
    )

    assert [
        (section.heading, section.language)
        for section in letter.sections
        if section.kind == SectionKind.ANNEX
    ] == [("Summit Declaration", "en"), ("Overzicht van bijdragen", "nl")]


COVER = (
    HEAD
    + "Hierbij ontvangt u het verslag van de bijeenkomst van NAVO-ministers van Defensie op 14 februari 2031. Dit is als bijlage "
    "bijgevoegd.\n\nDe Minister van Defensie, A.B. Verzonnen\n"
)


def test_a_cover_without_the_text_that_it_hands_over_asks_for_that_text():
    letter = read(COVER)

    assert [problem.code for problem in letter.problems] == ["text_missing"]


def test_an_annex_that_is_only_mentioned_is_not_missed():
    letter = read(
        f"{COVER}\nVerslag NAVO-ministers van Defensie\n\nRusland\n\n"
        "De ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert letter.problems == ()
    assert [section.heading for section in letter.sections] == ["Rusland"]


def test_an_annex_that_is_the_report_is_no_annex():
    letter = read(
        f"{COVER}\nBijlage: Verslag NAVO-ministers van Defensie, 14 februari 2031\n\nRusland\n\n"
        "De ministers spraken hierover uitvoerig met elkaar en met hun partners uit de regio.\n"
    )

    assert [(section.heading, section.kind) for section in letter.sections] == [("Rusland", TOPIC)]


def test_a_long_title_is_the_title():
    title = "VERSLAG VAN DE BIJEENKOMST VAN DE MINISTERS VAN BUITENLANDSE ZAKEN VAN DE NAVO OP 14 FEBRUARI EN 15 FEBRUARI 2031 TE BRUSSEL"
    letter = read(
        f"{HEAD}Hierbij bied ik u het verslag aan van de bijeenkomst van de NAVO-ministers van Buitenlandse Zaken van 14 en 15 februari.\n\n"
        f"De Minister van Buitenlandse Zaken, A.B. Verzonnen\n\n{title}\n\n"
        "De ministers kwamen op 14 en 15 februari bijeen in Brussel en spraken daar met hun partners.\n"
    )

    assert letter.subject == title


def test_text_above_a_title_is_kept_unless_it_hands_the_body_over():
    letter = read(
        f"{HEAD}Op 24 en 25 juni 2031 vindt de NAVO-top plaats in Den Haag. Met deze brief informeert het kabinet u daarover.\n\n"
        "De avond ervoor vindt een diner plaats, aangeboden door Zijne Majesteit de Koning en zijn echtgenote.\n\n"
        "Kabinetsinzet voor de NAVO-top\n\nUitgaven\n\nHet kabinet steunt de nieuwe norm en zal dat ook uitdragen tijdens de top.\n"
    )

    assert letter.subject == "Kabinetsinzet voor de NAVO-top"
    assert [(section.heading, len(section.paragraphs)) for section in letter.sections] == [
        (None, 2),
        ("Uitgaven", 1),
    ]


REPORT = f"{HEAD}Op 14 en 15 februari jl. kwamen de NAVO-ministers van Defensie bijeen. "


# (what the introduction tells, headings, sessions, session of each topic)
SESSIONS = [
    (
        "De bijeenkomst begon op 14 februari met een werkdiner over Rusland. Op 15 februari volgden twee werksessies. In de eerste "
        "daarvan stond cyber centraal. Tot slot is in een tweede werksessie gesproken over Irak.",
        ["Rusland", "Cyber", "Irak"],
        [(1, DAY(2031, 2, 15), None), (2, DAY(2031, 2, 15), None), (3, DAY(2031, 2, 14), "Werkdiner")],
        [3, 1, 2],
    ),
    (
        "De besprekingen vonden plaats in een werksessie op 14 februari, een diner met partners op de avond van diezelfde dag en een "
        "NAVO-Oekraïne Raad op 15 februari.",
        ["Werksessie: Rusland", "Diner met partners", "NAVO-Oekraïne Raad"],
        [
            (1, DAY(2031, 2, 14), "Rusland"),
            (2, DAY(2031, 2, 14), "Diner met partners"),
            (3, DAY(2031, 2, 15), "NAVO-Oekraïne Raad"),
        ],
        [1, 2, 3],
    ),
    (
        "De eerste werksessie vond plaats op 14 februari, de tweede en de derde op 15 februari.",
        ["Werksessie I: Rusland", "Werksessie II: Irak", "Werksessie III: Cyber"],
        [(1, DAY(2031, 2, 14), "Rusland"), (2, DAY(2031, 2, 15), "Irak"), (3, DAY(2031, 2, 15), "Cyber")],
        [1, 2, 3],
    ),
]


@pytest.mark.parametrize(("introduction", "headings", "sessions", "numbers"), SESSIONS)
def test_sessions_in_words_by_name_and_in_roman_numerals(introduction, headings, sessions, numbers):
    letter = read(
        f"{REPORT}{introduction}\n\n"
        + "".join(f"{heading}\n\nDe ministers wisselden hierover van gedachten.\n\n" for heading in headings)
    )

    assert [(session.number, session.date, session.title) for session in letter.sessions] == sessions
    assert [section.session for section in letter.sections if section.heading] == numbers


def test_a_session_among_those_that_are_counted_is_not_counted_twice():
    letter = read(
        f"{REPORT}De Raad kwam in vijf sessies bijeen, waaronder een sessie met de partners.\n\nIrak\n\nDe ministers spraken hierover.\n"
    )

    assert len(letter.sessions) == 5


def test_a_closing_head_above_a_message_that_takes_the_opportunity_holds_a_decision():
    letter = read(
        f"{REPORT}\n\nRusland\n\nDe ministers wisselden hierover van gedachten.\n\nOverig\n\n"
        "Graag maak ik van de gelegenheid gebruik u te informeren over de missie in Verzinsel. De bijdrage loopt af.\n"
    )

    assert [section.kind for section in letter.sections if section.heading] == [TOPIC, DECISION]
