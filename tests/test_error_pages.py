"""What a visitor gets when something is not as it should be: a page in Dutch that says what to do, with all headers."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string

from tests.factories import make_letter, make_original
from tests.production import HOST, ProductionSite, losing_the_database

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def production(transactional_db, collected_static, tmp_path):
    site = ProductionSite(tmp_path)
    yield site
    site.stop()


#: Every kind of response: method, address, headers, status.
RESPONSES = [
    ("GET", "/", {}, 200),
    ("HEAD", "/", {}, 200),
    ("GET", "/beheer/login/", {}, 200),
    ("GET", "/gezondheid/", {}, 200),
    ("POST", "/gezondheid/", {}, 405),
    ("GET", "/static/favicon.svg", {}, 200),
    ("GET", "/static/favicon.svg", {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304),
    ("GET", "/zoeken", {}, 301),
    ("GET", "/zoeken/?sorteer=nieuwste", {}, 301),
    ("GET", "/beheer/", {}, 302),
    ("GET", "/zoeken/?kleur=rood", {}, 400),
    ("GET", "/", {"Host": "elders.example.nl"}, 400),
    ("POST", "/beheer/login/", FORM, 403),
    ("GET", "/bestaat-niet/", {}, 404),
    ("GET", "/static/bestaat-niet.css", {}, 404),
    ("POST", "/beheer/login/", {"Content-Length": "300000000"}, 413),
    ("GET", f"/zoeken/?q={'a' * 9000}", {}, 414),
]

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def assert_secure(answer):
    """The headers that tell a browser what it may not do with a response."""
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy or policy.startswith("sandbox")
    assert re.fullmatch(r"(?:[a-z-]+=\(\)(?:, )?)+", answer.headers["Permissions-Policy"])
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-ID"])


def test_every_kind_of_response_has_the_headers(production, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "data" / "originals"
    download = make_original(make_letter()).get_absolute_url()
    requests = [*RESPONSES, ("GET", download, {}, 200)]

    answers = [production.ask(method, path, **headers) for method, path, headers, _status in requests]

    assert [answer.status for answer in answers] == [status for *_request, status in requests]
    for answer in answers:
        assert_secure(answer)
        if answer.status != 414:  # the answer of a worker to what it would not read
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(("host", "status"), [(HOST, 301), ("elders.example.nl", 400)])
def test_what_does_not_come_over_tls_is_sent_there_or_refused(production, host, status):
    answer = production.get("/zoeken/?q=china", **{"X-Forwarded-Proto": "http", "Host": host})

    assert answer.status == status
    assert answer.headers["Location"] == (f"https://{HOST}/zoeken/?q=china" if status == 301 else None)
    assert_secure(answer)


def test_a_lost_database_is_a_503_and_a_mistake_of_ours_a_500(production):
    with losing_the_database():
        away = production.get("/")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE letters_topic RENAME TO weg")
        try:
            broken = production.get("/onderwerpen/")
        finally:
            cursor.execute("ALTER TABLE weg RENAME TO letters_topic")

    assert (away.status, broken.status) == (503, 500)
    assert away.headers["Cache-Control"] == broken.headers["Cache-Control"] == "no-store"
    assert "De site is even niet bereikbaar" in away.text
    assert "Er ging iets mis" in broken.text
    for answer in [away, broken]:
        assert_secure(answer)


@pytest.mark.parametrize(
    ("method", "path", "headers", "heading"),
    [
        ("GET", "/", {"Host": "elders.example.nl"}, "Dit verzoek klopt niet"),
        ("POST", "/beheer/login/", FORM, "Dit formulier is niet verwerkt"),
        ("GET", "/bestaat-niet/", {}, "Deze pagina is er niet"),
        ("POST", "/beheer/login/", {"Content-Length": "300000000"}, "Dit is te groot om te versturen"),
    ],
)
def test_a_refusal_is_a_page_of_the_site(production, method, path, headers, heading):
    answer = production.ask(method, path, **headers)

    assert re.search("<h1>(.+)</h1>", answer.text)[1] == heading
    assert '<html lang="nl" class="navo-theme">' in answer.text
    assert re.search(r'href="/static/navo\.[0-9a-f]{12}\.css"', answer.text)


def test_staff_without_permission_read_whom_to_ask(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_user("bert", is_staff=True))

    response = client.get("/beheer/letters/letter/")

    assert response.status_code == 403
    assert "Vraag de beheerder om toegang" in response.content.decode()


PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html", "500.html", "503.html"]


@pytest.mark.parametrize("template", PAGES)
def test_a_page_for_what_goes_wrong_asks_nothing_of_the_database(template):
    # Without the fixture `db` any query is an error.
    page = render_to_string(template, {"minutes": 15, "file_mb": 20, "request_mb": 200, "request_id": "0"})

    assert page.count("<h1>") == 1


def test_a_question_that_took_too_long_is_told_apart_from_a_database_that_is_away():
    page = render_to_string("503.html", {"too_slow": True})

    assert "Dit duurde te lang" in page


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client, settings):
    settings.MAX_REQUEST_BYTES, settings.MAX_UPLOAD_MB = 10 * 1024 * 1024, 1

    response = client.post("/beheer/login/", headers={"Content-Length": str(10 * 1024 * 1024 + 1)})

    assert response.status_code == 413
    assert "hooguit 1 MB groot zijn, en alles samen 10 MB" in response.content.decode()
