import pytest

from letters.parsing.document import Block
from letters.parsing.kinds import find_kind
from letters.parsing.meetings import Statements
from letters.parsing.parsed_letter import LetterKind

AGENDA, REPORT, ANSWERS = (
    LetterKind.ANNOTATED_AGENDA,
    LetterKind.REPORT,
    LetterKind.COMMITTEE_ANSWERS,
)

# How letters call themselves in subject or title: (text, kind)
SUBJECTS = [
    # an agenda under another name
    ("Kabinetsinzet voor de NAVO-top in Ankara", AGENDA),
    ("Geannoteerde conceptagenda NAVO-top", AGENDA),
    ("houdende de agenda voor de ministeriële NAVO-bijeenkomst", AGENDA),
    ("agenda en houdende de Nederlandse inzet", AGENDA),
    ("Aanvullende geannoteerde agenda NAVO-ministers van Defensie", AGENDA),
    # a report under another name
    ("ten geleide van het verslag van de NAR-ministeriële", REPORT),
    ("Terugkoppeling NAVO Defensie Ministeriële", REPORT),
    ("Uitkomsten NAVO-top", REPORT),
    # answers, also where agenda or report is named first or behind
    ("Beantwoording vragen SO geannoteerde agenda NAVO-ministers van Defensie", ANSWERS),
    ("Beantwoording schriftelijk overleg NAVO-ministeriële 11 en 12 februari", ANSWERS),
    ("Reactie op de inbreng van het schriftelijk overleg over de NAVO-top", ANSWERS),
    ("Antwoorden op commissievragen over het verslag van de NAVO-top", ANSWERS),
    ("Beantwoording feitelijke vragen Kabinetsinzet NAVO-top", ANSWERS),
    ("Schriftelijk overleg NAVO Foreign Ministers Meeting", ANSWERS),
    ("Verslag schriftelijk overleg geannoteerde agenda NAVO-top", ANSWERS),
    ("Antwoord op vragen van het lid Verzonnen over de NAVO-top", ANSWERS),
    # neither says a kind: debates are not meetings of NATO
    ("Informatie ten behoeve van het commissiedebat over de NAVO", None),
    ("NAVO-ministers van Defensie 12 februari 2025", None),
]


@pytest.mark.parametrize(("subject", "kind"), SUBJECTS)
def test_a_letter_is_of_the_kind_that_its_subject_names_first(subject, kind):
    assert find_kind(Statements(headline=(subject,)), [], [], is_sent=True) == (kind, ())


# Sentences of a cover letter or an opening paragraph: (text, kind)
SENTENCES = [
    ("In deze brief informeer ik uw Kamer over de uitkomst van beide bijeenkomsten.", REPORT),
    ("Hierbij bied ik u aan het verslag aan van de bijeenkomst.", REPORT),
    ("Hierbij doen wij u het verslag toekomen van de NAVO-top.", REPORT),
    ("Hierbij ontvangt u de geannoteerde agenda van de bijeenkomst.", AGENDA),
    ("Hierbij bied ik u de antwoorden aan op de vragen over de geannoteerde agenda.", ANSWERS),
    # agenda and answers that are only referred to
    ("Hierbij bied ik u, in aanvulling op de geannoteerde agenda, het verslag aan.", REPORT),
    ("Hierbij stuur ik u, zoals toegezegd in het commissiedebat, het verslag van de top.", REPORT),
]


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES)
def test_a_sentence_that_hands_over_says_the_kind(sentence, kind):
    assert find_kind(Statements(cover=(sentence,)), [], [], is_sent=True) == (kind, ())


