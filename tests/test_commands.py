import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from letters.management.commands import prepare
from letters.models import Letter, Position, Topic, TopicName
from tests.factories import make_topic

LETTERS = Path(__file__).parent / "letters"


@pytest.fixture(autouse=True)
def originals(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "originals"


def _run(*arguments, **options):
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as exit_:
        status = exit_.code
    return out.getvalue(), err.getvalue(), status


def test_parse_letter_prints_what_was_read_as_json():
    out, _err, _status = _run("parse_letter", LETTERS / "verslag-2021-03-23.txt")

    letter = json.loads(out)
    assert (letter["kind"], letter["date"], letter["citations"]) == (
        "report",
        "2021-04-01",
        ["kst-28676-353"],
    )


def test_parse_letter_says_in_dutch_what_is_wrong_with_a_file(tmp_path):
    file = tmp_path / "leeg.pdf"
    file.touch()

    with pytest.raises(CommandError, match="leeg"):
        _run("parse_letter", file)


@pytest.mark.django_db
def test_import_letters_says_what_became_of_each_file_and_changes_nothing_the_second_time(tmp_path):
    folder = tmp_path / "brieven"
    folder.mkdir()
    for name in ["agenda-2023-11-28.txt", "verslag-2021-03-23.docx"]:
        (folder / name).write_bytes((LETTERS / name).read_bytes())

    first = _run("import_letters", folder)
    second = _run("import_letters", folder)

    agenda, report = folder / "agenda-2023-11-28.txt", folder / "verslag-2021-03-23.docx"
    agenda_address, report_address = (
        Letter.objects.get(kind=kind).get_absolute_url() for kind in ["annotated_agenda", "report"]
    )
    assert first == (
        f"1/2 aangemaakt: {agenda}: {agenda_address}\n"
        f"2/2 aangemaakt: {report}: {report_address}\n"
        "2 aangemaakt, 0 bijgewerkt, 0 ongewijzigd, 0 mislukt\n",
        "",
        0,
    )
    assert second == (
        f"1/2 ongewijzigd: {agenda}: {agenda_address}\n"
        f"2/2 ongewijzigd: {report}: {report_address}\n"
        "0 aangemaakt, 0 bijgewerkt, 2 ongewijzigd, 0 mislukt\n",
        "",
        0,
    )
    assert Letter.objects.public().count() == 0


@pytest.mark.django_db
def test_import_letters_names_each_failed_file_with_its_reason_and_exits_with_1(tmp_path):
    (tmp_path / "b.txt").write_bytes((LETTERS / "agenda-2023-11-28.txt").read_bytes())
    (tmp_path / "a.pdf").touch()

    out, err, status = _run("import_letters", tmp_path)

    assert (out.splitlines()[-1], status) == ("1 aangemaakt, 0 bijgewerkt, 0 ongewijzigd, 1 mislukt", 1)
    assert err.startswith(f"1/2 mislukt: {tmp_path / 'a.pdf'}: ")
    assert "is leeg" in err


@pytest.mark.django_db
def test_import_letters_publishes_when_asked_but_not_what_a_person_withdrew(tmp_path):
    from letters import decisions

    _run("import_letters", LETTERS / "agenda-2023-11-28.txt", publish=True)
    published = Letter.objects.get().status
    decisions.withdraw(Letter.objects.get(), by=None, reason="Verkeerde versie.")

    _run("import_letters", LETTERS / "agenda-2023-11-28.txt", publish=True)

    assert (published, Letter.objects.get().status) == ("published", "withdrawn")


@pytest.mark.django_db
def test_load_topics_adds_the_controlled_list():
    _run("load_topics")

    assert Topic.objects.count() >= 30
    assert Topic.objects.get(slug="burden-sharing").names.filter(name__iexact="lastenverdeling").exists()
    assert {name.language for name in TopicName.objects.filter(is_preferred=True)} == {"nl", "en"}


@pytest.mark.django_db
def test_load_topics_again_brings_nothing_back_that_staff_changed():
    _run("load_topics")
    TopicName.objects.filter(topic__slug="china", is_preferred=True, language="nl").update(
        name="China en omgeving"
    )
    TopicName.objects.filter(topic__slug="burden-sharing", is_preferred=False).delete()
    before = sorted(TopicName.objects.values_list("topic__slug", "name", "language", "is_preferred"))

    out, _err, _status = _run("load_topics")

    assert out == "0 onderwerpen en 0 benamingen toegevoegd\n"
    assert sorted(TopicName.objects.values_list("topic__slug", "name", "language", "is_preferred")) == before


@pytest.mark.django_db
def test_load_topics_leaves_an_alias_with_the_topic_that_staff_gave_it_to():
    make_topic("eigen", "Lastenverdeling")

    _run("load_topics")

    assert TopicName.objects.get(name__iexact="lastenverdeling").topic.slug == "eigen"


@pytest.mark.django_db
def test_load_samples_publishes_two_letters_with_what_a_person_read_in_them():
    _run("load_topics")

    _run("load_samples")

    assert Letter.objects.public().count() == 2
    expected = {
        position["sentence"]: set(position["stance"])
        for file in Path("letters/data/samples").glob("*.positions.json")
        for position in json.loads(file.read_text())
    }
    held = Position.objects.public().values_list("sentence", "stance")
    assert {sentence for sentence, _stance in held} == set(expected)
    assert all(stance in expected[sentence] for sentence, stance in held)


@pytest.mark.django_db
def test_load_samples_again_changes_nothing():
    _run("load_samples")
    before = list(Position.objects.order_by("pk").values_list("pk", "status", "stance"))

    _run("load_samples")

    assert list(Position.objects.order_by("pk").values_list("pk", "status", "stance")) == before


def test_static_files_half_collected_are_collected_anew(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    prepare.Command(stdout=StringIO()).collect_static_files()
    half = settings.STATIC_ROOT / "navo.css"
    whole = half.read_bytes()
    half.write_bytes(whole[:100])
    (settings.STATIC_ROOT / "collected-from").unlink()

    prepare.Command(stdout=StringIO()).collect_static_files()

    assert half.read_bytes() == whole


@pytest.mark.django_db
def test_no_account_is_made_of_which_the_password_was_not_shown():
    class Closed(StringIO):
        def write(self, text):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        call_command("create_first_account", stdout=Closed())

    assert get_user_model().objects.count() == 0
