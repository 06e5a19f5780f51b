"""Two lists of sentences side by side: what is laid beside what, and which words differ. Plain Python, without a database."""

import pytest

from letters.comparison import Piece, Relation, compare, likeness, pieces

A = (
    "Nederland zal benadrukken dat bondgenoten Oekraïne zoveel mogelijk moeten blijven steunen tegen de voortdurende "
    "Russische agressie."
)
B = (
    "Nederland zal andermaal benadrukken dat alle individuele bondgenoten Oekraïne moeten blijven steunen tegen de "
    "voortdurende en nietsontziende Russische agressie."
)
DEFENCE = "Nederland riep op tot verhoging van de productiecapaciteit van de Europese defensie-industrie."
CHINA = "Het kabinet hecht aan een open dialoog met China over wapenbeheersing."
BALKAN = "Nederland verwelkomde de verlenging van de missie in Kosovo met een jaar."


def rows(first, second):
    return [(row.relation.value, row.first, row.second, row.is_moved) for row in compare(first, second)]


def marked(parts) -> str:
    """The sentence with what differs between brackets."""
    return "".join(f"[{part.text}]" if part.differs else part.text for part in parts)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Words put in, taken out and replaced.
        (A, B),
        # What an agenda intends, a report tells of: another verb, the same object.
        (
            "Nederland zal oproepen tot verhoging van de productiecapaciteit van de Europese defensie-industrie.",
            DEFENCE,
        ),
        # One number.
        (
            "De kosten voor Nederland bedragen twee miljoen euro.",
            "De kosten voor Nederland bedragen 4 miljoen euro.",
        ),
        # One word that turns it round: that is for a reader to see.
        ("Ik heb niet ingestemd met het operatieplan.", "Ik heb ingestemd met het operatieplan."),
        # A clause was added.
        (
            CHINA,
            "Het kabinet hecht aan een open dialoog met China over wapenbeheersing, ook in NAVO-verband.",
        ),
        # Both go on in their own way after much that is the same.
        (
            "Het kabinet hecht aan een realistisch groeipad en vindt dat de uitvoering van het actieplan voor de industrie dit "
            "jaar moet beginnen.",
            "Het kabinet hecht aan een realistisch groeipad en verwelkomt dat de uitvoering van het actieplan is aangemerkt als "
            "prioriteit voor de top.",
        ),
        # Much was added, and all that the shorter one says is in it.
        (
            "Het kabinet wil dat landen blijven zoeken naar dialoog met Teheran waar dat mogelijk is.",
            "Het kabinet wil dat landen blijven zoeken naar dialoog met Teheran op terreinen waar dat mogelijk is, zoals de handel "
            "in grondstoffen, de visserij en het verantwoord gebruik van nieuwe technologieën.",
        ),
    ],
)
def test_the_same_sentence_in_other_words_is_laid_beside_it(first, second):
    assert rows([first], [second]) == [("changed", 0, 0, False)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The same subject and aggressor, two different things said.
        (
            "Nederland steunt Oekraïne militair tegen de Russische agressie.",
            "Nederland veroordeelt de Russische agressie tegen Oekraïne.",
        ),
        # The same turn of phrase.
        ("Nederland zal oproepen tot steun aan Oekraïne.", "Nederland zal oproepen tot dialoog met China."),
        (
            "Ik heb mijn Turkse collega aangesproken op de persvrijheid.",
            "Ik heb mijn Amerikaanse collega bedankt voor de steun.",
        ),
        (
            "Met deze inbreng is uitvoering gegeven aan de motie van het lid Stoffer.",
            "Het kabinet geeft daarmee uitvoering aan de motie van het lid Knops.",
        ),
        # Too little to tell by.
        ("Nederland steunt dit voorstel.", "Nederland steunt dat voorstel niet."),
        ("Nederland steunt dit.", "Nederland verwelkomde dit."),
        # Everything in another order: a reader would have to look twice, so it stands alone.
        (
            "Nederland riep op tot dialoog, niet tot sancties.",
            "Nederland riep niet op tot sancties, maar tot dialoog.",
        ),
        ("", "Nederland steunt dit voorstel."),
    ],
)
def test_sentences_that_only_resemble_each_other_stand_alone(first, second):
    assert likeness(first, second) == 0
    assert rows([first], [second]) == [("only-first", 0, None, False), ("only-second", None, 0, False)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nederland steunt dit.", "Nederland steunt dit."),
        ("De top van 11–12 juli: “eenheid”.", 'De top van 11-12 juli: "eenheid".'),
        ("Nederland  steunt\u00a0dit.", "Nederland steunt dit."),
        ("NEDERLAND steunt dit.", "Nederland steunt dit."),
    ],
)
def test_what_editions_of_a_letter_write_differently_is_repeated(first, second):
    [row] = compare([first], [second])

    assert row.relation is Relation.REPEATED
    assert (row.first_pieces, row.second_pieces) == ((Piece(first),), (Piece(second),))


