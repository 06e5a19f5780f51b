"""What is asked in a process that uses a site's database; the answer is JSON on standard output."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import django
import psycopg

#: What is a letter's alone; meetings, their sessions and agenda topics are completed by other letters too.
OWN = ("letter", "signatory", "submission", "section", "paragraph", "footnote", "citation", "position")


def queries(folder: str) -> dict[str, float]:
    """Queries for each letter of a folder: when it is new, and when it is read again without news."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from letters.ingest import Upload, ingest, read_again

    new, again = [], []
    for path in sorted(Path(folder).iterdir()):
        with CaptureQueriesContext(connection) as captured:
            report = ingest([Upload(path.name, path.read_bytes())])
        if report.outcome == "created":
            new.append(len(captured))
            with CaptureQueriesContext(connection) as captured:
                read_again(report.letter.text_edition)
            again.append(len(captured))
    return {"new": _median(new), "most": max(new), "again": _median(again), "most_again": max(again)}


def letters() -> dict[str, list[str]]:
    """For each file of each letter (SHA-256): a digest of what is its alone, and one of all that it says."""
    from django.db import connection

    from tests.kill_test.stored import stored_letters

    parameters = connection.get_connection_params()
    where = {name: parameters[name] for name in ("host", "port", "user", "dbname") if parameters.get(name)}
    connection.ensure_connection()  # the server runs as long as this process uses it
    with psycopg.connect(**where) as plain:
        stored = stored_letters(plain)
    found = {}
    for letter in stored:
        own = [row for row in letter.content if json.loads(row)[0] in OWN]
        for sha256 in letter.files or {f"letter without a file: {letter.address}": ""}:
            found[sha256] = [_digest(own), _digest([letter.address, *letter.content])]
    return found


def generate(letters: str, seed: str) -> dict[str, Any]:
    """Fill the empty database with a corpus; what was made, and the words to search for."""
    from tests.bench.corpus_rows import write_corpus

    return write_corpus(int(letters), int(seed))


def _digest(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _median(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2]


FUNCTIONS = {function.__name__: function for function in (queries, letters, generate)}


def main(function: str, *arguments: str) -> Any:
    django.setup()
    from tests.bench import inside_search  # models can be imported only now

    return getattr(inside_search, function, FUNCTIONS.get(function))(*arguments)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
