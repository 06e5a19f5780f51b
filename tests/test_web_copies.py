"""What copies of letters on web sites and in old archives show, and the papers that stand beside them there."""

import datetime

import pytest

from letters.parsing import parse_letter
from letters.parsing.document import Block
from letters.parsing.kinds import find_kind
from letters.parsing.letterhead import find_letterhead
from letters.parsing.letterhead.signatures import find_signatures, offices_in
from letters.parsing.meetings import Statements
from letters.parsing.meetings.names import EU, FOREIGN_AFFAIRS, find_meeting_names
from letters.parsing.parsed_letter import LetterKind, SectionKind
from letters.parsing.readers.text import read
from letters.parsing.ride_along import find_ride_alongs

DAY = datetime.date
OFFICIAL_HEAD = """28 676 NAVO

Nr. 912 BRIEF VAN DE MINISTER VAN DEFENSIE

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 maart 2031

"""


def letter(text: str):
    return parse_letter([("brief.txt", text.encode())])


def texts(source: str) -> list[str]:
    return [block.text for block in read(source.encode()).blocks]


def codes(parsed) -> list[str]:
    return [problem.code for problem in parsed.problems]


# Wrapped text, in which the copy joined two lines at a word in italics
WRAPPED = """Inleiding
De ministers kwamen bijeen om te spreken over de uitvoering van de plannen die eerder
in het jaar waren vastgesteld. Zij namen kennis van de stand van zaken en zij spraken
over de gevolgen daarvan voor de Deterrence and Defence Posture van het bondgenootschap en over de planning die daarbij hoort. Ook
kwam de industrie aan de orde. Daarbij ging het vooral om de tijd die nodig is voordat
de fabrieken meer kunnen leveren dan zij nu al doen, en om de vraag wie dat betaalt als
de bestellingen later komen."""


def test_wrapped_text_stays_wrapped_text_when_a_copy_joined_two_of_its_lines():
    found = texts(WRAPPED)

    assert [text[:12] for text in found] == ["Inleiding", "De ministers"]


def test_the_line_with_town_and_date_does_not_run_into_the_line_above_it():
    addressee = "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"
    body = "Vorige week kwamen de ministers bijeen om te spreken over de\nstand van zaken. "

    found = texts(f"{addressee}\nDen Haag, 28 oktober 2034\n{body * 6}")

    assert found[:2] == [addressee, "Den Haag, 28 oktober 2034"]


# What the page around a copy says of the dossier: (line, paper)
PLACES = [
    ("Onderdeel van kamerstukdossier 28676 -871 NAVO.", "kst-28676-871"),
    ("Onderdeel van kamerstukdossier 21501 28-783 Defensieraad.", "kst-21501-28-783"),
]


@pytest.mark.parametrize(("line", "paper"), PLACES)
def test_the_page_around_a_copy_tells_the_subject_and_the_number(line, paper):
    copy = f"""[overzicht] [activiteiten] [besluiten]
Terugkoppeling bijeenkomst in Bursa
Defensieraad
Brief regering
Nummer: 2034D12345, datum: 2034-03-03, versie: 1
{line}
Onderdeel van zaak 2034Z00001:
Preview document (🔗 origineel)

De ministers kwamen bijeen in Bursa."""

    head = find_letterhead(read(copy.encode()).blocks)

    assert (head.subject, head.paper) == ("Terugkoppeling bijeenkomst in Bursa", paper)


def test_roman_numbers_in_a_table_of_contents_are_no_number_of_the_paper():
    lines = [
        "21 501-28 Defensieraad",
        "Nr. 794 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",
        "Vastgesteld 7 mei 2031",
    ]
    contents = ["Inhoudsopgave", "I", "Vragen en opmerkingen", "2", "II", "Antwoord van de Minister", "7"]

    head = find_letterhead([Block(line) for line in [*lines, *contents]])

    assert (head.end, head.paper) == (len(lines), "kst-21501-28-794")


# Where the letterhead of several columns came out in one line: (lines, reference)
REFERENCES = [
    (["Kenmerk DVB/110/03 Telefoon 070-1234567", "Datum 3 maart 2003"], "DVB/110/03"),
    (["Ons kenmerk D/2003001 Fax 070-7654321", "Datum 3 maart 2003"], "D/2003001"),
]


