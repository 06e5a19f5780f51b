"""The checking desk by its forms: decide, undo, add, place again, settle, accept together; two clerks; nobody overwrites unseen."""

import html

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from letters import decisions
from letters.models import Paragraph, Position, Problem
from tests.factories import (
    make_letter,
    make_meeting,
    make_note,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_topic,
)

pytestmark = pytest.mark.django_db

TEXT = "Duitsland zweeg. Nederland steunt dit beleid. Het kabinet riep op tot tempo."
SUPPORT, CALL = "Nederland steunt dit beleid.", "Het kabinet riep op tot tempo."


@pytest.fixture
def bram(django_user_model):
    """Log in a second clerk, in a browser of their own."""
    client = Client()
    user = django_user_model.objects.create_superuser(
        "bram", password="x", first_name="Bram", last_name="Smit"
    )
    client.force_login(user)
    return client


def _letter(text=TEXT, **fields):
    letter = make_letter(**fields)
    return letter, make_paragraph(make_section(letter), text)


def _proposal(paragraph, sentence=SUPPORT, **fields):
    return make_position(paragraph, sentence, status="unchecked", **fields)


def _check(letter):
    return reverse("admin:letters_letter_check", args=[letter.pk])


def _queue(client, letter):
    return client.get(_check(letter)).context["queue"]


def _card(client, position):
    return next(card for card in _queue(client, position.letter).cards if card.position.pk == position.pk)


def _as_shown(client, position, **changed):
    """What a browser sends of a card as it is on screen now."""
    card = _card(client, position)
    fields = {"stance": card.position.stance, "verb": card.position.verb, "moment": card.position.moment}
    return {
        f"p{position.pk}-{name}": value for name, value in {**fields, "seen": card.version, **changed}.items()
    }


def _decide(client, position, button="check", values=None, **more):
    values = _as_shown(client, position) if values is None else values
    return client.post(
        reverse("admin:letters_letter_decide", args=[position.pk]), {**values, "decision": button, **more}
    )


def _undo(client, letter):
    return client.post(reverse("admin:letters_letter_undo", args=[letter.pk]), follow=True)


def _said(response):
    return [str(message) for message in response.context["messages"]]


def _state(position):
    position.refresh_from_db()
    return position.status, position.stance, position.verb


# ------------------------------------------------------------------------------------------------------------- the page
def test_every_sentence_is_marked_in_the_text_where_it_stands(admin_client):
    letter, paragraph = _letter()
    position = _proposal(paragraph)

    [shown] = _queue(admin_client, letter).paragraphs()

    before, _mark, after = shown.html.partition("<mark ")
    assert before == "Duitsland zweeg. "
    assert after.startswith(
        f'class="spot stance--support spot--unchecked" data-of="{position.pk}">Nederland steunt dit beleid.<a'
    )
    assert f'id="zin-{position.pk}" href="#standpunt-{position.pk}"' in after


def test_two_positions_on_one_sentence_share_a_mark_with_a_link_to_each(admin_client):
    letter, paragraph = _letter()
    one, other = _proposal(paragraph), _proposal(paragraph, stance="view")

    [shown] = _queue(admin_client, letter).paragraphs()

    assert shown.html.count("<mark ") == 1
    assert f'data-of="{one.pk} {other.pk}"' in shown.html
    assert shown.html.count('class="spot__to') == 2


def test_the_words_of_the_letter_are_escaped_in_text_and_card(admin_client):
    letter, paragraph = _letter("Nederland steunt <script>alert(1)</script> niet.")
    _proposal(paragraph, paragraph.text)

    content = admin_client.get(_check(letter)).content.decode()

    assert "<script>alert" not in content
    assert content.count("&lt;script&gt;alert(1)") >= 2


@pytest.mark.parametrize(
    ("rule", "read", "words"),
    [
        ("support.steunen", "support", "steunen"),
        ("concern.uitspreken+zorg", "concern", "uitspreken + zorg"),
        ("view.achten+van-belang", "view", "achten + van belang"),
        ("action.unlisted", "action", "een werkwoord dat de regels niet kennen"),
        ("view.vervolg", "view", "gaat verder op het standpunt in de zin ervoor"),
        (
            "action.intensiveren",
            "view",
            "intensiveren (doet, draagt bij of besluit)",
        ),  # "gaf aan te intensiveren"
        ("vroeger", "view", ""),  # no stance in the name: only of older rules
    ],
)
def test_the_reason_says_the_rule_in_words(admin_client, rule, read, words):
    paragraph = _letter()[1]
    position = _proposal(
        paragraph, rule=rule, subject="Nederland", confidence=0.856, read={"stance": read, "verb": "steunt"}
    )

    card = _card(admin_client, position)

    assert (card.rule, card.percentage) == (words, 86)


