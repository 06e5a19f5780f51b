"""The page of one topic through the years. And the list of topics."""

import datetime
import re

import pytest

from letters.models import TopicName, TopicRedirect
from tests.factories import (
    make_meeting,
    make_passage,
    make_position,
    make_topic,
)
from tests.reading import main, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")


def test_an_old_address_of_a_topic_leads_to_where_it_went(client):
    topic = make_topic("oekraine")
    TopicRedirect.objects.create(slug="kiev", topic=topic)
    make_topic("kyiv", merged_into=topic)

    for old in ["kiev", "kyiv"]:
        response = client.get(f"/onderwerpen/{old}/")
        assert (response.status_code, response["Location"]) == (301, f"/onderwerpen/oekraine/#voorheen-{old}")


def test_a_topic_says_what_it_is_called_and_what_goes_with_it(client):
    parent, other = make_topic("europa", "Europa"), make_topic("rusland", "Rusland")
    topic = make_topic(
        "oekraine", "Oekraïne", parent=parent, aliases=["NUC", "Kyiv"], description="Steun en oorlog."
    )
    TopicName.objects.create(topic=topic, name="Ukraine", language="en")
    make_passage(topics=[topic, other])

    page = text(client.get("/onderwerpen/oekraine/"))

    assert "Steun en oorlog." in page
    assert "Valt onder Europa." in page
    assert "Kyiv" in page
    assert "NUC" in page
    assert "Vaak samen met Rusland." in page


def test_a_topic_shows_its_positions_by_meeting_the_newest_first(client):
    topic = make_topic("oekraine", "Oekraïne")
    for day, sentence in [("2021-03-23", "Nederland steunt dit."), ("2023-11-28", "Nederland vreest dat.")]:
        make_position(make_passage(sentence, topics=[topic], meeting=make_meeting(day)))
    make_position(make_passage("Nederland doet iets anders."))

    response = client.get("/onderwerpen/oekraine/")

    assert re.findall(r"<p>(Nederland[^<]*)</p>", main(response)) == [
        "Nederland vreest dat.",
        "Nederland steunt dit.",
    ]
    assert "2 standpunten in 2 brieven" in text(response)
    assert 'href="/standpunten/?onderwerp=oekraine"' in main(response)


def test_of_one_meeting_the_report_comes_before_the_agenda(client, meeting):
    topic = make_topic("oekraine")
    for kind, date, sentence in [
        ("annotated_agenda", "2023-11-20", "Nederland zal oproepen."),
        ("report", "2023-12-06", "Nederland riep op."),
    ]:
        make_position(make_passage(sentence, kind=kind, date=date, topics=[topic], meeting=meeting))

    html = main(client.get("/onderwerpen/oekraine/"))

    assert re.findall(r"<p>(Nederland[^<]*)</p>", html) == ["Nederland riep op.", "Nederland zal oproepen."]


def test_topics_are_listed_by_name_with_their_passages_children_below(client):
    parent = make_topic("zuidflank", "Zuidflank")
    child = make_topic("irak", "Irak", parent=parent)
    make_topic("china", "China")
    make_passage(topics=[child])

    html = main(client.get("/onderwerpen/"))

    found = re.findall(r"<a href=\"/onderwerpen/[^>]*>([^<]+)</a><span>(\d+)</span>", html)
    assert found == [("China", "0"), ("Zuidflank", "1"), ("Irak", "1")]
