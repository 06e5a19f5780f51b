import pytest

from letters.parsing.document import Block, BlockKind
from letters.parsing.headings import is_view
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import ParsedLetter, ParsedMeeting, SectionKind
from letters.parsing.parts import split_parts
from letters.parsing.serialisation import to_gold_form
from letters.parsing.sessions.finding import find_sessions
from letters.parsing.topics.sections import topics_of_section

TALK = "De ministers spraken hier uitvoerig over met elkaar en met hun partners."
INTRODUCTION, SESSION, TOPIC = SectionKind.INTRODUCTION, SectionKind.SESSION, SectionKind.AGENDA_TOPIC
NATO_DEFENCE = ParsedMeeting("NAVO", ("ministers van Defensie",), None, None)
UDCG = ParsedMeeting("UDCG", ("ministers van Defensie",), None, None)


def blocks(*lines: str | Block) -> list[Block]:
    return [line if isinstance(line, Block) else Block(line) for line in lines]


def outline(*lines, meetings=(), annexes=()):
    return find_outline(blocks(*lines), blocks(*annexes), meetings, "nl", lambda heading: ())


def headings(found):
    return [(section.heading, section.kind) for section in found.sections]


def sessions_of(*lines, meetings=()):
    sessions, sections = find_sessions(outline(*lines, meetings=meetings), meetings)
    topics = [(section.heading, section.session) for section in sections if section.kind == TOPIC]
    return [(session.number, session.title) for session in sessions], topics


def test_short_lines_between_paragraphs_are_topics_and_the_rest_before_them_is_introduction():
    found = outline(TALK, TALK, "Oekraïne", TALK, "China en de Indo-Pacific", TALK, TALK)

    assert headings(found) == [(None, INTRODUCTION), ("Oekraïne", TOPIC), ("China en de Indo-Pacific", TOPIC)]
    assert [len(section.paragraphs) for section in found.sections] == [2, 1, 2]


def test_headings_that_only_open_or_close_a_letter_are_no_topics():
    found = outline("1. Algemeen", TALK, "2. Oekraïne", TALK, "Tot slot", TALK)

    assert headings(found) == [
        ("Algemeen", INTRODUCTION),
        ("Oekraïne", TOPIC),
        ("Tot slot", SectionKind.CLOSING),
    ]


VIEWS = [
    ("Nederlandse inzet", True),
    ("Inzet Nederland", True),
    ("Nederlandse positie:", True),
    ("2.1 Inzet van het kabinet", True),
    ("Kabinetsappreciatie", True),
    ("Nederlands standpunt", True),
    ("Nederlandse inzet in Mali", False),
    ("Inzet van de NAVO-reactiemacht", False),
    ("Nederland", False),
]


@pytest.mark.parametrize(("heading", "expected"), VIEWS)
def test_a_heading_that_only_says_whose_view_follows_is_no_topic(heading, expected):
    assert is_view(heading) == expected


def test_the_dutch_view_on_a_topic_is_a_part_of_that_topic():
    lines = [TALK, "Oekraïne", TALK, "Nederlandse inzet", TALK, TALK, "China", TALK]

    found = outline(*lines)

    assert [
        (section.heading, section.level, section.parent, section.is_part) for section in found.sections
    ] == [
        (None, 1, None, False),
        ("Oekraïne", 1, None, False),
        ("Nederlandse inzet", 2, 1, True),
        ("China", 1, None, False),
    ]
    letter = ParsedLetter(sections=found.sections)
    assert [(topic["heading"], topic["paragraphs"]) for topic in to_gold_form(letter)["agenda_topics"]] == [
        ("Oekraïne", 3),
        ("China", 1),
    ]


def test_the_dutch_view_before_any_topic_is_introduction():
    found = outline("Nederlandse inzet", TALK, "Oekraïne", TALK)

    assert headings(found) == [("Nederlandse inzet", INTRODUCTION), ("Oekraïne", TOPIC)]


def test_a_session_with_headings_below_it_holds_topics_and_one_without_is_a_topic():
    found = outline("Sessie 1: Voorbespreking", "Oekraïne", TALK, "Sessie 2: Partners", TALK)

    assert headings(found) == [("Voorbespreking", SESSION), ("Oekraïne", TOPIC), ("Partners", TOPIC)]
    assert [section.parent for section in found.sections] == [None, 0, None]


