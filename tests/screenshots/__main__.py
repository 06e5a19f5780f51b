"""The command."""

import argparse
import base64
import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.accessibility import axe
from tests.bench.serving import serving
from tests.bench.site import CHECKOUT, Site
from tests.browsers import running_browser
from tests.screenshots.filling import BEFORE, MEETING

FOLDER = CHECKOUT / "docs" / "screenshots"
AGENDA = "geannoteerde-agenda"
#: By the name of the picture.
PAGES = {
    "start": "/",
    "search": "/zoeken/?onderwerp=oekraine&q=bondgenoten",
    "positions": "/standpunten/?onderwerp=oekraine",
    "letters": "/brieven/",
    "letter": "/brieven/kst-28676-446/",
    "meetings": "/bijeenkomsten/",
    "meeting": f"/bijeenkomsten/{MEETING}/",
    "topics": "/onderwerpen/",
    "topic": "/onderwerpen/oekraine/",
    "comparison": f"/vergelijken/?eerste={BEFORE}&eerste-soort={AGENDA}&tweede={MEETING}&tweede-soort={AGENDA}",
    "commitments": "/toezeggingen/",
    "accessibility": "/toegankelijkheid/",
    "data": "/gegevens/",
    "english": f"/en/bijeenkomsten/{MEETING}/",
}
WIDTHS = {1280: 900, 768: 1024, 360: 740}  # pixels, with the height of the window
SCHEMES = ["light", "dark"]
#: What is kept in docs/screenshots: enough to see each kind of page, and that it holds in the dark and on a phone.
KEPT = {(1280, "light"), (360, "dark")}
TALLEST = 1400  # pixels: of a long page the beginning
QUALITY = 45  # of 100, WebP
SMALLER = 0.75  # what is kept of a wide page


def main() -> int:
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screenshots-") as scratch, running_browser() as browser:
        site = Site(Path(scratch) / "site")
        try:
            subprocess.run(
                [sys.executable, "-m", "tests.screenshots.filling"],
                cwd=CHECKOUT,
                env=site.environment,
                check=True,
            )
            with serving(site) as (port, _server):
                broken = _pictures(browser, f"http://127.0.0.1:{port}", options)
        finally:
            site.remove()
    return bool(broken)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/screenshots", description=__doc__)
    parser.add_argument(
        "folder", type=Path, nargs="?", default=FOLDER, help="where they go (docs/screenshots)"
    )
    parser.add_argument("--every", action="store_true", help="each width in light and dark, and pages whole")
    parser.add_argument("--only", nargs="+", choices=PAGES, default=list(PAGES), help="these pages")
    return parser.parse_args()


def _pictures(browser: Browser, site: str, options: argparse.Namespace) -> int:
    """Make them, and print a line for each: its size, that of the page as it travels, and what axe-core says of it.

    Returns how many rules of axe-core were broken.
    """
    print(f"{'':<28}{'picture':>9}{'page':>9}   axe: rules kept, broken")  # noqa: T201
    broken = 0
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            if not options.every and (width, scheme) not in KEPT:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
                locale="nl-NL",
                has_touch=width == min(WIDTHS),
                is_mobile=width == min(WIDTHS),
            )
            page = context.new_page()
            for name in options.only:
                answer = page.goto(site + PAGES[name], wait_until="networkidle")
                path = options.folder / f"{name}-{width}-{scheme}.webp"
                scale = SMALLER if width == max(WIDTHS) and not options.every else 1
                path.write_bytes(picture(page, None if options.every else TALLEST, scale))
                said = axe(page)
                broken += len(said["violations"])
                sizes = [path.stat().st_size, len(gzip.compress(answer.body()))]
                print(  # noqa: T201
                    f"{path.stem:<28}" + "".join(f"{size / 1000:>6.1f} kB" for size in sizes),
                    f"  {len(said['passes'])}, {len(said['violations'])}",
                    *[rule["id"] for rule in said["violations"]],
                    flush=True,
                )
            context.close()
    return broken


def picture(page: Page, tallest: int | None, scale: float) -> bytes:
    """The page as WebP, from its top, at most so many pixels of it."""
    tools = page.context.new_cdp_session(page)
    size = tools.send("Page.getLayoutMetrics")["cssContentSize"]
    clip = {
        "x": 0,
        "y": 0,
        "width": size["width"],
        "height": min(size["height"], tallest or size["height"]),
        "scale": scale,
    }
    taken = tools.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
    )
    tools.detach()
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    sys.exit(main())