def test_the_queue_has_orphans_first_then_questions_then_the_letter_from_top_to_bottom(admin_client):
    letter, paragraph = _letter()
    second, first = _proposal(paragraph, CALL, stance="call"), _proposal(paragraph)
    orphan = make_position(paragraph, "Deze zin is weg.")
    Position.objects.filter(pk=orphan.pk).update(paragraph=None)
    question = Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")

    items = [item.id for item in _queue(admin_client, letter).items]

    assert items == [
        f"standpunt-{orphan.pk}",
        f"vraag-{question.pk}",
        f"standpunt-{first.pk}",
        f"standpunt-{second.pk}",
    ]


def test_a_question_about_one_position_stands_in_its_card(admin_client):
    letter, paragraph = _letter()
    position = make_position(paragraph, SUPPORT)
    Problem.objects.create(letter=letter, code="conflict", field=f"position:{position.pk}", message="Wat nu?")

    queue = _queue(admin_client, letter)

    assert (queue.questions, [problem.message for problem in queue.cards[0].problems]) == ([], ["Wat nu?"])
    assert (queue.done, queue.total) == (0, 1)


def test_a_question_links_to_the_page_where_it_is_put_right(admin_client):
    letter, paragraph = _letter()
    other = make_letter()
    section = paragraph.section
    for field, code in [
        ("date", "date_missing"),
        (f"section:{section.pk}", "section-gone"),
        ("replaces", "same"),
    ]:
        Problem.objects.create(
            letter=letter,
            code=code,
            field=field,
            message=code,
            other_letter=other if code == "same" else None,
        )

    urls = [question.url for question in _queue(admin_client, letter).questions]

    assert urls == [
        reverse("admin:letters_letter_change", args=[letter.pk]),
        reverse("admin:letters_section_change", args=[section.pk]),
        reverse("admin:letters_letter_compare", args=[letter.pk, other.pk]),
    ]


def test_the_page_of_300_proposals_takes_as_many_queries_as_that_of_three(admin_client):
    counts = []
    for number in (3, 300):
        letter = make_letter(meetings=[make_meeting()], status="draft")
        session = make_session(letter.meetings.get())
        for place in range(number):
            section = make_section(
                letter, session=session, topics=[make_topic(f"onderwerp-{number}-{place}")]
            )
            _proposal(make_paragraph(section, SUPPORT), topics=[make_topic(f"eigen-{number}-{place}")])
        admin_client.get(_check(letter))

        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin_client.get(_check(letter))

        counts.append(len(queries))
    assert counts[0] == counts[1]


# ------------------------------------------------------------------------------------------------------------- deciding
def test_after_a_decision_the_next_proposal_follows_and_after_the_last_one_the_end(admin_client):
    letter, paragraph = _letter()
    first, second = _proposal(paragraph), _proposal(paragraph, CALL, stance="call")

    places = [_decide(admin_client, one).url for one in (second, first)]

    assert places == [f"{_check(letter)}#standpunt-{first.pk}", f"{_check(letter)}#klaar"]


def test_at_the_end_the_page_says_so_and_leads_to_the_next_letter(admin_client):
    letter, paragraph = _letter(date="2023-01-01")
    _proposal(paragraph)
    _older, waiting = (
        _letter(date="2021-01-01", subject="Oude brief"),
        _letter(date="2022-01-01", subject="Nog te doen"),
    )
    withdrawn = _letter(date="2024-01-01", subject="Ingetrokken", status="withdrawn")
    for other in (_older, waiting, withdrawn):
        _proposal(other[1])
    admin_client.post(
        reverse("admin:letters_letter_decide", args=[letter.positions.get().pk]),
        {**_as_shown(admin_client, letter.positions.get()), "decision": "check"},
    )

    page = admin_client.get(_check(letter))

    assert "Alles is nagekeken" in page.content.decode()
    assert page.context["queue"].next_letter == waiting[0]


