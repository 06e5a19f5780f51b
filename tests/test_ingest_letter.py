"""A reading that is merged with what is there of the letter as a whole: submissions, signatories, meetings, sessions."""

import datetime
from pathlib import Path

import pytest

from letters import decisions, originals
from letters.ingest import NotAccepted, Outcome, Upload, ingest, read_again
from letters.ingest.meetings import fill_shared
from letters.ingest.moving import move_to_meetings
from letters.models import AgendaTopic, Letter, Meeting, Position, Problem, Section, Session, Submission
from tests.factories import make_letter, make_meeting, make_note, make_section, make_session

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"
AGENDA = (LETTERS / "agenda-2023-11-28.txt").read_text()
REPORT = (LETTERS / "verslag-2021-03-23.txt").read_text()
TO_THE_HOUSE = REPORT.replace("Eerste Kamer", "Tweede Kamer").replace("1649422007-40", "1649422007-41")
DAY_EARLIER = AGENDA.replace("28-29 november", "27-28 november").replace("28 november", "27 november")


@pytest.fixture(autouse=True)
def stored_originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def _ingest(text=AGENDA):
    return ingest([Upload("brief.txt", text.encode())]).letter


def _read_again(letter, text=None):
    """Read again, as if the reader now finds ``text`` in the original."""
    letter.refresh_from_db()
    if text is not None:
        letter.text_edition.files.update(sha256=originals.store(text.encode()))
    report = read_again(letter.text_edition)
    letter.refresh_from_db()
    return report


def _submitted(letter):
    return sorted(letter.submissions.values_list("chamber", "reference"))


BOTH_CHAMBERS = [("eerste-kamer", "BZDOC-1649422007-40"), ("tweede-kamer", "BZDOC-1649422007-41")]


def test_a_letter_to_both_chambers_keeps_its_two_submissions_when_either_edition_is_read_again():
    letter = _ingest(REPORT)
    _ingest(TO_THE_HOUSE)

    for edition in letter.editions.all():
        read_again(edition)

    assert _submitted(letter) == BOTH_CHAMBERS


def test_a_chamber_that_a_person_filled_in_already_becomes_a_problem_when_it_is_read():
    letter = _ingest(REPORT)
    Submission.objects.create(letter=letter, chamber="tweede-kamer", reference="X")

    _read_again(letter, REPORT.replace("Eerste Kamer", "Tweede Kamer"))

    assert _submitted(letter) == [("eerste-kamer", "BZDOC-1649422007-40"), ("tweede-kamer", "X")]
    assert letter.problems.open().filter(code="chamber-taken").count() == 1


def test_a_submission_that_a_person_deleted_does_not_come_back():
    letter = _ingest(REPORT)
    letter.submissions.all().delete()

    _read_again(letter)

    assert letter.submissions.count() == 0


def test_the_same_file_chosen_twice_is_taken_once():
    report = ingest([Upload("a.txt", AGENDA.encode()), Upload("b.txt", AGENDA.encode())])

    assert [file.name for file in report.letter.text_edition.files.all()] == ["a.txt"]


def test_a_draft_does_not_complete_a_public_meeting_and_does_once_it_is_public():
    meeting = make_meeting("2023-11-28")
    session = make_session(meeting)
    make_section(make_letter("report", meetings=[meeting]), session=session, kind="session")

    letter = _ingest()
    of_the_draft = Session.objects.get(pk=session.pk).title, Meeting.objects.get().end
    decisions.publish(letter, by=None)
    letter.refresh_from_db()
    fill_shared(letter)

    assert of_the_draft == ("", None)
    assert Session.objects.get(pk=session.pk).title != ""
    assert Meeting.objects.get().end == datetime.date(2023, 11, 29)


@pytest.mark.parametrize("carry", [_read_again, move_to_meetings])
def test_sections_follow_the_meeting_that_a_person_chose_for_the_letter(carry):
    letter = _ingest()
    read, chosen = letter.meetings.get(), make_meeting("2023-11-27")
    headings = sorted(read.agenda_topics.values_list("heading", flat=True))
    letter.meetings.set([chosen])

    carry(letter)

    assert (read.sessions.count(), read.agenda_topics.count()) == (0, 0)
    assert sorted(chosen.agenda_topics.values_list("heading", flat=True)) == headings
    assert {section.meeting for section in letter.sections.all()} == {chosen}
    assert _read_again(letter).outcome == Outcome.UNCHANGED


def test_what_another_letter_uses_too_stays_when_a_letter_moves_to_another_meeting():
    letter = _ingest()
    read, chosen = letter.meetings.get(), make_meeting("2023-11-27")
    shared = read.agenda_topics.get(heading="Oekraïne")
    make_section(make_letter("report", meetings=[read]), "Oekraïne", agenda_topics=[shared])
    letter.meetings.set([chosen])

    move_to_meetings(letter)

    assert [topic.heading for topic in read.agenda_topics.all()] == ["Oekraïne"]
    assert chosen.agenda_topics.filter(heading="Oekraïne", sections__letter=letter).count() == 1


def test_a_better_read_date_corrects_the_meeting_and_keeps_what_people_wrote_there():
    letter = _ingest()
    topic = AgendaTopic.objects.get(heading="Oekraïne")
    make_note(agenda_topic=topic)
    AgendaTopic.objects.filter(pk=topic.pk).update(heading="Steun aan Oekraïne")
    Meeting.objects.update(place="Brussel", status="uitgesteld")

    _read_again(letter, DAY_EARLIER)

    meeting = Meeting.objects.get()
    assert letter.meetings.get() == meeting
    assert (meeting.start, meeting.place, meeting.status) == (
        datetime.date(2023, 11, 27),
        "Brussel",
        "uitgesteld",
    )
    assert meeting.agenda_topics.get(notes__isnull=False).heading == "Steun aan Oekraïne"


