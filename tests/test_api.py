"""The API: the same lists as the pages, read-only, and errors that say in Dutch what is wrong."""

import pytest

from letters.filters import LetterList, PassageList, PositionList
from letters.models import Letter, Topic, TopicRedirect
from tests.api_data import get, make_api_data
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_session,
    make_topic,
)
from tests.listed import items_of
from tests.test_query_counts import add_letters, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_api_data()


def ids(client, path: str, key: str = "id") -> list:
    return [item[key] for item in get(client, path).json()["resultaten"]]


@pytest.mark.parametrize(
    "path",
    [
        "openapi.json",
        "brieven",
        "passages",
        "standpunten",
        "bijeenkomsten",
        "onderwerpen",
        "brieven/kst-28676-446",
    ],
)
def test_every_answer_tells_its_version_is_open_to_other_sites_and_sets_no_cookie(client, data, path):
    response = get(client, path, origin="https://elders.example")

    assert response.status_code == 200
    assert response.headers["API-Version"] == "1.0.0"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies


def test_parts_link_to_each_other_and_together_are_the_whole(client):
    slugs = [make_letter(slug=f"brief-{number}", date=f"2023-01-{number:02}").slug for number in range(1, 6)]

    first = get(client, "brieven?paginaGrootte=2&sorteer=oudste&briefdatumVan=2023").json()
    middle = client.get(first["links"]["volgende"]).json()
    last = client.get(middle["links"]["volgende"]).json()

    assert middle["links"] == {
        "zelf": "http://testserver/api/v1/brieven?briefdatumVan=2023&pagina=2&paginaGrootte=2&sorteer=oudste",
        "eerste": first["links"]["zelf"],
        "vorige": first["links"]["zelf"],
        "volgende": last["links"]["zelf"],
        "laatste": last["links"]["zelf"],
    }
    assert (first["links"]["vorige"], last["links"]["volgende"]) == (None, None)
    assert [item["id"] for part in (first, middle, last) for item in part["resultaten"]] == slugs
    assert [(part["totaal"], part["pagina"], part["paginas"]) for part in (first, middle, last)] == [
        (5, 1, 3),
        (5, 2, 3),
        (5, 3, 3),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "onderwerp=oekraine",
        "soort=verslag",
        "standpunt=steunt&moment=gesteld",
        "q=nederland&sorteer=relevantie",
        "van=2024",
    ],
)
@pytest.mark.parametrize(
    ("path", "key", "query_class", "field"),
    [
        ("passages", "bronvermelding", PassageList, "citation"),
        ("standpunten", "id", PositionList, "pk"),
        ("brieven", "id", LetterList, "slug"),
    ],
)
def test_a_list_has_what_the_page_has_under_the_same_filters(
    client, data, rf, path, key, query_class, field, query
):
    page = query_class(rf.get(f"/?{query}").GET)

    answer = get(client, f"{path}?{query}").json()

    assert [item[key] for item in answer["resultaten"]] == [getattr(row, field) for row in items_of(page)]
    assert (answer["totaal"], answer["brieven"]) == (page.counts.items, page.counts.letters)


def test_counts_per_filter_come_when_they_are_asked_for(client, data):
    without = get(client, "standpunten").json()
    facets = get(client, "standpunten?facetten=ja&soort=verslag").json()["facetten"]

    assert "facetten" not in without
    kinds = next(facet for facet in facets["filters"] if facet["sleutel"] == "soort")
    assert [(one["waarde"], one["aantal"], one["gekozen"]) for one in kinds["waarden"]] == [
        ("geannoteerde-agenda", 1, False),
        ("verslag", 1, True),
    ]
    assert facets["jaren"] == [{"jaar": 2023, "aantal": 1}]


def test_positions_that_nobody_checked_come_only_when_asked_for_and_say_so(client, data):
    checked = get(client, "standpunten").json()["resultaten"]
    all_of_them = get(client, "standpunten?ongecontroleerd=ja").json()["resultaten"]

    assert [one["nagekeken"] for one in checked] == [True, True]
    assert sorted(one["nagekeken"] for one in all_of_them) == [False, False, True, True]


@pytest.mark.parametrize("path", ["passages", "brieven/verslag", "brieven/verslag/passages/1"])
def test_passages_and_letters_hold_unchecked_positions_only_when_asked_for(client, data, path):
    assert "Dat is zo." not in _quotations(get(client, path).json())
    assert "Dat is zo." in _quotations(get(client, f"{path}?ongecontroleerd=ja").json())


def _quotations(answer) -> list[str]:
    """Every ``citaat`` in an answer, however deep."""
    if isinstance(answer, list):
        return [quotation for one in answer for quotation in _quotations(one)]
    if isinstance(answer, dict):
        own = [answer["citaat"]] if "citaat" in answer else []
        return own + _quotations(list(answer.values()))
    return []


