"""Saved views: what can be saved, the list of staff with what is new, sharing, files, and who may."""

import datetime
import json
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import decisions
from letters.filters import LetterList, PassageList, PositionList
from letters.groups import make_groups
from letters.models import Bookmark, TopicName
from letters.views import bookmarks
from letters.views.saved import NoSuchView, read
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_topic,
)
from tests.reading import text

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
YESTERDAY = timezone.now() - datetime.timedelta(days=1)


@pytest.fixture
def anna():
    """Anna of the staff, without the admin."""
    user = User.objects.create_user(
        "anna", password="het goede wachtwoord", first_name="Anna", last_name="Smit"
    )
    user.groups.add(Group.objects.get(name="medewerker"))
    return user


@pytest.fixture
def bert():
    return User.objects.create_user("bert", password="het goede wachtwoord", first_name="Bert")


@pytest.fixture
def here(client, anna):
    client.force_login(anna)
    return client


def save(owner, address="/zoeken/", name="Alles", **fields) -> Bookmark:
    return Bookmark.objects.create(owner=owner, address=address, name=name, **fields)


def add_url(address: str) -> str:
    return f"/bewaard/nieuw/?weergave={quote(address, safe='')}"


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# What can be saved


@pytest.mark.parametrize(
    ("given", "address", "words"),
    [
        ("/zoeken/", "/zoeken/", "Passages: Alle passages"),
        # One spelling: sorted, without defaults, without the page of the result, without how someone came.
        (
            "/zoeken/?tot=2023&q=steun&onderwerp=china&van=2021-01-01&pagina=1&sorteer=nieuwste&utm_source=x",
            "/zoeken/?onderwerp=china&q=steun&tot=2023&van=2021",
            "Passages: China · 2021–2023 · “steun”",
        ),
        ("/zoeken/?pagina=7", "/zoeken/", "Passages: Alle passages"),
        # The order is part of the view.
        (
            "/standpunten/?standpunt=steunt&sorteer=oudste",
            "/standpunten/?sorteer=oudste&standpunt=steunt",
            "Standpunten: Steunt of verwelkomt · oudste eerst",
        ),
        (
            "/brieven/?q=steun&sorteer=relevantie",
            "/brieven/?q=steun&sorteer=relevantie",
            "Brieven: “steun” · relevantste eerst",
        ),
        ("/brieven/agenda/?ongecontroleerd=ja", "/brieven/agenda/?ongecontroleerd=ja", "Brief: De agenda"),
        ("/brieven/AGENDA/#al-1", "/brieven/agenda/", "Brief: De agenda"),
        (
            "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/",
            "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/",
            "Bijeenkomst: NAVO-ministers van Buitenlandse Zaken, 28 november 2023",
        ),
        ("/bijeenkomsten/", "/bijeenkomsten/", "Bijeenkomsten: Alle bijeenkomsten"),
        (
            "/bijeenkomsten/?jaar=2023&niveau=buitenlandse-zaken",
            "/bijeenkomsten/?jaar=2023&niveau=buitenlandse-zaken",
            "Bijeenkomsten: Ministers van Buitenlandse Zaken, 2023",
        ),
        ("/onderwerpen/china/?pagina=2", "/onderwerpen/china/", "Onderwerp: China"),
    ],
)
def test_a_view_is_saved_under_its_one_address(given, address, words):
    make_passage(
        meeting=make_meeting("2023-11-28"),
        topics=[make_topic("china", "China")],
        slug="agenda",
        subject="De agenda",
    )

    view = read(given)

    assert (view.address.url, view.words) == (address, words)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "Dit is geen adres van een weergave van deze site."),
        ("zoeken/", "Dit is geen adres van een weergave van deze site."),
        ("https://elders.nl/zoeken/", "Dit is geen adres van een weergave van deze site."),
        ("//elders.nl/zoeken/", "Dit is geen adres van een weergave van deze site."),
        ("/\\elders.nl/zoeken/", "Dit is geen adres van een weergave van deze site."),
        ("/zoeken/\n?q=x", "Dit is geen adres van een weergave van deze site."),
        ("javascript:alert(1)", "Dit is geen adres van een weergave van deze site."),
        ("/niets/", "Dit is geen adres van een weergave van deze site."),
        ("/[/", "Dit is geen adres van een weergave van deze site."),
        (
            "/beheer/",
            "Deze pagina is niet te bewaren. Wel te bewaren: een lijst, een brief, een bijeenkomst, een onderwerp.",
        ),
        (
            "/bewaard/nieuw/?weergave=/zoeken/",
            "Deze pagina is niet te bewaren. Wel te bewaren: een lijst, een brief, een bijeenkomst, een onderwerp.",
        ),
        ("/zoeken/?onderwerp=niets", "Er is geen onderwerp “niets”. Kies een onderwerp van de lijst."),
        ("/brieven/concept/", "Deze brief is hier niet."),
        ("/brieven/ingetrokken/", "Deze brief is ingetrokken."),
        ("/bijeenkomsten/niets/", "Deze bijeenkomst is hier niet."),
        ("/onderwerpen/niets/", "Dit onderwerp is er niet."),
        (
            f"/zoeken/?q={'x' * 2000}",
            "Dit adres telt 2011 tekens. Bewaren kan tot 2000: kies minder filters.",
        ),
    ],
)
def test_whatever_is_no_public_view_of_ours_is_refused(client, address, reason):
    make_letter(slug="concept", status="draft")
    make_letter(slug="ingetrokken", status="withdrawn")

    with pytest.raises(NoSuchView) as refused:
        read(address)
    response = client.get(add_url(address))

    assert str(refused.value) == reason
    assert response.status_code == 400
    assert reason in text(response)


