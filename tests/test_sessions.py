import datetime

import pytest

from letters.parsing.document import Block, BlockKind
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import ParsedMeeting
from letters.parsing.sessions.finding import find_sessions
from letters.parsing.sessions.prose import tell_sessions
from letters.parsing.sessions.sequence import tell_in_order

FIRST, SECOND = datetime.date(2023, 11, 28), datetime.date(2023, 11, 29)  # a Tuesday and a Wednesday

# (what the introduction tells, how many sessions, the day of each)
TOLD = [
    (
        "De eerste twee sessies vinden plaats in de middag van 28 november en de derde sessie in de ochtend van 29 november.",
        3,
        {1: FIRST, 2: FIRST, 3: SECOND},
    ),
    (
        "Op 28 november vonden de eerste twee sessies plaats, de derde sessie vond plaats op 29 november.",
        3,
        {1: FIRST, 2: FIRST, 3: SECOND},
    ),
    ("Op 28 november vond de eerste sessie plaats en op 29 november de tweede.", 2, {1: FIRST, 2: SECOND}),
    (
        "De bijeenkomst bestond uit drie werksessies, twee op 28 november en één op 29 november.",
        3,
        {1: FIRST, 2: FIRST, 3: SECOND},
    ),
    (
        "Op 28 november vindt een werksessie plaats, op 29 november volgen twee werksessies.",
        3,
        {1: FIRST, 2: SECOND, 3: SECOND},
    ),
    ("Sessie I vindt plaats op 28 november, Sessie II op 29 november.", 2, {1: FIRST, 2: SECOND}),
    ("De derde en laatste sessie, eveneens op 29 november, was gewijd aan Irak.", 3, {3: SECOND}),
    ("De derde sessie, op de 29e, is een NATO Ukraine Council.", 3, {3: SECOND}),
    (
        "De eerste en de tweede sessie vonden plaats op dinsdag, de derde sessie op woensdagochtend.",
        3,
        {1: FIRST, 2: FIRST, 3: SECOND},
    ),
    ("Tot slot vond een vierde werksessie plaats.", 4, {}),
    (
        "De ministers vergaderden op dinsdag één keer, op woensdag drie keer.",
        4,
        {1: FIRST, 2: SECOND, 3: SECOND, 4: SECOND},
    ),
    (
        "De Raad kwam dinsdagmiddag tweemaal en woensdag driemaal bijeen.",
        5,
        {1: FIRST, 2: FIRST, 3: SECOND, 4: SECOND, 5: SECOND},
    ),
    # days that are not the meeting's, sessions that nobody counts
    ("In de eerste sessie werd teruggeblikt op de verklaring van 3 oktober.", 1, {}),
    ("Tijdens een werksessie werd gesproken over Rusland.", 0, {}),
    ("De ministers spraken over de zaak na eerdere sessies met de ambassadeurs.", 0, {}),
]


@pytest.mark.parametrize(("text", "total", "dates"), TOLD)
def test_prose_tells_how_many_sessions_there_are_and_on_which_day(text, total, dates):
    told = tell_sessions([text], [FIRST, SECOND])

    assert (told.total, told.dates) == (total, dates)


