"""The command."""

import argparse
import os
import sys
from pathlib import Path

from tests.bench.importing import bench_import
from tests.bench.parsing import bench_parsing

LETTERS = Path(__file__).parent.parent / "letters"


def main() -> int:
    options = _options()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n", flush=True)  # noqa: T201
    if options.what == "parsing":
        bench_parsing(options.folder, options.times)
        return 0
    return bench_import(options.letters, options.interrupted, options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=sys.modules["tests.bench"].__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    parsing = commands.add_parser("parsing", help="milliseconds per letter and format")
    parsing.add_argument("--times", type=int, default=9, help="how often each file is read (9)")
    parsing.add_argument("--folder", type=Path, default=LETTERS, help="with letters (tests/letters)")
    importing = commands.add_parser("import", help="letters a second, memory, queries, and Ctrl-C")
    importing.add_argument("--letters", type=int, default=1000, help="how many (1000)")
    importing.add_argument("--interrupted", type=int, default=200, help="how many with interruptions (200)")
    importing.add_argument(
        "--seed", type=int, default=1, help="to make the same letters, and interrupt as often"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
