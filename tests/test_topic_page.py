"""The page of one topic through the years. And the list of topics."""

import datetime
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import Meeting, TopicName, TopicRedirect
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


def test_a_sentence_that_says_two_things_is_quoted_once_unless_one_of_them_is_asked_for(client):
    passage = make_passage("Nederland steunt dit en wil meer.", topics=[make_topic("oekraine")])
    for stance, verb in [("support", "steunt"), ("call", "wil")]:
        make_position(passage, stance=stance, verb=verb)

    both, one = (main(client.get(f"/onderwerpen/oekraine/{query}")) for query in ("", "?standpunt=roept-op"))

    assert both.count("<p>Nederland steunt dit") == one.count("<p>Nederland steunt dit") == 1
    assert "2 standpunten in 1 brief" in words(both)
    assert re.findall(r"<figcaption.*?</figcaption>", both, re.DOTALL)[0].count('class="stance ') == 2
    assert re.findall(r"<figcaption.*?</figcaption>", one, re.DOTALL)[0].count('class="stance ') == 1


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


# Filters of the page


@pytest.fixture
def topic():
    return make_topic("oekraine", "Oekraïne")


def say(topic, day: str, *positions: tuple[str, str], kind="annotated_agenda"):
    """A letter about a meeting of a day, with a position of each (stance, moment)."""
    meeting = Meeting.objects.filter(start=day).first() or make_meeting(day)
    section = make_section(make_letter(kind, meetings=[meeting], date=day), topics=[topic])
    for number, (stance, moment) in enumerate(positions):
        paragraph = make_paragraph(section, f"Nederland zei op {day} zin {number}.")
        make_position(paragraph, stance=stance, moment=moment)
    return meeting


def quoted(response) -> list[str]:
    return re.findall(r"<p>(Nederland[^<]*)</p>", main(response))


def choices(response) -> dict[str, str]:
    """What can be chosen, in words, with where it leads."""
    found = re.findall(
        r'<a class="stance stance--framed[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', main(response), re.DOTALL
    )
    return {words(label): unescape(url) for url, label in found}


def test_stance_and_moment_are_chosen_on_the_page_itself(client, topic):
    say(topic, "2021-03-23", ("support", "planned"), ("call", "delivered"))
    say(topic, "2023-11-28", ("call", "planned"))

    everything = client.get("/onderwerpen/oekraine/")
    calls = client.get("/onderwerpen/oekraine/?standpunt=roept-op")
    planned_calls = client.get("/onderwerpen/oekraine/?moment=voorgenomen&standpunt=roept-op")

    assert choices(everything) == {
        "Steunt of verwelkomt 1": "/onderwerpen/oekraine/?standpunt=steunt",
        "Roept op of vraagt 2": "/onderwerpen/oekraine/?standpunt=roept-op",
        "Voorgenomen 2": "/onderwerpen/oekraine/?moment=voorgenomen",
        "Gedaan of ingebracht 1": "/onderwerpen/oekraine/?moment=ingebracht",
    }
    assert quoted(calls) == ["Nederland zei op 2023-11-28 zin 0.", "Nederland zei op 2021-03-23 zin 1."]
    assert quoted(planned_calls) == ["Nederland zei op 2023-11-28 zin 0."]
    assert "1 standpunt in 1 brief" in text(planned_calls)


def test_counts_of_choices_hold_under_the_other_choices(client, topic):
    say(topic, "2021-03-23", ("support", "planned"), ("call", "delivered"), ("call", "planned"))

    found = choices(client.get("/onderwerpen/oekraine/?standpunt=roept-op"))

    assert list(found) == [
        "Steunt of verwelkomt 1",
        "Roept op of vraagt 2, gekozen; kies opnieuw om dit filter weg te halen",
        "Voorgenomen 1",
        "Gedaan of ingebracht 1",
    ]
    assert found["Steunt of verwelkomt 1"] == "/onderwerpen/oekraine/?standpunt=roept-op&standpunt=steunt"
    assert list(found.values())[1] == "/onderwerpen/oekraine/"