# (what the introduction tells without numbers, the day and the name of each session)
IN_ORDER = [
    (
        [
            "Tijdens het werkdiner op 28 november spraken de ministers over Rusland.",
            "De ochtendzitting van 29 november was gewijd aan Kosovo.",
            "Na de lunch kwam in een slotzitting de piraterij aan de orde.",
        ],
        [(FIRST, "Werkdiner"), (SECOND, None), (SECOND, None)],
    ),
    (
        [
            "De leiders kwamen op 28 november in twee sessies bijeen.",
            "Diezelfde avond spraken de ministers elkaar in een afzonderlijke sessie.",
            "Op 29 november werd de top afgesloten met een sessie over de zuidflank.",
        ],
        [(FIRST, None), (FIRST, None), (FIRST, None), (SECOND, None)],
    ),
    (
        [
            "Op 28 november vond een werkdiner plaats, op 29 november gevolgd door een plenaire sessie.",
            "Het diner werd geopend door de gastheer.",
        ],
        [(FIRST, "Werkdiner"), (SECOND, None)],
    ),
    (
        ["Tijdens een lunch werd gesproken over cyber.", "Daarna volgde een sessie."],
        [(None, "Lunch"), (None, None)],
    ),
    (
        [
            "Na een werkdiner op 28 november, met de EU, volgden op 29 november twee sessies en een afsluitende lunch."
        ],
        [(FIRST, "Werkdiner"), (SECOND, None), (SECOND, None), (SECOND, "Lunch")],
    ),
    # not told as sessions
    (["Op de avond van 28 november biedt de koning de leiders een diner aan."], []),
    (["Na afloop bood het gastland de ministers op 29 november een lunch aan."], []),
    (["Voorafgaand aan het diner en na de lunch was er een ceremonie.", "De sessie duurde lang."], []),
]


@pytest.mark.parametrize(("sentences", "expected"), IN_ORDER)
def test_prose_tells_sessions_one_after_another_without_numbers(sentences, expected):
    told = tell_in_order(sentences, [FIRST, SECOND])

    assert [(session.date, session.title) for session in told] == expected


def sessions(*lines, start=FIRST, end=SECOND):
    meeting = ParsedMeeting("NAVO", ("ministers van Defensie",), start, end)
    outline = find_outline([Block(line) for line in lines], (), (meeting,), "nl", lambda heading: ())
    found, sections = find_sessions(outline, (meeting,))
    return [(session.number, session.date) for session in found], [section.session for section in sections]


TALK = "De ministers spraken hier uitvoerig over met elkaar en met hun partners."


def test_a_day_as_heading_holds_for_the_sessions_below_it():
    found, _ = sessions(
        "Dinsdag 28 november", "Sessie 1: Rusland", TALK, "Woensdag 29 november", "Sessie 2: China", TALK
    )

    assert found == [(1, FIRST), (2, SECOND)]


# (heads of two sessions, the day and the title of each)
DAYS_IN_HEADS = [
    (
        ["Sessie 1 (28 november): Irak", "Sessie 2 (29 november): Kosovo"],
        [(FIRST, "Irak"), (SECOND, "Kosovo")],
    ),
    (
        ["Werksessie I, 28 november: Irak", "Werksessie II, op 29 november – Kosovo"],
        [(FIRST, "Irak"), (SECOND, "Kosovo")],
    ),
    (
        ["Eerste sessie (dinsdagavond): Irak", "Tweede sessie (woensdag): Kosovo"],
        [(FIRST, "Irak"), (SECOND, "Kosovo")],
    ),
    # a day of something else
    (["Sessie 1: Irak", "Sessie 2: 3 oktober en daarna"], [(None, "Irak"), (None, "3 oktober en daarna")]),
]


@pytest.mark.parametrize(("heads", "expected"), DAYS_IN_HEADS)
def test_a_head_may_give_the_day_of_its_session(heads, expected):
    meeting = ParsedMeeting("NAVO", ("ministers van Defensie",), FIRST, SECOND)
    blocks = [Block(line) for head in heads for line in (head, TALK)]
    found, _ = find_sessions(find_outline(blocks, (), (meeting,), "nl", lambda heading: ()), (meeting,))

    assert [(session.date, session.title) for session in found] == expected


