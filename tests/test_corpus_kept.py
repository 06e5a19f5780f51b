"""The corpus that a process keeps: read once for a version, anew when something public changed, never from within a change."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import exports
from letters.filters import PassageList
from letters.filters.corpus import corpus, keeping
from letters.models import CorpusVersion, Letter, Paragraph
from tests.factories import make_passage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    keeping._kept.clear()
    yield
    keeping._kept.clear()


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


def test_what_was_withdrawn_since_the_list_was_made_is_not_shown():
    staying, leaving = make_passage(), make_passage()
    filtered = PassageList()
    found = set(filtered.keys.tolist())

    withdraw(leaving.letter)

    assert found == {staying.pk, leaving.pk}
    assert filtered.items(Paragraph.objects.all())[:] == [staying]


def test_a_file_is_of_the_moment_at_which_its_rows_are_read():
    staying, leaving = make_passage("Dit blijft."), make_passage("Dit gaat weg.")
    export = exports.Export(PassageList(path="/zoeken/"), "https://voorbeeld.nl", timezone.now())
    before = export.count

    withdraw(leaving.letter)
    written = b"".join(exports.write(export, exports.FORMATS["csv"])).decode()

    assert before == 2
    assert ("Dit blijft." in written, "Dit gaat weg." in written) == (True, False)
    assert staying.letter.slug in written
