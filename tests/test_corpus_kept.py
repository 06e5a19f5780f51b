"""The corpus that a process keeps: read once for a version, anew when something public changed, never from within a change."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import exports
from letters.filters import LetterList, PassageList, PositionList
from letters.filters.corpus import corpus
from letters.models import CorpusVersion, Letter, Paragraph, Position
from tests.corpus_changes import sql
from tests.factories import make_paragraph, make_passage, make_position, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


def withdraw(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(status="withdrawn")


def test_of_one_version_the_corpus_is_read_once():
    make_passage()
    first = corpus(CorpusVersion.current())

    with CaptureQueriesContext(connection) as queries:
        again = corpus(first.version)

    assert again is first
    assert len(queries) == 0


def test_visitors_who_ask_at_once_share_one_reading():
    make_passage()
    version = CorpusVersion.current()

    def ask(_visitor):
        try:
            return corpus(version)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as visitors:
        found = list(visitors.map(ask, range(8)))

    assert {id(one) for one in found} == {id(found[0])}


def test_after_a_change_the_next_who_asks_has_it():
    letter = make_passage().letter
    before = PassageList().counts.items

    withdraw(letter)

    assert (before, PassageList().counts.items) == (1, 0)


def test_within_a_transaction_each_change_is_seen_and_none_is_kept():
    with transaction.atomic():
        letter = make_passage().letter
        make_passage()
        with_both = len(corpus(CorpusVersion.current()).letters)
        withdraw(letter)
        with_one = len(corpus(CorpusVersion.current()).letters)
        transaction.set_rollback(True)

    assert (with_both, with_one) == (2, 1)
    assert len(corpus(CorpusVersion.current()).letters) == 0


def test_words_are_sought_anew_when_a_text_was_corrected():
    passage = make_passage("Nederland steunt Oekraïne.")
    query = {"q": PassageList.base_filters["q"].field.clean(["oekraïne"])}
    before = PassageList.under(**query).counts.items

    Paragraph.objects.filter(pk=passage.pk).update(text="Nederland steunt Georgië.")

    assert (before, PassageList.under(**query).counts.items) == (1, 0)


def test_a_set_of_topics_that_comes_back_under_an_old_key_has_the_topics_of_now():
    """As after a backup was put back, which sets sequences back too."""
    first, second = make_passage(topics=[make_topic("oud")]), make_passage(topics=[make_topic("nieuw")])
    before = PassageList().counts.values["onderwerp"]
    row = first.indexed

    sql("DELETE FROM letters_section_topics WHERE section_id = %s", first.section_id)
    sql("DELETE FROM letters_section_topics WHERE section_id = %s", second.section_id)
    sql("DELETE FROM letters_topicset WHERE id = %s", row.topic_set_id)
    sql("SELECT setval(pg_get_serial_sequence('letters_topicset', 'id'), %s, false)", row.topic_set_id)
    newer = make_topic("nieuwer")
    second.section.topics.set([newer])

    assert len(before) == 2
    assert second.indexed.topic_set_id == row.topic_set_id
    assert PassageList().counts.values["onderwerp"] == {str(newer.pk): 1}


def test_sets_that_no_row_has_any_longer_are_forgotten():
    passage = make_passage(topics=[make_topic("a")])
    for number in range(5):
        make_passage()
        passage.section.topics.set([make_topic(f"onderwerp-{number}")])
        kept = corpus(CorpusVersion.current())

    assert len(kept.passages.topics.sets) <= 4


def test_an_index_that_is_made_anew_is_read_anew():
    passage = make_passage()
    sql("DELETE FROM letters_indexedpassage WHERE paragraph_id = %s", passage.pk)
    before = PassageList().counts.items

    sql("SELECT letters_index_rebuild()")

    assert (before, PassageList().counts.items) == (0, 1)


def test_a_correction_and_a_decision_in_one_letter_do_not_wait_for_each_other_for_ever():
    """Each by itself, without the letter's lock that the forms take."""
    passage = make_passage("Nederland steunt dit. Dat is zo.")
    position = make_position(passage, "Dat is zo.", status="unchecked")
    other = make_paragraph(passage.section, "Nederland vindt dat.")

    def correct(number):
        Paragraph.objects.filter(pk=other.pk).update(text=f"Nederland vindt dat {number}.")

    def decide(number):
        Position.objects.filter(pk=position.pk).update(status=["checked", "unchecked"][number % 2])

    def often(write):
        try:
            for number in range(150):
                write(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as writers:
        errors = [
            writing.exception() for writing in [writers.submit(often, write) for write in (correct, decide)]
        ]

    assert errors == [None, None]


def test_the_first_day_of_all_is_a_day():
    make_passage(date="0001-01-01", slug="oud")
    make_passage(date=None, slug="zonder")
    day = {"briefdatum-tot": LetterList.base_filters["briefdatum-tot"].field.clean(["0001-01-01"])}

    found = LetterList.under(**day)

    assert [letter.slug for letter in found.items(Letter.objects.all())[:]] == ["oud"]


def test_what_was_withdrawn_since_the_list_was_made_is_not_shown():
    staying, leaving = make_passage(), make_passage()
    filtered = PassageList()
    found = set(filtered.keys.tolist())

    withdraw(leaving.letter)

    assert found == {staying.pk, leaving.pk}
    assert filtered.items(Paragraph.objects.all())[:] == [staying]


def test_a_position_that_was_reopened_since_the_list_was_made_is_not_shown():
    position = make_position(make_passage("Nederland steunt dit."), status="checked")
    filtered = PositionList()
    found = filtered.keys.tolist()

    Position.objects.filter(pk=position.pk).update(status="unchecked")

    assert found == [position.pk]
    assert filtered.items(Position.objects.all())[:] == []


def test_a_file_is_of_the_moment_at_which_its_rows_are_read():
    staying, leaving = make_passage("Dit blijft."), make_passage("Dit gaat weg.")
    export = exports.Export(PassageList(path="/zoeken/"), "https://voorbeeld.nl", timezone.now())
    before = export.count

    withdraw(leaving.letter)
    written = b"".join(exports.write(export, exports.FORMATS["csv"])).decode()

    assert before == 2
    assert ("Dit blijft." in written, "Dit gaat weg." in written) == (True, False)
    assert staying.letter.slug in written
