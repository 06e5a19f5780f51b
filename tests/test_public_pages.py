"""The pages that are read: letter, meeting, topic, start. What is public at all: ``test_what_is_public``."""

import datetime
import re

import pytest
from django.utils import timezone

from letters.models import LetterRedirect, Publication, TopicName, TopicRedirect
from tests.factories import (
    make_agenda_topic,
    make_citation,
    make_footnote,
    make_letter,
    make_meeting,
    make_note,
    make_original,
    make_paragraph,
    make_passage,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db


def main(response) -> str:
    return response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]


def text(response) -> str:
    """The visible words of a page's main part, in one line."""
    return words(main(response))


def words(html: str) -> str:
    return re.sub(r"\s+([.,:;)])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", html).split()))


@pytest.fixture
def meeting():
    return make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")


@pytest.fixture
def pages(meeting):
    """The address of one page of every kind, with the title that a browser shows for it."""
    topic = make_topic("oekraine", "Oekraïne")
    make_passage(
        "Nederland steunt Oekraïne.",
        slug="brief",
        subject="Agenda van de top",
        meeting=meeting,
        topics=[topic],
    )
    return {
        "/": "Wat het kabinet de Kamer schrijft over de NAVO",
        "/zoeken/": "Alle passages",
        "/standpunten/": "Alle standpunten",
        "/brieven/": "Alle brieven",
        "/brieven/brief/": "Agenda van de top",
        "/bijeenkomsten/": "Bijeenkomsten",
        meeting.get_absolute_url(): "NAVO-ministers van Buitenlandse Zaken, 28–29 november 2023",
        "/onderwerpen/": "Onderwerpen",
        topic.get_absolute_url(): "Oekraïne",
    }


def test_every_page_has_a_title_a_language_and_one_address(client, pages):
    for address, title in pages.items():
        html = client.get(address).content.decode()

        assert f"<title>{title} – NAVO-brieven</title>" in html
        assert '<html lang="nl"' in html
        assert html.count("<h1") == 1
        assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_every_page_but_the_start_has_breadcrumbs(client, pages):
    for address in pages:
        crumbs = 'aria-label="Kruimelpad"' in client.get(address).content.decode()

        assert crumbs == (address != "/")


def test_every_page_refuses_what_it_does_not_know_and_drops_how_someone_came(client, pages):
    for address in pages:
        assert client.get(f"{address}?kleur=rood").status_code == 400
        response = client.get(f"{address}?utm_source=brief")
        assert (response.status_code, response["Location"]) == (301, address)


def test_no_page_takes_anything_but_reading(client, pages):
    for address in pages:
        assert client.post(address).status_code == 405


def test_an_unknown_address_is_a_dutch_404(client):
    for address in [
        "/brieven/niets/",
        "/bijeenkomsten/niets/",
        "/onderwerpen/niets/",
        "/originelen/7/",
        "/niets/",
    ]:
        response = client.get(address)

        assert response.status_code == 404
        assert "Deze pagina is er niet" in text(response)


# Letter


def test_an_old_address_of_a_letter_leads_to_it_for_ever(client):
    letter = make_letter(slug="kst-28676-446")
    LetterRedirect.objects.create(slug="2023-11-20-agenda", letter=letter)

    response = client.get("/brieven/2023-11-20-agenda/")

    assert (response.status_code, response["Location"]) == (301, "/brieven/kst-28676-446/")


def test_a_withdrawn_letter_is_gone_with_the_last_date_and_reason(client):
    letter = make_letter(slug="weg", status="withdrawn")
    letter.publications.all().delete()
    for day, reason in [(3, "Eerste reden."), (9, "Laatste reden.")]:
        at = datetime.datetime(2024, 5, day, 12, tzinfo=datetime.UTC)
        Publication.objects.create(letter=letter, action="withdrawn", at=at, reason=reason)
    Publication.objects.create(letter=letter, action="published", at=timezone.now())

    response = client.get("/brieven/weg/")

    assert response.status_code == 410
    assert "9 mei 2024" in text(response)
    assert "Laatste reden." in text(response)
    assert "Eerste reden." not in text(response)


def test_a_letter_is_whole_and_in_order(client):
    letter = make_letter(slug="brief")
    for heading, texts in [("Oekraïne", ["Eerste alinea.", "Tweede alinea."]), ("China", ["Derde alinea."])]:
        section = make_section(letter, heading)
        for one in texts:
            make_paragraph(section, one)

    html = main(client.get("/brieven/brief/"))

    found = re.findall(r'id="al-(\d+)"|<h2>([^<]*)</h2>|paragraph__text">([^<]*)</p>', html)
    assert ["".join(parts) for parts in found] == [
        "Oekraïne", "1", "Eerste alinea.", "2", "Tweede alinea.", "China", "3", "Derde alinea.",
    ]  # fmt: skip


