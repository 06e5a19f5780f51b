"""The program of script/messages."""

import argparse
import sys

from tests.messages import MO, PO, as_mo, as_po, committed, extracted, merged, mistakes, untranslated


def main() -> int:
    """Write the catalogue, or with ``--check`` only say what is wrong with it. 1 when English is missing or wrong."""
    parser = argparse.ArgumentParser(prog="script/messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    wanted = parser.parse_args()
    catalog = merged(extracted(), committed())
    if wanted.check:
        stale = [path.name for path, made in files(catalog) if not path.exists() or path.read_bytes() != made]
        for name in stale:
            print(f"{name} is not what the sources make: run script/messages")  # noqa: T201
    else:
        stale = []
        for path, made in files(catalog):
            path.write_bytes(made)
    missing, wrong = untranslated(catalog), mistakes(catalog)
    for message in missing:
        print(f"No English: {message.id!r} ({', '.join(name for name, _line in message.locations)})")  # noqa: T201
    for mistake in wrong:
        print(f"Wrong: {mistake}")  # noqa: T201
    print(f"{len(catalog)} strings, {len(missing)} without English, {len(wrong)} wrong")  # noqa: T201
    return 1 if stale or missing or wrong else 0


def files(catalog):
    yield PO, as_po(catalog)
    yield MO, as_mo(catalog)


if __name__ == "__main__":
    sys.exit(main())
