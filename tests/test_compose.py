"""docker-compose.yml and the Dockerfile, without Docker: what they say is tried on the programs that they start."""

import json
import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

import pytest
from django.conf import settings
from django.core.management import get_commands
from ruamel.yaml import YAML

from tests.conftest import address_of_test_database, manage

ROOT = Path(settings.BASE_DIR)
SITE_NAME = "brieven.example.nl"
#: What must be given: without it Compose starts nothing.
GIVEN = {"SITE_NAME": SITE_NAME, "TAG_AUTHORITY": "example.nl"}
#: Settings of a site on one machine without Compose, or that the Dockerfile has.
NOT_OF_COMPOSE = {"DATA_DIR", "STATIC_ROOT", "LISTEN_ADDRESS", "PORT", "DEBUG"}
# "${SITE_NAME:?the name of the site}", "${WEB_WORKERS:-2}"
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z0-9_]+)(?::-(?P<default>[^}]*)|:\?[^}]*)?\}")


def filled_in(value: str) -> str:
    """Put defaults where Compose would, and what must be given."""
    return VARIABLE.sub(lambda found: GIVEN.get(found["name"], found["default"] or ""), value)


@pytest.fixture(scope="module")
def services():
    return YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]


@pytest.fixture
def environment(services, tmp_path):
    """Give what the web server gets, with secrets in files, on the data of the tests and a free port."""
    secrets = dict.fromkeys(services["web"]["secrets"], "")
    for name, secret in (secrets | {"secret_key": token_urlsafe(50)}).items():
        (tmp_path / name).write_text(f"{secret}\n")
    given = {name: filled_in(value) for name, value in services["web"]["environment"].items()}
    given = {name: value.replace("/run/secrets", str(tmp_path)) for name, value in given.items()}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    return given | {"DATABASE_URL": address_of_test_database(), "PORT": port}


def test_the_file_follows_the_compose_specification():
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.compose-spec",
            "docker-compose.yml",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout) == (0, "ok -- validation done\n")


def test_it_passes_on_every_setting_of_the_site_and_nothing_else(services):
    readme = (ROOT / "README.md").read_text()

    explained = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", readme, re.MULTILINE))

    passed_on = {name.removesuffix("_FILE") for name in services["web"]["environment"]}
    assert passed_on == explained - NOT_OF_COMPOSE


def test_every_file_it_names_is_part_of_the_project_or_a_secret_of_its_own(services):
    named = [volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])]

    assert [name for name in named if name.startswith(".") and not (ROOT / name).is_file()] == []
    assert "secrets/" in (ROOT / ".gitignore").read_text().split()
    assert "secrets" in (ROOT / ".dockerignore").read_text().split()


def test_every_command_that_it_names_exists(services):
    file = (ROOT / "docker-compose.yml").read_text()

    named = set(re.findall(r"manage\.py (\w+)", file))

    assert named == {"createsuperuser", "backup", "restore", "migrate", "load_topics", "delete_expired"}
    assert named - set(get_commands()) == set()


@pytest.mark.django_db(transaction=True)
def test_its_update_its_web_server_and_its_health_check_work_together(
    services, environment, collected_static
):
    environment["STATIC_ROOT"] = str(collected_static)
    dockerfile = (ROOT / "Dockerfile").read_text()
    program, *serve = json.loads(re.search(r"^CMD (.+)$", dockerfile, re.MULTILINE)[1])
    update = [shlex.split(step)[2:] for step in shlex.split(services["update"]["command"])[2].split(" && ")]
    health_check = filled_in(services["web"]["healthcheck"]["test"][3]).replace(
        ":8000/", f":{environment['PORT']}/"
    )

    updated = [manage(*step, **environment).wait() for step in update]
    server = manage(*serve[1:], stderr=subprocess.STDOUT, **environment)
    try:
        started = next((line for line in server.stdout if "De site staat op" in line), None)
        healthy = subprocess.run([sys.executable, "-c", health_check], check=False)
    finally:
        server.terminate()
        server.communicate(timeout=20)

    assert (program, serve[0]) == ("python", "manage.py")
    assert updated == [0, 0]
    assert json.loads(started)["message"].startswith("De site staat op http://127.0.0.1:")
    assert healthy.returncode == 0
