"""Which sections of agenda and report belong together; the invented pairs are in ``agenda_pairs.toml``."""

import tomllib
from pathlib import Path

import pytest

from letters.parsing.likeness import Subject, content_words
from letters.parsing.matching import match_subjects, needs_texts
from letters.parsing.topics import load_vocabulary, match_topics, read_topics
from letters.parsing.topics.sections import topics_of_section

MEETINGS = tomllib.loads((Path(__file__).parent / "agenda_pairs.toml").read_text(encoding="utf-8"))["meeting"]
PARENTS = {topic.slug: topic.parent for topic in read_topics()}


def _topics(text):
    return match_topics(text, load_vocabulary())


def _subject(entry):
    topics = frozenset(topics_of_section(entry["heading"], [entry["text"]], _topics))
    wider = frozenset(parent for slug in topics if (parent := PARENTS[slug]))
    return Subject(entry["heading"], topics, wider, entry.get("session"), texts=(entry["text"],))


def _keys(entries):
    """The headings, with the session behind one that is there twice."""
    headings = [entry["heading"] for entry in entries]
    return [
        heading if headings.count(heading) == 1 else f"{heading}@{entry['session']}"
        for heading, entry in zip(headings, entries, strict=True)
    ]


def _links(meetings):
    """What should be linked and what is, whichever letter comes first: (meeting, agenda, report, order of arrival)."""
    wanted, found = set(), set()
    for meeting in meetings:
        agenda, report = map(_subject_list, (meeting["agenda"], meeting["report"]))
        keys, name = _keys(meeting["agenda"]), meeting["name"]
        for number, entry in enumerate(meeting["report"]):
            wanted |= {(name, key, number, order) for key in entry["is"] for order in ("agenda", "report")}
        for number, subjects in enumerate(match_subjects(report, agenda)):
            found |= {(name, keys[one], number, "agenda") for one in subjects}
        for one, subjects in enumerate(match_subjects(agenda, report)):
            found |= {(name, keys[one], number, "report") for number in subjects}
    return wanted, found


def _subject_list(entries):
    return [_subject(entry) for entry in entries]


@pytest.mark.parametrize(("kept_aside", "precision", "recall"), [(False, 1.0, 0.97), (True, 0.92, 0.99)])
def test_agendas_and_reports_are_linked_at_least_as_well_as_measured(kept_aside, precision, recall):
    wanted, found = _links([one for one in MEETINGS if one.get("kept_aside", False) is kept_aside])

    right = len(wanted & found)

    assert right / len(found) >= precision, found - wanted
    assert right / len(wanted) >= recall, wanted - found


def test_the_order_in_which_sections_come_decides_nothing():
    for meeting in MEETINGS:
        agenda, report = _subject_list(meeting["agenda"]), _subject_list(meeting["report"])
        expected = {
            (report[one].texts, agenda[other].texts)
            for one, others in enumerate(match_subjects(report, agenda))
            for other in others
        }

        agenda.reverse()
        report.reverse()

        assert {
            (report[one].texts, agenda[other].texts)
            for one, others in enumerate(match_subjects(report, agenda))
            for other in others
        } == expected


def test_of_two_that_fit_as_well_neither_is_chosen():
    held = [Subject("Oekraïne", session=1), Subject("Oekraïne", session=2)]

    assert match_subjects([Subject("Oekraïne")], held) == [()]


def test_a_session_that_agrees_chooses_between_equal_headings():
    held = [Subject("Oekraïne", session=1), Subject("Oekraïne", session=2)]

    assert match_subjects([Subject("Oekraïne", session=2)], held) == [(1,)]


def test_a_session_of_the_same_title_is_the_same_session_whatever_its_number():
    held = [
        Subject("Oekraïne", session=1, session_title="Werkdiner"),
        Subject("Oekraïne", session=2, session_title="Partners"),
    ]

    assert match_subjects([Subject("Oekraïne", session=2, session_title="Werkdiner")], held) == [(0,)]


def test_a_session_that_sure_pairs_show_to_be_renumbered_contradicts_nothing():
    held = [
        Subject("Oekraïne", frozenset({1}), session=1, texts=("Munitie en luchtverdediging.",)),
        Subject("Zweden", session=1, texts=("Turkije en Hongarije talmen met hun instemming.",)),
    ]
    renamed = Subject(
        "Toetreding van Zweden", session=2, texts=("Turkije legt het voor aan zijn parlement.",)
    )
    oekraine = Subject("Oekraïne", frozenset({1}), session=2, texts=("Luchtverdediging en munitie.",))

    assert match_subjects([renamed], held) == [()]
    assert match_subjects([renamed, oekraine], held) == [(1,), (0,)]


def test_the_same_topic_or_the_same_session_alone_brings_nothing_together():
    section = Subject("Zwarte Zee", frozenset({1}), session=1)

    assert match_subjects([section], [Subject("Toetreding van Georgië", frozenset({1}), session=2)]) == [()]
    assert match_subjects([section], [Subject("Cyber", frozenset({2}), session=1)]) == [()]


@pytest.mark.parametrize(
    ("topics", "wider", "expected"), [({2}, set(), ()), ({2}, {1}, (0,)), ({1}, set(), (0,))]
)
def test_topics_that_differ_keep_apart_what_is_worded_alike_unless_one_falls_under_the_other(
    topics, wider, expected
):
    section = Subject(
        "Dreigingen uit het oosten", frozenset({1}), texts=("De ministers bespreken aanvallen op havens.",)
    )
    held = Subject(
        "Dreigingen uit het zuiden",
        frozenset(topics),
        frozenset(wider),
        texts=("Gesproken is over aanvallen op havens en koopvaardij.",),
    )

    assert match_subjects([section], [held]) == [expected]


def test_a_heading_that_another_letter_gave_the_subject_counts_as_well():
    held = [Subject("Zuidflank", other_headings=("Dreigingen uit het zuiden",)), Subject("Cyber")]

    assert match_subjects([Subject("Dreigingen uit het zuiden")], held) == [(0,)]


@pytest.mark.parametrize(
    ("own", "held", "expected"),
    [
        (["Oekraïne", "China"], ["oekraïne", "China", "Rusland"], False),
        (["Oekraïne"], ["Steun aan Oekraïne"], True),
        (["Oekraïne"], ["Oekraïne", "Oekraïne"], True),
        (["Oekraïne"], [], False),
    ],
)
def test_texts_are_only_needed_where_headings_do_not_settle_it(own, held, expected):
    assert needs_texts([*map(Subject, own)], [*map(Subject, held)]) is expected


def test_the_words_of_a_heading_leave_out_how_a_subject_is_treated():
    assert content_words("Actuele situatie in Oekraïne en NAVO-steun") == {"oekraine"}
