"""The catalogue of the English site: whole, right, and compiled as it is committed."""

from gettext import GNUTranslations

import pytest

from tests.messages import MO, PO, as_mo, as_po, committed, extracted, merged, mistakes, untranslated


@pytest.fixture(scope="module")
def sources():
    return extracted()


@pytest.fixture(scope="module")
def catalog(sources):
    return merged(sources, committed())


def test_every_string_of_the_sources_has_its_english(catalog):
    assert [message.id for message in untranslated(catalog)] == []


def test_every_translation_has_the_placeholders_of_its_string(catalog):
    assert mistakes(catalog) == []


def test_what_is_committed_is_what_the_sources_make(catalog):
    assert PO.read_bytes() == as_po(catalog)
    assert MO.read_bytes() == as_mo(catalog)


def test_the_compiled_catalogue_is_one_that_gettext_reads():
    with MO.open("rb") as file:
        english = GNUTranslations(file)

    assert english.gettext("verslag") == "report"
    assert english.ngettext("%(count)s brief", "%(count)s brieven", 2) == "%(count)s letters"


def test_spaces_around_a_string_are_those_of_its_english(catalog):
    pairs = [
        (dutch, english)
        for message in catalog
        if message.id
        for dutch, english in zip(forms(message.id), forms(message.string), strict=True)
    ]

    assert [pair for pair in pairs if spaces(pair[0]) != spaces(pair[1])] == []


def forms(words) -> list[str]:
    return list(words) if isinstance(words, tuple | list) else [words]


def spaces(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_strings_are_found_in_python_and_in_templates(sources):
    found = {
        "geannoteerde agenda": "letters/models/letters.py",
        "Naar de inhoud": "templates/base.html",
        "%(count)s brief": "letters/views/lists.py",
        "Aanmelden kan hier weer over %(minutes)s minuut.": "templates/429.html",
        "Zin": "templates/pieces/_paragraph.html",  # an argument of a tag
    }

    places = {message: [name for name, _line in sources.get(message).locations] for message in found}

    assert {message: place in places[message] for message, place in found.items()} == dict.fromkeys(
        found, True
    )
