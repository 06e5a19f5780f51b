import datetime

from letters.parsing.document import Leak, LeakKind
from letters.parsing.parsed_letter import (
    PARSER_VERSION,
    FileRole,
    LetterKind,
    ParsedLetter,
    ParsedParagraph,
    ParsedSection,
    Revision,
    SectionKind,
)
from letters.parsing.serialisation import from_json, to_gold_form, to_json


def section(*paragraphs: ParsedParagraph) -> ParsedSection:
    return ParsedSection("Oekraïne", SectionKind.INTRODUCTION, paragraphs=paragraphs)


def test_everything_that_a_reading_holds_comes_back_from_json():
    letter = ParsedLetter(
        kind=LetterKind.COMMITTEE_ANSWERS,
        date=datetime.date(2039, 2, 3),
        sections=(section(ParsedParagraph("Waarom?", label="3", is_question=True)),),
        session_year="2038-2039",
        revision=Revision.AMENDED,
        replaces="kst-28676-440",
        roles=(FileRole.METADATA, FileRole.COVER, FileRole.ANNEX),
        markings=("Departementaal Vertrouwelijk",),
        leaks=(Leak(LeakKind.COMMENTS, ("Jansen", "klopt dit?"), "brief.docx"),),
    )

    assert from_json(to_json(letter)) == letter


def test_a_reading_of_the_first_version_lacks_what_was_not_read_then():
    stored = to_json(ParsedLetter(sections=(section(ParsedParagraph("Een alinea.")),))) | {
        "parser_version": 1
    }
    for key in ("session_year", "revision", "replaces", "roles", "markings", "leaks"):
        del stored[key]
    del stored["sections"][0]["paragraphs"][0]["is_question"]

    letter = from_json(stored)

    assert (letter.roles, letter.revision, letter.paragraphs[0].is_question) == ((), None, False)
    assert to_json(letter)["parser_version"] == PARSER_VERSION


def test_what_is_new_in_a_reading_is_not_in_the_form_of_gold():
    form = to_gold_form(ParsedLetter(revision=Revision.REPRINT, roles=(FileRole.TEXT,)))

    assert form.keys().isdisjoint({"revision", "replaces", "roles", "markings", "leaks", "session_year"})
