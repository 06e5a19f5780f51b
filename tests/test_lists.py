"""The pages of the three lists: what they show, in which order, and what they answer to a crooked address."""

import datetime
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from letters.filters import LetterList, PassageList, PositionList, options
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_topic,
)
from tests.listed import items_of
from tests.reading import text

pytestmark = pytest.mark.django_db

LISTS = ["/zoeken/", "/standpunten/", "/brieven/"]


def cleaned_data(query: str) -> dict:
    form = PassageList(QueryDict(query), path="/")
    assert form.is_valid()
    return form.cleaned


@pytest.mark.parametrize("address", LISTS)
def test_another_spelling_of_a_view_leads_to_its_one_address(client, address):
    make_topic("oekraine")

    response = client.get(f"{address}?soort=verslag&q=&onderwerp=oekraine&utm_source=brief&pagina=1")

    assert response.status_code == 301
    assert response["Location"] == f"{address}?onderwerp=oekraine&soort=verslag"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ["kleur=rood", "soort=notulen", "q=%00", "pagina=0", "van=2023&tot=2021"])
def test_what_a_list_does_not_know_is_a_400_that_shows_no_list(client, address, query):
    make_passage("Nederland steunt Oekraïne.")

    response = client.get(f"{address}?{query}")

    assert response.status_code == 400
    assert "Deze weergave bestaat niet" in text(response)
    assert "Nederland steunt" not in text(response)


def test_a_400_names_the_value_and_links_to_the_view_without_it(client):
    response = client.get("/zoeken/?soort=notulen&van=2021")

    assert "“notulen” is geen waarde van het filter soort brief" in text(response)
    assert 'href="/zoeken/?van=2021"' in response.content.decode()


def test_markup_in_a_wrong_value_is_shown_as_text(client):
    response = client.get("/zoeken/?soort=<script>alert(1)</script>")

    assert response.status_code == 400
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_a_page_beyond_the_last_is_a_404_that_leads_back(client, address):
    response = client.get(f"{address}?pagina=999999&soort=verslag")

    assert response.status_code == 404
    assert "de laatste is 1" in text(response)
    assert f'href="{address}?soort=verslag"' in response.content.decode()


def test_a_bookmark_opens_the_same_view_in_another_browser(client):
    topic = make_topic("oekraine", "Oekraïne")
    make_passage("Nederland steunt Oekraïne.", topics=[topic], meeting=make_meeting("2021-03-23"))
    make_passage("Over iets anders.", meeting=make_meeting("2021-06-14"))
    bookmark = "/zoeken/?onderwerp=oekraine&q=steunt&tot=2023&van=2021"

    first = client.get(bookmark)
    client.cookies.clear()
    second = client.get(bookmark)

    assert "<title>Oekraïne · 2021–2023 · “steunt” – NAVO-brieven</title>" in first.content.decode()
    assert "1 passage in 1 brief" in text(first)
    assert text(first) == text(second)
    assert (
        f'<link rel="canonical" href="http://testserver{bookmark}">'.replace("&", "&amp;")
        in first.content.decode()
    )


def test_totals_tell_passages_and_letters_apart(client):
    letter = make_letter(meetings=[make_meeting()])
    section = make_section(letter)
    for _number in range(3):
        make_paragraph(section)
    make_passage()

    assert "4 passages in 2 brieven" in text(client.get("/zoeken/"))
    assert "2 brieven" in text(client.get("/brieven/"))


def test_words_found_are_marked_and_everything_else_is_escaped(client):
    make_passage("De <b>steun</b> & de \ue000steun\ue001 aan Oekraïne.")

    html = client.get("/zoeken/?q=steun").content.decode()

    assert "De &lt;b&gt;<mark>steun</mark>&lt;/b&gt; &amp; de <mark>steun</mark> aan Oekraïne." in html


def test_what_is_copied_of_a_passage_does_not_tell_by_which_words_it_was_found(client):
    passage = make_passage("Nederland steunt Oekraïne.")

    response = client.get("/zoeken/?q=oekraine")

    [cite] = re.findall(r'<details class="cite".*?</details>', response.content.decode(), re.DOTALL)
    assert f"http://testserver{passage.get_absolute_url()}" in cite
    assert "oekraine" not in cite