# Titles of papers that are no letter: (title, what the message calls it)
TITLES = [
    ("Nr. 389 VERSLAG VAN EEN COMMISSIEDEBAT", "debat"),
    ("VERSLAG VAN EEN ALGEMEEN OVERLEG", "debat"),
    ("Verslag van een algemeen overleg, gehouden op 10 februari 2022, over de NAVO", "debat"),
    ("Verslag van een notaoverleg", "debat"),
    ("Verslag van een plenair debat", "debat"),
    ("Verslag van een rondetafelgesprek", "debat"),
    ("Ongecorrigeerd stenogram", "debat"),
    ("Stenografisch verslag van een commissiedebat", "debat"),
    ("Handelingen II 2021/22, nr. 53, item 4", "debat"),
    ("Aan de orde is het tweeminutendebat NAVO-top", "debat"),
    ("2025D20112 INBRENG VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "inbreng"),
    ("Inbreng schriftelijk overleg NAVO-ministers van Defensie", "inbreng"),
    ("Gewijzigde motie van het lid Verzonnen c.s.", "motie"),
    ("Motie van de leden Verzonnen en Bedacht", "motie"),
    ("Convocatie commissiedebat NAVO", "agenda of besluitenlijst"),
    ("Besluitenlijst van de procedurevergadering van 3 mei", "agenda of besluitenlijst"),
    ("Agenda procedurevergadering Defensie", "agenda of besluitenlijst"),
    ("Persbericht ministerraad", "persbericht"),
    ("Toespraak van de minister van Defensie op de NAVO-top", "toespraak"),
    ("Beslisnota bij Kamerbrief geannoteerde agenda", "interne nota"),
    ("LIJST VAN VRAGEN", "lijst van vragen"),
    (
        "Vragen van de leden Verzonnen en Bedacht aan de Minister van Defensie over de NAVO",
        "lijst van vragen",
    ),
    ("Verslag van een schriftelijk overleg", "schriftelijk overleg, zonder antwoorden"),
]


@pytest.mark.parametrize(("title", "what"), TITLES)
def test_a_paper_that_calls_itself_something_else_is_no_letter(title, what):
    kind, problems = find_kind(Statements(), [title], [Block(title)])

    assert (kind, [problem.code for problem in problems]) == (LetterKind.OTHER, ["not_a_letter"])
    assert what in problems[0].message


# Bodies of papers without a title: (paragraphs, what the message calls it)
BODIES = [
    (  # speakers take turns
        [
            "De voorzitter: Ik heet de minister van harte welkom.",
            "De heer Verzonnen (VVD): Voorzitter. In de geannoteerde agenda staat veel.",
            "Mevrouw Van der Bedacht (GroenLinks-PvdA): Dank u wel. Ik heb drie vragen.",
            "Minister Gefingeerd: Ik ga daar graag op in.",
        ],
        "debat",
    ),
    (  # the summary of an older one
        [
            "De vaste commissie voor Defensie heeft op 17 februari 2009 overleg gevoerd met minister Verzonnen over de brief.",
            "Van dit overleg brengt de commissie bijgaand geredigeerd woordelijk verslag uit.",
        ],
        "debat",
    ),
    (
        [
            "Binnen de vaste commissie voor Defensie hebben de onderstaande fracties de behoefte vragen en opmerkingen voor "
            "te leggen aan de minister van Defensie over de geannoteerde agenda.",
            "De leden van de D66-fractie hebben met interesse kennisgenomen van de agenda.",
        ],
        "inbreng",
    ),
    (
        [
            "De Kamer, gehoord de beraadslaging,",
            "verzoekt de regering tijdens de NAVO-top te pleiten voor gelijke lasten,",
            "en gaat over tot de orde van de dag.",
        ],
        "motie",
    ),
    (
        [
            "Voortouwcommissie: vaste commissie voor Defensie",
            "Activiteit: Commissiedebat",
            "Onderwerp: NAVO Defensie Ministeriële",
            "Agendapunt: Geannoteerde agenda NAVO-ministers van Defensie",
        ],
        "agenda of besluitenlijst",
    ),
    (
        [
            "We, the Heads of State and Government of the Alliance, have met to reaffirm our commitment to the Treaty.",
            "We stand by our pledge and will continue to support Ukraine for as long as it takes.",
        ],
        "verklaring in het Engels",
    ),
]


@pytest.mark.parametrize(("paragraphs", "what"), BODIES)
def test_the_text_shows_that_a_paper_without_a_title_is_no_letter(paragraphs, what):
    kind, problems = find_kind(Statements(), [], [Block(text) for text in paragraphs])

    assert (kind, [problem.code for problem in problems]) == (LetterKind.OTHER, ["not_a_letter"])
    assert what in problems[0].message


def test_a_letter_that_a_minister_signs_may_speak_of_debates_and_of_motions():
    text = [
        "Tijdens het commissiedebat van 3 mei vroeg de heer Verzonnen (VVD) aandacht voor het Hoge Noorden.",
        "De motie-Bedacht verzoekt de regering, gehoord de beraadslaging, hiervoor te pleiten.",
        "De Kamer gaat over tot de orde van de dag, aldus het stenogram.",
    ]

    found = find_kind(
        Statements(headline=("Verslag NAVO-top",)), ["Verslag NAVO-top"], [Block(line) for line in text], True
    )

    assert found == (LetterKind.REPORT, ())


def test_a_sentence_that_begins_as_such_a_title_is_none():
    text = [Block("Commissiedebat van 3 mei: de toegezegde informatie over de oostflank volgt hieronder.")]

    assert find_kind(Statements(), [text[0].text], text) == (None, ())


ANSWER = Block("Het kabinet deelt de opvatting van deze leden dat het Hoge Noorden meer aandacht verdient.")


def test_a_written_consultation_with_answers_is_an_answer_to_the_committee():
    text = [Block("II Antwoord / Reactie van de minister"), ANSWER]

    assert find_kind(Statements(), ["VERSLAG VAN EEN SCHRIFTELIJK OVERLEG"], text) == (ANSWERS, ())


def test_an_empty_part_for_the_answers_is_no_answer():
    text = [
        Block("De leden van de SP-fractie vragen waarom."),
        Block("II Antwoord / Reactie van de minister"),
    ]

    kind, problems = find_kind(Statements(), ["VERSLAG VAN EEN SCHRIFTELIJK OVERLEG"], text)

    assert (kind, [problem.code for problem in problems]) == (LetterKind.OTHER, ["not_a_letter"])


def test_a_list_of_questions_that_says_it_prints_the_answers_is_an_answer():
    text = [
        Block(
            "De Minister heeft deze vragen beantwoord bij brief van 4 juni 2019. Zij zijn hierna afgedrukt."
        )
    ]

    assert find_kind(Statements(), ["LIJST VAN VRAGEN EN ANTWOORDEN"], text) == (ANSWERS, ())


def test_a_list_of_questions_and_answers_in_a_table_is_an_answer():
    text = [Block("1\tWaarom levert Nederland luchtafweer?\tOekraïne heeft daarom gevraagd.")]

    assert find_kind(Statements(), ["Nr. 17 LIJST VAN VRAGEN EN ANTWOORDEN"], text) == (ANSWERS, ())


def test_numbered_questions_with_their_answers_make_a_letter_of_answers_whatever_its_subject():
    question = Block("Kunt u toelichten welke inzet Nederland heeft?")
    text = [
        Block("Vraag 1"),
        question,
        Block("Antwoord"),
        ANSWER,
        Block("Vraag 2"),
        question,
        Block("Antwoord"),
        ANSWER,
    ]

    found = find_kind(Statements(headline=("Geannoteerde agenda NAVO-top",)), [], text, is_sent=True)

    assert found == (ANSWERS, ())
