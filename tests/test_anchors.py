import pytest

from letters.anchors import give_anchors
from tests.factories import make_letter, make_paragraph, make_section

pytestmark = pytest.mark.django_db


def _letter_with(*texts):
    letter = make_letter(status="draft")
    section = make_section(letter)
    for text in texts:
        make_paragraph(section, text, anchor="")
    return letter


def _anchors(letter):
    return list(letter.paragraphs.order_by("order", "id").values_list("anchor", flat=True))


def test_paragraphs_are_numbered_in_order():
    letter = _letter_with("een", "twee", "drie")

    give_anchors(letter)

    assert _anchors(letter) == ["1", "2", "3"]


def test_a_paragraph_that_came_between_gets_a_letter_and_the_others_keep_theirs():
    letter = _letter_with("een", "twee")
    give_anchors(letter)
    letter.paragraphs.filter(text="twee").update(order=5)
    make_paragraph(letter.sections.get(), "anderhalf", order=1, anchor="")
    make_paragraph(letter.sections.get(), "driekwart", order=2, anchor="")

    give_anchors(letter)

    assert _anchors(letter) == ["1", "1a", "1b", "2"]


def test_a_paragraph_at_the_end_gets_the_next_number():
    letter = _letter_with("een", "twee")
    give_anchors(letter)
    make_paragraph(letter.sections.get(), "drie", anchor="")

    give_anchors(letter)

    assert _anchors(letter) == ["1", "2", "3"]


def test_an_anchor_is_never_used_again():
    letter = _letter_with("een", "twee")
    give_anchors(letter)
    letter.paragraphs.get(text="twee").delete()
    make_paragraph(letter.sections.get(), "iets anders", order=9, anchor="")

    give_anchors(letter)

    assert _anchors(letter) == ["1", "3"]


def test_a_paragraph_put_in_front_gets_an_anchor_of_its_own():
    letter = _letter_with("een")
    give_anchors(letter)
    letter.paragraphs.update(order=3)
    make_paragraph(letter.sections.get(), "vooraf", order=0, anchor="")

    give_anchors(letter)

    assert _anchors(letter) == ["0a", "1"]