@pytest.mark.parametrize(("lines", "reference"), REFERENCES)
def test_the_next_label_on_the_line_is_not_in_the_reference(lines, reference):
    assert find_letterhead([Block(line) for line in lines]).reference == reference


# First lines of a text without letterhead: (lines, date of the letter)
BARE_DATES = [
    (["Rijksoverheid", "26 mei 2031", "Geannoteerde agenda NAVO-top"], DAY(2031, 5, 26)),
    (["Verslag NAVO-ministers", "17 oktober 2031", "De ministers spraken over de agenda."], None),
    (["17 oktober 2031", "De ministers kwamen bijeen in Bursa.", "Zij spraken over Irak."], None),
]


@pytest.mark.parametrize(("lines", "date"), BARE_DATES)
def test_a_date_alone_above_the_title_is_that_of_the_letter_and_one_below_it_heads_a_day(lines, date):
    assert find_letterhead([Block(line) for line in lines]).date == date


DEFENCE = "minister van Defensie"
TITLES_OF_SENDERS = [
    ("BRIEF VAN DE MINISTER EN STAATSSECRETARIS VAN DEFENSIE", [DEFENCE, "staatssecretaris van Defensie"]),
    ("brief van de minister en de staatssecretaris van Defensie", [DEFENCE, "staatssecretaris van Defensie"]),
    ("BRIEF VAN DE STAATSSECRETARIS VAN DEFENSIE", ["staatssecretaris van Defensie"]),
]


@pytest.mark.parametrize(("title", "offices"), TITLES_OF_SENDERS)
def test_a_minister_and_a_secretary_of_state_of_one_department_both_send(title, offices):
    assert offices_in(title) == offices


def test_two_names_with_titles_on_one_line_belong_to_the_two_offices_above_them():
    lines = [
        "De Minister van Defensie, De Staatssecretaris van Defensie,",
        "Drs. A.B. Verzonnen Mr. C.D. van Bedacht",
    ]

    groups = find_signatures([Block(line) for line in lines])

    assert [one.office for group in groups for one in group.signatories] == [
        DEFENCE,
        "staatssecretaris van Defensie",
    ]
    assert all(one.name for group in groups for one in group.signatories)


# Papers beside the letters: (first line, what the message calls it)
PAPERS = [
    ("Vergaderjaar 2030-2031 | Aanhangsel van de Handelingen |", "vragen van Kamerleden"),
    ("Antwoord schriftelijke vragen : Antwoord op vragen over de NAVO", "vragen van Kamerleden"),
    ("Verslag van een bijeenkomst : Voorjaarszitting in Bursa", "delegatie"),
    ("19 291 Parlementaire Assemblée van de NAVO", "delegatie"),
    ("Nr. 15 BRIEF VAN DE ALGEMENE REKENKAMER", "ander dan een minister"),
    ("Brief van het Presidium", "ander dan een minister"),
]


@pytest.mark.parametrize(("line", "what"), PAPERS)
def test_a_paper_of_others_than_a_minister_is_no_letter(line, what):
    title = line.replace(" |", "")

    kind, problems = find_kind(Statements(), [title], [Block(title)])

    assert (kind, [problem.code for problem in problems]) == (LetterKind.OTHER, ["not_a_letter"])
    assert what in problems[0].message


SENDERS = [
    "BRIEF VAN DE MINISTER VAN DEFENSIE",
    "BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN DEFENSIE",
    "BRIEF VAN DE STAATSSECRETARIS VAN DEFENSIE",
    "BRIEF VAN DE",
]


@pytest.mark.parametrize("title", SENDERS)
def test_the_title_of_a_letter_of_a_minister_says_nothing_else(title):
    _, problems = find_kind(Statements(), [title], [Block(title)])

    assert problems == ()


