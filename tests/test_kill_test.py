"""A short run of script/kill-test; a hundred kills take a quarter of an hour."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.skipif(sys.platform != "linux", reason="finds its processes in /proc")
def test_letters_that_were_said_to_be_kept_survive_a_few_random_kills():
    done = subprocess.run(
        ["script/kill-test", "--times", "4"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )

    said = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said
    assert int(re.search(r"(\d+)  in all", said)[1]) >= 4, said
    assert said.strip().endswith("Nothing lost, nothing half, nothing left.")