def test_every_view_has_a_star_that_leads_to_saving_it_whole(client):
    topic = make_topic("china", "China")
    passage = make_passage(meeting=make_meeting("2023-11-28"), topics=[topic], slug="agenda")
    views = [
        "/zoeken/?onderwerp=china&sorteer=oudste",
        "/standpunten/",
        "/brieven/?q=steunt",
        "/brieven/agenda/",
        "/bijeenkomsten/2023-11-28-navo-buitenlandse-zaken/",
        "/bijeenkomsten/?jaar=2023",
        "/toezeggingen/",
        "/onderwerpen/china/",
    ]

    for address in views:
        page = client.get(address).content.decode()

        assert f'href="{add_url(address)}"' in page
        assert read(address).address.url == address
        assert "csrfmiddlewaretoken" not in page
    assert passage.letter.is_public


# Staff


def test_saving_asks_for_a_name_and_proposes_the_filter_in_words(here, anna):
    make_topic("china", "China")
    address = "/zoeken/?onderwerp=china&sorteer=oudste&van=2021"

    form = here.get(add_url(address))
    saved = here.post(add_url(address), {"name": "China, oud eerst", "is_shared": "on"}, follow=True)

    assert form.context["form"].initial == {"name": "China · vanaf 2021"}
    assert said(saved) == ["Bewaard: “China, oud eerst”."]
    [bookmark] = anna.bookmarks.all()
    assert (bookmark.name, bookmark.address, bookmark.is_shared) == ("China, oud eerst", address, True)


def test_saving_the_same_view_again_gives_it_the_new_name(here, anna):
    here.post(add_url("/zoeken/?q=a&sorteer=oudste"), {"name": "Eerst"})
    here.post(add_url("/zoeken/?sorteer=oudste&q=a"), {"name": "Daarna"})

    assert list(anna.bookmarks.values_list("name", "address")) == [("Daarna", "/zoeken/?q=a&sorteer=oudste")]


def test_a_view_without_a_name_is_not_saved(here, anna):
    response = here.post(add_url("/zoeken/"), {"name": "  "})

    assert response.status_code == 422
    assert "Geef een naam." in text(response)
    assert not anna.bookmarks.exists()


