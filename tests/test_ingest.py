from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from letters import decisions
from letters.ingest import NotAccepted, Outcome, Upload, ingest, read_again
from letters.models import AgendaTopic, Letter, Meeting, Paragraph, Position, Section, Topic
from letters.topic_list import load_topics
from tests.factories import make_letter, make_submission

pytestmark = pytest.mark.django_db

LETTERS = Path(__file__).parent / "letters"


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def _upload(name):
    return Upload(name, (LETTERS / name).read_bytes())


def _ingest(name="agenda-2023-11-28.txt"):
    return ingest([_upload(name)]).letter


def _misread(row, **values):
    """Make it as if an earlier reading had found these values."""
    for attribute, value in values.items():
        setattr(row, attribute, value)
    row.read = {**row.read, **values}
    row.save()


def test_a_letter_becomes_a_draft_with_everything_that_was_recognised():
    load_topics()

    report = ingest([_upload("verslag-2021-03-23.txt")])

    letter = report.letter
    assert (report.outcome, letter.status) == (Outcome.CREATED, "draft")
    assert (letter.kind, letter.date.isoformat()) == ("report", "2021-04-01")
    assert [str(one) for one in letter.signatories.all()] == [
        "Stef Blok, minister van Buitenlandse Zaken",
        "minister van Defensie",
    ]
    assert [(one.chamber, one.reference) for one in letter.submissions.all()] == [
        ("eerste-kamer", "BZDOC-1649422007-40")
    ]
    assert [one.slug for one in letter.meetings.all()] == ["2021-03-23-navo-buitenlandse-zaken"]
    assert [one.heading for one in letter.meetings.get().agenda_topics.all()] == [
        "Afghanistan",
        "Zuidflank",
        "NAVO2030 en voorbereiding NAVO Top",
        "China",
        "Rusland en wapenbeheersing",
    ]
    assert [topic.slug for topic in letter.sections.get(heading="China").topics.all()] == ["china"]
    assert letter.paragraphs.filter(citations__paper_number="kst-28676-353").count() == 1


def test_the_same_file_twice_changes_nothing():
    first = ingest([_upload("agenda-2023-11-28.txt")])

    second = ingest([_upload("agenda-2023-11-28.txt")])

    assert (second.outcome, second.letter) == (Outcome.UNCHANGED, first.letter)
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_bring_the_same_file_at_once_get_the_same_letter():
    def bring():
        try:
            return ingest([_upload("agenda-2023-11-28.txt")]).letter.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        brought = [people.submit(bring) for _person in range(2)]

    assert len({one.result() for one in brought}) == 1
    assert (Letter.objects.count(), Meeting.objects.count()) == (1, 1)


def test_another_edition_of_the_same_letter_is_attached_to_it():
    first = ingest([_upload("agenda-2023-11-28.txt")])

    second = ingest([_upload("agenda-2023-11-28.docx")])

    assert (second.letter, second.new_edition) == (first.letter, True)
    assert first.letter.editions.count() == 2
    assert Letter.objects.get().text_edition == first.letter.editions.order_by("id").first()


def test_agenda_and_report_of_different_meetings_do_not_meet():
    _ingest("agenda-2023-11-28.txt")
    _ingest("verslag-2021-03-23.txt")

    assert (Letter.objects.count(), Meeting.objects.count()) == (2, 2)


def test_reading_again_changes_nothing():
    letter = _ingest()
    before = list(letter.paragraphs.values_list("pk", "text"))

    report = read_again(letter.text_edition)

    assert report.outcome == Outcome.UNCHANGED
    assert list(letter.paragraphs.values_list("pk", "text")) == before


def test_a_heading_that_an_earlier_reading_had_wrong_is_repaired():
    letter = _ingest()
    _misread(letter.sections.get(heading="Oekraïne"), heading="Oekralne")

    report = read_again(letter.text_edition)

    assert report.outcome == Outcome.UPDATED
    assert letter.sections.filter(heading="Oekraïne").count() == 1


