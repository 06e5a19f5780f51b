import datetime

import pytest

from letters.parsing.document import Block
from letters.parsing.letterhead import find_letterhead
from letters.parsing.letterhead.signatures import find_signatures, on_behalf_of
from letters.parsing.parsed_letter import Signatory


def head(*lines: str):
    return find_letterhead([Block(line) for line in lines])


def test_labels_above_beside_and_in_rows_of_a_table_are_read():
    letterhead = head(
        "Retouradres Postbus 20701 2500 ES Den Haag",
        "de Voorzitter van de Tweede Kamer",
        "der Staten-Generaal",
        "Datum\t24 maart 2025",
        "Betreft\tGeannoteerde agenda informele Raad van",
        "2 en 3 april 2025",
        "Onze referentie",
        "MINDEF20250012350/ D2025-001329",
        "Bij beantwoording, datum, onze referentie en onderwerp vermelden.",
        "Geachte voorzitter,",
        "De Raad komt bijeen.",
    )

    assert letterhead.end == 10
    assert letterhead.date == datetime.date(2025, 3, 24)
    assert letterhead.subject == "Geannoteerde agenda informele Raad van 2 en 3 april 2025"
    assert letterhead.reference == "MINDEF20250012350/ D2025-001329"
    assert letterhead.chamber == "Tweede Kamer"
    assert letterhead.ministry == "Ministerie van Defensie"


def test_the_ministry_is_known_by_its_reference_where_its_name_is_not_printed():
    letterhead = head(
        "Directie Veiligheidsbeleid",
        "Rijnstraat 8",
        "Onze Referentie",
        "BZDOC-1-2",
        "Datum1 april 2021",
        "Geachte voorzitter,",
    )

    assert letterhead.ministry == "Ministerie van Buitenlandse Zaken"
    assert letterhead.department == "Directie Veiligheidsbeleid"
    assert letterhead.date == datetime.date(2021, 4, 1)


def test_an_address_that_several_ministries_share_says_nothing():
    assert head("Rijnstraat 8", "Datum 1 april 2021", "Geachte voorzitter,").ministry is None


def test_the_reference_of_the_addressee_is_not_ours():
    assert head("Uw kenmerk", "2021Z1", "Ons kenmerk", "4711", "Geachte voorzitter,").reference == "4711"


THEIRS = [
    ["Uw referentie", "36045-512"],
    ["Uw kenmerk 36045-512"],
    ["Uw brief van\t36045-512"],
    ["Onze referentie", "Uw referentie", "BZ2912345", "36045-512"],
    ["Onze referentie\tUw kenmerk", "BZ2912345\t36045-512"],
    ["Uw brief", "28 676, nr. 512"],
]


@pytest.mark.parametrize("lines", THEIRS)
def test_the_paper_that_a_letter_answers_is_not_its_own(lines):
    letterhead = head("Ministerie van Buitenlandse Zaken", *lines, "Datum 3 mei 2029", "Geachte voorzitter,")

    assert (letterhead.paper, letterhead.dossiers) == (None, ())


def test_an_official_edition_with_several_dossiers_has_no_ministry_and_no_subject():
    letterhead = head(
        "28 676 NAVO",
        "21 501-28",
        "Defensieraad",
        "36 045",
        "Situatie in Oekraïne",
        "Nr. 554",
        "BRIEF VAN DE MINISTER VAN DEFENSIE",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 12 november 2025",
        "Op 15 oktober 2025 vonden bijeenkomsten plaats.",
    )

    assert letterhead.end == 9
    assert letterhead.dossiers == ("28676", "21501-28", "36045")
    assert letterhead.paper == "kst-28676-554"
    assert letterhead.date == datetime.date(2025, 11, 12)
    assert (letterhead.ministry, letterhead.subject) == (None, None)


def test_the_years_of_the_session_of_parliament_are_no_date():
    letterhead = head(
        "Tweede Kamer der Staten-Generaal",
        "Vergaderjaar 2009–2010",
        "28 676\tNAVO",
        "Nr. 112",
        "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN",
        "Den Haag, 6 mei 2010",
    )

    assert letterhead.date == datetime.date(2010, 5, 6)


# (a line below the addressee, how many lines the letterhead takes)
DATELINES = [
    ("Den Haag, 6 mei 2031", 2),
    ("Den Haag 6 mei 2031", 2),
    ("’s-Gravenhage, 6 mei", 2),
    ("Brussel, 6 mei 2031", 2),
    ("Den Haag, .. xxxx 2031", 2),
    # headings and titles of a text that begins at once
    ("Dinsdag 6 mei", 1),
    ("Dinsdag, 6 mei 2031", 1),
    ("Werklunch, 6 mei 2031", 1),
    ("Slotsessie 6 mei 2031", 1),
    ("Agenda 6 mei 2031", 1),
    ("Ontvangst, 6 mei", 1),
]


@pytest.mark.parametrize(("line", "end"), DATELINES)
def test_a_town_with_a_date_ends_the_letterhead_and_a_heading_with_a_date_does_not(line, end):
    assert head("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", line, "Irak").end == end


