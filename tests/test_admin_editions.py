"""The pages on which a clerk says whether two letters are one, and which edition supplies the text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from letters import decisions
from letters.admin.comparing import facts, runs
from letters.ingest import Upload, ingest
from letters.models import Letter
from tests.factories import make_letter, make_submission
from tests.reading import words
from tests.test_editions import AGENDA, LATER_DATE, REPORT, RETYPED, SENTENCE, TO_THE_HOUSE

pytestmark = pytest.mark.django_db

UPLOAD = "/beheer/letters/letter/add/"


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def _held(text=AGENDA):
    return ingest([Upload("brief.txt", text.encode())]).letter


def _upload(client, text, *, follow=True):
    return client.post(UPLOAD, {"files": SimpleUploadedFile("nieuw.txt", text.encode())}, follow=follow)


def _compare(draft, letter):
    return reverse("admin:letters_letter_compare", args=[draft.pk, letter.pk])


def _said(response):
    return " ".join(str(message) for message in response.context["messages"])


def _draft(client, text=RETYPED, held=AGENDA):
    letter = _held(held)
    _upload(client, text)
    return letter, Letter.objects.exclude(pk=letter.pk).get()


def test_an_upload_that_may_be_held_already_leads_to_both_side_by_side(admin_client):
    letter = _held()

    response = _upload(admin_client, RETYPED)

    draft = Letter.objects.exclude(pk=letter.pk).get()
    assert response.redirect_chain == [(_compare(draft, letter), 302)]
    assert "100% van de zinnen is gelijk" in response.content.decode()
    assert draft.status == "draft"


@pytest.mark.parametrize(
    ("withdraw", "says"), [(False, "Die is nog een concept"), (True, "Die is ingetrokken")]
)
def test_the_same_file_again_says_so_with_a_link_to_its_letter(admin_client, withdraw, says):
    letter = _held()
    if withdraw:
        decisions.publish(letter, by=None)
        decisions.withdraw(letter, by=None, reason="Verkeerd.")

    response = _upload(admin_client, AGENDA)

    page = reverse("admin:letters_letter_change", args=[letter.pk])
    assert f'Dit bestand is er al, bij de brief <a href="{page}">' in response.content.decode()
    assert says in _said(response)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("attach", "als editie bij deze brief gevoegd"),
        ("replace", "deze brief vervangt de andere"),
        ("supplement", "deze brief vult de andere aan"),
        ("apart", "twee verschillende brieven"),
    ],
)
def test_each_button_does_what_it_says(admin_client, choice, says):
    letter, draft = _draft(admin_client, LATER_DATE)

    response = admin_client.post(_compare(draft, letter), {"choice": choice}, follow=True)

    assert says in _said(response)
    assert Letter.objects.filter(pk=draft.pk).exists() is (choice != "attach")


def test_turned_round_a_decision_answers_the_question_of_the_draft_too(admin_client):
    letter, draft = _draft(admin_client)

    admin_client.post(_compare(letter, draft), {"choice": "replace"})

    letter.refresh_from_db()
    assert letter.replaces == draft
    assert not draft.problems.open().filter(other_letter=letter).exists()


def test_letters_that_a_draft_may_be_are_told_apart_by_their_files(admin_client):
    _letter, draft = _draft(admin_client)

    page = admin_client.get(reverse("admin:letters_letter_change", args=[draft.pk])).content.decode()

    assert "(concept, brief.txt)" in page


def test_the_same_text_to_the_other_chamber_becomes_a_second_submission(admin_client):
    letter, draft = _draft(admin_client, TO_THE_HOUSE, REPORT)

    page = admin_client.get(_compare(draft, letter))
    admin_client.post(_compare(draft, letter), {"choice": "chamber"})

    assert 'value="chamber"' in page.content.decode()
    assert sorted(letter.submissions.values_list("chamber", flat=True)) == ["eerste-kamer", "tweede-kamer"]


def test_the_button_for_the_other_chamber_is_not_there_for_the_same_chamber(admin_client):
    letter, draft = _draft(admin_client)

    page = admin_client.get(_compare(draft, letter))

    assert 'value="chamber"' not in page.content.decode()


def test_a_decision_that_cannot_be_carried_is_said_and_both_stay(admin_client):
    letter, draft = _draft(admin_client)
    Letter.objects.filter(pk=draft.pk).update(date="2023-11-22")

    response = admin_client.post(_compare(draft, letter), {"choice": "attach"}, follow=True)

    assert "datum van de brief" in _said(response)
    assert Letter.objects.count() == 2


def test_the_second_of_two_clerks_gets_a_sentence(admin_client):
    letter, draft = _draft(admin_client)
    admin_client.post(_compare(draft, letter), {"choice": "attach"}, follow=True)

    response = admin_client.post(_compare(draft, letter), {"choice": "apart"}, follow=True)

    assert "een ander heeft er intussen over beslist" in _said(response)


def test_a_letter_that_was_public_cannot_become_an_edition(admin_client):
    letter, draft = _draft(admin_client)
    decisions.keep_apart(draft, letter, by=None)
    decisions.publish(draft, by=None)

    page = admin_client.get(_compare(draft, letter))

    assert 'value="attach"' not in page.content.decode()
    assert 'value="replace"' in page.content.decode()


def test_words_from_outside_are_shown_as_words(admin_client):
    letter, draft = _draft(
        admin_client, RETYPED.replace("Oekraïne te steunen", "<script>alert(1)</script> te steunen")
    )

    page = admin_client.get(_compare(draft, letter)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_any_letter_can_be_chosen_to_compare_a_draft_with(admin_client):
    _letter, draft = _draft(admin_client)
    other = make_letter(subject="Een oudere brief")
    page = reverse("admin:letters_letter_same", args=[draft.pk])

    choices = admin_client.get(
        reverse("admin:letters_letter_choices"),
        {"term": "oudere", "app_label": "letters", "model_name": "letter", "field_name": "replaces"},
    ).json()
    chosen = admin_client.post(page, {"letter": other.pk})
    itself = admin_client.post(page, {"letter": draft.pk})

    assert [choice["text"] for choice in choices["results"]] == [
        "Een oudere brief · 20 november 2023 · gepubliceerd"
    ]
    assert chosen.url == _compare(draft, other)
    assert itself.context["form"].errors["letter"] == ["Dit is het concept zelf. Kies de andere brief."]


def test_another_edition_is_previewed_and_then_supplies_the_text(admin_client):
    letter = _held()
    decisions.decide([letter.positions.get(sentence=SENTENCE)], "checked", by=None)
    edition = _held(AGENDA.replace(SENTENCE, "Dat is bekend.")).editions.order_by("pk").last()
    url = reverse("admin:letters_letter_text", args=[letter.pk, edition.pk])

    page = admin_client.get(url)
    before = Letter.objects.get().text_edition
    admin_client.post(url)

    assert SENTENCE in words(page.content.decode())
    assert (before == edition, Letter.objects.get().text_edition) == (False, edition)
    assert letter.positions.get(sentence=SENTENCE).paragraph is None


def test_a_reader_of_the_admin_cannot_decide(client, django_user_model):
    letter = _held()
    draft = make_letter(status="draft")
    client.force_login(django_user_model.objects.create_user("lezer", is_staff=True))

    responses = [
        client.get(_compare(draft, letter)),
        client.get(reverse("admin:letters_letter_same", args=[draft.pk])),
        client.post(reverse("admin:letters_letter_text", args=[letter.pk, letter.text_edition_id])),
    ]

    assert [response.status_code for response in responses] == [403, 403, 403]


def test_words_that_differ_are_marked_and_dashes_are_no_difference():
    [run] = runs(
        ["Het kabinet steunt de NAVO-inzet.", "Weg."], ["Het kabinet steunt de gezamenlijke NAVO–inzet."]
    )

    assert [(pair.left, pair.right) for pair in run.pairs] == [
        (
            ((False, "Het kabinet steunt de"), (False, "NAVO-inzet.")),
            ((False, "Het kabinet steunt de"), (True, "gezamenlijke"), (False, "NAVO–inzet.")),
        ),
        (((True, "Weg."),), ()),
    ]


def test_many_equal_paragraphs_are_folded_away():
    same = ["Een.", "Twee.", "Drie."]

    assert [(run.is_folded, len(run.pairs)) for run in runs(same, [*same, "Vier."])] == [
        (True, 3),
        (False, 1),
    ]


def test_only_what_both_say_differently_differs():
    left, right = make_letter(date="2023-11-20"), make_letter(date="2023-11-21", status="draft")
    make_submission(left, reference="BZ-1")

    assert [fact.name for fact in facts(left, right) if fact.differs] == ["Datum"]