def test_nobody_saves_more_than_can_be_listed(here, anna, monkeypatch):
    monkeypatch.setattr(Bookmark, "MOST", 1)
    save(anna)

    response = here.post(add_url("/brieven/"), {"name": "Brieven"})

    assert "U hebt al 1 weergaven bewaard. Verwijder er eerst een." in text(response)
    assert anna.bookmarks.count() == 1


def test_the_list_shows_the_filter_in_words_the_results_and_what_is_new(here, anna):
    make_passage("Wij steunen dit.", first_published_at=LONG_AGO)
    make_passage("Wij steunen ook dat.", date="2009-05-01")
    save(anna, "/zoeken/?q=steunen&sorteer=oudste", "Steun", opened_at=YESTERDAY)

    page = text(here.get("/bewaard/"))

    assert "Steun 2 passages 1 nieuw Passages: “steunen” · oudste eerst" in page


def test_opening_leads_to_the_view_with_every_filter_and_makes_it_old_news(here, anna):
    make_topic("china", "China")
    make_passage("Wij steunen dit.")
    address = "/zoeken/?briefdatum-van=2009&onderwerp=china&q=%22wij+steunen%22+-dat&sorteer=oudste&tot=2026&van=2009"
    bookmark = save(anna, address, opened_at=LONG_AGO)

    opened = here.get(f"/bewaard/{bookmark.pk}/openen/")

    assert (opened.status_code, opened["Location"]) == (302, address)
    assert here.get(opened["Location"]).status_code == 200
    bookmark.refresh_from_db()
    assert bookmark.opened_at > YESTERDAY
    assert "niets nieuws" in text(here.get("/bewaard/"))


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_browser_that_fetches_ahead_opens_nothing(here, anna, headers):
    bookmark = save(anna, opened_at=LONG_AGO)

    here.get(f"/bewaard/{bookmark.pk}/openen/", headers=headers)
    here.head(f"/bewaard/{bookmark.pk}/openen/")

    bookmark.refresh_from_db()
    assert bookmark.opened_at == LONG_AGO


@pytest.mark.parametrize(
    "address", ["/zoeken/", "/zoeken/?q=steunt", "/zoeken/?onderwerp=china&soort=verslag&van=2022"]
)
def test_the_count_of_a_list_is_that_of_its_page(address):
    china, cyber = make_topic("china"), make_topic("cyber")
    for kind in ["report", "annotated_agenda"]:
        for year in [2021, 2022, 2023]:
            passage = make_passage(topics=[china, cyber], kind=kind, meeting=make_meeting(f"{year}-05-01"))
            make_position(passage, decided_at=timezone.now())

    for route, filtered in [
        ("/zoeken/", PassageList),
        ("/standpunten/", PositionList),
        ("/brieven/", LetterList),
    ]:
        view = read(address.replace("/zoeken/", route))
        query = QueryDict(view.address.url.partition("?")[2])
        expected = filtered(query, path=route).counts.items

        assert view.count(LONG_AGO).results == expected
        assert view.count(LONG_AGO).new == expected
        assert view.count(timezone.now()).new == 0


def test_of_a_letter_and_a_topic_positions_count_and_of_a_meeting_letters_and_of_all_of_them_meetings():
    meeting, china = make_meeting("2023-11-28"), make_topic("china")
    letter = make_letter(meetings=[meeting], slug="agenda", first_published_at=LONG_AGO)
    paragraph = make_paragraph(
        make_section(letter, topics=[china]), "Nederland steunt dit. Nederland wil dat."
    )
    make_position(paragraph, "Nederland steunt dit.", decided_at=LONG_AGO)
    make_position(paragraph, "Nederland wil dat.", decided_at=timezone.now())
    make_letter("report", meetings=[meeting])
    make_letter("report", meetings=[make_meeting("2022-04-06")])

    counted = {
        address: read(address).count(YESTERDAY)
        for address in [
            "/brieven/agenda/",
            "/onderwerpen/china/",
            meeting.get_absolute_url(),
            "/bijeenkomsten/?jaar=2023",
        ]
    }

    assert {address: (one.words, one.new) for address, one in counted.items()} == {
        "/brieven/agenda/": ("2 standpunten", 1),
        "/onderwerpen/china/": ("2 standpunten", 1),
        meeting.get_absolute_url(): ("2 brieven", 1),
        "/bijeenkomsten/?jaar=2023": ("1 bijeenkomst", 1),
    }


