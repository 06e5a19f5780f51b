"""The lists as Atom feeds (RFC 4287): what is in them, in which order, under which names, and what is said of what is gone."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from letters import decisions, licence
from letters.models import Letter, Position
from tests.factories import (
    make_letter,
    make_meeting,
    make_paragraph,
    make_position,
    make_section,
    make_signatory,
    make_submission,
    make_topic,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
FEEDS = ["/zoeken/feed/", "/standpunten/feed/", "/brieven/feed/"]
LONG_AGO = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def feed(client, address):
    response = client.get(address)
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def entries(client, address):
    return feed(client, address).findall(f"{ATOM}entry")


def get(element, name):
    return element.findtext(f"{ATOM}{name}")


def links(element):
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def moment(element, name):
    return datetime.datetime.fromisoformat(get(element, name))


def published_letter(text="Nederland steunt Oekraïne.", *, days_ago=1, topics=(), **fields):
    """A letter that was published so many days ago, with one paragraph."""
    at = timezone.now() - datetime.timedelta(days=days_ago)
    letter = make_letter(first_published_at=at, **fields)
    make_paragraph(make_section(letter, topics=topics), text)
    return letter


def passage_of(letter):
    return letter.paragraphs.get()


def at_moment(row, moment):
    """Let what the history of a row says have happened at this moment."""
    row.history.update(history_date=moment)


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_rfc_4287_demands(client, address):
    letter = published_letter(date="2023-11-20")
    make_signatory(letter, "Hanke Bruins Slot", "minister van Buitenlandse Zaken")
    make_position(passage_of(letter), decided_at=timezone.now())

    root = feed(client, address)

    [entry] = root.findall(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    for element in (root, entry):
        for name in ["id", "title", "updated"]:
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert get(element, name)
        assert moment(element, "updated").tzinfo is not None
    assert root.find(f"{ATOM}author/{ATOM}name").text == "NAVO-brieven"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Hanke Bruins Slot, minister van Buitenlandse Zaken"
    assert root.get(f"{XML}lang") == "nl"
    assert get(root, "rights") == licence.in_words()
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert links(root)["self"] == f"http://testserver{address}"
    assert links(root)["alternate"] == f"http://testserver{address.removesuffix('feed/')}"
    assert list(links(entry)) == ["alternate"]


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_a_feed_that_is_the_same_each_time(client, address):
    first, again = client.get(address).content, client.get(address).content

    assert etree.fromstring(first).findall(f"{ATOM}entry") == []
    assert first == again


def test_an_entry_holds_the_passage_whole_with_its_positions_and_leads_to_it(client):
    letter = published_letter("Duitsland zweeg. Nederland steunt <Oekraïne> & meer.", slug="brief")
    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")
    make_position(passage_of(letter), "Nederland steunt <Oekraïne> & meer.")

    [entry] = entries(client, "/zoeken/feed/")

    content = get(entry, "content")
    assert "<p>Duitsland zweeg. Nederland steunt &lt;Oekraïne&gt; &amp; meer.</p>" in content
    assert "steunt (steunt of verwelkomt): “Nederland steunt &lt;Oekraïne&gt; &amp; meer.”" in content
    assert "Kamerstukken II 2023/24, 28676, nr. 446, al. 1" in content
    assert links(entry)["alternate"] == "http://testserver/brieven/brief/#al-1"


def test_an_entry_says_why_it_is_in_the_feed(client):
    topic = make_topic("oekraine", "Oekraïne")
    letter = published_letter(topics=[topic])
    make_position(passage_of(letter), stance="support")

    [entry] = entries(client, "/zoeken/feed/?onderwerp=oekraine&q=nederlandse&standpunt=steunt")

    assert "In deze feed: Oekraïne · steunt of verwelkomt · “nederlandse”." in get(entry, "content")
    assert "Standpunt: “Nederland steunt Oekraïne.”." in get(entry, "content")
    assert "Gevonden: “Nederland”." in get(entry, "content")


def test_a_position_is_quoted_with_the_sentence_before_it_when_it_points_back(client):
    letter = published_letter("De NAVO steunt Oekraïne. Nederland verwelkomt dit beleid.")
    make_position(passage_of(letter), "Nederland verwelkomt dit beleid.")

    [entry] = entries(client, "/standpunten/feed/")

    assert "<p>De NAVO steunt Oekraïne. Nederland verwelkomt dit beleid.</p>" in get(entry, "content")


def test_what_was_published_last_comes_first_whatever_the_date_of_the_letter(client):
    published_letter("Van dit jaar.", days_ago=3, date="2026-01-20")
    published_letter("Van lang geleden.", days_ago=1, date="2009-01-20")

    found = [
        get(entry, "content").partition("</p>")[0].rpartition(">")[2]
        for entry in entries(client, "/zoeken/feed/")
    ]

    assert found == ["Van lang geleden.", "Van dit jaar."]


def test_a_position_comes_at_the_moment_at_which_it_was_checked(client):
    old, new = (
        published_letter("Nederland steunt A.", days_ago=9),
        published_letter("Nederland steunt B.", days_ago=5),
    )
    make_position(passage_of(old), decided_at=timezone.now())
    make_position(passage_of(new), decided_at=timezone.now() - datetime.timedelta(days=7))

    found = entries(client, "/standpunten/feed/")

    assert [links(entry)["alternate"] for entry in found] == [
        f"http://testserver/brieven/{old.slug}/#al-1", f"http://testserver/brieven/{new.slug}/#al-1"
    ]  # fmt: skip
    assert moment(found[1], "published") == new.first_published_at


@pytest.mark.parametrize("address", FEEDS)
def test_every_filter_of_the_view_holds_for_its_feed(client, address):
    topic = make_topic("oekraine")
    sought = published_letter(
        "Nederland steunt Oekraïne.", kind="report", topics=[topic], meetings=[make_meeting("2021-03-23")]
    )
    other = published_letter(
        "Nederland steunt Oekraïne.", kind="report", meetings=[make_meeting("2022-03-23")]
    )
    for letter in (sought, other):
        make_position(passage_of(letter))

    found = entries(client, f"{address}?onderwerp=oekraine&q=steunt&soort=verslag&tot=2021&van=2021")

    assert [links(entry)["alternate"].partition("#")[0] for entry in found] == [
        f"http://testserver{sought.get_absolute_url()}"
    ]
    assert get(feed(client, f"{address}?onderwerp=oekraine"), "title") == "Oekraine – NAVO-brieven"


@pytest.mark.parametrize("address", FEEDS)
def test_another_spelling_of_a_feed_leads_to_its_one_address(client, address):
    make_topic("oekraine")

    response = client.get(f"{address}?soort=verslag&q=&onderwerp=oekraine&utm_source=x&pagina=1")

    assert (response.status_code, response["Location"]) == (
        301,
        f"{address}?onderwerp=oekraine&soort=verslag",
    )


@pytest.mark.parametrize("address", FEEDS)
def test_an_order_and_a_format_are_no_part_of_a_feed(client, address):
    for other in ["sorteer=oudste", "format=csv"]:
        response = client.get(f"{address}?{'&'.join(sorted([other, 'soort=verslag']))}")

        assert (response.status_code, response["Location"]) == (301, f"{address}?soort=verslag")


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("query", ["kleur=rood", "soort=notulen", "pagina=0"])
def test_what_a_feed_does_not_know_is_a_400(client, address, query):
    assert client.get(f"{address}?{query}").status_code == 400


def test_the_feed_of_a_topic_is_that_of_its_positions(client):
    make_topic("oekraine")

    response = client.get("/onderwerpen/oekraine/feed/")

    assert (response.status_code, response["Location"]) == (301, "/standpunten/feed/?onderwerp=oekraine")
    assert client.get("/onderwerpen/bestaat-niet/feed/").status_code == 404


def test_an_id_names_the_row_and_no_host(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    letter = published_letter()
    position = make_position(passage_of(letter))

    ids = [get(entries(client, address)[0], "id") for address in FEEDS]
    elsewhere = etree.fromstring(client.get("/zoeken/feed/", headers={"host": "elders.example"}).content)

    assert ids == [
        f"tag:navo-brieven.invalid,2026:passage/{passage_of(letter).pk}",
        f"tag:navo-brieven.invalid,2026:position/{position.pk}",
        f"tag:navo-brieven.invalid,2026:letter/{letter.pk}",
    ]
    assert get(elsewhere.find(f"{ATOM}entry"), "id") == ids[0]
    assert get(elsewhere, "id") == "tag:navo-brieven.invalid,2026:search"


def test_ids_stay_when_a_letter_gets_another_address_is_withdrawn_and_published_again(client):
    letter = published_letter(kind="other")
    before = [get(entry, "id") for entry in entries(client, "/zoeken/feed/")]

    make_submission(letter, paper_number="kst-28676-446")
    decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")
    withdrawn = [get(entry, "id") for entry in entries(client, "/zoeken/feed/")]
    decisions.publish(letter, by=None)
    after = entries(client, "/zoeken/feed/")

    assert before == withdrawn == [get(entry, "id") for entry in after]
    assert links(after[0])["alternate"] == "http://testserver/brieven/kst-28676-446/#al-1"
    assert moment(after[0], "updated") > moment(after[0], "published")


def test_a_feed_has_its_own_id_for_each_filter_and_keeps_it_on_further_pages(client):
    letter = published_letter(kind="report")
    for number in range(60):
        make_paragraph(letter.sections.get(), f"Alinea {number}.")

    whole, filtered = feed(client, "/zoeken/feed/"), feed(client, "/zoeken/feed/?soort=verslag")
    second = feed(client, "/zoeken/feed/?pagina=2&soort=verslag")

    assert get(whole, "id") == "tag:navo-brieven.invalid,2026:search"
    assert get(filtered, "id") == get(second, "id") == "tag:navo-brieven.invalid,2026:search?soort=verslag"


def test_a_long_feed_has_pages_that_lead_on_and_together_hold_everything_once(client):
    letter = published_letter("Alinea 0.")
    for number in range(1, 120):
        make_paragraph(letter.sections.get(), f"Alinea {number}.")

    address, ids, pages = "http://testserver/zoeken/feed/", [], []
    while address:
        root = feed(client, address.removeprefix("http://testserver"))
        pages.append(links(root))
        ids += [get(entry, "id") for entry in root.findall(f"{ATOM}entry")]
        address = links(root).get("next")

    assert len(ids) == len(set(ids)) == 120
    assert [sorted(page) for page in pages] == [
        ["alternate", "first", "next", "self"],
        ["alternate", "first", "next", "previous", "self"],
        ["alternate", "first", "previous", "self"],
    ]
    assert client.get("/zoeken/feed/?pagina=4").status_code == 404


def test_pages_hold_everything_once_and_in_order_where_much_was_withdrawn(client):
    for number in range(8):
        letter = published_letter("Alinea.", days_ago=20 - number, kind="other")
        for _ in range(19):
            make_paragraph(letter.sections.get(), "Alinea.")
        if number % 2:
            decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")
            letter.publications.update(at=timezone.now() - datetime.timedelta(days=25 - 3 * number))

    found = [
        one
        for page in ["", "?pagina=2", "?pagina=3", "?pagina=4"]
        for one in entries(client, f"/zoeken/feed/{page}")
    ]

    moments = [
        moment(entry, "updated" if get(entry, "title").startswith("Ingetrokken") else "published")
        for entry in found
    ]
    assert len({get(entry, "id") for entry in found}) == len(found) == 160
    assert moments == sorted(moments, reverse=True)


def test_positions_that_nobody_checked_are_in_no_feed_without_asking(client):
    letter = published_letter()
    make_position(passage_of(letter), status="unchecked", verb="verwelkomt")

    [passage] = entries(client, "/zoeken/feed/")
    [asked] = entries(client, "/zoeken/feed/?ongecontroleerd=ja")

    assert entries(client, "/standpunten/feed/") == []
    assert len(entries(client, "/standpunten/feed/?ongecontroleerd=ja")) == 1
    assert "verwelkomt" not in get(passage, "content")
    assert "niet nagekeken" in get(asked, "content")


def test_a_position_that_was_corrected_is_updated_and_keeps_its_place(client):
    letter = published_letter(days_ago=9)
    position = make_position(passage_of(letter), decided_at=LONG_AGO)
    at_moment(position, LONG_AGO)
    [before] = entries(client, "/standpunten/feed/")

    decisions.decide([position], Position.Status.CHECKED, by=None, corrections={"stance": "view"})
    [after] = entries(client, "/standpunten/feed/")

    assert get(before, "id") == get(after, "id")
    assert get(before, "published") == get(after, "published")
    assert moment(after, "updated") > moment(before, "updated")


@pytest.mark.parametrize("address", ["/zoeken/feed/", "/standpunten/feed/"])
def test_a_passage_whose_words_were_corrected_is_updated(client, address):
    letter = published_letter("Nederland steunt Oekrane. Duitsland ook.", days_ago=9)
    section, paragraph = letter.sections.get(), passage_of(letter)
    position = make_position(paragraph, "Nederland steunt Oekrane.", decided_at=LONG_AGO)
    for row in (section, position):
        at_moment(row, LONG_AGO)
    [before] = entries(client, address)

    paragraph.text = "Nederland steunt Oekrane. Duitsland niet."
    paragraph.save()
    section.save()  # as the form of the section does
    [after] = entries(client, address)

    assert get(before, "id") == get(after, "id")
    assert get(before, "updated") == get(before, "published")
    assert moment(after, "updated") > moment(before, "updated")


def test_a_position_that_was_taken_back_and_checked_again_was_published_when_it_first_was(client):
    letter = published_letter(days_ago=1500)
    position = make_position(passage_of(letter), decided_at=LONG_AGO)
    at_moment(position, LONG_AGO)
    [before] = entries(client, "/standpunten/feed/")

    decisions.decide([position], Position.Status.UNCHECKED, by=None)
    [withdrawn] = entries(client, "/standpunten/feed/")
    decisions.decide([position], Position.Status.CHECKED, by=None)
    [after] = entries(client, "/standpunten/feed/")

    assert moment(before, "published") == LONG_AGO > letter.first_published_at
    assert get(before, "published") == get(withdrawn, "published") == get(after, "published")
    assert moment(before, "updated") < moment(withdrawn, "updated") < moment(after, "updated")


def test_a_position_that_was_checked_and_taken_back_before_its_letter_was_public_counts_from_later(client):
    letter = published_letter(days_ago=1500)
    position = make_position(passage_of(letter), decided_at=LONG_AGO)
    decisions.decide([position], Position.Status.UNCHECKED, by=None)
    position.history.update(history_date=letter.first_published_at - datetime.timedelta(days=1))

    decisions.decide([position], Position.Status.CHECKED, by=None)
    [entry] = entries(client, "/standpunten/feed/")

    position.refresh_from_db()
    assert moment(entry, "published") == position.decided_at


def test_a_letter_that_gets_its_number_later_has_its_passages_updated(client):
    letter = published_letter(days_ago=9)
    [before] = entries(client, "/zoeken/feed/")

    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")
    [after] = entries(client, "/zoeken/feed/")

    assert moment(after, "updated") > moment(before, "updated")
    assert "28676, nr. 446" in get(after, "content")


def test_an_entry_of_a_letter_has_its_first_passage_that_fits_its_positions_and_why(client):
    letter = published_letter("Geachte voorzitter,", kind="report", slug="kst-28676-446")
    section = make_section(letter, "Oekraïne", topics=[make_topic("oekraine", "Oekraïne")])
    paragraph = make_paragraph(
        section, "Nederland steunt Oekraïne. Nederland riep op. Een. Twee.", anchor="9"
    )
    make_paragraph(section, "Nederland steunt ook later.", anchor="10")
    for sentence in ["Nederland steunt Oekraïne.", "Nederland riep op.", "Een.", "Twee."]:
        make_position(paragraph, sentence, verb=f"werkwoord {sentence}", decided_at=timezone.now())
    make_position(paragraph, "Nederland", verb="ongezien", status="unchecked")
    make_position(passage_of_other(letter), "Geachte", verb="van een ander onderwerp")

    [entry] = entries(client, "/brieven/feed/?onderwerp=oekraine&q=steunt")

    content = get(entry, "content")
    assert "Nederland steunt Oekraïne. Nederland riep op. Een. Twee.</p></blockquote>" in content
    assert "Geachte voorzitter" not in content
    assert 'href="http://testserver/brieven/kst-28676-446/#al-9"' in content
    assert "4 standpunten:" in content
    assert [
        f"werkwoord {one}" in content for one in ["Nederland steunt", "Nederland riep", "Een", "Twee"]
    ] == [
        True,
        True,
        True,
        False,
    ]
    assert "ongezien" not in content
    assert "van een ander onderwerp" not in content
    assert "Gevonden: “steunt”" in content
    assert "Onderwerp Oekraïne: van het onderdeel “Oekraïne”" in content


def passage_of_other(letter):
    return letter.paragraphs.order_by("pk").first()


def test_a_letter_of_which_a_position_is_checked_is_updated(client):
    letter = published_letter(days_ago=9, kind="other")
    position = make_position(passage_of(letter), status="unchecked")
    for row in (letter, letter.sections.get(), position):
        at_moment(row, LONG_AGO)
    [before] = entries(client, "/brieven/feed/")

    decisions.decide([position], Position.Status.CHECKED, by=None)
    [after] = entries(client, "/brieven/feed/")

    assert get(before, "updated") == get(before, "published")
    assert moment(after, "updated") > moment(before, "updated")
    assert "1 standpunt:" in get(after, "content")


# Withdrawn


@pytest.mark.parametrize("address", FEEDS)
def test_a_withdrawn_letter_stays_in_the_feeds_it_was_in_without_its_words(client, address):
    topic = make_topic("oekraine")
    letter = published_letter("Geheime woorden.", subject="Geheim onderwerp", topics=[topic], kind="report")
    make_position(passage_of(letter), decided_at=letter.first_published_at)
    [before] = entries(client, f"{address}?onderwerp=oekraine")

    decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")
    response = client.get(f"{address}?onderwerp=oekraine")
    [after] = entries(client, f"{address}?onderwerp=oekraine")

    assert get(after, "id") == get(before, "id")
    assert get(after, "published") == get(before, "published")
    assert moment(after, "updated") > moment(before, "updated")
    assert get(after, "title").startswith("Ingetrokken op ")
    assert "Per abuis geplaatst." in get(after, "content")
    assert "eheim" not in response.content.decode()
    assert after.find(f"{ATOM}author") is None
    assert entries(client, f"{address}?soort=geannoteerde-agenda") == []


@pytest.mark.parametrize("address", FEEDS)
def test_a_letter_that_was_withdrawn_past_the_log_breaks_no_feed(client, address):
    letter = make_letter(first_published_at=LONG_AGO)
    for one in (letter, make_letter()):
        make_position(make_paragraph(make_section(one)), decided_at=one.first_published_at)

    Letter.objects.filter(pk=letter.pk).update(status="withdrawn")

    assert [get(entry, "published")[:4] for entry in entries(client, address)] == [
        str(timezone.now().year),
        "2024",
    ]


@pytest.mark.parametrize("address", FEEDS)
def test_what_was_withdrawn_last_comes_before_what_was_published_earlier(client, address):
    letters = [published_letter(days_ago=days, kind="other") for days in (9, 5)]
    for letter in letters:
        make_position(passage_of(letter), decided_at=letter.first_published_at)

    decisions.withdraw(letters[0], by=None, reason="Per abuis geplaatst.")

    assert [get(entry, "title").startswith("Ingetrokken") for entry in entries(client, address)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("address", FEEDS)
def test_a_draft_is_in_no_feed(client, address):
    letter = make_letter(status="draft")
    make_position(make_paragraph(make_section(letter)), status="rejected")

    assert entries(client, address) == []


FILTERS = [
    ("q=steunt", "q=kernwapens"),
    ("soort=verslag", "soort=geannoteerde-agenda"),
    ("kamer=tweede-kamer", "kamer=eerste-kamer"),
    ("niveau=buitenlandse-zaken", "niveau=defensie"),
    ("van=2021", "van=2022"),
    ("tot=2021", "tot=2020"),
    ("briefdatum-van=2021", "briefdatum-van=2022"),
    ("briefdatum-tot=2021", "briefdatum-tot=2020"),
    ("standpunt=steunt", "standpunt=zorg"),
    ("moment=gesteld", "moment=voorgenomen"),
    ("standpunt=steunt&moment=gesteld", "standpunt=steunt&moment=voorgenomen"),
    ("onderwerp=veiligheid", "onderwerp=china"),  # what it falls under
]


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize(("fits", "fits_not"), FILTERS)
def test_what_is_withdrawn_is_told_to_the_feeds_that_it_fitted(client, address, fits, fits_not):
    above = make_topic("veiligheid")
    make_topic("china")
    letter = published_letter(
        "Nederland steunt Oekraïne.",
        kind="report",
        date="2021-04-01",
        meetings=[make_meeting("2021-03-23")],
        topics=[make_topic("oekraine", parent=above)],
    )
    make_submission(letter, "tweede-kamer")
    make_position(passage_of(letter), decided_at=letter.first_published_at)

    decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")

    assert len(entries_of(client, address, fits)) == 1
    assert entries_of(client, address, fits_not) == []


def entries_of(client, address, query):
    return etree.fromstring(client.get(f"{address}?{query}", follow=True).content).findall(f"{ATOM}entry")


def test_a_paragraph_that_came_after_the_withdrawal_was_never_public_and_is_not_told(client):
    letter = published_letter()
    decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")
    make_paragraph(letter.sections.get(), "Later toegevoegd.", anchor="")

    assert len(entries(client, "/zoeken/feed/")) == 1
    assert entries(client, "/zoeken/feed/?q=toegevoegd") == []


def test_a_position_that_was_public_and_is_rejected_later_says_so_without_words(client):
    letter = published_letter("Nederland steunt Oekraïne.", days_ago=9)
    position = make_position(passage_of(letter), decided_at=LONG_AGO)
    at_moment(position, LONG_AGO)
    [before] = entries(client, "/standpunten/feed/")

    decisions.decide([position], Position.Status.REJECTED, by=None)
    [after] = entries(client, "/standpunten/feed/")

    assert get(after, "id") == get(before, "id")
    assert get(after, "title").startswith("Ingetrokken op ")
    assert "geen standpunt van Nederland" in get(after, "content")
    assert "steunt" not in etree.tostring(after, encoding="unicode")


def test_a_position_that_is_to_be_checked_again_is_withdrawn_until_then(client):
    letter = published_letter(days_ago=9)
    position = make_position(passage_of(letter), decided_at=LONG_AGO)
    at_moment(position, LONG_AGO)

    decisions.decide([position], Position.Status.UNCHECKED, by=None)
    [withdrawn] = entries(client, "/standpunten/feed/")
    [asked] = entries(client, "/standpunten/feed/?ongecontroleerd=ja")
    decisions.decide([position], Position.Status.CHECKED, by=None)
    [again] = entries(client, "/standpunten/feed/")

    assert "opnieuw nagekeken" in get(withdrawn, "content")
    assert "Nederland steunt" in get(asked, "content")
    assert "Nederland steunt" in get(again, "content")
    assert get(withdrawn, "id") == get(asked, "id") == get(again, "id")


def test_a_position_that_was_rejected_before_it_was_ever_public_is_told_to_nobody(client):
    letter = published_letter(days_ago=1)
    position = make_position(passage_of(letter), decided_at=LONG_AGO)
    at_moment(position, LONG_AGO)
    position.status = "rejected"
    position.save()
    position.history.filter(status="rejected").update(
        history_date=letter.first_published_at - datetime.timedelta(days=1)
    )

    assert entries(client, "/standpunten/feed/") == []


def test_a_proposal_that_is_rejected_is_withdrawn_only_where_proposals_are_shown(client):
    letter = published_letter(days_ago=9)
    position = make_position(passage_of(letter), status="unchecked")
    at_moment(position, LONG_AGO)

    decisions.decide([position], Position.Status.REJECTED, by=None)

    assert entries(client, "/standpunten/feed/") == []
    [withdrawn] = entries(client, "/standpunten/feed/?ongecontroleerd=ja")
    assert get(withdrawn, "title").startswith("Ingetrokken op ")


def test_a_position_that_was_checked_while_its_letter_was_withdrawn_is_told_to_nobody(client):
    letter = published_letter(days_ago=9)
    position = make_position(passage_of(letter), status="unchecked")
    decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")

    decisions.decide([position], Position.Status.CHECKED, by=None)

    assert entries(client, "/standpunten/feed/") == []
    assert entries(client, "/zoeken/feed/?standpunt=steunt") == []


def test_a_position_that_was_rejected_while_its_letter_was_withdrawn_was_not_public_then(client):
    letter = published_letter(days_ago=9, kind="other")
    decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")
    position = make_position(passage_of(letter), decided_at=timezone.now())
    decisions.decide([position], Position.Status.REJECTED, by=None)
    decisions.publish(letter, by=None)

    assert entries(client, "/standpunten/feed/") == []


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_asks_as_many_queries_for_two_entries_as_for_ten(client, address):
    def add(number):
        letter = published_letter(meetings=[make_meeting(f"2023-11-{number:02}")], slug=f"b-{number}")
        make_signatory(letter)
        make_submission(letter, paper_number=f"kst-28676-{number}")
        make_position(passage_of(letter), decided_at=timezone.now())
        return letter

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{address}?q=steunt")
        return len(asked)

    decisions.withdraw(add(1), by=None, reason="Per abuis geplaatst.")
    add(2)
    queries()
    few = queries()
    for number in range(3, 7):
        decisions.withdraw(add(number), by=None, reason="Per abuis geplaatst.")
        add(number + 10)

    assert queries() == few
