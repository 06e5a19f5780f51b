"""What the computer asked: settled by a person, and for a marking not without a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from letters import decisions
from letters.models import Edition, File, Problem
from letters.parsing.leaks import LEAK, problem_field
from letters.parsing.markings import MARKING
from tests.factories import make_letter, make_meeting, make_paragraph, make_section
from tests.test_admin_desk import _change_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    letter = make_letter(meetings=[make_meeting()], status="draft")
    make_paragraph(make_section(letter), anchor="")
    return letter


def marking(letter) -> Problem:
    return Problem.objects.create(letter=letter, code=MARKING, message="Hierop staat “CONCEPT”.")


def make_file(letter, name="brief.docx") -> File:
    edition = Edition.objects.create(letter=letter)
    return File.objects.create(edition=edition, name=name, media_type="text/plain", size=1, sha256="0" * 64)


def test_a_marked_letter_is_not_published(draft):
    marking(draft)

    with pytest.raises(decisions.Refused, match="CONCEPT"):
        decisions.publish(draft, by=None)

    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_marked_letter_is_published_after_someone_wrote_why_it_may(draft, admin_user):
    problem = marking(draft)

    decisions.resolve(problem, by=admin_user, reason="De Kamer heeft de brief zelf geplaatst.")
    decisions.publish(draft, by=admin_user)

    draft.refresh_from_db()
    problem.refresh_from_db()
    assert draft.is_public
    assert (problem.resolved_by, problem.resolution) == (
        admin_user,
        "De Kamer heeft de brief zelf geplaatst.",
    )


def test_a_marking_is_not_settled_without_a_reason(draft):
    problem = marking(draft)

    with pytest.raises(decisions.Refused):
        decisions.resolve(problem, by=None, reason="  ")

    problem.refresh_from_db()
    assert problem.resolved_at is None


def test_any_other_problem_keeps_no_letter_from_being_published(draft):
    Problem.objects.create(letter=draft, code="date_missing", message="Geen datum.")

    decisions.publish(draft, by=None)

    draft.refresh_from_db()
    assert draft.is_public


def test_the_page_of_a_letter_asks_for_the_reason(admin_client, draft):
    problem = marking(draft)
    url = reverse("admin:letters_letter_change", args=[draft.pk])

    page = admin_client.post(url, {**_change_form(admin_client, url), "problems-0-resolved": "on"})

    (formset,) = [
        one.formset for one in page.context["inline_admin_formsets"] if one.formset.model is Problem
    ]
    assert list(formset.errors[0]) == ["resolution"]
    problem.refresh_from_db()
    assert problem.resolved_at is None


def test_the_reason_given_on_the_page_of_a_letter_is_kept(admin_client, draft):
    problem = marking(draft)
    url = reverse("admin:letters_letter_change", args=[draft.pk])
    settled = {"problems-0-resolved": "on", "problems-0-resolution": "Staat al op tweedekamer.nl."}

    admin_client.post(url, {**_change_form(admin_client, url), **settled})

    problem.refresh_from_db()
    assert problem.resolution == "Staat al op tweedekamer.nl."


def test_a_file_that_leaks_cannot_be_made_public_before_that_is_settled(draft):
    file = make_file(draft)
    problem = Problem.objects.create(
        letter=draft,
        edition=file.edition,
        code=LEAK,
        field=problem_field(file.sha256),
        message="In “brief.docx” staan opmerkingen.",
    )
    file.is_public = True

    with pytest.raises(ValidationError, match="opmerkingen"):
        file.clean()

    decisions.resolve(problem, by=None)
    file.clean()


def test_the_same_bytes_in_another_edition_leak_as_much(draft):
    first, second = make_file(draft), make_file(draft)
    Problem.objects.create(
        letter=draft, edition=first.edition, code=LEAK, field=problem_field(first.sha256), message="Een naam."
    )
    second.is_public = True

    with pytest.raises(ValidationError, match="Een naam"):
        second.clean()


def test_a_file_of_a_marked_letter_cannot_be_made_public(draft):
    marking(draft)
    file = make_file(draft)
    file.is_public = True

    with pytest.raises(ValidationError, match="CONCEPT"):
        file.clean()