def test_counting_a_page_of_the_list_takes_no_longer_than_allowed(here, anna, monkeypatch):
    make_passage()
    save(anna, opened_at=datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC))
    monkeypatch.setattr(bookmarks, "COUNTING_SECONDS", -1.0)

    page = here.get("/bewaard/").content.decode()

    assert 'data-address="/zoeken/" data-since="2026-01-02T03:04:05.000000Z"' in page
    assert "1 passage" not in page


def test_a_long_list_comes_in_parts(here, anna):
    for number in range(25):
        save(anna, f"/zoeken/?q={number}", f"Nummer {number}")

    first, second = here.get("/bewaard/"), here.get("/bewaard/?pagina=2")

    assert [row.bookmark.name for row in first.context["mine"]] == [f"Nummer {n}" for n in range(24, 4, -1)]
    assert [row.bookmark.name for row in second.context["mine"]] == [f"Nummer {n}" for n in range(4, -1, -1)]


def test_a_view_that_is_gone_says_why_and_can_only_be_removed(here, anna):
    letter = make_letter(slug="weg", subject="Weg")
    bookmark = save(anna, "/brieven/weg/", "De brief")
    decisions.withdraw(letter, by=None, reason="Verkeerde versie.")

    page = here.get("/bewaard/")
    opened = here.get(f"/bewaard/{bookmark.pk}/openen/", follow=True)

    assert "Deze weergave is er niet meer: Deze brief is ingetrokken." in text(page)
    assert f"/bewaard/{bookmark.pk}/openen/" not in page.content.decode()
    assert said(opened) == ["“De brief”: Deze brief is ingetrokken."]


def test_name_and_sharing_can_be_changed_and_a_view_removed(here, anna):
    bookmark = save(anna, name="Oud")

    changed = here.post(f"/bewaard/{bookmark.pk}/", {"name": "Nieuw", "is_shared": "on"}, follow=True)
    bookmark.refresh_from_db()
    after_change = (bookmark.name, bookmark.is_shared)
    removed = here.post(f"/bewaard/{bookmark.pk}/verwijderen/", follow=True)

    assert (said(changed), after_change) == (["Gewijzigd: “Nieuw”."], ("Nieuw", True))
    assert said(removed) == ["Verwijderd: “Nieuw”."]
    assert not anna.bookmarks.exists()


# Colleagues


def test_colleagues_see_what_is_shared_with_who_shared_it_and_nothing_else(here, bert):
    make_passage("Wij steunen dit.")
    save(bert, "/zoeken/?q=steunen", "Gedeeld", is_shared=True)
    save(bert, "/brieven/", "Van Bert zelf")

    page = text(here.get("/bewaard/"))

    assert "Van collega’s Gedeeld 1 passage Passages: “steunen” Gedeeld door Bert" in page
    assert "Van Bert zelf" not in page


def test_visitors_see_nothing_of_what_staff_saved(client, bert):
    bookmark = save(bert, name="Gedeeld", is_shared=True)

    page = client.get("/bewaard/")
    others = [f"/bewaard/{bookmark.pk}/", f"/bewaard/{bookmark.pk}/openen/", "/bewaard/uitvoer/"]

    assert "Gedeeld" not in text(page)
    assert [client.get(address)["Location"] for address in others] == [
        f"/bewaard/inloggen/?next={address}" for address in others
    ]


