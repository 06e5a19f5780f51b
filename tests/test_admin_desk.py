import html
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from letters.models import AgendaTopic, Letter, Note, Position, Section
from tests.factories import make_letter, make_meeting, make_paragraph, make_position, make_section, make_topic

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"
UPLOAD = "/beheer/letters/letter/add/"


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.ORIGINALS_DIR = tmp_path


def _file(name, data=None):
    return SimpleUploadedFile(name, (LETTERS / name).read_bytes() if data is None else data)


def _post(client, url, **data):
    return client.post(url, data, follow=True)


def test_an_upload_leads_to_the_draft(admin_client):
    response = admin_client.post(UPLOAD, {"files": _file("verslag-2021-03-23.docx")}, follow=True)

    letter = Letter.objects.get()
    assert response.redirect_chain == [(f"/beheer/letters/letter/{letter.pk}/change/", 302)]
    assert "ingelezen als concept" in response.content.decode()
    assert (letter.status, letter.kind) == ("draft", "report")


def test_the_same_upload_again_leads_to_the_letter_that_is_there(admin_client):
    admin_client.post(UPLOAD, {"files": _file("verslag-2021-03-23.docx")})

    response = admin_client.post(UPLOAD, {"files": _file("verslag-2021-03-23.docx")}, follow=True)

    assert "Dit bestand is er al" in response.content.decode()
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (_file("leeg.pdf", b""), "is leeg"),
        (_file("kapot.docx", b"PK\x03\x04niets"), "beschadigd"),
        (_file("brief.pdf", b"Geachte voorzitter, hierbij het verslag."), "de inhoud is platte tekst"),
        (_file("lijst.txt", b"Melk, brood en eieren.\n\nKaas."), "geen brief van een minister"),
    ],
)
def test_a_wrong_file_gets_a_message_at_the_field_and_nothing_is_stored(admin_client, file, message):
    file.seek(0)

    response = admin_client.post(UPLOAD, {"files": file})

    assert response.status_code == 200
    assert message in str(response.context["form"].errors["files"])
    assert Letter.objects.count() == 0


def test_a_file_over_the_limit_gets_a_message_at_the_field(admin_client, settings):
    settings.MAX_UPLOAD_MB, settings.MAX_UPLOAD_BYTES = 1, 1024 * 1024

    response = admin_client.post(UPLOAD, {"files": _file("groot.txt", b"x" * (1024 * 1024 + 1))})

    assert "groter dan 1 MB" in str(response.context["form"].errors["files"])


def test_no_file_chosen_gets_a_message(admin_client):
    response = admin_client.post(UPLOAD, {})

    assert response.context["form"].errors["files"]


def test_a_visitor_cannot_upload(client):
    response = client.post(UPLOAD, {"files": _file("verslag-2021-03-23.docx")})

    assert response.status_code == 302
    assert response.url.startswith("/beheer/login/")
    assert Letter.objects.count() == 0


def test_staff_without_permission_cannot_upload(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("lezer", is_staff=True))

    response = client.post(UPLOAD, {"files": _file("verslag-2021-03-23.docx")})

    assert response.status_code == 403
    assert Letter.objects.count() == 0


def test_a_draft_is_published_and_withdrawn_with_a_reason(admin_client):
    letter = make_letter(status="draft", meetings=[make_meeting()])
    make_paragraph(make_section(letter), anchor="")

    _post(admin_client, reverse("admin:letters_letter_publish", args=[letter.pk]))
    published = Letter.objects.get().status
    _post(
        admin_client, reverse("admin:letters_letter_withdraw", args=[letter.pk]), reason="Verkeerde versie."
    )

    assert (published, Letter.objects.get().status) == ("published", "withdrawn")
    assert letter.publications.get(action="withdrawn").reason == "Verkeerde versie."


def test_withdrawing_without_a_reason_says_what_is_missing(admin_client):
    letter = make_letter()

    response = _post(admin_client, reverse("admin:letters_letter_withdraw", args=[letter.pk]), reason="")

    assert response.context["form"].errors["reason"]
    assert Letter.objects.get().is_public


def test_a_draft_that_cannot_be_published_says_why(admin_client):
    letter = make_letter(status="draft")

    response = _post(admin_client, reverse("admin:letters_letter_publish", args=[letter.pk]))

    assert "heeft geen tekst" in response.content.decode()


@pytest.mark.parametrize(
    ("button", "status"), [("check", "checked"), ("reject", "rejected"), ("reopen", "unchecked")]
)
def test_a_proposal_is_decided_on_the_checking_page(admin_client, admin_user, button, status):
    position = make_position(
        make_paragraph(make_section(make_letter())), status="unchecked" if button != "reopen" else "checked"
    )
    fields = {"stance": "concern", "verb": "uit zorgen", "moment": "delivered"}

    _post(
        admin_client,
        reverse("admin:letters_letter_decide", args=[position.pk]),
        decision=button,
        **{f"p{position.pk}-{name}": value for name, value in fields.items()},
    )

    position.refresh_from_db()
    assert (position.status, position.stance, position.verb) == (status, "concern", "uit zorgen")