def test_title_feed_briefing_and_star_follow_the_filter(client, topic):
    say(topic, "2021-03-23", ("call", "planned"))

    html = client.get("/onderwerpen/oekraine/?standpunt=roept-op").content.decode()

    assert "<title>Oekraïne · roept op of vraagt – NAVO-brieven</title>" in html
    assert 'href="/standpunten/feed/?onderwerp=oekraine&amp;standpunt=roept-op"' in html
    assert 'href="/standpunten/?format=docx&amp;onderwerp=oekraine&amp;standpunt=roept-op"' in html
    assert 'data-star="/onderwerpen/oekraine/?standpunt=roept-op"' in html


def test_the_oldest_may_come_first(client, topic):
    say(topic, "2023-11-28", ("call", "planned"), ("support", "planned"))
    say(topic, "2021-03-23", ("call", "planned"))

    assert quoted(client.get("/onderwerpen/oekraine/?sorteer=oudste")) == [
        "Nederland zei op 2021-03-23 zin 0.",
        "Nederland zei op 2023-11-28 zin 0.",
        "Nederland zei op 2023-11-28 zin 1.",
    ]


@pytest.mark.parametrize(
    "asked", ["standpunt=bestaat-niet", "sorteer=relevantie", "q=iets", "van=2023&tot=2021"]
)
def test_what_the_page_of_a_topic_does_not_know_is_a_400(client, topic, asked):
    assert client.get(f"/onderwerpen/oekraine/?{asked}").status_code == 400


# The chart


def bars(response) -> list[tuple[str, str, str]]:
    """Of each bar: its number ("–" where no letter is held), its label, and how many letters."""
    drawing = main(response).partition("<svg width")[2].partition("</svg>\n")[0]
    found = re.findall(
        r'(?:class="chart__number[^>]*>(\d+)<|class="chart__gap").*?__label[^>]*>([^<]+)<.*?__letters[^>]*>([^<]+)<',
        drawing,
    )
    return [(number or "–", label, letters) for number, label, letters in found]


def test_the_chart_tells_no_letter_from_nothing_said(client, topic):
    say(topic, "2021-03-23", ("support", "planned"), ("call", "planned"))
    say(topic, "2021-03-23", ("call", "delivered"), kind="report")
    make_passage("Over iets anders.", meeting=make_meeting("2022-04-06"))
    make_meeting("2022-11-29", is_announced=True)
    make_meeting("2022-12-01")
    say(topic, "2023-11-28", ("call", "planned"))

    response = client.get("/onderwerpen/oekraine/")

    assert bars(response) == [
        ("3", "23 mrt 2021", "2 brieven"),
        ("0", "6 apr 2022", "1 brief"),
        ("–", "29 nov 2022", "geen brief"),
        ("1", "28 nov 2023", "1 brief"),
    ]


def test_the_chart_begins_where_the_topic_begins_and_leaves_out_what_is_ahead_or_was_not_held(client, topic):
    make_passage(meeting=make_meeting("2019-06-01"))
    say(topic, "2021-03-23", ("support", "planned"))
    make_meeting("2021-06-14", is_announced=True, status="afgelast")
    make_meeting("2199-06-14", is_announced=True)

    assert [label for _number, label, _letters in bars(client.get("/onderwerpen/oekraine/"))] == [
        "23 mrt 2021"
    ]


def test_each_bar_leads_to_its_positions_and_says_them_in_words(client, topic):
    meeting = say(topic, "2021-03-23", ("support", "planned"), ("call", "planned"))

    html = main(client.get("/onderwerpen/oekraine/?standpunt=steunt"))

    url = f"/standpunten/?bijeenkomst={meeting.slug}&amp;onderwerp=oekraine&amp;standpunt=steunt"
    words_of_bar = "23 mrt 2021, NAVO-ministers van Buitenlandse Zaken: 1 standpunt, in 1 van 1 brief"
    assert f'<a class="chart__bar" href="{url}"><title>{words_of_bar}</title>' in html
    assert "1 standpunt in 1 brief" in text(client.get(unescape(url)))


def test_positions_that_nobody_checked_are_in_the_chart_only_on_request(client, topic):
    make_position(make_passage(topics=[topic], meeting=make_meeting("2021-03-23")))
    make_position(
        make_passage("Nog een.", topics=[topic], meeting=make_meeting("2022-03-23")), status="unchecked"
    )

    numbers = [number for number, _label, _letters in bars(client.get("/onderwerpen/oekraine/"))]
    with_unchecked = [number for number, *_ in bars(client.get("/onderwerpen/oekraine/?ongecontroleerd=ja"))]

    assert (numbers, with_unchecked) == (["1", "0"], ["1", "1"])


