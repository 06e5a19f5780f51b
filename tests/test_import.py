"""What `import_letters` takes for one letter, in which order, how it is interrupted, and what writing a letter costs."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.ingest import Upload, ingest, read_again
from letters.ingest.folders import letters_in
from letters.models import AgendaTopic, Letter, Position, Section

LETTERS = Path(__file__).parent / "letters"


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "originals"


@pytest.fixture
def topics(db):
    call_command("load_topics", stdout=StringIO())


def uploads(name: str) -> list[Upload]:
    return [Upload(name, (LETTERS / name).read_bytes())]


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).touch()


def test_metadata_goes_with_the_text_beside_it(tmp_path):
    names = [
        "a.pdf",
        "b/kst-1.html",
        "b/kst-1.metadata.xml",
        "b/kst-1.xml",
        "b/los.metadata.xml",
        ".verborgen/c.txt",
    ]
    touch(tmp_path, *names)

    letters = [[str(file.relative_to(tmp_path)) for file in files] for files in letters_in([tmp_path])]

    assert letters == [
        ["a.pdf"],
        ["b/kst-1.html"],
        ["b/kst-1.xml", "b/kst-1.metadata.xml"],
        ["b/los.metadata.xml"],
    ]


def test_paths_keep_the_order_in_which_they_are_given(tmp_path):
    touch(tmp_path, "z.txt", "map/b.txt", "map/a.txt")

    letters = letters_in([tmp_path / "z.txt", tmp_path / "map"])

    assert [files[0].name for files in letters] == ["z.txt", "a.txt", "b.txt"]


@pytest.mark.django_db
def test_metadata_alone_is_skipped_with_a_line(tmp_path):
    out = StringIO()
    (tmp_path / "kst-1.metadata.xml").write_text("<metadata/>")

    call_command("import_letters", tmp_path, stdout=out)

    assert out.getvalue() == (
        f"1/1 overgeslagen: {tmp_path / 'kst-1.metadata.xml'}: alleen gegevens, zonder de brief ernaast\n"
        "0 aangemaakt, 0 bijgewerkt, 0 ongewijzigd, 0 mislukt, 1 overgeslagen\n"
    )


@pytest.mark.django_db
def test_an_official_paper_and_its_metadata_become_one_letter(tmp_path):
    for name in ["kst-28676-446.xml", "kst-28676-446.metadata.xml"]:
        (tmp_path / name).write_bytes((LETTERS / name).read_bytes())
    out = StringIO()

    call_command("import_letters", tmp_path, stdout=out)

    letter = Letter.objects.get()
    assert sorted(file.name for file in letter.text_edition.files.all()) == [
        "kst-28676-446.metadata.xml",
        "kst-28676-446.xml",
    ]
    assert "kst-28676-446.xml (met kst-28676-446.metadata.xml)" in out.getvalue().splitlines()[0]


class Interrupted(StringIO):
    """An output at which somebody types Ctrl-C after the first line."""

    def write(self, text):
        written = super().write(text)
        if text.startswith("1/"):
            raise KeyboardInterrupt
        return written


@pytest.mark.django_db
def test_ctrl_c_says_how_far_it_came_and_the_next_import_goes_on(tmp_path):
    folder = tmp_path / "brieven"
    folder.mkdir()
    for name in ["agenda-2023-11-28.txt", "verslag-2021-03-23.txt"]:
        (folder / name).write_bytes((LETTERS / name).read_bytes())
    error, out = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("import_letters", folder, stdout=Interrupted(), stderr=error)
    held = list(Letter.objects.values_list("kind", flat=True))
    call_command("import_letters", folder, stdout=out)

    assert ended.value.code == 130
    assert error.getvalue().startswith("Onderbroken na 1 van 2.")
    assert held == ["annotated_agenda"]
    assert out.getvalue().splitlines()[-1] == "1 aangemaakt, 0 bijgewerkt, 1 ongewijzigd, 0 mislukt"


def queries_of(function) -> int:
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


@pytest.mark.django_db
def test_a_longer_letter_costs_no_more_queries(topics):
    short = (LETTERS / "own-verslag-top-2033.txt").read_text()
    paragraph = next(part for part in short.split("\n\n") if len(part) > 400)
    long = short.replace(paragraph, "\n\n".join([paragraph, *(f"{paragraph} ({n})" for n in range(20))]))
    other_year = long.replace("2033", "2031")

    of_short = queries_of(lambda: ingest([Upload("kort.txt", short.encode())]))
    of_long = queries_of(lambda: ingest([Upload("lang.txt", other_year.encode())]))

    few, many = (letter.paragraphs.count() for letter in Letter.objects.order_by("pk"))
    assert many >= few + 20
    assert of_long <= of_short + 4
    assert of_long < 100


@pytest.mark.django_db
def test_reading_again_without_news_costs_as_much_for_each_letter(topics):
    names = ["agenda-2023-11-28.txt", "verslag-2021-03-23.txt", "own-verslag-top-2033.txt"]
    editions = [ingest(uploads(name)).letter.text_edition for name in names]

    counts = [queries_of(lambda edition=edition: read_again(edition)) for edition in editions]

    assert max(counts) <= 45


@pytest.mark.django_db
def test_each_new_row_has_one_row_of_history_with_its_topics(topics):
    ingest(uploads("agenda-2023-11-28.txt"))

    for model in (Section, AgendaTopic, Position):
        assert sorted(model.history.values_list("id", "history_type")) == [
            (key, "+") for key in sorted(model.objects.values_list("pk", flat=True))
        ]
    for section in Section.objects.all():
        history = section.history.get()
        assert sorted(history.topics.values_list("topic", flat=True)) == sorted(
            section.topics.values_list("pk", flat=True)
        )
        assert sorted(history.agenda_topics.values_list("agendatopic", flat=True)) == sorted(
            section.agenda_topics.values_list("pk", flat=True)
        )
    assert Section.objects.exclude(topics=None).exists()
