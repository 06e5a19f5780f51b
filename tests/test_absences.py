""" "Niet genoemd in het verslag": who may say so, when, and who reads it."""

import re
import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from letters import decisions
from letters.ingest import one_at_a_time
from letters.models import Absence, Section
from tests.factories import make_agenda_topic, make_letter, make_meeting, make_paragraph, make_section
from tests.reading import main, text
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def agenda_topic(meeting):
    """An agenda topic that the published agenda treats and the published report does not."""
    agenda_topic = make_agenda_topic(meeting, "Westelijke Balkan")
    make_paragraph(
        make_section(
            make_letter("annotated_agenda", meetings=[meeting]),
            agenda_topic.heading,
            agenda_topics=[agenda_topic],
        )
    )
    other = make_agenda_topic(meeting, "Oekraïne")
    make_paragraph(
        make_section(make_letter("report", meetings=[meeting]), other.heading, agenda_topics=[other])
    )
    return agenda_topic


def _report(meeting):
    return meeting.letters.get(kind="report")


def _pass(letter, agenda_topic):
    """A passage of the letter at the agenda topic."""
    return make_section(letter, "Balkan", agenda_topics=[agenda_topic])


def _refusal(agenda_topic, kind="report"):
    with pytest.raises(decisions.Refused) as refused:
        decisions.establish_absence(agenda_topic, kind, by=None)
    return str(refused.value)


def test_a_visitor_reads_that_it_is_not_mentioned_only_once_a_person_established_that(
    client, meeting, agenda_topic, admin_user
):
    before = text(client.get(meeting.get_absolute_url()))
    decisions.establish_absence(agenda_topic, "report", by=admin_user)
    after = text(client.get(meeting.get_absolute_url()))

    assert ["iet genoemd" in before, "Niet genoemd in het verslag Vastgesteld" in after] == [False, True]
    assert "geen passage gevonden" not in before.casefold() + after.casefold()
    assert admin_user.username not in after


def test_a_report_may_treat_what_the_agenda_does_not_mention(client, meeting, agenda_topic):
    other = meeting.agenda_topics.get(heading="Oekraïne")

    decisions.establish_absence(other, "annotated_agenda", by=None)

    assert "Niet genoemd in de agenda Vastgesteld" in text(client.get(meeting.get_absolute_url()))


def test_what_was_established_can_be_taken_back_and_stays_in_its_history(
    client, meeting, agenda_topic, admin_user
):
    decisions.establish_absence(agenda_topic, "report", by=admin_user)

    decisions.revoke_absence(agenda_topic, "report", by=admin_user)

    assert "iet genoemd" not in text(client.get(meeting.get_absolute_url()))
    changes = Absence.history.order_by("history_date").values_list("history_type", "established_by")
    assert list(changes)[-1] == ("-", admin_user.pk)


def test_without_a_published_report_nothing_is_absent_from_it(meeting, agenda_topic):
    _report(meeting).delete()
    draft = make_letter("report", meetings=[meeting], status="draft")

    refusal = _refusal(agenda_topic)

    assert refusal.startswith("Er is geen gepubliceerd verslag van deze bijeenkomst.")
    assert draft.absences.count() == 0


def test_of_what_the_agenda_hedges_nobody_says_that_the_report_is_silent(agenda_topic):
    Section.objects.filter(agenda_topics=agenda_topic).update(is_hedged=True)

    assert "onder voorbehoud" in _refusal(agenda_topic)


def test_what_the_report_has_a_passage_on_is_mentioned(meeting, agenda_topic):
    _pass(_report(meeting), agenda_topic)

    assert "een passage in het verslag: “Balkan”" in _refusal(agenda_topic)


@pytest.mark.django_db(transaction=True)
def test_a_passage_that_is_being_written_is_waited_for(meeting, agenda_topic):
    is_writing = threading.Event()

    def write():
        with transaction.atomic():
            one_at_a_time()
            is_writing.set()
            wait_until(_somebody_waits_for_the_reading)
            _pass(_report(meeting), agenda_topic)
        connection.close()

    reading = threading.Thread(target=write)
    reading.start()
    is_writing.wait()
    refusal = _refusal(agenda_topic)
    reading.join()

    assert "een passage in het verslag: “Balkan”" in refusal