def test_a_heading_that_a_person_corrected_is_still_corrected_after_reading_again():
    letter = _ingest()
    Section.objects.filter(letter=letter, heading="Oekraïne").update(heading="Steun aan Oekraïne")

    read_again(letter.text_edition)

    assert letter.sections.filter(heading="Steun aan Oekraïne").count() == 1
    assert letter.sections.filter(heading="Oekraïne").count() == 0


def test_a_correction_that_a_new_reading_contradicts_becomes_a_problem():
    letter = _ingest()
    section = letter.sections.get(heading="Oekraïne")
    _misread(section, heading="Oekralne")
    Section.objects.filter(pk=section.pk).update(heading="Steun aan Oekraïne")

    read_again(letter.text_edition)

    section.refresh_from_db()
    assert section.heading == "Steun aan Oekraïne"
    problem = letter.problems.open().get(code="conflict")
    assert "Steun aan Oekraïne" in problem.message


def test_a_meeting_whose_date_a_person_moved_stays_the_meeting_of_the_letter():
    letter = _ingest()
    Meeting.objects.update(start="2023-11-27")

    read_again(letter.text_edition)

    assert Meeting.objects.get().start.isoformat() == "2023-11-27"
    assert letter.meetings.get() == Meeting.objects.get()


def test_topics_that_a_person_chose_stay_after_reading_again():
    load_topics()
    letter = _ingest()
    section = letter.sections.get(heading="Oekraïne")
    section.topics.set([Topic.objects.get(slug="rusland")])

    read_again(letter.text_edition)

    assert [topic.slug for topic in section.topics.all()] == ["rusland"]


def test_a_checked_position_is_still_checked_after_reading_again(admin_user):
    letter = _ingest()
    position = letter.positions.first()
    decisions.decide([position], Position.Status.CHECKED, by=admin_user)

    read_again(letter.text_edition)

    position.refresh_from_db()
    assert (position.status, position.decided_by) == ("checked", admin_user)


def test_a_rejected_position_is_not_proposed_again():
    letter = _ingest()
    position = letter.positions.first()
    decisions.decide([position], Position.Status.REJECTED, by=None)
    count = letter.positions.count()

    read_again(letter.text_edition)

    position.refresh_from_db()
    assert position.status == "rejected"
    assert letter.positions.count() == count


def test_a_stance_that_a_person_corrected_is_not_proposed_beside_the_correction():
    letter = _ingest()
    position = letter.positions.filter(stance="support").first()
    Position.objects.filter(pk=position.pk).update(stance="concern", status="checked")
    count = letter.positions.count()

    read_again(letter.text_edition)

    position.refresh_from_db()
    assert (position.stance, letter.positions.count()) == ("concern", count)


def test_a_position_that_a_person_added_stays_where_its_words_are():
    letter = _ingest()
    added = decisions.add_position(letter, "Ook het kabinet monitort", "view", by=None)

    read_again(letter.text_edition)

    added.refresh_from_db()
    assert added.paragraph.text[added.start : added.end] == added.sentence


def test_a_checked_position_whose_words_are_gone_becomes_an_orphan_and_a_problem():
    letter = _ingest()
    paragraph = letter.paragraphs.first()
    extra = Paragraph.objects.create(
        letter=letter,
        section=paragraph.section,
        order=99,
        text="Nederland steunt dit.",
        read={"text": "Nederland steunt dit."},
    )
    position = Position.objects.create(
        letter=letter,
        paragraph=extra,
        start=0,
        end=21,
        sentence=extra.text,
        stance="support",
        status="checked",
    )

    read_again(letter.text_edition)

    position.refresh_from_db()
    assert (position.paragraph, position.status) == (None, "checked")
    assert letter.problems.open().filter(code="orphaned-position").count() == 1
    assert Position.objects.public().count() == 0


