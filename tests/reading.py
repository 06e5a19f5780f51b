"""What a person reads on a page, for tests to compare."""

import re


def main(response) -> str:
    """The main part of a page, as HTML."""
    return response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]


def text(response) -> str:
    """The visible words of a page's main part, in one line."""
    return words(main(response))


def words(html: str) -> str:
    return re.sub(r"\s+([.,:;)])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", html).split()))