def test_of_two_clerks_the_second_is_told_who_changed_what_and_nothing_is_overwritten(admin_client, bram):
    paragraph = _letter()[1]
    position = _proposal(paragraph)
    shown_to_anna = _as_shown(admin_client, position)
    _decide(bram, position, values=_as_shown(bram, position, stance="concern"))

    response = _decide(admin_client, position, "reject", shown_to_anna, answer="pieces").json()

    assert _state(position) == ("checked", "concern", "steunt")
    assert response["refused"]
    assert response["said"].startswith("Bram Smit, ")
    assert (
        "status: “nog niet nagekeken” → “nagekeken”; standpunt: “steunt of verwelkomt” → “uit zorg”."
        in response["said"]
    )
    assert response["said"].endswith("beslis opnieuw op wat er nu staat.")


def test_the_second_clerk_sees_the_new_state_and_may_decide_again(admin_client, bram):
    paragraph = _letter()[1]
    position = _proposal(paragraph)
    shown_to_anna = _as_shown(admin_client, position)
    _decide(bram, position)
    refused = _decide(admin_client, position, "reject", shown_to_anna, answer="pieces").json()

    _decide(admin_client, position, "reject")

    [fresh] = [piece["html"] for piece in refused["pieces"] if piece["id"] == f"standpunt-{position.pk}"]
    assert decisions.version_of(Position.objects.get()) not in fresh
    assert _state(position)[0] == "rejected"


def test_two_clerks_who_decide_alike_are_both_told_who_was_first(admin_client, bram):
    paragraph = _letter()[1]
    position = _proposal(paragraph)
    shown_to_anna = _as_shown(admin_client, position)
    _decide(bram, position)

    response = admin_client.post(
        reverse("admin:letters_letter_decide", args=[position.pk]),
        {**shown_to_anna, "decision": "check"},
        follow=True,
    )

    position.refresh_from_db()
    assert position.decided_by.username == "bram"
    assert "Bram Smit, " in _said(response)[0]


def test_what_changed_without_history_is_told_too(admin_client):
    paragraph = _letter()[1]
    position = _proposal(paragraph)
    shown = _as_shown(admin_client, position)
    Position.objects.update(verb="prijst")

    response = _decide(admin_client, position, values=shown, answer="pieces").json()

    assert response["said"].startswith("Intussen gewijzigd: werkwoord: “steunt” → “prijst”.")
    assert _state(position) == ("unchecked", "support", "prijst")


def test_confirming_what_is_checked_answers_what_a_reading_asked_about_it(admin_client):
    letter, paragraph = _letter()
    position = make_position(paragraph, SUPPORT)
    Problem.objects.create(letter=letter, code="conflict", field=f"position:{position.pk}", message="Wat nu?")

    _decide(admin_client, position)

    assert not letter.problems.open().exists()


def test_a_decision_says_which_pieces_of_the_page_changed(admin_client):
    paragraph = _letter()[1]
    position = _proposal(paragraph)
    _proposal(paragraph, CALL, stance="call")

    answer = _decide(admin_client, position, answer="pieces").json()

    assert (answer["refused"], answer["said"]) == (False, "Nagekeken.")
    assert answer["order"] == [item.id for item in _queue(admin_client, position.letter).items] + ["klaar"]
    assert [piece["id"] for piece in answer["pieces"]] == [
        "balk",
        "klaar",
        f"standpunt-{position.pk}",
        f"alinea-{paragraph.pk}",
    ]
    assert "1 van 2" in html.unescape(answer["pieces"][0]["html"])


# ----------------------------------------------------------------------------------------------------------------- undo
def test_undo_makes_it_what_it_was_step_by_step_also_in_a_new_page(admin_client):
    letter, paragraph = _letter()
    position = _proposal(paragraph)
    _decide(admin_client, position, values=_as_shown(admin_client, position, stance="view", verb="acht"))
    _decide(admin_client, position, "reject")
    states = [_state(position)]

    for _step in range(2):
        admin_client.get(_check(letter))
        _undo(admin_client, letter)
        states.append(_state(position))

    assert states == [
        ("rejected", "view", "acht"),
        ("checked", "view", "acht"),
        ("unchecked", "support", "steunt"),
    ]
    assert (position.decided_by, position.decided_at) == (None, None)


