"""The language of searching: what is typed, and what PostgreSQL finds with it in Dutch and in English."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters import search
from letters.models import Paragraph
from letters.search import parse_query
from letters.search.prefixes import completions
from tests.factories import make_letter, make_paragraph, make_passage, make_section

PARAGRAPHS = {
    "steun": "Nederland gaf steun aan Oekraïne en riep bondgenoten op te geven.",
    "samen": "De samenwerking met de Oekraïense defensie-industrie verloopt goed.",
    "toestel": "De NAVO’s F-16 vliegt met AWACS/AGS; 3,5% van het budget, zie 28676-446.",
    "los": "Steun is van de kant van China niet verwacht.",
    "english": "The Netherlands supports burden sharing; deterrence operations continue in Ukraine.",
    "phrase": "Allies gave support to Ukraine and de facto recognised nothing.",
}


def show(text: str) -> str:
    """A query on one line: every group of alternatives, then what is excluded."""
    typed = parse_query(text)
    groups = ["|".join(_shown(term) for term in group) for group in typed.required]
    return " ".join([*groups, *(f"-{_shown(term)}" for term in typed.excluded)])


def _shown(term) -> str:
    return f"[{term}]" if term.is_phrase else str(term)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steun Oekraïne", "steun Oekraïne"),
        ("steun OR hulp oekraïne", "steun|hulp oekraïne"),  # OR binds the two words beside it
        ("oekraïne steun or hulp OR bijstand", "oekraïne steun|hulp|bijstand"),
        ("steun of hulp", "steun of hulp"),  # a Dutch word is a word
        ('"aan Oekraïne" steun', "[aan Oekraïne] steun"),
        ("“aan Oekraïne” „steun aan”", "[aan Oekraïne] [steun aan]"),
        ('steun "aan Oekraïne', "steun [aan Oekraïne]"),  # a quotation mark that is not closed
        ("steun -china", "steun -china"),
        ('-"burden sharing" steun –china', "steun -[burden sharing] -china"),
        ("-china", "-china"),
        ("china OR -rusland steun", "china steun -rusland"),  # what has a minus is in no result
        ("defens* F-3*", "defens* F-3*"),
        ("d* a", "d a"),  # too short for a prefix
        ("F-16 defensie-industrie AWACS/AGS U.S. R&D 3,5%", "F-16 defensie-industrie AWACS/AGS U.S R&D 3,5"),
        ("NAVO’s foto's 's-Gravenhage", "NAVO foto s-Gravenhage"),
        ("china,rusland (steun) einde.", "china rusland steun einde"),
        ("2021 - 2023", "2021 2023"),  # a dash between spaces is no minus
        ("OR OR", ""),
        ("OR steun OR", "steun"),
        ("- -- * ** \"\" ''", ""),
        ("& | ! ( :*", ""),
        ("!steun & (hulp | <bijstand>):A", "steun hulp bijstand A"),
        ("Oekrai\u0308ne", "Oekraïne"),  # an accent apart from its letter
        ("_ __", ""),
    ],
)
def test_what_is_typed_is_read_as(text, expected):
    assert show(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("ab \"*-OR()&|!:<>'“’/.,"))
def test_any_text_is_a_query(text):
    typed = parse_query(text)

    for term in [*typed.terms, *typed.excluded]:
        assert re.search(r"\w", term.text)
        assert term.text.strip() in search.folded(text)


@pytest.fixture
def paragraphs(db):
    section = make_section(make_letter())
    for name, text in PARAGRAPHS.items():
        language = "en" if name in ("english", "phrase") else "nl"
        make_paragraph(section, text, label=name, language=language)


def found(words: str) -> set[str]:
    return set(Paragraph.objects.filter(search.paragraphs_with(words)).values_list("label", flat=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("oekraine", {"steun"}),  # without its accent
        ("OEKRAÏNE", {"steun"}),
        ("bondgenoot", {"steun"}),
        ("steunen", {"steun", "los"}),
        ("sharing", {"english"}),  # English words by English stemming
        ("operation", {"english"}),
        ("steun oekraïne", {"steun"}),
        ("samenwerking OR sharing", {"samen", "english"}),
        ("steun -china", {"steun"}),
        ("-steun", {"samen", "toestel", "english", "phrase"}),  # minus alone: everything without it
        ("support -ukraine", set()),
        ("-steun -ukraine", {"samen", "toestel"}),
        ("-de", set(PARAGRAPHS)),  # it stands everywhere: left out it would leave nothing
        ("steun -de", {"steun", "los"}),
        ("support -the", {"english", "phrase"}),
        ("-de -steun", {"samen", "toestel", "english", "phrase"}),
        ('"steun aan oekraïne"', {"steun"}),
        ('"oekraïne aan steun"', set()),
        ('"kant van china"', {"los"}),
        ("de", set(PARAGRAPHS)),  # stop words alone ask nothing
        ("de het een", set(PARAGRAPHS)),
        ('"van de"', set(PARAGRAPHS)),
        ("the OR of", set(PARAGRAPHS)),
        ("de -steun", {"samen", "toestel", "english", "phrase"}),
        ("de facto", {"phrase"}),  # a Dutch stop word is an English word
        ("de the", {"phrase"}),  # each is a word in the other language
        ("de steun", {"steun", "los"}),
        ("F-16", {"toestel"}),
        ("-F16", set(PARAGRAPHS) - {"toestel"}),
        ("F1*", {"toestel"}),
        ('"F 16"', set()),
        ("NAVO", {"toestel"}),
        ("navo's", {"toestel"}),
        ("AWACS/AGS", {"toestel"}),
        ("3,5%", {"toestel"}),
        ("28676-446", {"toestel"}),
        ("defensie-industrie", {"samen"}),
        ("industrie", {"samen"}),
        ("oekra*", {"steun", "samen"}),
        ("Oekraïens*", {"samen"}),
        ("samenwerki*", {"samen"}),  # kept as "samenwerk"
        ("defens*", {"samen"}),
        ("defensi*", {"samen"}),
        ("bondgenot*", {"steun"}),
        ("operati*", {"english"}),  # kept as "oper"
        ("deterr* ukr*", {"english"}),
        ("de* facto", {"phrase"}),  # a prefix that is a stop word too
        ("ver*", {"samen", "los"}),
        ("F-1*", {"toestel"}),
        ("& | !", set()),
    ],
)
def test_both_languages_are_searched_each_in_its_own_way(paragraphs, words, expected):
    assert found(words) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
    | st.text("aé1 \"*-OR()&|!:<>'“’/.,\\@", max_size=40)
)
def test_no_text_is_an_error_to_the_database(django_db_blocker, django_db_setup, text):
    with django_db_blocker.unblock():
        list(
            Paragraph.objects.filter(search.paragraphs_with(text)).order_by(-search.paragraph_rank(text))[:1]
        )
        list(Paragraph.objects.annotate(headline=search.paragraph_headline(text))[:1])


@pytest.mark.parametrize(
    ("prefix", "language", "expected"),
    [
        ("samenwerki", "nl", ["samenwerki", "samenwerking"]),
        ("weerbaa", "nl", "weerbaar"),
        ("jaa", "nl", "jaar"),
        ("operati", "en", "operation"),
        ("china", "nl", ["china"]),
    ],
)
def test_a_prefix_is_completed_by_the_endings_it_may_have_begun(prefix, language, expected):
    completed = completions(prefix, language)

    assert completed == expected if isinstance(expected, list) else expected in completed


def headline(words: str, label: str) -> str:
    return Paragraph.objects.annotate(headline=search.paragraph_headline(words)).get(label=label).headline


def test_words_found_are_marked_and_markup_is_text(paragraphs):
    Paragraph.objects.filter(label="los").update(text="<b>Steun</b> & \ue000steun\ue001")

    html = search.marked(headline("steun", "los"))

    assert html == "&lt;b&gt;<mark>Steun</mark>&lt;/b&gt; &amp; <mark>steun</mark>"


def test_a_prefix_marks_the_words_that_begin_so(paragraphs):
    assert search.found_forms(headline("samenwerki* oekra*", "samen")) == ["samenwerking", "Oekraïense"]


LONG = " ".join(
    [
        f"Dit is zin {number} van een alinea die lang genoeg is om niet geheel te tonen."
        for number in range(20)
    ]
)


def test_of_a_long_paragraph_whole_sentences_around_the_words_are_shown(paragraphs):
    Paragraph.objects.filter(label="los").update(text=LONG.replace("zin 9 van", "zin 9 over munitie van"))

    shown = search.snippet(headline("munitie", "los"))

    sentences = search.unmarked(shown).removeprefix("… ").removesuffix(" …").split(". ")
    assert shown.startswith("… Dit is zin 8 ")
    assert shown.endswith(". …")
    assert [sentence.split()[3] for sentence in sentences] == ["8", "9", "10"]
    assert "\ue000munitie\ue001" in shown


def test_hits_far_apart_are_joined_by_an_ellipsis(paragraphs):
    text = LONG.replace("zin 2 van", "zin 2 over munitie van").replace(
        "zin 17 van", "zin 17 over munitie van"
    )
    Paragraph.objects.filter(label="los").update(text=text)

    shown = search.unmarked(search.snippet(headline("munitie", "los")))

    assert re.findall(r"zin (\d+) over munitie|(…)", shown) == [
        ("", "…"),
        ("2", ""),
        ("", "…"),
        ("17", ""),
        ("", "…"),
    ]


def test_a_short_paragraph_is_shown_whole(paragraphs):
    assert search.unmarked(search.snippet(headline("steun", "los"))) == PARAGRAPHS["los"]


def test_a_link_names_the_sentence_with_the_first_hit(paragraphs):
    Paragraph.objects.filter(label="los").update(text="Eerst dit. Dan, over munitie-aankoop. Klaar.")

    fragment = search.text_fragment(headline("munitie", "los"))

    assert fragment == ":~:text=Dan%2C%20over%20munitie%2Daankoop."


def test_a_link_names_a_long_sentence_whole_for_its_beginning_may_stand_elsewhere_too(paragraphs):
    sentence = "Het kabinet acht het van belang dat bondgenoten munitie blijven leveren aan Oekraïne."
    Paragraph.objects.filter(label="los").update(text=f"Het kabinet acht het eerste punt af. {sentence}")

    fragment = search.text_fragment(headline("munitie", "los"))

    assert unquote(fragment) == f":~:text={sentence}"


def test_a_word_of_two_parts_can_be_left_out(client, db):
    make_passage("Nederland levert de F-16.")
    kept = make_passage("Nederland levert de Patriot.")

    response = client.get("/zoeken/?q=-F-16")

    assert [passage.pk for passage in response.context["items"]] == [kept.pk]