def test_a_colleague_opens_and_copies_what_is_shared_and_changes_nothing_of_it(here, anna, bert):
    theirs = save(bert, "/zoeken/?q=x", "Van Bert", is_shared=True, opened_at=LONG_AGO)

    opened = here.get(f"/bewaard/{theirs.pk}/openen/")
    refused = [
        here.get(f"/bewaard/{theirs.pk}/").status_code,
        here.post(f"/bewaard/{theirs.pk}/", {"name": "Van Anna"}).status_code,
        here.post(f"/bewaard/{theirs.pk}/verwijderen/").status_code,
    ]
    copied = here.post(f"/bewaard/{theirs.pk}/overnemen/", follow=True)
    again = here.post(f"/bewaard/{theirs.pk}/overnemen/", follow=True)

    assert opened["Location"] == "/zoeken/?q=x"
    assert refused == [404, 404, 404]
    assert (said(copied), said(again)) == (["Overgenomen: “Van Bert”."], ["Deze weergave hebt u al bewaard."])
    assert list(anna.bookmarks.values_list("name", "address", "is_shared")) == [
        ("Van Bert", "/zoeken/?q=x", False)
    ]
    theirs.refresh_from_db()
    assert (theirs.name, theirs.opened_at) == ("Van Bert", LONG_AGO)


def test_what_is_not_shared_is_nobody_elses(here, bert):
    theirs = save(bert)

    assert here.get(f"/bewaard/{theirs.pk}/openen/").status_code == 404
    assert here.post(f"/bewaard/{theirs.pk}/overnemen/").status_code == 404


def test_with_an_account_go_its_views_also_those_that_were_shared(here, bert):
    save(bert, is_shared=True)
    bert.delete()

    assert not Bookmark.objects.exists()


def test_who_may_no_longer_log_in_shares_nothing(here, bert):
    save(bert, name="Gedeeld", is_shared=True)
    User.objects.filter(pk=bert.pk).update(is_active=False)

    assert "Gedeeld" not in text(here.get("/bewaard/"))


# Topics that were renamed or merged


@pytest.fixture
def merged():
    """China, under which 'steun-oekraine' was merged and which was once called 'china-en-azie'."""
    china, old = make_topic("china", "China"), make_topic("steun-oekraine", "Steun Oekraïne")
    decisions.merge_topic(old, china)
    decisions.rename_topic_address(china, "china-en-azie")
    make_passage(topics=[china])
    return china


def test_a_saved_view_follows_its_topic_and_says_so(here, anna, merged):
    bookmark = save(anna, "/zoeken/?onderwerp=steun-oekraine&sorteer=oudste", "Oekraïne")

    page = text(here.get("/bewaard/"))
    opened = here.get(f"/bewaard/{bookmark.pk}/openen/")

    assert (
        "1 passage niets nieuws Passages: China · oudste eerst “Steun Oekraïne” is samengevoegd met “China”."
        in page
    )
    assert opened["Location"] == "/zoeken/?onderwerp=china&sorteer=oudste"


@pytest.mark.parametrize(
    ("old", "now", "words"),
    [
        (
            "/onderwerpen/steun-oekraine/",
            "/onderwerpen/china/#voorheen-steun-oekraine",
            "“Steun Oekraïne” is samengevoegd met “China”.",
        ),
        (
            "/onderwerpen/china-en-azie/",
            "/onderwerpen/china/#voorheen-china-en-azie",
            "“China en azie” heet nu “China”.",
        ),
        (
            "/onderwerpen/china-en-azie/?ongecontroleerd=ja",
            "/onderwerpen/china/?ongecontroleerd=ja#voorheen-china-en-azie",
            "“China en azie” heet nu “China”.",
        ),
        (
            "/zoeken/?onderwerp=steun-oekraine&q=x",
            "/zoeken/?onderwerp=china&q=x#voorheen-steun-oekraine",
            "“Steun Oekraïne” is samengevoegd met “China”.",
        ),
        (
            "/brieven/?onderwerp=steun-oekraine&onderwerp=china-en-azie",
            "/brieven/?onderwerp=china#voorheen",
            "“China en azie” heet nu “China”. “Steun Oekraïne” is samengevoegd met “China”.",
        ),
    ],
)
def test_an_old_address_of_a_topic_redirects_and_the_page_says_so(client, merged, old, now, words):
    redirected = client.get(old)
    page = client.get(now)

    assert (redirected.status_code, redirected["Location"]) == (301, now)
    assert words in text(page)
    assert f'id="{now.partition("#")[2]}"' in page.content.decode()
    assert now.partition("#")[0].replace("&", "&amp;") in page.content.decode()


