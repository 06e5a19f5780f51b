"""What a visitor waits for: pages in Chromium over a slowed network, each with nothing kept, beside a bare greeting.

Largest Contentful Paint and layout shift are those of https://www.w3.org/TR/largest-contentful-paint/ and
https://www.w3.org/TR/layout-instability/; how long scripts hold up the page comes from long animation frames
(https://www.w3.org/TR/long-animation-frames/), which name every script in a frame that took 50 ms or longer.
"""

import argparse
import gzip
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.corpus import make_corpus
from tests.bench.search_views import Views
from tests.bench.serving import free_port, running, serving
from tests.browsers import running_browser

BYTES_A_SECOND = 10_000_000 / 8  # 10 Mbit/s
LATENCY = 40  # ms of each request
WIDTHS = {"wide": (1280, 900), "phone": (360, 740)}
LONGEST_PAINT, LONGEST_SCRIPT = 1000, 50  # ms
LARGEST_PAGE = 60_000  # bytes of HTML, compressed
SHOWN = [
    "start", "passages, unfiltered", "common word (1 in 10)", "topic + kind + stance", "positions, topic + stance",
    "letters, word", "letter", "meeting", "topic",
]  # fmt: skip
#: In the page before its own scripts; ``buffered`` gives what came before the observer too.
OBSERVE = """
window.seen = {paint: 0, shift: 0, script: 0, element: ""};
const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => {
  window.seen.paint = entry.startTime;
  window.seen.element = entry.element ? entry.element.localName + "." + entry.element.className : "";
});
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) window.seen.shift += entry.value; });
watch("long-animation-frame", (entry) => {
  window.seen.script = Math.max(window.seen.script, ...entry.scripts.map((script) => script.duration));
});
"""
#: Two frames after everything was fetched: what is painted then was seen by the observers.
SETTLED = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.seen))))"
)
SIZES = """() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
    .map((entry) => entry.transferSize)"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One page opened with nothing kept. ``paint``, ``script``: ms; ``shift``: its score; sizes in bytes."""

    path: str
    paint: float
    element: str
    script: float
    shift: float
    requests: int
    transferred: int


def bench_paint(options: argparse.Namespace) -> int:
    """Print the table; return 1 when a page is later, larger or busier than it may be."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch, running_browser() as browser:
        site, made = make_corpus(options.data or Path(scratch, "site"), options.letters, options.seed)
        try:
            views = _paths(site, made, options)
            _say(
                f"{'':<32}{'paint p50':>10}{'worst':>7}{'script':>8}{'shift':>8}{'html':>8}{'all':>8}{'files':>7}"
            )
            with serving(site) as (port, _server):
                visit(
                    browser, f"http://127.0.0.1:{port}/", WIDTHS["wide"]
                )  # not counted: a browser that just started
                late = [
                    wrong
                    for width, size in WIDTHS.items()
                    for name, paths in views.items()
                    for wrong in _row(browser, port, f"{name}, {width}", paths, size)
                ]
            _greeting(browser, site, options.requests)
        finally:
            if options.data is None:
                site.remove()
    for wrong in late:
        _say(wrong)
    return bool(late)


def _paths(site, made: dict, options: argparse.Namespace) -> dict[str, tuple[str, ...]]:
    views = Views(
        site.ask("material", str(options.seed)),
        made["words"],
        made["rows"]["letters_paragraph"],
        options.requests,
        options.seed,
    )
    paths = {view.name: view.paths[: options.requests] for view in views.all()}
    return {name: paths[name] for name in SHOWN}


def _row(browser: Browser, port: int, name: str, paths: tuple[str, ...], size: tuple[int, int]) -> list[str]:
    urls = [f"http://127.0.0.1:{port}{path}" for path in paths]
    html = max(_compressed(url) for url in urls)  # first: each worker has its templates at hand then
    visits = [visit(browser, url, size) for url in urls]
    worst = max(visits, key=lambda one: one.paint)
    script, shift = max(one.script for one in visits), max(one.shift for one in visits)
    _say(
        f"{name:<32}{median(one.paint for one in visits):>10.0f}{worst.paint:>7.0f}{script:>8.0f}{shift:>8.3f}{html / 1000:>8.1f}"
        f"{max(one.transferred for one in visits) / 1000:>8.1f}{max(one.requests for one in visits):>7}"
    )
    wrong = {
        f"{name}: painted after {worst.paint:.0f} ms ({worst.element} of {worst.path})": worst.paint
        > LONGEST_PAINT,
        f"{name}: a script took {script:.0f} ms": script > LONGEST_SCRIPT,
        f"{name}: {html} bytes of HTML": html > LARGEST_PAGE,
    }
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def _greeting(browser: Browser, site, times: int) -> None:
    """The floor: a page of five letters in the same gunicorn, over the same network."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.hello"]
    with running(command, port, site.environment | {"PORT": str(port)}):
        visits = [visit(browser, f"http://127.0.0.1:{port}/", WIDTHS["wide"]) for _time in range(times)]
    _say(f"{'hello':<32}{median(one.paint for one in visits):>10.0f}{max(one.paint for one in visits):>7.0f}")


def visit(browser: Browser, url: str, size: tuple[int, int]) -> Visit:
    """Open a page as who was never here: nothing kept, over the slowed network, until it rests."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nl-NL")
    try:
        page = _slowed(context)
        page.goto(url, wait_until="networkidle")
        seen: dict[str, Any] = page.evaluate(SETTLED)
        sizes = page.evaluate(SIZES)
    finally:
        context.close()
    return Visit(url, seen["paint"], seen["element"], seen["script"], seen["shift"], len(sizes), sum(sizes))


def _slowed(context: BrowserContext) -> Page:
    page = context.new_page()
    page.add_init_script(OBSERVE)
    network = {
        "offline": False,
        "latency": LATENCY,
        "downloadThroughput": BYTES_A_SECOND,
        "uploadThroughput": BYTES_A_SECOND,
    }
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", network)
    return page


def _compressed(url: str) -> int:
    """Bytes of the page as it travels; as gzip would make it where the server sends it bare."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        body = answer.read()
        return len(body if answer.headers["Content-Encoding"] == "gzip" else gzip.compress(body))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
