"""Which database a request reads from, and what a visitor is told when a question takes too long or is broken off."""

import subprocess
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, router, transaction
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from letters.models import CorpusVersion, Letter
from navo_site import environment
from navo_site.conditional import Conditional
from navo_site.replicas import ReadFrom, Router
from tests.conftest import address_of_test_database, manage, serving
from tests.factories import make_letter
from tests.visitor import Visitor

VISITOR, CLERK = AnonymousUser(), User(username="redacteur")


def alias(request=None) -> str:
    return router.db_for_read(Letter)


@pytest.fixture
def two_databases(settings):
    """Name a database for visitors, as the running site does; nothing here connects to it."""
    settings.PUBLIC_DATABASE = "public"


@pytest.mark.parametrize(
    ("method", "user", "expected"),
    [
        ("get", VISITOR, "public"),
        ("head", VISITOR, "public"),
        ("options", VISITOR, "public"),
        # What may change something reads what it changes.
        ("post", VISITOR, "default"),
        ("delete", VISITOR, "default"),
        # Who is logged in sees what they wrote.
        ("get", CLERK, "default"),
        ("post", CLERK, "default"),
    ],
)
def test_visitors_read_elsewhere_than_who_may_write(two_databases, rf, method, user, expected):
    request = getattr(rf, method)("/")
    request.user = user

    response = ReadFrom(lambda request: HttpResponse(alias()))(request)

    assert response.content.decode() == expected


def test_writing_is_for_the_primary_whoever_asks(two_databases, rf):
    request = rf.get("/")
    request.user = VISITOR

    response = ReadFrom(lambda request: HttpResponse(router.db_for_write(Letter)))(request)

    assert response.content == b"default"


def test_tables_are_made_on_the_primary_only():
    assert [Router().allow_migrate(alias, "letters") for alias in ("default", "public")] == [True, False]


def test_the_choice_ends_with_the_request(two_databases, rf):
    request = rf.get("/")
    request.user = VISITOR

    ReadFrom(lambda request: HttpResponse())(request)

    assert alias() == "default"


def test_the_choice_ends_with_a_request_that_failed(two_databases, rf):
    request = rf.get("/")
    request.user = VISITOR

    def fail(request):
        raise RuntimeError("a page that fails")

    with pytest.raises(RuntimeError):
        ReadFrom(fail)(request)

    assert alias() == "default"


def test_what_is_streamed_reads_where_its_page_did_and_other_requests_do_not(two_databases, rf):
    request = rf.get("/")
    request.user = VISITOR

    def rows():
        for _row in range(3):
            yield f"{alias()} "

    response = ReadFrom(lambda request: StreamingHttpResponse(rows()))(request)

    streamed = []
    for chunk in response:
        streamed.append((chunk, alias()))
    assert streamed == [(b"public ", "default")] * 3


def test_a_stream_that_is_left_halfway_is_closed(two_databases, rf):
    request = rf.get("/")
    request.user = VISITOR
    closed = []

    def rows():
        try:
            yield b"first"
            yield b"second"
        finally:
            closed.append(True)

    response = ReadFrom(lambda request: StreamingHttpResponse(rows()))(request)
    next(iter(response))

    response.close()

    assert closed == [True]


def test_a_file_is_still_sent_as_a_file(two_databases, rf, tmp_path):
    (tmp_path / "brief.pdf").write_bytes(b"%PDF")
    request = rf.get("/")
    request.user = VISITOR

    response = ReadFrom(lambda request: FileResponse((tmp_path / "brief.pdf").open("rb")))(request)

    assert response.file_to_stream.read() == b"%PDF"
    response.close()


def test_what_is_asked_once_more_has_the_version_of_the_database_that_answers(transactional_db, rf):
    version = CorpusVersion.objects.get()
    behind, seen = uuid4(), []

    def view(request):
        seen.append(CorpusVersion.current())
        request.was_broken_off = len(seen) == 1
        CorpusVersion.objects.update(version=behind)  # the next standby has not come as far
        return HttpResponse()

    request = rf.get("/")
    request.user, request.resolver_match = AnonymousUser(), None

    Conditional(ReadFrom(view))(request)

    assert seen == [str(version), str(behind)]


def test_only_what_depends_on_who_is_logged_in_says_so_to_caches(client, db):
    assert "Cookie" in client.get("/beheer/").headers["Vary"]
    assert "Cookie" not in client.get("/").headers["Vary"]


