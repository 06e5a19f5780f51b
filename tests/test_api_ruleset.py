"""The description of the API passes the official linter of the NL GOV API Design Rules (Spectral) without an error.

``ADR_RULESET`` names the file with the rules, which is not ours to keep here; the linter is fetched once, into ``.venv``.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from letters.api.schema import description
from tests.conftest import NO_API_RULESET

SPECTRAL = "6.16.3"
FOLDER = settings.BASE_DIR / ".venv" / f"spectral-{SPECTRAL}"
SECONDS = 300  # to fetch it, over a slow line


def not_here(reason: str):
    """Skip, and ``conftest`` says so loudly. Not a failure in CI: the rules cannot be among our files."""
    pytest.skip(f"{NO_API_RULESET}: {reason}")


@pytest.fixture
def ruleset() -> Path:
    """The file with the rules."""
    named = os.environ.get("ADR_RULESET")
    if not named:
        not_here("ADR_RULESET noemt geen bestand")
    assert Path(named).is_file(), f"ADR_RULESET is {named!r}: dat bestand is er niet"
    return Path(named)


@pytest.fixture
def spectral() -> Path:
    """The linter, fetched when it is not there yet."""
    program = FOLDER / "node_modules" / ".bin" / "spectral"
    if not shutil.which("node") or not shutil.which("npm"):
        not_here("node of npm ontbreekt")
    if not program.exists():
        package = f"@stoplight/spectral-cli@{SPECTRAL}"
        FOLDER.mkdir(exist_ok=True)
        fetching = subprocess.run(
            [
                "npm",
                "install",
                "--prefix",
                FOLDER,
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                package,
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        if fetching.returncode:
            not_here(f"npm kon {package} niet ophalen: {fetching.stderr[-300:]}")
    return program


def found_by(spectral: Path, ruleset: Path, described: dict, folder: Path) -> list[str]:
    """What the linter says, as "severity code at place"; severity 0 is an error, 1 a warning."""
    document = folder / "openapi.json"
    document.write_text(json.dumps(described))
    linted = subprocess.run(
        [spectral, "lint", document, "--ruleset", ruleset, "--format", "json", "--quiet"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert linted.returncode in {0, 1}, linted.stderr
    return [
        f"{one['severity']} {one['code']} {one['message']} {one['path']}" for one in json.loads(linted.stdout)
    ]


def test_the_description_of_the_api_has_no_errors_and_no_warnings(spectral, ruleset, tmp_path):
    found = found_by(spectral, ruleset, description("https://brieven.example.nl"), tmp_path)

    assert found == []


def test_the_linter_is_really_asked(spectral, ruleset, tmp_path):
    described = description("https://brieven.example.nl")
    described["info"] = described["info"] | {"version": "een"}

    found = found_by(spectral, ruleset, described, tmp_path)

    assert [one.split()[:2] for one in found] == [["0", "nlgov:semver"]]