def test_positions_are_marked_in_the_text_and_named_beside_it(client):
    paragraph = make_passage("Ministers spraken. Nederland riep op tot steun.", slug="brief", kind="report")
    make_position(paragraph, "Nederland riep op tot steun.", stance="call", verb="riep op")

    response = client.get("/brieven/brief/")

    assert (
        'Ministers spraken. <span class="position position--call">Nederland riep op tot steun.</span>'
        in main(response)
    )
    assert "riep op (roept op of vraagt) inbreng · nagekeken" in text(response)


def test_footnotes_stand_under_their_paragraph_and_number_through_the_letter(client):
    letter = make_letter(slug="brief")
    section = make_section(letter)
    for _number in range(2):
        make_footnote(make_paragraph(section, "Zie de noot."), "Een noot.", mark="1")

    html = main(client.get("/brieven/brief/"))

    assert re.findall(r'id="(v[mn]-\d)"', html) == ["vm-1", "vn-1", "vm-2", "vn-2"]


def test_a_reference_leads_to_our_letter_when_we_hold_it_and_else_to_the_official_page(client):
    make_submission(make_letter(slug="gehouden"), paper_number="kst-28676-353")
    make_submission(make_letter(slug="concept", status="draft"), paper_number="kst-28676-400")
    paragraph = make_passage("Zie nr. 353, nr. 400 en de noot.", slug="brief")
    make_citation(paragraph, "nr. 353", "kst-28676-353")
    make_citation(paragraph, "nr. 400", "kst-28676-400")
    footnote = make_footnote(paragraph, "Kamerstuk 36 410, nr. 2")
    make_citation(paragraph, "36 410, nr. 2", "kst-36410-2", footnote=footnote)

    html = main(client.get("/brieven/brief/"))

    assert '<a href="/brieven/gehouden/">nr. 353</a>' in html
    assert '<a href="https://zoek.officielebekendmakingen.nl/kst-28676-400.html">nr. 400</a>' in html
    assert (
        'Kamerstuk <a href="https://zoek.officielebekendmakingen.nl/kst-36410-2.html">36 410, nr. 2</a>'
        in html
    )


def test_what_is_known_of_a_letter_leads_to_others_that_share_it(client, meeting, settings, tmp_path):
    settings.ORIGINALS_DIR = tmp_path
    older = make_letter(slug="ouder", subject="De eerdere agenda")
    letter = make_letter(slug="brief", kind="report", meetings=[meeting], replaces=older)
    make_section(letter, topics=[make_topic("oekraine", "Oekraïne")])
    make_signatory(letter, "Stef Blok")
    make_signatory(letter, "", "minister van Defensie", signs=False)
    make_submission(letter, "eerste-kamer", paper_number="kst-28676-B", session_year="2023-2024")
    original = make_original(letter, name="brief.pdf")

    html = main(client.get("/brieven/brief/"))

    for link in [
        '<a href="/brieven/?soort=verslag">Verslag</a>',
        '<a href="/brieven/?kamer=eerste-kamer">Eerste Kamer</a>',
        '<a href="/brieven/?bewindspersoon=stef-blok">Stef Blok, minister van Buitenlandse Zaken</a>',
        '<a href="/brieven/?bewindspersoon=minister-van-defensie">minister van Defensie</a>',
        f'<a href="{meeting.get_absolute_url()}">{meeting.name}</a>',
        '<a href="/onderwerpen/oekraine/">Oekraïne</a>',
        '<a href="/brieven/ouder/">De eerdere agenda</a>',
        '<a href="https://zoek.officielebekendmakingen.nl/kst-28676-B.html">Kamerstukken I 2023/24, 28676, B</a>',
        f'<a href="/originelen/{original.pk}/" download>brief.pdf</a>',
    ]:
        assert link in html
    for link in re.findall(r'href="(/brieven/\?[^"]*)"', html):
        assert client.get(link).status_code == 200
    assert "Vervangen door" in text(client.get("/brieven/ouder/"))


def test_an_english_annex_says_so(client):
    letter = make_letter(slug="brief")
    section = make_section(letter, "Annex", kind="annex", language="en")
    make_paragraph(section, "The Allies agreed.", language="en")

    html = main(client.get("/brieven/brief/"))

    assert '<div class="paragraph__body" lang="en">' in html


# Meeting