def test_a_sitting_that_is_resumed_is_a_debate():
    paragraphs = ["De beraadslaging wordt hervat.", "Minister Verzonnen:", "Voorzitter. Ik dank de Kamer."]

    _, problems = find_kind(Statements(), [], [Block(text) for text in paragraphs])

    assert [problem.code for problem in problems] == ["not_a_letter"]


# Debates named after a meeting are not the meeting: (text, meetings)
NAMES = [
    ("de toezegging in het commissiedebat Raad Buitenlandse Zaken", []),
    ("tijdens het algemeen overleg over de NAVO-top", []),
    ("de Raad Algemene Zaken en Externe Betrekkingen", [(EU, (FOREIGN_AFFAIRS,))]),
    ("de Raad Algemene Zaken en Externe Betrekkingen (RAZEB)", [(EU, (FOREIGN_AFFAIRS,))]),
]


@pytest.mark.parametrize(("text", "meetings"), NAMES)
def test_a_debate_about_a_meeting_is_no_meeting_and_the_older_council_is(text, meetings):
    assert [(name.body, name.levels) for name in find_meeting_names(text)] == meetings


def test_the_day_of_the_request_is_not_that_of_the_meeting():
    parsed = letter(
        f"{OFFICIAL_HEAD}Conform het verzoek van de vaste commissie voor Defensie van 20 februari jl. meld ik u dat de"
        " NAVO-ministers van Defensie op 10 en 11 maart in Bursa bijeenkomen. De agenda is nog niet bekend."
    )

    assert [(meeting.start, meeting.end) for meeting in parsed.meetings] == [
        (DAY(2031, 3, 10), DAY(2031, 3, 11))
    ]


# A letter without a date that does not name its kind: (sentence, kind)
TENSES = [
    (
        "Op 7 februari jl. vond in Bursa de bijeenkomst plaats van NAVO-ministers van Defensie.",
        LetterKind.REPORT,
    ),
    (
        "Op 7 februari a.s. is in Bursa de bijeenkomst van NAVO-ministers van Defensie.",
        LetterKind.ANNOTATED_AGENDA,
    ),
]


@pytest.mark.parametrize(("sentence", "kind"), TENSES)
def test_jl_and_as_at_the_day_of_the_meeting_say_what_kind_of_letter_it_is(sentence, kind):
    parsed = letter(f"Kamerbrief over de NAVO-ministeriële te Bursa d.d. 7 februari 2031\n\n{sentence}")

    assert parsed.kind == kind


def test_a_council_that_a_letter_about_something_else_only_mentions_is_no_meeting_of_it():
    parsed = letter(
        f"{OFFICIAL_HEAD}De Noord-Atlantische Raad heeft besloten de operatie te verlengen. Met deze brief wordt u"
        " ingelicht over de Nederlandse bijdrage.\n\nMandaat\n\nDe operatie heeft een mandaat tot en met het einde"
        " van het jaar en kan daarna worden verlengd."
    )

    assert (parsed.kind, parsed.meetings) == (LetterKind.OTHER, ())
    assert "meeting_missing" in codes(parsed)


def test_a_title_right_below_the_signature_opens_the_text_and_no_annex():
    parsed = letter(
        f"{OFFICIAL_HEAD}Hierbij bied ik u de geannoteerde agenda aan voor de NAVO-top van 10 maart 2031.\n\nMet deze"
        " brief wordt tevens voldaan aan het verzoek van uw Kamer van 1 februari.\n\nDe Minister van Defensie,\nA."
        " Verzonnen\n\nGEANNOTEERDE AGENDA NAVO-TOP VAN 10 MAART 2031\n\nDe top is in Bursa."
    )

    assert parsed.subject == "GEANNOTEERDE AGENDA NAVO-TOP VAN 10 MAART 2031"
    assert SectionKind.ANNEX not in {section.kind for section in parsed.sections}


# The letter announces a team "in Oekraïne": (what stands below the heading "Oekraïne", whether it rides along)
BELOW = [
    ("De gast lichtte aan de bondgenoten toe wat zijn land nodig heeft.", set()),
    ("Het team vertrekt in mei en blijft drie maanden.", {0}),
]


