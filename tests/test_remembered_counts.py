"""Counts that are kept for a version of the corpus: what changes is counted again at once, by whom and however."""

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from letters.filters import PassageList
from letters.models import Letter, Paragraph
from tests.factories import make_passage, make_position, make_topic
from tests.reading import text

#: The other tests are one transaction each, in which nothing is kept, and which no visitor ever sees from within.
pytestmark = pytest.mark.django_db(transaction=True)


def asked(query: str) -> PassageList:
    return PassageList(QueryDict(query), path="/zoeken/")


def test_what_was_counted_is_not_counted_again_for_another_page_or_order():
    make_passage("Nederland steunt Oekraïne.")
    first = asked("q=nederland").counts

    with CaptureQueriesContext(connection) as queries:
        again = asked("q=nederland&sorteer=oudste&pagina=2").counts

    assert again == first
    assert len(queries) == 1  # the version


def test_what_was_counted_within_a_transaction_is_not_kept():
    make_passage("Nederland steunt Oekraïne.")

    with transaction.atomic():
        make_passage("Nederland steunt Georgië.")
        first = asked("").counts.items
        make_passage("Nederland steunt Moldavië.")
        second = asked("").counts.items

    assert (first, second, asked("").counts.items) == (2, 3, 3)


def test_another_view_is_counted_for_itself():
    make_passage("Nederland steunt Oekraïne.")

    assert asked("q=nederland").counts.items == 1
    assert asked("q=frankrijk").counts.items == 0
    assert asked("ongecontroleerd=ja").counts.items == 1


def test_what_was_published_is_counted():
    passage = make_passage("Nederland steunt Oekraïne.", status="draft")
    before = asked("").counts.items

    Letter.objects.filter(pk=passage.letter_id).update(
        status="published", first_published_at="2026-01-01T12:00:00Z"
    )

    assert (before, asked("").counts.items) == (0, 1)


def test_what_was_corrected_is_counted():
    passage = make_passage("Nederland steunt Oekraïne.")
    before = asked("q=oekraïne").counts.items

    Paragraph.objects.filter(pk=passage.pk).update(text="Nederland steunt Georgië.")

    assert (before, asked("q=oekraïne").counts.items) == (1, 0)


def test_what_nobody_looked_at_is_counted_until_somebody_does():
    position = make_position(make_passage("Nederland steunt Oekraïne."), status="unchecked")
    before = asked("").unchecked_count

    position.status = "checked"
    position.save()

    assert (before, asked("").unchecked_count) == (1, 0)


def test_what_one_page_keeps_is_not_what_another_page_finds(client):
    make_passage("Nederland steunt dit.", topics=[make_topic("oekraine", "Oekraïne", aliases=["Kyiv"])])
    client.get("/zoeken/")  # keeps the names of topics for its filters

    page = text(client.get("/onderwerpen/?zoek=kyiv"))

    assert "Oekraïne" in page.partition("kyiv")[2]
    assert "1 onderwerp gevonden" in page