def meeting_side(kind, meeting, agenda_topic, sentence, *, session=None, **letter):
    """A letter of this kind with one position under the agenda topic."""
    section = make_section(
        make_letter(kind, meetings=[meeting], **letter),
        agenda_topic.heading,
        agenda_topics=[agenda_topic],
        session=session,
    )
    return make_position(make_paragraph(section, sentence))


def sides(response) -> list[str]:
    """The words of each half of each row, in order."""
    return [
        words(half.partition(">")[2]) for half in re.split(r'<div class="pair__side[ "]', main(response))[1:]
    ]


def test_intention_stands_beside_outcome_with_the_answers_between(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    meeting_side("report", meeting, agenda_topic, "Nederland riep op.", date="2023-12-06")
    meeting_side("annotated_agenda", meeting, agenda_topic, "Nederland zal oproepen.")
    meeting_side("committee_answers", meeting, agenda_topic, "Het kabinet antwoordt.", date="2023-11-24")

    before, after = sides(client.get(meeting.get_absolute_url()))

    assert before.startswith("Vooraf · geannoteerde agenda steunt")
    assert before.index("Nederland zal oproepen.") < before.index("Het kabinet antwoordt.")
    assert "beantwoording van de commissie" in before
    assert after.startswith("Achteraf · verslag steunt")
    assert "Nederland riep op." in after


def test_sessions_come_in_order_with_their_agenda_topics(client, meeting):
    second, first = (make_session(meeting, number, title=f"Titel {number}") for number in (2, 1))
    for session, heading in [(second, "China"), (first, "Oekraïne"), (None, "Diversen")]:
        agenda_topic = make_agenda_topic(meeting, heading, session=session)
        meeting_side("report", meeting, agenda_topic, "Nederland wil dit.", session=session)

    html = main(client.get(meeting.get_absolute_url()))

    headings = [words(heading) for heading in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html, re.DOTALL)]
    assert headings == [
        "Buiten de sessies",
        "Diversen",
        "Sessie 1 Titel 1",
        "Oekraïne",
        "Sessie 2 Titel 2",
        "China",
    ]


def test_only_a_letter_that_is_not_held_is_called_missing(client, meeting):
    held, other = make_agenda_topic(meeting, "Oekraïne"), make_agenda_topic(meeting, "China")
    meeting_side("annotated_agenda", meeting, held, "Nederland zal oproepen.")
    without_report = sides(client.get(meeting.get_absolute_url()))

    meeting_side("report", meeting, other, "Nederland riep op.")
    with_report = sides(client.get(meeting.get_absolute_url()))

    assert without_report[1] == "Achteraf · verslag Geen verslag in deze verzameling."
    assert "Geen verslag" not in " ".join(with_report)
    assert with_report[1].startswith("Achteraf · verslag Geen nagekeken standpunt bij dit agendapunt.")


def test_positions_of_the_introductions_have_a_row_of_their_own(client, meeting):
    for kind, sentence in [
        ("annotated_agenda", "Het kabinet hecht hieraan."),
        ("report", "Nederland dankte het gastland."),
    ]:
        section = make_section(make_letter(kind, meetings=[meeting]), "", kind="introduction")
        make_position(make_paragraph(section, sentence))

    response = client.get(meeting.get_absolute_url())

    assert response.context["introduction"].heading == "Inleiding"
    assert ["hecht hieraan" in sides(response)[0], "dankte" in sides(response)[1]] == [True, True]