def test_undo_of_an_addition_takes_it_away(admin_client):
    letter, _paragraph = _letter()
    admin_client.post(_check(letter), {"quote": "riep op", "stance": "call", "moment": "stated"})
    added = Position.objects.count()

    _undo(admin_client, letter)

    assert (added, Position.objects.count()) == (1, 0)


def test_undo_of_an_addition_with_notes_is_refused(admin_client):
    letter, _paragraph = _letter()
    admin_client.post(_check(letter), {"quote": "riep op", "stance": "call", "moment": "stated"})
    make_note(position=Position.objects.get(), is_public=False)

    response = _undo(admin_client, letter)

    assert Position.objects.count() == 1
    assert "horen notities" in _said(response)[-1]


def test_undo_opens_a_question_again(admin_client):
    letter, _paragraph = _letter()
    question = Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")
    admin_client.post(reverse("admin:letters_letter_settle", args=[question.pk]), {"resolution": "Klopt zo."})
    settled = Problem.objects.get().resolution

    _undo(admin_client, letter)

    assert (settled, Problem.objects.get().resolution, letter.problems.open().count()) == ("Klopt zo.", "", 1)


def test_undo_does_not_touch_what_a_colleague_decided_since(admin_client, bram):
    letter, paragraph = _letter()
    position = _proposal(paragraph)
    _decide(admin_client, position)
    _decide(bram, position, "reject")

    response = _undo(admin_client, letter)

    assert _state(position)[0] == "rejected"
    assert "Bram Smit, " in _said(response)[-1]


def test_undo_leaves_a_sentence_where_a_correction_of_the_text_put_it_since(admin_client):
    letter, paragraph = _letter()
    position = _proposal(paragraph)
    _decide(admin_client, position)
    previous, paragraph.text = paragraph.text, f"Eerst dit. {paragraph.text}"
    paragraph.save()
    decisions.correct_text(paragraph, previous)

    _undo(admin_client, letter)

    assert _state(position)[0] == "unchecked"
    assert paragraph.text[position.start : position.end] == SUPPORT


def test_undo_is_of_ones_own_steps_only(admin_client, bram):
    letter, paragraph = _letter()
    position = _proposal(paragraph)
    _decide(bram, position)

    response = _undo(admin_client, letter)

    assert (_state(position)[0], _said(response)) == ("checked", ["Er is niets om ongedaan te maken."])


# ------------------------------------------------------------------------------------------------- a sentence pointed at
def _at(paragraph, words, **more):
    start = paragraph.text.rindex(words)
    return {"paragraph": paragraph.pk, "start": start, "end": start + len(words), "quote": words, **more}


def test_a_sentence_that_comes_twice_is_added_where_it_was_selected(admin_client):
    letter, paragraph = _letter(f"{SUPPORT} Daarna. {SUPPORT}")

    admin_client.post(_check(letter), _at(paragraph, "steunt", stance="support", moment="stated"))

    position = Position.objects.get()
    assert (position.sentence, position.start) == (SUPPORT, paragraph.text.rindex(SUPPORT))
    assert position.status == "checked"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("kabinet riep", {"quote": CALL, "start": TEXT.index(CALL), "end": len(TEXT)}),
        (" Nederland steunt dit beleid. ", {"quote": SUPPORT, "start": 17, "end": 45}),
        (
            "beleid. Het kabinet",
            {"refused": True, "said": "Selecteer woorden van één zin. Elke zin is een eigen standpunt."},
        ),
    ],
)
def test_the_whole_sentence_is_chosen_around_selected_words(admin_client, words, answer):
    letter, paragraph = _letter()

    found = admin_client.post(
        reverse("admin:letters_letter_sentence", args=[letter.pk]), _at(paragraph, words)
    ).json()

    assert {name: found[name] for name in answer} == answer


def test_what_is_said_of_a_sentence_already_is_told_before_another_is_added(admin_client):
    letter, paragraph = _letter()
    make_position(paragraph, SUPPORT, status="rejected")

    found = admin_client.post(
        reverse("admin:letters_letter_sentence", args=[letter.pk]), _at(paragraph, "steunt")
    ).json()

    assert found["held"] == ["steunt of verwelkomt (afgewezen)"]


def test_a_selection_in_words_that_changed_meanwhile_is_refused(admin_client):
    letter, paragraph = _letter()
    sent = _at(paragraph, "kabinet riep", stance="call", moment="stated")
    paragraph.text = f"Eerst. {paragraph.text}"
    paragraph.save()

    response = admin_client.post(_check(letter), sent)

    assert "intussen gewijzigd" in str(response.context["form"].errors["quote"])
    assert Position.objects.count() == 0


