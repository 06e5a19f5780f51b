"""Write the machine's proposals of positions beside what people decided, which always stays with its words.

A position has the topics of its section. When its own sentence names others, those are its own topics, and it keeps the
section's: what is said of China under "Oekraïne" is found under both. (To let the sentence's names stand instead would take
"Nederland levert extra Patriots" out of Oekraïne.) ``letters.parsing.topics`` leaves names out that say too little in a sentence.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from letters.ingest.rows import RowMerger
from letters.models import Letter, Paragraph, Position
from letters.parsing.folding import fold
from letters.parsing.parsed_letter import ParsedLetter, ParsedPosition, Problem
from letters.parsing.sentences import split_sentences


class Place(NamedTuple):
    """Where a sentence stands: a paragraph's key, and characters in its text."""

    paragraph_id: int
    start: int
    end: int
    sentence: str


def write_positions(
    letter: Letter, parsed: ParsedLetter, paragraphs: list[Paragraph], merger: RowMerger
) -> None:
    """Propose each position that was found, unless the sentence has it already; withdraw proposals no longer found.

    A position that a person touched is never withdrawn: it follows its words, or becomes an orphan to resolve.
    """
    held = letter.positions.select_for_update(of=("self",)).select_related("paragraph")
    stored = merger.stored(held.prefetch_related("notes", "topics"))
    touched = {row.pk: _places_of(row, paragraphs) for row in stored if row.is_touched}
    found = _match(stored, touched, paragraphs, parsed)
    planned = {row.pk: (place, proposal.stance.value) for row, place, proposal in found if row is not None}
    planned |= {row.pk: (_only(touched[row.pk]), row.stance) for row in stored if row.pk in touched}
    for row in stored:
        if row.pk not in planned:
            row.delete()
            merger.changed = True
    kept = [row for row in stored if row.pk in planned]
    if kept:
        _clear_the_way(kept, planned, touched, merger)
    sections = {paragraph.pk: paragraph.section_id for paragraph in paragraphs}
    taken: set[tuple] = set()
    for row in sorted(kept, key=lambda row: row.paragraph_id is None):  # who stays goes before who comes
        if row.pk in touched:
            _relocate(row, touched[row.pk], taken, merger)
    for row, place, proposal in found:
        if row is not None and row.pk in touched and row.status == Position.Status.UNCHECKED:
            _complete(row, proposal, kept, taken, merger)
            _set_topics(row, proposal, sections[place.paragraph_id], merger)
    with merger.together():
        for row, place, proposal in found:
            if row is None or row.pk not in touched:
                proposed = _propose(row or Position(letter=letter), place, proposal, taken, merger)
                if proposed is not None:
                    _set_topics(proposed, proposal, sections[place.paragraph_id], merger)


def _clear_the_way(
    kept: list[Position],
    planned: dict[int, tuple[Place | None, str]],
    touched: dict[int, list[Place]],
    merger: RowMerger,
) -> None:
    """Take rows off the places that they leave, and proposals off those where a person's position comes."""
    wanted = {planned[key] for key in touched}
    leaving = [
        row
        for row in kept
        if row.paragraph_id is not None
        and (
            (_place_of(row), row.stance) != planned[row.pk]
            or (row.pk not in touched and planned[row.pk] in wanted)
        )
    ]
    _lift(leaving)
    merger.changed |= bool(leaving)


def _match(
    stored: list[Position], touched: dict[int, list[Place]], paragraphs: list[Paragraph], parsed: ParsedLetter
) -> list[tuple[Position | None, Place, ParsedPosition]]:
    """The proposals to write, each with its place and the row that it made before."""
    found: list[tuple[Position | None, Place, ParsedPosition]] = []
    used: set[int] = set()
    for proposal in parsed.positions:
        paragraph = paragraphs[proposal.paragraph]
        start = _start(paragraph.text, proposal.sentence, proposal.start)
        if start is None:
            continue  # a person corrected these words
        place = Place(paragraph.pk, start, start + len(proposal.sentence), proposal.sentence)
        row = _same_proposal(stored, touched, used, place, proposal) if stored else None
        if row is None and stored and _has_already(stored, touched, place, proposal):
            continue
        if row is not None:
            used.add(row.pk)
        found.append((row, place, proposal))
    return found


def _lift(rows: list[Position]) -> None:
    """Take positions off the places that they leave, so that another can land there."""
    Position.objects.filter(pk__in=[row.pk for row in rows]).update(paragraph=None)
    for row in rows:
        row.paragraph = None


def _propose(
    row: Position, place: Place, proposal: ParsedPosition, taken: set[tuple], merger: RowMerger
) -> Position | None:
    """Write a proposal that nobody touched; return it, unless the same stands there already."""
    key = (place.paragraph_id, place.start, proposal.stance.value)
    if key in taken:
        if row.pk is not None:
            row.delete()
            merger.changed = True
        return None
    taken.add(key)
    merger.save(
        row,
        {"sentence": proposal.sentence, **_said(proposal)},
        machine={
            "paragraph_id": place.paragraph_id,
            "start": place.start,
            "end": place.end,
            **_why(proposal),
        },
        name=proposal.sentence[:40],
    )
    return row


def _set_topics(row: Position, proposal: ParsedPosition, section: int, merger: RowMerger) -> None:
    """Write the topics that the sentence names beside those of its section, if it names any other."""
    of_section = merger.topics_of_section.get(section, [])
    named = {merger.topics[slug] for slug in proposal.topics if slug in merger.topics}
    own = named.union(of_section) if named.difference(of_section) else ()
    merger.set_many(row, "topics", own, name=proposal.sentence[:40])


