"""What goes wrong in the API: problem+json in Dutch, whichever part of the site answers."""

import pytest
from django.db import OperationalError

from letters.api import views
from tests.api_data import get, make_api_data

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


@pytest.fixture
def data(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_api_data()


@pytest.mark.parametrize(
    "path", ["brieven/", "brieven/kst-28676-446/", "openapi.json/", "", "bestaat-niet", "brieven//"]
)
def test_what_is_no_address_is_404_and_never_a_redirect(client, data, path):
    response = get(client, path)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == PROBLEM
    assert response.json()["title"] == "Niet gevonden"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/brieven"])
def test_outside_the_version_is_nothing(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert response.json()["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_api_is_only_to_read(client, data, method):
    response = getattr(client, method)("/api/v1/brieven")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json() == {
        "type": "about:blank",
        "title": "Methode niet toegestaan",
        "status": 405,
        "detail": "Deze API is alleen om te lezen: GET, HEAD en OPTIONS.",
    }


def test_a_browser_that_asks_first_may_read_from_another_site(client):
    response = client.options(
        "/api/v1/brieven",
        headers={"origin": "https://elders.example", "access-control-request-method": "GET"},
    )

    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_head_answers_as_get_without_the_body(client, data):
    response = client.head("/api/v1/brieven")

    assert (response.status_code, response.content) == (200, b"")


def test_another_form_than_json_is_406(client, data):
    response = get(client, "brieven", accept="text/html")

    assert response.status_code == 406
    assert response.headers["Content-Type"] == PROBLEM
    assert response.json()["detail"] == (
        "Deze API antwoordt alleen in application/json. Vraag daarom, of laat de kop Accept weg."
    )


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("text/html, application/*;q=0.5", 200),
        ("application/json; charset=utf-8", 200),
        ("*/*;q=0, application/json", 200),
        ("application/json;q=0", 406),
        ("application/json;q=0, */*", 406),
        ("application/json;q=0.000, application/*", 406),
        ("*/*;q=0", 406),
        ("application/xml", 406),
    ],
)
def test_json_is_sent_to_whoever_takes_it_and_to_nobody_who_refuses_it(client, data, accept, status):
    assert get(client, "brieven", accept=accept).status_code == status


@pytest.mark.parametrize("query", ["q=-", "q=-&sorteer=relevantie", "q=%22%22"])
def test_a_query_without_a_word_asks_for_everything_as_on_the_pages(client, data, query):
    everything = get(client, "passages").json()

    assert get(client, f"passages?{query}").json() == everything


def test_everything_that_is_wrong_is_told_at_once_each_with_its_key(client, data):
    response = get(
        client, "passages?soort=nota&soort=verslag&van=gisteren&kleur=rood&q=&paginaGrootte=101&pagina=zz"
    )

    assert response.status_code == 400
    assert response.headers["Content-Type"] == PROBLEM
    body = response.json()
    assert (body["title"], body["status"]) == ("Ongeldig verzoek", 400)
    assert body["detail"] == "Meer dan één sleutel of waarde is ongeldig: zie errors."
    assert sorted(
        (one["location"]["name"], one["code"], one["detail"].split(".")[0]) for one in body["errors"]
    ) == [
        ("kleur", "onbekend", "De sleutel “kleur” bestaat hier niet"),
        ("pagina", "ongeldig", "“zz” is geen bladzijde"),
        ("paginaGrootte", "ongeldig", "“101” is geen aantal per bladzijde"),
        ("q", "leeg", "De sleutel q is leeg"),
        ("soort", "ongeldig", "“nota” is geen waarde van het filter soort brief"),
        ("van", "ongeldig", "“gisteren” is geen datum"),
    ]


@pytest.mark.parametrize(
    ("query", "key", "detail"),
    [
        # The spelling of the pages
        ("briefdatum-van=2021", "briefdatum-van", "De sleutel “briefdatum-van” bestaat hier niet."),
        # A file is asked of the pages
        ("format=csv", "format", "De sleutel “format” bestaat hier niet."),
        # What newsletters hang on links is dropped by the pages, not here
        ("utm_source=nieuwsbrief", "utm_source", "De sleutel “utm_source” bestaat hier niet."),
        (
            "briefdatumVan=2022&briefdatumTot=2021",
            "briefdatumVan",
            "De periode begint (2022) na haar einde (2021).",
        ),
        ("onderwerp=bestaat-niet", "onderwerp", "Er is geen onderwerp “bestaat-niet”."),
        (
            "sorteer=relevantie",
            "sorteer",
            "Op relevantie sorteren kan alleen met een zoekvraag: geef ook de sleutel q.",
        ),
        (
            "paginaGrootte=0",
            "paginaGrootte",
            "“0” is geen aantal per bladzijde. Wel mogelijk: 1 tot en met 100.",
        ),
        (
            "&".join(["soort=verslag"] * 101),
            "soort",
            "De sleutel soort staat er 101 keer. Mogelijk is hooguit 100 keer.",
        ),
    ],
)
def test_one_thing_that_is_wrong_is_the_detail(client, data, query, key, detail):
    body = get(client, f"passages?{query}").json()

    assert body["status"] == 400
    assert body["detail"].startswith(detail)
    assert [one["location"]["name"] for one in body["errors"]] == [key]


def test_a_page_beyond_the_last_is_404_with_the_reason(client, data):
    response = get(client, "brieven?pagina=2")

    assert response.status_code == 404
    assert response.json()["detail"] == "Pagina 2 bestaat niet: de laatste is 1."


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (ZeroDivisionError("geheim"), 500, "Fout in de site"),
        (OperationalError("geheim"), 503, "Tijdelijk niet beschikbaar"),
    ],
)
def test_an_error_of_the_site_is_a_problem_without_a_word_of_what_failed(
    client, monkeypatch, error, status, title
):
    def failing(self, found):
        raise error

    monkeypatch.setattr(views.LetterListView, "rows", failing)
    client.raise_request_exception = False

    response = client.get("/api/v1/brieven")

    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM)
    assert response.json()["title"] == title
    assert "geheim" not in response.content.decode()
    assert response.headers["API-Version"] == "1.0.0"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers.get("Retry-After") == ("30" if status == 503 else None)


def test_a_body_that_is_too_large_is_refused_as_a_problem(client):
    response = client.post("/api/v1/brieven", b"x" * 100_000, content_type="application/octet-stream")

    assert (response.status_code, response.headers["Content-Type"]) == (413, PROBLEM)
    assert response.json()["detail"] == "Deze API neemt niets aan: zij is alleen om te lezen."


def test_another_name_for_the_site_is_refused_as_a_problem(client):
    response = client.get("/api/v1/brieven", headers={"host": "elders.example"})

    assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM)
    assert response.json()["detail"] == "De site begrijpt dit verzoek niet."


def test_the_pages_keep_their_own_errors(client):
    response = client.get("/brieven/bestaat-niet/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "API-Version" not in response.headers
