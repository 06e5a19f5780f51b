"""Two meetings, or agenda and report, with their positions side by side: the page, its address, and its Word file."""

import io
import re

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters import comparison_sides
from tests.exported import download
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_submission,
    make_topic,
)
from tests.reading import main, text, words
from tests.test_exports_docx import footnotes_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = "2023-11-28-navo-buitenlandse-zaken", "2024-04-03-navo-buitenlandse-zaken"
PAGE = f"/vergelijken/?eerste={FIRST}&tweede={SECOND}"
BEFORE = (
    "Nederland zal benadrukken dat bondgenoten Oekraïne zoveel mogelijk moeten blijven steunen tegen Rusland."
)
WELCOME = "Het kabinet verwelkomt de toetreding van Zweden."
AFTER = "Nederland zal andermaal benadrukken dat bondgenoten Oekraïne moeten blijven steunen tegen Rusland."


@pytest.fixture
def topic():
    return make_topic("oekraine", "Oekraïne")


@pytest.fixture
def meetings():
    return make_meeting("2023-11-28"), make_meeting("2024-04-03")


def say(meeting, *sentences, topics=(), kind="annotated_agenda", date="2023-11-20"):
    """A letter about a meeting with these sentences, each a checked position."""
    letter = make_letter(kind, meetings=[meeting], date=date)
    section = make_section(letter, topics=topics)
    return [make_position(make_paragraph(section, sentence)) for sentence in sentences]


def relations(response) -> list[str]:
    return re.findall(r'<h3 class="compared__relation">([^<]+)</h3>', main(response))


def elsewhere(response) -> list[str]:
    """What is said below quotations of sentences that stand on the other side too."""
    found = re.findall(r'<p class="compared__elsewhere">(.*?)</p>', main(response))
    return [words(re.sub("</?a[^>]*>", "", one)) for one in found]


def test_positions_of_two_meetings_stand_side_by_side_with_what_differs_marked(client, meetings, topic):
    first, second = meetings
    say(first, BEFORE, "Nederland steunt dit.", topics=[topic])
    say(second, AFTER, "Nederland steunt dit.", topics=[topic])

    response = client.get(f"/vergelijken/?eerste={FIRST}&onderwerp=oekraine&tweede={SECOND}")

    assert relations(response) == ["In beide, andere woorden", "Letterlijk herhaald"]
    html = main(response)
    assert [words(one) for one in re.findall(r"<del>(.*?)</del>", html)][1:] == [
        "(alleen hier:) zoveel mogelijk (tot hier)"
    ]
    assert [words(one) for one in re.findall(r"<ins>(.*?)</ins>", html)][1:] == [
        "(alleen hier:) andermaal (tot hier)"
    ]
    assert "Zinnen in beide: 1 letterlijk herhaald, 1 in andere woorden." in text(response)


def test_each_quotation_has_its_own_citation_and_link(client, meetings):
    first, second = meetings
    [position] = say(first, BEFORE)
    make_submission(position.letter, paper_number="kst-28676-446", session_year="2023-2024")
    say(second, AFTER)

    html = main(client.get(PAGE))

    assert f'href="{position.get_absolute_url()}"' in html
    assert 'data-cite="Kamerstukken II 2023/24, 28676, nr. 446, al. 1"' in html
    assert html.count("data-cite=") == 2
    assert f'data-words="{BEFORE}"' in html


def test_what_stands_on_one_side_says_on_which(client, meetings):
    first, second = meetings
    say(first, "Nederland pleitte voor spoed bij de levering van munitie.")
    say(second, "Het kabinet verwelkomt de toetreding van Zweden.")

    assert relations(client.get(PAGE)) == [
        "Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 28 november 2023",
        "Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 3 april 2024",
    ]


