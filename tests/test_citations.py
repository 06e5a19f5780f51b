import pytest

from letters.parsing.citations import find_references

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
    # no paper
    ("een bedrag van EUR 12 500, nr. 3 van de lijst", []),
    ("Handelingen II 2021/22, nr. 53", []),
    ("een bedrag van 28 676 euro", []),
    ("de brief d.d. 25 november met het verslag", []),
]


@pytest.mark.parametrize(("text", "papers"), FORMS)
def test_a_reference_to_a_paper_is_resolved_in_every_form(text, papers):
    assert [reference.paper for reference in find_references(text)] == papers


def test_a_reference_keeps_the_place_where_it_stands():
    text = "Zie de agenda (Kamerstuk 28 676, nr. 474)."

    [reference] = find_references(text)

    assert text[reference.start : reference.end] == "Kamerstuk 28 676, nr. 474"
