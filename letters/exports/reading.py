"""The rows of a view from the database: one moment of it, some rows at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.models import Prefetch, QuerySet

from letters.filters import FilteredList
from letters.models import Edition, Letter, Note, Paragraph, Position

#: Rows that are in memory at a time. Each part costs the same number of queries.
CHUNK = 250


@contextmanager
def snapshot(alias: str) -> Iterator[None]:
    """Read one moment of a database until the end of the block, whatever is published meanwhile.

    Who is in a transaction already goes on reading in that.
    """
    if connections[alias].in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # All rows are read: without this a plan is chosen that is quick for the first tenth of them only.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
        yield


def items(filtered: FilteredList) -> Iterator[Position | Paragraph | Letter]:
    """The items of a list in its order, with what every column reads, in a constant number of queries for each part."""
    rows = filtered.qs.select_related(None).prefetch_related(None)
    return _READERS[filtered.route](rows, unchecked=filtered.shows_unchecked)


def _positions(rows: QuerySet, *, unchecked: bool) -> Iterator[Position]:
    rows = rows.select_related("paragraph__section__session__meeting").prefetch_related(
        Prefetch("letter", _letters()),
        "topics__names",
        "paragraph__section__topics__names",
        "paragraph__section__agenda_topics__meeting",
        Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
    )
    rows = rows.defer("search", "paragraph__search", "paragraph__marks", "paragraph__read")
    for position in rows.iterator(chunk_size=CHUNK):
        position.paragraph.letter = position.paragraph.section.letter = position.letter
        yield position


def _passages(rows: QuerySet, *, unchecked: bool) -> Iterator[Paragraph]:
    shown = Position.objects.public(unchecked=unchecked).order_by("start", "pk").defer("search", "sentence")
    rows = rows.select_related("section__session__meeting").prefetch_related(
        Prefetch("letter", _letters()),
        "section__topics__names",
        "section__agenda_topics__meeting",
        "footnotes",
        Prefetch("positions", shown.prefetch_related("topics__names"), to_attr="shown_positions"),
    )
    for paragraph in rows.defer("search", "marks", "read").iterator(chunk_size=CHUNK):
        paragraph.section.letter = paragraph.letter
        yield paragraph


def _letter_rows(rows: QuerySet, *, unchecked: bool) -> Iterator[Letter]:
    shown = Position.objects.public(unchecked=unchecked).order_by().only("letter_id", "status")
    rows = _with_context(rows).prefetch_related(
        "sections__topics__names",
        Prefetch("positions", shown, to_attr="shown_positions"),
        Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
    )
    yield from rows.iterator(chunk_size=CHUNK)


def _letters() -> QuerySet:
    return _with_context(Letter.objects.all())


def _with_context(letters: QuerySet) -> QuerySet:
    return letters.defer("anchors").prefetch_related(
        "meetings",
        "signatories",
        "submissions",
        Prefetch("text_edition", Edition.objects.for_citing()),
    )


_READERS = {"search": _passages, "positions": _positions, "letters": _letter_rows}
