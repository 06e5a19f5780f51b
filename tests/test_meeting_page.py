"""The page of one meeting: before beside after. And the list of meetings."""

import datetime
import re

import pytest
from django.utils import timezone

from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_note,
    make_paragraph,
    make_position,
    make_section,
    make_session,
)
from tests.reading import main, text, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")


def meeting_side(kind, meeting, agenda_topic, sentence, *, session=None, **letter):
    """A letter of this kind with one position under the agenda topic."""
    section = make_section(
        make_letter(kind, meetings=[meeting], **letter),
        agenda_topic.heading,
        agenda_topics=[agenda_topic],
        session=session,
    )
    return make_position(make_paragraph(section, sentence))


def sides(response) -> list[str]:
    """The words of each half of each row, in order."""
    return [
        words(half.partition(">")[2]) for half in re.split(r'<div class="pair__side[ "]', main(response))[1:]
    ]


def test_intention_stands_beside_outcome_with_the_answers_between(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    meeting_side("report", meeting, agenda_topic, "Nederland riep op.", date="2023-12-06")
    meeting_side("annotated_agenda", meeting, agenda_topic, "Nederland zal oproepen.")
    meeting_side("committee_answers", meeting, agenda_topic, "Het kabinet antwoordt.", date="2023-11-24")

    before, after = sides(client.get(meeting.get_absolute_url()))

    assert before.startswith("Vooraf · geannoteerde agenda steunt")
    assert before.index("Nederland zal oproepen.") < before.index("Het kabinet antwoordt.")
    assert "beantwoording van de commissie" in before
    assert after.startswith("Achteraf · verslag steunt")
    assert "Nederland riep op." in after


def test_sessions_come_in_order_with_their_agenda_topics(client, meeting):
    second, first = (make_session(meeting, number, title=f"Titel {number}") for number in (2, 1))
    for session, heading in [(second, "China"), (first, "Oekraïne"), (None, "Diversen")]:
        agenda_topic = make_agenda_topic(meeting, heading, session=session)
        meeting_side("report", meeting, agenda_topic, "Nederland wil dit.", session=session)

    html = main(client.get(meeting.get_absolute_url()))

    headings = [words(heading) for heading in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html, re.DOTALL)]
    assert headings == [
        "Buiten de sessies",
        "Diversen",
        "Sessie 1 Titel 1",
        "Oekraïne",
        "Sessie 2 Titel 2",
        "China",
    ]


def test_only_a_letter_that_is_not_held_is_called_missing(client, meeting):
    held, other = make_agenda_topic(meeting, "Oekraïne"), make_agenda_topic(meeting, "China")
    meeting_side("annotated_agenda", meeting, held, "Nederland zal oproepen.")
    without_report = sides(client.get(meeting.get_absolute_url()))

    meeting_side("report", meeting, other, "Nederland riep op.")
    with_report = sides(client.get(meeting.get_absolute_url()))

    assert without_report[1] == "Achteraf · verslag Geen verslag in deze verzameling."
    assert "Geen verslag" not in " ".join(with_report)
    assert with_report[1].startswith("Achteraf · verslag Geen nagekeken standpunt bij dit agendapunt.")


def test_positions_of_the_introductions_have_a_row_of_their_own(client, meeting):
    for kind, sentence in [
        ("annotated_agenda", "Het kabinet hecht hieraan."),
        ("report", "Nederland dankte het gastland."),
    ]:
        section = make_section(make_letter(kind, meetings=[meeting]), "", kind="introduction")
        make_position(make_paragraph(section, sentence))

    response = client.get(meeting.get_absolute_url())

    assert response.context["introduction"].heading == "Inleiding"
    assert ["hecht hieraan" in sides(response)[0], "dankte" in sides(response)[1]] == [True, True]


def test_the_notes_of_an_agenda_topic_stand_under_it(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    meeting_side("report", meeting, agenda_topic, "Nederland riep op.")
    make_note("Het verslag noemt dit onder Rusland.", agenda_topic=agenda_topic)

    assert "Het verslag noemt dit onder Rusland." in text(client.get(meeting.get_absolute_url()))


def test_an_agenda_topic_is_not_shown_under_the_name_that_a_draft_gave_it(client, meeting):
    draft = make_letter(meetings=[meeting], status="draft")
    session = make_session(meeting, 1, title="Vertrouwelijk")
    read = {"letter": draft.pk, "heading": "Nog geheime kop"}
    agenda_topic = make_agenda_topic(meeting, "Nog geheime kop", session=session, read=read)
    report = make_letter("report", meetings=[meeting])
    make_section(report, "Openbare kop", agenda_topics=[agenda_topic])

    page = text(client.get(meeting.get_absolute_url()))
    agenda_topic.heading = "Kop van een medewerker"
    agenda_topic.save()
    corrected = text(client.get(meeting.get_absolute_url()))

    assert ["Openbare kop" in page, "Nog geheime kop" in page, "Vertrouwelijk" in page] == [
        True,
        False,
        False,
    ]
    assert "Kop van een medewerker" in corrected


def test_a_session_is_not_shown_with_the_title_and_date_that_a_draft_gave_it(client, meeting):
    draft = make_letter(meetings=[meeting], status="draft")
    read = {"letter": draft.pk, "title": "Vertrouwelijk", "date": "2023-11-27"}
    session = make_session(meeting, 1, title="Vertrouwelijk", date="2023-11-27", read=read)
    make_section(make_letter("report", meetings=[meeting]), "Openbare kop", session=session)

    while_draft = text(client.get(meeting.get_absolute_url()))
    draft.status, draft.first_published_at = "published", timezone.now()
    draft.save()
    published = text(client.get(meeting.get_absolute_url()))

    assert ["Sessie 1" in while_draft, "Vertrouwelijk" in while_draft, "27 november" in while_draft] == [
        True,
        False,
        False,
    ]
    assert "Sessie 1 Vertrouwelijk 27 november 2023" in published


def test_a_quotation_that_points_back_brings_the_sentence_before_it(client, meeting):
    section = make_section(
        make_letter("report", meetings=[meeting]), agenda_topics=[make_agenda_topic(meeting)]
    )
    paragraph = make_paragraph(
        section, "Bondgenoten spraken over steun. Nederland is daar voor. Nederland wil meer."
    )
    make_position(paragraph, "Nederland is daar voor.")
    make_position(paragraph, "Nederland wil meer.")

    for address in [meeting.get_absolute_url(), "/standpunten/"]:
        html = main(client.get(address))
        assert '<span class="quotation__before">Bondgenoten spraken over steun.</span>' in html
        assert html.count("quotation__before") == 1


def test_meetings_are_listed_by_year_the_newest_first(client):
    for day in ["2021-03-23", "2023-11-28", "2023-04-04"]:
        make_letter(meetings=[make_meeting(day)])

    html = main(client.get("/bijeenkomsten/"))

    assert re.findall(r'section__title">(\d+)|class="meta"><span>([^<]+)', html) == [
        ("2023", ""),
        ("", "28 november 2023"),
        ("", "4 april 2023"),
        ("2021", ""),
        ("", "23 maart 2021"),
    ]
