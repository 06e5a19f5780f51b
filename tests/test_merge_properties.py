"""Whatever readings and people do to a letter, in any order: no decision is lost, and no anchor changes its meaning.

``MERGE_EXAMPLES=5000`` tries more stories than an ordinary run.
"""

import os
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.decisions import decide, supply_text
from letters.models import Position
from tests.merge_readings import HEADINGS, SENTENCES, Reading
from tests.merge_story import Story

pytestmark = pytest.mark.django_db

FIRST = Reading(
    (
        (0, (((0, 0), (2, 0)), ((4, 0), (3, 0)))),
        (1, (((1, 0),), ((8, 0), (9, 0), (10, 0)))),
        (3, (((5, 0), (6, 0)), ((7, 0),))),
    )
)
PEOPLE = [
    "switch_text", "publish", "correct_paragraph", "label_paragraph", "rename_section", "move_section", "file_section",
    "change_letter", "change_signatories", "change_submission", "change_meeting", "change_session", "decide_position",
    "correct_position", "note_position", "add_position",
]  # fmt: skip

SENTENCE = st.tuples(st.integers(0, len(SENTENCES) - 1), st.sampled_from([0, 0, 0, 1, 2]))


def _reordered(draw, paragraphs):
    """Paragraphs dropped, inserted, moved, reworded, split and joined."""
    for change in draw(
        st.lists(st.sampled_from(["drop", "insert", "move", "reword", "split", "join", "double"]), max_size=3)
    ):
        place = draw(st.integers(0, max(len(paragraphs) - 1, 0)))
        if change == "insert" or not paragraphs:
            paragraphs.insert(place, tuple(draw(st.lists(SENTENCE, min_size=1, max_size=3))))
        elif change == "drop":
            del paragraphs[place]
        elif change == "move":
            paragraphs.append(paragraphs.pop(place))
        elif change == "reword":
            paragraphs[place] = tuple(
                (number, draw(st.sampled_from([0, 1, 2]))) for number, _w in paragraphs[place]
            )
        elif change == "split" and len(paragraphs[place]) > 1:
            paragraphs[place : place + 1] = [paragraphs[place][:1], paragraphs[place][1:]]
        elif change == "join" and place + 1 < len(paragraphs):
            paragraphs[place : place + 2] = [paragraphs[place] + paragraphs[place + 1]]
        elif change == "double":
            paragraphs.append(paragraphs[place])
    return paragraphs


@st.composite
def readings(draw):
    """The first reading, read otherwise."""
    sections = [
        (heading, tuple(paragraphs))
        for heading, held in draw(st.permutations(FIRST.sections))
        if (paragraphs := _reordered(draw, list(held)))
    ]
    if draw(st.booleans()):
        sections.append(
            (
                draw(st.integers(0, len(HEADINGS) - 1)),
                (tuple(draw(st.lists(SENTENCE, min_size=1, max_size=3))),),
            )
        )
    return replace(
        FIRST,
        sections=tuple(sections) or FIRST.sections,
        subject=draw(st.sampled_from(["Geannoteerde agenda", "Agenda", ""])),
        day=draw(st.sampled_from([20, 21])),
        signatories=draw(
            st.sampled_from([("Hanke Bruins Slot",), ("Hanke Bruins Slot", "Kajsa Ollongren"), ()])
        ),
        reference=draw(st.sampled_from(["BZ-1", "BZ-2", ""])),
        place=draw(st.sampled_from(["Brussel", "Antalya", ""])),
        session=draw(st.sampled_from(["Oekraïne", "Werksessie", ""])),
        stance=draw(st.sampled_from([0, 0, 1])),
    )


BY_PEOPLE = st.tuples(st.sampled_from(PEOPLE), st.integers(0, 11))
BY_MACHINE = st.tuples(st.sampled_from(["read", "read", "another_edition"]), readings())


