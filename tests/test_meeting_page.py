"""The page of one meeting: before beside after."""

import datetime
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from letters import decisions
from tests.factories import (
    make_agenda_topic,
    make_letter,
    make_meeting,
    make_note,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_topic,
)
from tests.reading import main, text, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting("2023-11-28", end=datetime.date(2023, 11, 29), place="Brussel")


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

    before, between, after = sides(client.get(meeting.get_absolute_url()))

    assert before.startswith("Vooraf · geannoteerde agenda steunt")
    assert "Nederland zal oproepen." in before
    assert between.startswith("Daarna · beantwoording van de commissie steunt")
    assert "Het kabinet antwoordt." in between
    assert after.startswith("Achteraf · verslag steunt")
    assert "Nederland riep op." in after


def test_a_sentence_that_says_two_things_is_quoted_once_with_both(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "China")
    first = meeting_side(
        "annotated_agenda", meeting, agenda_topic, "Nederland heeft zorgen en zal dat zeggen."
    )
    make_position(first.paragraph, stance="view", verb="zal dat zeggen", with_others=True, status="unchecked")
    address = meeting.get_absolute_url()

    [checked], [all_of_it] = (
        [one for one in sides(client.get(asked)) if "zorgen" in one]
        for asked in (address, f"{address}?ongecontroleerd=ja")
    )

    assert checked.count("Nederland heeft zorgen") == all_of_it.count("Nederland heeft zorgen") == 1
    assert "zal dat zeggen (" not in checked
    assert "zal dat zeggen (vindt of benadrukt) met anderen door computer herkend" in all_of_it
    assert "inzet, met anderen" not in all_of_it


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
    without_report = client.get(meeting.get_absolute_url())

    meeting_side("report", meeting, other, "Nederland riep op.")
    with_report = client.get(meeting.get_absolute_url())

    assert state(without_report) == "Geen verslag in deze verzameling."
    assert [side.partition(" · ")[0] for side in sides(without_report)] == ["Vooraf"]
    assert "Geen verslag" not in text(with_report)
    assert sides(with_report)[1].startswith("Achteraf · verslag Geen nagekeken standpunt.")


def state(response) -> str:
    """What a visitor reads before the rows about the meeting and the letters."""
    found = re.search(r'<p class="meeting__state">(.*?)</p>', main(response), re.DOTALL)
    return words(found[1]) if found else ""


@pytest.mark.parametrize(
    ("status", "days_ahead", "kinds", "expected"),
    [
        ("", -30, ["annotated_agenda", "report"], ""),
        ("", -30, ["annotated_agenda"], "Geen verslag in deze verzameling."),
        ("", -30, ["report"], "Geen geannoteerde agenda in deze verzameling."),
        ("", -30, ["other"], "Geen geannoteerde agenda en geen verslag in deze verzameling."),
        (
            "",
            30,
            [],
            "Deze bijeenkomst moet nog worden gehouden. Over deze bijeenkomst is nog geen brief in deze verzameling.",
        ),
        (
            "",
            30,
            ["annotated_agenda"],
            "Deze bijeenkomst moet nog worden gehouden.",
        ),  # nobody expects a report yet
        ("", 0, ["annotated_agenda"], ""),  # it may be going on
        ("afgelast", -30, ["annotated_agenda"], "Deze bijeenkomst is afgelast."),
        ("uitgesteld", 30, ["annotated_agenda"], "Deze bijeenkomst is uitgesteld."),
    ],
)
def test_the_page_says_once_whether_the_meeting_was_held_and_which_letters_are_not_here(
    client, status, days_ahead, kinds, expected
):
    day = timezone.localdate() + datetime.timedelta(days=days_ahead)
    meeting = make_meeting(day, status=status, is_announced=True)
    for kind in kinds:
        make_letter(kind, meetings=[meeting])

    assert state(client.get(meeting.get_absolute_url())) == expected


def test_a_meeting_with_another_letter_only_shows_what_that_says(client, meeting):
    meeting_side("other", meeting, make_agenda_topic(meeting, "Oekraïne"), "Het kabinet steunt dit.")

    [side] = sides(client.get(meeting.get_absolute_url()))

    assert side.startswith("Andere brief steunt")
    assert "Het kabinet steunt dit." in side


