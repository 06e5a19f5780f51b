"""What a page in a browser must have for everyone to use it. Each function gives what is wrong, in words; nothing is well."""

from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "files" / "axe.min.js").read_text()
#: WCAG 2.0, 2.1 and 2.2, levels A and AA: https://www.deque.com/axe/core-documentation/api-documentation/#axecore-tags
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDE, SMALLEST, ENLARGED = (1280, 900), (320, 640), (640, 450)  # the last is 1280 at 200 % (WCAG 1.4.4)
#: Roles of https://www.w3.org/TR/wai-aria-1.2/ that one operates: each needs a name.
OPERATED = {
    "button", "checkbox", "combobox", "link", "listbox", "menuitem", "radio", "searchbox", "slider", "spinbutton", "switch",
    "tab", "textbox", "DisclosureTriangle",
}  # fmt: skip
LANDMARKS = {"banner": 1, "main": 1, "contentinfo": 1}
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((one) => one.checkVisibility()).map((one) => [Number(one.localName[1]), one.textContent.trim()])"""
REPEATED_IDS = """() => {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"
#: Where the focus is: its name, whether it is in sight, whether nothing lies over it, and whether one sees that it has it.
FOCUSED = """() => {
    const within = (start, end, size) => (Math.max(start, 0) + Math.min(end, size)) / 2;
    const middle = (part) => [within(part.left, part.right, window.innerWidth), within(part.top, part.bottom, window.innerHeight)];
    const one = document.activeElement;
    if (one === document.body) return null;
    const box = one.getBoundingClientRect();
    const edges = [...one.getClientRects()].map((part) => middle(part));
    const over = edges.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
    const mine = [one, ...(one.labels || [])];
    const style = getComputedStyle(one);
    return {
        name: one.localName + (one.id ? "#" + one.id : "") + " " + (one.textContent || one.value || "").trim().slice(0, 40),
        inSight: box.width > 0 && box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth,
        free: over.some((other) => mine.some((part) => part.contains(other) || other.contains(part))),
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    };
}"""


def axe(page: Page, within: str = "html") -> dict[str, list]:
    """What axe-core says of a page: its rules that are kept ("passes") and broken ("violations"), each with the elements."""
    page.evaluate(AXE)  # a script tag would be blocked by the page's policy
    run = "([within, standards]) => axe.run(within, {runOnly: standards})"
    return page.evaluate(run, [within, STANDARDS])


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe-core finds in the elements of this selector: its rule, and the first element that breaks it."""
    result = axe(page, within)
    return [f"{found['id']}: {found['nodes'][0]['html'][:120]}" for found in result["violations"]]


def scrolls_sideways(page: Page, size: tuple[int, int]) -> list[str]:
    """Whether the page is wider than a window of this size (WCAG 1.4.10)."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    pixels = page.evaluate(SIDEWAYS)
    return [f"{pixels} px wider than {size[0]} px"] if pixels > 0 else []


def scrolls_sideways_with_large_text(page: Page) -> list[str]:
    """The same for who makes only the text twice as large."""
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    pixels = page.evaluate(SIDEWAYS)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return [f"{pixels} px too wide with text of 200 %"] if pixels > 0 else []


def faults_of_structure(page: Page) -> list[str]:
    """What is wrong with headings, landmarks, names and ids, as a screen reader gets them from the accessibility tree."""
    headings = page.evaluate(HEADINGS)
    levels = [level for level, _words in headings]
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of level 1"]
    found += [
        f"from h{before} to h{after}: {words}"
        for (before, _before), (after, words) in pairwise(headings)
        if after > before + 1
    ]
    found += [f"id twice: {name}" for name in page.evaluate(REPEATED_IDS)]
    tools = page.context.new_cdp_session(page)
    nodes = [node for node in tools.send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
    tools.detach()
    roles = [node["role"]["value"] for node in nodes]
    found += [
        f"{roles.count(role)} × {role}" for role, number in LANDMARKS.items() if roles.count(role) != number
    ]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes]
    found += [f"{role} without a name" for role, name in named if role in OPERATED and not name]
    navigations = [name for role, name in named if role == "navigation"]
    if len(navigations) != len(set(navigations)) or "" in navigations:
        found.append(f"navigations that cannot be told apart: {navigations}")
    return found


def faults_of_focus(page: Page, stops: int = 60) -> list[str]:
    """What is wrong at the stops of the Tab key, from the first on: out of sight, under something else, or not to be seen."""
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.evaluate("window.scrollTo(0, 0)")
    found = []
    for _stop in range(stops):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        for what in ("inSight", "free", "marked"):
            if not focused[what]:
                found.append(f"focus not {what}: {focused['name']}")
    return found
