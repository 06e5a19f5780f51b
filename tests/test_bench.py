"""That script/bench runs; what it measures is for people to read, not for a test to judge."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from navo_site.embedded_postgres.cluster import Cluster
from tests.bench import painting

LETTERS = Path(__file__).parent / "letters"


def bench(*arguments: str, allowed: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(
        ["script/bench", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in allowed, done.stdout + done.stderr
    return done.stdout if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A data folder with a corpus that was made once."""
    folder = tmp_path_factory.mktemp("corpus")
    bench("corpus", "--letters", "30", "--data", str(folder))
    yield folder
    shutil.rmtree(Cluster(folder).home, ignore_errors=True)


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
    said = bench("import", "--letters", "4", "--interrupted", "4", "--counted", "1")

    assert "4 letters: {'aangemaakt': 4}" in said
    assert re.findall(r"(\d+) half-written", said) == ["0", "0", "0"]
    assert said.strip().endswith("continued to the end: 4 files held, 0 differ from an import in peace")


def test_every_view_and_file_is_measured_and_filters_and_words_also_in_datasette(corpus):
    said = bench(
        *("search", "--letters", "30", "--data", str(corpus), "--requests", "1", "--seconds", "0.1"),
        allowed=(0, 1),  # 1: a target was missed, which a busy machine may do
    )

    assert re.findall(r"^MISSED (.*: \d{3} for .*)", said, re.MULTILINE) == []
    numbers = r" +\d+" * 7  # of the page with its target, of our JSON, of Datasette
    assert re.findall(rf"^(.+?){numbers} +[\d.]+×", said, re.MULTILINE) == [
        "passages, unfiltered",
        "topic + years",
        "topic + kind + stance",
        "rare word",
        "common word (1 in 10)",
        "word in 2 of 3 + topic, kind",
        "phrase",
        "prefix",
    ]
    assert re.findall(r"^  (\w+) +first byte", said, re.MULTILINE) == ["csv", "json", "ris", "xlsx", "docx"]


def test_a_corpus_of_one_seed_is_the_same_each_time_and_that_of_another_is_refused(corpus):
    before = (corpus / "bench.json").read_text()

    bench("corpus", "--letters", "30", "--data", str(corpus))
    refused = bench("corpus", "--letters", "6", "--data", str(corpus), allowed=(1,))

    assert (corpus / "bench.json").read_text() == before
    assert "holds 30 letters of seed 1" in refused


@pytest.mark.browser
def test_it_measures_when_pages_are_painted_beside_a_greeting(corpus):
    said = bench("paint", "--letters", "30", "--data", str(corpus), "--requests", "1", allowed=(0, 1))

    rows = re.findall(
        r"^(.+?), (wide|phone) +(\d+) +(\d+) +\d+ +[\d.]+ +[\d.]+ +[\d.]+ +\d+$", said, re.MULTILINE
    )
    assert [(name, width) for name, width, *_times in rows] == [
        (name, width) for width in ("wide", "phone") for name in painting.SHOWN
    ]
    assert all(0 < int(middle) <= int(worst) for _name, _width, middle, worst in rows)
    assert re.search(r"^hello +\d+ +\d+$", said, re.MULTILINE)