def test_several_hosts_of_a_replica_are_passed_on(monkeypatch):
    monkeypatch.setenv(
        "DATABASE_REPLICA_URL",
        "postgresql://navo@een:5433,twee,primary:5434/navo?target_session_attrs=prefer-standby&load_balance_hosts=random",
    )

    database = environment.database("DATABASE_REPLICA_URL")

    assert (database["HOST"], database["PORT"]) == ("een,twee,primary", "5433,,5434")
    assert database["OPTIONS"] == {
        "connect_timeout": "3",
        "tcp_user_timeout": "10000",
        "target_session_attrs": "prefer-standby",
        "load_balance_hosts": "random",
    }


def test_options_of_an_address_stay_beside_those_for_visitors(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///navo?options=-csearch_path%3Dbrieven")

    database = environment.for_visitors(environment.database("DATABASE_URL"), 7)

    assert database["OPTIONS"]["options"] == (
        "-csearch_path=brieven -c default_transaction_read_only=on -c statement_timeout=7s"
        " -c work_mem=64MB -c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"
    )


def test_a_replica_of_nothing_is_refused():
    refused = manage("check", stderr=subprocess.PIPE, DATABASE_REPLICA_URL="postgresql://navo@localhost/navo")

    _out, said = refused.communicate()

    assert said == "DATABASE_REPLICA_URL is set, but DATABASE_URL, which it is a replica of, is not.\n"
    assert refused.returncode == 1


@pytest.fixture
def impatient_site(transactional_db, collected_static):
    """The site on the test database, where no question of a visitor may take longer than a second."""
    with serving(DATABASE_URL=address_of_test_database(), PUBLIC_STATEMENT_TIMEOUT="1") as address:
        yield address


@contextmanager
def letters_held():
    """Let every question about letters wait, as one that takes long does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE letters_letter, letters_indexedletter IN ACCESS EXCLUSIVE MODE")
        yield


def waiting() -> set[int]:
    """The server processes that wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE NOT granted")
        return {pid for (pid,) in cursor.fetchall()}


def next_waiting(page: Future, *earlier: int) -> int:
    """Wait until another process waits for a lock, and give it; at the latest until the page is there without."""
    while not (others := waiting() - set(earlier)):
        assert not answered(page), f"{page.result().status} without asking"
    return others.pop()


def answered(page: Future) -> bool:
    """Whether the page is there, or comes within a moment."""
    return page in wait([page], timeout=0.05).done


def test_a_question_that_takes_too_long_is_broken_off_and_the_page_says_what_to_do(impatient_site):
    with letters_held():
        answer = Visitor().get(f"{impatient_site}/zoeken/?q=oekra%C3%AFne")

    assert answer.status == 503
    assert "Dit duurde te lang" in answer.text
    assert "kies eerst een onderwerp of een jaar, of zoek op minder woorden" in answer.text


def test_a_question_that_took_too_long_is_not_asked_again(impatient_site):
    with ThreadPoolExecutor(1) as visitor, letters_held():
        page = visitor.submit(Visitor().get, f"{impatient_site}/brieven/")
        asked = {next_waiting(page)}
        while not answered(page):
            asked |= waiting()

    assert page.result().status == 503
    assert len(asked) == 1


def test_a_made_up_session_gives_no_more_time(impatient_site):
    with letters_held():
        answer = Visitor().get(f"{impatient_site}/zoeken/", headers={"Cookie": "sessionid=verzonnen"})

    assert answer.status == 503


def test_a_question_that_was_broken_off_is_asked_once_more(site):
    make_letter(subject="De brief")
    with ThreadPoolExecutor(1) as visitor:
        with letters_held(), connection.cursor() as cursor:
            page = visitor.submit(Visitor().get, f"{site}/brieven/")
            first = next_waiting(page)
            cursor.execute("SELECT pg_terminate_backend(%s)", [first])
            second = next_waiting(page, first)
        answer = page.result()

    assert second != first
    assert answer.status == 200
    assert "De brief" in answer.text


def test_a_question_that_is_broken_off_again_and_again_is_given_up(site):
    with ThreadPoolExecutor(1) as visitor, letters_held(), connection.cursor() as cursor:
        page = visitor.submit(Visitor().get, f"{site}/brieven/")
        first = next_waiting(page)
        cursor.execute("SELECT pg_terminate_backend(%s)", [first])
        second = next_waiting(page, first)
        cursor.execute("SELECT pg_terminate_backend(%s)", [second])
        answer = page.result()

    assert answer.status == 503
    assert "De site is even niet bereikbaar" in answer.text
    assert answer.headers["Retry-After"] == "30"