def test_where_the_committee_was_answered_an_agenda_that_is_not_held_is_not_named_again(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    meeting_side("committee_answers", meeting, agenda_topic, "Het kabinet antwoordt.")
    meeting_side("report", meeting, agenda_topic, "Nederland riep op.")

    response = client.get(meeting.get_absolute_url())

    assert state(response) == "Geen geannoteerde agenda in deze verzameling."
    assert [side.partition(" · ")[0] for side in sides(response)] == ["Daarna", "Achteraf"]


def test_in_english_the_headings_of_letters_are_marked_as_dutch_and_ours_are_not(client, meeting):
    agenda = make_letter(meetings=[meeting])
    make_position(make_paragraph(make_section(agenda, "", kind="introduction")))
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    make_section(agenda, agenda_topic.heading, agenda_topics=[agenda_topic])

    html = main(client.get(f"/en{meeting.get_absolute_url()}"))

    headings = re.findall(r'<h\d class="(?:session__title|pair__heading)"([^>]*)>(.*?)</h\d>', html)
    assert headings == [("", "Introduction"), ("", "Agenda topics"), (' lang="nl"', "Oekraïne")]


def test_the_summary_counts_what_is_known_and_nothing_else(client, meeting):
    """An agenda topic in the agenda alone, of which nobody read the report, is not called missing from that."""
    both, absent, unknown = (make_agenda_topic(meeting, heading) for heading in ["China", "Balkan", "Irak"])
    agenda, report = (make_letter(kind, meetings=[meeting]) for kind in ["annotated_agenda", "report"])
    for agenda_topic in [both, absent, unknown]:
        make_paragraph(make_section(agenda, agenda_topic.heading, agenda_topics=[agenda_topic]))
    make_paragraph(make_section(report, "China", agenda_topics=[both]))
    decisions.establish_absence(absent, "report", by=None)

    summary = client.get(meeting.get_absolute_url()).context["summary"]

    assert summary == ["3 agendapunten", "1 in agenda en verslag", "1 niet genoemd in het verslag"]


def test_what_is_not_mentioned_leads_to_the_topic_in_letters_of_those_months(client, meeting):
    china = make_topic("china", "China")
    agenda_topic = make_agenda_topic(meeting, "China en de regio", topics=[china])
    meeting_side("annotated_agenda", meeting, agenda_topic, "Nederland zal oproepen.")
    make_letter("report", meetings=[meeting])
    decisions.establish_absence(agenda_topic, "report", by=None)

    response = client.get(meeting.get_absolute_url())

    today = date_format(timezone.localdate(), "j F Y")
    assert sides(response)[1] == (
        f"Achteraf · verslag Niet genoemd in het verslag Vastgesteld door de redactie op {today}."
        " China in brieven rond deze datum"
    )
    assert 'href="/zoeken/?onderwerp=china&amp;tot=2024-05-30&amp;van=2023-05-29"' in main(response)


def test_agenda_and_report_may_be_compared_and_one_without_the_other_not(client, meeting):
    make_letter("annotated_agenda", meetings=[meeting])
    agenda_only = client.get(meeting.get_absolute_url()).context["compare_url"]
    make_letter("report", meetings=[meeting])
    both = client.get(meeting.get_absolute_url()).context["compare_url"]

    slug = meeting.slug
    assert agenda_only == ""
    assert parse_qsl(urlsplit(both).query) == [
        ("eerste", slug),
        ("eerste-soort", "geannoteerde-agenda"),
        ("tweede", slug),
        ("tweede-soort", "verslag"),
    ]
    assert client.get(both).status_code == 200


def test_one_side_has_an_address_of_its_own_and_the_page_one_canonical_address(client, meeting):
    for kind in ["annotated_agenda", "report"]:
        meeting_side(kind, meeting, make_agenda_topic(meeting, kind), "Nederland steunt dit.")
    page = meeting.get_absolute_url()

    response = client.get(f"{page}?toon=achteraf")

    assert [(one["label"], one["url"], one["is_shown"]) for one in response.context["switch"]] == [
        ("Beide", page, False),
        ("Vooraf", f"{page}?toon=vooraf", False),
        ("Achteraf", f"{page}?toon=achteraf", True),
    ]
    assert 'data-shown="achteraf"' in main(response)
    assert response.context["canonical_url"] == f"http://testserver{page}"
    assert client.get(f"{page}?toon=alles").status_code == 400


def test_a_side_of_which_no_letter_is_held_cannot_be_chosen(client, meeting):
    meeting_side("report", meeting, make_agenda_topic(meeting), "Nederland steunt dit.")

    response = client.get(f"{meeting.get_absolute_url()}?toon=vooraf")

    assert [response.context["switch"], response.context["shown_side"]] == [[], ""]


def test_the_positions_of_a_meeting_may_be_downloaded_and_none_are_offered_without(client, meeting):
    letter = make_letter("report", meetings=[meeting])
    without = client.get(meeting.get_absolute_url()).context["downloads"]
    make_position(make_paragraph(make_section(letter)))
    offered = client.get(meeting.get_absolute_url()).context["downloads"]

    assert without == []
    assert [one["name"] for one in offered][:4] == ["Word", "Excel", "CSV", "JSON"]
    assert offered[2]["url"] == f"/standpunten/?bijeenkomst={meeting.slug}&format=csv"
    assert b"Nederland steunt Oekra" in b"".join(client.get(offered[2]["url"]).streaming_content)


def test_the_meetings_before_and_after_are_those_of_the_same_body_that_are_public(client):
    first, _other, middle, draft, last = [
        make_meeting(day, body=body)
        for day, body in [
            ("2022-04-01", "NAVO"),
            ("2022-05-01", "EU"),
            ("2022-06-01", "NAVO"),
            ("2022-07-01", "NAVO"),
            ("2022-08-01", "NAVO"),
        ]
    ]
    for meeting in [first, _other, middle, last]:
        make_letter(meetings=[meeting])
    make_letter(meetings=[draft], status="draft")

    context = client.get(middle.get_absolute_url()).context

    assert [context["previous"], context["next"]] == [first, last]


def test_a_long_meeting_begins_with_its_contents(client, meeting):
    session = make_session(meeting, 1, title="Oekraïne")
    headings = ["Oekraïne", "China", "Balkan", "Irak", "Cyber", "Klimaat"]
    agenda = make_letter(meetings=[meeting])
    topics = [make_agenda_topic(meeting, heading, session=session) for heading in headings]
    for agenda_topic in topics:
        make_section(agenda, agenda_topic.heading, agenda_topics=[agenda_topic], session=session)

    html = main(client.get(meeting.get_absolute_url()))

    contents = re.search(r'<nav class="meeting-contents".*?</nav>', html, re.DOTALL)[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert words(contents) == "Op deze bladzijde Sessie 1: Oekraïne China Balkan Irak Cyber Klimaat"
    assert [anchor for anchor in anchors if html.count(f'id="{anchor}"') != 1] == []


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


def test_an_agenda_topic_is_not_shown_under_the_name_that_a_draft_gave_it(client, meeting):
    draft = make_letter(meetings=[meeting], status="draft")
    session = make_session(meeting, 1, title="Vertrouwelijk")
    read = {"letter": draft.pk, "heading": "Nog geheime kop"}
    agenda_topic = make_agenda_topic(meeting, "Nog geheime kop", session=session, read=read)
    report = make_letter("report", meetings=[meeting])
    make_section(report, "Openbare kop", agenda_topics=[agenda_topic])

    page = text(client.get(meeting.get_absolute_url()))
    agenda_topic.heading = "Kop van een medewerker"
    agenda_topic.save()
    corrected = text(client.get(meeting.get_absolute_url()))

    assert ["Openbare kop" in page, "Nog geheime kop" in page, "Vertrouwelijk" in page] == [
        True,
        False,
        False,
    ]
    assert "Kop van een medewerker" in corrected


def test_a_session_is_not_shown_with_the_title_and_date_that_a_draft_gave_it(client, meeting):
    draft = make_letter(meetings=[meeting], status="draft")
    read = {"letter": draft.pk, "title": "Vertrouwelijk", "date": "2023-11-27"}
    session = make_session(meeting, 1, title="Vertrouwelijk", date="2023-11-27", read=read)
    make_section(make_letter("report", meetings=[meeting]), "Openbare kop", session=session)

    while_draft = text(client.get(meeting.get_absolute_url()))
    draft.status, draft.first_published_at = "published", timezone.now()
    draft.save()
    published = text(client.get(meeting.get_absolute_url()))
    draft.meetings.clear()
    elsewhere = text(client.get(meeting.get_absolute_url()))
    draft.delete()
    deleted = text(client.get(meeting.get_absolute_url()))

    assert ["Sessie 1" in while_draft, "Vertrouwelijk" in while_draft, "27 november" in while_draft] == [
        True,
        False,
        False,
    ]
    assert "Sessie 1 Vertrouwelijk 27 november 2023" in published
    assert "Sessie 1 Vertrouwelijk 27 november 2023" in elsewhere
    assert ["Sessie 1" in deleted, "Vertrouwelijk" in deleted, "27 november" in deleted] == [
        True,
        False,
        False,
    ]


def test_of_a_letter_about_two_meetings_each_page_shows_its_own_part(client, meeting):
    other = make_meeting("2023-12-05", levels=("defensie",))
    letter = make_letter("report", meetings=[meeting, other])
    sections = [
        make_section(letter, "Eén", agenda_topics=[make_agenda_topic(meeting, "Eén")]),
        make_section(letter, "Twee", agenda_topics=[make_agenda_topic(other, "Twee")]),
        make_section(letter, "Drie", session=make_session(other), kind="session"),
        make_section(letter, "", kind="introduction"),
    ]
    for section, said in zip(sections, ["eerst", "daarna", "in de sessie", "vooraf"], strict=True):
        paragraph = make_paragraph(section, f"Nederland zei dat {said}. Nederland zag meer.")
        make_position(paragraph, f"Nederland zei dat {said}.")
        make_position(paragraph, "Nederland zag meer.", status="unchecked")

    pages = [text(client.get(one.get_absolute_url())) for one in (meeting, other)]

    assert [re.findall(r"Nederland zei dat ([^.]+)", page) for page in pages] == [
        ["vooraf", "eerst"],
        ["vooraf", "daarna", "in de sessie"],
    ]
    assert ["Nog 2 uitspraken" in pages[0], "Nog 3 uitspraken" in pages[1]] == [True, True]


def test_an_agenda_topic_that_only_a_draft_named_is_not_shown(client, meeting):
    draft = make_letter("report", meetings=[meeting], status="draft")
    agenda_topic = make_agenda_topic(
        meeting, "Kop van een concept", read={"letter": draft.pk, "heading": "Kop van een concept"}
    )
    make_section(make_letter(), agenda_topics=[agenda_topic])  # of a letter about another meeting
    make_letter(meetings=[meeting])

    assert "Kop van een concept" not in text(client.get(meeting.get_absolute_url()))


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


def test_answers_without_an_agenda_topic_are_no_introduction_of_the_meeting(client, meeting):
    agenda, answers = make_letter(meetings=[meeting]), make_letter("committee_answers", meetings=[meeting])
    make_position(make_paragraph(make_section(agenda, "", kind="introduction")))
    make_position(make_paragraph(make_section(answers, "Vraag 1", kind="introduction")))

    context = client.get(meeting.get_absolute_url()).context

    introduction, rest = context["introduction"], context["rest"]
    assert [section.letter for section in introduction.before.sections] == [agenda]
    assert introduction.answers.sections == []
    assert [section.letter for section in rest.answers.sections] == [answers]


def test_of_two_letters_of_one_kind_each_link_says_which_it_leads_to(client, meeting):
    agenda_topic = make_agenda_topic(meeting, "Oekraïne")
    for day in ("2023-11-20", "2023-11-24"):
        letter = make_letter(date=day, meetings=[meeting])
        make_position(make_paragraph(make_section(letter, "Oekraïne", agenda_topics=[agenda_topic])))

    html = main(client.get(meeting.get_absolute_url()))

    links = re.findall(r'<p class="pair__read"><a[^>]*>(.*?)</a>', html)
    assert [words(link).partition("(")[2] for link in links] == ["20 november 2023)", "24 november 2023)"]
