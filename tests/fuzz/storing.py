"""Take a mutant into the database as an upload is, and look whether what is stored is whole."""

import time
from collections.abc import Iterator

from django.db import connection
from django.test import Client

from letters import decisions, originals
from letters.decisions import Refused
from letters.ingest import NotAccepted, Upload, ingest
from letters.models import Citation, File, Footnote, Letter, Section
from letters.parsing.readers import NotReadable
from letters.parsing.serialisation import from_json
from tests.fuzz.mutants import Mutant
from tests.fuzz.trying import Became, Crashes, Outcome, outcome, refused


def store(mutant: Mutant) -> Outcome:
    """Ingest it, publish its letter if that may be, and ask for the page that visitors see."""
    started, upload = time.monotonic(), Upload(mutant.name, mutant.data)
    with Crashes() as crashes:
        try:
            letter = ingest([upload]).letter
            became, why = Became.STORED, ""
        except NotAccepted as error:
            if isinstance(error.__cause__, NotReadable):
                became, why = refused(error.__cause__, crashes)
            else:
                became, why = Became.REFUSED, "not accepted"
        except Exception as error:
            became, why = Became.RAISED, f"{type(error).__name__}: {error}"
    seconds = time.monotonic() - started
    try:
        wrong = (*damage(letter), *_on_its_page(letter)) if became == Became.STORED else tuple(_left(upload))
    except Exception as error:
        wrong = (f"looking at it: {type(error).__name__}: {error}",)
    if wrong:
        became, why = Became.HALF_WRITTEN, "; ".join(wrong)[:500]
    return outcome(mutant, became, why, seconds)


def damage(letter: Letter) -> Iterator[str]:
    """Say what is not whole of a letter as it is stored, which no person has touched."""
    letter = Letter.objects.get(pk=letter.pk)
    if letter.text_edition is None or letter.text_edition.letter_id != letter.pk:
        yield "no edition supplies the text"
    for edition in letter.editions.all():
        from_json(edition.reading)
        if not edition.files.all():
            yield "an edition without files"
        yield from (f"original: {wrong}" for file in edition.files.all() if (wrong := _of_original(file)))
    sections = {section.pk: section for section in letter.sections.all()}
    paragraphs = {paragraph.pk: paragraph for paragraph in letter.paragraphs.all()}
    if len({section.order for section in sections.values()}) < len(sections):
        yield "two sections at one place"
    if len({paragraph.order for paragraph in paragraphs.values()}) < len(paragraphs):
        yield "two paragraphs at one place"
    if [paragraph.text for paragraph in paragraphs.values()] != _texts_read(letter):
        yield "other paragraphs than were read"
    yield from (
        "a section below one of another letter, or itself"
        for section in sections.values()
        if _hangs(section, sections)
    )
    for paragraph in paragraphs.values():
        if paragraph.section_id not in sections:
            yield "a paragraph in a section of another letter"
        if not all(0 <= mark["start"] <= mark["end"] <= len(paragraph.text) for mark in paragraph.marks):
            yield "a mark outside its paragraph"
    for footnote in Footnote.objects.filter(paragraph__letter=letter):
        if footnote.offset > len(paragraphs[footnote.paragraph_id].text):
            yield "a footnote outside its paragraph"
    for citation in Citation.objects.filter(paragraph__letter=letter).select_related("footnote"):
        text = (citation.footnote or paragraphs[citation.paragraph_id]).text
        if text[citation.start : citation.end] != citation.text:
            yield "a citation that is not at its place"
    for position in letter.positions.all():
        paragraph = paragraphs.get(position.paragraph_id)
        if paragraph is None or paragraph.text[position.start : position.end] != position.sentence:
            yield "a position whose sentence is not at its place"


def loose_rows() -> Iterator[str]:
    """Say what hangs on nothing, in the whole database."""
    for name, query in (
        (
            "letters without an edition",
            "SELECT count(*) FROM letters_letter l WHERE NOT EXISTS (SELECT FROM letters_edition e WHERE e.letter_id = l.id)",
        ),
        (
            "editions without a file",
            "SELECT count(*) FROM letters_edition e WHERE NOT EXISTS (SELECT FROM letters_file f WHERE f.edition_id = e.id)",
        ),
        (
            "meetings without a letter",
            "SELECT count(*) FROM letters_meeting WHERE id NOT IN (SELECT meeting_id FROM letters_letter_meetings)",
        ),
    ):
        with connection.cursor() as cursor:
            cursor.execute(query)
            ((number,),) = cursor.fetchall()
        if number:
            yield f"{number} {name}"


def _texts_read(letter: Letter) -> list[str]:
    sections = from_json(letter.text_edition.reading).sections
    return [paragraph.text for section in sections for paragraph in section.paragraphs]


def _of_original(file: File) -> str:
    try:
        with originals.open(file.sha256) as content:
            return "" if len(content.read()) == file.size else "another size"
    except OSError as error:
        return type(error).__name__


def _hangs(section: Section, sections: dict[int, Section]) -> bool:
    seen = set()
    while section.parent_id is not None and section.pk not in seen:
        seen.add(section.pk)
        if section.parent_id not in sections:
            return True
        section = sections[section.parent_id]
    return section.pk in seen


def _left(upload: Upload) -> Iterator[str]:
    """What a refused file left behind."""
    if File.objects.filter(sha256=upload.sha256).exists():
        yield "a refused file has rows"


def _on_its_page(letter: Letter) -> Iterator[str]:
    try:
        decisions.publish(letter, by=None)
    except Refused:
        return
    letter.refresh_from_db()
    answer = Client(HTTP_HOST="localhost").get(letter.get_absolute_url())
    if answer.status_code != 200:
        yield f"its page gives {answer.status_code}"