def test_a_position_without_a_stance_is_not_added(admin_client):
    letter, paragraph = _letter()

    answer = admin_client.post(
        _check(letter), _at(paragraph, "riep", moment="stated", answer="pieces")
    ).json()

    assert (answer["refused"], Position.objects.count()) == (True, 0)


def test_what_a_colleague_added_meanwhile_is_not_added_over_it(admin_client, bram):
    letter, paragraph = _letter()
    bram.post(_check(letter), _at(paragraph, "riep", stance="call", moment="delivered", verb="riep op"))

    answer = admin_client.post(
        _check(letter), _at(paragraph, "riep", stance="call", moment="stated", answer="pieces")
    ).json()

    added = Position.objects.get()
    assert (answer["refused"], added.moment, added.decided_by.username) == (True, "delivered", "bram")


def test_what_a_colleague_rejected_meanwhile_is_not_added_over_it(admin_client):
    letter, paragraph = _letter()
    sentence = _at(paragraph, "riep", stance="call", moment="stated", answer="pieces")
    admin_client.post(_check(letter), sentence)
    Position.objects.update(status=Position.Status.REJECTED)

    answer = admin_client.post(_check(letter), sentence).json()

    assert (answer["refused"], Position.objects.get().status) == (True, Position.Status.REJECTED)


def test_no_position_is_added_to_words_of_members_that_the_letter_repeats(admin_client):
    letter, paragraph = _letter()
    Paragraph.objects.filter(pk=paragraph.pk).update(is_question=True)

    answer = admin_client.post(
        _check(letter), _at(paragraph, "riep", stance="call", moment="stated", answer="pieces")
    ).json()

    assert (answer["refused"], Position.objects.count()) == (True, 0)


def _orphan(paragraph, **fields):
    position = make_position(paragraph, "Het kabinet riep toen op tot haast.", stance="call", **fields)
    Position.objects.filter(pk=position.pk).update(paragraph=None)
    Problem.objects.create(
        letter=position.letter,
        code="orphaned-position",
        field=f"position:{position.pk}",
        message="Zin is weg.",
    )
    return Position.objects.get(pk=position.pk)


def _place(client, position, **sent):
    url = reverse("admin:letters_letter_place", args=[position.pk])
    return client.post(url, {"seen": _card(client, position).version, **sent})


def test_an_orphan_is_placed_on_a_sentence_and_its_question_is_answered(admin_client):
    letter, paragraph = _letter()
    position = _orphan(paragraph)

    _place(admin_client, position, **_at(paragraph, "riep op"))

    position.refresh_from_db()
    assert (position.paragraph, position.sentence, position.status) == (paragraph, CALL, "checked")
    assert not letter.problems.open().exists()


def test_an_orphan_that_a_colleague_rejected_meanwhile_is_not_placed(admin_client, bram):
    paragraph = _letter()[1]
    position = _orphan(paragraph)
    seen = _card(admin_client, position).version
    _decide(bram, position, "reject")

    response = _place(admin_client, position, seen=seen, answer="pieces", **_at(paragraph, "riep op")).json()

    assert response["refused"]
    assert _state(position)[0] == "rejected"


def test_an_orphan_is_placed_by_pasting_the_sentence(admin_client):
    paragraph = _letter()[1]
    position = _orphan(paragraph)

    _place(admin_client, position, quote="riep op tot tempo")

    position.refresh_from_db()
    assert (position.start, position.end) == (TEXT.index(CALL), len(TEXT))


def test_undo_makes_a_placed_position_an_orphan_again(admin_client):
    letter, paragraph = _letter()
    position = _orphan(paragraph)
    _place(admin_client, position, **_at(paragraph, "riep op"))

    _undo(admin_client, letter)

    position.refresh_from_db()
    assert (position.paragraph, position.sentence) == (None, "Het kabinet riep toen op tot haast.")
    assert letter.problems.open().count() == 1


def test_an_orphan_is_not_placed_where_the_same_is_said_already(admin_client):
    paragraph = _letter()[1]
    position = _orphan(paragraph)
    _proposal(paragraph, CALL, stance="call")

    response = _place(admin_client, position, answer="pieces", **_at(paragraph, "riep op")).json()

    assert "heeft dit standpunt al" in response["said"]
    assert Position.objects.get(pk=position.pk).paragraph is None


