"""Two people, or a person and a reading, at the same rows at once: nothing is lost silently."""

from pathlib import Path

import pytest
from django.urls import reverse

from letters.ingest import Upload, ingest
from letters.models import (
    AgendaTopic,
    Letter,
    Meeting,
    Paragraph,
    Position,
    Section,
    Session,
    Signatory,
    Submission,
)
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_note,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"


def _url(row):
    return reverse(f"admin:letters_{row._meta.model_name}_change", args=[row.pk])


def _sent(client, url):
    """All that a browser sends back from a page as it was shown: values, and hidden what they were."""
    context = client.get(url).context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [
        context["adminform"].form,
        *(formset.management_form for formset in formsets),
        *(form for formset in formsets for form in formset.initial_forms),
    ]
    values = {}
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        values[bound.html_initial_name] = _as_sent(bound.field.prepare_value(value))
        if value is not False:
            values[bound.html_name] = _as_sent(value)
    return {name: value for name, value in values.items() if value is not None}


def _as_sent(value):
    return [str(getattr(one, "pk", one)) for one in value] if isinstance(value, list) else value


def _letter():
    meeting = make_meeting(place="Brussel")
    letter = make_letter(meetings=[meeting], subject="Oud", department="DVB")
    make_submission(letter, reference="BZ-1")
    make_signatory(letter)
    make_paragraph(make_section(letter, "Oekraïne"), "Nederland steunt dit.")
    make_session(meeting, 1, title="Eerste")
    return letter


def _inline(values, ending):
    return next(name for name in values if name.endswith(ending) and not name.startswith("initial-"))


def test_what_somebody_else_changed_meanwhile_is_kept_when_this_person_left_it_alone(admin_client):
    letter = _letter()
    url = _url(letter)
    values = _sent(admin_client, url)
    Letter.objects.filter(pk=letter.pk).update(subject="Van de lezing")

    response = admin_client.post(url, {**values, "department": "Van mij"})

    letter.refresh_from_db()
    assert response.status_code == 302, response.context["errors"]
    assert (letter.subject, letter.department) == ("Van de lezing", "Van mij")


def test_what_both_changed_is_said_and_saving_again_writes_it(admin_client):
    letter = _letter()
    url = _url(letter)
    values = _sent(admin_client, url)
    Letter.objects.filter(pk=letter.pk).update(subject="Van de lezing")

    told = admin_client.post(url, {**values, "subject": "Van mij"})
    shown = told.context["adminform"].form["subject"]
    again = admin_client.post(url, {**values, "subject": "Van mij", shown.html_initial_name: "Van de lezing"})

    letter.refresh_from_db()
    assert told.context["adminform"].form.errors == {
        "subject": ["Intussen gewijzigd in “Van de lezing”. Sla nog eens op om uw eigen waarde te bewaren."]
    }
    assert 'name="initial-subject" value="Van de lezing"' in told.content.decode()
    assert (again.status_code, letter.subject) == (302, "Van mij")


@pytest.mark.parametrize(
    ("model", "page", "field"),
    [
        (Submission, Letter, "reference"),
        (Signatory, Letter, "name"),
        (Section, Letter, "heading"),
        (Section, Section, "heading"),
        (Paragraph, Section, "text"),
        (Meeting, Meeting, "place"),
        (Session, Meeting, "title"),
        (Session, Session, "title"),
    ],
)
def test_every_form_says_what_was_changed_meanwhile(admin_client, model, page, field):
    _letter()
    url = _url(page.objects.get())
    values = _sent(admin_client, url)
    name = field if model is page else _inline(values, f"-{field}")
    model.objects.update(**{field: "Van een ander"})

    told = admin_client.post(url, {**values, name: "Van mij"})

    assert "Intussen gewijzigd in “Van een ander”" in told.content.decode()
    assert getattr(model.objects.get(), field) == "Van een ander"


def test_topics_that_somebody_else_chose_meanwhile_are_kept(admin_client):
    letter = _letter()
    section, topic = letter.sections.get(), make_topic("china")
    url = _url(section)
    values = _sent(admin_client, url)
    section.topics.set([topic])

    admin_client.post(url, {**values, "heading": "Steun"})

    section.refresh_from_db()
    assert (section.heading, list(section.topics.all())) == ("Steun", [topic])


