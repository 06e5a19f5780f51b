"""What a list shows of a row that was found: the words marked, a link to where they stand, and why it is there."""

from django.shortcuts import redirect

from letters import search
from letters.filters import FilteredList, Trail, letter_asked_for
from letters.filters.why import first_passages, reasons
from letters.models import Letter, Paragraph


class NumberMixin:
    """A list at which a typed number, when it is all that is asked, leads to its letter. Back leads to where it was typed."""

    def get(self, request, *args, **kwargs):
        letter = letter_asked_for(self.query, self.query.asked_address)
        return redirect(letter) if letter else super().get(request, *args, **kwargs)


def with_hits(filtered: FilteredList, rows: list) -> list:
    """The rows of one page with ``why``, with ``highlighted``, which is "" without words, and with ``found_url``: where the row
    stands in its letter, come from this list.

    Of a long passage ``highlighted`` is the part around the words, and ``is_cut`` says so; what is copied
    (``words_to_copy``) is all of it. A position is whole. A letter has the first passage by which it was found as ``passage``.
    """
    trail = Trail(filtered)
    if rows and isinstance(rows[0], Letter):
        _with_passages(filtered, rows, trail)
    else:
        for row in rows:
            _mark(row, filtered.words, trail.to(row))
    why = reasons(filtered, rows)
    for row in rows:
        row.why = why.get(row.pk, [])
    return rows


def _mark(row, words: str, url: str) -> None:
    row.found_url = url
    if not words:  # said, for a template that looks for what a row does not have takes long
        row.highlighted = row.words_to_copy = ""
        row.is_cut = False
        return
    shown = search.snippet(row.headline) if isinstance(row, Paragraph) else row.headline
    row.highlighted = search.marked(shown)
    row.is_cut = shown != row.headline
    row.words_to_copy = search.unmarked(row.headline) if row.is_cut else ""
    row.found_url = url + search.text_fragment(row.headline) if "#" in url else url


def _with_passages(filtered: FilteredList, letters: list[Letter], trail: Trail) -> None:
    passages = first_passages(filtered, letters)
    for letter in letters:
        letter.found_url = trail.to(letter)
        letter.passage = passages.get(letter.pk)
        if letter.passage:
            _mark(letter.passage, filtered.words, trail.to_letter_of(letter.passage))
