"""The pages on which clerks decide what letters say of earlier commitments, and which promise each takes up."""

import html

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from letters import decisions
from letters.groups import EDITOR
from letters.models import CommitmentMention, FollowUp
from tests.factories import (
    make_follow_up,
    make_letter,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
)

pytestmark = pytest.mark.django_db

SENTENCE = "Hiermee is voldaan aan de toezegging aan het lid Spaans."


@pytest.fixture
def clerk():
    user = User.objects.create_user("redacteur", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    return user


@pytest.fixture
def client(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def mention():
    section = make_section(make_letter("report"))
    return make_mention(make_paragraph(section, f"Eerst. {SENTENCE} Daarna."), SENTENCE, status="unchecked")


@pytest.fixture
def follow_up(mention):
    decisions.decide_mentions([mention], "checked", by=None)
    paragraph = make_paragraph(make_section(make_letter(date="2023-01-01")), "Ik zal uw Kamer informeren.")
    return make_follow_up(
        make_position(paragraph, stance="promise"), mention, status="unchecked", shared=["missie"]
    )


def page_of(model) -> str:
    return reverse(f"admin:letters_{model._meta.model_name}_check")


def press(client, row, decision, **more):
    return client.post(
        page_of(type(row)), {"row": row.pk, "seen": row.status, "decision": decision, **more}, follow=True
    )


def test_the_next_mention_is_shown_in_its_paragraph(client, mention):
    html = client.get(page_of(CommitmentMention)).content.decode()

    assert f"Eerst. <mark>{SENTENCE}</mark> Daarna." in html
    assert [line in html for line in ("Verwijst naar een toezegging", "Komt een toezegging na")] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("decision", "made"),
    [
        ("accept-refers", ("checked", "refers")),
        ("accept-fulfils", ("checked", "fulfils")),
        ("reject", ("rejected", "fulfils")),
    ],
)
def test_a_button_decides_and_the_next_one_follows(client, clerk, mention, decision, made):
    page = press(client, mention, decision)

    mention.refresh_from_db()
    assert (mention.status, mention.kind) == made
    assert mention.decided_by == clerk
    assert page.context["row"] is None


def test_what_a_colleague_decided_meanwhile_is_said_and_kept(client, mention):
    decisions.decide_mentions([mention], "rejected", by=None)

    page = press(client, mention, "accept-fulfils")  # as the page still shows it

    mention.refresh_from_db()
    assert mention.status == "rejected"
    assert "Een collega besliste dit intussen: afgewezen." in page.content.decode()


def test_a_decision_can_be_seen_again_and_mended(client, mention):
    press(client, mention, "accept-refers")
    again = f"{page_of(CommitmentMention)}?voorstel={mention.pk}"

    shown = client.get(again)
    mention.refresh_from_db()
    press(client, mention, "accept-fulfils")
    mention.refresh_from_db()
    mended = (mention.status, mention.kind)
    press(client, mention, "reopen")

    mention.refresh_from_db()
    assert (shown.context["row"], "Toch niet nagekeken" in shown.content.decode()) == (mention, True)
    assert mended == ("checked", "fulfils")
    assert (mention.status, client.get(again).context["is_decided"]) == ("unchecked", False)


@pytest.mark.parametrize("decision", ["accept", "accept-anything", "reject-fulfils", "reopened", ""])
def test_a_decision_on_a_mention_that_the_page_does_not_have_is_not_carried_out(client, mention, decision):
    press(client, mention, decision)

    mention.refresh_from_db()
    assert (mention.status, mention.kind) == ("unchecked", "fulfils")


@pytest.mark.parametrize("decision", ["accept-fulfils", "reject-refers", ""])
def test_a_decision_on_a_link_that_the_page_does_not_have_is_not_carried_out(client, follow_up, decision):
    press(client, follow_up, decision)

    follow_up.refresh_from_db()
    assert follow_up.status == "unchecked"


def test_a_proposal_that_is_gone_is_said(client, mention):
    CommitmentMention.objects.all().delete()

    page = press(client, mention, "accept-fulfils")

    assert "Dit voorstel is er niet meer." in page.content.decode()


def test_what_is_skipped_stays_and_can_be_shown_again(client, mention):
    skip = client.get(page_of(CommitmentMention)).context["skip_url"]
    page = client.get(skip)

    assert (page.context["row"], page.context["skipped"]) == (None, 1)
    assert client.get(page.context["all_url"]).context["row"] == mention


def test_a_link_is_shown_with_both_sentences_and_confirmed(client, clerk, follow_up):
    html = client.get(page_of(FollowUp)).content.decode()
    press(client, follow_up, "accept")

    follow_up.refresh_from_db()
    assert [SENTENCE in html, "Ik zal uw Kamer informeren." in html, "missie" in html] == [True, True, True]
    assert (follow_up.status, follow_up.decided_by) == ("checked", clerk)


def test_a_link_that_is_rejected_is_not_shown_again(client, follow_up):
    page = press(client, follow_up, "reject")

    assert page.context["row"] is None
    assert FollowUp.objects.get().status == "rejected"


def test_lists_decide_about_several_and_tell_who_changed_what(client, mention, follow_up):
    for model, row in [(CommitmentMention, mention), (FollowUp, follow_up)]:
        name = model._meta.model_name
        changelist = reverse(f"admin:letters_{name}_changelist")
        response = client.post(
            changelist, {"action": "mark_rejected", "_selected_action": [row.pk]}, follow=True
        )

        row.refresh_from_db()
        assert (response.status_code, row.status) == (200, "rejected")
        assert client.get(reverse(f"admin:letters_{name}_change", args=[row.pk])).status_code == 200
        assert client.get(reverse(f"admin:letters_{name}_history", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", [CommitmentMention, FollowUp])
def test_who_may_not_check_cannot_open_the_page(client, clerk, model):
    clerk.groups.clear()

    assert client.get(page_of(model)).status_code == 403
    assert client.post(page_of(model), {"row": 1, "decision": "accept"}).status_code == 403


# -- Adding what the machine missed

ADD = "admin:letters_commitmentmention_add"


@pytest.fixture
def letter():
    letter = make_letter("report", subject="Verslag over de Balkan")
    make_paragraph(make_section(letter), f"Eerst. {SENTENCE} Daarna.")
    return letter


def add_page(letter) -> str:
    return f"{reverse(ADD)}?brief={letter.pk}"


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def test_the_letter_is_looked_for_first(client, letter):
    make_letter("report", subject="Verslag over China")

    page = client.get(reverse(ADD), {"zoek": "balkan"})
    none = client.get(reverse(ADD), {"zoek": "nergens"})

    assert list(page.context["letters"]) == [letter]
    assert f'href="?brief={letter.pk}"' in page.content.decode()
    assert "Geen brief gevonden." in text_of(none)


def test_of_many_letters_the_newest_are_shown_and_said_of_how_many(client):
    newest = make_letter(date="2024-01-01")
    for day in range(1, 23):
        make_letter(date=f"2020-01-{day:02d}")

    page = client.get(reverse(ADD))

    assert (page.context["letters"][0], len(page.context["letters"])) == (newest, 20)
    assert "De nieuwste 20 van 23 brieven." in text_of(page)


@pytest.mark.parametrize("asked", ["0", "x", "99999999999999999999", "²"])
def test_a_letter_that_is_not_there_is_said(client, asked):
    assert "Die brief is er niet meer." in text_of(client.get(reverse(ADD), {"brief": asked}))


def test_the_page_of_a_letter_leads_to_adding_with_the_letter_filled_in(client, letter):
    page = client.get(reverse("admin:letters_letter_change", args=[letter.pk]))

    assert f'href="{add_page(letter)}"' in page.content.decode()
    assert letter.subject in text_of(client.get(add_page(letter)))


def test_a_mention_is_added_by_pasting_and_leads_to_its_promise(client, clerk, letter):
    page = client.post(add_page(letter), {"quote": SENTENCE[:30], "kind": "fulfils"}, follow=True)

    [mention] = letter.mentions.all()
    assert (mention.sentence, mention.kind, mention.status) == (SENTENCE, "fulfils", "checked")
    assert (mention.decided_by, mention.history.latest().history_user) == (clerk, clerk)
    assert page.redirect_chain[-1][0] == link_page(mention)
    assert "De vermelding is toegevoegd en telt als nagekeken." in text_of(page)


@pytest.mark.parametrize(
    ("sent", "field"), [({"quote": "", "kind": "refers"}, "quote"), ({"quote": SENTENCE}, "kind")]
)
def test_what_is_left_out_is_asked_and_nothing_is_lost(client, letter, sent, field):
    page = client.post(add_page(letter), sent)

    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["quote"].value() == sent["quote"]
    assert letter.mentions.count() == 0


def test_words_that_are_nowhere_stay_in_the_form_with_what_to_do(client, letter):
    page = client.post(add_page(letter), {"quote": "dit staat er niet", "kind": "refers"})

    assert "Deze woorden staan niet in één zin van de brief." in text_of(page)
    assert "dit staat er niet</textarea>" in page.content.decode()


def test_of_several_sentences_one_is_chosen(client, letter):
    second = make_paragraph(make_section(letter, "China"), SENTENCE)

    asked = client.post(add_page(letter), {"quote": SENTENCE, "kind": "refers"})
    places = list(asked.context["form"].places)
    client.post(add_page(letter), {"quote": SENTENCE, "kind": "refers", "place": places[1]})

    assert "Deze woorden staan in meer dan één zin." in text_of(asked)
    assert [mention.paragraph for mention in letter.mentions.all()] == [second]


@pytest.mark.parametrize("place", ["", "1:2", "999:0:5", "x"])
def test_a_place_that_is_not_among_them_is_asked_again(client, letter, place):
    make_paragraph(make_section(letter, "China"), SENTENCE)

    page = client.post(add_page(letter), {"quote": SENTENCE, "kind": "refers", "place": place})

    assert (list(page.context["form"].errors), letter.mentions.count()) == (["place"], 0)


def test_words_in_too_many_sentences_must_be_longer(client, letter):
    for _number in range(10):
        make_paragraph(letter.sections.get(), SENTENCE)

    page = client.post(add_page(letter), {"quote": SENTENCE, "kind": "refers"})

    assert "Deze woorden staan in 11 zinnen van de brief. Plak een langer deel" in text_of(page)


def test_what_was_decided_of_the_sentence_before_is_linked(client, mention):
    decisions.decide_mentions([mention], "rejected", by=None)

    page = client.post(add_page(mention.letter), {"quote": SENTENCE, "kind": "refers"})

    assert "Deze zin is afgewezen." in text_of(page)
    assert f'href="{page_of(CommitmentMention)}?voorstel={mention.pk}"' in page.content.decode()


def test_a_mention_that_was_added_by_hand_says_so(client, letter):
    mention = decisions.add_mention(letter, SENTENCE, "refers", by=None)

    page = client.get(f"{page_of(CommitmentMention)}?voorstel={mention.pk}")

    assert "Met de hand toegevoegd: verwijst naar een toezegging." in text_of(page)


# -- Saying which promise it is


def link_page(mention) -> str:
    return reverse("admin:letters_commitmentmention_link", args=[mention.pk])


def promise_in(date, sentence, **fields):
    return make_position(
        make_paragraph(make_section(make_letter(date=date, **fields)), sentence), stance="promise"
    )


@pytest.fixture
def checked(mention):
    decisions.decide_mentions([mention], "checked", by=None)
    mention.refresh_from_db()
    return mention


def found_on(page) -> list:
    return [one.promise for one in page.context["found"]]


def test_promises_of_earlier_letters_are_found_by_their_words_newest_first(client, checked):
    older = promise_in("2020-01-01", "Ik zal uw Kamer informeren over de oefening in Noorwegen.")
    newer = promise_in("2022-01-01", "De oefening begint. Ik zal uw Kamer hierover informeren.")
    promise_in("2021-01-01", "Ik zal uw Kamer informeren over China.")

    page = client.get(link_page(checked), {"q": "oefeningen"})

    assert found_on(page) == [newer, older]
    assert "over de <mark>oefening</mark> in Noorwegen." in page.content.decode()


def test_only_public_checked_promises_of_earlier_letters_can_be_found(client, checked):
    found = promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")
    promise_in("2024-01-01", "Ik informeer uw Kamer over de oefening.")
    promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.", status="draft")
    unchecked = promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")
    decisions.decide([unchecked], "unchecked", by=None)
    make_position(found.paragraph, stance="action")

    for words in ("oefening", ""):
        assert found_on(client.get(link_page(checked), {"q": words})) == [found]


def test_of_many_promises_the_newest_are_shown_and_said_of_how_many(client, checked):
    for day in range(1, 24):
        promise_in(f"2022-01-{day:02d}", f"Ik informeer uw Kamer over oefening {day}.")

    page = client.get(link_page(checked))

    assert [one.letter.date.day for one in found_on(page)] == list(range(23, 3, -1))
    assert "De nieuwste 20 van 23 toezeggingen. Typ meer woorden om minder te vinden." in text_of(page)
    assert "Geen toezegging gevonden." in text_of(client.get(link_page(checked), {"q": "nergens"}))


def test_twenty_promises_take_as_many_queries_as_ten(client, checked):
    counts = []
    for first in (1, 11):
        for day in range(first, first + 10):
            promise_in(f"2022-01-{day:02d}", "De oefening begint. Ik informeer uw Kamer hierover.")
        client.get(link_page(checked))  # who is logged in is remembered from here on
        with CaptureQueriesContext(connection) as queries:
            client.get(link_page(checked), {"q": "oefening"})
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("words", ["x" * 301, "\0", '"', "-", "OR", "de het een"])
def test_any_words_may_be_typed(client, checked, words):
    promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")

    assert client.get(link_page(checked), {"q": words}).status_code == 200


def test_a_promise_is_chosen_and_the_search_stays(client, clerk, checked):
    promise = promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")

    page = client.post(f"{link_page(checked)}?q=oefening", {"promise": promise.pk}, follow=True)

    follow_up = FollowUp.objects.public().get()
    assert (follow_up.promise, follow_up.mention, follow_up.decided_by) == (promise, checked, clerk)
    assert page.redirect_chain == [(f"{link_page(checked)}?q=oefening", 302)]
    assert "Bewaard: dit staat nu op de site." in text_of(page)
    assert (page.context["linked"], page.context["found"][0].held) == ([promise], follow_up)


def test_what_was_decided_of_a_promise_is_shown_instead_of_the_button(client, checked):
    rejected = promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")
    follow_up = make_follow_up(rejected, checked, status="rejected")

    shown = client.get(link_page(checked))
    refused = client.post(link_page(checked), {"promise": rejected.pk}, follow=True)

    assert 'name="promise"' not in shown.content.decode()
    assert f'href="{page_of(FollowUp)}?voorstel={follow_up.pk}"' in shown.content.decode()
    assert "Deze toezegging is eerder afgewezen." in text_of(refused)
    assert FollowUp.objects.get().status == "rejected"


@pytest.mark.parametrize("promise", ["", "x", "0", "99999999999999999999"])
def test_a_promise_that_is_gone_is_said(client, checked, promise):
    page = client.post(link_page(checked), {"promise": promise}, follow=True)

    assert "Deze toezegging is er niet meer." in text_of(page)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": "draft"}, "Deze brief is niet openbaar. Publiceer haar eerst"),
        ({"date": None}, "Van deze brief is geen datum bekend"),
    ],
)
def test_what_must_be_done_before_a_promise_can_be_chosen_is_said(client, checked, change, message):
    promise = promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")
    type(checked.letter).objects.filter(pk=checked.letter_id).update(**change)

    page = client.get(link_page(checked))
    client.post(link_page(checked), {"promise": promise.pk})

    assert message in text_of(page)
    assert FollowUp.objects.count() == 0


def test_a_mention_is_checked_before_its_promise_is_chosen(client, mention):
    assert "Kijk eerst deze vermelding zelf na" in text_of(client.get(link_page(mention)))


def test_the_pages_of_a_mention_and_of_its_proposals_lead_to_looking_for_the_promise(client, follow_up):
    mention = follow_up.mention
    pages = [
        page_of(FollowUp),
        f"{page_of(CommitmentMention)}?voorstel={mention.pk}",
        reverse("admin:letters_commitmentmention_change", args=[mention.pk]),
        reverse("admin:letters_followup_change", args=[follow_up.pk]),
    ]

    links = [f'href="{link_page(mention)}"' in client.get(page).content.decode() for page in pages]

    assert links == [True] * 4


def test_after_a_no_and_after_checking_a_mention_the_message_leads_there_too(client, mention, follow_up):
    rejected = press(client, follow_up, "reject")
    decisions.decide_mentions([mention], "unchecked", by=None)
    mention.refresh_from_db()
    accepted = press(client, mention, "accept-fulfils")

    assert [f'href="{link_page(mention)}"' in page.content.decode() for page in (rejected, accepted)] == [
        True,
        True,
    ]


def test_the_list_of_mentions_shows_those_of_which_the_promise_is_still_to_be_chosen(client, follow_up):
    chosen, waiting = follow_up.mention, make_mention(make_paragraph(make_section(make_letter()), SENTENCE))
    decisions.decide_follow_ups([follow_up], "checked", by=None)
    changelist = reverse("admin:letters_commitmentmention_changelist")

    found = {
        value: list(client.get(changelist, {"toezegging": value}).context["cl"].queryset)
        for value in ("gekozen", "open")
    }

    assert found == {"gekozen": [chosen], "open": [waiting]}


def test_adding_and_linking_need_their_permissions(client, clerk, letter, checked):
    clerk.groups.clear()
    may_read = ["view_letter", "change_commitmentmention", "change_followup", "change_letter"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=may_read))
    promise = promise_in("2022-01-01", "Ik informeer uw Kamer over de oefening.")

    answers = [
        client.get(add_page(letter)).status_code,
        client.post(add_page(letter), {"quote": SENTENCE, "kind": "refers"}).status_code,
        client.get(link_page(checked)).status_code,
        client.post(link_page(checked), {"promise": promise.pk}).status_code,
    ]
    page = client.get(reverse("admin:letters_letter_change", args=[letter.pk]))

    assert answers == [403] * 4
    assert (letter.mentions.count(), FollowUp.objects.count()) == (0, 0)
    assert reverse(ADD) not in page.content.decode()
    checking = client.get(f"{page_of(CommitmentMention)}?voorstel={checked.pk}")
    assert link_page(checked) not in checking.content.decode()


def test_a_link_cannot_be_made_but_from_its_passage(client):
    assert client.get(reverse("admin:letters_followup_add")).status_code == 403
