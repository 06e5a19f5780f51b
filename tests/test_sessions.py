import datetime

import pytest

from letters.parsing.document import Block
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import ParsedMeeting
from letters.parsing.session_prose import tell_sessions
from letters.parsing.sessions import find_sessions

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
    ("De derde sessie, op de 29e, is een NATO Ukraine Council.", 3, {3: SECOND}),
    (
        "De eerste en de tweede sessie vonden plaats op dinsdag, de derde sessie op woensdagochtend.",
        3,
        {1: FIRST, 2: FIRST, 3: SECOND},
    ),
    ("Tot slot vond een vierde werksessie plaats.", 4, {}),
    # days that are not the meeting's, sessions that nobody counts
    ("In de eerste sessie werd teruggeblikt op de verklaring van 3 oktober.", 1, {}),
    ("Tijdens een werksessie werd gesproken over Rusland.", 0, {}),
    ("De ministers spraken over de zaak na eerdere sessies met de ambassadeurs.", 0, {}),
]


@pytest.mark.parametrize(("text", "total", "dates"), TOLD)
def test_prose_tells_how_many_sessions_there_are_and_on_which_day(text, total, dates):
    told = tell_sessions([text], [FIRST, SECOND])

    assert (told.total, told.dates) == (total, dates)


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
