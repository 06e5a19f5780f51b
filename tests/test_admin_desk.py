import html
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from letters.models import AgendaTopic, Letter, Meeting, Note, Position, Problem, Section, TopicRedirect
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_topic,
)

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"
UPLOAD = "/beheer/letters/letter/add/"


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


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


def _staff(django_user_model, *permissions):
    user = django_user_model.objects.create_user("medewerker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.mark.parametrize(
    "permissions", [("view_letter", "view_historicalletter"), ("view_letter", "change_letter")]
)
def test_history_is_read_and_never_put_back(client, django_user_model, permissions):
    letter = make_letter(subject="Oud", ministries=["Defensie"])
    old = letter.history.get(subject="Oud")
    letter.subject = "Nieuw"
    letter.save()
    url = reverse("admin:letters_letter_simple_history", args=[letter.pk, old.history_id])
    client.force_login(_staff(django_user_model, *permissions))

    page = client.get(url)
    response = client.post(url, {"kind": "report", "subject": "Oud", "language": "nl"})

    letter.refresh_from_db()
    assert (page.status_code, response.status_code, letter.subject) == (403, 403, "Nieuw")


@pytest.mark.parametrize("model", ["meeting", "session", "agendatopic", "topic", "position", "section"])
def test_the_history_of_every_row_says_in_dutch_what_happened_and_breaks_no_policy(admin_client, model):
    meeting = make_meeting()
    position = make_position(make_paragraph(make_section(make_letter())))
    row = {
        "meeting": meeting,
        "session": make_session(meeting),
        "agendatopic": make_agenda_topic(meeting),
        "topic": make_topic(),
        "position": position,
        "section": position.paragraph.section,
    }[model]

    page = admin_client.get(reverse(f"admin:letters_{model}_history", args=[row.pk]))

    content = page.content.decode()
    assert (page.status_code, page.context["title"].split(":")[0]) == (200, "Geschiedenis")
    assert "Gemaakt" in content
    assert "style=" not in content


def _two_positions_on_one_sentence():
    paragraph = make_paragraph(make_section(make_letter()))
    return (
        make_position(paragraph, stance="support", status="unchecked"),
        make_position(paragraph, stance="view", status="unchecked"),
    )


def test_a_stance_that_the_sentence_has_already_gets_a_message_on_the_checking_page(admin_client):
    position, _other = _two_positions_on_one_sentence()
    fields = {"stance": "view", "verb": "steunt", "moment": "stated"}

    response = _post(
        admin_client,
        reverse("admin:letters_letter_decide", args=[position.pk]),
        decision="check",
        **{f"p{position.pk}-{name}": value for name, value in fields.items()},
    )

    position.refresh_from_db()
    assert [str(message) for message in response.context["messages"]] == [
        f'Deze zin heeft dit standpunt al. <a href="#standpunt-{position.pk}">Bekijk het voorstel.</a>'
    ]
    assert (position.stance, position.status) == ("support", "unchecked")


def test_a_stance_that_the_sentence_has_already_gets_a_message_at_the_field(admin_client):
    position, _other = _two_positions_on_one_sentence()
    url = reverse("admin:letters_position_change", args=[position.pk])

    response = admin_client.post(url, {**_change_form(admin_client, url), "stance": "view"})

    assert response.context["adminform"].form.errors == {"stance": ["Deze zin heeft dit standpunt al."]}


def test_a_refused_decision_keeps_no_correction(admin_client):
    position = make_position(make_paragraph(make_section(make_letter())), status="unchecked")
    Position.objects.update(paragraph=None)
    fields = {"stance": "concern", "verb": "steunt", "moment": "stated"}

    _post(
        admin_client,
        reverse("admin:letters_letter_decide", args=[position.pk]),
        decision="check",
        **{f"p{position.pk}-{name}": value for name, value in fields.items()},
    )

    position.refresh_from_db()
    assert (position.stance, position.status) == ("support", "unchecked")


def test_adding_a_position_needs_the_permission_to_add(client, django_user_model):
    letter = make_letter()
    make_paragraph(make_section(letter), "Nederland steunt dit beleid.")
    client.force_login(_staff(django_user_model, "view_letter", "change_position"))
    url = reverse("admin:letters_letter_check", args=[letter.pk])

    page = client.get(url)
    response = client.post(url, {"quote": "steunt dit", "stance": "support", "moment": "stated"})

    assert (page.status_code, page.context["form"]) == (200, None)
    assert (response.status_code, Position.objects.count()) == (403, 0)


