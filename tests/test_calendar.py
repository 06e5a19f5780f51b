"""The calendar of meetings, by year and month, and the same as iCalendar."""

import datetime
import gzip
import re

import pytest
from django.utils import timezone

from letters import coverage, icalendar
from letters.models import Letter, Meeting
from tests.factories import make_letter, make_meeting
from tests.reading import main, text, words

pytestmark = pytest.mark.django_db


def held_meeting(day, *kinds, **fields):
    """A meeting with a published letter of each of these kinds."""
    meeting = make_meeting(day, **fields)
    for kind in kinds or ["annotated_agenda"]:
        make_letter(kind, meetings=[meeting])
    return meeting


def listed(response) -> list[str]:
    """What the rows of the lists say, in order."""
    return [words(row) for row in re.findall(r"<tr>(<td.*?)</tr>", main(response), re.DOTALL)]


def days(response) -> list[tuple[str, list[str]]]:
    """The months of the calendar that have meetings, each with what stands there."""
    months = re.findall(r'<li class="month">(.*?)</ul>', main(response), re.DOTALL)
    return [
        (
            words(re.search(r'visually-hidden">(\w+)<', month)[1]),
            [words(link) for link in re.findall(r"<a.*?</a>", month, re.DOTALL)],
        )
        for month in months
    ]


def test_meetings_are_listed_by_year_the_newest_first(client):
    for day in ["2021-03-23", "2023-11-28", "2023-04-04"]:
        held_meeting(day)

    response = client.get("/bijeenkomsten/")

    assert [year.year for year in response.context["years"]] == [2023, 2021]
    assert [row.partition(" NAVO")[0] for row in listed(response)] == [
        "28 november 2023",
        "4 april 2023",
        "23 maart 2021",
    ]


def test_letters_of_one_kind_are_told_apart_by_their_dates(client):
    meeting = held_meeting("2023-11-28", "annotated_agenda")
    for day in ["2023-12-04", "2023-12-11"]:
        make_letter("report", date=day, meetings=[meeting])

    html = main(client.get("/bijeenkomsten/"))

    row = re.search(r'<td class="meetings__letters">(.*?)</td>', html, re.DOTALL)[1]
    seen = words(re.sub(r'<span class="visually-hidden">.*?</span>', "", row))
    assert seen == "geannoteerde agenda · verslag van 4 december 2023 · verslag van 11 december 2023"


def test_a_month_shows_its_meetings_with_what_is_held_of_each(client):
    held_meeting("2023-11-28", "annotated_agenda", "report", end=datetime.date(2023, 11, 29))
    held_meeting("2023-11-03", "report", body="EU", levels=["defensie"])
    held_meeting("2023-07-11", "other", format="top", levels=["regeringsleiders"], status="afgelast")

    response = client.get("/bijeenkomsten/")

    assert days(response) == [
        ("juli", ["11 top: NAVO-top, afgelast, geen agenda en geen verslag"]),
        (
            "november",
            [
                "3 EU Def.: EU-ministers van Defensie, alleen het verslag",
                "28–29 BZ: NAVO-ministers van Buitenlandse Zaken, agenda en verslag",
            ],
        ),
    ]


def test_each_year_says_how_many_meetings_it_has(client):
    for day in ("2023-11-28", "2023-04-04", "2021-04-04"):
        held_meeting(day, "report")

    page = text(client.get("/bijeenkomsten/"))

    assert "2023 2 bijeenkomsten 2021 1 bijeenkomst In deze verzameling" in page


def test_a_year_counts_the_letters_as_the_pages_about_the_data_do(client):
    held_meeting("2023-11-28", "annotated_agenda", "report")
    held_meeting("2023-04-04", "annotated_agenda")

    [year] = client.get("/bijeenkomsten/").context["years"]
    [counted] = coverage.years()

    assert year.summary == "2 bijeenkomsten · agenda en verslag van 1"
    assert [counted.meetings, counted.letters] == [2, {"annotated_agenda": 2, "report": 1}]
    assert [held.of_kinds for held in coverage.meetings_of(2023)] == [held.of_kinds for held in year.meetings]