def test_a_topic_keeps_the_name_that_it_had_under_an_old_address(merged):
    TopicName.objects.create(topic=merged, name="China en Azië")

    assert [str(topic) for topic in read("/onderwerpen/china-en-azie/").former] == [
        "“China en Azië” heet nu “China”."
    ]


def test_a_page_that_no_topic_left_says_nothing(client):
    make_passage(topics=[make_topic("china")])

    assert "voorheen" not in client.get("/onderwerpen/china/").content.decode()
    assert "voorheen" not in client.get("/zoeken/?onderwerp=china").content.decode()


# Files


def test_what_is_exported_can_be_imported_elsewhere_and_again_changes_nothing(here, anna, bert, client):
    make_topic("china", "China")
    addresses = ["/standpunten/?onderwerp=china&sorteer=oudste", "/zoeken/?q=Oekra%C3%AFne+%22wat+dan%22"]
    for number, address in enumerate(addresses):
        save(anna, address, f"Weergave {number}", created_at=LONG_AGO, opened_at=LONG_AGO)
    exported = here.get("/bewaard/uitvoer/")
    client.force_login(bert)

    def bring_in():
        return client.post("/bewaard/invoer/", {"inhoud": exported.content.decode()}, follow=True)

    first, second = bring_in(), bring_in()

    assert exported["Content-Disposition"] == 'attachment; filename="navo-brieven-bewaard.json"'
    assert said(first) == ["2 weergaven toegevoegd."]
    assert said(second) == ["0 weergaven toegevoegd. 2 had u al."]
    kept = Bookmark.objects.order_by("address").values_list("address", "name", "created_at", "opened_at")
    assert list(kept.filter(owner=bert)) == list(kept.filter(owner=anna))


def test_of_a_file_what_is_no_view_is_named_and_the_rest_is_added(here, anna):
    views = [
        {"name": "Goed", "address": "/zoeken/", "saved": "2026-11-22T09:30:00.123Z", "opened": "geen moment"},
        {"name": "Elders", "address": "https://elders.nl/"},
        {"name": "Weg", "address": "/onderwerpen/weg/", "saved": "2999-01-01T00:00:00Z"},
    ]
    content = json.dumps({"format": "navo-brieven-bewaard", "version": 1, "views": views})

    response = here.post("/bewaard/invoer/", {"inhoud": content}, follow=True)

    assert said(response) == [
        "1 weergave toegevoegd.",
        "Niet toegevoegd: Elders: Dit is geen adres van een weergave van deze site.",
        "Niet toegevoegd: Weg: Dit onderwerp is er niet.",
    ]
    assert list(anna.bookmarks.values_list("name", "address")) == [("Goed", "/zoeken/")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Kies eerst een bestand."),
        (
            "PK\x03\x04",
            "Dit bestand bevat geen bewaarde weergaven. Kies een bestand dat deze site uitvoerde.",
        ),
        ("[]", "Dit bestand bevat geen bewaarde weergaven. Kies een bestand dat deze site uitvoerde."),
        (
            "[" * 20_000,
            "Dit bestand bevat geen bewaarde weergaven. Kies een bestand dat deze site uitvoerde.",
        ),
        (
            '{"format": "navo-brieven-bewaard", "version": 2, "views": []}',
            "Dit bestand komt van een nieuwere versie van de site. Voer het hier opnieuw uit.",
        ),
        (
            '{"format": "navo-brieven-bewaard", "version": 1, "views": [{"name": "x"}]}',
            "Dit bestand is beschadigd: een van de weergaven heeft geen naam of adres.",
        ),
        (
            '{"format": "navo-brieven-bewaard", "version": 1, "views": 3}',
            "Dit bestand is beschadigd: een van de weergaven heeft geen naam of adres.",
        ),
        (
            r'{"format": "navo-brieven-bewaard", "version": 1, "views": [{"name": "\ud800", "address": "/zoeken/"}]}',
            "Dit bestand is beschadigd: een van de weergaven heeft geen naam of adres.",
        ),
        (
            '{"format": "navo-brieven-bewaard", "version": 1, "views": [{"name": "x", "address": "/zoeken/", '
            '"opened": "0001-01-01T00:00:00+23:59"}]}',
            "Dit bestand is beschadigd: een van de weergaven heeft geen naam of adres.",
        ),
    ],
)
def test_any_other_file_is_refused_with_what_to_do(here, anna, content, message):
    response = here.post("/bewaard/invoer/", {"inhoud": content}, follow=True)

    assert said(response) == [message]
    assert not anna.bookmarks.exists()