def test_a_draft_is_thrown_away_after_confirmation(admin_client):
    admin_client.post(UPLOAD, {"files": _file("agenda-2023-11-28.txt")})
    url = reverse("admin:letters_letter_delete", args=[Letter.objects.get().pk])

    page = admin_client.get(url)
    before = Letter.objects.count()
    response = admin_client.post(url, follow=True)

    assert "Weggooien" in page.content.decode()
    assert "Het concept is weggegooid." in response.content.decode()
    assert (before, Letter.objects.count(), AgendaTopic.objects.count()) == (1, 0, 0)


def test_the_parts_of_a_letter_and_a_meeting_that_letters_treat_cannot_be_deleted(admin_client):
    meeting = make_meeting()
    section = make_section(make_letter(meetings=[meeting]))

    responses = [
        admin_client.post(reverse("admin:letters_section_delete", args=[section.pk]), {"post": "yes"}),
        admin_client.post(reverse("admin:letters_meeting_delete", args=[meeting.pk]), {"post": "yes"}),
    ]
    lists = [
        admin_client.get(reverse(f"admin:letters_{model}_changelist")) for model in ["section", "meeting"]
    ]

    assert [response.status_code for response in responses] == [403, 403]
    assert (Section.objects.count(), Meeting.objects.count()) == (1, 1)
    assert ["delete_selected" in page.content.decode() for page in lists] == [False, False]


def test_a_section_takes_nothing_of_another_letter_or_meeting(admin_client):
    section, other = make_section(make_letter()), make_section(make_letter())
    meeting = make_meeting("2019-01-01")
    session, agenda_topic = make_session(meeting), make_agenda_topic(meeting)
    url = reverse("admin:letters_section_change", args=[section.pk])
    values = _change_form(admin_client, url)

    pages = [
        admin_client.post(url, {**values, **strange})
        for strange in [{"parent": other.pk}, {"session": session.pk}, {"agenda_topics": [agenda_topic.pk]}]
    ]

    assert [list(page.context["adminform"].form.errors) for page in pages] == [
        ["parent"],
        ["session"],
        ["agenda_topics"],
    ]


def test_saving_a_section_as_it_is_leaves_the_words_of_its_paragraphs(admin_client):
    paragraph = make_paragraph(make_section(make_letter()), "land\tbedrag\nNederland\t2% ")
    url = reverse("admin:letters_section_change", args=[paragraph.section_id])
    values = {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in _change_form(admin_client, url).items()
    }

    response = admin_client.post(url, values)

    paragraph.refresh_from_db()
    assert (response.status_code, paragraph.text) == (302, "land\tbedrag\nNederland\t2% ")


@pytest.mark.parametrize(
    ("chambers", "field"),
    [(("tweede-kamer", "eerste-kamer"), "paper_number"), (("tweede-kamer", "tweede-kamer"), "__all__")],
)
def test_two_submissions_of_one_form_differ_in_number_and_chamber(admin_client, chambers, field):
    letter = make_letter(meetings=[make_meeting()])
    url = reverse("admin:letters_letter_change", args=[letter.pk])
    rows = {"submissions-TOTAL_FORMS": 2}
    for number, chamber in enumerate(chambers):
        rows[f"submissions-{number}-chamber"] = chamber
        rows[f"submissions-{number}-paper_number"] = "kst-28676-1" if field == "paper_number" else ""

    response = admin_client.post(url, {**_change_form(admin_client, url), **rows})

    assert (response.status_code, letter.submissions.count()) == (200, 0)
    assert response.context["errors"]


@pytest.mark.parametrize("model", ["letter", "meeting"])
def test_the_pages_of_a_letter_and_a_meeting_take_as_many_queries_however_long_they_are(
    admin_client, django_assert_max_num_queries, model
):
    meeting = make_meeting()
    letter = make_letter(meetings=[meeting])
    topic, session = make_topic(), make_session(meeting)
    for number in range(20):
        agenda_topic = make_agenda_topic(meeting, f"Punt {number}", topics=[topic], session=session)
        make_section(letter, topics=[topic], agenda_topics=[agenda_topic], session=session)
    row = letter if model == "letter" else meeting

    with django_assert_max_num_queries(40):
        response = admin_client.get(reverse(f"admin:letters_{model}_change", args=[row.pk]))

    assert response.status_code == 200