# (what the introduction tells, heads or topics, the day of each session, the session of each section)
TOLD_TOGETHER = [
    (
        "De tweede en derde sessie, op 29 november, waren gewijd aan respectievelijk cyberveiligheid en de zuidflank. "
        "De eerste sessie ging over Irak.",
        ["Irak", "Cyberveiligheid", "Zuidflank"],
        [(1, None), (2, SECOND), (3, SECOND)],
        [None, 1, 2, 3],
    ),
    (
        "In de eerste, tweede en derde sessie stonden Irak, afschrikking en verdediging en Kosovo centraal.",
        ["Irak", "Afschrikking en verdediging", "Kosovo"],
        [(1, None), (2, None), (3, None)],
        [None, 1, 2, 3],
    ),
    # as many subjects as sessions, or nobody can say which
    (
        "De eerste en tweede sessie gingen over Irak, Kosovo en de zuidflank.",
        ["Irak", "Kosovo"],
        [(1, None), (2, None)],
        [None, None, None],
    ),
    (
        "Op 28 november vond de eerste sessie plaats, over Irak. De tweede, op woensdag, ging over Kosovo.",
        ["Irak", "Kosovo"],
        [(1, FIRST), (2, SECOND)],
        [None, 1, 2],
    ),
    (
        "Op 28 november vond de eerste sessie plaats. Diezelfde avond volgde een werkdiner. De tweede sessie was op 29 november.",
        [],
        [(1, FIRST), (2, SECOND), (3, FIRST)],
        [None],
    ),
    (
        "De ministers kwamen op 28 november aan. Diezelfde dag vond de eerste sessie plaats. De tweede sessie was op 29 november.",
        [],
        [(1, FIRST), (2, SECOND)],
        [None],
    ),
    # told in order, as many as there are heads
    (
        "Na een werkdiner op 28 november volgden op 29 november twee sessies.",
        ["Werkdiner: strategie", "Sessie 1: Irak", "Sessie 2: Kosovo"],
        [(1, SECOND), (2, SECOND), (3, FIRST)],
        [None, 3, 1, 2],
    ),
    # what is left to tell is of no session
    (
        "De eerste sessie ging over Irak. De tweede sessie ging over Kosovo.",
        ["Irak", "Kosovo", "Overige onderwerpen"],
        [(1, None), (2, None)],
        [None, 1, 2, None],
    ),
]


@pytest.mark.parametrize(("introduction", "heads", "expected", "numbers"), TOLD_TOGETHER)
def test_prose_tells_the_days_and_subjects_of_sessions_together(introduction, heads, expected, numbers):
    found, sections = sessions(introduction, *(line for head in heads for line in (head, TALK)))

    assert (found, sections) == (expected, numbers)


def test_a_group_below_the_head_of_a_session_leaves_its_topics_in_the_session():
    def head(text, level):
        return Block(text, BlockKind.HEADING, level=level)

    blocks = [
        head("Sessie 1: Regio’s", 1),
        head("Oost", 2),
        head("Oekraïne", 3),
        Block(TALK),
        head("Sessie 2: Kosovo", 1),
        Block(TALK),
    ]
    found = find_outline(blocks, (), (), "nl", lambda heading: ())

    _, sections = find_sessions(found, ())

    assert [(section.heading, section.session) for section in sections] == [
        ("Regio’s", 1),
        ("Oost", 1),
        ("Oekraïne", 1),
        ("Kosovo", 2),
    ]


def test_a_session_with_only_a_name_takes_a_number_that_no_other_prints():
    found, _ = sessions(
        "Werkdiner met partners", TALK, "Eerste sessie: Rusland", TALK, "Tweede sessie: China", TALK
    )

    assert [number for number, _ in found] == [1, 2, 3]


def test_on_a_meeting_of_one_day_every_session_is_on_that_day():
    found, _ = sessions("Sessie 1: Rusland", TALK, "Sessie 2: China", TALK, end=FIRST)

    assert found == [(1, FIRST), (2, FIRST)]


def test_one_topic_that_names_a_first_session_says_nothing_about_the_others():
    found, numbers = sessions("Rusland", "De eerste sessie van de Raad ging over Rusland.", "China", TALK)

    assert (found, numbers) == ([(1, None)], [1, None])


def test_sessions_told_in_order_give_the_days_of_as_many_heads():
    introduction = "Op 28 november volgden twee sessies. Op 29 november was er een sessie met partners."
    found, _ = sessions(
        introduction, "Werksessie Rusland", TALK, "Werksessie Kosovo", TALK, "Sessie met partners", TALK
    )

    assert found == [(1, FIRST), (2, FIRST), (3, SECOND)]


