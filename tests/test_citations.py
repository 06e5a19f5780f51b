"""References to papers, proceedings, motions and commitments in the words of letters."""

import time
from itertools import pairwise

import pytest

from letters.parsing.citations import find_citations, find_papers, find_references
from letters.parsing.document import Mark, MarkKind
from letters.parsing.parsed_letter import (
    CitationKind,
    ParsedCitation,
    ParsedFootnote,
    ParsedLetter,
    ParsedParagraph,
    ParsedSection,
    SectionKind,
)
from letters.parsing.serialisation import from_json, to_gold_form

FORMS = [
    ("Kamerstuk 28676, nr. 353", ["kst-28676-353"]),
    ("Kamerstuk 28 676, nr. 474", ["kst-28676-474"]),
    ("(28 676, nr. 141)", ["kst-28676-141"]),
    ("Kamerstuk 28676-500", ["kst-28676-500"]),
    ("(zie ook Kamerstuk 30821-175).", ["kst-30821-175"]),
    # filed in two dossiers: the first gives the paper its name
    ("Kamerstukken 28 676 en 29 521, nr. 264", ["kst-28676-264"]),
    ("Kamerstuk 21 501-28 / 28676, nr. 136", ["kst-21501-28-136"]),
    # a dossier with an addition, and a chapter of the budget
    ("Kamerbrief 21 501-20, nr. 2019", ["kst-21501-20-2019"]),
    ("Kamerstuk 21501-28-275", ["kst-21501-28-275"]),
    ("Kamerstuk 36 410 V, nr. 23", ["kst-36410-V-23"]),
    # with the year of the parliament, without comma, several numbers
    ("Kamerstukken II 2022/23, 28676, nr. 446", ["kst-28676-446"]),
    ("Kamerstuk II 28676 nr. 12", ["kst-28676-12"]),
    ("Kamerstukken 28 676, nrs. 353 en 354", ["kst-28676-353", "kst-28676-354"]),
    ("Kamerstuk 36 045, nr. 12, 13 en 14", ["kst-36045-12", "kst-36045-13", "kst-36045-14"]),
    (
        "Kamerstuk 28 676, nr. 353 en 354 alsmede nr. 360",
        ["kst-28676-353", "kst-28676-354", "kst-28676-360"],
    ),
    ("Kamerstuk 28 676, nr. 353 en 21 501-28, nr. 222", ["kst-28676-353", "kst-21501-28-222"]),
    ("Kamerstuk 28 676, nr. 44 t/m 46", ["kst-28676-44", "kst-28676-45", "kst-28676-46"]),
    ("28 676, nrs. 9 tot en met 10 en 12", ["kst-28676-9", "kst-28676-10", "kst-28676-12"]),
    ("Kamerstuk 28 676, nr. 46 t/m 44", ["kst-28676-46"]),
    ("Kamerstuk 28 676, nr. 1 t/m 99999", ["kst-28676-1"]),
    # the First Chamber counts in letters
    ("Kamerstuk 28676, G", ["kst-28676-G"]),
    ("zie kst-28676-446", ["kst-28676-446"]),
    # a bare number, behind the word itself
    ("Kamerstukken II 28676, 353", ["kst-28676-353"]),
    ("Zie Kamerstuk 22 054, 410.", ["kst-22054-410"]),
    # the wordings of variety in letters of 2007 to 2025
    ("kamerstuk 28676, nr 48", ["kst-28676-48"]),
    ("Tweede Kamer, vergaderjaar 2007–2008, 28 676, nr. 48", ["kst-28676-48"]),
    ("Kamerstuk 36600-X-12", ["kst-36600-X-12"]),
    ("Kamerstuk 28 676, nr. 471 en nr. 475", ["kst-28676-471", "kst-28676-475"]),
    # other dossiers of a budget, funds and years in between
    ("Kamerstukken 36 200 X en 32 761, nr. 51", ["kst-36200-X-51"]),
    ("Kamerstuk 36410-X, nr. 23", ["kst-36410-X-23"]),
    ("(35300-A, nr. 15)", ["kst-35300-A-15"]),
    ("Kamerstuk 36410-K-5", ["kst-36410-K-5"]),
    ("Kamerstuk 35 300 IIA, nr. 2", ["kst-35300-IIA-2"]),
    ("Kamerstukken II 2023/24, 36.496, nr. 54", ["kst-36496-54"]),
    ("Kamerstuk 28 676, vergaderjaar 2022–2023, nr. 12", ["kst-28676-12"]),
    ("Kamerstuk nr. 28676-353", ["kst-28676-353"]),
    ("Kamerstuk 28\u00a0676, nr.\u00a0353", ["kst-28676-353"]),
    # several numbers in one reference
    ("Kamerstuk 28 676, nr. 12, 14 en 15", ["kst-28676-12", "kst-28676-14", "kst-28676-15"]),
    ("Kamerstuk 28 676, nrs. 44-46 en 48", ["kst-28676-44", "kst-28676-45", "kst-28676-46", "kst-28676-48"]),
    ("Kamerstukken 28 676, nrs. 353/354", ["kst-28676-353", "kst-28676-354"]),
    ("Kamerstukken 28 676, nrs. 353 en 354 over de top", ["kst-28676-353", "kst-28676-354"]),
    ("Kamerstuk 28 676, nr. 12; nr. 14", ["kst-28676-12", "kst-28676-14"]),
    ("Kamerstukken 28676-353 en 28676-354", ["kst-28676-353", "kst-28676-354"]),
    # several references
    (
        "Kamerstuk 28 676, nr. 353; Kamerstuk 29 521, nr. 12; 36 045, nr. 7",
        ["kst-28676-353", "kst-29521-12", "kst-36045-7"],
    ),
    ("(Kamerstuk 28 676, nr. 446) (Kamerstuk 28 676, nr. 447)", ["kst-28676-446", "kst-28676-447"]),
    ("35 570 X, nr. 12 en 35 570 V, nr. 20", ["kst-35570-X-12", "kst-35570-V-20"]),
    # the First Chamber
    ("(28 676, G)", ["kst-28676-G"]),
    ("Zie 28 676, AB.", ["kst-28676-AB"]),
    ("Kamerstukken I 2021/22, 28 676, nr. A en B", ["kst-28676-A", "kst-28676-B"]),
    # between brackets the number is enough
    ("(35510-21)", ["kst-35510-21"]),
    ("(t.v.v. 35300-XVI-108)", ["kst-35300-XVI-108"]),
    ("https://zoek.officielebekendmakingen.nl/kst-28676-446.html", ["kst-28676-446"]),
    # a dossier is no paper
    ("(36410-X)", []),
    ("Kamerstuk 21501-28", []),
    ("de dossiers 28 676 en 29 521", []),
    ("goedkeuring van het verdrag (33 900 (R2019), nr. 4)", []),
    # behind the number: a date, a count, a page
    ("Kamerstuk 28 676, nr. 353, 12 juni 2021", ["kst-28676-353"]),
    ("Kamerstukken 28 676, nrs. 353, 12 juni 2021", ["kst-28676-353"]),
    ("Kamerstuk 28 676, nr. 353 en 12 bondgenoten", ["kst-28676-353"]),
    ("Kamerstuk 28 676, nr. 353, 2021", ["kst-28676-353"]),
    ("Kamerstuk 28 676, nr. 474, p. 3", ["kst-28676-474"]),
    ("Kamerstuk 28 676, 12 juni 2021", []),
    ("Kamerstuk 28 676, 2021", []),
    # amounts, telephones, post codes, standards, laws
    ("€ 12 500, nr. 3", []),
    ("€ 12.500, nr. 3", []),
    ("ruim 12 500 militairen, nr. 3 van de NAVO", []),
    ("tel. 070 348 64 86, nr. 3", []),
    ("Postbus 20701, 2500 ES Den Haag", []),
    ("Washington DC 20301-1400", []),
    ("STANAG 4569, nr. 3", []),
    ("MINDEF20250012350/ D2025-001329", []),
    ("Verordening (EU) 2017/2315, nr. 12", []),
    ("resolutie 1325 (2000), nr. 18", []),
    ("op 28-11-2023, nr. 5", []),
    # no paper
    ("een bedrag van EUR 12 500, nr. 3 van de lijst", []),
    ("Handelingen II 2021/22, nr. 53", []),
    ("een bedrag van 28 676 euro", []),
    ("de brief d.d. 25 november met het verslag", []),
]


