import pytest

from letters.parsing.letterhead.signatures import find_signatures, offices_in, on_behalf_of
from letters.parsing.readers.text import read

FOREIGN, DEFENCE = "minister van Buitenlandse Zaken", "minister van Defensie"
PREMIER = "minister-president, minister van Algemene Zaken"

# (the end of a letter, who sign)
SIGNATURES = [
    ("De Minister van Buitenlandse Zaken, W.B. Hoekstra", [("W.B. Hoekstra", FOREIGN)]),
    ("De minister van Defensie,\n\nJ. S. J. Hillen", [("J. S. J. Hillen", DEFENCE)]),
    ("DE MINISTER VAN DEFENSIE\n\nE. van Middelkoop", [("E. van Middelkoop", DEFENCE)]),
    ("Hoogachtend,\n\nDE MINISTER VAN DEFENSIE\n\nRuben Brekelmans", [("Ruben Brekelmans", DEFENCE)]),
    (
        "Hoogachtend, De Minister van Defensie,\ndrs. A.Th.B. Bijleveld-Schouten",
        [("drs. A.Th.B. Bijleveld-Schouten", DEFENCE)],
    ),
    ("De Minister van Buitenlandse Zaken a.i.,\nS.A.M. Kaag", [("S.A.M. Kaag", f"{FOREIGN} a.i.")]),
    (
        "de staatssecretaris van Defensie\nC. van der Knaap",
        [("C. van der Knaap", "staatssecretaris van Defensie")],
    ),
    ("De minister van Defensie,\nG. 't Hooft-in 't Veld", [("G. 't Hooft-in 't Veld", DEFENCE)]),
    ("De minister van Defensie,\nD. Yeşilgöz-Zegerius", [("D. Yeşilgöz-Zegerius", DEFENCE)]),
    ("De minister van Defensie,\nH. van Verzonnen tot Eik", [("H. van Verzonnen tot Eik", DEFENCE)]),
    (
        "De Minister-President,\nminister van Algemene Zaken,\n\nA. Verzonnen\n\nDe minister van Defensie,\n\nS. El Verzinsel",
        [("A. Verzonnen", PREMIER), ("S. El Verzinsel", DEFENCE)],
    ),
    # nobody's name
    ("De Minister van Buitenlandse Zaken,", [(None, FOREIGN)]),
    # the name in front of the office
    ("Stef Blok\nMinister van Buitenlandse Zaken", [("Stef Blok", FOREIGN)]),
    # a pair: below each other, side by side, or on one line as a PDF gives it
    (
        "De minister van Buitenlandse Zaken,\nDe minister van Defensie,\nA.G. Koenders\nJ.A. Hennis-Plasschaert",
        [("A.G. Koenders", FOREIGN), ("J.A. Hennis-Plasschaert", DEFENCE)],
    ),
    (
        "DE MINISTER VAN BUITENLANDSE ZAKEN,\tDE MINISTER VAN DEFENSIE,\n\nDr. B.R. Bot\tH.G.J. Kamp",
        [("Dr. B.R. Bot", FOREIGN), ("H.G.J. Kamp", DEFENCE)],
    ),
    (
        "De Minister van Buitenlandse Zaken, C.C.J. Veldkamp De Minister van Defensie, R.P. Brekelmans",
        [("C.C.J. Veldkamp", FOREIGN), ("R.P. Brekelmans", DEFENCE)],
    ),
    (
        "De minister van Buitenlandse Zaken, De minister van Defensie,\nD.M. van Weel R.P. Brekelmans",
        [("D.M. van Weel", FOREIGN), ("R.P. Brekelmans", DEFENCE)],
    ),
    # three
    (
        "De Minister-President, Minister van Algemene Zaken, M. Rutte De Minister van Buitenlandse Zaken, W.B. Hoekstra "
        "De Minister van Defensie, K.H. Ollongren",
        [("M. Rutte", PREMIER), ("W.B. Hoekstra", FOREIGN), ("K.H. Ollongren", DEFENCE)],
    ),
    # every alphabet's letters, every language's particles, titles and salutations as printed
    *(
        (f"De minister van Defensie,\n\n{name}", [(name, DEFENCE)])
        for name in (
            "S. el Amrani",
            "F. al-Khatib",
            "J. d'Hondt",
            "M. d’Arcy de la Tour",
            "K. Şahin",
            "Ž. Đorđević",
            "Α. Παπαδόπουλος",
            "IJ. Mulder",
            "Chr. A. Ødegaard",
            "J.-P. Ó Briain",
            "mevrouw K. Bos",
            "mw. dr. K. Bos",
            "de heer P. ten Have",
            "prof. dr. ir. L. della Porta MSc, MBA",
            "A.B. (Bram) bin Yusuf",
            "Kees 't Hoen",
        )
    ),
    # a name where a name has to stand, whatever its letters
    (
        "De minister van Defensie,\n\nS'thembiso ka'Ngwane\n\nDe minister van Buitenlandse Zaken,\n\nK. Bos",
        [("S'thembiso ka'Ngwane", DEFENCE), ("K. Bos", FOREIGN)],
    ),
    ("Hoogachtend,\n\nDE MINISTER VAN DEFENSIE\n\nVAN DUIN", [("VAN DUIN", DEFENCE)]),
    (
        "De minister van Defensie,\n\nPostma\n\nVERSLAG VAN DE BIJEENKOMST VAN 3 MEI 2031",
        [("Postma", DEFENCE)],
    ),
    # nobody's name: what follows heads a text
    (
        "De minister van Defensie,\n\nLuchtverdediging\n\nDe ministers bespraken de verdediging van het luchtruim.",
        [(None, DEFENCE)],
    ),
    # no signatures
    ("De minister van Defensie sprak met de bondgenoten.", []),
    ("Westelijke Balkan\nDe minister van Defensie sprak met de bondgenoten.", []),
]