INTRODUCTION = (
    "De bijeenkomst telde drie werksessies. In de eerste werksessie is gesproken over cyber en over de lastenverdeling. "
    "De tweede werksessie was gewijd aan Afghanistan. De derde werksessie ging over de zuidflank."
)
# (the headings of a letter with that introduction, the session of each)
ONE_HEAD = [
    (["Cyber", "Lastenverdeling", "Afghanistan", "Werksessie 3: Zuidflank"], [1, 1, 2, 3]),
    (["Cyber", "Lastenverdeling", "Werksessie 2: Afghanistan", "Zuidflank"], [1, 1, 2, 3]),
    (["Werksessie 1: Cyber en lastenverdeling", "Afghanistan", "Zuidflank"], [1, 2, 3]),
    (["Cyber", "Lastenverdeling", "Afghanistan", "Werkdiner met partners"], [1, 1, 2, 3]),
    # of a topic that nobody told anything stays below the head above it
    (["Werksessie 1: Cyber", "Wapenbeheersing", "Zuidflank"], [1, 1, 3]),
    # a session with a head of its own holds no topic that stands elsewhere
    (["Zuidflank", "Werksessie 3: Partners"], [None, 3]),
]


@pytest.mark.parametrize(("headings", "expected"), ONE_HEAD)
def test_one_head_of_a_session_leaves_the_other_topics_to_the_introduction(headings, expected):
    _, numbers = sessions(INTRODUCTION, *(line for heading in headings for line in (heading, TALK)))

    assert numbers == [None, *expected]


def test_a_topic_that_comes_out_from_under_a_head_leaves_that_a_topic_itself():
    lines = [INTRODUCTION, "Werksessie 1: Cyber", TALK, "Nederlandse inzet", TALK, "Afghanistan", TALK]
    outline = find_outline([Block(line) for line in lines], (), (), "nl", lambda heading: ())

    _, sections = find_sessions(outline, ())

    assert [(section.kind.value, section.level, section.parent) for section in sections[1:]] == [
        ("agenda_topic", 1, None),
        ("agenda_topic", 2, 1),
        ("agenda_topic", 1, None),
    ]


# (what the introduction tells of two sessions, the headings, the session of each)
TWO_SESSIONS = [
    # who attends a discussion does not say in which session it is held
    (
        "De eerste werksessie is gewijd aan operaties. In de tweede werksessie komt de uitbreiding aan de orde. "
        "De heer Solana zal de bespreking over Kosovo bijwonen.",
        ["Kosovo", "Uitbreiding"],
        [1, 2],
    ),
    # a heading in the introduction's own words, be they short or common
    (
        "De eerste sessie gaat over Rusland. In de tweede sessie komen de voorbereiding van de Top van Riga en cyber aan bod.",
        ["Rusland", "Voorbereiding van de Top in Riga", "Cyber"],
        [1, 2, 2],
    ),
    # told of both
    (
        "De eerste sessie gaat over cyber. De tweede sessie gaat over cyber en Kosovo.",
        ["Cyber", "Kosovo"],
        [None, 2],
    ),
    (
        "De eerste sessie gaat over Irak en Kosovo, de tweede over Rusland en cyber.",
        ["Irak", "Kosovo", "Rusland", "Cyber"],
        [1, 1, 2, 2],
    ),
]


@pytest.mark.parametrize(("introduction", "headings", "expected"), TWO_SESSIONS)
def test_the_introduction_tells_the_session_of_a_topic_or_leaves_it_open(introduction, headings, expected):
    _, numbers = sessions(introduction, *(line for heading in headings for line in (heading, TALK)))

    assert numbers == [None, *expected]


def test_topics_stand_in_the_session_of_which_the_introduction_uses_their_words():
    introduction = "Tijdens het diner op 28 november ging het over Rusland. In een slotzitting kwam de Georgische weg aan bod."
    _, numbers = sessions(introduction, "Cyber", TALK, "Rusland", TALK, "Georgië", TALK)

    assert numbers == [None, None, 1, 2]