def test_bold_and_italic_tell_the_level_and_plain_short_lines_are_then_no_headings():
    found = outline(
        Block("Sessie 1: Voorbespreking", bold=True),
        Block("Oekraïne", italic=True),
        TALK,
        "Een korte regel",
        Block("Vervolg", bold=True),
        TALK,
    )

    assert headings(found) == [
        ("Voorbespreking", SESSION),
        ("Oekraïne", TOPIC),
        ("Vervolg", SectionKind.CLOSING),
    ]
    assert len(found.sections[1].paragraphs) == 2


def test_numbered_items_of_a_list_are_paragraphs_and_no_headings():
    items = [
        Block("meer aandacht voor eenheid", BlockKind.LIST_ITEM, label="1."),
        Block("Weerbaarheid", BlockKind.LIST_ITEM, label="2."),
    ]

    found = outline("Weerbaarheid", "De voorstellen zijn:", *items, TALK)

    assert [len(section.paragraphs) for section in found.sections] == [4]


def test_short_lines_in_a_row_are_a_list_and_only_the_last_is_a_heading():
    found = outline(
        "Op de agenda staan de volgende onderwerpen:",
        "Oekraïne",
        "Rusland",
        "Oekraïne",
        TALK,
        "Rusland",
        TALK,
    )

    assert headings(found) == [(None, INTRODUCTION), ("Oekraïne", TOPIC), ("Rusland", TOPIC)]
    assert [len(section.paragraphs) for section in found.sections] == [3, 1, 1]


def test_a_heading_that_names_a_meeting_groups_the_topics_below_it():
    found = outline(
        TALK,
        "NAVO Defensie Ministeriële bijeenkomst",
        TALK,
        "Oekraïne",
        TALK,
        "Ukraine Defence Contact Group (UDCG)",
        TALK,
        meetings=(NATO_DEFENCE, UDCG),
    )

    assert headings(found) == [
        (None, INTRODUCTION),
        ("NAVO Defensie Ministeriële bijeenkomst", INTRODUCTION),
        ("Oekraïne", TOPIC),
        ("Ukraine Defence Contact Group (UDCG)", TOPIC),
    ]
    assert [section.meeting for section in found.sections] == [0, 0, 0, 1]


NATO_HEADING, EU_HEADING = "NAVO-ministers van Defensie", "Raad Buitenlandse Zaken Defensie"
EU_DEFENCE = ParsedMeeting("EU", ("ministers van Defensie",), None, None)


def bold(text, **form):
    return Block(text, bold=True, **form)


# (lines, then the heading, the kind and the level of each section)
GROUPS = [
    (
        ["1. Partners", "1.1 Irak", TALK, "1.2 Kosovo", TALK, "2. Cyber", TALK],
        [("Partners", INTRODUCTION, 1), ("Irak", TOPIC, 2), ("Kosovo", TOPIC, 2), ("Cyber", TOPIC, 1)],
    ),
    (
        ["1. Partners", TALK, "1.1 Irak", TALK],
        [("Partners", TOPIC, 1), ("Irak", TOPIC, 2)],
    ),
    # plain text shows no levels
    (
        ["In klein comité", "Irak", TALK, "Kosovo", TALK, "Met partners", "Cyber", TALK, "Tot slot", TALK],
        [
            ("In klein comité", INTRODUCTION, 1),
            ("Irak", TOPIC, 2),
            ("Kosovo", TOPIC, 2),
            ("Met partners", INTRODUCTION, 1),
            ("Cyber", TOPIC, 2),
            ("Tot slot", SectionKind.CLOSING, 1),
        ],
    ),
    (
        [bold("Met partners"), Block("Irak", italic=True), TALK, bold("Cyber"), TALK],
        [("Met partners", INTRODUCTION, 1), ("Irak", TOPIC, 2), ("Cyber", TOPIC, 1)],
    ),
]


@pytest.mark.parametrize(("lines", "expected"), GROUPS)
def test_a_heading_without_text_above_others_groups_them_and_is_no_topic(lines, expected):
    found = outline(TALK, *lines)

    assert [(section.heading, section.kind, section.level) for section in found.sections[1:]] == expected


