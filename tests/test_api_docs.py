"""The page about the API: what it says of keys is so, and its answers are those that the API gives."""

import html
import json
import re

import pytest

from letters.views.api_docs import key_rows
from tests.api_data import make_api_data

pytestmark = pytest.mark.django_db

#: curl "http://testserver/api/v1/brieven?soort=verslag"
CURL = re.compile(r'curl "([^"]+)"')
ANSWER = re.compile(r'<pre class="code code--tall"[^>]*><code>(.*?)</code>', re.DOTALL)


@pytest.fixture
def data(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_api_data()


def page(client) -> str:
    response = client.get("/gegevens/api/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("data")
def test_each_example_shows_what_the_api_answers(client):
    shown = page(client)

    examples = [html.unescape(address) for address in CURL.findall(html.unescape(shown))]
    answers = [json.loads(html.unescape(answer)) for answer in ANSWER.findall(shown)]

    assert answers == [client.get(address).json() for address in examples]
    assert [answer.get("status", 200) for answer in answers] == [200, 200, 400]
    assert answers[0]["totaal"] == 2


def test_the_page_is_there_before_any_letter_is(client):
    assert "1.0.0" in page(client)


def test_every_key_of_the_description_is_explained(client):
    described = client.get("/api/v1/openapi.json").json()

    parameters = [one for path in described["paths"].values() for one in path["get"].get("parameters", [])]
    keys = {one["name"] for one in parameters if one["in"] == "query"}

    assert {row.key for row in key_rows()} == keys


def test_the_description_names_this_site_and_whom_to_write_to(client, settings):
    settings.CONTACT_EMAIL = "redactie@brieven.example.nl"

    described = client.get("/api/v1/openapi.json").json()

    assert described["servers"] == [{"url": "http://testserver/api/v1", "description": "Deze site"}]
    assert described["info"]["contact"] == {
        "name": "Redactie NAVO-brieven",
        "url": "http://testserver/gegevens/api/",
        "email": "redactie@brieven.example.nl",
    }