def _somebody_waits_for_the_reading() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return cursor.fetchone()[0]


def test_only_agenda_and_report_are_laid_beside_each_other(agenda_topic):
    assert "alleen van de geannoteerde agenda en van het verslag" in _refusal(
        agenda_topic, "committee_answers"
    )


@pytest.mark.parametrize(
    "happens",
    [
        lambda topic: _pass(_report(topic.meeting), topic),
        lambda topic: _pass(make_letter("report", meetings=[topic.meeting], status="draft"), topic),
        lambda topic: Section.objects.filter(agenda_topics=topic).update(is_hedged=True),
        lambda topic: make_letter("report", meetings=[topic.meeting]),
        lambda topic: topic.meeting.letters.filter(kind="report").update(status="withdrawn"),
        lambda topic: topic.meeting.letters.filter(kind="annotated_agenda").update(status="withdrawn"),
    ],
    ids=["a passage", "a passage in a draft", "a hedge", "another report", "no report", "no agenda"],
)
def test_what_was_established_is_no_longer_shown_once_it_may_be_wrong(client, meeting, agenda_topic, happens):
    decisions.establish_absence(agenda_topic, "report", by=None)

    happens(agenda_topic)

    assert list(Absence.objects.public()) == []
    assert "iet genoemd" not in text(client.get(meeting.get_absolute_url()))


def test_a_passage_in_a_withdrawn_letter_is_no_passage(meeting, agenda_topic):
    _pass(make_letter("report", meetings=[meeting], status="withdrawn"), agenda_topic)

    absence = decisions.establish_absence(agenda_topic, "report", by=None)

    assert list(Absence.objects.public()) == [absence]


def test_it_can_be_established_again_after_another_report_came(meeting, agenda_topic):
    decisions.establish_absence(agenda_topic, "report", by=None)
    second = make_letter("report", meetings=[meeting])

    absence = decisions.establish_absence(agenda_topic, "report", by=None)

    assert list(Absence.objects.public()) == [absence]
    assert set(absence.letters.all()) == {_report_before(meeting, second), second}


def _report_before(meeting, second):
    return meeting.letters.filter(kind="report").exclude(pk=second.pk).get()


def _table(client, meeting):
    return client.get(reverse("admin:letters_meeting_beside", args=[meeting.pk]))


def _post(client, agenda_topic, /, **fields):
    page = reverse("admin:letters_meeting_beside", args=[agenda_topic.meeting_id])
    shown = [letter.pk for letter in agenda_topic.meeting.letters.filter(kind="report")]
    sent = {"agenda_topic": agenda_topic.pk, "kind": "report", "letters": shown, **fields}
    return client.post(page, sent, follow=True)


def test_a_clerk_sees_the_gap_and_establishes_it_from_the_table(admin_client, meeting, agenda_topic):
    gap = text(_table(admin_client, meeting))
    established = text(_post(admin_client, agenda_topic, action="establish"))
    revoked = text(_post(admin_client, agenda_topic, action="revoke"))

    assert "geen passage gevonden Lees “" in gap
    assert "Vastgesteld: niet genoemd in het verslag" in gap
    assert "Niet genoemd in het verslag Vastgesteld op" in established
    assert "Toch niet vastgesteld" in established
    assert "Toch niet vastgesteld" not in revoked
    assert Absence.objects.count() == 0


def test_a_clerk_is_told_why_nothing_can_be_established(admin_client, meeting, agenda_topic):
    _report(meeting).delete()

    table = text(_table(admin_client, meeting))
    refused = text(_post(admin_client, agenda_topic, action="establish"))

    assert "Vastgesteld: niet genoemd in het verslag" not in table
    assert "Er is geen gepubliceerd verslag van deze bijeenkomst." in table
    assert "“Westelijke Balkan”: Er is geen gepubliceerd verslag" in refused