def test_a_sentence_that_stands_unchecked_on_the_other_side_says_so_with_a_link(client, meetings):
    say(meetings[0], BEFORE, WELCOME, "Nederland pleitte voor spoed bij de levering van munitie.")
    [position] = say(meetings[1], AFTER, kind="report")
    unchecked = make_paragraph(
        position.paragraph.section, f"De ministers spraken. {WELCOME.upper()} Dat is zo."
    )

    response = client.get(PAGE)

    assert elsewhere(response) == [
        "Deze zin staat ook in de andere brief (verslag, al. 2), daar niet als nagekeken standpunt."
    ]
    assert f'<a href="{unchecked.get_absolute_url()}">verslag, al.' in main(response)
    assert "Als nagekeken standpunt alleen in de eerste 2, alleen in de tweede 0." in text(response)


@pytest.mark.parametrize(
    ("there", "fields", "told"),
    [
        # The whole sentence, wherever in its paragraph, and however it is written.
        ("Eerst dit. Het kabinet  VERWELKOMT de toetreding van Zweden. Dan dat.", {}, True),
        # A part of a longer sentence is not that sentence.
        ("Zoals u weet: Het kabinet verwelkomt de toetreding van Zweden.", {}, False),
        # What members ask, the ministers do not say.
        ("Het kabinet verwelkomt de toetreding van Zweden.", {"is_question": True}, False),
    ],
)
def test_it_is_the_whole_sentence_in_the_words_of_the_ministers(client, meetings, there, fields, told):
    say(meetings[0], WELCOME)
    [position] = say(meetings[1], BEFORE)
    make_paragraph(position.paragraph.section, there, **fields)

    assert bool(elsewhere(client.get(PAGE))) is told


def test_only_letters_that_are_compared_are_looked_in(client, meetings):
    say(meetings[0], WELCOME)
    say(meetings[1], BEFORE)
    make_passage(WELCOME, meeting=meetings[1], kind="report")
    make_passage(WELCOME, meeting=meetings[1], status="draft")

    both = client.get(PAGE)
    agendas = client.get(
        f"/vergelijken/?eerste={FIRST}&eerste-soort=geannoteerde-agenda&tweede={SECOND}&tweede-soort=geannoteerde-agenda"
    )

    assert elsewhere(both) == [
        "Deze zin staat ook in een van de andere brieven (verslag, al. 1), daar niet als nagekeken standpunt."
    ]
    assert elsewhere(agendas) == []


def test_under_another_topic_the_words_stand_there_too(client, meetings, topic):
    say(meetings[0], WELCOME, topics=[topic])
    say(meetings[1], BEFORE, topics=[topic])
    say(meetings[1], WELCOME, topics=[make_topic("zweden", "Zweden")])

    response = client.get(f"/vergelijken/?eerste={FIRST}&onderwerp=oekraine&tweede={SECOND}")

    assert elsewhere(response) == [
        "Deze zin staat ook in een van de andere brieven (geannoteerde agenda, al. 1), "
        "daar niet als nagekeken standpunt over Oekraïne."
    ]


def test_what_the_other_side_says_once_and_this_side_twice_is_a_checked_position_there(client, meetings):
    say(meetings[0], WELCOME, WELCOME)
    say(meetings[1], WELCOME)

    response = client.get(PAGE)

    assert elsewhere(response) == ["Deze zin staat ook in de andere brief (geannoteerde agenda, al. 1)."]


def test_no_judgement_is_given(client, meetings):
    say(meetings[0], BEFORE, "Nederland pleitte voor spoed bij de levering van munitie.")
    say(meetings[1], AFTER)

    page = text(client.get(PAGE)).lower()

    assert [
        word for word in ("weggelaten", "afgezwakt", "gewijzigd", "geschrapt", "ontbreekt") if word in page
    ] == []


