"""Every public address against everything that may never leave the admin.

Whatever is secret carries the word GEHEIM, so that one look at a page's bytes is enough. A new public page without a
line in ``ADDRESSES`` fails here.
"""

import pytest
from django.contrib.auth.models import Permission
from django.urls import URLPattern
from django.utils import timezone

from letters import decisions
from letters.models import AgendaTopic, File, Letter, LetterRedirect, Position, Problem, Publication, Section
from letters.urls import pages, urlpatterns
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_note,
    make_original,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db

SECRET = "GEHEIM"

#: The name of every public route, with addresses of it that show as much as they can.
ADDRESSES = {
    "start": ["/"],
    "search": ["/zoeken/", "/zoeken/?q=nederland", "/zoeken/?ongecontroleerd=ja&q=nederland"],
    "positions": ["/standpunten/", "/standpunten/?q=nederland", "/standpunten/?ongecontroleerd=ja"],
    "commitments": ["/toezeggingen/", "/toezeggingen/?q=nederland"],
    "letters": ["/brieven/", "/brieven/?q=nederland", "/brieven/?ongecontroleerd=ja"],
    "letter": [
        "/brieven/openbaar/",
        "/brieven/openbaar/?ongecontroleerd=ja",
        "/brieven/openbaar/?lijst=zoeken&q=nederland&treffer=1",
        "/brieven/openbaar/?lijst=standpunten&ongecontroleerd=ja&q=nederland",
    ],
    "meetings": ["/bijeenkomsten/", "/bijeenkomsten/?jaar=2023"],
    "meetings-calendar": ["/bijeenkomsten/agenda.ics"],
    "meeting": ["/bijeenkomsten/2023-11-28-navo/", "/bijeenkomsten/2023-11-28-navo/?ongecontroleerd=ja"],
    "search-facet": ["/zoeken/filter/bijeenkomst/", "/zoeken/filter/onderwerp/"],
    "positions-facet": ["/standpunten/filter/sessie/", "/standpunten/filter/bijeenkomst/"],
    "letters-facet": ["/brieven/filter/bewindspersoon/", "/brieven/filter/niveau/"],
    # What feeds show is tested below.
    "search-feed": [],
    "positions-feed": [],
    "letters-feed": [],
    "commitments-feed": [],
    "topic-feed": [],
    "topics": ["/onderwerpen/"],
    "topic": ["/onderwerpen/oekraine/", "/onderwerpen/oekraine/?ongecontroleerd=ja"],
    "comparison": [
        "/vergelijken/",
        "/vergelijken/?eerste=2023-11-28-navo&eerste-soort=geannoteerde-agenda&tweede=2023-11-28-navo&tweede-soort=verslag",
    ],
    "original": [],  # no page; see the tests of originals below
    "count": [],  # a number of items, of the lists above
    "accessibility": ["/toegankelijkheid/"],
    "data": ["/gegevens/"],
    "data-codebook": ["/gegevens/codeboek/"],
    "data-columns": ["/gegevens/kolommen/"],
    "data-coverage": ["/gegevens/dekking/"],
    "data-coverage-year": ["/gegevens/dekking/2023/"],
    "api-docs": ["/gegevens/api/"],
}
#: For who is logged in, or for the browser that asks: tests/test_bookmarks.py.
PERSONAL = "bewaard/"
#: For programs; what they give in other forms is tested with each.
FOR_PROGRAMS = [
    "/api/v1/brieven",
    "/api/v1/brieven/openbaar",
    "/api/v1/brieven/openbaar/passages/1",
    "/api/v1/passages?q=nederland",
    "/api/v1/standpunten",
    "/api/v1/bijeenkomsten",
    "/api/v1/bijeenkomsten/2023-11-28-navo",
    "/api/v1/onderwerpen",
    "/api/v1/onderwerpen/oekraine",
    *[
        f"/{route}/?format={format}"
        for route in ("zoeken", "standpunten", "brieven", "toezeggingen")
        for format in ("csv", "json", "ris", "bib", "csl")
    ],
]
PAGES = [address for addresses in ADDRESSES.values() for address in addresses]
WITHOUT_KEY = [address for address in PAGES if "ongecontroleerd" not in address]


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def site(django_user_model):
    """A published letter among everything that is not public. Returns the published letter."""
    clerk = django_user_model.objects.create_user(f"{SECRET}-medewerker", first_name=SECRET)
    topic = make_topic("oekraine", "Oekraïne")
    meeting = make_meeting(levels=[])
    session = make_session(meeting, 1, title="Voorbespreking")
    agenda_topic = make_agenda_topic(meeting, "Oekraïne", session=session, topics=[topic])
    letter = make_letter(slug="openbaar", subject="Openbare brief", meetings=[meeting])
    section = make_section(letter, "Oekraïne", topics=[topic], session=session, agenda_topics=[agenda_topic])
    paragraph = make_paragraph(
        section, "Nederland steunt dit. Nederland wil dat. Nederland doet zo. Nederland zegt nu."
    )
    make_submission(letter, reference="BZ-1")
    make_signatory(letter)
    checked = make_position(paragraph, "Nederland steunt dit.", verb="steunt", decided_by=clerk)
    make_note("Openbare toelichting.", position=checked, written_by=clerk)
    Publication.objects.create(letter=letter, action="published", at=timezone.now(), by=clerk)

    make_position(
        paragraph, "Nederland wil dat.", verb=f"{SECRET}-onbekeken", status="unchecked", stance="call"
    )
    make_position(
        paragraph,
        "Nederland doet zo.",
        verb=f"{SECRET}-afgewezen",
        status="rejected",
        stance="action",
        topics=[make_topic("afgewezen-onderwerp", "Alleen bij een afgewezen standpunt")],
        decided_by=clerk,
    )
    orphan = make_position(paragraph, "Nederland zegt nu.", verb=f"{SECRET}-wees", stance="promise")
    Position.objects.filter(pk=orphan.pk).update(paragraph=None, sentence=f"Nederland {SECRET} wees.")
    for on in [{"letter": letter}, {"agenda_topic": agenda_topic}, {"position": checked}]:
        make_note(f"{SECRET} notitie", is_public=False, written_by=clerk, **on)
    Problem.objects.create(letter=letter, code="date", message=f"{SECRET} probleem")
    make_original(letter, name=f"{SECRET}.pdf", is_public=False)

    for status in ["draft", "withdrawn"]:
        hidden = make_letter(
            slug=f"geheim-{status}", subject=f"{SECRET} Nederland", status=status, replaces=letter
        )
        hidden.meetings.set([meeting, make_meeting("2024-01-01", place=SECRET, levels=["defensie"])])
        own_session = make_session(meeting, {"draft": 8, "withdrawn": 9}[status], title=f"{SECRET} sessie")
        own_topic = make_agenda_topic(meeting, f"{SECRET} agendapunt", session=own_session)
        own_section = make_section(
            hidden,
            f"{SECRET} kop",
            topics=[topic],
            session=own_session,
            agenda_topics=[agenda_topic, own_topic],
        )
        own_paragraph = make_paragraph(own_section, f"Nederland steunt {SECRET} oekraine.")
        make_position(own_paragraph, verb=f"{SECRET} steunt")
        make_signatory(hidden, f"{SECRET} Minister")
        make_submission(hidden, paper_number=f"kst-99999-{SECRET[:3]}{status[:1].upper()}")
        make_original(hidden, name=f"{SECRET}.pdf", content=status.encode())
        make_note(f"{SECRET} toelichting", letter=hidden)
    return letter