def test_what_a_clerk_read_says_nothing_of_a_report_that_was_published_meanwhile(
    admin_client, meeting, agenda_topic
):
    shown = re.findall(r'name="letters" value="(\d+)"', main(_table(admin_client, meeting)))
    make_letter("report", meetings=[meeting], subject="Tweede verslag")

    refused = text(_post(admin_client, agenda_topic, letters=shown, action="establish"))

    assert "Intussen kwam “Tweede verslag” erbij. Lees ook die brief na." in refused
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"agenda_topic": "abc"},
        {"agenda_topic": ""},
        {"kind": "other"},
        {"kind": "\0"},
        {"letters": ["x"]},
        {"action": ""},
    ],
)
def test_what_no_button_sends_is_not_found(admin_client, agenda_topic, sent):
    response = _post(admin_client, agenda_topic, **{"action": "revoke", **sent})

    assert response.status_code == 404


def test_an_agenda_topic_of_another_meeting_is_not_found(admin_client, agenda_topic):
    stranger = make_agenda_topic(make_meeting("2024-04-03"))

    response = _post(admin_client, agenda_topic, agenda_topic=stranger.pk, action="establish")

    assert response.status_code == 404


def test_a_clerk_is_told_that_what_was_established_is_contradicted(admin_client, meeting, agenda_topic):
    decisions.establish_absence(agenda_topic, "report", by=None)
    _pass(_report(meeting), agenda_topic)

    table = text(_table(admin_client, meeting))

    assert "1 vaststelling klopt niet meer" in table
    assert "maar dat klopt niet meer: Bij dit agendapunt hoort al een passage in het verslag" in table


def test_a_clerk_finds_the_meetings_with_gaps_and_with_what_holds_no_longer(
    admin_client, meeting, agenda_topic
):
    make_letter("report", meetings=[make_meeting("2024-04-03")])
    other = meeting.agenda_topics.get(heading="Oekraïne")

    def listed(value):
        page = admin_client.get(reverse("admin:letters_meeting_changelist"), {"naast": value})
        return list(page.context["cl"].queryset)

    with_gaps = listed("leemten")
    decisions.establish_absence(agenda_topic, "report", by=None)
    decisions.establish_absence(other, "annotated_agenda", by=None)
    established = listed("leemten"), listed("tegengesproken")
    _pass(_report(meeting), agenda_topic)

    assert with_gaps == [meeting]
    assert established == ([], [])
    assert listed("tegengesproken") == [meeting]


def test_of_what_no_letter_treats_nothing_is_established(meeting, agenda_topic):
    assert _refusal(make_agenda_topic(meeting, "Diversen")) == "Geen enkele brief behandelt dit agendapunt."


def test_an_agenda_topic_of_which_something_was_established_is_not_deleted(admin_client, agenda_topic):
    decisions.establish_absence(agenda_topic, "report", by=None)
    agenda_topic.sections.clear()

    page = admin_client.get(reverse("admin:letters_agendatopic_delete", args=[agenda_topic.pk]), follow=True)

    assert "is vastgesteld: niet genoemd in het verslag. Trek dat eerst in." in text(page)


def test_who_may_not_change_meetings_establishes_nothing(client, agenda_topic, django_user_model):
    client.force_login(django_user_model.objects.create_user("lezer", is_staff=True))

    response = _post(client, agenda_topic, action="establish")

    assert (response.status_code, Absence.objects.count()) == (403, 0)


def test_the_table_takes_as_many_queries_for_more_agenda_topics(
    admin_client, meeting, agenda_topic, django_assert_max_num_queries
):
    for number in range(10):
        topic = make_agenda_topic(meeting, f"Onderwerp {number}")
        make_section(meeting.letters.get(kind="annotated_agenda"), topic.heading, agenda_topics=[topic])
        decisions.establish_absence(topic, "report", by=None)

    with django_assert_max_num_queries(14):
        html = main(_table(admin_client, meeting))

    assert html.count("Onderwerp 9") > 0