def test_an_orphan_is_rejected_and_counts_as_done(admin_client):
    letter, paragraph = _letter()
    position = _orphan(paragraph)

    _decide(admin_client, position, "reject")

    queue = _queue(admin_client, letter)
    assert (queue.done, queue.total, queue.questions) == (1, 1, [])


def test_after_undoing_a_placement_the_sentence_is_not_marked_any_more(admin_client):
    letter, paragraph = _letter()
    position = _orphan(paragraph)
    _place(admin_client, position, **_at(paragraph, "riep op"))

    answer = admin_client.post(
        reverse("admin:letters_letter_undo", args=[letter.pk]), {"answer": "pieces"}
    ).json()

    [text] = [piece["html"] for piece in answer["pieces"] if piece["id"] == f"alinea-{paragraph.pk}"]
    assert f'<span data-paragraph="{paragraph.pk}">{TEXT}</span>' in text


def test_a_marking_is_settled_only_with_a_reason(admin_client):
    letter, _paragraph = _letter(status="draft")
    question = Problem.objects.create(
        letter=letter, code="marking", field="markings", message="NATO RESTRICTED"
    )
    url = reverse("admin:letters_letter_settle", args=[question.pk])

    refused = admin_client.post(url, {"resolution": " ", "answer": "pieces"}).json()
    settled = admin_client.post(url, {"resolution": "Vrijgegeven door DVB.", "answer": "pieces"}).json()

    assert (refused["refused"], settled["refused"]) == (True, False)
    assert (refused["order"], settled["order"]) == ([f"vraag-{question.pk}", "klaar"], ["klaar"])
    assert Problem.objects.get().resolution == "Vrijgegeven door DVB."


def test_a_question_that_a_colleague_settled_is_not_settled_again(admin_client, bram):
    letter, _paragraph = _letter()
    question = Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")
    url = reverse("admin:letters_letter_settle", args=[question.pk])
    bram.post(url, {"resolution": "Van Bram."})

    answer = admin_client.post(url, {"resolution": "Van Anna.", "answer": "pieces"}).json()

    assert (answer["refused"], Problem.objects.get().resolution) == (True, "Van Bram.")


# ------------------------------------------------------------------------------------------------------ sure ones together
def _three(letter_paragraph=None):
    letter, paragraph = letter_paragraph or _letter()
    return letter, [
        _proposal(paragraph, confidence=0.95),
        _proposal(paragraph, CALL, stance="call", confidence=0.9),
        _proposal(paragraph, CALL, stance="view", confidence=0.7),
    ]


def _sure(client, letter, least):
    return client.get(reverse("admin:letters_letter_sure", args=[letter.pk]), {"least": least})


def _accept(client, letter, page):
    seen = [f"{card.position.pk}:{card.version}" for card in page.context["cards"]]
    return client.post(reverse("admin:letters_letter_sure", args=[letter.pk]), {"seen": seen}, follow=True)


@pytest.mark.parametrize(("least", "expected"), [(95, [0]), (90, [0, 1]), (0, [0, 1, 2]), (100, [])])
def test_the_preview_lists_exactly_what_is_at_least_that_certain(admin_client, least, expected):
    letter, positions = _three()

    page = _sure(admin_client, letter, least)

    assert [card.position for card in page.context["cards"]] == [positions[place] for place in expected]


def test_precisely_what_was_previewed_is_accepted_and_one_undo_takes_it_back(admin_client):
    letter, positions = _three()
    page = _sure(admin_client, letter, 90)

    response = _accept(admin_client, letter, page)
    accepted = [_state(one)[0] for one in positions]
    _undo(admin_client, letter)

    assert _said(response) == ["2 voorstellen zijn nagekeken."]
    assert accepted == ["checked", "checked", "unchecked"]
    assert [_state(one)[0] for one in positions] == ["unchecked"] * 3


def test_what_changed_since_the_preview_is_left_out_and_said(admin_client, bram):
    letter, positions = _three()
    page = _sure(admin_client, letter, 90)
    _decide(bram, positions[0], "reject")

    response = _accept(admin_client, letter, page)

    assert [_state(one)[0] for one in positions] == ["rejected", "checked", "unchecked"]
    assert _said(response)[0] == "1 voorstel is nagekeken."
    assert _said(response)[1].startswith(
        f"Niet goedgekeurd, want intussen gewijzigd: “{SUPPORT}” Bram Smit, "
    )