@pytest.mark.parametrize(("paragraph", "found"), BELOW)
def test_a_country_in_an_announcement_does_not_make_the_topic_of_that_name_a_decision(paragraph, found):
    cover = ["Tevens informeer ik u over de inzet van een team in Oekraïne."]

    assert find_ride_alongs([("Oekraïne", [paragraph])], cover) == found


# Behind "drie werksessies": (sentence, number of sessions)
AFTER_A_COUNT = [
    ("Het is voor het eerst dat partners in een formele sessie aanschuiven.", 3),
    ("Daarnaast is er een informele sessie met partners.", 4),
]


@pytest.mark.parametrize(("sentence", "number"), AFTER_A_COUNT)
def test_a_session_told_behind_their_number_is_one_of_them_unless_it_is_told_as_one_more(sentence, number):
    parsed = letter(
        f"{OFFICIAL_HEAD}Hierbij stuur ik u de geannoteerde agenda voor de bijeenkomst van NAVO-ministers van Defensie"
        f" op 10 en 11 maart in Bursa.\n\nDe voorzitter heeft drie werksessies aangekondigd. {sentence}\n\nCyber\n\nDe"
        " ministers spreken over de bescherming van netwerken en over de kosten daarvan."
    )

    assert len(parsed.sessions) == number


def test_a_consultation_that_says_when_it_was_answered_is_an_answer_to_the_committee():
    parsed = letter(
        """21 501-28 Defensieraad

Nr. 794 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Vastgesteld 7 mei 2031

De vaste commissie voor Defensie heeft een aantal vragen voorgelegd aan de Minister van Defensie over de brief van 1 mei 2031.

Bij brief van 6 mei 2031 zijn de vragen beantwoord.

Inhoudsopgave

I

Vragen en opmerkingen vanuit de fracties

II

Antwoord van de Minister

I Vragen en opmerkingen vanuit de fracties

De leden van de Verzonnen-fractie hebben nog enkele vragen.
"""
    )

    assert (parsed.kind, parsed.date) == (LetterKind.COMMITTEE_ANSWERS, DAY(2031, 5, 6))


def test_a_consultation_of_the_other_chamber_lists_the_letter_that_answers():
    parsed = letter(
        """36 999 EU-voorstel: Verzonnen witboek

D VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Vastgesteld 9 mei 2031

De vaste commissie voor Defensie heeft schriftelijk overleg gevoerd met de Minister van Defensie. Dit verslag bestaat uit:

  • De uitgaande brief van 2 april 2031.

  • De antwoordbrief van 8 mei 2031.

BRIEF VAN DE VOORZITTER VAN DE VASTE COMMISSIE VOOR DEFENSIE

Aan de Minister van Defensie

Den Haag, 2 april 2031

De leden van de commissie hebben kennisgenomen van het witboek.
"""
    )

    assert (parsed.kind, parsed.paper) == (LetterKind.COMMITTEE_ANSWERS, "kst-36999-D")


@pytest.mark.parametrize(
    "line",
    [
        "Nr. 6 NOTA VAN WIJZIGING",
        "Nr. 3 MEMORIE VAN TOELICHTING",
        "Nr. 12 AMENDEMENT VAN HET LID JANSEN",
    ],
)
def test_a_paper_with_a_bill_is_no_letter(line):
    parsed = letter(
        f"36 999 Wijziging van de begroting\n\n{line}\n\nHet voorstel van wet wordt als volgt gewijzigd:\n\nArtikel 1 vervalt."
    )

    assert [
        problem.code for problem in parsed.problems if "een stuk bij een wetsvoorstel" in problem.message
    ] == ["not_a_letter"]


def test_a_name_on_the_line_of_an_office_in_capitals_signs():
    parsed = letter(
        f"{OFFICIAL_HEAD}Hierbij stuur ik u de geannoteerde agenda voor de bijeenkomst van NAVO-ministers van Defensie"
        " op 10 en 11 maart in Bursa.\n\nDE MINISTER VAN DEFENSIE Willem Verzonnen\n"
    )

    assert [(person.name, person.office) for person in parsed.signatories] == [
        ("Willem Verzonnen", "minister van Defensie")
    ]


