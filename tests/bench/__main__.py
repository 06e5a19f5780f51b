"""The command."""

import argparse
import os
import sys
from pathlib import Path

from tests.bench.caching import bench_caching
from tests.bench.corpus import make_corpus
from tests.bench.importing import bench_import
from tests.bench.painting import bench_paint
from tests.bench.parsing import bench_parsing
from tests.bench.searching import bench_search

LETTERS = Path(__file__).parent.parent / "letters"


def main() -> int:
    options = _options()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n", flush=True)  # noqa: T201
    if options.what == "parsing":
        bench_parsing(options.folder, options.times)
        return 0
    if options.what == "caching":
        return bench_caching(options.seconds, options.connections)
    if options.what == "search":
        return bench_search(options)
    if options.what == "paint":
        return bench_paint(options)
    if options.what == "corpus":
        made = make_corpus(options.data, options.letters, options.seed)[1]
        print(f"{options.data}: {made['rows']}, made in {made['seconds']} s")  # noqa: T201
        return 0
    return bench_import(options.letters, options.interrupted, options.counted, options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=sys.modules["tests.bench"].__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    parsing = commands.add_parser("parsing", help="milliseconds per letter and format")
    parsing.add_argument("--times", type=int, default=9, help="how often each file is read (9)")
    parsing.add_argument("--folder", type=Path, default=LETTERS, help="with letters (tests/letters)")
    importing = commands.add_parser("import", help="letters a second, memory, queries, and Ctrl-C")
    importing.add_argument("--letters", type=int, default=1000, help="how many (1000)")
    importing.add_argument("--interrupted", type=int, default=200, help="how many with interruptions (200)")
    importing.add_argument("--counted", type=int, default=30, help="of how many queries are counted (30)")
    importing.add_argument(
        "--seed", type=int, default=1, help="to make the same letters, and interrupt as often"
    )
    caching = commands.add_parser(
        "caching", help="requests a second: pages sent, pages kept, a bare greeting"
    )
    caching.add_argument("--seconds", type=float, default=5, help="of each (5)")
    caching.add_argument("--connections", type=int, default=4, help="that ask at once (4)")
    search = commands.add_parser("search", help="views, exports and feeds, beside Datasette")
    search.add_argument("--letters", type=int, default=10_000, help="how many (10,000)")
    search.add_argument("--seed", type=int, default=1, help="to make the same letters and ask the same")
    search.add_argument("--data", type=Path, help="a data folder to keep them in, or that has them already")
    search.add_argument(
        "--requests", type=int, default=30, help="addresses of each view that are measured (30)"
    )
    search.add_argument("--seconds", type=float, default=5, help="of many visitors at once (5)")
    search.add_argument("--plans", action="store_true", help="show how the database carried out slow queries")
    search.add_argument("--no-datasette", dest="datasette", action="store_false", help="ours alone")
    paint = commands.add_parser("paint", help="what a visitor waits for, in Chromium over a slowed network")
    paint.add_argument("--letters", type=int, default=10_000, help="how many (10,000)")
    paint.add_argument("--seed", type=int, default=1, help="to make the same letters and open the same pages")
    paint.add_argument("--data", type=Path, help="a data folder to keep them in, or that has them already")
    paint.add_argument("--requests", type=int, default=5, help="addresses of each view that are opened (5)")
    corpus = commands.add_parser("corpus", help="only makes what search is measured on, in a data folder")
    corpus.add_argument("--data", type=Path, required=True, help="the site's data folder: DATA_DIR")
    corpus.add_argument("--letters", type=int, default=10_000, help="how many (10,000)")
    corpus.add_argument("--seed", type=int, default=1, help="to make the same letters")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