def test_words_that_differ_are_marked_on_both_sides_with_the_space_between_them():
    first, second = pieces(A, B)

    assert marked(first) == (
        "Nederland zal benadrukken dat bondgenoten Oekraïne [zoveel mogelijk] moeten blijven steunen tegen de "
        "voortdurende Russische agressie."
    )
    assert marked(second) == (
        "Nederland zal [andermaal] benadrukken dat [alle individuele] bondgenoten Oekraïne moeten blijven steunen "
        "tegen de voortdurende [en nietsontziende] Russische agressie."
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Twee procent, nu.", "Twee procent nu.", ("Twee procent[,] nu.", "Twee procent nu.")),
        ("Steun (ook nu).", "Steun ook nu.", ("Steun [(]ook nu[)].", "Steun ook nu.")),
        ("2,5 procent", "3,5 procent", ("[2,5] procent", "[3,5] procent")),
        ("Drie F-16’s", "Drie F-16’s en meer", ("Drie F-16’s", "Drie F-16’s [en meer]")),
        ("Steun.", "Steun!", ("Steun[.]", "Steun[!]")),
        ("", "Steun.", ("", "[Steun.]")),
    ],
)
def test_signs_and_numbers_are_compared_whole(first, second, expected):
    assert tuple(map(marked, pieces(first, second))) == expected


@pytest.mark.parametrize(("first", "second"), [(A, B), (DEFENCE, CHINA), ("  Steun , nu ! ", "nu"), ("", "")])
def test_pieces_joined_are_the_sentence(first, second):
    for parts, text in zip(pieces(first, second), (first, second), strict=True):
        assert "".join(part.text for part in parts) == text


def test_a_sentence_in_another_order_than_the_others_was_moved():
    assert rows([A, DEFENCE, CHINA], [CHINA, A, DEFENCE]) == [
        ("repeated", 0, 1, False),
        ("repeated", 1, 2, False),
        ("repeated", 2, 0, True),
    ]


def test_a_sentence_may_be_moved_and_in_other_words():
    assert rows([A, DEFENCE, CHINA], [DEFENCE, CHINA, B]) == [
        ("changed", 0, 2, True),
        ("repeated", 1, 0, False),
        ("repeated", 2, 1, False),
    ]


def test_what_one_side_has_alone_stands_where_it_stood():
    assert rows([A, CHINA, DEFENCE], [BALKAN, B, DEFENCE]) == [
        ("only-second", None, 0, False),
        ("changed", 0, 1, False),
        ("only-first", 1, None, False),
        ("repeated", 2, 2, False),
    ]


def test_the_most_alike_is_laid_beside_it_and_every_sentence_stands_once():
    assert rows([B], [A, B]) == [("only-second", None, 0, False), ("repeated", 0, 1, False)]
    assert rows([A, A], [A]) == [("repeated", 0, 0, False), ("only-first", 1, None, False)]


def test_of_equal_sentences_the_nearest_are_laid_beside_each_other():
    assert rows([A, CHINA, A], [A, BALKAN, A]) == [
        ("repeated", 0, 0, False),
        ("only-first", 1, None, False),
        ("only-second", None, 1, False),
        ("repeated", 2, 2, False),
    ]


@pytest.mark.parametrize(
    ("first", "second"), [([], []), ([A], []), ([], [A]), ([A, B, CHINA], [DEFENCE, B, BALKAN])]
)
def test_every_sentence_of_both_sides_stands_in_one_row(first, second):
    found = compare(first, second)

    assert sorted(row.first for row in found if row.first is not None) == list(range(len(first)))
    assert sorted(row.second for row in found if row.second is not None) == list(range(len(second)))


def test_the_two_sides_may_be_exchanged():
    first, second = [A, CHINA, DEFENCE], [BALKAN, DEFENCE, B]

    pairs = {(row.first, row.second) for row in compare(first, second)}
    exchanged = {(row.second, row.first) for row in compare(second, first)}

    assert pairs == exchanged
