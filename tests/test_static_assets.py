"""What the pages load: unchanged since it was fetched, from this site only, and small."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
VENDORED = STATIC / "vendor" / "nl-design-system" / "components.css"
STYLE_SHEETS = sorted([*STATIC.glob("*.css"), VENDORED])
PUBLIC_TEMPLATES = sorted(path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts)

# url("fonts/x.woff2"), url(data:image/svg+xml,…)
URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
# class="utrecht-alert utrecht-alert--info"; what a template tag fills in is left out
COMPONENT_CLASS = re.compile(r"(?<![\w-])(?:nl|utrecht)-[a-z][\w-]*+(?![{/])")
# What the content security policy forbids: style="…", <style>, <script> without src, onclick="…"
INLINE = re.compile(r'\sstyle=|<style\b|<script(?![^>]*\bsrc=)|\son[a-z]+="')
# {% static 'vendor/nl-design-system/components.css' %}
STYLE_SHEET = re.compile(r"""static ["']([\w./-]+\.css)["']""")
# {% extends "base.html" %}, {% include "pieces/_cite_script.html" %}
OTHER_TEMPLATE = re.compile(r"""{% (?:extends|include) ["']([\w./-]+)["']""")
BYTES_FOR_CSS_OF_A_PAGE = 15_000  # compressed


def test_vendored_files_are_those_that_were_fetched():
    lines = (STATIC / "vendor" / "SHA256SUMS").read_text().splitlines()
    expected = dict(reversed(line.split("  ")) for line in lines)

    actual = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in expected}

    assert actual == expected


def test_every_vendored_file_has_a_checksum():
    lines = (STATIC / "vendor" / "SHA256SUMS").read_text().splitlines()
    listed = {line.split("  ")[1] for line in lines}

    folders = [STATIC / "vendor" / "nl-design-system", STATIC / "fonts"]
    present = {str(path.relative_to(ROOT)) for folder in folders for path in folder.iterdir()}

    assert present - listed == set()


@pytest.mark.parametrize(
    ("path", "licence"),
    [
        ("static/vendor/nl-design-system/LICENSE.md", "EUROPEAN UNION PUBLIC LICENCE v. 1.2"),
        ("static/fonts/LICENSE", "SIL OPEN FONT LICENSE Version 1.1"),
    ],
)
def test_a_licence_lies_beside_what_was_taken_from_others(path, licence):
    assert licence in (ROOT / path).read_text()


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing_from_outside(path):
    addresses = URL.findall(path.read_text())

    outside = [address for address in addresses if "//" in address.removeprefix("data:image/svg+xml,")[:8]]
    missing = [
        address
        for address in addresses
        if not address.startswith("data:") and not (path.parent / address).is_file()
    ]

    assert (outside, missing, "@import" in path.read_text()) == ([], [], False)


def style_sheets_of(name: str) -> set[str]:
    """What a template links to, with the one that it extends and those that it includes."""
    seen, waiting = set(), [name]
    while waiting:
        seen.add(current := waiting.pop())
        waiting += set(OTHER_TEMPLATE.findall((TEMPLATES / current).read_text())) - seen
    return {sheet for template in seen for sheet in STYLE_SHEET.findall((TEMPLATES / template).read_text())}


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_all_css_of_a_page_together_is_small(path):
    names = style_sheets_of(str(path.relative_to(TEMPLATES)))

    whole = b"".join((STATIC / name).read_bytes() for name in sorted(names))

    assert len(gzip.compress(whole)) < BYTES_FOR_CSS_OF_A_PAGE


def test_every_page_links_to_the_style_sheets_of_all_pages():
    assert {"theme.css", "navo.css", "reading.css", "print.css"} < style_sheets_of("letters/letter.html")


def test_every_component_in_a_template_has_its_rules():
    rules = "".join(path.read_text() for path in STYLE_SHEETS)
    used = {name for path in PUBLIC_TEMPLATES for name in COMPONENT_CLASS.findall(path.read_text())}

    unstyled = {name for name in used if not re.search(rf"\.{name}(?![\w-])", rules)}

    assert unstyled == set()


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_has_no_inline_style_or_script(path):
    inline = INLINE.findall(path.read_text())

    assert inline == []


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_comment_in_a_template_stays_on_its_line(path):
    """Django shows a {# comment #} to visitors when it runs over several lines."""
    broken = [line for line in path.read_text().splitlines() if line.count("{#") != line.count("#}")]

    assert broken == []
