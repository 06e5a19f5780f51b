"""Commitments in letters, as visitors see them: what is public, the filters, the links that a person confirmed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters import decisions
from letters.models import CommitmentMention, CorpusVersion, FollowUp, Paragraph, Position
from tests.corpus_changes import sql
from tests.factories import (
    make_follow_up,
    make_letter,
    make_meeting,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
    make_signatory,
    make_topic,
)
from tests.reading import text

pytestmark = pytest.mark.django_db

PROMISE = "Het kabinet zal uw Kamer voor de zomer informeren."
REFERS = "Zoals toegezegd in het commissiedebat volgt een brief."
FULFILS = "Met deze brief is voldaan aan de toezegging aan het lid Spaans."


class World:
    """Two letters: a promise in an agenda of 2023, and two mentions in a report of 2024."""

    def __init__(self):
        self.topic = make_topic("oekraine", "Oekraïne")
        agenda = make_letter(date="2023-11-20", meetings=[make_meeting("2023-11-28")], slug="agenda")
        make_signatory(agenda, "Hanke Bruins Slot")
        first = make_paragraph(make_section(agenda, topics=[self.topic]), PROMISE)
        self.promise = make_position(first, stance="promise", verb="informeren")
        report = make_letter(
            "report", date="2024-02-20", meetings=[make_meeting("2024-02-15")], slug="verslag"
        )
        make_signatory(report, "Kajsa Ollongren")
        second = make_paragraph(make_section(report, "China", topics=[make_topic("china", "China")]), FULFILS)
        self.fulfils = make_mention(second)
        third = make_paragraph(make_section(report, topics=[self.topic]), REFERS)
        self.refers = make_mention(third, kind="refers")


@pytest.fixture
def world():
    return World()


def listed(client, query="") -> list[str]:
    """The sentences that the page shows, in order."""
    response = client.get(f"/toezeggingen/{query}")
    assert response.status_code == 200
    return [row.sentence for row in response.context["items"]]


def test_the_newest_letter_comes_first_and_of_a_letter_what_stands_first(client, world):
    assert listed(client) == [FULFILS, REFERS, PROMISE]
    assert listed(client, "?sorteer=oudste") == [PROMISE, FULFILS, REFERS]


def test_a_sentence_is_in_the_language_of_its_paragraph(client, world):
    make_follow_up(world.promise, world.fulfils)
    Paragraph.objects.filter(pk=world.promise.paragraph_id).update(language="en")

    html = client.get("/toezeggingen/?sorteer=oudste").content.decode()

    assert re.findall(rf'lang="(..)"[^>]*>(?:<p>)?{re.escape(PROMISE)}', html) == ["en", "en"]


def test_a_link_from_what_is_no_longer_called_a_promise_is_not_shown(client, world):
    make_follow_up(world.promise, world.fulfils, status="checked")
    with_link = text(client.get("/toezeggingen/"))

    decisions.decide([world.promise], "checked", by=None, corrections={"stance": "action"})

    without = text(client.get("/toezeggingen/"))
    assert ["Eerder:" in page for page in (with_link, without)] == [True, False]


def test_the_page_says_that_it_is_not_the_register_and_where_that_is(client, world):
    html = client.get("/toezeggingen/").content.decode()

    assert "<h1>Toezeggingen in brieven</h1>" in html
    assert "Dit is niet het register van de Kamer." in html
    assert 'href="https://www.tweedekamer.nl/kamerstukken/toezeggingen"' in html
    assert 'href="https://www.eerstekamer.nl/toezeggingen"' in html
    assert "openstaand" not in html.lower()


@pytest.mark.parametrize(
    ("query", "sentences", "title"),
    [
        ("?soort=nieuw", [PROMISE], "Toezeggingen in brieven · Nieuwe toezegging"),
        ("?soort=verwijst", [REFERS], "Toezeggingen in brieven · Verwijst naar een toezegging"),
        ("?soort=komt-na", [FULFILS], "Toezeggingen in brieven · Komt een toezegging na"),
        ("?onderwerp=oekraine", [REFERS, PROMISE], "Toezeggingen in brieven · Oekraïne"),
        ("?bewindspersoon=kajsa-ollongren", [FULFILS, REFERS], "Toezeggingen in brieven · Kajsa Ollongren"),
        ("?tot=2023&van=2023", [PROMISE], "Toezeggingen in brieven · 2023"),
        ("?briefdatum-van=2024", [FULFILS, REFERS], "Toezeggingen in brieven · Brief vanaf 2024"),
        ("?q=commissiedebat", [REFERS], "Toezeggingen in brieven · “commissiedebat”"),
        ("?onderwerp=china&soort=nieuw", [], "Toezeggingen in brieven · China · nieuwe toezegging"),
    ],
)
def test_a_filter_chooses_and_the_title_says_it_in_words(client, world, query, sentences, title):
    response = client.get(f"/toezeggingen/{query}")

    assert [row.sentence for row in response.context["items"]] == sentences
    assert f"<title>{title} – NAVO-brieven</title>" in response.content.decode()


def test_filters_tell_how_many_there_are(client, world):
    response = client.get("/toezeggingen/")
    facets = {
        facet.key: {option.value: option.count for option in facet.values}
        for facet in response.context["facets"]
    }

    assert response.context["total"] == "3 passages in 2 brieven"
    assert facets == {
        "soort": {"nieuw": 1, "verwijst": 1, "komt-na": 1},
        "onderwerp": {"oekraine": 2, "china": 1},
        "bewindspersoon": {"kajsa-ollongren": 2, "hanke-bruins-slot": 1},
    }
    assert [(year.year, year.count) for year in response.context["years"]] == [(2023, 1), (2024, 2)]


def test_a_sentence_that_promises_and_refers_stands_once_under_both(client):
    paragraph = make_paragraph(make_section(make_letter()), REFERS)
    make_position(paragraph, stance="promise")
    make_mention(paragraph, kind="refers")

    assert listed(client) == listed(client, "?soort=nieuw") == listed(client, "?soort=verwijst") == [REFERS]
    assert listed(client, "?soort=komt-na") == []
    page = text(client.get("/toezeggingen/"))
    assert "Nieuwe toezegging Verwijst naar een toezegging" in page


def test_the_sentence_before_stands_there_when_the_passage_points_back_and_not_when_it_means_the_letter(
    client,
):
    section = make_section(make_letter())
    for rule, words in [
        ("toezegging.voldaan", "Hiermee is voldaan."),
        ("zoals toegezegd.hierbij", "Ik stuur u hierbij een."),
    ]:
        make_mention(make_paragraph(section, f"Ervoor. {words}"), words, rule=rule)

    first, second = client.get("/toezeggingen/").context["items"]

    assert [first.before, second.before] == ["Ervoor.", ""]


def test_a_view_has_one_address(client, world):
    response = client.get("/toezeggingen/?soort=verwijst&onderwerp=oekraine&sorteer=nieuwste")

    assert response.status_code == 301
    assert response["Location"] == "/toezeggingen/?onderwerp=oekraine&soort=verwijst"


@pytest.mark.parametrize(
    "query", ["?soort=verslag", "?standpunt=steunt", "?format=pdf", "?sorteer=relevantie"]
)
def test_what_the_page_does_not_know_is_refused(client, world, query):
    assert client.get(f"/toezeggingen/{query}").status_code == 400


def test_a_part_beyond_the_last_does_not_exist(client, world):
    assert client.get("/toezeggingen/?pagina=2").status_code == 404


def test_without_anything_checked_the_page_says_that_this_says_nothing(client):
    make_mention(make_paragraph(make_section(make_letter()), FULFILS), status="unchecked")

    page = text(client.get("/toezeggingen/"))

    assert "nog geen passage over een toezegging nagekeken" in page
    assert "Dat zegt niets over wat er is toegezegd." in page
    assert FULFILS not in page


def test_what_nobody_looked_at_is_shown_on_request_and_marked(client, world):
    make_mention(make_paragraph(make_section(world.promise.letter), "Nakijken."), status="unchecked")

    response = client.get("/toezeggingen/?ongecontroleerd=ja")

    assert client.get("/toezeggingen/").context["unchecked_count"] == 1
    assert [row.sentence for row in response.context["items"]] == [FULFILS, REFERS, PROMISE, "Nakijken."]
    assert response.content.decode().count("door computer herkend, niet nagekeken") == 1


@pytest.mark.parametrize("query", ["", "?ongecontroleerd=ja", "?q=geheim"])
def test_nothing_that_is_not_public_is_shown(client, world, query):
    rejected = make_mention(
        make_paragraph(make_section(world.promise.letter), "Geheim afgewezen."), status="rejected"
    )
    for status in ("draft", "withdrawn"):
        paragraph = make_paragraph(make_section(make_letter(status=status)), f"Geheim {status}.")
        make_follow_up(world.promise, make_mention(paragraph))
        make_position(paragraph, stance="promise")
    make_follow_up(world.promise, rejected)
    make_follow_up(world.promise, world.fulfils, status="unchecked")
    make_follow_up(world.promise, world.refers, status="rejected")
    orphan = make_mention(make_paragraph(make_section(world.promise.letter), "Geheim verdwenen."))
    CommitmentMention.objects.filter(pk=orphan.pk).update(paragraph=None)

    html = (
        client.get(f"/toezeggingen/{query}").content.decode().replace("“geheim”", "").replace('"geheim"', "")
    )

    assert "Geheim " not in html
    assert "Later in:" not in html
    assert "Eerder:" not in html


def test_a_confirmed_link_stands_at_both_ends(client, world):
    make_follow_up(world.promise, world.fulfils)

    fulfils, refers, promise = client.get("/toezeggingen/").context["items"]
    page = text(client.get("/toezeggingen/"))

    assert (fulfils.earlier, fulfils.later) == ([world.promise], [])
    assert (promise.later, promise.earlier) == ([world.fulfils], [])
    assert (refers.earlier, refers.later) == ([], [])
    assert f"Later in: Verslag, 20 februari 2024 · komt een toezegging na {FULFILS}" in page
    assert f"Eerder: Geannoteerde agenda, 20 november 2023 · nieuwe toezegging {PROMISE}" in page


def test_the_page_asks_as_much_for_twenty_as_for_ten(client, world):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/toezeggingen/").status_code == 200
        return len(captured)

    def add(numbers):
        for number in numbers:
            letter = make_letter(date=f"20{number:02}-05-01", meetings=[make_meeting(f"20{number:02}-04-01")])
            section = make_section(letter, topics=[make_topic(f"onderwerp-{number}")])
            promise = make_position(make_paragraph(section, PROMISE), stance="promise")
            make_follow_up(promise, make_mention(make_paragraph(section, REFERS), kind="refers"))

    make_follow_up(world.promise, world.fulfils)
    add(range(25, 28))
    ten = queries()
    add(range(28, 34))

    assert queries() == ten
    assert ten <= 30


def test_a_view_is_saved_and_tells_what_is_new(client, world):
    address = "/toezeggingen/?onderwerp=oekraine"

    saved = client.get("/bewaard/nieuw/", {"weergave": address})
    counted = client.get("/telling/", {"weergave": address, "sinds": "2020-01-01T00:00:00Z"}).json()

    assert saved.status_code == 200
    assert (counted["words"], counted["results"], counted["new"]) == (
        "Toezeggingen: Oekraïne",
        "2 passages",
        2,
    )


def gives_new_version(act) -> bool:
    sql("SELECT set_config('letters.corpus_has_changed', '', true)")
    before = CorpusVersion.current()
    act()
    return CorpusVersion.current() != before


def test_what_visitors_see_of_commitments_changes_the_version_of_the_corpus(world):
    link = make_follow_up(world.promise, world.fulfils, status="unchecked")

    assert gives_new_version(lambda: decisions.decide_follow_ups([link], "checked", by=None))
    assert gives_new_version(lambda: decisions.decide_follow_ups([link], "rejected", by=None))
    # Whether a sentence is shown with the one before it depends on its rule.
    assert gives_new_version(lambda: CommitmentMention.objects.update(rule="toezegging.voldoen"))
    assert gives_new_version(lambda: decisions.decide_mentions([world.refers], "unchecked", by=None))
    assert gives_new_version(
        lambda: decisions.decide_mentions([world.refers], "checked", by=None, kind="fulfils")
    )
    assert gives_new_version(lambda: decisions.decide_mentions([world.refers], "rejected", by=None))
    assert gives_new_version(lambda: CommitmentMention.objects.update(named="het commissiedebat Irak"))
    assert gives_new_version(lambda: world.fulfils.delete())


def test_what_visitors_do_not_see_of_commitments_leaves_the_version(world):
    link = make_follow_up(world.promise, world.fulfils, status="unchecked")
    draft = make_paragraph(make_section(make_letter(status="draft")), FULFILS)
    rejected = make_mention(make_paragraph(make_section(world.promise.letter), "Zin."), status="rejected")

    assert not gives_new_version(lambda: decisions.decide_follow_ups([link], "rejected", by=None))
    assert not gives_new_version(lambda: FollowUp.objects.update(likeness=0.5))
    assert not gives_new_version(lambda: make_mention(draft))
    assert not gives_new_version(lambda: CommitmentMention.objects.update(decided_by=None))
    assert not gives_new_version(
        lambda: CommitmentMention.objects.filter(pk=rejected.pk).update(kind="refers")
    )


def test_the_codebook_says_what_the_three_kinds_mean(client):
    page = client.get("/gegevens/codeboek/")

    assert [one["url"] for one in page.context["commitments"]] == [
        "/toezeggingen/?soort=nieuw",
        "/toezeggingen/?soort=verwijst",
        "/toezeggingen/?soort=komt-na",
    ]
    assert str(Position.Stance.PROMISE.label) in text(page)