def test_an_unchecked_position_is_found_by_its_id_only_when_asked_for(client, data):
    unchecked = make_position(data["agenda"].paragraphs.first(), stance="call", status="unchecked")

    assert get(client, f"standpunten/{unchecked.pk}").status_code == 404
    assert get(client, f"standpunten/{unchecked.pk}?ongecontroleerd=ja").json()["nagekeken"] is False


@pytest.mark.parametrize("query", ["", "?ongecontroleerd=ja"])
@pytest.mark.parametrize(
    "path", ["brieven", "passages", "standpunten", "bijeenkomsten", "onderwerpen", "brieven/verslag"]
)
def test_nothing_of_drafts_withdrawn_letters_or_clerks_is_told(client, data, django_user_model, path, query):
    clerk = django_user_model.objects.create_user("jansen", first_name="Jansen")
    make_position(
        data["agenda"].paragraphs.first(), "Dat is zo.", stance="oppose", status="rejected", decided_by=clerk
    )

    text = get(client, path + query).content.decode()

    for hidden in ["Een concept", "overweegt", "geheims", "ingetrokken", "ansen", "wijst-af"]:
        assert hidden not in text


def test_a_withdrawn_letter_answers_410_with_day_and_reason(client, data):
    for path in ["brieven/ingetrokken", "brieven/ingetrokken/passages/1", f"standpunten/{data['gone'].pk}"]:
        response = get(client, path)

        assert response.status_code == 410
        body = response.json()
        assert (body["title"], body["reden"]) == ("Ingetrokken", "De brief is per abuis geplaatst.")
        assert body["detail"].endswith("ingetrokken. Reden: De brief is per abuis geplaatst.")


def test_a_draft_does_not_exist(client, data):
    assert get(client, "brieven/concept").status_code == 404
    assert get(client, "brieven/concept/passages/1").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("brieven/2023-11-20-brief?ongecontroleerd=ja", "brieven/kst-28676-446?ongecontroleerd=ja"),
        ("brieven/KST-28676-446", "brieven/kst-28676-446"),
        ("brieven/2023-11-20-brief/passages/1", "brieven/kst-28676-446/passages/1"),
        ("onderwerpen/oude-naam", "onderwerpen/oekraine"),
        ("onderwerpen/kyiv", "onderwerpen/oekraine"),
    ],
)
def test_an_address_of_before_leads_to_the_one_of_now(client, data, old, new):
    topic = Topic.objects.get(slug="oekraine")
    TopicRedirect.objects.create(slug="oude-naam", topic=topic)
    make_topic("kyiv", "Kiev", merged_into=topic)

    response = get(client, old)

    assert (response.status_code, response.headers["Location"]) == (301, f"/api/v1/{new}")
    assert response.headers["API-Version"] == "1.0.0"


@pytest.mark.parametrize(
    "path",
    [
        "brieven/bestaat-niet",
        "brieven/verslag/passages/99",
        "standpunten/999999",
        "standpunten/99999999999999999999999999",
        "bijeenkomsten/bestaat-niet",
        "onderwerpen/bestaat-niet",
    ],
)
def test_what_is_not_there_is_404_in_dutch(client, data, path):
    response = get(client, path)

    assert response.status_code == 404
    assert response.json()["detail"].startswith(("Deze ", "Dit "))


def test_a_letter_is_told_whole(client, data):
    letter = get(client, "brieven/kst-28676-446").json()

    assert letter["aanbiedingen"][0]["bronvermelding"] == "Kamerstukken II 2023/24, 28676, nr. 446"
    assert letter["bewindspersonen"][1] == {
        "id": "minister-van-defensie",
        "naam": None,
        "ambt": "minister van Defensie",
        "ondertekent": False,
    }
    assert [one["id"] for one in letter["vervangenDoor"]] == ["verslag"]
    assert [one["id"] for one in letter["aangehaaldDoor"]] == ["verslag"]
    assert [section["kop"] for section in letter["onderdelen"]] == ["Oekraïne", None]
    passage = letter["onderdelen"][0]["passages"][0]
    assert passage["bronvermelding"] == "Kamerstukken II 2023/24, 28676, nr. 446, al. 1"
    assert passage["voetnoten"] == [{"teken": "1", "tekst": "Kamerstuk 28676, nr. 353", "plaats": 52}]
    assert [one["id"] for one in passage["standpunten"][0]["onderwerpen"]] == ["vredesmissie"]
    assert letter["onderdelen"][1]["passages"][0]["zelf"] is None


def test_a_letter_whose_predecessor_is_not_public_does_not_name_it(client, data):
    Letter.objects.filter(slug="verslag").update(replaces=Letter.objects.get(slug="concept"))

    assert get(client, "brieven/verslag").json()["vervangt"] is None