def _complete(
    row: Position, proposal: ParsedPosition, kept: list[Position], taken: set[tuple], merger: RowMerger
) -> None:
    """Merge a proposal into a position that a person touched without deciding it; its place is that of its own words."""
    values, at = _said(proposal), (row.paragraph_id, row.start)
    wanted = (*at, values["stance"])
    if row.paragraph_id is not None and row.stance != values["stance"]:
        if wanted in taken:
            del values["stance"]
        else:
            _lift([one for one in kept if (one.paragraph_id, one.start, one.stance) == wanted])
    taken.discard((*at, row.stance))
    merger.save(row, values, machine=_why(proposal), name=proposal.sentence[:40])
    taken.add((*at, row.stance))


def _said(proposal: ParsedPosition) -> dict:
    return {
        "stance": proposal.stance.value,
        "verb": proposal.verb[:120],
        "moment": proposal.moment.value,
        "with_others": proposal.with_others,
    }


def _why(proposal: ParsedPosition) -> dict:
    return {
        "subject": proposal.subject[:120],
        "rule": proposal.rule[:60],
        "confidence": proposal.confidence,
    }


def _relocate(row: Position, places: list[Place], taken: set[tuple], merger: RowMerger) -> None:
    """Let a position follow its words, to the one place where they are, unless the same was decided of them already."""
    place = _only(places)
    key = (place.paragraph_id, place.start, row.stance) if place else None
    is_double = key in taken
    if place is None or is_double:
        if row.paragraph_id is not None:
            _lift([row])
            merger.changed = True
    else:
        taken.add(key)
        merger.save(row, {}, machine=place._asdict())
    if row.status == Position.Status.REJECTED:
        return  # asks nothing, wherever its words are
    if not places:
        message = _(
            "Het standpunt “%(sentence)s” staat niet meer in de brief. Wijs het af, en voeg het zo nodig opnieuw toe."
        )
    elif is_double or len(places) > 1:
        message = _(
            "Het standpunt “%(sentence)s” staat nu op meer dan één plaats in de brief. Wijs het af, en voeg het opnieuw toe."
        )
    else:
        return
    merger.problems.append(
        Problem("orphaned-position", message % {"sentence": row.sentence}, f"position:{row.pk}")
    )


def _only(places: list[Place]) -> Place | None:
    return places[0] if len(places) == 1 else None


def _place_of(row: Position) -> Place | None:
    return None if row.paragraph_id is None else Place(row.paragraph_id, row.start, row.end, row.sentence)


def _places_of(row: Position, paragraphs: list[Paragraph]) -> list[Place]:
    """Where the words of a position are: in its own paragraph, else anywhere; dashes and quotes may differ."""
    own = [row.paragraph] if row.paragraph is not None else []
    for among in (own, paragraphs):
        exact = [(one, _start(one.text, row.sentence, row.start)) for one in among]
        found = [
            Place(one.pk, start, start + len(row.sentence), row.sentence)
            for one, start in exact
            if start is not None
        ]
        if found := found or _places_folded(row, among):
            return found
    return []


def _places_folded(row: Position, paragraphs: list[Paragraph]) -> list[Place]:
    """In each paragraph the sentence with these words, folded, that is nearest to where it was."""
    wanted, found = fold(row.sentence), []
    for paragraph in paragraphs:
        if wanted in fold(paragraph.text):
            same = [one for one in split_sentences(paragraph.text) if fold(one.text) == wanted]
            nearest = min(same, key=lambda one: abs(one.start - row.start), default=None)
            if nearest is not None:
                found.append(Place(paragraph.pk, nearest.start, nearest.end, nearest.text))
    return found


def _start(text: str, sentence: str, expected: int) -> int | None:
    """Where the sentence begins in the paragraph, preferring the place where it was expected."""
    if text[expected : expected + len(sentence)] == sentence:
        return expected
    found = text.find(sentence)
    return found if found >= 0 else None


def _at(row: Position, touched: dict[int, list[Place]], place: Place) -> bool:
    """Whether a stored position is in the paragraph of this place; for one that a person touched, where it is going to be."""
    if row.pk in touched:
        goes_to = _only(touched[row.pk])
        return goes_to is not None and goes_to.paragraph_id == place.paragraph_id
    return row.paragraph_id == place.paragraph_id


def _same_proposal(
    stored: list[Position],
    touched: dict[int, list[Place]],
    used: set[int],
    place: Place,
    proposal: ParsedPosition,
) -> Position | None:
    """The row that this proposal made before: by its sentence and stance, else the one proposal for this sentence.

    Of several for a sentence that stands there more than once, one that a person touched goes first: it stays in any case,
    and would else be joined by a proposal of its own.
    """
    wanted = fold(proposal.sentence)
    of_sentence = [
        row
        for row in stored
        if row.pk not in used and _at(row, touched, place) and fold(row.read.get("sentence", "")) == wanted
    ]
    same = [row for row in of_sentence if row.read["stance"] == proposal.stance.value]
    undecided = [row for row in of_sentence if row.status == Position.Status.UNCHECKED]
    if same:
        return min(same, key=lambda row: (row.pk not in touched, abs(row.start - place.start)))
    return undecided[0] if len(of_sentence) == len(undecided) == 1 else None


def _has_already(
    stored: list[Position], touched: dict[int, list[Place]], place: Place, proposal: ParsedPosition
) -> bool:
    """Whether the sentence has this stance by another way: a person added it, or changed another proposal into it."""
    wanted = fold(proposal.sentence)
    return any(
        _at(row, touched, place) and fold(row.sentence) == wanted and row.stance == proposal.stance.value
        for row in stored
        if row.pk in touched
    )
