"""Pages that are kept, and asked about at every visit: what makes a page new, and what is never kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import decisions
from letters.models import Letter
from letters.urls import pages, urlpatterns
from navo_site import conditional
from navo_site.conditional import Conditional
from navo_site.release import release
from tests.corpus_changes import OTHER_CHANGES, PUBLIC_CHANGES, World, edit, sql
from tests.factories import make_letter, make_original, make_paragraph, make_section
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/zoeken/?onderwerp=oekraine&q=nederland",
    "/zoeken/filter/bijeenkomst/?onderwerp=oekraine",
    "/standpunten/?ongecontroleerd=ja",
    "/brieven/",
    "/brieven/verslag/",
    "/brieven/ingetrokken/",
    "/brieven/oud/",
    "/bijeenkomsten/",
    "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/",
    "/onderwerpen/",
    "/onderwerpen/oekraine/",
    "/zoeken/?onbekend=ja",
]


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world():
    return World()


def kept(client, address) -> dict[str, str]:
    """Open a page, and give the header with which a browser asks about it afterwards."""
    sql("SELECT set_config('letters.corpus_has_changed', '', true)")  # as another transaction would find it
    return {"If-None-Match": client.get(address)["ETag"]}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_is_still_right_costs_one_query_and_is_not_sent(
    world, client, address, django_assert_num_queries
):
    page = client.get(address)

    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": page["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert page["Cache-Control"] == again["Cache-Control"] == "no-cache"
    assert page["ETag"] == again["ETag"]
    assert "Content-Length" not in again.headers
    assert (page.get("Vary"), again["Vary"]) in {
        ("Accept-Encoding", "Accept-Encoding"),
        (None, "Accept-Encoding"),
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sent_anew_after_a_public_change_and_only_then(world, client, address):
    asked = kept(client, address)

    edit(world.internal, text="Anders.")
    after_note = client.get(address, headers=asked)
    decisions.decide([world.unchecked], "checked", by=world.clerk)
    after_check = client.get(address, headers=asked)

    assert after_note.status_code == 304
    assert after_check.status_code in {200, 301, 400, 410}
    assert after_check["ETag"] != asked["If-None-Match"]


@pytest.mark.parametrize("change", PUBLIC_CHANGES)
def test_every_public_change_makes_a_page_new(world, client, change):
    asked = kept(client, "/bijeenkomsten/")

    PUBLIC_CHANGES[change](world)

    assert client.get("/bijeenkomsten/", headers=asked).status_code == 200


@pytest.mark.parametrize("change", OTHER_CHANGES)
def test_no_other_change_makes_a_page_new(world, client, change):
    asked = kept(client, "/bijeenkomsten/")

    OTHER_CHANGES[change](world)

    assert client.get("/bijeenkomsten/", headers=asked).status_code == 304


def test_a_page_of_yesterday_or_of_another_release_is_not_the_page(client, monkeypatch):
    asked = kept(client, "/")
    later = datetime(2100, 1, 1, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))

    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(timezone, "now", lambda: later)
        assert client.get("/", headers=asked).status_code == 200
    with monkeypatch.context() as update:
        update.setattr(conditional, "release", lambda: "another")
        assert client.get("/", headers=asked).status_code == 200
    assert client.get("/", headers=asked).status_code == 304


def test_a_release_is_other_files_or_other_settings_that_pages_show(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates/base.html"
    found = []

    for words, authority in [("Een", "een.example"), ("Twee", "een.example"), ("Twee", "twee.example")]:
        page.write_text(words)
        settings.TAG_AUTHORITY = authority
        found.append(release.__wrapped__())

    assert len(set(found)) == 3
    assert release.__wrapped__() == found[-1]


def test_an_etag_is_of_one_address(client):
    asked = kept(client, "/")

    assert client.get("/brieven/", headers=asked).status_code == 200
    assert client.get("/", headers=asked, SERVER_NAME="localhost").status_code == 200


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("{etag}", 304),
        # Some send it back without the mark of a weak one, or with what they kept before.
        ("{strong}", 304),
        ('"iets", {etag}, W/"anders"', 304),
        ('W/"iets"', 200),
        # Nothing that we gave.
        ("*", 200),
        ("onzin", 200),
        ("", 200),
    ],
)
def test_what_a_visitor_says_to_have_is_compared(client, header, status):
    etag = client.get("/")["ETag"]

    asked = header.format(etag=etag, strong=etag.removeprefix("W/"))

    assert client.get("/", headers={"If-None-Match": asked}).status_code == status


def test_head_is_answered_as_get_is(client):
    page, head = client.get("/"), client.head("/")
    again = client.head("/", headers={"If-None-Match": page["ETag"]})

    assert head["ETag"] == page["ETag"]
    assert (head.content, again.status_code) == (b"", 304)


def test_a_compressed_page_is_the_same_page(client):
    compressed = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert compressed["Content-Encoding"] == "gzip"
    assert compressed["Vary"] == "Accept-Encoding"
    assert client.get("/", headers={"If-None-Match": compressed["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/brieven/bestaat-niet/", "/bestaat-niet/", "/zoeken/?pagina=9"])
def test_what_is_not_there_is_asked_for_again(client, address):
    """There may be something that only staff may see, or that comes later."""
    missing = client.get(address)

    assert missing.status_code == 404
    assert missing["Cache-Control"] == "no-cache"
    assert "ETag" not in missing.headers


def test_a_failure_is_kept_by_nobody(rf):
    request = rf.get("/")
    request.etag, request.resolver_match = 'W/"x"', None

    response = Conditional(lambda request: HttpResponse(status=503))(request)

    assert "ETag" not in response.headers
    assert response.get("Cache-Control") != "no-cache"


def test_a_stream_that_is_kept_is_not_begun_again(rf):
    begun = []

    def rows():
        begun.append(True)
        yield b"rij"

    def answer(request):
        from_middleware = site.process_view(request, None, (), {})
        return from_middleware or StreamingHttpResponse(rows())

    site = Conditional(answer)
    first = rf.get("/zoeken/?format=csv")
    again = rf.get("/zoeken/?format=csv")
    first.resolver_match = again.resolver_match = None

    etag = site(first)["ETag"]
    again.META["HTTP_IF_NONE_MATCH"] = etag

    assert site(again).status_code == 304
    assert begun == []


# Who asks


def test_a_page_is_the_same_for_staff(world, client, admin_client):
    for address in ADDRESSES:
        page, of_staff = client.get(address), admin_client.get(address)

        assert of_staff.content == page.content
        assert of_staff["ETag"] == page["ETag"]
        assert "Cookie" not in of_staff.get("Vary", "")
        assert of_staff.cookies == {}


def test_no_public_route_sets_a_cookie_or_holds_a_token_whoever_asks(world, client, admin_client):
    stale = Client()
    stale.cookies["sessionid"] = "verlopen"
    for address in routes(world):
        for who in [client, admin_client, stale]:
            page = who.get(address)

            assert b"csrf" not in content(page).lower(), address
            assert page.cookies == {}, address
            assert "Cookie" not in page.get("Vary", ""), address


def test_every_public_route_is_answered_from_what_is_kept(world, client):
    kept_nothing = []
    for address in routes(world):
        page = client.get(address)
        content(page)
        again = client.get(address, headers={"If-None-Match": page.get("ETag", "")})
        if (page.status_code < 400, again.status_code) != (True, 304):
            kept_nothing.append((address, page.status_code, again.status_code))

    # Saved views ask how a view stands since a moment; under /api/ all that is no address is one route.
    assert kept_nothing == [("/telling/", 400, 304), ("/api", 404, 404)]


def routes(world) -> list[str]:
    """An address of every route that visitors have, but for what is personal."""
    arguments = {
        "pk": world.public.original.pk,
        "year": 2023,
        "key": "bijeenkomst",
        "brief": "verslag",
        "anker": "1",
        "id": world.public.position.pk,
        "bijeenkomst": world.meeting.slug,
        "onderwerp": "oekraine",
    }
    slugs = {
        "letter": "verslag",
        "meeting": world.meeting.slug,
        "topic": "oekraine",
        "topic-feed": "oekraine",
    }
    found = []
    for prefix, pattern in flat([*pages, *urlpatterns]):
        if prefix.startswith("bewaard/") or str(pattern.pattern).startswith("bewaard/"):
            continue
        if pattern.name is None:
            found.append("/api")
            continue
        wanted = {name: arguments.get(name, slugs.get(pattern.name)) for name in pattern.pattern.converters}
        found.append(reverse("api:" * prefix.startswith("api/") + pattern.name, kwargs=wanted))
    return found


def flat(patterns, prefix=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from flat(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix, pattern


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_personal_pages_are_kept_by_nobody(client, admin_client):
    for who in [client, admin_client]:
        page = who.get("/bewaard/")

        assert page["Cache-Control"] == "private, no-store"
        assert "ETag" not in page.headers


def test_the_admin_keeps_its_own_headers(client, admin_client):
    for who in [client, admin_client]:
        page = who.get("/beheer/")

        assert "no-store" in page["Cache-Control"]
        assert "ETag" not in page.headers


def test_an_original_is_kept_when_everyone_may_have_it(world, client, admin_client):
    for_staff = make_original(world.public.letter, b"x", is_public=False)
    public = world.public.original.get_absolute_url()

    asked = kept(client, public)
    refused = client.get(for_staff.get_absolute_url())
    given = admin_client.get(for_staff.get_absolute_url())

    assert client.get(public, headers=asked).status_code == 304
    assert "ETag" not in refused.headers
    assert given["Cache-Control"] == "private, no-store"
    assert "ETag" not in given.headers


# Two connections


def letter_page() -> Letter:
    letter = make_letter(slug="brief", subject="Oude titel")
    make_paragraph(make_section(letter))
    return letter


@pytest.mark.django_db(transaction=True)
def test_an_etag_of_before_a_change_is_worth_nothing_once_the_change_is_there():
    letter = letter_page()

    with ThreadPoolExecutor(1) as visitor:
        with transaction.atomic():
            edit(letter, subject="Nieuwe titel")
            during = visitor.submit(visit, "/brieven/brief/").result()
        after = visitor.submit(visit, "/brieven/brief/", during["ETag"]).result()
        visitor.submit(connections.close_all).result()

    assert "Oude titel" in during.text
    assert after.status_code == 200
    assert "Nieuwe titel" in after.text


@pytest.mark.django_db(transaction=True)
def test_a_page_that_a_change_came_in_the_middle_of_is_not_taken_for_the_page_of_before_or_after():
    """The version was read before the change, and the letter after it: the page is asked for once more, no page is wrong."""
    letter = letter_page()
    before = Client().get("/brieven/brief/")

    with ThreadPoolExecutor(1) as visitor:
        with transaction.atomic():
            sql("LOCK TABLE letters_letter IN ACCESS EXCLUSIVE MODE")
            page = visitor.submit(visit, "/brieven/brief/")
            wait_until(somebody_waits)
            edit(letter, subject="Nieuwe titel")
        during = page.result()
        visitor.submit(connections.close_all).result()
    after = Client().get("/brieven/brief/", headers={"If-None-Match": during["ETag"]})

    assert "Nieuwe titel" in during.text
    assert during["ETag"] == before["ETag"]
    assert after.status_code == 200
    assert Client().get("/brieven/brief/", headers={"If-None-Match": after["ETag"]}).status_code == 304


def visit(address: str, etag: str = ""):
    response = Client().get(address, headers={"If-None-Match": etag})
    response.text = response.content.decode()
    return response


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]