def test_a_better_read_date_of_a_meeting_that_letters_share_becomes_a_problem():
    letter = _ingest()
    make_letter("report", meetings=[letter.meetings.get()])

    _read_again(letter, DAY_EARLIER)

    assert letter.meetings.get().start == datetime.date(2023, 11, 28)
    assert letter.problems.open().filter(code="conflict", field__startswith="meeting:").count() == 1


@pytest.mark.parametrize(
    "other", [{"format": "npg"}, {"levels": []}, {"levels": ["defensie"]}, {"body": "EU"}]
)
def test_another_meeting_on_the_same_day_is_not_the_letters_meeting(other):
    meeting = make_meeting("2023-11-28", **other)

    letter = _ingest()

    assert letter.meetings.get() != meeting


def test_two_meetings_that_fit_are_left_to_a_person_whose_choice_is_followed():
    make_meeting("2023-11-28")
    chosen = make_meeting("2023-11-28")

    letter = _ingest()
    of_the_reading = letter.meetings.count(), letter.problems.filter(code="meeting-ambiguous").count()
    letter.meetings.set([chosen])
    _read_again(letter)

    assert of_the_reading == (0, 1)
    assert chosen.agenda_topics.filter(heading="Oekraïne").count() == 1


def test_a_session_that_a_person_renumbered_stays_that_session():
    letter = _ingest()
    session = Session.objects.get(number=3)
    Session.objects.filter(pk=session.pk).update(number=4)
    sections = list(session.sections.values_list("pk", flat=True))

    _read_again(letter)

    assert list(Session.objects.values_list("number", flat=True)) == [1, 2, 4]
    assert list(session.sections.values_list("pk", flat=True)) == sections


def test_signatories_that_a_new_reading_contradicts_become_a_problem():
    letter = _ingest(REPORT)
    letter.signatories.filter(name="Stef Blok").update(name="Stef Blom")

    _read_again(letter, REPORT.replace("Stef Blok", "Steven Blok"))

    assert letter.signatories.first().name == "Stef Blom"
    assert "Steven Blok" in letter.problems.open().get(code="conflict").message


def test_signatories_that_another_edition_brought_stay_when_the_text_is_read_again():
    unsigned = REPORT.replace("De minister van Buitenlandse Zaken,\n", "").replace("Stef Blok\n", "")
    unsigned = unsigned.replace("mede namens de minister van Defensie, ", "")
    letter = _ingest(unsigned)
    before = letter.signatories.count()

    _ingest(REPORT)
    _read_again(letter)

    assert before == 0
    assert [one.name for one in letter.signatories.all()] == ["Stef Blok", ""]


def test_a_second_edition_with_the_paper_number_moves_the_address():
    paper = (LETTERS / "own-kamerstuk-verslag-2027.txt").read_text()
    bare = "\n".join(line for line in paper.splitlines() if "28 676" not in line and "977" not in line)
    letter = _ingest(bare)

    same = _ingest(paper)

    assert same == letter
    assert Letter.objects.get().slug == "kst-28676-977"


def test_an_original_that_is_gone_is_said_in_dutch():
    letter = _ingest()
    letter.text_edition.files.update(sha256="0" * 64)

    with pytest.raises(NotAccepted, match="staat niet in de opslag"):
        read_again(letter.text_edition)


def test_what_another_edition_asked_is_still_asked_when_the_text_is_read_again():
    letter = _ingest(REPORT)
    other = ingest([Upload("anders.txt", TO_THE_HOUSE.encode())]).letter.editions.order_by("pk").last()
    Problem.objects.create(
        letter=letter, edition=other, code="leak", field="file:anders.txt", message="Een naam."
    )

    _read_again(letter)
    of_the_other = letter.problems.open().filter(code="leak").count()
    read_again(other)

    assert of_the_other == 1
    assert letter.problems.open().filter(code="leak").count() == 0


def test_a_question_about_the_letter_is_gone_once_any_edition_agrees():
    letter = _ingest(REPORT)
    Letter.objects.filter(pk=letter.pk).update(date="2021-04-02")
    _read_again(letter, REPORT.replace("1 april 2021", "3 april 2021"))
    asked = letter.problems.open().filter(field__endswith=":date").count()
    Letter.objects.filter(pk=letter.pk).update(date="2021-04-03")

    ingest([Upload("anders.txt", f"{REPORT.replace('1 april 2021', '3 april 2021')} ".encode())])

    assert (asked, letter.problems.open().filter(field__endswith=":date").count()) == (1, 0)


def test_every_row_of_history_that_a_reading_writes_shows_a_change():
    letter = _ingest(AGENDA)
    _read_again(letter, AGENDA.replace("Oekraïne\n\nHet verder", "Steun aan Oekraïne\n\nHet verder"))
    _read_again(letter, DAY_EARLIER)

    silent = [
        (model.__name__, record.history_id)
        for model in (Letter, Section, Position, AgendaTopic, Meeting, Session, Submission)
        for record in model.history.filter(history_type="~")
        if not {change.field for change in record.diff_against(record.prev_record).changes} - {"read"}
    ]
    assert silent == []
