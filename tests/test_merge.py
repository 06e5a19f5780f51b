from letters.ingest.merge import NEVER_READ, Merged, align, merge_value


def test_a_value_that_nobody_touched_is_replaced():
    assert merge_value("Chinna", "Chinna", "China") == Merged("China")


def test_a_correction_stays_when_the_reading_says_what_it_said_before():
    assert merge_value("China", "Chinna", "Chinna") == Merged("China")


def test_a_correction_that_the_new_reading_agrees_with_is_no_conflict():
    assert merge_value("China", "Chinna", "China") == Merged("China")


def test_a_correction_stays_and_is_a_conflict_when_the_reading_says_something_else_again():
    assert merge_value("China", "Chinna", "China en Rusland") == Merged("China", conflict=True)


def test_a_field_that_was_never_read_takes_the_reading_only_when_it_is_empty():
    assert merge_value("", NEVER_READ, "Brussel") == Merged("Brussel")
    assert merge_value("Den Haag", NEVER_READ, "Brussel") == Merged("Den Haag", conflict=True)
    assert merge_value("Den Haag", NEVER_READ, "") == Merged("Den Haag")


def test_paragraphs_are_aligned_by_their_text_whatever_dashes_and_case_do():
    old = ["De ministers spraken over 28-29 november.", "Nederland steunt dit."]
    new = ["Een nieuwe alinea.", "De Ministers spraken over 28–29 november.", "Nederland steunt dit."]

    assert align(old, new) == [None, 0, 1]


def test_a_paragraph_with_a_word_changed_is_the_same_paragraph():
    old = [
        "Een.",
        "Het kabinet acht het van belang dat bondgenoten blijven zoeken naar dialoog met China.",
        "Drie.",
    ]
    new = [
        "Een.",
        "Het kabinet acht het van groot belang dat bondgenoten blijven zoeken naar dialoog met China.",
        "Drie.",
    ]

    assert align(old, new) == [0, 1, 2]


def test_another_paragraph_in_the_same_place_is_not_the_same_paragraph():
    old = ["Een.", "Het kabinet acht het van belang dat bondgenoten blijven zoeken naar dialoog.", "Drie."]
    new = ["Een.", "Frankrijk benadrukte in de Sahel coördinatie met de Afrikaanse Unie.", "Drie."]

    assert align(old, new) == [0, None, 2]


def test_the_order_is_never_crossed():
    assert align(["a b c d e", "f g h i j"], ["f g h i x", "a b c d y"]) in ([1, None], [None, 0])


def test_a_text_that_is_gone_does_not_part_texts_that_stand_more_than_once():
    repeated = "Het kabinet steunt de voortzetting van de hulp."
    old = [repeated, "Nederland verwelkomt de toetreding.", repeated, repeated]

    assert align(old, [repeated] * 3) == [0, 2, 3]