def test_a_stance_of_a_passage_leads_to_its_own_sentence(client):
    passage = make_passage("Nederland steunt Oekraïne. Nederland vreest Rusland.")
    position = make_position(passage, "Nederland vreest Rusland.", stance="concern", verb="vreest")

    response = client.get("/zoeken/?q=oekraine")

    [link] = re.findall(r'<a href="([^"]*)" class="stance [^"]*"', response.content.decode())
    assert link.endswith(f"treffer={passage.anchor}#standpunt-{position.pk}")
    assert f'id="standpunt-{position.pk}"' in client.get(unescape(link)).content.decode()


def test_words_found_in_a_quotation_are_marked(client):
    make_position(make_passage("Nederland steunt <i>Oekraïne</i>."))

    html = client.get("/standpunten/?q=oekraine").content.decode()

    assert "Nederland steunt &lt;i&gt;<mark>Oekraïne</mark>&lt;/i&gt;." in html


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("capaciteit", {"nl"}),  # Dutch stemming: capaciteiten
        ("capabilities", {"en"}),  # English stemming: capability
        ("capaciteiten -oekraine", set()),
        ("capability -the", {"en"}),  # a stop word that is left out takes nothing away
        ('"militaire capaciteiten"', {"nl"}),
        ('"capaciteiten militaire"', set()),
        ("capaciteit OR capability", {"nl", "en"}),
        ('"niet gesloten', set()),  # crooked queries find what they can, and are no error
        ("& | ! ( :*", {"nl", "en"}),  # no word in it: nothing was asked
        ("oekraine", {"nl"}),
        ("van", {"nl", "en"}),  # a stop word alone asks nothing: the list without words
        ("the", {"nl", "en"}),
        ("of OR capability", {"en"}),  # stop words in Dutch, not in the other language
        ("over -oekraine", {"en"}),
    ],
)
def test_each_language_is_searched_in_its_own_way(words, found):
    section = make_section(make_letter())
    dutch = make_paragraph(section, "De militaire capaciteiten van Oekraïne.", language="nl")
    english = make_paragraph(section, "The military capability of Ukraine.", language="en")

    matching = items_of(PassageList(cleaned=cleaned_data(urlencode({"q": words}))))

    assert set(matching) == {{"nl": dutch, "en": english}[language] for language in found}


def test_letters_are_found_by_their_subject_too():
    by_subject = make_passage("Over iets anders.", subject="Verslag van de top in Vilnius").letter
    by_text = make_passage("De top in Vilnius is geslaagd.").letter
    make_passage("Over iets anders.")

    assert set(items_of(LetterList(cleaned=cleaned_data("q=vilnius")))) == {by_subject, by_text}


def test_a_letter_must_hold_one_passage_that_satisfies_everything():
    china, oekraine = make_topic("china"), make_topic("oekraine")
    letter = make_letter()
    make_paragraph(make_section(letter, topics=[china]), "Over zeldzame aarde.")
    make_paragraph(make_section(letter, topics=[oekraine]), "Over munitie.")

    assert items_of(LetterList(cleaned=cleaned_data("onderwerp=china&q=munitie"))) == []
    assert items_of(LetterList(cleaned=cleaned_data("onderwerp=oekraine&q=munitie"))) == [letter]


def test_stance_and_moment_must_hold_for_one_position():
    passage = make_passage("Nederland steunt dit. Nederland zal oproepen tot meer.")
    make_position(passage, "Nederland steunt dit.", stance="support", moment="stated")
    make_position(passage, "Nederland zal oproepen tot meer.", stance="call", moment="planned")

    assert items_of(PassageList(cleaned=cleaned_data("standpunt=steunt&moment=gesteld"))) == [passage]
    assert items_of(PassageList(cleaned=cleaned_data("standpunt=steunt&moment=voorgenomen"))) == []


def test_a_position_with_topics_of_its_own_does_not_take_its_sections():
    china, oekraine = make_topic("china"), make_topic("oekraine")
    passage = make_passage("Nederland steunt Oekraïne. Nederland vreest China.", topics=[oekraine])
    without = make_position(passage, "Nederland steunt Oekraïne.")
    own = make_position(passage, "Nederland vreest China.", stance="concern", topics=[china])

    assert items_of(PositionList(cleaned=cleaned_data("onderwerp=oekraine"))) == [without]
    assert items_of(PositionList(cleaned=cleaned_data("onderwerp=china"))) == [own]
    assert items_of(PassageList(cleaned=cleaned_data("onderwerp=china"))) == [passage]


