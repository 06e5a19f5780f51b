"""The words of published letters are kept exact by the database, whatever changes them."""

from importlib import import_module

import pytest
from django.db import connection

from letters.decisions import publish, withdraw
from letters.models import Letter, LetterWords, Paragraph, Word
from tests.factories import make_letter, make_paragraph, make_section

pytestmark = pytest.mark.django_db


def words() -> set[str]:
    return set(Word.objects.values_list("word", flat=True))


def test_a_draft_has_no_words_and_a_published_letter_has():
    letter = make_letter("other", status="draft", subject="Verslag van de top")
    make_paragraph(make_section(letter), "Oekraïne, oekraïne: F-16 en 28676 kernwapenbeleid.", anchor="")

    assert words() == set()

    publish(letter, by=None)

    assert words() == {"verslag", "van", "top", "oekraïne", "kernwapenbeleid"}


def test_a_withdrawn_letter_takes_its_words_away():
    letter = make_letter(subject="")
    make_paragraph(make_section(letter), "Gezamenlijke munitie")
    other = make_letter(subject="")
    make_paragraph(make_section(other), "Munitie voor allen")

    withdraw(letter, by=None, reason="Per abuis.")

    assert words() == {"munitie", "voor", "allen"}
    assert set(LetterWords.objects.values_list("letter", flat=True)) == {other.pk}


def test_a_word_goes_with_the_last_letter_that_holds_it():
    first, last = make_letter(subject=""), make_letter(subject="")
    for letter in (first, last):
        make_paragraph(make_section(letter), "munitie munitie")

    withdraw(first, by=None, reason="Per abuis.")
    after_first = words()
    withdraw(last, by=None, reason="Per abuis.")

    assert after_first == {"munitie"}
    assert words() == set()


def test_a_correction_of_the_text_changes_the_words():
    paragraph = make_paragraph(make_section(make_letter(subject="")), "Zwarte munitie")

    paragraph.text = "Zwarte granaten"
    paragraph.save()

    assert words() == {"zwarte", "granaten"}


def test_changes_of_many_rows_at_once_are_seen():
    letters = [make_letter(subject="", status="draft") for _number in range(3)]
    rows = [(letter, make_section(letter)) for letter in letters]
    Paragraph.objects.bulk_create(
        Paragraph(letter=letter, section=section, text="Munitie") for letter, section in rows
    )

    Letter.objects.update(status="published", first_published_at="2024-01-01T00:00Z")
    published = words()
    Paragraph.objects.filter(letter=letters[0]).update(text="Granaten")
    Letter.objects.filter(pk=letters[1].pk).update(subject="Verslag")
    Paragraph.objects.filter(letter=letters[2]).delete()

    assert published == {"munitie"}
    assert words() == {"granaten", "munitie", "verslag"}


def test_a_paragraph_that_moves_to_another_letter_takes_its_words_along():
    here, there = make_letter(subject=""), make_letter(subject="", status="draft")
    paragraph = make_paragraph(make_section(here), "munitie")

    Paragraph.objects.filter(pk=paragraph.pk).update(letter=there, section=make_section(there))

    assert words() == set()


def test_a_letter_that_is_deleted_takes_its_words_away():
    letter = make_letter(subject="Verslag")
    make_paragraph(make_section(letter), "munitie")

    letter.delete()

    assert words() == set()
    assert not LetterWords.objects.exists()


def test_letters_that_were_published_before_are_listed_by_the_migration():
    make_paragraph(make_section(make_letter(subject="")), "munitie")
    LetterWords.objects.all().delete()
    emptied = words()

    with connection.cursor() as cursor:
        cursor.execute(import_module("letters.migrations.0011_words").FILL)

    assert emptied == set()
    assert words() == {"munitie"}
