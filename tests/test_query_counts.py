"""No page asks the database more when it shows more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import Letter
from tests.factories import (
    make_agenda_topic,
    make_citation,
    make_footnote,
    make_letter,
    make_meeting,
    make_note,
    make_original,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def add_letters(first: int, last: int) -> None:
    """Letters that each have a meeting, topic, person, paper, file, note and position of their own."""
    for number in range(first, last):
        topic = make_topic(f"onderwerp-{number}")
        meeting = make_meeting(f"20{number:02}-03-23")
        session = make_session(meeting)
        letter = make_letter(slug=f"brief-{number}", meetings=[meeting])
        make_submission(letter, paper_number=f"kst-28676-{number}")
        make_signatory(letter, f"Minister {number}")
        make_note(letter=letter)
        make_original(letter)
        agenda_topic = make_agenda_topic(meeting, topics=[topic], session=session)
        section = make_section(letter, topics=[topic], agenda_topics=[agenda_topic], session=session)
        add_paragraph(section, topic)
        add_paragraph(make_section(letter, "Zonder sessie", topics=[topic]), topic)


def add_paragraph(section, topic) -> None:
    paragraph = make_paragraph(section, "Dat is zo. Nederland steunt dit. Zie 28676, nr. 1.")
    make_citation(paragraph, "28676, nr. 1", "kst-28676-1")
    make_footnote(paragraph)
    position = make_position(paragraph, "Nederland steunt dit.", topics=[topic])
    make_position(paragraph, "Dat is zo.", stance="view", status="unchecked")
    make_note(position=position)


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/zoeken/",
        "/zoeken/?q=nederland&sorteer=relevantie",
        "/zoeken/filter/bijeenkomst/?q=nederland&zoek=2",
        "/zoeken/?ongecontroleerd=ja&soort=geannoteerde-agenda&standpunt=steunt&tot=2030&van=2000",
        "/standpunten/",
        "/standpunten/?ongecontroleerd=ja&q=nederland",
        "/brieven/",
        "/brieven/?q=nederland&sorteer=relevantie",
        "/bijeenkomsten/",
        "/bijeenkomsten/agenda.ics",
        "/onderwerpen/",
    ],
)
def test_a_list_of_twenty_asks_as_much_as_a_list_of_ten(client, address):
    add_letters(1, 6)
    client.get(address)
    ten = queries(client, address)
    add_letters(6, 11)
    twenty = queries(client, address)

    assert ten == twenty
    assert ten <= 30


@pytest.mark.parametrize(
    "address",
    [
        "/brieven/brief-1/",
        "/brieven/brief-1/?ongecontroleerd=ja",
        "/brieven/brief-1/?lijst=zoeken&q=steunt&treffer=1",
        "/onderwerpen/onderwerp-1/",
    ],
)
def test_a_letter_or_topic_of_twenty_paragraphs_asks_as_much_as_one_of_ten(client, address):
    add_letters(1, 2)
    letter = Letter.objects.get(slug="brief-1")
    topic = letter.sections.first().topics.get()
    for _number in range(8):
        add_paragraph(make_section(letter, topics=[topic]), topic)
    ten = queries(client, address)
    for _number in range(10):
        add_paragraph(make_section(letter, topics=[topic]), topic)
    twenty = queries(client, address)

    assert ten == twenty


@pytest.mark.parametrize("address", ["/bijeenkomsten/{}/", "/api/v1/bijeenkomsten/{}"])
def test_a_meeting_with_twenty_agenda_topics_asks_as_much_as_one_with_ten(client, address):
    meeting = make_meeting()
    address = address.format(meeting.slug)

    def add_rows(first, last):
        for number in range(first, last):
            topic = make_topic(f"onderwerp-{number}")
            session = make_session(meeting, number)
            agenda_topic = make_agenda_topic(meeting, f"Punt {number}", topics=[topic], session=session)
            make_note(agenda_topic=agenda_topic)
            for kind in ["annotated_agenda", "report", "committee_answers"]:
                letter = make_letter(kind, meetings=[meeting])
                section = make_section(letter, session=session, agenda_topics=[agenda_topic])
                add_paragraph(section, topic)

    add_rows(1, 11)
    ten = queries(client, address)
    add_rows(11, 21)
    twenty = queries(client, address)

    assert ten == twenty
