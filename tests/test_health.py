"""/gezondheid/: what it says of each part, to whom."""

import pytest
from django.db import connection, connections

from tests.production import ProductionSite, losing_the_database

WELL = {"toestand": "in orde", "onderdelen": {"database": "in orde", "originelen": "in orde"}}


@pytest.fixture(autouse=True)
def originals_folder(settings, tmp_path):
    """The folder that `serve` makes."""
    settings.MEDIA_ROOT = tmp_path / "originals"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def test_all_is_well(client, db):
    response = client.get("/gezondheid/")

    assert response.status_code == 200
    assert response.json() == WELL


def test_it_is_never_kept_and_gives_no_cookie(client, db):
    response = client.get("/gezondheid/")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}


def test_it_asks_nothing_over_the_connection_that_pages_use(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/gezondheid/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client, db, method):
    response = getattr(client, method)("/gezondheid/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_asking_writes_nothing(client, db, originals_folder):
    before = originals_folder.stat().st_mtime_ns

    client.get("/gezondheid/")

    assert list(originals_folder.iterdir()) == []
    assert originals_folder.stat().st_mtime_ns == before


@pytest.fixture
def primary_that_is_a_standby(transactional_db, monkeypatch):
    """Have new connections see a server that replays another: nothing else of a standby matters here."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA standby")
        cursor.execute(
            "CREATE FUNCTION standby.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'"
        )
        monkeypatch.setitem(
            connections["default"].settings_dict["OPTIONS"],
            "options",
            "-c search_path=standby,pg_catalog,public",
        )
        yield
        cursor.execute("DROP SCHEMA standby CASCADE")


def test_a_primary_that_can_only_be_read_is_named(client, primary_that_is_a_standby):
    response = client.get("/gezondheid/")

    assert response.status_code == 503
    assert response.json() == {
        "toestand": "storing",
        "onderdelen": {"database": "alleen te lezen", "originelen": "in orde"},
    }


def test_originals_that_cannot_be_had_are_named(client, db, originals_folder):
    originals_folder.rmdir()

    response = client.get("/gezondheid/")

    assert response.status_code == 503
    assert response.json() == {
        "toestand": "storing",
        "onderdelen": {"database": "in orde", "originelen": "niet te lezen of te schrijven"},
    }


@pytest.fixture
def production(transactional_db, collected_static, tmp_path):
    site = ProductionSite(tmp_path)
    yield site
    site.stop()


def test_who_asks_from_inside_needs_no_name_of_the_site_and_no_tls(production):
    headers = {"Host": f"127.0.0.1:{production.port}", "X-Forwarded-Proto": "http"}

    answer = production.get("/gezondheid/", **headers)

    assert answer.status == 200


def test_a_database_that_is_lost_is_named_pages_say_so_and_all_is_well_when_it_is_back(
    production,
):
    before = production.get("/")

    with losing_the_database():
        health, page, static = (production.get(path) for path in ["/gezondheid/", "/", "/static/favicon.svg"])
    after = production.get("/"), production.get("/gezondheid/")
    lines, errors = production.stop()

    assert before.status == 200
    assert health.status == 503
    assert health.text == (
        '{"toestand": "storing", "onderdelen": {"database": "niet bereikbaar", '
        '"database voor bezoekers": "niet bereikbaar", "originelen": "in orde"}}'
    )
    assert page.status == 503
    assert page.headers["Retry-After"] == "30"
    assert "De site is even niet bereikbaar" in page.text
    assert static.status == 200
    assert [answer.status for answer in after] == [200, 200]
    assert sorted(line["path"] for line in lines) == [
        "/",
        "/",
        "/",
        "/gezondheid/",
        "/gezondheid/",
        "/static/favicon.svg",
    ]
    assert [line["message"] for line in errors] == [
        "The database 'default' does not answer",
        "The database 'public' does not answer",
        "Service Unavailable",
        "Service Unavailable",
    ]