def test_the_notes_of_an_agenda_topic_stand_under_it(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    meeting_side("report", meeting, agenda_topic, "Nederland riep op.")
    make_note("Het verslag noemt dit onder Rusland.", agenda_topic=agenda_topic)

    assert "Het verslag noemt dit onder Rusland." in text(client.get(meeting.get_absolute_url()))


def test_a_quotation_that_points_back_brings_the_sentence_before_it(client, meeting):
    section = make_section(
        make_letter("report", meetings=[meeting]), agenda_topics=[make_agenda_topic(meeting)]
    )
    paragraph = make_paragraph(
        section, "Bondgenoten spraken over steun. Nederland is daar voor. Nederland wil meer."
    )
    make_position(paragraph, "Nederland is daar voor.")
    make_position(paragraph, "Nederland wil meer.")

    for address in [meeting.get_absolute_url(), "/standpunten/"]:
        html = main(client.get(address))
        assert '<span class="quotation__before">Bondgenoten spraken over steun.</span>' in html
        assert html.count("quotation__before") == 1


def test_meetings_are_listed_by_year_the_newest_first(client):
    for day in ["2021-03-23", "2023-11-28", "2023-04-04"]:
        make_letter(meetings=[make_meeting(day)])

    html = main(client.get("/bijeenkomsten/"))

    assert re.findall(r'section__title">(\d+)|class="meta"><span>([^<]+)', html) == [
        ("2023", ""),
        ("", "28 november 2023"),
        ("", "4 april 2023"),
        ("2021", ""),
        ("", "23 maart 2021"),
    ]


# Topic


def test_an_old_address_of_a_topic_leads_to_where_it_went(client):
    topic = make_topic("oekraine")
    TopicRedirect.objects.create(slug="kiev", topic=topic)
    make_topic("kyiv", merged_into=topic)

    for old in ["kiev", "kyiv"]:
        response = client.get(f"/onderwerpen/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/onderwerpen/oekraine/")


def test_a_topic_says_what_it_is_called_and_what_goes_with_it(client):
    parent, other = make_topic("europa", "Europa"), make_topic("rusland", "Rusland")
    topic = make_topic(
        "oekraine", "Oekraïne", parent=parent, aliases=["NUC", "Kyiv"], description="Steun en oorlog."
    )
    TopicName.objects.create(topic=topic, name="Ukraine", language="en")
    make_passage(topics=[topic, other])

    page = text(client.get("/onderwerpen/oekraine/"))

    assert "Steun en oorlog." in page
    assert "Valt onder Europa." in page
    assert "Kyiv" in page
    assert "NUC" in page
    assert "Vaak samen met Rusland." in page


def test_a_topic_shows_its_positions_by_meeting_the_newest_first(client):
    topic = make_topic("oekraine", "Oekraïne")
    for day, sentence in [("2021-03-23", "Nederland steunt dit."), ("2023-11-28", "Nederland vreest dat.")]:
        make_position(make_passage(sentence, topics=[topic], meeting=make_meeting(day)))
    make_position(make_passage("Nederland doet iets anders."))

    response = client.get("/onderwerpen/oekraine/")

    assert re.findall(r"<p>(Nederland[^<]*)</p>", main(response)) == [
        "Nederland vreest dat.",
        "Nederland steunt dit.",
    ]
    assert "2 standpunten in 2 brieven" in text(response)
    assert 'href="/standpunten/?onderwerp=oekraine"' in main(response)


def test_of_one_meeting_the_report_comes_before_the_agenda(client, meeting):
    topic = make_topic("oekraine")
    for kind, date, sentence in [
        ("annotated_agenda", "2023-11-20", "Nederland zal oproepen."),
        ("report", "2023-12-06", "Nederland riep op."),
    ]:
        make_position(make_passage(sentence, kind=kind, date=date, topics=[topic], meeting=meeting))

    html = main(client.get("/onderwerpen/oekraine/"))

    assert re.findall(r"<p>(Nederland[^<]*)</p>", html) == ["Nederland riep op.", "Nederland zal oproepen."]


def test_topics_are_listed_by_name_with_their_passages_children_below(client):
    parent = make_topic("zuidflank", "Zuidflank")
    child = make_topic("irak", "Irak", parent=parent)
    make_topic("china", "China")
    make_passage(topics=[child])

    html = main(client.get("/onderwerpen/"))

    found = re.findall(r"<a href=\"/onderwerpen/[^>]*>([^<]+)</a><span>(\d+)</span>", html)
    assert found == [("China", "0"), ("Zuidflank", "1"), ("Irak", "1")]


# Start


def test_the_start_page_shows_topics_letters_and_meetings_ahead_and_behind(client):
    topic = make_topic("oekraine", "Oekraïne")
    make_topic("china", "China")
    make_passage(
        topics=[topic], meeting=make_meeting("2023-11-28"), subject="De oudere brief", date="2023-11-20"
    )
    make_passage(
        topics=[topic], meeting=make_meeting("2024-04-03"), subject="De nieuwere brief", date="2024-03-25"
    )
    ahead = timezone.localdate() + datetime.timedelta(days=30)
    make_meeting(ahead, is_announced=True)

    response = client.get("/")
    page = text(response)

    assert "Oekraïne 2" in page
    assert "China" not in page
    assert page.index("De nieuwere brief") < page.index("De oudere brief")
    assert [meeting.start for meeting in response.context["ahead"]] == [ahead]
    assert [meeting.start.year for meeting in response.context["behind"]] == [2024, 2023]


def test_an_empty_site_has_every_page(client):
    for address in ["/", "/zoeken/", "/standpunten/", "/brieven/", "/bijeenkomsten/", "/onderwerpen/"]:
        assert client.get(address).status_code == 200
