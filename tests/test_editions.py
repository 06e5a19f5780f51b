"""Whether two letters are one: what a machine may decide, what it asks, and what a person's answer does."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from letters import decisions
from letters.decisions import Refused
from letters.ingest import NotAccepted, Outcome, Upload, ingest, write_reading
from letters.models import (
    Edition,
    Letter,
    Problem,
    Section,
    Submission,
    Topic,
)
from letters.parsing.revisions import REVISION
from letters.topic_list import load_topics
from tests.factories import make_note

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"
HEAD = """Ministerie van Buitenlandse Zaken

Aan de Voorzitter van de
Tweede Kamer der Staten-Generaal
Binnenhof 4
Den Haag

Onze Referentie

BZDOC-1649422007-77

Datum 20 november 2023
Betreft Geannoteerde agenda NAVO Foreign Ministers Meeting van 28 en 29 november 2023

Geachte voorzitter,

Hierbij bied ik u de geannoteerde agenda aan voor de NAVO Foreign Ministers Meeting van 28 en 29 november 2023.

De minister van Buitenlandse Zaken,

Hanke Bruins Slot

"""
AGENDA = HEAD + (LETTERS / "agenda-2023-11-28.txt").read_text()
REPORT = (LETTERS / "verslag-2021-03-23.txt").read_text()
SENTENCE = "Het kabinet steunt dit beleid onverkort."
TO_THE_HOUSE = REPORT.replace("Eerste Kamer", "Tweede Kamer").replace("1649422007-40", "1649422007-41")
#: As the official publication writes it: other dashes.
RETYPED = HEAD + (LETTERS / "agenda-2023-11-28.txt").read_text().replace("-", "–")
HALF = AGENDA[: AGENDA.index("Defensieuitgaven (burden")] + "\n\n".join(
    f"De brief zegt nu in zin {number} iets wat er eerder niet stond." for number in range(20)
)
MARKED = f"NATO RESTRICTED\n\n{AGENDA}"
REPRINT = f"HERDRUK\n\n{AGENDA}"
LATER_DATE = AGENDA.replace("20 november 2023", "24 november 2023")


@pytest.fixture(autouse=True)
def stored_originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def _bring(text, *, attach=True, name="brief.txt"):
    return ingest([Upload(name, text.encode())], attach=attach)


def _draft_beside(text=RETYPED, held=AGENDA):
    """A held letter, and a draft that may be the same."""
    return _bring(held).letter, _bring(text, attach=False).letter


def test_the_same_letter_in_other_dashes_is_attached_at_once_in_bulk():
    letter = _bring(AGENDA).letter

    report = _bring(RETYPED)

    assert (report.letter, report.outcome, report.new_edition) == (letter, Outcome.UPDATED, True)
    assert Letter.objects.count() == 1


def test_on_the_desk_even_a_sure_match_is_a_draft_that_asks():
    letter, draft = _draft_beside()

    problem = draft.problems.get(code="same-letter")

    assert (draft.status, problem.other_letter) == ("draft", letter)
    assert "100% van de zinnen is gelijk" in problem.message


def test_a_letter_that_shares_half_of_its_sentences_becomes_a_draft_that_asks():
    letter = _bring(AGENDA).letter

    report = _bring(HALF)

    assert report.outcome == Outcome.CREATED
    assert [match.letter for match in report.matches] == [letter]
    assert report.letter.problems.get(code="same-letter").other_letter == letter


def test_a_letter_with_another_date_is_never_attached_by_itself():
    letter = _bring(AGENDA).letter

    report = _bring(LATER_DATE)

    assert report.letter != letter
    assert [match.contradictions for match in report.matches] == [("datum van de brief",)]


def test_another_letter_about_the_same_meeting_asks_nothing():
    _bring(AGENDA)
    other = (
        AGENDA[: AGENDA.index("Geachte")]
        + "Geachte voorzitter,\n\n"
        + "\n\n".join(
            f"Op 28 en 29 november 2023 spreken de NAVO-ministers van Buitenlandse Zaken over punt {number}."
            for number in range(9)
        )
    )

    assert _bring(other).matches == ()


def test_the_same_text_to_the_other_chamber_is_a_second_submission():
    letter = _bring(REPORT).letter

    _bring(TO_THE_HOUSE)

    assert sorted(letter.submissions.values_list("chamber", "reference")) == [
        ("eerste-kamer", "BZDOC-1649422007-40"),
        ("tweede-kamer", "BZDOC-1649422007-41"),
    ]


def test_a_letter_whose_meeting_could_not_be_read_is_found_by_its_date():
    letter = _bring(AGENDA).letter
    letter.meetings.clear()

    assert _bring(RETYPED).letter == letter


@pytest.mark.parametrize("status", ["draft", "published", "withdrawn"])
def test_the_same_bytes_lead_to_the_letter_whatever_became_of_it(status):
    letter = _bring(AGENDA).letter
    if status != "draft":
        decisions.publish(letter, by=None)
    if status == "withdrawn":
        decisions.withdraw(letter, by=None, reason="Verkeerd.")

    report = _bring(AGENDA)

    assert (report.letter, report.outcome, report.held) == (letter, Outcome.UNCHANGED, True)


def test_a_file_that_is_held_beside_another_is_held():
    letter = ingest([Upload("a.txt", AGENDA.encode()), Upload("b.txt", b"Bijlage bij de brief.\n")]).letter

    report = _bring(AGENDA)

    assert (report.letter, report.held) == (letter, True)


def test_a_cover_letter_beside_a_held_annex_says_what_to_do_and_brings_its_date_and_number():
    cover, annex = REPORT[: REPORT.index("VERSLAG BIJENKOMST")], REPORT[REPORT.index("VERSLAG BIJENKOMST") :]
    letter = _bring(annex).letter

    draft = _bring(cover).letter
    before, asked = letter.date, draft.problems.get(code="same-letter").message
    decisions.attach(draft, letter, by=None)

    letter.refresh_from_db()
    assert "alleen de aanbiedingsbrief, of alleen de bijlage" in asked
    assert (before, str(letter.date)) == (None, "2021-04-01")
    assert letter.submissions.get().reference == "BZDOC-1649422007-40"


def test_metadata_alone_of_a_held_letter_names_that_letter():
    letter = _bring(AGENDA).letter
    letter.submissions.update(paper_number="kst-28676-446")
    name = "kst-28676-446.metadata.xml"

    with pytest.raises(NotAccepted, match="Kies het samen met de tekst") as refused:
        ingest([Upload(name, (LETTERS / name).read_bytes())])

    assert refused.value.letter == letter


def test_attaching_moves_the_edition_and_throws_the_draft_away(admin_user):
    letter, draft = _draft_beside()
    edition = draft.text_edition

    decisions.attach(draft, letter, by=admin_user)

    edition.refresh_from_db()
    assert (Letter.objects.get(), edition.letter) == (letter, letter)
    assert Letter.objects.get().text_edition != edition
    assert Problem.objects.filter(code="same-letter").count() == 0


def test_attaching_keeps_what_was_checked_added_and_noted_on_the_draft(admin_user):
    letter, draft = _draft_beside()
    decisions.decide([draft.positions.get(sentence=SENTENCE)], "checked", by=admin_user)
    added = decisions.add_position(draft, "Ook het kabinet monitort", "view", by=admin_user)
    make_note(letter=draft, is_public=False)
    make_note(position=added, is_public=False)

    decisions.attach(draft, letter, by=admin_user)

    held = letter.positions.get(sentence=SENTENCE)
    carried = letter.positions.get(stance="view", sentence__startswith="Ook het kabinet monitort")
    assert (held.status, held.decided_by) == ("checked", admin_user)
    assert (carried.status, carried.notes.count(), letter.notes.count()) == ("checked", 1, 1)
    assert carried.paragraph.text[carried.start : carried.end] == carried.sentence


def test_attaching_carries_a_topic_and_a_corrected_heading_of_the_draft():
    load_topics()
    letter, draft = _draft_beside()
    section = draft.sections.get(heading="Oekraïne")
    section.topics.set([Topic.objects.get(slug="rusland")])
    Section.objects.filter(pk=section.pk).update(heading="Steun aan Oekraïne")

    decisions.attach(draft, letter, by=None)

    carried = letter.sections.get(heading="Steun aan Oekraïne")
    assert [topic.slug for topic in carried.topics.all()] == ["rusland"]


def test_a_decision_that_cannot_be_carried_refuses_and_changes_nothing():
    letter, draft = _draft_beside(HALF)
    decisions.add_position(draft, "De brief zegt nu in zin 7 iets", "view", by=None)

    with pytest.raises(Refused, match="De brief zegt nu in zin 7 iets"):
        decisions.attach(draft, letter, by=None)

    assert Letter.objects.count() == 2
    assert draft.positions.filter(status="checked").count() == 1


def test_a_date_that_people_chose_differently_refuses():
    letter, draft = _draft_beside()
    Letter.objects.filter(pk=draft.pk).update(date="2023-11-22")

    with pytest.raises(Refused, match="datum van de brief"):
        decisions.attach(draft, letter, by=None)


def test_a_position_that_was_judged_otherwise_on_the_letter_refuses():
    letter, draft = _draft_beside()
    decisions.decide([letter.positions.get(sentence=SENTENCE)], "rejected", by=None)
    decisions.decide([draft.positions.get(sentence=SENTENCE)], "checked", by=None)

    with pytest.raises(Refused, match=SENTENCE[:30]):
        decisions.attach(draft, letter, by=None)


def test_a_number_that_a_person_filled_in_on_the_draft_comes_along():
    letter, draft = _draft_beside()
    Submission.objects.filter(letter=draft).update(paper_number="kst-28676-446")

    decisions.attach(draft, letter, by=None)

    assert letter.submissions.get().paper_number == "kst-28676-446"


def test_the_second_of_two_people_who_attach_gets_a_sentence():
    letter, draft = _draft_beside()
    decisions.attach(Letter.objects.get(pk=draft.pk), letter, by=None)

    with pytest.raises(Refused, match="een ander heeft er intussen over beslist"):
        decisions.attach(draft, letter, by=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_at_once_one_gets_a_sentence():
    letter, draft = _draft_beside()

    def answer(decide):
        try:
            decide(Letter(pk=draft.pk), Letter(pk=letter.pk), by=None)
        except Refused as error:
            return str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        answers = [one.result() for one in [people.submit(answer, decisions.attach) for _person in range(2)]]

    assert sorted(answer is None for answer in answers) == [False, True]
    assert letter.editions.count() == 2


def test_a_draft_to_an_unknown_chamber_is_submitted_to_the_other(admin_user):
    letter, draft = _draft_beside(TO_THE_HOUSE, REPORT)
    Submission.objects.filter(letter=draft).update(chamber="")

    decisions.submit_to_other_chamber(draft, letter, by=admin_user)

    assert sorted(letter.submissions.values_list("chamber", flat=True)) == ["eerste-kamer", "tweede-kamer"]


@pytest.mark.parametrize(
    ("decide", "field"),
    [(decisions.replace, "replaces"), (decisions.supplement, "supplements"), (decisions.keep_apart, None)],
)
def test_two_letters_stay_two_and_the_question_is_settled(admin_user, decide, field):
    letter, draft = _draft_beside(LATER_DATE)

    decide(draft, letter, by=admin_user)

    draft.refresh_from_db()
    assert (getattr(draft, field) == letter) if field else draft.replaces is None
    assert draft.problems.open().filter(code="same-letter").count() == 0


def test_two_letters_do_not_replace_each_other():
    letter, draft = _draft_beside(LATER_DATE)
    decisions.replace(draft, letter, by=None)

    with pytest.raises(Refused, match="Kies andersom"):
        decisions.replace(letter, draft, by=None)


def test_another_edition_supplies_the_text_and_anchors_and_decisions_stay(admin_user):
    letter = _bring(AGENDA).letter
    decisions.decide([letter.positions.get(sentence=SENTENCE)], "checked", by=admin_user)
    decisions.publish(letter, by=None)
    before = dict(letter.paragraphs.values_list("pk", "anchor"))
    edition = Edition.objects.exclude(pk=letter.text_edition_id).filter(letter=_bring(RETYPED).letter).get()

    decisions.supply_text(edition, by=admin_user)

    letter.refresh_from_db()
    assert letter.text_edition == edition
    assert dict(letter.paragraphs.values_list("pk", "anchor")) == before
    assert letter.paragraphs.filter(text__contains="G7–verklaring").exists()
    assert letter.positions.get(sentence=SENTENCE).status == "checked"


def test_the_preview_says_what_would_change_and_changes_nothing(admin_user):
    letter = _bring(AGENDA).letter
    decisions.decide([letter.positions.get(sentence=SENTENCE)], "checked", by=admin_user)
    draft = _bring(AGENDA.replace(SENTENCE, "Dat is bekend."), attach=False).letter
    decisions.attach(draft, letter, by=None)
    edition = letter.editions.exclude(pk=letter.text_edition_id).get()
    history = Letter.history.count()

    change = decisions.preview_text(edition, by=admin_user)

    assert change.orphans == (SENTENCE,)
    assert change.paragraphs_before == change.paragraphs_after
    assert (change.words_gone, change.words_new) == (6, 3)
    assert Letter.history.count() == history
    assert letter.positions.get(sentence=SENTENCE).paragraph is not None


def test_the_edition_that_supplies_the_text_is_not_chosen_again():
    letter = _bring(AGENDA).letter

    with pytest.raises(Refused, match="levert de tekst al"):
        decisions.supply_text(letter.text_edition, by=None)


def test_a_marked_edition_does_not_supply_the_text_of_a_public_letter_before_someone_wrote_why_it_may(
    admin_user,
):
    letter = _bring(AGENDA).letter
    decisions.publish(letter, by=admin_user)
    marked = _bring(MARKED).letter.editions.last()

    with pytest.raises(Refused, match="NATO RESTRICTED"):
        decisions.supply_text(marked, by=admin_user)

    letter.refresh_from_db()
    assert letter.text_edition != marked
    decisions.resolve(letter.problems.blocking().get(), by=admin_user, reason="Vrijgegeven door DVB.")
    assert decisions.supply_text(marked, by=admin_user).text_edition == marked


def test_a_marking_on_two_editions_stays_when_one_of_them_loses_it():
    letter = _bring(MARKED).letter
    other = _bring(f"NATO RESTRICTED\n\n{RETYPED}").letter.editions.last()
    first = letter.text_edition
    first.reading["problems"] = []

    write_reading(first)

    assert letter.problems.blocking().get().edition == other


def test_what_both_editions_ask_of_the_text_is_still_asked_when_the_other_supplies_it(admin_user):
    letter, _same = (_bring(text.replace("Datum 20 november 2023", "")).letter for text in (AGENDA, RETYPED))
    asked = list(letter.problems.open().values_list("code", flat=True))

    decisions.supply_text(letter.editions.last(), by=admin_user)

    assert asked == ["date_missing"]
    assert list(letter.problems.open().values_list("code", flat=True)) == asked


def test_an_orphan_stays_a_problem_when_the_other_edition_lacks_its_words_too(admin_user):
    letter = _bring(AGENDA).letter
    decisions.decide([letter.positions.get(sentence=SENTENCE)], "checked", by=admin_user)
    for words in ("Dat is bekend.", "Dat was al bekend."):
        _bring(AGENDA.replace(SENTENCE, words))
    first, second = letter.editions.order_by("pk")[1:]

    decisions.supply_text(first, by=admin_user)
    decisions.supply_text(second, by=admin_user)

    assert letter.problems.open().filter(code="orphaned-position").count() == 1


def test_an_edition_that_was_thrown_away_meanwhile_gets_a_sentence(admin_user):
    letter, draft = _draft_beside()
    edition = draft.text_edition
    decisions.attach(draft, letter, by=admin_user)

    with pytest.raises(Refused, match="een ander heeft er intussen over beslist"):
        decisions.supply_text(edition, by=admin_user)  # as the page of the draft had it


@pytest.mark.parametrize("texts", [(AGENDA, REPRINT), (REPRINT, AGENDA)])
def test_a_reprint_and_the_letter_that_it_replaces_are_left_to_a_person_whichever_comes_first(texts):
    first, second = (_bring(text) for text in texts)

    assert (second.outcome, [match.letter for match in second.matches]) == (Outcome.CREATED, [first.letter])


def test_a_letter_that_replaces_another_asks_which_until_that_is_decided(admin_user):
    held, reprint = (_bring(text).letter for text in (AGENDA, REPRINT))
    assert reprint.problems.open().filter(code=REVISION).count() == 1

    decisions.replace(reprint, held, by=admin_user)

    assert reprint.problems.open().filter(code=REVISION).count() == 0


def test_a_bulk_import_never_publishes_what_may_be_held_already(tmp_path, capsys):
    files = []
    for name, text in [("een.txt", AGENDA), ("twee.txt", LATER_DATE)]:
        files.append(tmp_path / name)
        files[-1].write_text(text)

    for _again in range(2):
        call_command("import_letters", *map(str, files), "--publish")

    held, draft = Letter.objects.order_by("pk")
    said = capsys.readouterr().out
    assert (held.status, draft.status) == ("published", "draft")
    assert said.count(f"misschien dezelfde brief als {held.get_absolute_url()}") == 2


@pytest.mark.parametrize(
    "names",
    [
        ["agenda-2023-11-28.docx", "kst-28676-446.xml", "agenda-2023-11-28.odt"],
        ["kst-28676-446.html", "agenda-2023-11-28.pdf", "agenda-2023-11-28.txt"],
        ["verslag-2021-03-23.pdf", "verslag-2021-03-23.odt", "verslag-2021-03-23.docx"],
    ],
)
def test_files_of_one_letter_in_any_format_and_order_are_editions_of_it(names):
    reports = [ingest([Upload(name, (LETTERS / name).read_bytes())]) for name in names]

    assert [report.letter for report in reports] == [reports[0].letter] * len(names)
    assert Letter.objects.get().editions.count() == len(names)
