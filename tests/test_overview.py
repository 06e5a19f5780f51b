"""The map of topics by years or meetings, on the start page and the page of topics; and finding a topic by any of its names."""

import gzip
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import TopicName
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_topic,
)
from tests.reading import main, text, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic("oekraine", "Oekraïne")


def table(response) -> list[list[str]]:
    """The map as its rows read: a topic, then its cells."""
    html = main(response).partition('<table class="map')[2].partition("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [[words(cell) for cell in re.split(r"<t[hd](?: [^>]*)?>", row)[1:]] for row in rows]


def links(response) -> dict[str, str]:
    """What each cell says, with where it leads."""
    found = re.findall(r'<td class="m\d"><a href="([^"]+)" title="([^"]+)">', main(response))
    return {unescape(said): unescape(url) for url, said in found}


def test_each_cell_has_the_passages_of_a_year_and_no_letter_is_not_zero(client, topic):
    make_topic("china", "China")
    make_passage(topics=[topic], meeting=make_meeting("2021-03-23"))
    make_passage(meeting=make_meeting("2022-03-23"))
    letter = make_letter(meetings=[make_meeting("2024-03-23")])
    section = make_section(letter, topics=[topic])
    for _number in range(2):
        make_paragraph(section)
    make_passage(meeting=make_meeting("2024-06-23"))

    assert table(client.get("/onderwerpen/")) == [
        ["", "2021", "2022", "2023", "2024"],
        ["Brieven in deze verzameling", "1", "1", "–", "2"],
        ["Oekraïne", "1", "0", "geen brief", "2"],
    ]
    assert links(client.get("/onderwerpen/")) == {
        "Oekraïne, 2021: 1 passage in 1 van 1 brief": "/zoeken/?onderwerp=oekraine&tot=2021&van=2021",
        "Oekraïne, 2024: 2 passages in 1 van 2 brieven": "/zoeken/?onderwerp=oekraine&tot=2024&van=2024",
    }


@pytest.mark.parametrize(
    "asked", ["", "?per=bijeenkomst", "?telt=standpunten", "?per=bijeenkomst&telt=standpunten"]
)
def test_a_cell_leads_to_what_it_counts(client, topic, asked):
    child = make_topic("kyiv", "Kyiv", parent=topic)
    first, second = make_meeting("2021-03-23"), make_meeting("2022-03-23")
    for meeting in (first, second, second):
        make_position(make_passage(topics=[child], meeting=meeting))
    make_position(make_paragraph(make_section(make_letter(meetings=[first, second]), topics=[topic])))

    found = links(client.get(f"/onderwerpen/{asked}"))

    assert len(found) == 4
    for said, url in found.items():
        counted = re.search(r": (\d+ \w+) in (\d+) van", said)
        assert f"{counted[1]} in {counted[2]} brie" in text(client.get(url))


def test_only_checked_positions_count_among_positions(client, topic):
    make_position(make_passage(topics=[topic], meeting=make_meeting("2021-03-23")))
    make_position(make_passage(topics=[topic], meeting=make_meeting("2021-06-23")), status="unchecked")

    response = client.get("/onderwerpen/?telt=standpunten")

    assert table(response)[2] == ["Oekraïne", "1"]
    assert "Nagekeken standpunten: 1 0 geen nagekeken standpunt in de brieven" in text(response)


def test_by_meeting_an_announced_one_without_letter_stands_in_it_and_one_ahead_does_not(client, topic):
    make_passage(topics=[topic], meeting=make_meeting("2021-03-23"))
    make_meeting("2021-06-14", is_announced=True)
    make_meeting("2199-06-14", is_announced=True)
    make_meeting("2021-06-20")

    assert table(client.get("/onderwerpen/?per=bijeenkomst")) == [
        ["", "23 mrt 2021", "14 jun 2021"],
        ["Brieven in deze verzameling", "1", "–"],
        ["Oekraïne", "1", "geen brief"],
    ]


def test_meetings_come_a_hundred_at_a_time_the_latest_first(client, topic):
    for number in range(101):
        make_passage(topics=[topic], meeting=make_meeting(f"{2000 + number}-03-23"))

    first, second = (
        client.get("/onderwerpen/?per=bijeenkomst"),
        client.get("/onderwerpen/?pagina=2&per=bijeenkomst"),
    )

    assert len(table(first)[0]) == 1 + 100
    assert table(second)[0] == ["", "23 mrt 2000"]
    assert client.get("/onderwerpen/?pagina=3&per=bijeenkomst").status_code == 404
    assert client.get("/onderwerpen/?pagina=2").status_code == 404


def test_shades_follow_the_numbers(client, topic):
    for year, many in [("2020", 1), ("2021", 2), ("2022", 3), ("2023", 4), ("2024", 5)]:
        section = make_section(make_letter(meetings=[make_meeting(f"{year}-03-23")]), topics=[topic])
        for _number in range(many):
            make_paragraph(section)

    found = re.findall(r'<td class="m(\d)"><a [^>]*>(\d)', main(client.get("/onderwerpen/")))

    assert found == [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")]


def test_the_legend_says_from_which_to_which_number_a_shade_goes(client, topic):
    numbers = {"2019": 1, "2020": 1, "2021": 2, "2022": 4, "2023": 3}
    for year, number in numbers.items():
        section = make_section(make_letter(meetings=[make_meeting(f"{year}-03-23")]), topics=[topic])
        for _number in range(number):
            make_paragraph(section)

    page = main(client.get("/onderwerpen/"))

    legend = words(page.partition('class="map__legend"')[2].partition("</ul>")[0].partition(">")[2])
    assert legend.startswith("Passages: 1 2 3 4")
    assert 'class="map__key m1"' in page


def test_a_year_without_letters_leads_nowhere(client, topic):
    for day in ["2021-03-23", "2023-03-23"]:
        make_passage(topics=[topic], meeting=make_meeting(day))

    head = main(client.get("/onderwerpen/")).partition("<thead>")[2].partition("</tr>")[0]

    assert re.findall(r">(\d{4})</a>", head) == ["2021", "2023"]
    assert "2022" in words(head)


def test_the_start_page_has_the_topics_with_most_passages_of_the_last_ten_years(client):
    for number in range(14):
        topic = make_topic(f"onderwerp-{number}", f"Onderwerp {number:02}")
        section = make_section(make_letter(meetings=[make_meeting(f"20{number + 10}-03-23")]), topics=[topic])
        for _number in range(20 - number):
            make_paragraph(section)

    rows = table(client.get("/"))

    assert rows[0] == ["", *(str(year) for year in range(2014, 2024))]
    assert [row[0] for row in rows[2:]] == [f"Onderwerp {number:02}" for number in range(12)]


def test_children_stand_below_their_parent_and_topics_without_passage_are_left_out(client, topic):
    make_topic("china", "China")
    make_passage(topics=[make_topic("zuidflank", "Zuidflank")])
    child = make_topic("kyiv", "Kyiv", parent=topic)
    make_passage(topics=[child])

    html = main(client.get("/onderwerpen/"))

    assert [row[0] for row in table(client.get("/onderwerpen/"))[2:]] == ["Oekraïne", "Kyiv", "Zuidflank"]
    assert '<th scope="row" class="map__below"><a href="/onderwerpen/kyiv/">Kyiv</a></th>' in html


def test_a_site_without_letters_has_no_map(client, topic):
    assert "map__frame" not in main(client.get("/onderwerpen/"))
    assert "map__frame" not in main(client.get("/"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oekraine", "1 onderwerp gevonden Oekraïne"),
        ("KYIV", "1 onderwerp gevonden Oekraïne ook gezocht als Kyiv"),
        ("ukra", "1 onderwerp gevonden Oekraïne ook gezocht als NATO-Ukraine Council, Ukraine"),
        ("council nato", "1 onderwerp gevonden Oekraïne ook gezocht als NATO-Ukraine Council"),
        ("mars", "0 onderwerpen gevonden"),
    ],
)
def test_a_topic_is_found_by_any_of_its_names(client, typed, found):
    topic = make_topic("oekraine", "Oekraïne", aliases=["Kyiv", "NATO-Ukraine Council"])
    TopicName.objects.create(topic=topic, name="Ukraine", language="en", is_preferred=True)
    make_topic("china", "China")

    assert found in text(client.get("/onderwerpen/", {"zoek": typed}))


def test_forty_topics_by_a_hundred_meetings_weigh_little_and_ask_little(client):
    topics = [
        make_topic(f"onderwerp-{number}", f"Een onderwerp met een naam {number:02}") for number in range(40)
    ]
    for number in range(100):
        letter = make_letter(meetings=[make_meeting(f"20{number // 10 + 10}-{number % 10 + 1:02}-23")])
        make_paragraph(make_section(letter, topics=topics))
    client.get("/onderwerpen/?per=bijeenkomst")

    with CaptureQueriesContext(connection) as captured:
        response = client.get("/onderwerpen/?per=bijeenkomst")

    assert len(links(response)) == 4000
    assert len(gzip.compress(response.content)) < 60_000
    assert len(captured) <= 45
