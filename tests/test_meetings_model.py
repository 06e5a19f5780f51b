import datetime

import pytest
from django.utils.timezone import localdate

from letters.models.meetings import Meeting, format_period

YESTERDAY, TODAY, TOMORROW = -1, 0, 1


@pytest.mark.parametrize(
    ("start", "end", "status", "notice"),
    [
        (TOMORROW, None, "", "gepland"),
        (YESTERDAY, TODAY, "", "gepland"),  # not over yet
        (YESTERDAY, None, "", ""),
        (None, None, "", ""),
        (TOMORROW, None, "afgelast", "afgelast"),
        (YESTERDAY, None, "uitgesteld", "uitgesteld"),
    ],
)
def test_a_meeting_says_beside_its_date_only_what_a_visitor_must_know(start, end, status, notice):
    start, end = (day if day is None else localdate() + datetime.timedelta(days=day) for day in (start, end))

    assert Meeting(start=start, end=end, status=status).notice == notice


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ((2024, 7, 9), None, "9 juli 2024"),
        ((2024, 7, 9), (2024, 7, 9), "9 juli 2024"),
        ((2023, 11, 28), (2023, 11, 29), "28–29 november 2023"),
        ((2021, 11, 30), (2021, 12, 1), "30 november – 1 december 2021"),
        ((2021, 12, 31), (2022, 1, 1), "31 december 2021 – 1 januari 2022"),
    ],
)
def test_a_period_is_written_the_dutch_way(start, end, written):
    assert format_period(datetime.date(*start), end and datetime.date(*end)) == written


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"levels": ["buitenlandse-zaken"]}, "NAVO-ministers van Buitenlandse Zaken"),
        (
            {"levels": ["buitenlandse-zaken", "defensie"]},
            "NAVO-ministers van Buitenlandse Zaken en ministers van Defensie",
        ),
        ({"levels": ["regeringsleiders"], "format": "top"}, "NAVO-top"),
        ({"body": "UDCG", "levels": ["defensie"]}, "UDCG-ministers van Defensie"),
        ({"levels": ["defensie"], "format": "informeel"}, "NAVO-ministers van Defensie, informeel"),
        ({"levels": []}, "NAVO"),
    ],
)
def test_a_meeting_is_called_by_who_meets(fields, title):
    assert Meeting(**fields).title == title


@pytest.mark.django_db
def test_two_meetings_on_one_day_have_addresses_of_their_own_and_keep_them_when_the_date_moves():
    first = Meeting.objects.create(start=datetime.date(2024, 2, 15), levels=["defensie"])
    second = Meeting.objects.create(start=datetime.date(2024, 2, 15), levels=["defensie"])

    first.start = datetime.date(2024, 2, 16)
    first.save()

    assert (first.slug, second.slug) == ("2024-02-15-navo-defensie", "2024-02-15-navo-defensie-2")