def test_the_date_right_behind_the_name_of_a_meeting_is_its_own_and_that_of_a_letter_is_not():
    head = (
        "21 501-28 Defensieraad\n\nNr. 801 BRIEF VAN DE MINISTER VAN DEFENSIE\n\nDen Haag, 1 maart 2031\n\n"
    )
    told = "de geannoteerde agenda van de bijeenkomst van NAVO-ministers van Defensie d.d. 10 maart 2031"
    parsed = letter(f"{head}Met verwijzing naar de brief d.d. 20 februari 2031 bied ik u hierbij aan {told}.")

    assert [meeting.start for meeting in parsed.meetings] == [DAY(2031, 3, 10)]


def test_what_is_reported_to_parliament_of_a_day_may_be_the_day_of_a_meeting():
    parsed = letter(
        f"{OFFICIAL_HEAD}Op verzoek van uw Kamer bericht ik u dat op 10 en 11 maart in Bursa een bijeenkomst van"
        " NAVO-ministers van Defensie wordt gehouden."
    )

    assert [meeting.start for meeting in parsed.meetings] == [DAY(2031, 3, 10)]


COVER = "Hierbij bied ik u het verslag aan van de bijeenkomst van de NAVO-ministers van Defensie op 3 februari 2031."
TEXT_OF_REPORT = (
    "De ministers bespraken in Oslo de stand van de gezamenlijke vloot en de inzet van de komende winter."
)
WRAPPED_TITLES = [
    ("VERSLAG VAN DE BIJEENKOMST VAN DE NAVO-MINISTERS VAN DEFENSIE, OSLO, 3 FEBRUARI", "2031"),
    ("VERSLAG VAN DE BIJEENKOMST VAN DE NAVO-MINISTERS VAN DEFENSIE, OSLO, 2 EN", "3 FEBRUARI 2031"),
    ("Verslag van de bijeenkomst van de NAVO-ministers van Defensie op", "3 februari 2031 te Oslo"),
    ("Verslag van de bijeenkomst van de NAVO-ministers van Defensie", "te Oslo op 3 februari 2031"),
]


@pytest.mark.parametrize("lines", WRAPPED_TITLES)
def test_a_title_that_was_wrapped_is_one_title(lines):
    signature = "De minister van Defensie,\n\nK. Bos"
    source = "\n\n".join(
        [OFFICIAL_HEAD + COVER, signature, "\n".join(lines), "Vloot", TEXT_OF_REPORT, TEXT_OF_REPORT]
    )

    parsed = letter(source)

    assert parsed.subject == " ".join(lines)
    assert [section.heading for section in parsed.sections] == ["Vloot"]


@pytest.mark.parametrize("name", ["A.B. y C", "x. yz", "M 8 Q", "Wie dit ook is, geen naam"])
def test_a_signature_that_nobody_can_read_does_not_make_an_annex_of_the_text(name):
    signatures = ["De minister van Buitenlandse Zaken,", name, "De minister van Defensie,", "K. Bos"]
    title = "VERSLAG VAN DE NAVO-MINISTERS VAN DEFENSIE, OSLO, 3 FEBRUARI 2031"
    source = "\n\n".join(
        [OFFICIAL_HEAD + COVER, *signatures, title, "Vloot", TEXT_OF_REPORT, "Oostzee", TEXT_OF_REPORT]
    )

    parsed = letter(source)

    assert [(section.heading, section.kind) for section in parsed.sections] == [
        ("Vloot", SectionKind.AGENDA_TOPIC),
        ("Oostzee", SectionKind.AGENDA_TOPIC),
    ]
    assert ("K. Bos", "minister van Defensie") in [(one.name, one.office) for one in parsed.signatories]


def test_the_day_on_which_a_site_published_a_letter_is_told_and_not_taken_for_its_date():
    parsed = letter(
        f"21-03-2031 | Kamerstuk\n\nGeachte voorzitter,\n\n{COVER}\n\n{TEXT_OF_REPORT}\n\nDe minister van Defensie,\nK. Bos"
    )

    told = next(problem.message for problem in parsed.problems if problem.code == "date_missing")

    assert parsed.date is None
    assert "21-03-2031" in told