def test_a_parent_finds_what_is_under_its_children_and_theirs():
    parent = make_topic("navo-2030")
    child = make_topic("strategisch-concept", parent=parent)
    passage = make_passage(topics=[make_topic("kerntaken", parent=child)])

    assert items_of(PassageList(cleaned=cleaned_data("onderwerp=navo-2030"))) == [passage]
    facet = next(one for one in options(PassageList(cleaned=cleaned_data(""))) if one.key == "onderwerp")
    assert {option.value: option.count for option in facet.values} == {
        "navo-2030": 1,
        "strategisch-concept": 1,
        "kerntaken": 1,
    }


@pytest.mark.parametrize(
    ("query", "order"),
    [("", ["nieuw", "midden", "oud", "zonder"]), ("sorteer=oudste", ["oud", "midden", "nieuw", "zonder"])],
)
@pytest.mark.parametrize("list_class", [PassageList, PositionList, LetterList])
def test_lists_are_ordered_by_the_date_of_the_letter(list_class, query, order):
    undated = make_meeting(None)
    dates = {"oud": "2019-01-01", "nieuw": "2023-01-01", "zonder": None, "midden": "2021-01-01"}
    for slug, date in dates.items():
        make_position(make_passage(slug=slug, date=date, meeting=undated))

    rows = items_of(list_class(cleaned=cleaned_data(query)))

    assert [(row if list_class is LetterList else row.letter).slug for row in rows] == order


@pytest.mark.parametrize("list_class", [PassageList, PositionList, LetterList])
def test_the_most_relevant_comes_first_when_asked(list_class):
    texts = {
        "even": "Steun voor Oekraïne is nodig.",
        "vaak": "Steun, steun en nog eens steun.",
        "niet": "Over iets anders.",
    }
    for slug, sentence in texts.items():
        make_position(make_passage(sentence, slug=slug))

    rows = items_of(list_class(cleaned=cleaned_data("q=steun&sorteer=relevantie")))

    assert [(row if list_class is LetterList else row.letter).slug for row in rows] == ["vaak", "even"]


def test_a_letter_without_a_date_stands_by_its_meeting():
    for slug, date, meeting in [
        ("a", "2023-12-06", "2023-11-28"),
        ("b", None, "2023-11-28"),
        ("c", "2021-04-01", "2021-03-23"),
    ]:
        make_passage(slug=slug, date=date, meeting=make_meeting(meeting))

    assert [letter.slug for letter in items_of(LetterList(cleaned=cleaned_data("")))] == ["a", "b", "c"]


def test_paragraphs_of_a_letter_stay_in_their_order():
    section = make_section(make_letter())
    paragraphs = [make_paragraph(section, f"Alinea {number}.") for number in range(3)]

    assert items_of(PassageList(cleaned=cleaned_data(""))) == paragraphs


def test_a_line_offers_what_nobody_looked_at(client):
    passage = make_passage("Nederland steunt dit. Nederland vreest dat.")
    make_position(passage, "Nederland steunt dit.")
    make_position(passage, "Nederland vreest dat.", stance="concern", status="unchecked")

    for address in LISTS:
        response = client.get(f"{address}?soort=geannoteerde-agenda")
        assert "Nog 1 uitspraak is door de computer herkend en niet nagekeken." in text(response)
        assert (
            f'href="{address}?ongecontroleerd=ja&amp;soort=geannoteerde-agenda"' in response.content.decode()
        )


def test_the_line_counts_only_what_the_filter_would_show():
    oekraine = make_topic("oekraine")
    about = make_passage("Nederland steunt dit. Nederland vreest dat.", topics=[oekraine])
    make_position(about, "Nederland steunt dit.", status="unchecked")
    make_position(about, "Nederland vreest dat.", stance="concern", status="unchecked")
    make_position(make_passage(), status="unchecked")

    for list_class in [PassageList, PositionList, LetterList]:
        assert list_class(cleaned=cleaned_data("onderwerp=oekraine")).unchecked_count == 2
        assert list_class(cleaned=cleaned_data("onderwerp=oekraine&standpunt=zorg")).unchecked_count == 1


def test_what_was_not_checked_is_marked_when_asked_for(client):
    make_position(make_passage("Nederland steunt dit."), status="unchecked")

    without = client.get("/standpunten/")
    asked = client.get("/standpunten/?ongecontroleerd=ja")

    assert "Nederland steunt dit." not in text(without)
    assert "0 standpunten in 0 brieven" in text(without)
    assert "door computer herkend, niet nagekeken" in text(asked)
    assert "1 standpunt in 1 brief" in text(asked)