def test_behind_the_chart_stands_a_table(client, topic):
    meeting = say(topic, "2021-03-23", ("support", "planned"), ("call", "planned"))
    make_meeting("2022-11-29", is_announced=True)

    html = main(client.get("/onderwerpen/oekraine/"))

    rows = re.findall(r"<tr>(.*?)</tr>", html.partition('id="tabel"')[2], re.DOTALL)
    assert [words(row) for row in rows] == [
        "Bijeenkomst Brieven Steunt of verwelkomt Roept op of vraagt Samen",
        "NAVO-ministers van Buitenlandse Zaken, 29 november 2022 geen brief – – –",
        f"{meeting.name} 1 brief 1 1 2",
    ]


def test_more_meetings_than_can_be_read_stand_by_year_and_a_year_leads_to_its_meetings(client, topic):
    for month in range(1, 13):
        for year in ("2020", "2022", "2023"):
            say(topic, f"{year}-{month:02}-01", ("support", "planned"))

    by_year, of_2022 = (
        client.get("/onderwerpen/oekraine/"),
        client.get("/onderwerpen/oekraine/?tot=2022&van=2022"),
    )

    assert bars(by_year) == [
        ("12", "2020", "12 brieven"),
        ("–", "2021", "geen brief"),
        ("12", "2022", "12 brieven"),
        ("12", "2023", "12 brieven"),
    ]
    assert 'href="/onderwerpen/oekraine/?tot=2022&amp;van=2022"' in main(by_year)
    assert [label for _number, label, _letters in bars(of_2022)][::11] == ["1 jan 2022", "1 dec 2022"]
    assert "12 standpunten in 12 brieven" in text(of_2022)


def test_a_year_of_which_a_part_is_chosen_counts_that_part_and_leads_to_it(client, topic):
    for month in range(1, 13):
        for year in ("2020", "2021", "2022"):
            say(topic, f"{year}-{month:02}-01", ("support", "planned"))
    say(topic, "2022-09-15")

    chosen = client.get("/onderwerpen/oekraine/?tot=2022-09-20&van=2020-06-01")

    assert bars(chosen) == [
        ("7", "2020", "7 brieven"),
        ("12", "2021", "12 brieven"),
        ("9", "2022", "10 brieven"),
    ]
    of_2020, of_2022 = "?tot=2020&van=2020-06-01", "?tot=2022-09-20&van=2022"
    shown = [
        f'href="/onderwerpen/oekraine/{query.replace("&", "&amp;")}"' in main(chosen)
        for query in (of_2020, of_2022)
    ]
    assert shown == [True, True]
    assert "7 standpunten in 7 brieven" in text(client.get(f"/onderwerpen/oekraine/{of_2020}"))
    assert "9 standpunten in 9 brieven" in text(client.get(f"/onderwerpen/oekraine/{of_2022}"))


def test_the_drawing_has_no_style_of_its_own(client, topic):
    say(topic, "2021-03-23", ("support", "planned"))

    assert "style=" not in main(client.get("/onderwerpen/oekraine/"))


def test_a_topic_leads_to_the_comparison_of_its_two_latest_meetings(client, topic):
    say(topic, "2021-03-23", ("support", "planned"))

    alone = main(client.get("/onderwerpen/oekraine/"))
    second = say(topic, "2022-03-23", ("support", "planned"))
    third = say(topic, "2023-03-23", ("support", "planned"))
    make_passage(topics=[topic], meeting=make_meeting("2024-03-23"))
    html = main(client.get("/onderwerpen/oekraine/"))

    assert "/vergelijken/" not in alone
    assert f"/vergelijken/?eerste={second.slug}&amp;onderwerp=oekraine&amp;tweede={third.slug}" in html


def test_a_chart_of_twenty_meetings_asks_as_much_as_one_of_ten(client, topic):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/onderwerpen/oekraine/")
        return len(captured)

    for day in range(1, 11):
        say(topic, f"2021-01-{day:02}", ("support", "planned"))
    client.get("/onderwerpen/oekraine/")
    ten = queries()
    for day in range(11, 21):
        say(topic, f"2021-01-{day:02}", ("support", "planned"))

    assert queries() == ten