# The count for visitors


def test_the_count_of_a_view_is_the_same_for_everyone(client, anna, merged):
    since = "2021-01-01T00:00:00Z"
    address = f"/telling/?weergave={quote('/zoeken/?onderwerp=steun-oekraine', safe='')}&sinds={since}"

    of_visitor = client.get(address)
    client.force_login(anna)
    of_anna = client.get(address)

    assert of_visitor.json() == {
        "address": "/zoeken/?onderwerp=china",
        "words": "Passages: China",
        "former": ["“Steun Oekraïne” is samengevoegd met “China”."],
        "results": "1 passage",
        "new": 1,
    }
    assert of_anna.content == of_visitor.content
    assert of_visitor["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"If-None-Match": of_visitor["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("weergave=/zoeken/", "“sinds” is geen moment. Schrijf het als 2026-11-22T09:30:00Z."),
        (
            "weergave=/zoeken/&sinds=2026-02-30T00:00:00Z",
            "“sinds” is geen moment. Schrijf het als 2026-11-22T09:30:00Z.",
        ),
        (
            "weergave=/zoeken/&sinds=2026-11-22T09:30:00",
            "“sinds” is geen moment. Schrijf het als 2026-11-22T09:30:00Z.",
        ),
        (
            "weergave=/zoeken/&sinds=0001-01-01T00:00:00%2B23:59",
            "“sinds” is geen moment. Schrijf het als 2026-11-22T09:30:00Z.",
        ),
        ("sinds=2026-11-22T09:30:00Z", "Dit is geen adres van een weergave van deze site."),
        (
            "weergave=//elders.nl/&sinds=2026-11-22T09:30:00Z",
            "Dit is geen adres van een weergave van deze site.",
        ),
    ],
)
def test_a_count_of_nothing_is_refused(client, query, detail):
    response = client.get(f"/telling/?{query}")

    assert (response.status_code, response.json()) == (400, {"detail": detail})


# Who may


def test_the_personal_pages_are_kept_by_nobody(here, anna):
    bookmark = save(anna)
    pages = [
        "/bewaard/", add_url("/zoeken/"), add_url("/niets/"), f"/bewaard/{bookmark.pk}/", f"/bewaard/{bookmark.pk}/openen/",
        "/bewaard/uitvoer/", "/bewaard/inloggen/", "/bewaard/wachtwoord/",
    ]  # fmt: skip

    for client in [here, type(here)()]:
        for address in pages:
            response = client.get(address)
            assert (response["Cache-Control"], "Cookie" in response["Vary"]) == ("private, no-store", True)


def test_a_visitor_gets_no_cookie_from_the_list(client):
    assert client.get("/bewaard/").cookies == {}
    assert client.get(add_url("/zoeken/")).cookies == {}


