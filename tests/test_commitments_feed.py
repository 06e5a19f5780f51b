"""Commitments as an Atom feed: what is in it and in which order, what is told of what is gone, under which names."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import decisions
from letters.models import CommitmentMention, FollowUp, Paragraph, Position
from tests.factories import (
    make_follow_up,
    make_letter,
    make_meeting,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
    make_signatory,
    make_submission,
    make_topic,
)
from tests.test_commitments_page import FULFILS, PROMISE, REFERS
from tests.test_feeds import (
    at_moment,
    entries,
    feed,
    get,
    links,
    moment,
    passage_of,
    published_letter,
)

pytestmark = pytest.mark.django_db

FEED = "/toezeggingen/feed/"
LONG_AGO = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def days_ago(number: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=number)


def seen(row, since):
    """The row as it is when it was decided on at this moment, with a history that says so."""
    type(row).objects.filter(pk=row.pk).update(decided_at=since)
    row.history.update(history_date=since, decided_at=since)
    row.refresh_from_db()
    return row


def promise_in(letter, *, since=LONG_AGO, **fields) -> Position:
    return seen(make_position(passage_of(letter), stance="promise", **fields), since)


def mention_in(letter, *, since=LONG_AGO, **fields) -> CommitmentMention:
    return seen(make_mention(passage_of(letter), **fields), since)


def ids(client, query="") -> list[str]:
    return [get(entry, "id").rpartition(":")[2] for entry in entries(client, f"{FEED}{query}")]


def is_gone(entry) -> bool:
    return get(entry, "title").startswith("Ingetrokken op ")


def test_an_entry_quotes_whole_and_says_what_the_sentence_does_and_where_it_stands(client):
    letter = published_letter(
        f"Ervoor stond iets. {PROMISE}",
        date="2023-11-20",
        meetings=[make_meeting("2023-11-28")],
        slug="agenda",
        topics=[make_topic("oekraine", "Oekraïne")],
    )
    make_signatory(letter, "Hanke Bruins Slot", "minister van Buitenlandse Zaken")
    make_submission(letter, paper_number="kst-28676-446", session_year="2023-2024")
    promise = make_position(passage_of(letter), PROMISE, stance="promise", decided_at=timezone.now())

    root = feed(client, f"{FEED}?onderwerp=oekraine&q=ervoor")

    [entry] = root.findall("{http://www.w3.org/2005/Atom}entry")
    content = get(entry, "content")
    assert get(root, "title") == "Toezeggingen in brieven · Oekraïne · “ervoor” – NAVO-brieven"
    assert get(root, "id") == "tag:navo-brieven.invalid,2026:commitments?onderwerp=oekraine&q=ervoor"
    assert links(root)["alternate"] == "http://testserver/toezeggingen/?onderwerp=oekraine&q=ervoor"
    assert get(entry, "id") == f"tag:navo-brieven.invalid,2026:commitment/{promise.pk}"
    assert get(entry, "title") == "Nieuwe toezegging – Geannoteerde agenda, 28 november 2023: Oekraïne"
    assert links(entry)["alternate"] == "http://testserver/brieven/agenda/#al-1"
    assert f'<blockquote lang="nl"><p>{PROMISE}</p></blockquote>' in content
    assert "Kamerstukken II 2023/24, 28676, nr. 446, al. 1" in content
    assert "<p>Nieuwe toezegging.</p>" in content
    assert f"<p>Ervoor stond iets. {PROMISE}</p>" in content
    assert "In deze feed: Toezeggingen in brieven · Oekraïne · “ervoor”. Gevonden: “Ervoor”." in content
    assert entry.find("{http://www.w3.org/2005/Atom}author")[0].text.startswith("Hanke Bruins Slot")


def test_a_promise_is_another_entry_than_in_the_feed_of_positions(client):
    letter = published_letter(PROMISE)
    promise, mention = promise_in(letter), mention_in(published_letter(FULFILS))

    assert sorted(ids(client)) == [f"commitment/{promise.pk}", f"mention/{mention.pk}"]
    assert get(entries(client, "/standpunten/feed/")[0], "id").rpartition(":")[2] == f"position/{promise.pk}"


def test_what_became_public_last_comes_first_promise_or_mention_whatever_the_date_of_the_letter(client):
    old = published_letter(PROMISE, days_ago=900, date="2019-01-20")
    new = published_letter(FULFILS, days_ago=800, date="2026-01-20")
    first = promise_in(old, since=days_ago(20))
    second = mention_in(new, since=days_ago(10))
    third = mention_in(published_letter(REFERS, days_ago=5, date="2009-01-20"), since=LONG_AGO, kind="refers")

    found = entries(client, FEED)

    assert ids(client) == [f"mention/{third.pk}", f"mention/{second.pk}", f"commitment/{first.pk}"]
    assert [moment(entry, "published") for entry in found] == [
        third.letter.first_published_at,
        second.decided_at,
        first.decided_at,
    ]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("?soort=nieuw", ["commitment"]),
        ("?soort=komt-na", ["mention"]),
        ("?soort=verwijst", []),
        ("?onderwerp=oekraine", ["commitment"]),
        ("?q=voldaan", ["mention"]),
        ("?briefdatum-van=2024", ["mention"]),
    ],
)
def test_every_filter_of_the_list_holds_for_its_feed(client, query, kinds):
    promise_in(published_letter(PROMISE, topics=[make_topic("oekraine")], date="2023-01-01"))
    mention_in(published_letter(FULFILS, date="2024-01-01"))

    assert [one.partition("/")[0] for one in ids(client, query)] == kinds


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("sorteer=oudste", 301),
        ("format=csv", 301),
        ("kleur=rood", 400),
        ("soort=verslag", 400),
        ("pagina=2", 404),
    ],
)
def test_what_is_no_part_of_a_feed(client, query, status):
    assert client.get(f"{FEED}?{query}").status_code == status


def test_the_page_tells_programs_and_people_where_its_feed_is(client):
    make_topic("oekraine")

    html = client.get("/toezeggingen/?onderwerp=oekraine&sorteer=oudste").content.decode()

    assert (
        '<link rel="alternate" type="application/atom+xml" href="/toezeggingen/feed/?onderwerp=oekraine"'
        in html
    )
    assert "http://testserver/toezeggingen/feed/?onderwerp=oekraine</a>" in html


def test_a_link_is_told_at_both_ends_and_updates_them(client):
    promise = promise_in(published_letter(PROMISE, slug="agenda", date="2023-11-20"))
    mention = mention_in(published_letter(FULFILS, slug="verslag", date="2024-02-20", kind="report"))
    proposal = make_follow_up(promise, mention, status="unchecked")
    before = {get(entry, "id"): entry for entry in entries(client, FEED)}

    decisions.decide_follow_ups([proposal], "checked", by=None)
    after = {get(entry, "id"): entry for entry in entries(client, FEED)}

    of_promise, of_mention = f"commitment/{promise.pk}", f"mention/{mention.pk}"
    content = {name.rpartition(":")[2]: get(entry, "content") for name, entry in after.items()}
    assert all("Later in" not in get(one, "content") for one in before.values())
    assert all(moment(after[name], "updated") > moment(before[name], "updated") for name in after)
    assert 'Later in: <a href="http://testserver/brieven/verslag/#al-1">' in content[of_promise]
    assert f'komt een toezegging na: “<span lang="nl">{FULFILS}</span>”' in content[of_promise]
    assert 'Eerder: <a href="http://testserver/brieven/agenda/#al-1">' in content[of_mention]


def test_what_is_only_proposed_updates_nothing(client):
    promise = promise_in(published_letter(PROMISE))
    [before] = entries(client, FEED)

    proposed = make_mention(passage_of(published_letter(FULFILS)), status="unchecked")
    make_mention(promise.paragraph, kind="refers", status="unchecked")
    make_follow_up(promise, proposed, status="unchecked")
    [after] = entries(client, FEED)

    assert get(before, "updated") == get(after, "updated")


def test_a_sentence_that_promises_and_refers_is_one_entry(client):
    letter = published_letter(REFERS)
    promise = promise_in(letter)
    [before] = entries(client, FEED)

    mention = make_mention(passage_of(letter), kind="refers", status="unchecked")
    decisions.decide_mentions([mention], "checked", by=None)
    [after] = entries(client, FEED)

    assert ids(client) == ids(client, "?soort=verwijst") == [f"commitment/{promise.pk}"]
    assert "<p>Nieuwe toezegging · Verwijst naar een toezegging.</p>" in get(after, "content")
    assert moment(after, "updated") > moment(before, "updated")


def test_what_nobody_looked_at_is_in_the_feed_on_request_and_marked(client):
    make_mention(passage_of(published_letter(FULFILS)), status="unchecked")

    [entry] = entries(client, f"{FEED}?ongecontroleerd=ja")

    assert entries(client, FEED) == []
    assert "door computer herkend, niet nagekeken" in get(entry, "content")


def test_in_english_it_is_another_feed_of_the_same_entries(client):
    promise = promise_in(published_letter(PROMISE))

    root = feed(client, f"/en{FEED}")

    [entry] = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert get(root, "id") == "tag:navo-brieven.invalid,2026:en/commitments"
    assert get(entry, "id") == f"tag:navo-brieven.invalid,2026:commitment/{promise.pk}"
    assert f'<blockquote lang="nl"><p>{PROMISE}</p>' in get(entry, "content")
    assert get(entry, "title").startswith("New commitment – Annotated agenda")


# What is gone


def reject(row):
    decide = decisions.decide if isinstance(row, Position) else decisions.decide_mentions
    decide([row], "rejected", by=None)


def reopen(row):
    decide = decisions.decide if isinstance(row, Position) else decisions.decide_mentions
    decide([row], "unchecked", by=None)


def withdraw(row):
    decisions.withdraw(row.letter, by=None, reason="Per abuis geplaatst.")


def take_words_out(row):
    row.paragraph = None
    row.save()


def call_it_an_action(row):
    decisions.decide([row], "checked", by=None, corrections={"stance": "action"})


NO_PROMISE = "Bij nader inzien is dit geen toezegging aan de Kamer."
NO_MENTION = "Bij nader inzien gaat deze zin niet over een eerdere toezegging."


@pytest.mark.parametrize(
    ("make", "act", "reason"),
    [
        (promise_in, withdraw, "Per abuis geplaatst."),
        (mention_in, withdraw, "Per abuis geplaatst."),
        (promise_in, reject, NO_PROMISE),
        (mention_in, reject, NO_MENTION),
        (promise_in, call_it_an_action, NO_PROMISE),
        (promise_in, take_words_out, "Deze woorden staan niet meer in de brief."),
        (mention_in, take_words_out, "Deze woorden staan niet meer in de brief."),
        (promise_in, reopen, "Deze zin wordt opnieuw nagekeken."),
        (mention_in, reopen, "Deze zin wordt opnieuw nagekeken."),
    ],
)
def test_what_is_gone_is_told_under_its_id_without_its_words(client, make, act, reason):
    row = make(published_letter("Geheime woorden.", days_ago=900, kind="report", subject="Geheim"))
    [before] = entries(client, FEED)

    act(row)
    response = client.get(FEED)
    [after] = entries(client, FEED)

    assert is_gone(after)
    assert reason in get(after, "content")
    assert "eheim" not in response.content.decode()
    assert (get(after, "id"), get(after, "published")) == (get(before, "id"), get(before, "published"))
    assert moment(after, "updated") > moment(before, "updated")


def test_what_was_gone_last_comes_before_what_became_public_earlier(client):
    gone, here = (promise_in(published_letter(PROMISE, days_ago=days)) for days in (9, 5))

    reject(gone)

    assert ids(client) == [f"commitment/{gone.pk}", f"commitment/{here.pk}"]
    assert [is_gone(entry) for entry in entries(client, FEED)] == [True, False]


def test_what_is_called_a_promise_again_is_back_and_was_published_when_it_first_was(client):
    promise = promise_in(published_letter(PROMISE, days_ago=900))
    [before] = entries(client, FEED)

    call_it_an_action(promise)
    decisions.decide([promise], "checked", by=None, corrections={"stance": "promise"})
    [after] = entries(client, FEED)

    assert not is_gone(after)
    assert (get(after, "id"), get(after, "published")) == (get(before, "id"), get(before, "published"))


def test_what_became_a_promise_later_was_published_then(client):
    position = seen(make_position(passage_of(published_letter(PROMISE, days_ago=1500))), LONG_AGO)

    decisions.decide([position], "checked", by=None, corrections={"stance": "promise"})
    [entry] = entries(client, FEED)

    position.refresh_from_db()
    assert moment(entry, "published") == position.decided_at


def test_a_position_that_never_was_a_promise_is_told_to_nobody_here(client):
    position = seen(make_position(passage_of(published_letter(PROMISE, days_ago=9))), LONG_AGO)

    reject(position)

    assert entries(client, FEED) == []
    assert len(entries(client, "/standpunten/feed/")) == 1


def test_a_proposal_that_is_rejected_is_told_only_where_proposals_are_shown(client):
    mention = make_mention(passage_of(published_letter(FULFILS, days_ago=9)), status="unchecked")
    at_moment(mention, days_ago(8))

    reject(mention)

    assert entries(client, FEED) == []
    assert ids(client, "?ongecontroleerd=ja") == [f"mention/{mention.pk}"]


def test_of_a_sentence_that_promised_and_referred_one_entry_is_told(client):
    letter = published_letter(REFERS, days_ago=9)
    promise, mention = promise_in(letter), mention_in(letter, kind="refers")

    reject(mention)
    without_mention = [
        (name, is_gone(one)) for name, one in zip(ids(client), entries(client, FEED), strict=True)
    ]
    decisions.decide_mentions([mention], "checked", by=None)
    withdraw(promise)

    assert without_mention == [(f"commitment/{promise.pk}", False)]
    assert ids(client) == ids(client, "?soort=verwijst") == [f"commitment/{promise.pk}"]


def test_a_mention_that_stood_alone_after_its_promise_was_rejected_is_told_when_it_goes(client):
    letter = published_letter(REFERS, days_ago=9)
    promise, mention = promise_in(letter), mention_in(letter, kind="refers")

    reject(promise)
    alone = ids(client)
    reject(mention)

    assert sorted(alone) == sorted(ids(client)) == [f"commitment/{promise.pk}", f"mention/{mention.pk}"]
    assert [is_gone(entry) for entry in entries(client, FEED)] == [True, True]


FILTERS = [
    ("onderwerp=veiligheid", "onderwerp=china"),  # what it falls under
    ("q=kamer", "q=kernwapens"),
    ("briefdatum-van=2021", "briefdatum-van=2022"),
    ("van=2021", "van=2022"),
    ("bewindspersoon=stef-blok", "bewindspersoon=kajsa-ollongren"),
]


@pytest.mark.parametrize(
    ("make", "fits", "fits_not"),
    [
        *[(make, *pair) for make in (promise_in, mention_in) for pair in FILTERS],
        (promise_in, "soort=nieuw", "soort=komt-na"),
        (mention_in, "soort=komt-na", "soort=nieuw"),
        (mention_in, "soort=komt-na", "soort=verwijst"),
    ],
)
@pytest.mark.parametrize("act", [withdraw, reject])
def test_what_is_gone_is_told_to_the_feeds_that_it_fitted(client, make, fits, fits_not, act):
    above = make_topic("veiligheid")
    make_topic("china")
    letter = published_letter(
        "De Kamer wordt geïnformeerd.",
        days_ago=900,
        date="2021-04-01",
        meetings=[make_meeting("2021-03-23")],
        topics=[make_topic("oekraine", parent=above)],
    )
    make_signatory(letter)
    other = published_letter("Iets.", date="2020-01-01")
    make_signatory(other)
    make_signatory(other, "Kajsa Ollongren")

    act(make(letter))

    assert len(ids(client, f"?{fits}")) == 1
    assert ids(client, f"?{fits_not}") == []


def test_a_mention_was_in_the_feed_of_the_topics_of_positions_beside_it(client):
    letter = published_letter(FULFILS, days_ago=9)
    make_position(passage_of(letter), "Met deze brief", topics=[make_topic("oekraine")])
    mention = mention_in(letter)
    before = ids(client, "?onderwerp=oekraine")

    reject(mention)

    assert before == ids(client, "?onderwerp=oekraine") == [f"mention/{mention.pk}"]


def test_a_draft_is_in_no_feed(client):
    paragraph = make_paragraph(make_section(make_letter(status="draft")), FULFILS)
    make_mention(paragraph, status="rejected")
    make_mention(make_paragraph(paragraph.section, REFERS))
    make_position(paragraph, stance="promise")

    assert entries(client, FEED) == []


def test_a_long_feed_has_pages_that_together_hold_everything_once_and_in_order(client):
    for number in range(12):
        letter = published_letter(PROMISE, days_ago=40 - number)
        promise_in(letter)
        for _ in range(9):
            paragraph = make_paragraph(letter.sections.get(), FULFILS)
            seen(make_mention(paragraph), LONG_AGO)
        if number % 3 == 0:
            decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")
            letter.publications.update(at=days_ago(35 - number))

    found = [one for page in ("", "?pagina=2", "?pagina=3") for one in entries(client, f"{FEED}{page}")]

    moments = [moment(one, "updated" if is_gone(one) else "published") for one in found]
    assert len({get(one, "id") for one in found}) == len(found) == 120
    assert sum(map(is_gone, found)) == 40
    assert moments == sorted(moments, reverse=True)
    assert client.get(f"{FEED}?pagina=4").status_code == 404


def test_it_asks_as_many_queries_for_few_entries_as_for_many(client):
    def add(number):
        letter = published_letter(
            PROMISE, meetings=[make_meeting(f"2023-11-{number:02}")], slug=f"b-{number}"
        )
        make_signatory(letter)
        promise = promise_in(letter)
        later = published_letter(FULFILS, slug=f"c-{number}")
        make_follow_up(promise, mention_in(later))
        return letter, later

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{FEED}?q=kamer")
        return len(asked)

    def withdraw_some(letters):
        for letter in letters:
            decisions.withdraw(letter, by=None, reason="Per abuis geplaatst.")

    add(1)
    withdraw_some(add(2))
    queries()
    few = queries()
    for number in range(3, 7):
        add(number)
        withdraw_some(add(number + 10))

    queries()
    assert queries() == few
    assert FollowUp.objects.count() == 10
    assert Paragraph.objects.count() == 20


def test_a_view_that_was_saved_counts_a_mention_from_when_it_was_checked(client):
    letter = published_letter(FULFILS, days_ago=900)
    mention_in(letter, since=days_ago(2))

    def new_since(moment):
        asked = {"weergave": "/toezeggingen/", "sinds": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
        return client.get("/telling/", asked).json()["new"]

    assert (new_since(days_ago(3)), new_since(days_ago(1))) == (1, 0)