def test_every_public_route_is_in_this_file():
    patterns = [one for one in [*pages, *urlpatterns] if isinstance(one, URLPattern)]

    names = {pattern.name for pattern in patterns if not str(pattern.pattern).startswith(PERSONAL)}

    assert names == set(ADDRESSES)


@pytest.mark.parametrize("address", FOR_PROGRAMS)
def test_nothing_that_programs_read_holds_what_is_not_public(client, site, address):
    response = client.get(address)

    assert response.status_code == 200
    assert SECRET.casefold() not in response.getvalue().decode().casefold()


@pytest.mark.parametrize("address", WITHOUT_KEY)
def test_no_page_shows_what_is_not_public(client, site, address):
    response = client.get(address)

    assert response.status_code == 200
    assert SECRET.casefold() not in response.content.decode().casefold()


@pytest.mark.parametrize(
    "address", ["/zoeken/feed/", "/standpunten/feed/", "/brieven/feed/", "/toezeggingen/feed/"]
)
@pytest.mark.parametrize("query", ["", "?q=nederland", "?ongecontroleerd=ja"])
def test_a_feed_tells_of_what_is_gone_its_address_and_nothing_else(client, site, address, query):
    response = client.get(address + query)
    feed = response.content.decode().replace("/brieven/geheim-withdrawn/", "")

    assert response.status_code == 200
    assert SECRET.casefold() not in feed.replace(f"{SECRET}-onbekeken", "").casefold()
    assert (f"{SECRET}-onbekeken" in feed) <= ("ongecontroleerd" in query)


@pytest.mark.parametrize("address", sorted(set(PAGES) - set(WITHOUT_KEY)))
def test_asking_for_unchecked_positions_shows_those_and_nothing_else(client, site, address):
    response = client.get(address)
    html = response.content.decode().replace(f"{SECRET}-onbekeken", "")

    assert response.status_code == 200
    assert SECRET.casefold() not in html.casefold()


@pytest.mark.parametrize(
    "address", [one for one in PAGES if "ongecontroleerd" in one and not one.startswith("/brieven/?")]
)
def test_unchecked_positions_are_marked_where_they_are_shown(client, site, address):
    html = client.get(address).content.decode()

    assert f"{SECRET}-onbekeken" in html
    assert "unchecked" in html


