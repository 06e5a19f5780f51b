"""What is not complete yet, for staff: numbers that lead to where each is solved."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from letters import decisions
from letters.groups import EDITOR
from letters.models import Meeting, Problem
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
)
from tests.test_query_counts import queries

pytestmark = pytest.mark.django_db

PAGE = "/beheer/letters/meeting/volledigheid/"


def numbers(response) -> dict[str, int]:
    """How much there is of each kind of work, where there is any."""
    return {task.key: number for task, number, _url in response.context["tasks"] if number}


def lines(response) -> list[tuple[str, str]]:
    """What is in the list, with where it is solved."""
    return [(line.name, line.url) for line in response.context["lines"]]


def agenda_without_report_on(heading, day="2023-11-28"):
    """An agenda topic that the agenda treats, and the published report does not."""
    meeting = make_meeting(day)
    agenda_topic = make_agenda_topic(meeting, heading)
    make_section(make_letter(meetings=[meeting]), heading, agenda_topics=[agenda_topic])
    make_section(make_letter("report", meetings=[meeting]), "Iets anders")
    return agenda_topic


def test_nothing_to_do_is_said(admin_client):
    response = admin_client.get(PAGE)

    assert numbers(response) == {}
    assert "Hier is niets te doen." in response.content.decode()


def test_a_meeting_without_a_letter_is_work_once_it_began_unless_it_was_called_off(admin_client):
    today = timezone.localdate()
    lacking = make_meeting(today - datetime.timedelta(3))
    older = make_meeting("2019-04-03")
    make_letter("report", meetings=[older], status="withdrawn")
    make_letter("report", meetings=[make_meeting("2020-01-01")], status="draft")
    make_meeting(today + datetime.timedelta(1))
    make_meeting("2020-02-02", status=Meeting.Status.CANCELLED)
    make_meeting("2020-03-03", status=Meeting.Status.POSTPONED)

    response = admin_client.get(f"{PAGE}?wat=geen-verslag")

    upload = reverse("admin:letters_letter_add")
    assert lines(response) == [(older.name, upload), (lacking.name, upload)]
    assert (
        f'<a href="{reverse("admin:letters_meeting_change", args=[older.pk])}">' in response.content.decode()
    )
    assert numbers(response) == {"geen-verslag": 2, "geen-agenda": 3}


def test_an_agenda_topic_without_a_passage_is_work_until_somebody_establishes_that(admin_client):
    later, earlier = (
        agenda_without_report_on(heading, day)
        for heading, day in [("China", "2023-11-28"), ("Balkan", "2021-11-28")]
    )
    before = admin_client.get(f"{PAGE}?wat=niet-in-verslag")
    decisions.establish_absence(earlier, "report", by=None)
    after = admin_client.get(f"{PAGE}?wat=niet-in-verslag")

    table = reverse("admin:letters_meeting_beside", args=[later.meeting_id])
    assert [name for name, _url in lines(before)] == ["Balkan", "China"]
    assert lines(after) == [("China", f"{table}#agendapunt-{later.pk}")]


def test_open_problems_come_with_what_blocks_publication_first_and_lead_to_where_they_are_solved(
    admin_client,
):
    letter = make_letter(meetings=[make_meeting()], status="draft")
    section = make_section(letter)
    about = f"section:{section.pk}"
    Problem.objects.create(letter=letter, code="date", message="Welke datum?")
    Problem.objects.create(letter=letter, code="heading", field=about, message="Welke kop?")
    Problem.objects.create(letter=letter, code="marking", message="Een markering.")
    Problem.objects.create(letter=letter, code="old", message="Opgelost.", resolved_at=timezone.now())
    Problem.objects.create(letter=make_letter(status="withdrawn"), code="gone", message="Ingetrokken.")

    response = admin_client.get(f"{PAGE}?wat=problemen")

    of_letter = reverse("admin:letters_letter_change", args=[letter.pk])
    assert lines(response) == [
        ("Een markering.", of_letter),
        ("Welke datum?", of_letter),
        ("Welke kop?", reverse("admin:letters_section_change", args=[section.pk])),
    ]


def test_unchecked_positions_are_counted_by_letter_the_published_ones_first(admin_client):
    meeting = make_meeting()
    for number, (status, date) in enumerate([("draft", "2020-01-01"), ("published", "2023-01-01")], 1):
        section = make_section(make_letter(meetings=[meeting], status=status, date=date, subject=f"{number}"))
        for sentence in ["Nederland steunt dit.", "Nederland wil dat."][:number]:
            make_position(make_paragraph(section, sentence), status="unchecked")
        make_position(make_paragraph(section, "Nederland zegt niets."))

    response = admin_client.get(f"{PAGE}?wat=nakijken")

    assert [(line.name, line.about) for line in response.context["lines"]] == [
        ("2", "2 standpunten na te kijken"),
        ("1", "1 standpunt na te kijken · concept"),
    ]
    assert numbers(response)["nakijken"] == 3


def test_a_year_narrows_every_number(admin_client):
    for day in ["2021-06-14", "2023-11-28"]:
        agenda_without_report_on("China", day)
    letter = make_letter(date="2021-06-20")
    Problem.objects.create(letter=letter, code="date", message="Welke datum?")
    make_position(make_paragraph(make_section(letter)), status="unchecked")

    in_2021 = admin_client.get(f"{PAGE}?jaar=2021")
    in_2023 = admin_client.get(f"{PAGE}?jaar=2023")

    assert in_2021.context["years"] == [2023, 2021]
    assert numbers(in_2021) == {"niet-in-verslag": 1, "problemen": 1, "nakijken": 1}
    assert numbers(in_2023) == {"niet-in-verslag": 1}


def test_a_long_list_has_pages(admin_client):
    Meeting.objects.bulk_create(
        Meeting(slug=f"bijeenkomst-{number}", start=datetime.date(2020, 1, 1)) for number in range(51)
    )

    response = admin_client.get(f"{PAGE}?p=2&wat=geen-agenda")

    assert len(lines(response)) == 1
    assert response.context["pages"] == [(1, "?wat=geen-agenda"), (2, "?wat=geen-agenda&p=2")]


@pytest.mark.parametrize("asked", ["wat=iets", "jaar=vorig", "p=0"])
def test_what_no_link_of_the_page_asks_is_not_found(admin_client, asked):
    assert admin_client.get(f"{PAGE}?{asked}").status_code == 404


@pytest.mark.parametrize("task", ["geen-verslag", "niet-in-verslag", "problemen", "nakijken"])
def test_more_work_asks_the_database_no_more(admin_client, task):
    def add(first, last):
        for number in range(first, last):
            agenda_topic = agenda_without_report_on(f"Punt {number}", f"20{number:02}-01-01")
            make_meeting(f"20{number:02}-02-01")
            letter = agenda_topic.meeting.letters.first()
            Problem.objects.create(letter=letter, code="date", message="Welke datum?")
            make_position(make_paragraph(make_section(letter)), status="unchecked")

    add(10, 13)
    three = queries(admin_client, f"{PAGE}?wat={task}")
    add(13, 19)
    nine = queries(admin_client, f"{PAGE}?wat={task}")

    assert three == nine
    assert three <= 15


def test_the_page_is_for_editors_and_the_desk_leads_there(client):
    agenda_without_report_on("China")
    editor, other = (User.objects.create_user(name, is_staff=True) for name in ["redacteur", "ander"])
    editor.groups.add(Group.objects.get(name=EDITOR))

    client.force_login(other)
    refused, desk_of_other = client.get(PAGE), client.get("/beheer/")
    client.force_login(editor)
    allowed, desk = client.get(PAGE), client.get("/beheer/")

    assert [refused.status_code, allowed.status_code] == [403, 200]
    assert [PAGE in page.content.decode() for page in (desk_of_other, desk)] == [False, True]


def test_a_visitor_is_sent_to_log_in(client):
    response = client.get(PAGE)

    assert [response.status_code, response["Location"].partition("?")[0]] == [302, "/beheer/login/"]
