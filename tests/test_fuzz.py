"""A small run of script/fuzz; five thousand mutants take some minutes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from letters.parsing import sandbox
from letters.parsing.readers.errors import ReadingCrashed
from letters.parsing.sandbox import DEFAULT_LIMITS
from tests.fuzz import mutants, patterns, storing, trying, working
from tests.fuzz.letters import READERS, letters
from tests.fuzz.summary import Summary
from tests.fuzz.trying import Became

SEED = 4


@pytest.mark.django_db
def test_damaged_letters_are_read_or_refused_and_nothing_half_is_stored(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    summary = Summary()

    summary.add(
        working.try_all(SEED, [(READERS[at % len(READERS)], at // len(READERS)) for at in range(150)])
    )

    assert (summary.bugs, summary.wrong, list(storing.loose_rows())) == ([], [], []), summary.table()
    assert {outcome.became for outcome in summary.outcomes} >= {Became.READ, Became.REFUSED, Became.STORED}


@pytest.mark.parametrize("reader", READERS)
def test_a_mutant_is_the_same_each_time_and_no_letter(reader):
    made = [mutants.make(SEED, reader, number) for number in range(20)]

    assert [mutants.make(SEED, reader, number) for number in range(20)] == made
    assert not {mutant.data for mutant in made} & {data for _name, data in letters()[reader]}
    assert len({mutant.data for mutant in made}) == 20


def test_no_pattern_of_the_parser_takes_longer_than_the_line_that_it_is_run_on():
    assert patterns.slow_patterns(length=20_000, limit=0.5) == []


def test_a_pattern_that_goes_back_and_forth_is_found():
    slow = patterns.Held("x", re.compile(r"\s*,?\s+b"), is_searched=True)

    assert patterns.seconds_of(slow, " " * 20_000, limit=0.5) == 0.5


@pytest.mark.parametrize(
    ("became", "why", "seconds", "is_well"),
    [
        (Became.READ, "", 1.0, True),
        (Became.REFUSED, "BrokenFile", 1.0, True),
        (Became.TIMED_OUT, "ReadingTimedOut", DEFAULT_LIMITS.seconds + 1, True),
        (Became.CRASHED, trying.NATIVE, 1.0, True),
        (Became.CRASHED, "KeyError: 'x' (outline.py:12)", 1.0, False),
        (Became.HALF_WRITTEN, "two paragraphs at one place", 1.0, False),
        (Became.RAISED, "ValueError: x", 1.0, False),
        (Became.READ, "", DEFAULT_LIMITS.seconds + trying.GRACE + 1, False),
    ],
)
def test_what_must_not_happen_is_told_from_what_may(became, why, seconds, is_well):
    mutant = mutants.make(SEED, "txt", 0)

    summary = Summary([trying.outcome(mutant, became, why, seconds)])

    assert summary.is_well is is_well


def test_a_process_that_grows_is_not_well():
    summary = Summary(memory={1: [100, 200, 210, 205], 2: [0, 10, 20, 10**9]})

    assert (summary.growth, summary.is_well) == (10**9 - 20, False)


@pytest.mark.parametrize(
    ("function", "told"),
    [("break_down", r"KeyError: 'a mistake of ours' \(sandbox/child\.py:\d+\)"), ("crash", trying.NATIVE)],
)
def test_a_crash_is_told_with_its_place(function, told):
    with trying.Crashes() as crashes, pytest.raises(ReadingCrashed):
        sandbox.run(f"tests.sandbox_functions:{function}", [("brief.txt", b"x")], {})

    assert re.fullmatch(told, crashes.last)


def test_the_command_makes_one_mutant_again_and_reads_it_here():
    done = subprocess.run(
        ["script/fuzz", "--seed", "4", "--reader", "txt", "--only", "1"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )

    path = Path(re.search(r"^/.*/txt-1-.*\.txt$", done.stdout, re.MULTILINE)[0])
    written = path.read_bytes()
    shutil.rmtree(path.parent)
    assert (done.returncode, written) == (0, mutants.make(4, "txt", 1).data), done.stderr
