"""Agenda and report of one meeting meet at its agenda topics, whichever comes first, and what people chose stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from letters import decisions
from letters.ingest import Upload, ingest, read_again
from letters.models import AgendaTopic, Section
from letters.topic_list import load_topics
from tests.factories import make_agenda_topic, make_note

pytestmark = pytest.mark.django_db

AGENDA = """
Geachte voorzitter,

Hierbij bied ik u de geannoteerde agenda aan van de bijeenkomst van de NAVO-ministers van Defensie op 12 en 13 juni 2031 in Brussel.

Steun aan Oekraïne

De ministers bespreken de levering van luchtverdediging en munitie. Nederland zal bondgenoten oproepen tot nieuwe bijdragen.

China

De invloed van China op kritieke infrastructuur wordt besproken.

Indo-Pacific

Japan en Australië nemen deel aan de sessie.

Westelijke Balkan

Mogelijk wordt ook over KFOR gesproken.

De minister van Defensie,

A. Voorbeeld
"""

REPORT = """
Geachte voorzitter,

Hierbij bied ik u het verslag aan van de bijeenkomst van de NAVO-ministers van Defensie op 12 en 13 juni 2031 in Brussel.

Situatie in Oekraïne

De ministers spraken over luchtverdediging en munitie. Nederland riep bondgenoten op tot nieuwe bijdragen.

China en de Indo-Pacific

Met Japan en Australië is gesproken over kritieke infrastructuur.

Libanon

Nederland vroeg aandacht voor de humanitaire nood.

De minister van Defensie,