def test_what_a_reading_took_away_since_the_preview_is_counted(admin_client):
    letter, positions = _three()
    page = _sure(admin_client, letter, 90)
    positions[0].delete()

    response = _accept(admin_client, letter, page)

    assert _said(response) == [
        "1 voorstel is nagekeken.",
        "1 voorstel is er niet meer: de brief is intussen opnieuw gelezen.",
    ]


def test_the_preview_leaves_out_what_was_decided_or_asked_or_orphaned(admin_client):
    letter, paragraph = _letter()
    make_position(paragraph, SUPPORT, confidence=0.95)
    asked = _proposal(paragraph, CALL, stance="call", confidence=0.95)
    Problem.objects.create(letter=letter, code="conflict", field=f"position:{asked.pk}", message="Wat nu?")
    _orphan(paragraph, confidence=0.95)

    page = _sure(admin_client, letter, 0)

    assert page.context["cards"] == []


@pytest.mark.parametrize("least", ["", "veel", "101", "-1"])
def test_a_confidence_that_cannot_be_gets_a_message_and_lists_nothing(admin_client, least):
    letter, _positions = _three()

    page = _sure(admin_client, letter, least)

    assert page.context["form"].errors["least"]
    assert page.context["cards"] == []


def test_an_unreadable_list_changes_nothing(admin_client):
    letter, positions = _three()

    response = admin_client.post(
        reverse("admin:letters_letter_sure", args=[letter.pk]), {"seen": ["kapot"]}, follow=True
    )

    assert "niet leesbaar" in _said(response)[0]
    assert _state(positions[0])[0] == "unchecked"


# ---------------------------------------------------------------------------------------------------- who may, and where
def _staff(django_user_model, *permissions):
    user = django_user_model.objects.create_user("medewerker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("permissions", "expected"),
    [
        ([], [403, 403, 403, 403, 403, 403]),
        (["view_letter"], [403, 403, 403, 403, 403, 403]),
        (["view_letter", "change_position"], [200, 302, 403, 200, 302, 403]),
        (
            ["view_letter", "change_position", "add_position", "change_problem"],
            [200, 302, 302, 200, 302, 302],
        ),
    ],
)
def test_each_thing_at_the_desk_needs_its_permission(django_user_model, permissions, expected):
    client = _staff(django_user_model, *permissions)
    letter, paragraph = _letter()
    position = _proposal(paragraph)
    question = Problem.objects.create(letter=letter, code="date_missing", field="date", message="Geen datum.")
    sent = {f"p{position.pk}-stance": "support", f"p{position.pk}-moment": "stated", "decision": "check"}

    answers = [
        client.get(_check(letter)),
        client.post(reverse("admin:letters_letter_decide", args=[position.pk]), sent),
        client.post(_check(letter), {"quote": "riep op", "stance": "call", "moment": "stated"}),
        client.get(reverse("admin:letters_letter_sure", args=[letter.pk])),
        client.post(reverse("admin:letters_letter_undo", args=[letter.pk])),
        client.post(reverse("admin:letters_letter_settle", args=[question.pk]), {"resolution": "Zo."}),
    ]

    assert [answer.status_code for answer in answers] == expected


def test_the_list_of_letters_shows_which_wait_and_links_to_their_desk(admin_client):
    waiting, paragraph = _letter(subject="Wacht nog")
    _proposal(paragraph)
    _done, checked = _letter(subject="Is klaar")
    make_position(checked, SUPPORT)
    url = reverse("admin:letters_letter_changelist")

    shown = {
        choice: [
            letter.subject for letter in admin_client.get(url, {"nakijken": choice}).context["cl"].result_list
        ]
        for choice in ("open", "klaar")
    }

    assert shown == {"open": ["Wacht nog"], "klaar": ["Is klaar"]}
    assert f'<a href="{_check(waiting)}">1</a>' in admin_client.get(url).content.decode()


def test_the_front_page_of_the_desk_leads_to_the_letters_that_wait(admin_client):
    page = admin_client.get(reverse("admin:index"))

    assert f"{reverse('admin:letters_letter_changelist')}?nakijken=open" in page.content.decode()