def test_calendar_and_coverage_lead_to_each_other(client):
    held_meeting("2023-11-28")

    assert 'href="/gegevens/dekking/2023/"' in main(client.get("/bijeenkomsten/"))
    assert 'href="/bijeenkomsten/?jaar=2023"' in main(client.get("/gegevens/dekking/2023/"))
    assert 'href="/bijeenkomsten/"' in main(client.get("/gegevens/dekking/"))


def test_of_a_meeting_to_be_held_the_report_is_not_called_missing(client):
    day = timezone.localdate() + datetime.timedelta(30)
    make_meeting(day, is_announced=True)

    page = text(client.get(f"/gegevens/dekking/{day.year}/"))

    assert page.endswith("gepland niet in deze verzameling nog niet gehouden nog niet gehouden –")


def test_meetings_ahead_come_first_the_next_one_on_top(client):
    today = timezone.localdate()
    later, soon = (make_meeting(today + datetime.timedelta(days), is_announced=True) for days in (60, 1))
    held_meeting(today - datetime.timedelta(30))

    ahead = client.get("/bijeenkomsten/").context["ahead"]

    assert [held.meeting for held in ahead] == [soon, later]


def test_a_visitor_chooses_levels_and_bodies(client):
    held_meeting("2023-11-28")
    defence = held_meeting("2023-10-12", levels=["defensie"])
    held_meeting("2023-09-01", levels=["defensie"], body="UDCG")

    response = client.get("/bijeenkomsten/?niveau=defensie&organisatie=navo")

    assert response.context["title"] == "Bijeenkomsten, NAVO, ministers van Defensie"
    assert [held.meeting for year in response.context["years"] for held in year.meetings] == [defence]
    assert [
        (choice["label"], choice["is_on"], choice["url"])
        for group in response.context["filters"]
        for choice in group["choices"]
        if choice["is_on"]
    ] == [
        ("ministers van Defensie", True, "/bijeenkomsten/?organisatie=navo"),
        ("NAVO", True, "/bijeenkomsten/?niveau=defensie"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jaar=21", "“21” is geen jaar."),
        ("organisatie=VN", "Van “VN” is hier geen bijeenkomst."),
        ("niveau=koningen", "“koningen” is geen waarde van het filter niveau."),
        ("maand=3", "“maand” kent deze pagina niet."),
    ],
)
def test_what_the_calendar_does_not_know_is_refused_with_what_it_does(client, query, expected):
    response = client.get(f"/bijeenkomsten/?{query}")

    assert response.status_code == 400
    assert expected in text(response)


def test_a_year_without_meetings_says_so(client):
    held_meeting("2023-11-28")

    response = client.get("/bijeenkomsten/?jaar=1999")

    assert "Zo’n bijeenkomst is hier niet. Toon alle bijeenkomsten" in text(response)


def test_a_meeting_without_a_date_stands_last_and_in_no_month(client):
    make_letter(meetings=[Meeting.objects.create(levels=["defensie"])])
    held_meeting("2023-11-28")

    response = client.get("/bijeenkomsten/")

    assert [year.year for year in response.context["years"]] == [2023, None]
    assert listed(response)[-1].startswith("datum onbekend NAVO-ministers van Defensie")


def test_an_empty_calendar_says_what_will_stand_there(client):
    assert "Er is nog geen bijeenkomst waarover een brief is gepubliceerd." in text(
        client.get("/bijeenkomsten/")
    )