def test_agenda_and_report_of_one_meeting_are_compared(client, meetings):
    first, _second = meetings
    say(first, BEFORE)
    say(first, AFTER, kind="report", date="2023-12-05")

    response = client.get(
        f"/vergelijken/?eerste={FIRST}&eerste-soort=geannoteerde-agenda&tweede={FIRST}&tweede-soort=verslag"
    )

    assert relations(response) == ["In beide, andere woorden"]
    assert "Verslag · NAVO-ministers van Buitenlandse Zaken, 28 november 2023" in text(response)


def test_a_topic_brings_what_falls_under_it_too(client, meetings, topic):
    child = make_topic("kyiv", "Kyiv", parent=topic)
    say(meetings[0], BEFORE, topics=[child])
    say(meetings[0], "Nederland pleitte voor spoed bij de levering van munitie.")
    say(meetings[1], AFTER, topics=[topic])

    response = client.get(f"/vergelijken/?eerste={FIRST}&onderwerp=oekraine&tweede={SECOND}")

    assert relations(response) == ["In beide, andere woorden"]


def test_only_checked_positions_are_compared_and_the_others_are_counted(client, meetings):
    say(meetings[0], BEFORE)
    make_position(make_passage("GEHEIMONGEZIEN.", meeting=meetings[1]), status="unchecked")
    make_position(make_passage("GEHEIMAFGEWEZEN.", meeting=meetings[1]), status="rejected")
    make_position(make_passage("GEHEIMCONCEPT.", meeting=meetings[1], status="draft"))

    page = text(client.get(PAGE))

    assert "GEHEIM" not in page
    assert "Nog 1 is niet nagekeken, en staat hier niet." in page


def test_an_empty_side_says_what_is_missing(client, meetings, topic):
    say(meetings[0], BEFORE, topics=[topic])
    meetings[1].is_announced = True
    meetings[1].save()

    nothing_held = text(client.get(PAGE))
    make_passage("De ministers spraken.", meeting=meetings[1])
    nothing_checked = text(client.get(f"/vergelijken/?eerste={FIRST}&onderwerp=oekraine&tweede={SECOND}"))
    no_report = text(client.get(f"{PAGE}&tweede-soort=verslag"))

    assert "Van deze bijeenkomst staat geen brief in deze verzameling." in nothing_held
    assert "In deze brieven staat geen nagekeken standpunt over Oekraïne." in nothing_checked
    assert "staat in deze verzameling geen brief van de soort “verslag”" in no_report


def test_a_letter_about_both_meetings_is_not_compared_with_itself(client, meetings):
    letter = make_letter(meetings=meetings)
    make_position(make_paragraph(make_section(letter), BEFORE))
    say(meetings[1], AFTER)

    response = client.get(PAGE)

    assert relations(response) == [
        "Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 3 april 2024"
    ]
    assert (
        "1 zin staat in een brief over beide bijeenkomsten; die is hier niet met zichzelf vergeleken."
        in text(response)
    )


def test_the_same_on_both_sides_asks_for_another_choice(client, meetings):
    say(meetings[0], BEFORE)

    page = text(client.get(f"/vergelijken/?eerste={FIRST}&tweede={FIRST}"))

    assert "Aan beide kanten is hetzelfde gekozen." in page


def test_a_sentence_with_two_positions_stands_once_with_both_verbs(client, meetings):
    [position] = say(meetings[0], BEFORE)
    make_position(position.paragraph, BEFORE, stance="call", verb="roept op")
    say(meetings[1], AFTER)

    html = main(client.get(PAGE))

    assert html.count('<figure class="quotation') == 2
    assert re.findall(r'class="stance stance--(\w+)"', html) == ["support", "call", "support"]


def test_too_many_positions_are_not_compared_and_the_page_says_what_to_do(client, meetings, monkeypatch):
    monkeypatch.setattr(comparison_sides, "MOST", 1)
    say(meetings[0], BEFORE, "Nederland steunt dit.")
    say(meetings[1], AFTER)

    response, file = client.get(PAGE), client.get(f"/vergelijken/?eerste={FIRST}&format=docx&tweede={SECOND}")

    assert relations(response) == []
    assert "kies een onderwerp, of één soort brief" in text(response)
    assert file.status_code == 400