def test_a_staff_member_logs_in_and_out_without_the_admin(client, anna):
    there = "/bewaard/nieuw/?weergave=%2Fzoeken%2F"
    form = {"username": "anna", "password": "het goede wachtwoord", "next": there}

    logged_in = client.post("/bewaard/inloggen/", form)
    page = text(client.get("/bewaard/"))
    admin = client.get("/beheer/")
    logged_out = client.post("/bewaard/uitloggen/")

    assert logged_in["Location"] == there
    assert "U bent aangemeld als Anna Smit." in page
    assert admin.status_code == 302
    assert logged_out["Location"] == "/bewaard/"
    assert "_auth_user_id" not in client.session


def test_a_staff_member_changes_their_password_without_the_admin(here, anna):
    new = "een nieuw wachtwoord van Anna"
    form = {"old_password": "het goede wachtwoord", "new_password1": new, "new_password2": new}

    wrong = here.post("/bewaard/wachtwoord/", form | {"old_password": "fout"})
    changed = here.post("/bewaard/wachtwoord/", form, follow=True)

    assert "aria-invalid" in wrong.content.decode()
    assert said(changed) == ["Uw wachtwoord is gewijzigd."]
    anna.refresh_from_db()
    assert anna.check_password(new)


def test_logging_in_leads_nowhere_else(client, anna):
    form = {"username": "anna", "password": "het goede wachtwoord", "next": "https://elders.nl/"}

    assert client.post("/bewaard/inloggen/", form)["Location"] == "/bewaard/"


def test_guessing_is_slowed_down_here_as_at_the_admin(client, anna):
    form = {"username": "anna", "password": "fout"}

    statuses = [client.post("/bewaard/inloggen/", form).status_code for _ in range(5)]

    assert statuses == [200, 200, 200, 200, 429]
    assert client.post("/bewaard/inloggen/", form | {"password": "het goede wachtwoord"}).status_code == 429


def test_without_a_token_nothing_is_written(anna):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    bookmark = save(anna)

    assert strict.post(f"/bewaard/{bookmark.pk}/verwijderen/").status_code == 403
    assert strict.post(add_url("/brieven/"), {"name": "x"}).status_code == 403
    assert list(anna.bookmarks.all()) == [bookmark]


def test_an_editor_works_in_the_admin_and_a_staff_member_does_not():
    editor, member = (
        User.objects.create_user(name, is_staff=name == "redacteur") for name in ["redacteur", "medewerker"]
    )
    editor.groups.add(Group.objects.get(name="redacteur"))
    member.groups.add(Group.objects.get(name="medewerker"))

    assert editor.has_perms(
        ["letters.change_letter", "letters.change_position", "letters.add_topic", "letters.view_file"]
    )
    assert not editor.has_perm("auth.change_user")
    assert not editor.has_perm("letters.change_bookmark")
    assert member.get_all_permissions() == set()


def test_an_editor_opens_every_page_of_the_desk(client):
    editor = User.objects.create_user("redacteur", is_staff=True)
    editor.groups.add(Group.objects.get(name="redacteur"))
    letter = make_letter(meetings=[make_meeting()])
    make_position(make_paragraph(make_section(letter)), status="unchecked")
    client.force_login(editor)

    pages = [
        "/beheer/", "/beheer/letters/letter/", "/beheer/letters/letter/add/", f"/beheer/letters/letter/{letter.pk}/change/",
        reverse("admin:letters_letter_check", args=[letter.pk]), "/beheer/letters/meeting/", "/beheer/letters/topic/",
    ]  # fmt: skip

    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)


def test_rights_that_a_group_was_given_stay(db):
    member = Group.objects.get(name="medewerker")
    member.permissions.add(Permission.objects.get(codename="view_letter"))

    make_groups(apps, "default")

    assert [permission.codename for permission in member.permissions.all()] == ["view_letter"]