def test_a_heading_beside_that_of_the_meeting_does_not_stand_below_it():
    found = outline(
        TALK, "1. Noord-Atlantische Raad", "1.1 Irak", TALK, "2. Kosovo", TALK, meetings=(NATO_DEFENCE,)
    )

    assert [(section.heading, section.parent) for section in found.sections[1:]] == [
        ("Noord-Atlantische Raad", None),
        ("Irak", 1),
        ("Kosovo", None),
    ]


def test_a_generic_head_below_that_of_a_meeting_leaves_the_topics_with_the_meeting():
    found = outline(
        TALK,
        NATO_HEADING,
        "Algemeen",
        TALK,
        "Irak",
        TALK,
        EU_HEADING,
        "Algemeen",
        TALK,
        "Munitie",
        TALK,
        meetings=(NATO_DEFENCE, EU_DEFENCE),
    )

    assert [(section.heading, section.kind, section.meeting) for section in found.sections[1:]] == [
        (NATO_HEADING, INTRODUCTION, 0),
        ("Algemeen", INTRODUCTION, 0),
        ("Irak", TOPIC, 0),
        (EU_HEADING, INTRODUCTION, 1),
        ("Algemeen", INTRODUCTION, 1),
        ("Munitie", TOPIC, 1),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "NAVO-ministers van Defensie, 3 en 4 mei 2031 te Zutphen",
        "Verslag vergadering NAVO-ministers van Defensie in Hoogezand",
        "Uitkomsten Defence Ministers Meeting (DMM)",
    ],
)
def test_an_upper_heading_that_names_the_meeting_with_its_day_and_town_is_no_topic(heading):
    found = outline(TALK, bold(heading), bold("Irak"), TALK, meetings=(NATO_DEFENCE,))

    assert headings(found)[1:] == [(heading, INTRODUCTION), ("Irak", TOPIC)]


def test_a_topic_between_a_fraction_and_its_first_question_is_a_heading():
    found = outline("Vragen van de leden van de D66-fractie", "Oekraïne", "Vraag 1", TALK, TALK)

    assert [section.heading for section in found.sections] == [
        "Vragen van de leden van de D66-fractie",
        "Oekraïne",
        "Vraag 1",
    ]


def test_a_plain_numbered_line_is_a_heading_below_a_bold_one_and_a_numbered_list_is_none():
    found = outline(
        TALK,
        bold("A. Geannoteerde agenda"),
        Block("Irak", label="1."),
        TALK,
        Block("Kosovo", label="2."),
        TALK,
        Block("Meer munitie", label="1."),
        Block("Minder papier", label="2."),
        bold("B. Vooruitblik"),
        TALK,
    )

    assert headings(found)[1:] == [
        ("Geannoteerde agenda", INTRODUCTION),
        ("Irak", TOPIC),
        ("Kosovo", TOPIC),
        ("Vooruitblik", SectionKind.CLOSING),
    ]
    assert [len(section.paragraphs) for section in found.sections] == [1, 0, 1, 3, 1]


# (what stands below "Overige onderwerpen", the kind of that section)
REMAINDERS = [
    ("In de marge spraken de ministers over de opvolging van de voorzitter.", TOPIC),
    ("De secretaris-generaal kondigde aan dat hij opstapt.", TOPIC),
    ("Uw Kamer ontvangt het verslag van de volgende bijeenkomst in juni.", SectionKind.CLOSING),
    ("Hiermee is de motie over de bondgenoten afgedaan.", SectionKind.CLOSING),
    ("Het kabinet heeft besloten de bijdrage aan de missie in Moldavië te verlengen.", SectionKind.DECISION),
]


@pytest.mark.parametrize(("text", "kind"), REMAINDERS)
def test_what_is_left_to_tell_is_a_topic_where_it_is_of_the_meeting(text, kind):
    found = outline(TALK, "Irak", TALK, "Overige onderwerpen", text)

    assert headings(found)[2:] == [("Overige onderwerpen", kind)]


@pytest.mark.parametrize("heading", ["Verwante documenten", "Lijst van stukken", "Achter dit verslag"])
def test_a_heading_above_nothing_but_references_closes_the_letter(heading):
    found = outline(
        TALK,
        bold("Irak"),
        TALK,
        bold(heading),
        "Kamerstuk 28 676, nr. 401",
        "Brief over de missie in Irak van 3 mei 2031 (Kamerstuk 29 521, nr. 7)",
    )

    assert headings(found)[2:] == [(heading, SectionKind.CLOSING)]