def test_a_chosen_value_stays_when_nothing_has_it(client):
    make_topic("china", "China")
    make_passage(kind="report")

    html = client.get("/zoeken/?onderwerp=china&soort=beantwoording").content.decode()

    assert 'name="onderwerp" value="china" checked' in html
    assert 'name="soort" value="beantwoording" checked' in html
    assert 'value="geannoteerde-agenda"' not in html


def test_an_empty_list_says_which_filter_to_drop(client):
    make_passage(kind="report")

    response = client.get("/zoeken/?soort=verslag&van=2030")

    assert "Geen passage voldoet aan alle filters tegelijk." in text(response)
    assert 'href="/zoeken/?soort=verslag"' in response.content.decode()


def test_the_form_keeps_what_has_no_field_of_its_own(client):
    make_passage(date="2021-05-01")

    html = client.get("/zoeken/?sorteer=oudste").content.decode()

    assert '<input type="hidden" name="sorteer" value="oudste">' in html


def test_the_form_shows_every_other_thing_that_was_asked(client):
    make_passage(date="2021-05-01")

    html = client.get("/zoeken/?briefdatum-van=2021&ongecontroleerd=ja&tot=2022").content.decode()

    assert 'name="briefdatum-van" id="briefdatum-van" value="2021"' in html
    assert 'name="tot" id="tot" value="2022"' in html
    assert 'name="ongecontroleerd" value="ja" checked' in html
    assert 'type="hidden"' not in html


def test_the_other_lists_are_offered_under_the_same_filters(client):
    make_topic("china", "China")

    lists = client.get("/standpunten/?onderwerp=china&van=2021").context["lists"]

    assert [(one["label"], one["url"], one["current"]) for one in lists] == [
        ("Passages", "/zoeken/?onderwerp=china&van=2021", False),
        ("Standpunten", "/standpunten/?onderwerp=china&van=2021", True),
        ("Brieven", "/brieven/?onderwerp=china&van=2021", False),
    ]


def test_what_nobody_looked_at_can_be_chosen_where_there_is_any(client):
    make_position(make_passage("Nederland steunt dit."), status="unchecked")

    assert client.get("/zoeken/").context["unchecked"] == {"selected": False, "count": 1}
    assert client.get("/zoeken/?ongecontroleerd=ja").context["unchecked"]["selected"]
    assert client.get("/zoeken/?soort=verslag").context["unchecked"] is None


def test_years_of_more_than_ten_stand_under_each_other_by_decade(client):
    for year in ("2008", "2021"):
        make_passage(meeting=make_meeting(f"{year}-03-23"))

    page = client.get("/zoeken/")

    assert page.context["years_start"] == 9  # 2008 is the ninth of its row
    assert client.get("/zoeken/?tot=2008&van=2008").context["years_start"] == 9


def test_a_list_is_fetched_as_the_whole_page_whoever_asks(client):
    """What HTMX fetches may be answered from the browser's own copy, and the other way about."""
    make_passage()

    page = client.get("/zoeken/")
    fetched = client.get("/zoeken/", headers={"hx-request": "true", "hx-target": "weergave"})

    assert fetched.content == page.content
    assert "HX-" not in page.headers.get("Vary", "")


def test_years_run_without_gaps_and_link_to_their_view(client):
    for year in ("2019", "2022"):
        make_passage(meeting=make_meeting(f"{year}-03-23"))

    years = client.get("/zoeken/?soort=geannoteerde-agenda").context["years"]

    assert [(year.year, year.count) for year in years] == [(2019, 1), (2020, 0), (2021, 0), (2022, 1)]
    assert years[0].url == "/zoeken/?soort=geannoteerde-agenda&tot=2019&van=2019"


def test_a_period_counts_the_days_on_which_meetings_begin():
    passage = make_passage(meeting=make_meeting("2023-12-31", end=datetime.date(2024, 1, 1)))

    assert items_of(PassageList(cleaned=cleaned_data("tot=2023"))) == [passage]
    assert items_of(PassageList(cleaned=cleaned_data("van=2024"))) == []


def test_a_long_list_comes_in_pages_that_keep_the_filter(client):
    section = make_section(make_letter("report"))
    for number in range(45):
        make_paragraph(section, f"Alinea nummer {number}.")

    first = client.get("/zoeken/?soort=verslag")
    last = client.get("/zoeken/?pagina=3&soort=verslag")

    assert len(first.context["items"]) == 20
    assert len(last.context["items"]) == 5
    assert 'href="/zoeken/?pagina=2&amp;soort=verslag"' in first.content.decode()
    assert "(bladzijde 3)" in last.content.decode().partition("</title>")[0]