@pytest.mark.parametrize(("text", "papers"), FORMS)
def test_a_reference_to_a_paper_is_resolved_in_every_form(text, papers):
    assert [reference.paper for reference in find_papers(text)] == papers


# What is found, in short: kind, paper, and the name between «».
OTHERS = [
    # questions with their answers, and items of a sitting, have a page
    ("Aanhangsel Handelingen II 2023/24, nr. 123", ["proceedings ah-tk-20232024-123"]),
    ("Aanhangsel der Handelingen, vergaderjaar 2006–2007, nr. 520", ["proceedings ah-tk-20062007-520"]),
    ("Aanhangsel van de Handelingen I 2012/13, nr. 3", ["proceedings ah-ek-20122013-3"]),
    ("Handelingen II, 2023/24, Aanhangsel nr. 123", ["proceedings ah-tk-20232024-123"]),
    ("zie ah-tk-20232024-123", ["proceedings ah-tk-20232024-123"]),
    ("Handelingen II 2021/22, nr. 53, item 5", ["proceedings h-tk-20212022-53-5"]),
    ("Handelingen I 2021/22, nr. 53, item 5, blz. 12-14", ["proceedings h-ek-20212022-53-5"]),
    ("Handelingen I 2015-2016, nr. 32 item 4, blz. 36, 42", ["proceedings h-ek-20152016-32-4"]),
    ("Handelingen II 2021/22, 53-5-12", ["proceedings h-tk-20212022-53-5"]),
    # a whole sitting, pages, an unknown chamber, and a slip in the year have none
    ("Handelingen II 2021/22, nr. 53.", ["proceedings «Handelingen II 2021/22, nr. 53»"]),
    (
        "Handelingen II 2007/08, nr. 31, blz. 2417–2418",
        ["proceedings «Handelingen II 2007/08, nr. 31, blz. 2417–2418»"],
    ),
    ("Handelingen 2021/22, nr. 53, item 5", ["proceedings «Handelingen 2021/22, nr. 53, item 5»"]),
    ("Handelingen II 2021/25, nr. 53, item 5", ["proceedings «Handelingen II 2021/25, nr. 53, item 5»"]),
    ("met hybride handelingen in 2021/22, nr. 5", []),
    # numbers of the Tweede Kamer
    ("de brief (2023D12345)", ["paper 2023D12345"]),
    ("de brief (2023Z12345)", ["paper «2023Z12345»"]),
    ("https://www.tweedekamer.nl/kamerstukken/detail?id=2023Z19238&did=2024D47052", ["paper 2024D47052"]),
    # motions
    ("de motie van het lid Sjoerdsma", ["motion «motie van het lid Sjoerdsma»"]),
    ("de motie Van der Staaij/Omtzigt wordt uitgevoerd", ["motion «motie Van der Staaij/Omtzigt»"]),
    (
        "de gewijzigde motie van de leden Boswijk en Van der Lee",
        ["motion «gewijzigde motie van de leden Boswijk en Van der Lee»"],
    ),
    (
        "de motie van de leden Segers, El Yassini, Bruins Slot en Özütok c.s. over",
        ["motion «motie van de leden Segers, El Yassini, Bruins Slot en Özütok c.s.»"],
    ),
    ("de motie van het lid Jasper van Dijk (SP)", ["motion «motie van het lid Jasper van Dijk (SP)»"]),
    ("De moties-Koffeman c.s. vragen", ["motion «moties-Koffeman c.s.»"]),
    ("Conform de motie-Voordewind zal het kabinet", ["motion «motie-Voordewind»"]),
    ("de motie van wantrouwen", []),
    ("uit emotie Van Nederland", []),
    ("een motie is ingediend", []),
    # with a number beside it
    (
        "de motie-Brekelmans c.s. (Kamerstuk 28 676, nr. 400)",
        ["motion kst-28676-400 «motie-Brekelmans c.s.»"],
    ),
    (
        "Motie van de leden Piri en Erkens, Kamerstuk 28 676, nr. 400",
        ["motion kst-28676-400 «Motie van de leden Piri en Erkens»"],
    ),
    ("Kamerstuk 28 676, nr. 400 (motie)", ["motion kst-28676-400"]),
    (
        "Kamerstuk 28 676, nr. 400 (motie-Piri), Kamerstuk 28 676, nr. 401 (motie-Boswijk)",
        ["motion kst-28676-400 «motie-Piri»", "motion kst-28676-401 «motie-Boswijk»"],
    ),
    (
        "motie van het lid Marijnissen c.s. (Kamerstuk 35510-21) en motie van het lid Klaver c.s. (Kamerstuk 35510-16)",
        [
            "motion kst-35510-21 «motie van het lid Marijnissen c.s.»",
            "motion kst-35510-16 «motie van het lid Klaver c.s.»",
        ],
    ),
    (
        "de moties Marijnissen en Klaver c.s. (Kamerstuk 35 510, nrs. 16 en 21)",
        [
            "motion kst-35510-16 «moties Marijnissen en Klaver c.s.»",
            "motion kst-35510-21 «moties Marijnissen en Klaver c.s.»",
        ],
    ),
    (
        "de motie van het lid Servaes c.s. over een kernwapenvrije wereld (Kamerstuk 34 419, nr. 11) (Kamerstuk 34 419, nr. 17)",
        ["motion kst-34419-11 «motie van het lid Servaes c.s.»", "paper kst-34419-17"],
    ),
    ("de motie over meer steun (28 676, nr. 12)", ["motion kst-28676-12"]),
    # a number that belongs to something else
    (
        "de motie-Piri (28 676, nr. 401) en de brief (28 676, nr. 402)",
        ["motion kst-28676-401 «motie-Piri»", "paper kst-28676-402"],
    ),
    (
        "De motie-Sjoerdsma over kernwapens wordt uitgevoerd in de Defensienota (Kamerstuk 36 124, nr. 1)",
        ["motion «motie-Sjoerdsma»", "paper kst-36124-1"],
    ),
    (
        "De motie-Sjoerdsma over kernwapens. Ook Nederland steunt dit (Kamerstuk 28 676, nr. 12).",
        ["motion «motie-Sjoerdsma»", "paper kst-28676-12"],
    ),
    ("een motie is ingediend; zie de brief (Kamerstuk 28 676, nr. 12)", ["paper kst-28676-12"]),
    # commitments
    (
        "de toezegging gedaan tijdens het commissiedebat NAVO van 3 juni 2021",
        ["commitment «toezegging gedaan tijdens het commissiedebat NAVO van 3 juni 2021»"],
    ),
    (
        "Zoals toegezegd in het AO NAVO van 12 juni 2019 (Kamerstuk 28 676, nr. 310) ontvangt u",
        ["commitment kst-28676-310 «toegezegd in het AO NAVO van 12 juni 2019»"],
    ),
    (
        "zoals toegezegd tijdens het algemeen overleg van 28 maart jl., uw Kamer",
        ["commitment «toegezegd tijdens het algemeen overleg van 28 maart jl.»"],
    ),
    (
        "Tijdens het commissiedebat NAVO van 3 juni 2021 heb ik toegezegd uw Kamer te informeren",
        ["commitment «Tijdens het commissiedebat NAVO van 3 juni 2021 heb ik toegezegd»"],
    ),
    ("de toezegging aan het lid Belhaj", ["commitment «toezegging aan het lid Belhaj»"]),
    ("Deze toezegging is geregistreerd als toezegging T03357.", ["commitment «toezegging T03357»"]),
    ("de toezegging aan uw Kamer", []),
    ("Tijdens het debat in de NAVO-raad hebben bondgenoten toegezegd", []),
    ("de toezeggingen van bondgenoten, gedaan tijdens de top van 3 juni 2021", []),
    ("de toezeggingen van bondgenoten, zoals gemeld in de Kamerbrief van 3 juni 2021", []),
]


