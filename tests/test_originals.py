"""Originals, on disk and in S3-compatible storage: what was stored comes back as it was, or is said to be lost."""

import hashlib
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from letters import originals
from letters.ingest import NotAccepted, Outcome, Upload, ingest, read_again
from letters.models import Edition, File, Letter
from navo_site import environment
from tests import swift
from tests.factories import make_letter, make_original
from tests.visitor import Visitor

AGENDA = (Path(__file__).parent / "letters" / "agenda-2023-11-28.txt").read_bytes()
DATA = b"Geachte voorzitter, " * 100_000  # 2 MB: more than one chunk, and more than is kept in memory
SHA256 = hashlib.sha256(DATA).hexdigest()
S3 = {
    "S3_BUCKET": "brieven",
    "S3_ACCESS_KEY_ID": swift.ACCESS_KEY_ID,
    "S3_SECRET_ACCESS_KEY": swift.SECRET_ACCESS_KEY,
    "S3_ENDPOINT_URL": "http://127.0.0.1:1",
}


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory):
    with swift.serve(tmp_path_factory.mktemp("swift")) as address:
        yield address


@pytest.fixture
def use_s3(settings, monkeypatch):
    """Point the site at S3 with these variables."""

    def use(**variables):
        for name, value in (S3 | variables).items():
            monkeypatch.setenv(name, value)
        settings.STORAGES = settings.STORAGES | {"default": environment.object_storage()}

    return use


@pytest.fixture(params=["disk", "s3"])
def storage(request, settings, tmp_path):
    """Keep originals in each kind of storage in turn."""
    settings.MEDIA_ROOT = tmp_path / "originals"
    if request.param == "s3":
        address = request.getfixturevalue("s3_address")
        bucket = swift.make_bucket(address, f"brieven-{os.urandom(4).hex()}")
        request.getfixturevalue("use_s3")(S3_ENDPOINT_URL=address, S3_BUCKET=bucket)


@pytest.fixture(params=["disk", "s3"])
def broken_storage(request, settings, tmp_path):
    """Storage that cannot be reached: a file where the folder was, and a port where nobody listens."""
    if request.param == "s3":
        request.getfixturevalue("use_s3")()
    else:
        settings.MEDIA_ROOT = tmp_path / "originals"
        settings.MEDIA_ROOT.write_text("geen map")


def overwrite(sha256: str, data: bytes) -> None:
    """Do to an original what a failing disk does."""
    default_storage.save(f"{sha256[:2]}/{sha256}", ContentFile(data))


def read(sha256: str) -> bytes:
    with originals.open(sha256) as file:
        return file.read()


def test_what_is_stored_comes_back_as_it_was(storage):
    sha256 = originals.store(DATA)

    assert sha256 == SHA256
    assert read(sha256) == DATA


def test_an_empty_file_can_be_kept(storage):
    assert read(originals.store(b"")) == b""


def test_the_same_bytes_from_several_people_at_once_are_one_file(storage):
    with ThreadPoolExecutor(4) as people:
        stored = set(people.map(originals.store, [DATA] * 8))

    assert stored == {SHA256}
    assert default_storage.listdir("") == ([SHA256[:2]], [])
    assert default_storage.listdir(SHA256[:2]) == ([], [SHA256])


def test_an_original_that_is_not_there_is_not_found(storage):
    with pytest.raises(FileNotFoundError):
        originals.open("0" * 64)


@pytest.mark.parametrize("left", [b"", DATA[:-1], DATA + b" ", b"x" + DATA[1:]])
def test_damage_is_noticed_and_bringing_the_same_file_repairs_it(storage, left):
    originals.store(DATA)
    overwrite(SHA256, left)

    with pytest.raises(originals.Damaged):
        originals.open(SHA256)
    originals.store(DATA)

    assert read(SHA256) == DATA


def test_the_check_writes_and_reads_and_can_be_repeated(storage):
    originals.check()
    originals.check()


