"""A site with a generated corpus in its data folder: made once, and used again when it is there."""

import json
from pathlib import Path
from typing import Any

from tests.bench.site import Site

MADE = "bench.json"  # in the data folder: what was made, and which words to search for


def make_corpus(data_dir: Path, letters: int, seed: int) -> tuple[Site, dict[str, Any]]:
    """The site in this folder with so many letters, and what was made. One that holds others is an error."""
    site = Site(data_dir.resolve())
    made = data_dir / MADE
    if not made.exists():
        site.ask("generate", str(letters), str(seed))
    found = json.loads(made.read_text())
    if (found["letters"], found["seed"]) != (letters, seed):
        raise SystemExit(
            f"{data_dir} holds {found['letters']} letters of seed {found['seed']}: ask for those, or name a folder that is "
            "not there yet."
        )
    return site, found