def in_short(reference) -> str:
    name = f"«{reference.name}»" if reference.name else ""
    return " ".join(filter(None, [reference.kind.value, reference.paper, name]))


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_motions_commitments_and_proceedings_are_recognised_with_or_without_a_number(text, expected):
    assert [in_short(reference) for reference in find_references(text)] == expected


@pytest.mark.parametrize(("text", "words"), [
    ("Zie de agenda (Kamerstuk 28 676, nr. 474).", ["Kamerstuk 28 676, nr. 474"]),
    ("Kamerstukken 28 676, nrs. 353 en 354", ["Kamerstukken 28 676, nrs. 353", "354"]),
    ("Kamerstuk 28 676, nr. 471 en nr. 475", ["Kamerstuk 28 676, nr. 471", "nr. 475"]),
    ("Kamerstuk 28 676, nrs. 44 t/m 46", ["Kamerstuk 28 676, nrs. 44", "", "46"]),  # 45 has no words of its own
    ("de motie-Piri (28 676, nr. 401)", ["28 676, nr. 401"]),
    ("de motie-Piri wordt uitgevoerd", ["motie-Piri"]),
])  # fmt: skip
def test_each_number_has_its_own_words(text, words):
    assert [text[reference.start : reference.end] for reference in find_references(text)] == words


