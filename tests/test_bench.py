"""That script/bench runs; what it measures is for people to read, not for a test to judge."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

LETTERS = Path(__file__).parent / "letters"


def bench(*arguments: str) -> str:
    done = subprocess.run(
        ["script/bench", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_measures_each_format_beside_bare_extraction(tmp_path):
    for name in ["agenda-2023-11-28.pdf", "agenda-2023-11-28.docx", "agenda-2023-11-28.odt"]:
        shutil.copy(LETTERS / name, tmp_path)

    said = bench("parsing", "--times", "1", "--folder", str(tmp_path))

    assert re.findall(r"^(\w+) +1 .*×", said, re.MULTILINE) == ["pdf", "docx", "odt"]
    assert re.findall(r"^(.+?) +median +[\d.]+, p95 +[\d.]+$", said, re.MULTILINE) == [
        "understand",
        "of which positions",
    ]


def test_an_import_that_was_interrupted_ends_as_one_that_was_not():
    said = bench("import", "--letters", "6", "--interrupted", "6")

    assert "6 letters: {'aangemaakt': 6}" in said
    assert re.findall(r"(\d+) half-written", said) == ["0", "0", "0"]
    assert said.strip().endswith("continued to the end: 6 files held, 0 differ from an import in peace")