PAPERS = [
    (["28 676\tNAVO", "Nr. 446\tBRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"], "kst-28676-446"),
    (["28676\tNAVO", "Nr. 471", "Brief van de minister van Defensie"], "kst-28676-471"),
    (["28 676", "NAVO", "nr. 44", "Brief van de minister"], "kst-28676-44"),
    (["28 676 NAVO", "Nr. 7 HERDRUK1", "BRIEF VAN DE MINISTER VAN DEFENSIE"], "kst-28676-7"),
    (["28 676 NAVO", "B BRIEF VAN DE MINISTER VAN DEFENSIE"], "kst-28676-B"),
    (["28 676", "NAVO", "AB", "BRIEF VAN DE MINISTER VAN DEFENSIE"], "kst-28676-AB"),
    (["28 676 NAVO", "Nr. B BRIEF VAN DE MINISTER VAN DEFENSIE"], "kst-28676-B"),
    (["36 410 V", "Nr. 23 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"], "kst-36410-V-23"),
    # what copies of web pages print above the letter
    (["Tweede Kamer der Staten-Generaal\t2010-2011\t28676 nr. 123"], "kst-28676-123"),
    (
        ["Kamerstuk 28676-108", "Brief regering", "ID: 28676-108", "Nr. 108 BRIEF VAN DE MINISTER"],
        "kst-28676-108",
    ),
]


@pytest.mark.parametrize(("lines", "paper"), PAPERS)
def test_the_paper_number_comes_from_dossier_and_number(lines, paper):
    assert head(*lines, "Den Haag, 20 november 2023").paper == paper


def test_a_date_that_is_still_a_blank_to_fill_in_is_no_date():
    letterhead = head(
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, .. november 2025",
        "Geachte voorzitter,",
    )

    assert (letterhead.date, letterhead.date_is_template) == (None, True)


def test_a_letter_in_a_list_below_the_text_does_not_end_the_head_of_an_official_edition():
    letterhead = head(
        "28 676 NAVO",
        "Nr. 512 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",
        "Vastgesteld 3 mei 2029",
        "De vaste commissie voor Defensie heeft vragen voorgelegd aan de minister over de agenda van de bijeenkomst.",
        "Volledige agenda",
        "Brief van de minister van Defensie van 20 april 2029 met de agenda",
    )

    assert (letterhead.end, letterhead.paper) == (3, "kst-28676-512")


def test_a_text_without_letterhead_begins_at_once():
    assert head("NAVO Foreign Ministers Meeting 28-29 november", "De FMM vindt plaats in Brussel.").end == 0


BZ, DEFENCE = "minister van Buitenlandse Zaken", "minister van Defensie"
SIGNATURES = [
    (["De Minister van Buitenlandse Zaken, W.B. Hoekstra"], [("W.B. Hoekstra", BZ)]),
    (["De minister van Defensie,", "J. S. J. Hillen"], [("J. S. J. Hillen", DEFENCE)]),
    (["DE MINISTER VAN DEFENSIE", "E. van Middelkoop"], [("E. van Middelkoop", DEFENCE)]),
    (["Hoogachtend,", "DE MINISTER VAN DEFENSIE", "Ruben Brekelmans"], [("Ruben Brekelmans", DEFENCE)]),
    (
        [
            "De Minister-President, M. Rutte",
            "De Minister van Buitenlandse Zaken, S.A.M. Kaag",
            "De Minister van Defensie, A.Th.B. Bijleveld-Schouten",
        ],
        [("M. Rutte", "minister-president"), ("S.A.M. Kaag", BZ), ("A.Th.B. Bijleveld-Schouten", DEFENCE)],
    ),
    # beside each other in a table
    (
        ["De minister van Buitenlandse Zaken,\tDe minister van Defensie,", "C. Een\tR. Twee"],
        [("C. Een", BZ), ("R. Twee", DEFENCE)],
    ),
    # all offices first
    (
        ["De minister van Buitenlandse Zaken,", "De minister van Defensie,", "C. Een", "R. Twee"],
        [("C. Een", BZ), ("R. Twee", DEFENCE)],
    ),
    # a sentence is no signature
    (["De minister van Defensie nam deel."], []),
    # nor is a line that heads the text below it; the letter's last line heads nothing
    (["De minister van Defensie", "De bewindspersoon vertrekt op 3 mei naar de bijeenkomst."], []),
    (["De minister van Defensie"], [(None, DEFENCE)]),
]


@pytest.mark.parametrize(("lines", "expected"), SIGNATURES)
def test_signatures_are_read_in_every_layout(lines, expected):
    groups = find_signatures([Block(line) for line in ["Tekst van de brief.", *lines]])

    assert [(one.name, one.office) for group in groups for one in group.signatories] == expected


BEHALF = [
    ("Hierbij bied ik u, mede namens de minister van Defensie, het verslag aan.", [DEFENCE]),
    ("mede namens de Minister-President en de Minister van Defensie", ["minister-president", DEFENCE]),
    ("mede namens de Ministers van Buitenlandse Zaken en van Defensie", [BZ, DEFENCE]),
    ("mede namens mijn ambtgenoot van Defensie", [DEFENCE]),
    ("namens het kabinet", []),
]


@pytest.mark.parametrize(("text", "offices"), BEHALF)
def test_who_is_named_with_mede_namens_does_not_sign(text, offices):
    assert on_behalf_of(text) == [Signatory(None, office, signs=False) for office in offices]