A. Voorbeeld
"""


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def _ingest(text):
    return ingest([Upload("brief.txt", text.encode())]).letter


def _beside():
    """For each agenda topic the headings under which letters treat it."""
    return {
        topic.heading: sorted(section.heading for section in topic.sections.all())
        for topic in AgendaTopic.objects.prefetch_related("sections")
    }


def test_a_report_joins_the_agenda_topics_of_its_agenda_under_other_headings():
    load_topics()
    _ingest(AGENDA)

    _ingest(REPORT)

    assert _beside() == {
        "Steun aan Oekraïne": ["Situatie in Oekraïne", "Steun aan Oekraïne"],
        "China": ["China", "China en de Indo-Pacific"],
        "Indo-Pacific": ["China en de Indo-Pacific", "Indo-Pacific"],
        "Westelijke Balkan": ["Westelijke Balkan"],
        "Libanon": ["Libanon"],
    }


def test_an_agenda_that_comes_after_its_report_joins_the_agenda_topics_of_that():
    load_topics()
    _ingest(REPORT)

    _ingest(AGENDA)

    assert _beside() == {
        "Situatie in Oekraïne": ["Situatie in Oekraïne", "Steun aan Oekraïne"],
        "China en de Indo-Pacific": ["China", "China en de Indo-Pacific", "Indo-Pacific"],
        "Westelijke Balkan": ["Westelijke Balkan"],
        "Libanon": ["Libanon"],
    }


def test_reading_either_letter_again_changes_nothing_in_what_stands_beside_what():
    load_topics()
    letters = [_ingest(AGENDA), _ingest(REPORT)]
    before = _beside()

    outcomes = [str(read_again(letter.text_edition).outcome) for letter in letters]

    assert outcomes == ["unchanged", "unchanged"]
    assert _beside() == before


def _part(letter, heading):
    """Make it as if an earlier reading had not seen that this section belongs to an agenda topic of another letter."""
    section = letter.sections.get(heading=heading)
    own = make_agenda_topic(letter.meetings.get(), heading, order=section.order)
    own.read = {
        "letter": letter.pk,
        "section": section.pk,
        "heading": heading,
        "order": section.order,
        "session_id": None,
        "topics": sorted(section.topics.values_list("pk", flat=True)),
    }
    own.save()
    own.topics.set(section.topics.all())
    section.agenda_topics.set([own])
    section.read = {**section.read, "agenda_topics": [own.pk]}
    section.save()
    return own


def test_letters_that_an_earlier_version_left_apart_meet_when_the_later_one_is_read_again():
    load_topics()
    agenda, report = _ingest(AGENDA), _ingest(REPORT)
    own = _part(report, "Situatie in Oekraïne")

    read_again(agenda.text_edition)
    apart = _beside()
    read_again(report.text_edition)

    assert (apart["Steun aan Oekraïne"], apart["Situatie in Oekraïne"]) == (
        ["Steun aan Oekraïne"],
        ["Situatie in Oekraïne"],
    )
    assert _beside()["Steun aan Oekraïne"] == ["Situatie in Oekraïne", "Steun aan Oekraïne"]
    assert not AgendaTopic.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize(
    "hang",
    [
        lambda own: make_note(agenda_topic=own),
        lambda own: own.absences.create(kind="annotated_agenda", established_at=timezone.now()),
    ],
    ids=["a note", "what a person established"],
)
def test_an_agenda_topic_on_which_something_hangs_is_not_given_up_for_another(hang):
    load_topics()
    _ingest(AGENDA)
    report = _ingest(REPORT)
    hang(_part(report, "Situatie in Oekraïne"))

    read_again(report.text_edition)

    assert _beside()["Situatie in Oekraïne"] == ["Situatie in Oekraïne"]


def test_what_an_agenda_hedges_is_kept_with_its_section():
    _ingest(AGENDA)

    hedged = Section.objects.filter(is_hedged=True)

    assert [section.heading for section in hedged] == ["Westelijke Balkan"]


def test_a_hedge_that_a_person_took_off_stays_off_after_reading_again():
    letter = _ingest(AGENDA)
    Section.objects.filter(is_hedged=True).update(is_hedged=False)

    read_again(letter.text_edition)

    assert not Section.objects.filter(is_hedged=True).exists()


def _as_draft(text):
    return ingest([Upload("editie.txt", text.encode())], attach=False).letter


def test_a_hedge_that_a_person_took_off_in_a_draft_is_off_in_the_letter_that_it_is_added_to():
    letter, draft = _ingest(AGENDA), _as_draft(AGENDA.replace("Geachte voorzitter", "Geachte Voorzitter"))
    draft.sections.filter(is_hedged=True).update(is_hedged=False)

    decisions.attach(draft, letter, by=None)

    assert not letter.sections.filter(is_hedged=True).exists()


def test_a_draft_is_not_added_to_another_letter_when_that_would_undo_what_was_established():
    agenda = _ingest(AGENDA)
    decisions.publish(_ingest(REPORT), by=None)
    draft = _as_draft(
        AGENDA.replace("De minister van", "Moldavië\n\nMoldavië wordt besproken.\n\nDe minister van")
    )
    [only_there] = draft.sections.get(heading="Moldavië").agenda_topics.all()
    absence = decisions.establish_absence(only_there, "report", by=None)

    with pytest.raises(decisions.Refused, match="agendapunt “Moldavië”"):
        decisions.attach(draft, agenda, by=None)

    assert list(only_there.absences.all()) == [absence]


def test_a_section_that_a_clerk_moved_to_another_agenda_topic_stays_there(admin_client):
    load_topics()
    _ingest(AGENDA)
    letter = _ingest(REPORT)
    section = letter.sections.get(heading="Libanon")
    chosen = make_agenda_topic(letter.meetings.get(), "Midden-Oosten")
    page = reverse("admin:letters_section_change", args=[section.pk])
    form = admin_client.get(page).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    rows = {"paragraphs-TOTAL_FORMS": 0, "paragraphs-INITIAL_FORMS": 0}
    sent = {name: "" if value is None else value for name, value in fields.items() if value is not False}

    saved = admin_client.post(page, {**sent, **rows, "agenda_topics": [chosen.pk]})
    outcome = read_again(letter.text_edition).outcome

    assert (saved.status_code, str(outcome)) == (302, "unchanged")
    assert list(section.agenda_topics.all()) == [chosen]


def test_a_section_that_a_person_put_at_an_agenda_topic_keeps_it_when_the_one_it_was_made_for_joins_another():
    load_topics()
    _ingest(AGENDA)
    report = _ingest(REPORT)
    own = _part(report, "Situatie in Oekraïne")
    moved = report.sections.get(heading="Libanon")
    moved.agenda_topics.set([own])

    read_again(report.text_edition)

    assert list(moved.agenda_topics.all()) == [own]


def test_a_section_that_is_no_longer_read_as_an_agenda_topic_stands_at_none():
    load_topics()
    letter = _ingest(REPORT.replace("Libanon\n", "Tot slot\n"))
    closing = letter.sections.get(kind="closing")
    _part(letter, closing.heading)

    read_again(letter.text_edition)

    assert list(closing.agenda_topics.all()) == []


def test_a_decision_or_a_closing_never_joins_the_agenda():
    load_topics()
    _ingest(AGENDA)

    _ingest(REPORT.replace("Libanon\n", "Tot slot\n"))

    assert [one.kind for one in Section.objects.filter(agenda_topics=None)] == ["closing"]


def test_the_only_letter_of_a_meeting_is_not_compared_with_others():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _ingest(AGENDA)

    asked = [query["sql"] for query in queries if 'FROM "letters_agendatopic"' in query["sql"]]
    assert [sql for sql in asked if sql.startswith("SELECT")] == []