def test_references_in_plain_text_are_no_headings():
    found = outline(
        TALK,
        "Irak",
        TALK,
        "Verwante documenten",
        "Kamerstuk 28 676, nr. 401",
        "Kamerstuk 28 676, nr. 402",
    )

    assert headings(found)[1:] == [("Irak", TOPIC), ("Verwante documenten", SectionKind.CLOSING)]


def test_a_name_with_a_full_stop_in_front_of_a_text_is_a_part_of_its_paragraph():
    found = outline(TALK, "Irak. " + TALK, "Kosovo. " + TALK)

    assert headings(found) == [(None, INTRODUCTION)]


def test_topics_behind_a_side_meeting_belong_to_the_main_meeting_when_that_has_no_heading():
    found = outline(
        TALK,
        "Ukraine Defence Contact Group",
        TALK,
        TALK,
        "Afschrikking en verdediging",
        TALK,
        meetings=(UDCG, NATO_DEFENCE),
    )

    assert headings(found)[1:] == [
        ("Ukraine Defence Contact Group", TOPIC),
        ("Afschrikking en verdediging", TOPIC),
    ]
    assert [(section.meeting, section.parent) for section in found.sections[1:]] == [(0, None), (1, None)]


def test_an_underlined_line_is_a_heading_below_a_bold_one():
    found = outline(
        Block("Sessie 1: Voorbespreking", bold=True),
        Block("Oekraïne", underlined=True),
        TALK,
        "Een korte regel",
        TALK,
    )

    assert headings(found) == [("Voorbespreking", SESSION), ("Oekraïne", TOPIC)]


def test_a_text_gives_a_topic_only_where_one_rules_it_and_the_heading_gives_none():
    def topics(text):
        return tuple(word for word in ("kosovo", "irak") if word in text.lower())

    clear = "Kosovo is rustig. De NAVO blijft in Kosovo. Over Kosovo waren allen het eens. Irak kwam kort aan bod."
    mixed = (
        "Kosovo is rustig. De NAVO blijft in Kosovo. Over Kosovo en Irak was men het eens. Irak is onrustig."
    )

    assert topics_of_section("Missies", [clear], topics) == ("kosovo",)
    assert topics_of_section("Missies", [mixed], topics) == ()
    assert topics_of_section("Irak", [clear], topics) == ("irak",)


def test_a_decision_that_rides_along_is_no_topic_of_the_meeting():
    found = outline(
        "Tevens informeer ik u over de verlenging van de bijdrage aan Interflex.",
        "Oekraïne",
        TALK,
        "Verlenging Interflex",
        "Het kabinet heeft besloten de trainingen tot eind volgend jaar voort te zetten.",
    )

    assert headings(found)[1:] == [("Oekraïne", TOPIC), ("Verlenging Interflex", SectionKind.DECISION)]


def test_an_annex_keeps_its_language_and_loses_its_subtitle():
    found = outline(
        "Oekraïne",
        TALK,
        annexes=(
            "Statement on Defence",
            "Issued by the Defence Ministers, Brussels, 3 May 2017",
            Block(
                "We reaffirm the bond that is at the heart of our security.", BlockKind.LIST_ITEM, label="1."
            ),
        ),
    )

    assert headings(found)[1:] == [("Statement on Defence", SectionKind.ANNEX)]
    assert [(section.language, len(section.paragraphs)) for section in found.sections] == [
        ("nl", 1),
        ("en", 1),
    ]


def test_roman_numerals_words_and_names_number_the_sessions():
    sessions, topics = sessions_of(
        "Werksessie I: Oekraïne",
        TALK,
        "Tweede werksessie – China",
        TALK,
        "Werksessie 3",
        TALK,
        "Avondsessie met Zweden",
        TALK,
    )

    assert sessions == [(1, "Oekraïne"), (2, "China"), (3, None), (4, "Avondsessie met Zweden")]
    assert topics == [("Oekraïne", 1), ("China", 2), ("Werksessie 3", 3), ("Avondsessie met Zweden", 4)]


def test_sessions_that_only_prose_tells_are_counted_and_topics_follow_their_words():
    sessions, topics = sessions_of(
        "De bijeenkomst bestond uit drie werksessies. In een tweede werksessie stond cyber centraal.",
        "Afghanistan",
        "In de eerste sessie spraken de ministers over Afghanistan.",
        "Zuidflank",
        TALK,
        "Cyberdreigingen",
        TALK,
        "Rusland",
        "De derde sessie ging over Rusland.",
    )

    assert sessions == [(1, None), (2, None), (3, None)]
    assert topics == [("Afghanistan", 1), ("Zuidflank", 1), ("Cyberdreigingen", 2), ("Rusland", 3)]


