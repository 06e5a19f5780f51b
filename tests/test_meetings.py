import datetime

import pytest

from letters.parsing.kinds import find_kind
from letters.parsing.meetings import Statements, find_meetings
from letters.parsing.meetings.names import (
    DEFENCE,
    EDA,
    EU,
    FOREIGN_AFFAIRS,
    LEADERS,
    NATO,
    UDCG,
    find_meeting_names,
)
from letters.parsing.parsed_letter import LetterKind, ParsedMeeting

DAY = datetime.date

# How letters name meetings: (text, [(body, levels), …])
NAMES = [
    ("bijeenkomst van NAVO-ministers van Buitenlandse Zaken", [(NATO, (FOREIGN_AFFAIRS,))]),
    ("NAVO Foreign Ministers Meeting (FMM)", [(NATO, (FOREIGN_AFFAIRS,))]),
    ("NAVO-Raad Ministers van Buitenlandse Zaken", [(NATO, ()), (NATO, (FOREIGN_AFFAIRS,))]),
    (
        "Noord-Atlantische Raad (NAR) op het niveau van de Ministers van Defensie",
        [(NATO, ()), (NATO, (DEFENCE,))],
    ),
    ("NAVO-defensieministers", [(NATO, (DEFENCE,))]),
    ("NAVO-Ministers van Defensie (DMM)", [(NATO, (DEFENCE,))]),
    ("NAVO Defensie Ministeriële bijeenkomst", [(NATO, (DEFENCE,))]),
    ("Verslag Navo-defensieministeriële bijeenkomst", [(NATO, (DEFENCE,))]),
    ("ministeriële NAVO-raad", [(NATO, ())]),
    ("Ingelaste NAVO ministeriële", [(NATO, ())]),
    ("NAVO-ministers van Buitenlandse Zaken en Defensie", [(NATO, (FOREIGN_AFFAIRS, DEFENCE))]),
    ("VERSLAG VAN DE NAVO TOP VAN 14 JUNI 2021", [(NATO, (LEADERS,))]),
    ("Kabinetsinzet voor de NAVO-top", [(NATO, (LEADERS,))]),
    ("Ukraine Defense Contact Group", [(UDCG, (DEFENCE,))]),
    ("de Raad Buitenlandse Zaken (RBZ) Defensie", [(EU, (DEFENCE,))]),
    ("informele Raad Buitenlandse Zaken Defensie", [(EU, (DEFENCE,))]),
    ("de Raad Buitenlandse Zaken van 23 januari", [(EU, (FOREIGN_AFFAIRS,))]),
    ("de Raad Buitenlandse Zaken (RBZ) met Ministers van Defensie", [(EU, (DEFENCE,))]),
    ("Raad Buitenlandse Zaken/Defensie (RBZ-D)", [(EU, (DEFENCE,))]),
    ("de RBZ (Defensie)", [(EU, (DEFENCE,))]),
    ("een Bestuursraad van het Europees Defensie Agentschap (EDA)", [(EDA, (DEFENCE,))]),
    ("de EDA-Bestuursraad", [(EDA, (DEFENCE,))]),
    ("de Steering Board van het Europees Defensieagentschap", [(EDA, (DEFENCE,))]),
    ("de Top van de Noord-Atlantische Verdragsorganisatie", [(NATO, (LEADERS,))]),
    ("bijeenkomst van NAVO-leiders", [(NATO, (LEADERS,))]),
    ("de NAVO-ministersbijeenkomst", [(NATO, ())]),
    ("De NAVO-ministers vergaderden op 14 februari", [(NATO, ())]),
    # another meeting that is only prepared, or the ministers who write
    ("ter voorbereiding op de NAVO-top", []),
    ("in aanloop naar de komende NAVO-top", []),
    ("BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE", []),
    ("mede namens de ministers van Buitenlandse Zaken en van Defensie", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_meeting_is_known_by_every_name_that_letters_give_it(text, expected):
    assert [(name.body, name.levels) for name in find_meeting_names(text)] == expected


def meetings(kind=LetterKind.REPORT, letter_date=None, offices=(), **statements):
    said = Statements(**{name: tuple(texts) for name, texts in statements.items()})
    return find_meetings(said, kind, letter_date, offices)


def test_the_year_comes_from_the_letter_and_the_place_from_the_cover():
    found, problems = meetings(
        letter_date=DAY(2010, 11, 26),
        cover=[
            "Hierbij doen wij u het verslag toekomen van de NAVO-top die op 19 en 20 november jl. in Lissabon plaatsvond."
        ],
    )

    assert found == (
        ParsedMeeting(NATO, (LEADERS,), DAY(2010, 11, 19), DAY(2010, 11, 20), "Lissabon", "top"),
    )
    assert problems == ()


def test_an_enumeration_gives_several_meetings_on_one_day():
    found, _ = meetings(
        opening=[
            "Op 15 oktober 2025 vonden in Brussel bijeenkomsten plaats van NAVO-ministers van Defensie, de UDCG en de RBZ Defensie."
        ],
    )

    assert [(one.body, one.start, one.place) for one in found] == [
        (NATO, DAY(2025, 10, 15), "Brussel"),
        (UDCG, DAY(2025, 10, 15), "Brussel"),
        (EU, DAY(2025, 10, 15), "Brussel"),
    ]


def test_two_meetings_keep_their_own_days():
    found, _ = meetings(
        headline=[
            "Verslag NAVO-ministers van Defensie van 13 februari 2025 en Ukraine Defence Contact Group van 12 februari 2025"
        ],
    )

    assert [(one.body, one.start) for one in found] == [(NATO, DAY(2025, 2, 13)), (UDCG, DAY(2025, 2, 12))]


# (what the cover or the opening says, the days of the contact group and of the ministers)
OWN_DAYS = [
    ("De UDCG kwam op 4 juni bijeen. De NAVO-ministers vergaderden op 5 juni.", (4, 4), (5, 5)),
    (
        "Op 4 juni kwam de UDCG bijeen. Een dag later vergaderden de NAVO-ministers van Defensie.",
        (4, 4),
        (5, 5),
    ),
    (
        "De NAVO-ministers van Defensie vergaderden op 5 juni. De UDCG kwam een dag eerder bijeen.",
        (4, 4),
        (5, 5),
    ),
    (
        "Hierbij ontvangt u het verslag van de UDCG op 4 juni en van de bijeenkomst van NAVO-ministers van Defensie op 5 juni.",
        (4, 4),
        (5, 5),
    ),
    ("Hierbij ontvangt u het verslag van de UDCG en de NAVO-ministers van Defensie.", (4, 5), (4, 5)),
    ("Op 4 juni kwam de UDCG bijeen. Een dag later was er een diner.", (4, 4), (4, 5)),
]


@pytest.mark.parametrize(("told", "group", "ministers"), OWN_DAYS)
def test_days_that_a_subject_gives_to_all_meetings_are_shared_out_by_the_text(told, group, ministers):
    is_cover = told.startswith("Hierbij")

    found, _ = meetings(
        headline=["Verslag UDCG en NAVO-ministers van Defensie 4 en 5 juni 2031"],
        cover=[told] if is_cover else [],
        opening=[] if is_cover else [f"{part.rstrip('.')}." for part in told.split(". ")],
    )

    days = {one.body: (one.start.day, one.end.day) for one in found}
    assert days == {UDCG: group, NATO: ministers}


def test_the_day_behind_28_february_is_not_guessed_without_a_year():
    found, _ = meetings(
        letter_date=DAY(2031, 3, 20),
        headline=["Verslag UDCG en NAVO-ministers van Defensie"],
        opening=[
            "De UDCG kwam op 28 februari bijeen.",
            "De NAVO-ministers van Defensie vergaderden een dag later.",
        ],
    )

    assert [(one.body, one.start) for one in found] == [(UDCG, DAY(2031, 2, 28)), (NATO, None)]


HEADQUARTERS = [
    ("De ministers vergaderden op het NAVO-hoofdkwartier.", "Brussel"),
    ("De NAVO-ministers van Defensie kwamen bijeen in het hoofdkwartier van de NAVO.", "Brussel"),
    ("De NAVO-ministers van Defensie kwamen bijeen op het NAVO-hoofdkwartier in Napels.", None),
    ("Voorafgaand vergaderde de UDCG op het NAVO-hoofdkwartier.", None),
    ("Het NAVO-hoofdkwartier krijgt meer staf.", None),
]


@pytest.mark.parametrize(("sentence", "place"), HEADQUARTERS)
def test_a_meeting_at_the_headquarters_of_nato_is_in_brussels(sentence, place):
    found, _ = meetings(headline=["Verslag NAVO-ministers van Defensie van 5 juni 2031"], opening=[sentence])

    assert found[0].place == place


def test_the_level_that_nobody_names_is_that_of_who_signs():
    found, _ = meetings(
        headline=["Verslag NAVO ministeriële bijeenkomst van 3 mei 2017"], offices=["minister van Defensie"]
    )

    assert found[0].levels == (DEFENCE,)


def test_a_level_that_nothing_tells_stays_open_and_is_a_problem():
    found, problems = meetings(headline=["Verslag NAVO ministeriële bijeenkomst van 3 mei 2017"])

    assert found[0].levels == ()
    assert [problem.code for problem in problems] == ["meeting_level_unknown"]


WORDINGS_OF_A_PLACE = [
    "die op 3 mei 2017 in Brussel zal plaatsvinden",
    "die op 3 mei 2017 te Brussel zal plaatsvinden",
    "die op 3 mei 2017 zal plaatsvinden in Brussel",
    "die op 3 mei 2017 in Brussel plaats zal vinden",
]


@pytest.mark.parametrize("wording", WORDINGS_OF_A_PLACE)
@pytest.mark.parametrize("where", ["cover", "opening"])
def test_a_meeting_that_will_take_place_has_a_town(where, wording):
    found, _ = meetings(
        **{where: [f"Dit gaat over de bijeenkomst van NAVO-ministers van Defensie, {wording}."]}
    )

    assert [(one.start, one.place) for one in found] == [(DAY(2017, 5, 3), "Brussel")]


def test_a_further_meeting_with_a_section_of_its_own_is_treated():
    both = [
        "Op 11 oktober 2023 vond in Brussel de bijeenkomst plaats van de NAVO-ministers van Defensie.",
        "Op 14 november jl. kwam daarnaast de Raad Buitenlandse Zaken Defensie in Luxemburg bijeen.",
    ]

    found, _ = meetings(
        letter_date=DAY(2023, 11, 21),
        opening=both,
        sections=[("Raad Buitenlandse Zaken Defensie", ("De Raad sprak over munitie.",))],
    )
    without_section, _ = meetings(letter_date=DAY(2023, 11, 21), opening=both)

    assert [(one.body, one.start, one.place) for one in found] == [
        (NATO, DAY(2023, 10, 11), "Brussel"),
        (EU, DAY(2023, 11, 14), "Luxemburg"),
    ]
    assert [one.body for one in without_section] == [NATO]


def test_a_council_that_met_by_itself_is_a_meeting_and_one_within_another_meeting_is_not():
    alone, _ = meetings(
        opening=["De ingelaste NAVO-Oekraïne Raad (NUC) vond op 11 januari 2028 plaats in Brussel."],
        offices=["minister van Defensie"],
    )
    within, _ = meetings(
        headline=["Verslag NAVO-ministers van Defensie 11 januari 2028"],
        opening=["Op 11 januari 2028 vond ook een NATO-Ukraine Council plaats."],
    )

    day = DAY(2028, 1, 11)
    assert alone == (ParsedMeeting(NATO, (DEFENCE,), day, day, "Brussel", "nuc"),)
    assert within == (ParsedMeeting(NATO, (DEFENCE,), day, day),)


def test_the_town_of_another_meeting_is_not_the_place():
    found, _ = meetings(
        kind=LetterKind.ANNOTATED_AGENDA,
        headline=["NAVO Foreign Ministers Meeting 28-29 november 2023"],
        opening=[
            "De FMM vindt na de NAVO-top in Vilnius plaats en blikt vooruit op de volgende NAVO-top in Washington, op 9 juli 2024."
        ],
    )

    assert found == (ParsedMeeting(NATO, (FOREIGN_AFFAIRS,), DAY(2023, 11, 28), DAY(2023, 11, 29)),)


def test_each_meeting_keeps_its_own_town():
    found, _ = meetings(
        headline=[
            "Verslag NAVO-ministers van Defensie op 3 mei 2017 in Brussel en NAVO-top op 25 mei 2017 in Warschau"
        ],
    )

    assert [(one.levels, one.place) for one in found] == [((DEFENCE,), "Brussel"), ((LEADERS,), "Warschau")]


def test_the_date_of_an_earlier_letter_is_not_that_of_the_meeting():
    found, problems = meetings(
        headline=["Verslag NAVO-ministers van Defensie"],
        cover=["Hierbij bied ik u het verslag aan, in vervolg op mijn brief van 3 mei 2019."],
    )

    assert (found[0].start, found[0].end) == (None, None)
    assert [problem.code for problem in problems] == ["meeting_date_missing"]


# (sentence of a cover letter, the date in it that is the meeting's)
DATES_OF_SOMETHING_ELSE = [
    "Hierbij de antwoorden op de vragen die de vaste commissie op 2 mei jl. heeft gesteld over de NAVO-top op 9 juni 2031.",
    "De commissie verzocht op 2 mei om de agenda van de NAVO-top op 9 juni 2031.",
    "In antwoord op uw brief van 2 mei over de NAVO-top van 9 juni 2031 bericht ik u als volgt.",
    "Tijdens het debat van 2 mei over de NAVO-top van 9 juni 2031 zijn vragen gesteld.",
    "Op 2 mei jl. ontving uw Kamer de geannoteerde agenda voor de NAVO-top van 9 juni 2031.",
    "Uw Kamer is op 2 mei geïnformeerd over de NAVO-top van 9 juni 2031.",
    "Beantwoording vragen schriftelijk overleg NAVO-top van 9 juni 2031",
    "Hierbij bied ik uw Kamer de geannoteerde agenda aan voor de NAVO-top op 9 juni 2031.",
    "Met deze brief is uw Kamer geïnformeerd over de NAVO-top die op 9 juni 2031 plaatsvindt.",
    "Op 9 juni 2031 vindt de NAVO-top plaats, waarover ik uw Kamer op 2 mei heb bericht.",
]


@pytest.mark.parametrize("sentence", DATES_OF_SOMETHING_ELSE)
def test_the_date_of_a_question_a_letter_or_a_debate_is_not_that_of_the_meeting(sentence):
    found, _ = meetings(kind=LetterKind.COMMITTEE_ANSWERS, letter_date=DAY(2031, 5, 20), cover=[sentence])

    assert [(one.start, one.end) for one in found] == [(DAY(2031, 6, 9), DAY(2031, 6, 9))]


# (sentence, the town): the list of towns need not know it
TOWNS = [
    ("Op 3 mei kwamen de NAVO-ministers van Defensie in Hoogezand bijeen.", "Hoogezand"),
    (
        "De bijeenkomst van NAVO-ministers van Defensie op 3 mei jl. in Den Bosch ging over Rusland.",
        "Den Bosch",
    ),
    (
        "Op 3 mei vond in Katwijk aan Zee de informele bijeenkomst van NAVO-ministers van Defensie plaats.",
        "Katwijk aan Zee",
    ),
    ("Op 3 mei vond te Zutphen de bijeenkomst van NAVO-ministers van Defensie plaats.", "Zutphen"),
    ("De NAVO-ministers van Defensie kwamen op 3 mei in Estland bijeen.", None),
    ("De NAVO-ministers van Defensie kwamen op 3 mei in NAVO-verband bijeen.", None),
    ("De NAVO-ministers van Defensie kwamen op 3 mei in Europa bijeen.", None),
    ("De NAVO-ministers van Defensie kwamen op 3 mei bijeen en spraken over de missie in Gao.", None),
    ("Op 3 mei kwamen de NAVO-ministers van Defensie in de Noord-Atlantische Raad bijeen.", None),
]


@pytest.mark.parametrize(("sentence", "town"), TOWNS)
def test_a_town_beside_the_meeting_or_its_day_is_its_place(sentence, town):
    found, _ = meetings(letter_date=DAY(2031, 5, 20), opening=[sentence])

    assert [one.place for one in found] == [town]


# (what the letter says of the second meeting, the place of both)
SECOND_PLACES = [
    ("Aansluitend was op 4 mei in Gent de informele Raad Buitenlandse Zaken Defensie.", ["Brussel", "Gent"]),
    ("Aansluitend vond op 4 mei de Raad Buitenlandse Zaken Defensie plaats.", ["Brussel", None]),
    ("Op 4 mei volgde op dezelfde plaats de Raad Buitenlandse Zaken Defensie.", ["Brussel", "Brussel"]),
]


@pytest.mark.parametrize(("sentence", "places"), SECOND_PLACES)
def test_a_meeting_has_the_place_of_another_only_where_the_text_says_so(sentence, places):
    found, _ = meetings(
        letter_date=DAY(2031, 5, 20),
        headline=["Verslag NAVO-ministers van Defensie 3 mei en Raad Buitenlandse Zaken Defensie 4 mei 2031"],
        opening=[
            "Op 3 mei jl. vond in Brussel de bijeenkomst van NAVO-ministers van Defensie plaats.",
            sentence,
        ],
    )

    assert [one.place for one in found] == places


def test_an_ambiguous_year_is_not_guessed():
    found, problems = meetings(headline=["Verslag NAVO-ministers van Defensie van 3 mei"])

    assert found[0].start is None
    assert [problem.code for problem in problems] == ["meeting_year_unknown"]


KINDS = [
    ("Verslag van de bijeenkomst van NAVO-ministers", LetterKind.REPORT),
    ("Terugkoppeling NAVO Defensie Ministeriële", LetterKind.REPORT),
    ("Geannoteerde conceptagenda NAVO-top", LetterKind.ANNOTATED_AGENDA),
    ("Kabinetsinzet voor de NAVO-top", LetterKind.ANNOTATED_AGENDA),
    ("agenda en houdende de Nederlandse inzet", LetterKind.ANNOTATED_AGENDA),
    ("Beantwoording vragen commissie over de geannoteerde agenda NAVO-top", LetterKind.COMMITTEE_ANSWERS),
    ("Antwoorden op vragen over het verslag van de NAVO-top", LetterKind.COMMITTEE_ANSWERS),
    ("NAVO-ministers van Defensie 12 februari 2025", None),
]


@pytest.mark.parametrize(("subject", "kind"), KINDS)
def test_the_subject_says_the_kind(subject, kind):
    assert find_kind(Statements(headline=(subject,)), [], []) == (kind, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "In deze brief informeer ik uw Kamer over de uitkomst van beide bijeenkomsten.",
        "Hierbij bied ik u aan het verslag aan van de bijeenkomst.",
        "Met deze brief informeer ik u over de resultaten van de verschillende vergaderingen.",
        "Hierbij bied ik u, in aanvulling op de geannoteerde agenda, het verslag aan.",
    ],
)
def test_a_sentence_that_hands_over_says_the_kind(sentence):
    assert find_kind(Statements(cover=(sentence,)), [], [])[0] == LetterKind.REPORT


@pytest.mark.parametrize(
    "title",
    [
        "VERSLAG VAN EEN COMMISSIEDEBAT",
        "Verslag van een algemeen overleg",
        "INBRENG VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",
        "Inbreng verslag van een schriftelijk overleg over de geannoteerde agenda NAVO-top",
        "Verslag van een schriftelijk overleg",
    ],
)
def test_papers_of_the_chamber_are_no_letters(title):
    kind, problems = find_kind(Statements(headline=(title,)), [title], [])

    assert kind == LetterKind.OTHER
    assert [problem.code for problem in problems] == ["not_a_letter"]