def test_a_missing_original_gives_a_dutch_sentence_without_a_path(admin_client, settings, tmp_path):
    admin_client.post(UPLOAD, {"files": _file("agenda-2023-11-28.txt")})
    settings.MEDIA_ROOT = tmp_path / "leeg"

    response = _post(admin_client, reverse("admin:letters_letter_reread", args=[Letter.objects.get().pk]))

    *_earlier, said = [str(message) for message in response.context["messages"]]
    assert "staat niet in de opslag" in said
    assert str(tmp_path) not in response.content.decode()


def test_originals_that_cannot_be_stored_give_a_message_at_the_field_and_nothing_is_stored(
    admin_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "een-bestand"
    settings.MEDIA_ROOT.write_text("geen map")

    response = admin_client.post(UPLOAD, {"files": _file("agenda-2023-11-28.txt")})

    assert response.status_code == 200
    assert "kan niet worden gelezen of bewaard" in str(response.context["form"].errors["files"])
    assert str(tmp_path) not in response.content.decode()
    assert Letter.objects.count() == 0


def test_a_topic_does_not_fall_under_its_own_child_nor_lie_a_fourth_level_deep(admin_client):
    top = make_topic("een")
    low = make_topic("drie", parent=make_topic("twee", parent=top))
    alone = make_topic("vier")

    errors = []
    for topic, parent in [(top, low), (alone, low)]:
        url = reverse("admin:letters_topic_change", args=[topic.pk])
        page = admin_client.post(url, {**_change_form(admin_client, url), "parent": parent.pk})
        errors.append(list(page.context["adminform"].form.errors))

    assert errors == [["parent"], ["parent"]]


def test_a_topic_does_not_take_the_old_address_of_another(admin_client):
    TopicRedirect.objects.create(slug="lasten", topic=make_topic("lastenverdeling"))
    other = make_topic("begroting")
    url = reverse("admin:letters_topic_change", args=[other.pk])

    page = admin_client.post(url, {**_change_form(admin_client, url), "slug": "lasten"})

    assert list(page.context["adminform"].form.errors) == ["slug"]
    assert TopicRedirect.objects.get().topic.slug == "lastenverdeling"


def test_checking_a_position_settles_what_the_reading_asked_about_it(admin_client, admin_user):
    position = make_position(make_paragraph(make_section(make_letter())), status="unchecked")
    problem = Problem.objects.create(
        letter=position.letter, code="conflict", field=f"position:{position.pk}", message="Wat nu?"
    )
    fields = {"stance": "support", "verb": "steunt", "moment": "stated"}

    _post(
        admin_client,
        reverse("admin:letters_letter_decide", args=[position.pk]),
        decision="check",
        **{f"p{position.pk}-{name}": value for name, value in fields.items()},
    )

    problem.refresh_from_db()
    assert problem.resolved_by == admin_user


def test_a_published_letter_cannot_be_saved_without_a_meeting(admin_client):
    letter = make_letter(meetings=[make_meeting()])
    url = reverse("admin:letters_letter_change", args=[letter.pk])
    values = _change_form(admin_client, url)

    response = admin_client.post(url, {**values, "meetings": []})

    assert "hoort bij een bijeenkomst" in str(response.context["adminform"].form.errors["meetings"])
    assert letter.meetings.count() == 1


def test_two_names_of_a_topic_in_one_language_get_a_message(admin_client):
    topic = make_topic("hybride", "Hybride dreigingen", aliases=["Hybride oorlogvoering"])
    url = reverse("admin:letters_topic_change", args=[topic.pk])
    values = _change_form(admin_client, url)
    ticked = {name: "on" for name in values if name.endswith("-is_preferred")} | {
        f"names-{number}-is_preferred": "on" for number in range(2)
    }

    response = admin_client.post(url, {**values, **ticked})

    assert response.status_code == 200
    assert "heeft per taal één naam" in response.content.decode()