@pytest.mark.parametrize("address", ["/zoeken/", "/standpunten/", "/brieven/"])
def test_totals_and_facets_leave_out_what_is_not_public(client, site, address):
    response = client.get(address)
    facets = {
        facet.key: {value.value: value.count for value in facet.values}
        for facet in response.context["facets"]
    }

    assert response.context["page_obj"].paginator.count == 1
    assert facets == {
        "onderwerp": {"oekraine": 1},
        "soort": {"geannoteerde-agenda": 1},
        "niveau": {},
        "bijeenkomst": {"2023-11-28-navo": 1},
        "sessie": {"1": 1},
        "kamer": {"tweede-kamer": 1},
        "bewindspersoon": {"stef-blok": 1},
        "standpunt": {"steunt": 1},
        "moment": {"gesteld": 1},
    }


def test_a_draft_does_not_exist(client, site):
    LetterRedirect.objects.create(slug="oud-concept", letter=Letter.objects.get(slug="geheim-draft"))

    assert client.get("/brieven/geheim-draft/").status_code == 404
    assert client.get("/brieven/oud-concept/").status_code == 404


def test_a_withdrawn_letter_says_when_and_why_and_nothing_else(client, site):
    response = client.get("/brieven/geheim-withdrawn/")
    html = response.content.decode()

    assert response.status_code == 410
    assert "De brief is per abuis geplaatst." in html
    assert SECRET.casefold() not in html.casefold()


def test_a_meeting_that_only_hidden_letters_treat_does_not_exist(client, site):
    assert client.get("/bijeenkomsten/2024-01-01-navo-defensie/").status_code == 404


def test_a_meeting_that_a_clerk_announced_is_public_without_letters(client):
    make_meeting("2030-06-01", is_announced=True)

    assert client.get("/bijeenkomsten/2030-06-01-navo-buitenlandse-zaken/").status_code == 200


def test_no_filter_reaches_what_is_not_public(client, site):
    for query in [
        "bijeenkomst=2024-01-01-navo-defensie",
        "bewindspersoon=geheim-minister",
    ]:
        assert client.get(f"/zoeken/?{query}").status_code == 400
    for query in [
        "sessie=8",
        "q=geheim",
        "onderwerp=afgewezen-onderwerp",
        "standpunt=doet",
        "standpunt=zegt-toe",
    ]:
        assert client.get(f"/zoeken/?{query}").context["page_obj"].paginator.count == 0


@pytest.mark.parametrize(
    "address", ["/brieven/openbaar/", "/bijeenkomsten/2023-11-28-navo/", "/standpunten/"]
)
def test_public_notes_are_shown_with_their_organisation_only(client, site, address):
    html = client.get(address).content.decode()

    assert "Openbare toelichting." in html
    assert "Redactie NAVO-brieven" in html


def test_a_public_original_of_a_published_letter_is_an_attachment_that_can_do_nothing(client, site):
    file = make_original(site, b"%PDF-1.7 openbaar", name="brief.pdf")

    response = client.get(f"/originelen/{file.pk}/")

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7 openbaar"
    assert response["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_other_originals_are_for_staff_who_may_see_files(client, site, django_user_model):
    secret = site.editions.get().files.get()
    of_draft = Letter.objects.get(slug="geheim-draft").editions.get().files.get()
    of_withdrawn = Letter.objects.get(slug="geheim-withdrawn").editions.get().files.get()
    staff = django_user_model.objects.create_user("redacteur", is_staff=True)
    stranger = django_user_model.objects.create_user("iemand")

    for file in [secret, of_draft, of_withdrawn]:
        client.logout()
        assert client.get(f"/originelen/{file.pk}/").status_code == 404
        client.force_login(stranger)
        assert client.get(f"/originelen/{file.pk}/").status_code == 404

    staff.user_permissions.add(Permission.objects.get(codename="view_file"))
    client.force_login(staff)
    for file in [secret, of_draft, of_withdrawn]:
        response = client.get(f"/originelen/{file.pk}/")
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"


def test_an_original_whose_bytes_are_gone_is_a_404(client, site):
    file = make_original(site, b"weg", name="weg.pdf")
    File.objects.update(sha256="0" * 64)

    assert client.get(f"/originelen/{file.pk}/").status_code == 404


@pytest.mark.parametrize("address", WITHOUT_KEY)
def test_no_page_shows_who_established_that_something_is_not_mentioned(
    client, site, address, django_user_model
):
    make_letter("report", meetings=[site.meetings.get()])
    clerk = django_user_model.objects.get(username__startswith=SECRET)
    treated = Section.objects.of_standing_letters()
    for agenda_topic in AgendaTopic.objects.filter(sections__in=treated).distinct():
        decisions.establish_absence(agenda_topic, "report", by=clerk)

    html = client.get(address).content.decode()

    assert SECRET.casefold() not in html.casefold()
    assert "geen passage gevonden" not in html