def test_a_meeting_lays_intention_beside_outcome(client, data):
    meeting = get(client, "bijeenkomsten/2023-11-28-navo-buitenlandse-zaken").json()

    assert [letter["id"] for letter in meeting["brieven"]] == ["kst-28676-446", "verslag"]
    [part] = meeting["onderdelen"]
    assert (part["sessie"]["nummer"], part["sessie"]["titel"]) == (1, "Steun")
    [row] = part["agendapunten"]
    assert [row[side]["stand"] for side in ("vooraf", "beantwoording", "achteraf")] == [
        "standpunten",
        "geen-brief",
        "standpunten",
    ]
    assert row["vooraf"]["standpunten"][0]["citaat"] == "Nederland steunt dit."


def test_a_meeting_does_not_tell_what_only_a_draft_says_of_its_session(client):
    meeting = make_meeting()
    draft = make_letter(status="draft", meetings=[meeting])
    session = make_session(meeting, title="Geheim", read={"letter": draft.pk, "title": "Geheim"})
    letter = make_letter(meetings=[meeting])
    make_paragraph(make_section(letter, session=session))

    for path in [f"bijeenkomsten/{meeting.slug}", f"brieven/{letter.slug}", "passages"]:
        assert "Geheim" not in get(client, path).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["2024-07-09-navo-top-regeringsleiders", "2021-03-23-navo-buitenlandse-zaken"]),
        ("sorteer=oudste", ["2021-03-23-navo-buitenlandse-zaken", "2024-07-09-navo-top-regeringsleiders"]),
        ("vorm=top", ["2024-07-09-navo-top-regeringsleiders"]),
        ("niveau=buitenlandse-zaken&niveau=defensie", ["2021-03-23-navo-buitenlandse-zaken"]),
        ("van=2022", ["2024-07-09-navo-top-regeringsleiders"]),
        ("tot=2021-03-23", ["2021-03-23-navo-buitenlandse-zaken"]),
    ],
)
def test_meetings_under_filters(client, query, expected):
    make_letter(
        meetings=[
            make_meeting("2021-03-23"),
            make_meeting("2024-07-09", levels=["regeringsleiders"], format="top"),
        ]
    )
    make_meeting("2025-01-01")  # in no letter

    assert ids(client, f"bijeenkomsten?{query}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["defensie", "oekraine", "vredesmissie"]),
        ("q=KYI", ["oekraine"]),
        ("valtOnder=oekraine", ["vredesmissie"]),
        ("q=100%25", []),
    ],
)
def test_topics_under_filters(client, query, expected):
    above = make_topic("oekraine", "Oekraïne", aliases=["Kyiv", "Kyivse"])
    make_topic("vredesmissie", "Vredesmissie", parent=above)
    make_topic("defensie", "Defensie")
    make_topic("samengevoegd", "Samengevoegd", merged_into=above)

    assert ids(client, f"onderwerpen?{query}") == expected


def test_a_topic_counts_the_passages_on_what_falls_under_it(client, data):
    topic = get(client, "onderwerpen/oekraine").json()

    assert (topic["naam"], topic["andereNamen"], topic["passages"]) == ("Oekraïne", ["Kyiv"], 2)
    assert get(client, "onderwerpen/vredesmissie").json()["valtOnder"]["id"] == "oekraine"


def test_a_passage_is_told_with_where_it_stands(client):
    topic = make_topic()
    passage = make_passage("Nederland steunt Oekraïne.", topics=[topic], slug="brief")

    [item] = get(client, "passages").json()["resultaten"]

    assert item["url"] == f"http://testserver/brieven/brief/#al-{passage.anchor}"
    assert item["zelf"] == "http://testserver/api/v1/brieven/brief/passages/1"
    assert item["bijeenkomst"]["id"] == "2023-11-28-navo-buitenlandse-zaken"
    assert item["onderdeel"]["onderwerpen"][0]["naam"] == "Oekraine"
    assert client.get(item["zelf"]).json() == item


@pytest.mark.parametrize(
    "path",
    [
        "brieven",
        "passages?q=nederland&sorteer=relevantie&ongecontroleerd=ja",
        "passages?facetten=ja",
        "standpunten?ongecontroleerd=ja",
        "bijeenkomsten",
        "onderwerpen",
    ],
)
def test_a_part_of_twenty_asks_the_database_as_much_as_one_of_ten(client, settings, tmp_path, path):
    settings.MEDIA_ROOT = tmp_path
    add_letters(1, 11)
    get(client, path)
    asked_for_ten = queries(client, f"/api/v1/{path}")

    add_letters(11, 21)

    assert queries(client, f"/api/v1/{path}") == asked_for_ten
