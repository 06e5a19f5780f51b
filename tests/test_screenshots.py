"""That script/screenshots makes its pictures; whether they please is for people to see."""

import subprocess
import sys

import pytest
from django.conf import settings

LARGEST = 200_000  # bytes


@pytest.mark.browser
def test_a_page_is_pictured_wide_and_light_and_on_a_phone_in_the_dark(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "tests.screenshots", str(tmp_path), "--only", "meeting"],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
    )

    pictures = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(pictures) == ["meeting-1280-light.webp", "meeting-360-dark.webp"]
    assert all(picture[8:12] == b"WEBP" and len(picture) < LARGEST for picture in pictures.values())