@settings(
    max_examples=int(os.environ.get("MERGE_EXAMPLES", "15")),
    deadline=None,
    derandomize="MERGE_EXAMPLES" not in os.environ,  # an ordinary run tells the same stories each time
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(st.lists(st.one_of(BY_PEOPLE, BY_PEOPLE, BY_MACHINE), min_size=2, max_size=10), readings())
def test_no_reading_undoes_a_decision_or_gives_an_anchor_to_other_words(events, last):
    with transaction.atomic():
        story = Story.begin(FIRST)

        for name, value in [*events, ("read", last)]:
            getattr(story, name)(value)

        transaction.set_rollback(True)


def test_a_decision_on_a_sentence_that_two_editions_lack_waits_and_comes_back_with_its_words():
    without_first_sentence = replace(
        FIRST, sections=((0, (((2, 0),), ((4, 0), (3, 0)))), *FIRST.sections[1:])
    )
    story = Story.begin(FIRST)
    first = story.letter.positions.order_by("paragraph__order", "start").first()
    decide([first], Position.Status.CHECKED, by=None)
    supplied_first = story.letter.text_edition

    for _edition in range(2):
        story.another_edition(without_first_sentence)
    editions = list(story.letter.editions.exclude(pk=supplied_first.pk).order_by("pk"))
    waiting = []
    for edition in editions:
        supply_text(edition, by=None)
        first.refresh_from_db()
        waiting.append((first.status, first.paragraph))
    supply_text(supplied_first, by=None)
    first.refresh_from_db()

    assert waiting == [(Position.Status.CHECKED, None)] * 2
    assert first.status == Position.Status.CHECKED
    assert first.paragraph.text[first.start : first.end] == first.sentence


def test_a_deleted_submission_does_not_come_back_by_an_edition_that_gives_it_no_number():
    story = Story.begin(FIRST)
    story.letter.submissions.all().delete()

    story.another_edition(replace(FIRST, reference=""))
    story.read(FIRST)

    assert story.letter.submissions.count() == 0


def test_a_touched_position_whose_sentence_stands_twice_is_found_again_without_a_double():
    twice = ((0, 0), (0, 0))
    story = Story.begin(replace(FIRST, sections=((0, (((11, 0), *twice), ((0, 0), (2, 0)))),)))
    touched = story.letter.positions.get(paragraph__order=1)
    decide([touched], Position.Status.UNCHECKED, by=None, corrections={"stance": "action"})

    story.read(replace(FIRST, sections=((3, (twice, ((5, 0), (6, 0)))),)))

    of_sentence = story.letter.positions.filter(sentence=touched.sentence)
    assert sorted(of_sentence.values_list("start", "stance")) == [(0, "action"), (61, "support")]


def test_a_section_does_not_move_to_the_agenda_topic_that_another_section_of_its_letter_left():
    story = Story.begin(FIRST)

    story.read(replace(FIRST, sections=FIRST.sections[1:]))  # twice, of which the second may change nothing

    at = {section.heading: section.agenda_topics.get().heading for section in story.letter.sections.all()}
    assert at == {heading: heading for heading in at}


def test_a_corrected_paragraph_is_found_as_what_it_was_last_found_as():
    both = ((0, 0), (2, 0), (4, 0), (3, 0))
    story = Story.begin(FIRST)
    story.correct_paragraph(7)
    story.read(replace(FIRST, sections=((3, (((0, 0), (0, 0)),)), (0, (((4, 0), (3, 0)),)))))

    # It and the one before are read as one, which stands there twice; ``read`` reads twice and compares.
    story.read(
        replace(
            FIRST,
            sections=(
                (1, (((8, 0), (9, 0), (10, 0)),)),
                (0, (both, both)),
                (3, (((5, 0), (6, 0)), ((7, 0),))),
            ),
        )
    )

    corrected = [
        text for text in story.letter.paragraphs.values_list("text", flat=True) if "griffier" in text
    ]
    assert len(corrected) == 1
