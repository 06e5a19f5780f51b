"""What the machine missed of commitments: clerks add a mention, and say which promise it takes up. Their decisions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.urls import reverse

from letters import decisions
from letters.ingest import Upload, find_commitments, ingest, one_at_a_time, read_again
from letters.models import CommitmentMention, FollowUp, Letter, Position
from tests.factories import (
    make_follow_up,
    make_letter,
    make_meeting,
    make_mention,
    make_paragraph,
    make_position,
    make_section,
    make_topic,
)
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

#: No rule of the machine finds this one.
MISSED = (
    "In dit verslag kom ik terug op de regionale plannen voor de luchtverdediging, waar uw Kamer om verzocht."
)
PROMISE = (
    "Het kabinet zal uw Kamer voor de zomer informeren over de regionale plannen voor de luchtverdediging."
)
REPORT = f"""\
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag

Datum 20 oktober 2023
Betreft Verslag bijeenkomst NAVO-ministers van Defensie 11 en 12 oktober 2023

Geachte voorzitter,

Hierbij bied ik u het verslag aan van de bijeenkomst van de NAVO-ministers van Defensie op 11 en 12 oktober 2023 te Brussel.

Oekraïne

Nederland steunt Oekraïne. {MISSED}

De minister van Defensie,

K.H. Ollongren
"""


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("redacteur")


@pytest.fixture
def topic():
    return make_topic()


@pytest.fixture
def report(topic):
    """A letter of October 2023 with the sentence that the machine missed."""
    letter = make_letter("report", date="2023-10-20", meetings=[make_meeting("2023-10-11")])
    make_paragraph(make_section(letter, topics=[topic]), f"Nederland steunt Oekraïne. {MISSED}")
    return letter


@pytest.fixture
def promise(topic):
    """A checked promise of February 2023, on the same."""
    letter = make_letter(date="2023-02-08", meetings=[make_meeting("2023-02-14")])
    paragraph = make_paragraph(make_section(letter, topics=[topic]), PROMISE)
    return make_position(paragraph, stance="promise", verb="informeren")


def pairs() -> set[tuple]:
    return {(one.promise_id, one.mention_id, one.status) for one in FollowUp.objects.all()}


def found_in(letter) -> list[tuple]:
    return [(one.sentence, one.kind, one.status) for one in letter.mentions.all()]


# -- Adding a mention


def test_a_mention_is_added_by_part_of_its_sentence_and_counts_as_checked(report, clerk):
    mention = decisions.add_mention(report, "kom ik  terug op de REGIONALE plannen", "fulfils", by=clerk)

    paragraph = report.paragraphs.get()
    assert paragraph.text[mention.start : mention.end] == mention.sentence == MISSED
    assert (mention.kind, mention.status, mention.decided_by) == ("fulfils", "checked", clerk)
    assert mention.history.latest().history_user == clerk
    assert list(CommitmentMention.objects.public()) == [mention]


def test_adding_what_the_machine_proposes_too_checks_that_proposal(report, clerk):
    proposal = make_mention(report.paragraphs.get(), MISSED, status="unchecked", kind="refers", rule="eigen")

    added = decisions.add_mention(report, MISSED, "fulfils", by=clerk)

    proposal.refresh_from_db()
    assert added == proposal
    assert (proposal.kind, proposal.status, proposal.rule) == ("fulfils", "checked", "eigen")


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        ("checked", "fulfils", "staat al bij deze zin, nagekeken"),
        ("checked", "refers", "al nagekeken: “verwijst naar een toezegging”"),
        ("rejected", "refers", "is afgewezen"),
    ],
)
def test_what_was_decided_of_the_sentence_before_is_not_overwritten(report, clerk, status, kind, message):
    held = make_mention(report.paragraphs.get(), MISSED, status=status, kind=kind)

    with pytest.raises(decisions.DecidedAlready, match=message) as refused:
        decisions.add_mention(report, MISSED, "fulfils", by=clerk)

    assert refused.value.row == held
    assert found_in(report) == [(MISSED, kind, status)]


def test_words_of_members_that_the_letter_repeats_are_no_mention(report, clerk):
    make_paragraph(report.sections.get(), "Wanneer komt de toegezegde brief?", is_question=True)

    with pytest.raises(decisions.Refused, match="woorden van Kamerleden"):
        decisions.add_mention(report, "de toegezegde brief", "refers", by=clerk)


@pytest.mark.parametrize(
    ("quote", "message"),
    [("ja", "Plak de zin"), ("wat nergens staat", "staan niet in één zin"), ("Nederland steunt", "2 zinnen")],
)
def test_words_that_point_at_no_one_sentence_are_refused(report, clerk, quote, message):
    make_paragraph(report.sections.get(), "Nederland steunt de plannen.")

    with pytest.raises(decisions.Refused, match=message):
        decisions.add_mention(report, quote, "refers", by=clerk)


def test_of_a_sentence_that_comes_twice_the_one_that_is_pointed_at_is_added(report, clerk):
    second = make_paragraph(report.sections.get(), MISSED)

    mention = decisions.add_mention(report, MISSED, "fulfils", by=clerk, at=(second.pk, 0, len(MISSED)))

    assert mention.paragraph == second


def test_the_promises_that_an_added_mention_may_take_up_are_proposed_at_once(report, promise, clerk):
    mention = decisions.add_mention(report, MISSED, "fulfils", by=clerk)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_an_added_mention_survives_reading_the_letter_again(settings, tmp_path, clerk):
    settings.MEDIA_ROOT = tmp_path
    letter = ingest([Upload("verslag.txt", REPORT.encode())]).letter
    found = found_in(letter)
    mention = decisions.add_mention(letter, MISSED, "fulfils", by=clerk)

    read_again(letter.text_edition)

    assert found == []
    assert [(one.pk, one.sentence, one.decided_by) for one in letter.mentions.all()] == [
        (mention.pk, MISSED, clerk)
    ]
    mention.refresh_from_db()
    assert mention.paragraph.text[mention.start : mention.end] == MISSED


def test_an_added_mention_follows_its_words_to_another_paragraph(report, clerk):
    mention = decisions.add_mention(report, MISSED, "fulfils", by=clerk)
    report.paragraphs.all().delete()
    find_commitments(report)
    mention.refresh_from_db()
    gone = mention.paragraph

    again = make_paragraph(report.sections.get(), f"Vooraf dit. {MISSED}")
    find_commitments(report)

    mention.refresh_from_db()
    assert gone is None
    assert (mention.paragraph, mention.start, mention.status) == (again, 12, "checked")


def test_an_added_mention_and_its_link_come_back_when_the_letter_is_published_again(report, promise, clerk):
    mention = decisions.add_mention(report, MISSED, "fulfils", by=clerk)
    decisions.add_follow_up(promise, mention, by=clerk)

    decisions.withdraw(report, by=clerk, reason="Per abuis.")
    while_away = list(FollowUp.objects.public()), list(CommitmentMention.objects.public())
    decisions.publish(report, by=clerk)

    assert while_away == ([], [])
    assert list(CommitmentMention.objects.public()) == [mention]
    assert pairs() == {(promise.pk, mention.pk, "checked")}
    assert FollowUp.objects.public().count() == 1


def test_what_was_added_to_a_draft_goes_with_it_once_it_is_added_to_the_letter_too(report, clerk):
    draft = make_letter("report", status="draft")
    make_paragraph(make_section(draft), MISSED)
    decisions.add_mention(draft, MISSED, "fulfils", by=clerk)
    with pytest.raises(decisions.Refused, match="Neem het eerst daar over"):
        decisions.attach(draft, report, by=clerk)
    decisions.add_mention(report, MISSED, "fulfils", by=clerk)

    decisions.attach(draft, report, by=clerk)

    assert found_in(report) == [(MISSED, "fulfils", "checked")]


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_add_the_same_at_once_the_second_is_told(report):
    def add(kind):
        try:
            return decisions.add_mention(report, MISSED, kind, by=None).kind
        except decisions.DecidedAlready:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clerks:
        made = sorted(clerks.map(add, ["fulfils", "refers"]))

    assert made in (["fulfils", "told"], ["refers", "told"])
    assert CommitmentMention.objects.count() == 1


# -- Saying which promise it is


@pytest.fixture
def mention(report):
    return make_mention(report.paragraphs.get(), MISSED)


def test_a_promise_that_nobody_proposed_is_chosen_and_public(mention, promise, clerk):
    follow_up = decisions.add_follow_up(promise, mention, by=clerk)

    assert (follow_up.status, follow_up.decided_by) == ("checked", clerk)
    assert {"luchtverdediging", "plannen", "regionale"} <= set(follow_up.shared)
    assert follow_up.history.latest().history_user == clerk
    assert list(FollowUp.objects.public()) == [follow_up]


def test_a_promise_of_long_ago_can_be_chosen(mention, promise, clerk):
    Letter.objects.filter(pk=promise.letter_id).update(date="2010-02-08")

    decisions.add_follow_up(promise, mention, by=clerk)

    assert pairs() == {(promise.pk, mention.pk, "checked")}


def test_choosing_what_is_proposed_confirms_it(mention, promise, clerk):
    proposal = make_follow_up(promise, mention, status="unchecked", likeness=0.5)

    decisions.add_follow_up(promise, mention, by=clerk)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by, proposal.likeness) == ("checked", clerk, 0.5)


@pytest.mark.parametrize(
    ("status", "message"), [("checked", "al bevestigd"), ("rejected", "Kies daar alsnog “Ja”")]
)
def test_what_was_decided_of_the_pair_before_is_not_overwritten(mention, promise, clerk, status, message):
    held = make_follow_up(promise, mention, status=status)

    with pytest.raises(decisions.DecidedAlready, match=message) as refused:
        decisions.add_follow_up(promise, mention, by=clerk)

    assert refused.value.row == held
    assert pairs() == {(promise.pk, mention.pk, status)}


@pytest.mark.parametrize("side", ["promise", "mention"])
@pytest.mark.parametrize("hidden", ["unchecked", "draft"])
def test_both_sentences_must_be_checked_and_public(mention, promise, clerk, side, hidden):
    row = {"promise": promise, "mention": mention}[side]
    if hidden == "unchecked":
        type(row).objects.filter(pk=row.pk).update(status="unchecked")
    else:
        Letter.objects.filter(pk=row.letter_id).update(status="draft")

    with pytest.raises(decisions.Refused, match="Kijk eerst"):
        decisions.add_follow_up(promise, mention, by=clerk)

    assert pairs() == set()


def test_another_position_is_no_promise(mention, promise, clerk):
    Position.objects.update(stance="action")

    with pytest.raises(decisions.Refused, match="Kijk eerst"):
        decisions.add_follow_up(promise, mention, by=clerk)


@pytest.mark.parametrize("date", ["2023-10-20", "2023-10-21"])
def test_a_promise_of_the_same_day_or_later_is_not_taken_up(mention, promise, clerk, date):
    Letter.objects.filter(pk=promise.letter_id).update(date=date)

    with pytest.raises(decisions.Refused, match="uit een eerdere brief"):
        decisions.add_follow_up(promise, mention, by=clerk)


def test_a_letter_without_a_date_counts_from_its_meeting(mention, promise, clerk):
    Letter.objects.update(date=None)

    decisions.add_follow_up(promise, mention, by=clerk)

    assert list(decisions.promises_before(mention)) == [promise]


def test_of_a_letter_without_any_day_no_promise_is_earlier(mention, promise):
    Letter.objects.filter(pk=mention.letter_id).update(date=None)
    mention.letter.meetings.clear()

    assert list(decisions.promises_before(mention)) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_choose_the_same_at_once_the_second_is_told(mention, promise):
    def choose(_clerk):
        try:
            return decisions.add_follow_up(promise, mention, by=None).status
        except decisions.DecidedAlready:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clerks:
        made = sorted(clerks.map(choose, range(2)))

    assert made == ["checked", "told"]
    assert FollowUp.objects.count() == 1


# -- Proposals after a decision on a position


def test_a_promise_that_a_clerk_adds_is_proposed_at_once(
    mention, promise, clerk, django_capture_on_commit_callbacks
):
    letter = promise.letter
    promise.delete()

    with django_capture_on_commit_callbacks(execute=True):
        added = decisions.add_position(letter, PROMISE, "promise", by=clerk)

    assert pairs() == {(added.pk, mention.pk, "unchecked")}


def test_a_position_that_becomes_a_promise_is_proposed_at_once(
    mention, promise, clerk, django_capture_on_commit_callbacks
):
    Position.objects.update(stance="action", status="unchecked")

    with django_capture_on_commit_callbacks(execute=True):
        decisions.decide([promise], "checked", by=clerk, corrections={"stance": "promise"})

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_a_promise_that_is_undone_at_the_desk_is_proposed_again(
    mention, promise, clerk, django_capture_on_commit_callbacks
):
    letter = promise.letter
    with django_capture_on_commit_callbacks(execute=True), decisions.recorded(letter) as step:
        decisions.decide([promise], "checked", by=clerk, corrections={"stance": "action"})
    without = pairs()

    with django_capture_on_commit_callbacks(execute=True):
        decisions.undo(letter, step)

    assert (without, pairs()) == (set(), {(promise.pk, mention.pk, "unchecked")})


def test_a_position_that_becomes_a_promise_on_its_own_page_is_proposed_at_once(
    mention, promise, admin_client, django_capture_on_commit_callbacks
):
    Position.objects.update(stance="action")
    url = reverse("admin:letters_position_change", args=[promise.pk])
    form = admin_client.get(url).context["adminform"].form
    inline = {f"notes-{key}": 0 for key in ["TOTAL_FORMS", "INITIAL_FORMS"]}
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = {name: value for name, value in values.items() if value not in (None, False, [])}

    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(url, values | inline | {"stance": "promise"})

    assert response.status_code == 302
    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


@pytest.mark.parametrize(
    ("status", "corrections"), [("checked", {"stance": "action"}), ("rejected", {}), ("unchecked", {})]
)
def test_what_is_no_promise_any_more_is_not_proposed(
    mention, promise, clerk, django_capture_on_commit_callbacks, status, corrections
):
    make_follow_up(promise, mention, status="unchecked")

    with django_capture_on_commit_callbacks(execute=True):
        decisions.decide([promise], status, by=clerk, corrections=corrections)

    is_promise = status == "unchecked"  # which nobody rejected
    assert pairs() == ({(promise.pk, mention.pk, "unchecked")} if is_promise else set())
    assert list(FollowUp.objects.awaiting_decision()) == []


def test_the_place_of_what_is_no_promise_any_more_goes_to_the_next_best(
    mention, promise, topic, clerk, django_capture_on_commit_callbacks
):
    others = []
    for day in range(1, 4):
        letter = make_letter(date=f"2022-02-0{day}")
        paragraph = make_paragraph(make_section(letter, topics=[topic]), PROMISE)
        others.append(make_position(paragraph, stance="promise"))
    find_commitments(mention.letter)
    before = pairs()

    with django_capture_on_commit_callbacks(execute=True):
        decisions.decide([promise], "checked", by=clerk, corrections={"stance": "action"})

    assert before == {(one.pk, mention.pk, "unchecked") for one in [promise, *others[1:]]}
    assert pairs() == {(one.pk, mention.pk, "unchecked") for one in others}


@pytest.mark.parametrize("status", ["checked", "unchecked"])
def test_a_rejected_promise_that_is_taken_back_is_proposed_again(
    mention, promise, clerk, django_capture_on_commit_callbacks, status
):
    Position.objects.update(status="rejected")

    with django_capture_on_commit_callbacks(execute=True):
        decisions.decide([promise], status, by=clerk)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_a_promise_that_is_placed_again_is_proposed(
    mention, promise, clerk, django_capture_on_commit_callbacks
):
    Position.objects.update(paragraph=None)
    promise.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        decisions.place(promise, PROMISE, by=clerk)

    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def test_a_confirmed_link_stays_with_a_promise_that_is_rejected_and_comes_back_with_it(
    mention, promise, clerk, django_capture_on_commit_callbacks
):
    make_follow_up(promise, mention)

    with django_capture_on_commit_callbacks(execute=True):
        decisions.decide([promise], "rejected", by=clerk)
        hidden = list(FollowUp.objects.public())
        decisions.decide([promise], "checked", by=clerk)

    assert hidden == []
    assert FollowUp.objects.public().count() == 1


@pytest.mark.parametrize(
    "decide",
    [
        lambda position, promise: decisions.decide([position], "checked", by=None),
        lambda position, promise: decisions.decide([promise], "checked", by=None, corrections={"verb": "x"}),
        lambda position, promise: decisions.check_seen(position.letter, {}, by=None),
    ],
)
def test_a_decision_that_changes_no_promise_proposes_nothing(
    promise, django_capture_on_commit_callbacks, decide
):
    position = make_position(promise.paragraph, status="unchecked")

    with django_capture_on_commit_callbacks() as afterwards:
        decide(position, promise)

    assert afterwards == []


@pytest.mark.django_db(transaction=True)
def test_a_promise_made_at_the_desk_waits_for_a_reading_of_its_letter_without_holding_the_letter(
    mention, promise
):
    Position.objects.update(stance="action")
    is_reading = Event()

    def read():
        with transaction.atomic():
            one_at_a_time()
            is_reading.set()
            wait_until(_somebody_waits_for_the_reading)
            Letter.objects.select_for_update().get(pk=promise.letter_id)
        connection.close()

    reading = Thread(target=read)
    reading.start()
    is_reading.wait()
    with decisions.recorded(promise.letter) as step:  # as the desk does, which holds the letter first
        decisions.decide([promise], "checked", by=None, corrections={"stance": "promise"})
    reading.join(timeout=20)

    assert (reading.is_alive(), bool(step)) == (False, True)
    assert pairs() == {(promise.pk, mention.pk, "unchecked")}


def _somebody_waits_for_the_reading() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return cursor.fetchone()[0]
