import datetime

import pytest

from letters.parsing.dates import find_dates
from letters.parsing.years import complete_year

DAY = datetime.date

# (text, first day, last day, year): how real letters write dates
FORMS = [
    ("op 15 oktober 2025", (15, 10), (15, 10), 2025),
    ("van 23 en 24 maart 2021", (23, 3), (24, 3), 2021),
    ("28-29 november", (28, 11), (29, 11), None),
    ("28–29 november 2023", (28, 11), (29, 11), 2023),
    ("28, 29 en 30 juni 2022", (28, 6), (30, 6), 2022),
    ("10/11 juni 2010", (10, 6), (11, 6), 2010),
    ("9 TOT 11 JULI", (9, 7), (11, 7), None),
    ("van 9 tot en met 11 juli 2024", (9, 7), (11, 7), 2024),
    ("Op zaterdag 14 en zondag 15 mei 2022", (14, 5), (15, 5), 2022),
    ("dinsdag 23 maart en woensdag 24 maart", (23, 3), (24, 3), None),
    ("30 november en 1 december 2021", (30, 11), (1, 12), 2021),
    ("31 december 2021 – 1 januari 2022", (31, 12), (1, 1), 2022),
    ("25 & 26 oktober 2016", (25, 10), (26, 10), 2016),
    ("25 resp. 26 oktober 2016", (25, 10), (26, 10), 2016),
    ("op de 28e en 29e november", (28, 11), (29, 11), None),
    ("28-29 november2023", (28, 11), (29, 11), 2023),
    ("24 november2023 in een titel", (24, 11), (24, 11), 2023),
    ("2023-11-28", (28, 11), (28, 11), 2023),
    ("28-11-2023", (28, 11), (28, 11), 2023),
    ("23rd-24th March 2021", (23, 3), (24, 3), 2021),
]


@pytest.mark.parametrize(("text", "first", "last", "year"), FORMS)
def test_a_date_is_read_in_every_form_that_letters_use(text, first, last, year):
    found = find_dates(text)

    assert [(mention.first, mention.last, mention.year) for mention in found] == [(first, last, year)]


@pytest.mark.parametrize(
    "text",
    ["Vastgesteld, .. xxxx 2025", "32 maart", "Kamerstuk 28676, nr. 353", "1,5 mei", "30 februari 2021"],
)
def test_what_is_no_date_is_not_read_as_one(text):
    assert find_dates(text) == []


def test_two_days_far_apart_are_two_dates_and_no_period():
    found = find_dates("op 20 augustus en 28 oktober jl.")

    assert [mention.first for mention in found] == [(20, 8), (28, 10)]


def test_jl_and_aanstaande_say_on_which_side_of_today_a_day_lies():
    assert [mention.relative for mention in find_dates("15 juni jl. en 11 juni aanstaande")] == [-1, 1]


# (text with a date without year, other texts of the letter, date of the letter, direction, year)
YEARS = [
    # the letter's own date: a report looks back, an agenda looks ahead
    ("14 en 15 juni jl.", [], DAY(2007, 6, 28), -1, 2007),
    ("10 en 11 juni aanstaande", [], DAY(2010, 5, 26), 1, 2010),
    ("30 november en 1 december", [], DAY(2022, 1, 10), -1, 2021),
    ("8 januari", [], DAY(2021, 12, 20), 1, 2022),
    # the same days elsewhere, with the year
    ("28-29 november", ["Verslag van 28 en 29 november 2023"], None, 0, 2023),
    # no date at all: what is told as past lies before the meeting, what is planned behind it
    (
        "28-29 november",
        ["De top in Vilnius in juli 2023 werd goed bezocht.", "De volgende top is gepland in juli 2024."],
        None,
        1,
        2023,
    ),
    (
        "3 maart",
        ["Bondgenoten hebben in april 2018 besloten.", "Dit is voorzien voor januari 2020."],
        None,
        1,
        2019,
    ),
    # several years agree with what is told
    (
        "3 maart",
        ["Bondgenoten hebben in april 2015 besloten.", "Dit is voorzien voor januari 2020."],
        None,
        1,
        None,
    ),
    ("3 maart", ["Er is geen enkel jaartal."], None, 0, None),
    # a weekday decides
    (
        "dinsdag 23 maart",
        ["Bondgenoten hebben in januari 2021 en in februari 2021 besloten."],
        None,
        -1,
        2021,
    ),
]


@pytest.mark.parametrize(("text", "others", "letter_date", "direction", "year"), YEARS)
def test_a_missing_year_comes_from_the_letter_or_stays_open(text, others, letter_date, direction, year):
    mention = find_dates(text)[0]

    assert complete_year(mention, others, letter_date, direction) == year