@pytest.mark.parametrize(("text", "_expected"), [*FORMS, *OTHERS])
def test_references_never_overlap(text, _expected):
    references = find_references(text)

    assert all(one.end <= other.start for one, other in pairwise(references))


def a_section(text, *marks) -> ParsedSection:
    return ParsedSection(None, SectionKind.INTRODUCTION, paragraphs=(ParsedParagraph(text, marks),))


def cited(sections, footnotes=()) -> list[tuple]:
    found = find_citations((), sections, footnotes)
    return [(one.kind.value, one.paper, one.name, one.text, one.paragraph, one.footnote) for one in found]


def test_a_motion_whose_footnote_is_its_number_has_both():
    text = "Het kabinet voert de motie-Piri c.s. uit."
    note = ParsedFootnote("1", "Zie Kamerstuk 28 676, nr. 401.", "motie-Piri c.s.", paragraph=0, offset=36)

    found = cited([a_section(text)], [note])

    assert found == [
        ("motion", "kst-28676-401", "motie-Piri c.s.", "motie-Piri c.s.", 0, None),
        ("motion", "kst-28676-401", "motie-Piri c.s.", "Kamerstuk 28 676, nr. 401", None, 0),
    ]


@pytest.mark.parametrize(
    ("offset", "note"),
    [
        (36, "In de brief van 3 mei (Kamerstuk 28 676, nr. 401) wordt dit toegelicht."),
        (36, "Kamerstuk 28 676, nr. 401 en nr. 402."),
        (40, "Kamerstuk 28 676, nr. 401."),
    ],
)
def test_a_footnote_that_says_more_or_stands_elsewhere_is_not_the_number_of_a_motion(offset, note):
    text = "Het kabinet voert de motie-Piri c.s. uit."
    footnote = ParsedFootnote("1", note, "", paragraph=0, offset=offset)

    found = cited([a_section(text)], [footnote])

    assert found[0] == ("motion", None, "motie-Piri c.s.", "motie-Piri c.s.", 0, None)
    assert {one[0] for one in found[1:]} == {"paper"}