def test_the_cover_with_its_signature_stands_apart_from_the_letter():
    parts = split_parts(
        blocks(
            "Geachte voorzitter,",
            "Hierbij bied ik u het verslag aan van de bijeenkomst.",
            "De minister van Defensie,",
            "A. Naam",
            "VERSLAG VAN DE NAVO-TOP",
            TALK,
            TALK,
        )
    )

    assert [block.text for block in parts.cover] == ["Hierbij bied ik u het verslag aan van de bijeenkomst."]
    assert parts.title_text == "VERSLAG VAN DE NAVO-TOP"
    assert len(parts.body) == 2
    assert [signatory.name for signatory in parts.signatories] == ["A. Naam"]


COVERS = [
    ("Hierbij ontvangt u de geannoteerde agenda voor de bijeenkomst van mei.", True),
    (
        "Graag bied ik u hierbij het verslag aan van de bijeenkomst. Met deze brief voldoe ik aan uw verzoek.",
        True,
    ),
    ("In deze brief informeer ik uw Kamer over de uitkomst van de bijeenkomst.", False),
    ("Hierbij bied ik u het verslag aan. De ministers spraken vooral over Oekraïne.", False),
    ("Hierbij bied ik u het verslag aan. De agenda is u op 3 mei jl. toegezonden (28 676, nr. 400).", True),
    ("Hierbij bied ik u het verslag aan. De agenda ging u toe op 3 mei jl. (28 676, nr. 400).", True),
    ("Hierbij bied ik u het verslag aan. De agenda was gericht op de toekomst van de missie.", False),
]


@pytest.mark.parametrize(("sentence", "is_cover"), COVERS)
def test_a_cover_sentence_right_below_the_salutation_is_no_introduction(sentence, is_cover):
    parts = split_parts(blocks("Geachte voorzitter,", sentence, "1. Algemeen", TALK, TALK))

    assert bool(parts.cover) == is_cover


def test_a_sentence_that_hands_over_below_the_title_is_the_first_of_the_introduction():
    sentence = "Hierbij ontvangt u het verslag van de bijeenkomst van de afgelopen week."

    parts = split_parts(
        blocks("Geachte voorzitter,", "Verslag van de NAVO-top", sentence, TALK, TALK, "Hoogachtend,")
    )

    assert parts.body[0].text == sentence


def test_a_signature_at_the_end_leaves_the_first_sentences_in_the_letter():
    parts = split_parts(
        blocks(
            "Den Haag, 3 mei 2017",
            TALK,
            "Oekraïne",
            TALK,
            "Hoogachtend,",
            "DE MINISTER VAN DEFENSIE",
            "A. Naam",
        )
    )

    assert [block.text for block in parts.body] == [TALK, "Oekraïne", TALK]
    assert parts.cover == ()


def test_english_text_behind_the_signature_is_an_annex():
    english = "We reaffirm that an attack against one of us is an attack against all, and we will defend each other."

    parts = split_parts(
        blocks(
            "Den Haag, 3 mei 2017", TALK, "De minister van Defensie,", "A. Naam", "NATO Statement", english
        )
    )

    assert [block.text for block in parts.annexes] == ["NATO Statement", english]


def test_english_text_at_the_end_is_an_annex_whatever_its_heading_and_long_subtitle():
    issued = "Issued by NATO Heads of State and Government participating in the meeting of the North Atlantic Council in Madrid"
    english = "We reaffirm that an attack against one of us is an attack against all, and we will defend each other."

    parts = split_parts(
        blocks(
            "Den Haag, 3 mei 2017",
            TALK,
            "Sessie over cyber",
            TALK,
            "Madrid Summit Declaration",
            issued,
            english,
        )
    )
    found = find_outline(parts.body, parts.annexes, (), "nl", lambda heading: ())

    assert headings(found)[1:] == [
        ("Sessie over cyber", TOPIC),
        ("Madrid Summit Declaration", SectionKind.ANNEX),
    ]
    assert [len(section.paragraphs) for section in found.sections] == [1, 1, 1]