def test_without_a_choice_the_page_offers_meetings_and_topics(client, meetings, topic):
    say(meetings[0], BEFORE, topics=[topic])
    say(meetings[1], AFTER)

    everything = client.get("/vergelijken/")
    on_topic = client.get("/vergelijken/?onderwerp=oekraine")

    def offered(response):
        return re.findall(r'<option value="(\d[^"]+)">([^<]+)<', main(response))

    first = (FIRST, "NAVO-ministers van Buitenlandse Zaken, 28 november 2023 (1)")
    second = (SECOND, "NAVO-ministers van Buitenlandse Zaken, 3 april 2024 (1)")
    assert offered(everything) == [second, first] * 2
    assert offered(on_topic) == [first] * 2
    assert relations(everything) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (f"eerste={FIRST}", ["Kies ook de tweede bijeenkomst."]),
        (f"eerste-soort=verslag&tweede={SECOND}", ["Kies ook de eerste bijeenkomst."]),
        ("onderwerp=oekraine", []),
    ],
)
def test_with_one_meeting_the_page_says_which_is_still_to_be_chosen(client, meetings, topic, asked, told):
    say(meetings[0], BEFORE)
    say(meetings[1], AFTER)

    page = main(client.get(f"/vergelijken/?{asked}"))

    assert re.findall(r'<p class="compared__note" id="ontbreekt">([^<]+)</p>', page) == told
    assert page.count('aria-describedby="ontbreekt"') == len(told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (f"eerste={FIRST}&tweede=bestaat-niet", "Er is geen bijeenkomst “bestaat-niet”."),
        (f"eerste={FIRST}&eerste={SECOND}", "kan maar één waarde hebben"),
        (
            f"eerste={FIRST}&eerste-soort=folder",
            "“folder” is geen waarde van het filter soort brief, eerste kant.",
        ),
        ("format=csv", "“csv” is geen waarde van format. Wel mogelijk: docx."),
        ("q=iets", "“q” kent deze pagina niet."),
    ],
)
def test_what_the_page_does_not_know_is_a_400_that_says_so(client, meetings, asked, told):
    say(meetings[0], BEFORE)
    say(meetings[1], AFTER)

    response = client.get(f"/vergelijken/?{asked}")

    assert response.status_code == 400
    assert told in text(response)


def test_a_comparison_has_one_address(client, meetings):
    say(meetings[0], BEFORE)
    say(meetings[1], AFTER)

    response = client.get(
        f"/vergelijken/?tweede={SECOND}&eerste={FIRST}&eerste-soort=&onderwerp=&tweede-soort="
    )

    assert (response.status_code, response["Location"]) == (301, PAGE)
    assert f'<link rel="canonical" href="http://testserver{PAGE.replace("&", "&amp;")}">' in client.get(
        PAGE
    ).content.decode().replace("&#x27;", "'")


def test_it_is_a_word_file_of_two_columns_with_citations_in_footnotes(client, meetings):
    [position] = say(meetings[0], BEFORE)
    make_submission(position.letter, paper_number="kst-28676-446", session_year="2023-2024")
    [*_both, welcome] = say(meetings[1], AFTER, "Het kabinet verwelkomt de toetreding van Zweden.")
    make_position(make_paragraph(welcome.paragraph.section, "Nederland steunt dit."), status="unchecked")

    content = download(client, f"/vergelijken/?eerste={FIRST}&format=docx&tweede={SECOND}")

    document = docx.Document(io.BytesIO(content))
    [table] = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [
        [
            "NAVO-ministers van Buitenlandse Zaken, 28 november 2023\n1 standpunt",
            "NAVO-ministers van Buitenlandse Zaken, 3 april 2024\n"
            "2 standpunten. Nog 1 is niet nagekeken, en staat hier niet.",
        ],
        ["In beide, andere woorden"] * 2,
        [f"steunt\n{BEFORE}", f"steunt\n{AFTER}"],
        ["Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 3 april 2024"] * 2,
        ["–", "steunt\nHet kabinet verwelkomt de toetreding van Zweden."],
    ]
    struck = [
        run.text
        for cell in table.rows[2].cells
        for one in cell.paragraphs
        for run in one.runs
        if run.font.strike
    ]
    underlined = [
        run.text
        for cell in table.rows[2].cells
        for one in cell.paragraphs
        for run in one.runs
        if run.font.underline
    ]
    assert (struck, underlined) == (["zoveel mogelijk"], ["andermaal"])
    assert next(iter(footnotes_of(content).values())) == "Kamerstukken II 2023/24, 28676, nr. 446, al. 1"
    assert len(footnotes_of(content)) == 3


