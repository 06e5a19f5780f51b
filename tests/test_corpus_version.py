"""The version of the corpus: when it changes, and that no table or column is forgotten.

Every kind of change stands in ``tests/corpus_changes.py``, and is tried in ``tests/test_conditional_requests.py``.
"""

import re
import threading

import pytest
from django.apps import apps
from django.db import connection, transaction

from letters import decisions
from letters.ingest import Upload, ingest, read_again
from letters.models import CorpusVersion, Letter
from letters.topic_list import load_topics
from tests.corpus_changes import REPORT, World, edit, establish, sql
from tests.factories import make_letter

pytestmark = pytest.mark.django_db

#: Tables without anything that visitors can see, and why.
NOT_PUBLIC = {
    "letters_bookmark": "of one person, and colleagues",
    "letters_corpusversion": "the version itself",
    "letters_problem": "for staff",
    "letters_indexedletter": "made of public rows, with them",
    "letters_indexedpassage": "made of public rows, with them",
    "letters_indexedposition": "made of public rows, with them",
    "letters_topicset": "made of public rows, with them",
    "letters_letterwords": "made of public rows, with them",
    "letters_word": "made of public rows, with them",
}
#: Columns of public tables that no visitor sees in any form.
NOT_SEEN = {
    "letters_absence": {"established_at", "established_by_id"},
    "letters_absence_letters": {"id"},
    "letters_agendatopic_topics": {"id"},
    "letters_commitmentmention": {"decided_by_id"},
    "letters_edition": {"added_by_id"},
    "letters_followup": {"likeness", "shared", "decided_at", "decided_by_id"},
    "letters_letter": {"anchors", "read"},
    "letters_letter_meetings": {"id"},
    "letters_letterredirect": {"id"},
    "letters_note": {"written_by_id"},
    "letters_paragraph": {"read", "search"},
    "letters_position": {"decided_by_id", "search"},
    "letters_position_topics": {"id"},
    "letters_publication": {"by_id"},
    "letters_section": {"read"},
    "letters_section_agenda_topics": {"id"},
    "letters_section_topics": {"id"},
    "letters_submission": {"read"},
    "letters_topic": {"loaded_names"},
    "letters_topicredirect": {"id"},
}


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world():
    return World()


def gives_new_version(act) -> bool:
    """Whether something gives a new version, done in what the database takes for a transaction of its own."""
    sql("SELECT set_config('letters.corpus_has_changed', '', true)")
    before = CorpusVersion.current()
    act()
    return CorpusVersion.current() != before


def test_that_silence_is_no_longer_established_is_public(world):
    establish(world)

    assert gives_new_version(lambda: decisions.revoke_absence(world.silent_on, Letter.Kind.REPORT, by=None))


def test_a_passage_of_a_draft_on_what_letters_were_silent_about_is_public(world):
    establish(world)

    assert gives_new_version(lambda: world.draft.section.agenda_topics.add(world.silent_on))
    assert gives_new_version(lambda: edit(world.draft.section, is_hedged=True))
    assert gives_new_version(lambda: edit(world.draft.letter, kind="report"))
    assert not gives_new_version(lambda: edit(world.draft.section, heading="Geheim"))


def test_a_letter_that_is_read_again_without_news_leaves_the_version(world):
    report = ingest([Upload("verslag.txt", REPORT.encode())])
    decisions.publish(report.letter, by=None)

    assert not gives_new_version(lambda: read_again(report.letter.text_edition))


def test_topics_that_are_loaded_again_leave_the_version():
    load_topics()

    assert not gives_new_version(load_topics)


def public_tables() -> set[str]:
    """The tables of letters, without their history."""
    models = apps.get_app_config("letters").get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models}
    return {table for table in tables if not table.startswith("letters_historical")} - set(NOT_PUBLIC)


def test_every_table_is_watched_or_is_not_public():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname) FROM pg_trigger"
            " WHERE tgname LIKE 'is_news_%' AND tgenabled = 'O' GROUP BY 1"
        )
        watched = dict(cursor.fetchall())

    assert set(watched) == public_tables()
    assert {tuple(names) for names in watched.values()} == {
        ("is_news_deleted", "is_news_inserted", "is_news_truncated", "is_news_updated")
    }


def test_every_column_is_compared_or_is_seen_by_nobody():
    left_out = {}
    for model in apps.get_app_config("letters").get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in public_tables():
            with connection.cursor() as cursor:
                cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"{table}_is_news"])
                compared = set(re.findall(r'\bthis\."?(\w+)', cursor.fetchone()[0]))
            left_out[table] = {field.column for field in model._meta.concrete_fields} - compared

    assert {table: columns for table, columns in left_out.items() if columns} == NOT_SEEN


def test_several_public_changes_of_one_transaction_give_one_version(world):
    edit(world.public.letter, subject="Een")
    first = CorpusVersion.current()

    edit(world.public.letter, subject="Twee")

    assert CorpusVersion.current() == first


def test_a_change_that_is_taken_back_inside_a_transaction_does_not_hide_the_next_one(world):
    def act():
        with transaction.atomic():
            edit(world.public.letter, subject="Een")
            transaction.set_rollback(True)
        assert CorpusVersion.current() == before
        edit(world.public.letter, subject="Twee")

    sql("SELECT set_config('letters.corpus_has_changed', '', true)")
    before = CorpusVersion.current()

    assert gives_new_version(act)


def in_another_connection(act):
    """Do something in a thread, which has a connection of its own, and give what it gave."""
    found = []

    def run():
        try:
            found.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive(), "It waits for the other connection"
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_a_version_is_seen_with_the_change_and_not_before():
    letter = make_letter(subject="Oud")

    def seen():
        return CorpusVersion.current(), Letter.objects.get().subject

    before, _subject = seen()
    with transaction.atomic():
        edit(letter, subject="Nieuw")
        meanwhile = in_another_connection(seen)
    after = in_another_connection(seen)

    assert meanwhile == (before, "Oud")
    assert after[1] == "Nieuw"
    assert after[0] != before


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_other_and_each_gives_a_new_version():
    one, other = make_letter(department="Een"), make_letter(department="Ander")
    versions = [CorpusVersion.current()]

    with transaction.atomic():
        edit(one, department="Nieuw")
        in_another_connection(lambda: edit(other, department="Nieuw"))
        versions.append(in_another_connection(CorpusVersion.current))
    versions.append(CorpusVersion.current())
    edit(one, department="Nieuwer")
    versions.append(CorpusVersion.current())

    assert len(set(versions)) == len(versions)