@pytest.mark.parametrize(("text", "expected"), SIGNATURES)
def test_who_sign_is_read_in_every_form_that_letters_use(text, expected):
    groups = find_signatures(read(text.encode()).blocks)

    assert [(one.name, one.office) for group in groups for one in group.signatories] == expected


# (cover sentence, on whose behalf as well)
ON_BEHALF = [
    ("mede namens de minister van Defensie en de Minister-President", [DEFENCE, "minister-president"]),
    (
        "mede namens de Minister-President, Minister van Algemene Zaken, en de Minister van Defensie",
        [PREMIER, DEFENCE],
    ),
    (
        "mede namens de ministers van Defensie en voor Buitenlandse Handel en Ontwikkelingssamenwerking",
        [DEFENCE, "minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"],
    ),
    ("mede namens mijn ambtgenoot van Defensie", [DEFENCE]),
    ("mede namens mijn collega’s van Defensie en Buitenlandse Zaken", [DEFENCE, FOREIGN]),
    ("mede namens het kabinet", []),
]


@pytest.mark.parametrize(("text", "offices"), ON_BEHALF)
def test_who_is_named_as_well_does_not_sign(text, offices):
    found = on_behalf_of(text)

    assert [(one.office, one.signs) for one in found] == [(office, False) for office in offices]


TITLES = [
    ("BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE", [FOREIGN, DEFENCE]),
    ("BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN DEFENSIE", [FOREIGN, DEFENCE]),
    (
        "BRIEF VAN DE MINISTER-PRESIDENT, MINISTER VAN ALGEMENE ZAKEN EN DE MINISTERS VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE",
        [PREMIER, FOREIGN, DEFENCE],
    ),
    (
        "BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN, VAN DEFENSIE EN VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSSAMENWERKING",
        [FOREIGN, DEFENCE, "minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"],
    ),
    ("Brief van de minister van Defensie", [DEFENCE]),
]


@pytest.mark.parametrize(("title", "offices"), TITLES)
def test_a_title_names_every_sender_also_behind_a_singular_minister(title, offices):
    assert offices_in(title) == offices