def test_a_position_is_added_by_quoting_its_sentence(admin_client):
    letter = make_letter()
    make_paragraph(make_section(letter), "Duitsland zweeg. Nederland steunt dit beleid.")

    response = _post(
        admin_client,
        reverse("admin:letters_letter_check", args=[letter.pk]),
        quote="steunt dit",
        stance="support",
        verb="steunt",
        moment="stated",
    )

    assert "telt als nagekeken" in response.content.decode()
    assert Position.objects.get().sentence == "Nederland steunt dit beleid."


def test_a_quotation_that_is_not_in_the_letter_gets_a_message_at_the_field(admin_client):
    letter = make_letter()
    make_paragraph(make_section(letter))

    response = _post(
        admin_client,
        reverse("admin:letters_letter_check", args=[letter.pk]),
        quote="Frankrijk steunt dit",
        stance="support",
        moment="stated",
    )

    assert "staan niet in één zin" in str(response.context["form"].errors["quote"])


def _change_form(client, url):
    """The values that a browser would send back from an admin form."""
    form = client.get(url).context["adminform"].form
    formsets = [inline.formset for inline in client.get(url).context["inline_admin_formsets"]]
    values = {}
    for one in [
        form,
        *(formset.management_form for formset in formsets),
        *(f for formset in formsets for f in formset.initial_forms),
    ]:
        for bound in one:
            value = bound.value()
            if value is not None and value is not False:
                values[bound.html_name] = value
    return values


def test_a_corrected_heading_also_holds_for_the_agenda_topic(admin_client):
    admin_client.post(UPLOAD, {"files": _file("agenda-2023-11-28.txt")})
    letter = Letter.objects.get()
    url = reverse("admin:letters_letter_change", args=[letter.pk])
    values = _change_form(admin_client, url)
    key = next(name for name, value in values.items() if name.endswith("-heading") and value == "Oekraïne")

    response = admin_client.post(url, {**values, key: "Steun aan Oekraïne"})

    assert response.status_code == 302, response.context["errors"]
    assert Section.objects.filter(heading="Steun aan Oekraïne").count() == 1
    assert AgendaTopic.objects.filter(heading="Steun aan Oekraïne").count() == 1


def test_a_note_keeps_who_wrote_it(admin_client, admin_user):
    position = make_position(make_paragraph(make_section(make_letter())))
    url = reverse("admin:letters_position_change", args=[position.pk])
    values = _change_form(admin_client, url)

    response = admin_client.post(url, {**values, "notes-TOTAL_FORMS": 1, "notes-0-text": "Navragen bij BZ."})

    assert response.status_code == 302, response.context["errors"]
    note = Note.objects.get()
    assert (note.text, note.is_public, note.written_by) == ("Navragen bij BZ.", False, admin_user)


def test_a_letter_that_was_public_cannot_be_deleted(admin_client):
    letter = make_letter()

    response = admin_client.post(reverse("admin:letters_letter_delete", args=[letter.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert Letter.objects.count() == 1


def test_topics_are_merged_from_the_page_of_one(admin_client):
    china, prc = make_topic("china"), make_topic("volksrepubliek")

    _post(admin_client, reverse("admin:letters_topic_merge", args=[prc.pk]), into=china.pk)

    prc.refresh_from_db()
    assert prc.merged_into == china


@pytest.mark.parametrize(
    "model", ["letter", "meeting", "session", "agendatopic", "topic", "position", "edition", "section"]
)
def test_every_page_of_the_desk_opens(admin_client, model):
    admin_client.post(UPLOAD, {"files": _file("agenda-2023-11-28.docx")})
    letter = Letter.objects.get()
    rows = {
        "letter": letter,
        "meeting": letter.meetings.first(),
        "session": letter.meetings.first().sessions.first(),
        "agendatopic": letter.meetings.first().agenda_topics.first(),
        "topic": make_topic("proef"),
        "position": letter.positions.first(),
        "edition": letter.text_edition,
        "section": letter.sections.first(),
    }

    pages = [
        reverse(f"admin:letters_{model}_changelist"),
        reverse(f"admin:letters_{model}_change", args=[rows[model].pk]),
    ]

    assert [admin_client.get(page).status_code for page in pages] == [200, 200]


def test_the_checking_page_shows_every_proposal(admin_client):
    admin_client.post(UPLOAD, {"files": _file("agenda-2023-11-28.docx")})
    letter = Letter.objects.get()

    page = admin_client.get(reverse("admin:letters_letter_check", args=[letter.pk]))

    assert page.status_code == 200
    sentences = set(letter.positions.values_list("sentence", flat=True))
    assert len(sentences) > 10
    assert all(sentence in html.unescape(page.content.decode()) for sentence in sentences)