def test_a_thousand_meetings_are_shown_by_as_many_years_as_fit_and_weigh_little(client):
    meetings = Meeting.objects.bulk_create(
        Meeting(
            slug=f"bijeenkomst-{number}",
            start=datetime.date(1996 + number // 34, 1 + number % 12, 1 + number % 28),
            levels=["defensie"],
            place="Brussel",
            is_announced=True,
        )
        for number in range(1000)
    )
    through = Letter.meetings.through
    letters = Letter.objects.bulk_create(
        Letter(
            slug=f"brief-{meeting.pk}",
            kind="report",
            status="published",
            first_published_at=timezone.now(),
            date=meeting.start,
        )
        for meeting in meetings
    )
    through.objects.bulk_create(
        through(letter=letter, meeting=meeting) for letter, meeting in zip(letters, meetings, strict=True)
    )

    response = client.get("/bijeenkomsten/")

    links = response.context["other_years"]
    assert [year.year for year in response.context["years"]] == [2025, 2024, 2023, 2022]
    assert [link["is_here"] for link in links] == [True] * 4 + [False] * 26
    assert sum(link["number"] for link in links) == 1000
    assert links[4]["url"] == "/bijeenkomsten/?jaar=2021"
    assert len(client.get(links[4]["url"]).context["years"][0].meetings) == 34
    assert len(gzip.compress(response.content)) < 20_000


# iCalendar


def unfolded(response) -> list[str]:
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def test_the_calendar_may_be_followed_elsewhere(client, settings):
    settings.TAG_AUTHORITY = "brieven.example.nl"
    meeting = held_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel, NAVO-hoofdkwartier")
    changed = meeting.history.latest().history_date.astimezone(datetime.UTC)

    response = client.get("/bijeenkomsten/agenda.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert unfolded(response) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//NAVO-brieven//Bijeenkomsten//NL",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:NAVO-bijeenkomsten",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "BEGIN:VEVENT",
        f"UID:{meeting.pk}@brieven.example.nl",
        f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}",
        "DTSTART;VALUE=DATE:20231128",
        "DTEND;VALUE=DATE:20231130",
        "SUMMARY:NAVO-ministers van Buitenlandse Zaken",
        "STATUS:CONFIRMED",
        f"URL:http://testserver{meeting.get_absolute_url()}",
        "TRANSP:TRANSPARENT",
        "LOCATION:Brussel\\, NAVO-hoofdkwartier",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_followed_calendar_holds_what_was_chosen_and_only_what_is_public_and_dated(client):
    chosen = held_meeting("2023-11-28", levels=["defensie"], status="afgelast")
    held_meeting("2023-11-27")
    make_letter(meetings=[make_meeting("2023-11-26", levels=["defensie"])], status="draft")
    make_letter(meetings=[Meeting.objects.create(levels=["defensie"])])

    lines = unfolded(client.get("/bijeenkomsten/agenda.ics?niveau=defensie"))

    assert [line for line in lines if line.startswith(("URL", "STATUS", "SUMMARY"))] == [
        "SUMMARY:NAVO-ministers van Defensie (afgelast)",
        "STATUS:CANCELLED",
        f"URL:http://testserver{chosen.get_absolute_url()}",
    ]
    assert client.get("/bijeenkomsten/agenda.ics?jaar=2023").status_code == 400


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Den Haag; zaal A, B", "Den Haag\\; zaal A\\, B"),
        ("C:\\brieven", "C:\\\\brieven"),
        ("een\r\ntwee\nEND:VEVENT", "een\\ntwee\\nEND:VEVENT"),
        ("een\rtwee\x07", "een twee"),
        ("Den\u00a0Haag", "Den Haag"),
    ],
)
def test_text_in_a_calendar_is_escaped(given, expected):
    assert icalendar.escaped(given) == expected


def test_a_long_line_is_folded_at_75_octets_and_no_character_is_cut():
    line = "SUMMARY:" + "Oekraïne€" * 30

    parts = icalendar.folded(line).split(b"\r\n ")

    assert b"".join(parts).decode() == line
    assert max(len(part) + (number > 0) for number, part in enumerate(parts)) <= 75
    assert len(parts) > 1