def test_words_that_link_to_an_official_page_refer_to_its_paper():
    page = "https://zoek.officielebekendmakingen.nl/kst-28676-446.html"
    links = [
        Mark(MarkKind.LINK, 7, 17, page),
        Mark(MarkKind.LINK, 19, 44, page),  # these words are a reference themselves
        Mark(MarkKind.LINK, 46, 50, "https://www.nato.int/kst-28676-447.html"),
    ]

    found = cited([a_section("Zie de Kamerbrief (Kamerstuk 28 676, nr. 446), NAVO.", *links)])

    assert [(paper, text) for _kind, paper, _name, text, _paragraph, _footnote in found] == [
        ("kst-28676-446", "Kamerbrief"),
        ("kst-28676-446", "Kamerstuk 28 676, nr. 446"),
    ]


def test_a_reading_from_before_kinds_and_names_still_loads():
    stored = {
        "paper": "kst-28676-353",
        "text": "nr. 353",
        "paragraph": 0,
        "footnote": None,
        "start": 4,
        "end": 11,
    }

    [citation] = from_json({"citations": [stored]}).citations

    assert citation == ParsedCitation("kst-28676-353", "nr. 353", 0, None, 4, 11, CitationKind.PAPER, "")


def test_gold_names_papers_of_parliament_only():
    citations = (
        ParsedCitation("kst-28676-353", "nr. 353"),
        ParsedCitation("ah-tk-20242025-1028", "nr. 1028", kind=CitationKind.PROCEEDINGS),
        ParsedCitation(None, "motie-Piri", kind=CitationKind.MOTION, name="motie-Piri"),
        ParsedCitation("kst-28676-353", "nr. 353", kind=CitationKind.MOTION, name="motie-Piri"),
    )

    assert to_gold_form(ParsedLetter(citations=citations))["citations"] == ["kst-28676-353"]


HOSTILE = [
    "Kamerstuk" + " " * 50_000,
    "28 676 en " * 6_000,
    "Kamerstuk 28676-1 en " * 3_000,
    "Kamerstuk 28 676, nr. 1" + ", 2" * 20_000,
    "motie " + "Aa " * 15_000,
    "motie van de leden " + "Aa, " * 12_000,
    "motie-Aa over 28 676, nr. 1 " * 2_000,
    "toezegging tijdens het " * 3_000,
    "Tijdens het AO " * 4_000,
    "Aanhangsel van de Handelingen II 2021/22, " * 1_500,
    "1" * 60_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_a_hostile_text_costs_no_more_than_its_length(text):
    started = time.process_time()

    find_references(text)

    assert time.process_time() - started < 2  # seconds; measured: at most 0.2