def test_a_row_that_is_gone_meanwhile_is_said_and_nothing_is_saved(admin_client):
    letter = _letter()
    url = _url(letter)
    values = _sent(admin_client, url)
    letter.signatories.all().delete()

    response = admin_client.post(url, {**values, "department": "Van mij"}, follow=True)

    letter.refresh_from_db()
    assert "Niets is bewaard: intussen zijn rijen" in response.content.decode()
    assert letter.department == "DVB"


@pytest.mark.parametrize("make", [make_session, make_agenda_topic])
def test_what_a_letter_treats_is_not_deleted_and_the_page_says_what_to_do(admin_client, make):
    meeting = make_meeting()
    row = make(meeting)
    link = {"session": row} if make is make_session else {"agenda_topics": [row]}
    make_section(make_letter(meetings=[meeting]), **link)
    prefix = "sessions" if make is make_session else "agenda_topics"
    values = _sent(admin_client, _url(meeting))

    on_its_page = admin_client.post(
        reverse(f"admin:letters_{row._meta.model_name}_delete", args=[row.pk]), {"post": "yes"}, follow=True
    )
    at_the_meeting = admin_client.post(_url(meeting), {**values, f"{prefix}-0-DELETE": "on"})

    assert type(row).objects.count() == 1
    assert "Kies daar eerst iets anders" in on_its_page.content.decode()
    assert "Kies daar eerst iets anders" in at_the_meeting.content.decode()


def test_an_agenda_topic_with_notes_is_not_deleted(admin_client):
    row = make_agenda_topic(make_meeting())
    make_note(agenda_topic=row)

    page = admin_client.post(
        reverse("admin:letters_agendatopic_delete", args=[row.pk]), {"post": "yes"}, follow=True
    )

    assert "horen notities" in page.content.decode()
    assert AgendaTopic.objects.count() == 1


def test_what_a_clerk_emptied_or_deleted_is_not_filled_again(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    text = (LETTERS / "verslag-2021-03-23.txt").read_text()
    letter = ingest([Upload("verslag.txt", text.encode())]).letter
    Meeting.objects.update(place="")
    for row in [*Session.objects.all(), *letter.submissions.all(), *letter.signatories.all()]:
        row.delete()

    ingest([Upload("anders.txt", f"{text} ".encode())])

    assert (Meeting.objects.get().place, Session.objects.count()) == ("", 0)
    assert (letter.submissions.count(), letter.signatories.count()) == (0, 0)


def test_a_stance_that_a_colleague_corrected_meanwhile_is_not_overwritten_by_checking(admin_client):
    position = make_position(make_paragraph(make_section(make_letter())), status="unchecked")
    [card] = (
        admin_client.get(reverse("admin:letters_letter_check", args=[position.letter_id]))
        .context["queue"]
        .cards
    )
    name = f"p{position.pk}"
    values = {f"{name}-stance": "support", f"{name}-moment": "stated", f"{name}-seen": card.version}
    Position.objects.update(stance="concern")

    response = admin_client.post(
        reverse("admin:letters_letter_decide", args=[position.pk]),
        {**values, "decision": "check", f"{name}-verb": "uit zorgen"},
        follow=True,
    )

    position.refresh_from_db()
    assert (position.status, position.stance, position.verb) == ("unchecked", "concern", "steunt")
    assert "“steunt of verwelkomt” → “uit zorg”" in response.content.decode()


@pytest.mark.parametrize("model", [Letter, Section, Meeting, Session])
def test_saving_a_page_as_it_is_writes_no_history(admin_client, model):
    letter = _letter()
    letter.readdress()
    letter.save()
    row = model.objects.get()
    kept = [one.history.count() for one in (Letter, Section, Meeting, Session, Submission)]

    response = admin_client.post(_url(row), _sent(admin_client, _url(row)))

    assert response.status_code == 302, response.context["errors"]
    assert [one.history.count() for one in (Letter, Section, Meeting, Session, Submission)] == kept
