"""A quotation is whole, and brings the sentence before it when it points back."""

import pytest

from letters.quotations import points_back, sentence_before


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Het kabinet steunt dit beleid onverkort.", True),
        ("Deze inzet wordt door Nederland gesteund.", True),
        ("Nederland heeft hierop aangedrongen.", True),
        ("Hiermee stemde Nederland in.", True),
        ("Daarom riep Nederland op tot terughoudendheid.", True),
        ("Nederland heeft daar begrip voor.", True),
        ("Dat steunt Nederland.", True),
        ("Ook dat steunt Nederland.", True),
        ("Nederland pleit voor dergelijke maatregelen.", True),
        ("Nederland steunt Oekraïne.", False),
        ("Het kabinet vindt dat bondgenoten meer moeten doen.", False),  # "dat" that joins
        ("Nederland zal tijdens deze sessie steun uitspreken.", False),  # everyone knows which session
        ("Nederland zal tijdens deze informele bijeenkomst steun uitspreken.", False),
        ("Nederland steunt de landen die bijdragen.", False),
        ("Nederland is voorstander van een paradigma.", False),
    ],
)
def test_some_words_point_back(sentence, expected):
    assert points_back(sentence) is expected


def test_the_sentence_before_is_whole_with_its_abbreviations():
    text = "Zie Kamerstuk 28 676, nr. 446. Het kabinet steunt dit."

    assert sentence_before(text, text.index("Het kabinet")) == "Zie Kamerstuk 28 676, nr. 446."


def test_the_first_sentence_has_none_before_it():
    assert sentence_before("Het kabinet steunt dit. Zo is het.", 0) == ""