def test_a_paragraph_keeps_its_anchor_when_a_letter_is_read_again_after_publication():
    letter = _ingest()
    decisions.publish(letter, by=None)
    before = list(letter.paragraphs.order_by("order").values_list("text", "anchor"))

    read_again(letter.text_edition)

    assert list(letter.paragraphs.order_by("order").values_list("text", "anchor")) == before


def test_a_paragraph_that_a_new_reading_adds_to_a_published_letter_gets_an_anchor_between():
    letter = _ingest()
    decisions.publish(letter, by=None)
    letter.paragraphs.get(anchor="2").delete()

    read_again(letter.text_edition)

    anchors = list(letter.paragraphs.order_by("order").values_list("anchor", flat=True))
    assert anchors[:3] == ["1", "1a", "3"]


def test_the_report_of_the_same_meeting_joins_the_agenda_topics_of_its_agenda():
    load_topics()
    _ingest("agenda-2023-11-28.txt")
    text = (LETTERS / "verslag-2021-03-23.txt").read_text()
    report = text.replace("23 en 24 maart 2021", "28 en 29 november 2023").replace(
        "23 EN 24 MAART 2021", "28 EN 29 NOVEMBER 2023"
    )
    report = report.replace("\nAfghanistan\n", "\nOekraïne\n").replace("1 april 2021", "6 december 2023")

    ingest([Upload("verslag.txt", report.encode())])

    assert Meeting.objects.count() == 1
    kinds = AgendaTopic.objects.get(heading="Oekraïne").sections.values_list("letter__kind", flat=True)
    assert sorted(kinds) == ["annotated_agenda", "report"]


def test_the_dutch_view_below_a_topic_joins_the_agenda_topic_of_that_topic():
    text = (LETTERS / "unseen-agenda-2006-04-27.txt").read_text()
    paragraph = "Nederland levert met ingang van 1 augustus"

    ingest([Upload("agenda.txt", text.replace(paragraph, f"Nederlandse inzet\n\n{paragraph}").encode())])

    sections = AgendaTopic.objects.get(heading="Afghanistan").sections.order_by("order")
    assert [section.heading for section in sections] == ["Afghanistan", "Nederlandse inzet"]
    assert not AgendaTopic.objects.filter(heading="Nederlandse inzet").exists()


def test_a_paper_number_that_another_letter_has_becomes_a_problem():
    held = make_letter()
    make_submission(held, paper_number="kst-28676-977")
    upload = _upload("own-kamerstuk-verslag-2027.txt")

    letter = ingest([upload]).letter

    assert letter.paper_number == ""
    assert held.title in letter.problems.get(code="paper-number-taken").message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("leeg.txt", b"", "is leeg"),
        ("kapot.pdf", b"%PDF-1.7\nniets", "beschadigd"),
        (
            "brief.pdf",
            b"Geachte voorzitter, hierbij bied ik u het verslag aan.",
            "de inhoud is platte tekst",
        ),
        (
            "boodschappen.txt",
            b"Melk, brood en drie eieren.\n\nNiet vergeten: kaas.",
            "geen brief van een minister",
        ),
        (
            "inbreng.txt",
            (LETTERS / "own-inbreng-2032.txt").read_bytes(),
            "de inbreng van fracties",
        ),
    ],
)
def test_what_is_no_letter_is_refused_in_dutch_and_nothing_is_stored(name, data, message, tmp_path):
    with pytest.raises(NotAccepted, match=message):
        ingest([Upload(name, data)])

    assert Letter.objects.count() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_of_several_files_the_one_that_cannot_be_read_is_named():
    files = [
        Upload("brief.txt", b"Geachte voorzitter,"),
        Upload("kaart.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
    ]

    with pytest.raises(NotAccepted, match=r"^“kaart\.png”: Dit is een afbeelding"):
        ingest(files)


def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_MB = 1

    with pytest.raises(NotAccepted, match="groter dan 1 MB"):
        ingest([Upload("brief.txt", b"x" * (1024 * 1024 + 1))])