def test_the_word_file_says_once_above_sentences_of_one_side_that_they_are(client, meetings):
    say(
        meetings[0],
        "Nederland pleitte voor spoed bij de levering van munitie.",
        "Nederland steunt het voorstel.",
    )
    [position] = say(meetings[1], WELCOME)
    unchecked = make_paragraph(position.paragraph.section, "Nederland steunt het voorstel.")

    document = docx.Document(
        io.BytesIO(download(client, f"/vergelijken/?eerste={FIRST}&format=docx&tweede={SECOND}"))
    )

    [table] = document.tables
    assert [[words(cell.text) for cell in row.cells] for row in table.rows[1:]] == [
        ["Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 28 november 2023"] * 2,
        ["steunt Nederland pleitte voor spoed bij de levering van munitie.", "–"],
        [
            "steunt Nederland steunt het voorstel. Deze zin staat ook in de andere brief "
            "(geannoteerde agenda, al. 2), daar niet als nagekeken standpunt.",
            "–",
        ],
        ["Als nagekeken standpunt alleen in: NAVO-ministers van Buitenlandse Zaken, 3 april 2024"] * 2,
        ["–", f"steunt {WELCOME}"],
    ]
    [link] = table.rows[3].cells[0].paragraphs[-1].hyperlinks
    assert link.url == f"http://testserver{unchecked.get_absolute_url()}"


def test_it_can_be_saved(admin_client, meetings):
    say(meetings[0], BEFORE)
    say(meetings[1], AFTER)

    saving = admin_client.get("/bewaard/nieuw/", {"weergave": PAGE})
    incomplete = admin_client.get("/bewaard/nieuw/", {"weergave": f"/vergelijken/?eerste={FIRST}"})

    assert saving.status_code == 200
    assert "Formuleringen vergeleken" in saving.content.decode()
    assert "Kies eerst twee bijeenkomsten" in incomplete.content.decode()


def test_twenty_sentences_ask_as_much_as_ten(client, meetings, topic):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    for meeting in meetings:
        for number in range(10):
            say(meeting, f"Nederland steunt voorstel nummer {number} van de bondgenoten.", topics=[topic])
    client.get(PAGE)
    ten = queries()
    for meeting in meetings:
        for number in range(10, 20):
            say(meeting, f"Nederland steunt voorstel nummer {number} van de bondgenoten.", topics=[topic])

    assert queries() == ten
    assert ten <= 40


def test_twenty_sentences_of_one_side_ask_as_much_as_ten(client, meetings):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "compared__elsewhere" in main(client.get(PAGE))
        return len(captured)

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            for meeting, other, sentence in (
                (*meetings, f"Voor agendapunt {number} pleitte Nederland voor spoed."),
                (*meetings[::-1], f"Het kabinet verwelkomt land {number}."),
            ):
                say(meeting, sentence)
                make_passage(sentence, meeting=other)

    add(0, 10)
    client.get(PAGE)
    ten = queries()
    add(10, 20)

    assert queries() == ten
    assert ten <= 40