def test_the_check_says_why_storage_cannot_be_used(broken_storage):
    with pytest.raises(OSError, match=r"not connect to the endpoint|exists|Not a directory"):
        originals.check()


def test_looking_finds_storage_that_was_written_and_writes_nothing(storage):
    originals.check()
    before = default_storage.get_modified_time(originals.PROBE)

    originals.check_reachable()

    assert default_storage.get_modified_time(originals.PROBE) == before


def test_looking_says_why_storage_cannot_be_used(broken_storage):
    with pytest.raises(OSError, match=r"not connect to the endpoint|Not a directory"):
        originals.check_reachable()


def test_a_folder_that_is_not_there_or_may_not_be_used_is_named(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "originals"

    with pytest.raises(FileNotFoundError, match="originals"):
        originals.check_reachable()

    settings.MEDIA_ROOT = "/proc/1"  # where nobody can make a file, not even root
    with pytest.raises(PermissionError, match="/proc/1 cannot be read, written and entered"):
        originals.check_reachable()


def test_a_disk_without_room_for_an_upload_is_named(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.MAX_UPLOAD_BYTES = 2**63

    with pytest.raises(OSError, match=rf"The disk of {tmp_path} is full: \d+ bytes are free"):
        originals.check_reachable()


def test_looking_at_a_bucket_that_says_nothing_is_tried_once(use_s3):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        use_s3(S3_ENDPOINT_URL=f"http://127.0.0.1:{silent.getsockname()[1]}")

        with pytest.raises(OSError, match="Read timeout on endpoint URL"):
            originals.check_reachable()

        silent.accept()[0].close()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_looking_at_a_bucket_that_is_not_there(s3_address, use_s3):
    use_s3(S3_ENDPOINT_URL=s3_address, S3_BUCKET="bestaat-niet")

    with pytest.raises(OSError, match="404"):
        originals.check_reachable()


def test_a_bucket_that_is_not_there_is_named(s3_address, use_s3):
    use_s3(S3_ENDPOINT_URL=s3_address, S3_BUCKET="bestaat-niet")

    with pytest.raises(OSError, match="NoSuchBucket"):
        originals.check()


def test_a_wrong_key_is_no_missing_file(s3_address, use_s3):
    use_s3(S3_ENDPOINT_URL=s3_address, S3_SECRET_ACCESS_KEY="verkeerd")

    with pytest.raises(OSError, match="403") as refused:
        originals.open(SHA256)

    assert not isinstance(refused.value, FileNotFoundError)


def test_folders_and_files_are_for_the_site_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "data" / "originals"

    originals.store(DATA)

    made = {str(path.relative_to(tmp_path)): oct(path.stat().st_mode & 0o777) for path in tmp_path.rglob("*")}
    folder = f"data/originals/{SHA256[:2]}"
    assert made == {
        "data": "0o700",
        "data/originals": "0o700",
        folder: "0o700",
        f"{folder}/{SHA256}": "0o600",
    }


class Interrupted(ContentFile):
    """A file whose end cannot be read."""

    def chunks(self, chunk_size=None):
        yield b"begin"
        raise OSError("the rest is gone")


def test_a_file_that_cannot_be_written_whole_leaves_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(OSError, match="the rest is gone"):
        default_storage.save("ab/abc", Interrupted(b""))

    assert list((tmp_path / "ab").iterdir()) == []


WRITER = """
import sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from django.core.files.base import ContentFile
from navo_site.disk_storage import DurableFileSystemStorage

class Slow(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"begin" * 10_000
        print("half", flush=True)
        sys.stdin.read()
        yield b"end"

DurableFileSystemStorage().save("ab/abc", Slow(b""))
"""


def test_a_writer_that_is_killed_halfway_leaves_no_half_file_under_its_name(tmp_path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    half = writer.stdout.readline()

    writer.kill()
    writer.communicate()

    assert half == "half\n"
    assert not (tmp_path / "ab/abc").exists()


@pytest.mark.django_db
def test_a_letter_and_its_original_are_stored_and_read_again(storage):
    letter = ingest([Upload("agenda.txt", AGENDA)]).letter

    again = read_again(letter.text_edition)

    with letter.text_edition.files.get().open() as file:
        assert file.read() == AGENDA
    assert again.outcome == Outcome.UNCHANGED


@pytest.mark.django_db
def test_without_storage_a_letter_is_not_taken_in_and_a_clerk_reads_why(broken_storage):
    with pytest.raises(NotAccepted, match="opslag van originelen werkt nu niet"):
        ingest([Upload("agenda.txt", AGENDA)])

    assert (Letter.objects.count(), Edition.objects.count(), File.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_bringing_a_letter_again_puts_its_lost_original_back(storage):
    letter = ingest([Upload("agenda.txt", AGENDA)]).letter
    sha256 = letter.text_edition.files.get().sha256
    default_storage.delete(f"{sha256[:2]}/{sha256}")

    again = ingest([Upload("agenda.txt", AGENDA)])

    assert again.outcome == Outcome.UNCHANGED
    assert read(sha256) == AGENDA


@pytest.mark.django_db
def test_a_damaged_original_is_not_read_again(storage):
    letter = ingest([Upload("agenda.txt", AGENDA)]).letter
    overwrite(letter.text_edition.files.get().sha256, b"Iets anders")

    with pytest.raises(NotAccepted, match="is beschadigd"):
        read_again(letter.text_edition)


@pytest.mark.django_db
def test_a_public_original_is_downloaded_with_its_name_kind_and_length(storage, client):
    file = make_original(make_letter(), DATA, name="brief één.pdf")

    response = client.get(f"/originelen/{file.pk}/")

    assert b"".join(response.streaming_content) == DATA
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == str(len(DATA))
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''brief%20%C3%A9%C3%A9n.pdf"


@pytest.mark.django_db
def test_a_damaged_original_is_not_handed_out(storage, client):
    file = make_original(make_letter(), DATA)
    overwrite(file.sha256, b"%PDF-1.7 iets anders")
    client.raise_request_exception = False

    response = client.get(f"/originelen/{file.pk}/")

    assert response.status_code == 503


@pytest.mark.django_db
def test_a_download_while_storage_is_away_says_so_in_dutch_and_not_where_storage_is(
    client, use_s3, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    file = make_original(make_letter(), DATA)
    use_s3()
    client.raise_request_exception = False

    response = client.get(f"/originelen/{file.pk}/")

    assert response.status_code == 503
    assert "De gegevens zijn nu niet op te halen" in response.content.decode()
    assert "127.0.0.1" not in response.content.decode()


def test_a_small_original_is_whole_when_it_is_sent_by_a_real_server(site):
    file = make_original(make_letter(), b"%PDF-1.7 klein")

    answer = Visitor().get(f"{site}/originelen/{file.pk}/")

    assert answer.content == b"%PDF-1.7 klein"


NEEDED = "S3 needs S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY."


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"S3_BUCKET": "brieven"}, f"S3_ACCESS_KEY_ID is not set while S3_BUCKET is. {NEEDED}"),
        ({"S3_ENDPOINT_URL": "https://s3.nl"}, f"S3_BUCKET is not set while S3_ENDPOINT_URL is. {NEEDED}"),
        (
            S3 | {"S3_ENDPOINT_URL": "s3.example.nl"},
            "S3_ENDPOINT_URL is 's3.example.nl'. "
            "Allowed: an address such as https://s3.example.nl; without one, Amazon's.",
        ),
    ],
)
def test_half_of_the_settings_for_s3_is_refused(monkeypatch, variables, message):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.object_storage()

    assert str(refused.value) == message


def test_s3_without_its_package_says_what_to_install(monkeypatch):
    for name, value in S3.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, "storages", None)

    with pytest.raises(ImproperlyConfigured) as refused:
        environment.object_storage()

    assert str(refused.value) == (
        "S3_BUCKET is set, but django-storages and boto3 are not installed. Install requirements-production.txt."
    )
