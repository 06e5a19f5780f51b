"""What may be asked of a list: how much at once, and what a visitor reads who asks more."""

from urllib.parse import quote

import pytest
from django.http import QueryDict

from letters.filters import PassageList
from tests.factories import make_letter, make_paragraph, make_section

#: Of the database, for a page of a list; one without results counts what would help. 13 of them read the corpus, which within
#: the transaction of a test is not kept.
MOST_QUERIES = 13 + 13


def alert(response) -> str:
    """What is wrong, as the page says it."""
    html = response.content.decode()
    return html[html.index('role="alert"') : html.index("</ul>", html.index('role="alert"'))]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "a" * 301,
            "De zoekvraag telt 301 tekens. Mogelijk zijn er hooguit 300: zoek op minder woorden.",
        ),
        (
            "a " * 51,
            "De zoekvraag telt 51 woorden. Mogelijk zijn er hooguit 50: laat woorden weg die overal staan.",
        ),
        # Without spaces they are words all the same.
        (
            "a," * 51,
            "De zoekvraag telt 51 woorden. Mogelijk zijn er hooguit 50: laat woorden weg die overal staan.",
        ),
        ("NAVO\0", "De zoekvraag bevat een teken dat niet in tekst kan staan."),
    ],
)
def test_words_that_are_too_many_are_refused_and_stay_in_the_box_with_the_other_filters(
    client, db, words, message
):
    response = client.get(f"/zoeken/?q={quote(words)}&soort=verslag")

    html = response.content.decode()
    assert response.status_code == 400
    assert message in alert(response)
    assert f'name="q" id="q" value="{words.replace(chr(0), "")}"' in html
    assert '<input type="hidden" name="soort" value="verslag">' in html


@pytest.mark.parametrize("words", ["a" * 300, " ".join(["ja"] * 50), f"  {'a' * 300}  "])
def test_as_much_as_is_allowed_is_answered(client, db, words):
    response = client.get("/zoeken/", {"q": words.strip()})

    assert response.status_code == 200


def test_a_filter_takes_a_hundred_values_at_once(client, db):
    values = "&".join(f"sessie={number:03}" for number in range(1, 102))

    response = client.get(f"/zoeken/?{values}")

    assert response.status_code == 400
    assert "Het filter sessie heeft hier 101 waarden. Mogelijk zijn er hooguit 100 tegelijk." in alert(
        response
    )
    assert '<a href="/zoeken/">Toon de weergave zonder dit.</a>' in alert(response)


def test_an_address_with_thousands_of_mistakes_names_the_first_ten():
    query = "&".join(f"sleutel-{number}=1" for number in range(2000))

    assert len(PassageList(QueryDict(query), path="/zoeken/").wrong_values) == 10


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 400),
        ("onderwerp=%00", 400),
        ("%00=1", 400),
        ("q=%ED%A0%80", 200),  # half a pair of UTF-16, which is no character
        ("q=%FF%FE", 200),
        ("q=" + "OR+" * 10_000, 400),
        ("q=" + "%22" * 300, 200),
        ("q=" + "+".join(["-a"] * 50), 200),
        ("q=%28%29%21%26%7C%3A*%3C-%3E%27%5C", 200),
        ("&".join(f"{number:x}" for number in range(5000)), 400),
        ("&" * 20_000, 400),
        ("&".join(f"onderwerp={number}" for number in range(5000)), 400),
        ("&".join(f"van={number}" for number in range(5000)), 400),
        ("pagina=999999999", 404),
        ("pagina=" + "9" * 5000, 400),
        ("pagina=-1", 400),
        ("pagina=%D9%A3", 400),
        ("van=0000-00-00", 400),
        ("van=9999&tot=9999", 200),
        ("tot=99999", 400),
    ],
)
@pytest.mark.parametrize("page", ["/zoeken/", "/standpunten/", "/brieven/"])
def test_no_query_is_an_error_of_ours_or_asks_much(
    client, db, django_assert_max_num_queries, page, query, status
):
    make_paragraph(make_section(make_letter()), "De NAVO versterkt de oostflank.")

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"{page}?{query}", follow=True)

    assert response.status_code == status
