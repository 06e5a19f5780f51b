"""Sessions as introductions of letters tell them: by relative days, by the name of a meal, with and without numbers."""

import datetime

import pytest

from letters.parsing import parse_letter
from letters.parsing.document import Block
from letters.parsing.outline import find_outline
from letters.parsing.parsed_letter import ParsedMeeting
from letters.parsing.sessions.days import days_in, last_day_told
from letters.parsing.sessions.finding import find_sessions
from letters.parsing.sessions.heads import find_session_head

FIRST, SECOND, THIRD = (datetime.date(2031, 5, day) for day in (13, 14, 15))  # Tuesday to Thursday
TALK = "De ministers spraken hier uitvoerig over met elkaar en met hun partners."

# (a sentence, the day told before it, the days that it names)
DAYS = [
    ("De volgende ochtend kwamen zij weer bijeen.", FIRST, [SECOND]),
    ("Diezelfde avond was er een werkdiner, de dag daarop een sessie.", FIRST, [FIRST, SECOND]),
    (
        "Op 13 mei was er een sessie, ’s avonds een diner en een dag later een slotsessie.",
        None,
        [FIRST, FIRST, SECOND],
    ),
    ("Aansluitend vond een sessie plaats.", SECOND, [SECOND]),
    ("Aansluitend aan de top vond een diner plaats.", SECOND, []),
    ("De tweede dag begon met een ontbijt, de slotdag met een lunch.", None, [SECOND, THIRD]),
    ("Dag 2: partners.", None, [SECOND]),
    ("De dag werd besloten met een werkdiner.", SECOND, [SECOND]),
    # a day that is not the meeting's, or that nobody can tell
    ("De volgende dag reisde de minister door.", THIRD, []),
    ("De volgende ochtend kwamen zij weer bijeen.", None, []),
    ("De avond daarop volgde een diner.", FIRST, []),
    ("In de middag van 3 oktober was daarover gesproken.", FIRST, []),
]


@pytest.mark.parametrize(("sentence", "before", "expected"), DAYS)
def test_a_sentence_names_days_of_the_meeting_also_from_the_day_told_before(sentence, before, expected):
    found = days_in(sentence, [FIRST, SECOND, THIRD], before)

    assert [day for _, day in found] == expected


def test_on_a_meeting_of_two_days_the_next_day_is_the_second():
    found = days_in("De volgende ochtend kwamen zij weer bijeen.", [FIRST, SECOND])

    assert found == [(0, SECOND)]


# (a sentence, the day from which the next may count on)
GOES_ON = [
    ("Zij spraken lang.", FIRST),
    ("Op 14 mei spraken zij lang.", SECOND),
    ("Op 28 juni komen de leiders bijeen.", datetime.date(2031, 6, 28)),
    ("Op 13 en 14 mei kwamen zij bijeen.", None),
]


@pytest.mark.parametrize(("sentence", "expected"), GOES_ON)
def test_a_sentence_leaves_the_day_from_which_the_next_counts_on(sentence, expected):
    assert last_day_told(sentence, [FIRST, SECOND, THIRD], FIRST) == expected


# (first and last day, what the introduction tells, the headings, the sessions, the session of each heading)
LETTERS = [
    (
        ("2004-12-08", "2004-12-09"),
        "De bijeenkomst begon op 8 december met een werkdiner, waarin vrijuit werd gesproken over de situatie in "
        "Oekraïne. De volgende ochtend kwamen de ministers bijeen in een formele zitting, die gewijd was aan Afghanistan "
        "en de operaties op de Balkan. Aansluitend vond een sessie met de Mediterrane partners plaats.",
        ["Oekraïne", "Afghanistan", "Balkan", "Mediterrane Dialoog"],
        [(1, "2004-12-08", "Werkdiner"), (2, "2004-12-09", None), (3, "2004-12-09", None)],
        [1, 2, 2, 3],
    ),
    (
        ("2019-02-13", "2019-02-14"),
        "De bijeenkomst ging op 13 februari van start met een werksessie, die diezelfde avond werd gevolgd door een "
        "werkdiner met de Hoge Vertegenwoordiger van de EU. De volgende dag vonden nog twee werksessies plaats.",
        [
            "Werksessie 1: Lastenverdeling",
            "Werkdiner: EU-NAVO-samenwerking",
            "Werksessie 2: Inzetbaarheid",
            "Werksessie 3: Operaties",
        ],
        [
            (1, "2019-02-13", "Lastenverdeling"),
            (2, "2019-02-14", "Inzetbaarheid"),
            (3, "2019-02-14", "Operaties"),
            (4, "2019-02-13", "Werkdiner: EU-NAVO-samenwerking"),
        ],
        [1, 4, 2, 3],
    ),
    (
        ("2024-10-17", "2024-10-18"),
        "Op donderdag vonden de eerste en de tweede werksessie plaats, gevolgd door een werkdiner met de partners uit de "
        "Indo-Pacific. De derde werksessie volgde op vrijdagochtend. De eerste werksessie was gewijd aan afschrikking en "
        "verdediging, de tweede aan defensie-industrie. Tijdens de derde werksessie stond Oekraïne centraal.",
        ["Afschrikking en verdediging", "Defensie-industrie", "Indo-Pacific", "Oekraïne"],
        [
            (1, "2024-10-17", None),
            (2, "2024-10-17", None),
            (3, "2024-10-18", None),
            (4, "2024-10-17", "Werkdiner"),
        ],
        [1, 2, 4, 3],
    ),
    (
        ("2007-04-26", "2007-04-27"),
        "Op de middag van 26 april vergaderden de ministers met Rusland over het verdrag inzake conventionele "
        "strijdkrachten. Tijdens het werkdiner diezelfde avond kwam Kosovo aan de orde. De ochtend van 27 april stond in "
        "een plenaire sessie Afghanistan centraal, waarna de bijeenkomst met een werklunch met Oekraïne werd afgesloten.",
        ["Rusland", "Kosovo", "Afghanistan", "Oekraïne"],
        [(1, "2007-04-26", "Werkdiner"), (2, "2007-04-27", None), (3, "2007-04-27", "Werklunch")],
        [None, 1, 2, 3],
    ),
    (
        ("2010-06-10", "2010-06-11"),
        "Op 10 juni kwam de Noord-Atlantische Raad bijeen in een werksessie over de hervorming van de NAVO. ’s Avonds "
        "volgde een werkdiner over het nieuwe strategisch concept. De dag daarop vond eerst een sessie plaats met de "
        "landen die aan ISAF bijdragen. Vervolgens kwamen de ministers bijeen in een afsluitende sessie over Kosovo.",
        ["Hervorming", "Strategisch concept", "ISAF", "Kosovo"],
        [
            (1, "2010-06-10", None),
            (2, "2010-06-10", "Werkdiner"),
            (3, "2010-06-11", None),
            (4, "2010-06-11", None),
        ],
        [1, 2, 3, 4],
    ),
    (
        ("2033-10-05", "2033-10-06"),
        "De eerste dag begon met een werklunch over de luchtverdediging. ’s Middags vergaderden de ministers in twee "
        "sessies. De tweede dag bestond uit één sessie over ruimtevaart.",
        ["Luchtverdediging", "Ruimtevaart"],
        [
            (1, "2033-10-05", "Werklunch"),
            (2, "2033-10-05", None),
            (3, "2033-10-05", None),
            (4, "2033-10-06", None),
        ],
        [1, 4],
    ),
    (
        ("2018-10-03", "2018-10-04"),
        "De ministers spreken over de uitvoering van de besluiten van de top van Brussel. In de marge van de bijeenkomst "
        "zal ik deelnemen aan een werkontbijt met de landen van de Joint Expeditionary Force. Na afloop van de "
        "bijeenkomst komt de coalitie tegen ISIS op ministerieel niveau bijeen. Voorafgaand aan het werkdiner op 3 "
        "oktober wordt een letter of intent ondertekend.",
        ["Gereedheid", "Commandostructuur"],
        [],
        [None, None],
    ),
    (
        ("2016-05-19", "2016-05-20"),
        "De bijeenkomst bestond uit drie werksessies en een werkdiner. De ministers ondertekenden het toetredingsprotocol "
        "van Montenegro. De eerste werksessie was gewijd aan de projectie van stabiliteit. De ochtend erna stond in de "
        "derde werksessie Rusland op de agenda.",
        ["Stabiliteit", "Rusland"],
        [(1, None, None), (2, None, None), (3, "2016-05-20", None), (4, None, "Werkdiner")],
        [1, 3],
    ),
    (
        ("2028-07-11", "2028-07-13"),
        "De top ving dinsdagavond aan met een diner van staatshoofden en regeringsleiders, waaraan ook de Oekraïense "
        "president deelnam. Woensdag volgden drie werksessies, over achtereenvolgens de defensie-uitgaven, de oostflank "
        "en de samenwerking met de EU. Op donderdagochtend werd de top besloten met een zitting van de NAVO-Oekraïne "
        "Raad.",
        ["Oekraïne", "Defensie-uitgaven", "Oostflank"],
        [
            (1, "2028-07-11", "Diner"),
            (2, "2028-07-12", None),
            (3, "2028-07-12", None),
            (4, "2028-07-12", None),
            (5, "2028-07-13", None),
        ],
        [None, 2, 3],
    ),
    (
        ("2020-02-12", "2020-02-13"),
        "Op woensdag 12 februari vonden twee werksessies plaats. In de eerste sessie spraken de ministers over de "
        "trainingsmissie in Irak. De tweede sessie had gereedheid als onderwerp. Die avond spraken de ministers tijdens "
        "een werkdiner met Finland, Zweden en de EU over hybride dreigingen. De volgende ochtend werd in een derde sessie "
        "stilgestaan bij Afghanistan.",
        ["Irak", "Gereedheid", "Hybride dreigingen", "Afghanistan"],
        [
            (1, "2020-02-12", None),
            (2, "2020-02-12", None),
            (3, "2020-02-13", None),
            (4, "2020-02-12", "Werkdiner"),
        ],
        [1, 2, 4, 3],
    ),
    (
        ("2031-05-26", "2031-05-27"),
        "Op maandag 26 mei spraken de ministers tijdens een werkdiner over de voorbereiding van de top. De dag erna "
        "stonden twee werksessies op het programma: de eerste over de Zwarte Zee, de tweede over desinformatie.",
        ["Voorbereiding top", "Zwarte Zee", "Desinformatie"],
        [(1, "2031-05-27", None), (2, "2031-05-27", None), (3, "2031-05-26", "Werkdiner")],
        [3, 1, 2],
    ),
    (
        ("2008-12-03", "2008-12-04"),
        "De ministers kwamen in drie sessies bijeen: een werkdiner op 3 december over de betrekkingen met Rusland, een "
        "formele zitting in de ochtend van 4 december over uitbreiding en een afsluitende werklunch met de "
        "troepenleverende landen.",
        ["Rusland", "Uitbreiding", "Afghanistan"],
        [(1, "2008-12-03", "Werkdiner"), (2, "2008-12-04", None), (3, "2008-12-04", "Werklunch")],
        [1, 2, None],
    ),
    (
        ("2008-09-18", "2008-09-19"),
        "Op uitnodiging van de Britse minister spraken de ministers in twee besloten werksessies en tijdens een werkdiner "
        "over de transformatie van het bondgenootschap. De eerste werksessie vond plaats in de middag van 18 september, "
        "het werkdiner die avond en de tweede werksessie de ochtend daarna.",
        ["Transformatie", "Financiering"],
        [(1, "2008-09-18", None), (2, "2008-09-19", None), (3, "2008-09-18", "Werkdiner")],
        [3, None],
    ),
    (
        ("2017-12-05", "2017-12-06"),
        "Aan de vooravond van de bijeenkomst vond een werkdiner plaats van de Framework Nations. Op 5 december is in twee "
        "sessies gesproken over de EU en over Zuid. Op 6 december werd stilgestaan bij het Open Deur-beleid, in een "
        "sessie met Georgië.",
        ["Europese Unie", "Georgië"],
        [(1, "2017-12-05", None), (2, "2017-12-05", None), (3, "2017-12-06", None)],
        [None, 3],
    ),
    (
        ("2022-06-15", "2022-06-16"),
        "De bijeenkomst bestond uit drie werksessies. De eerste werksessie, op 15 juni, ging over Oekraïne. Op 28 juni "
        "bespreken de regeringsleiders dit verder. De volgende dag is er in Madrid een tweede werksessie van de leiders "
        "voorzien.",
        ["Oekraïne"],
        [(1, "2022-06-15", None), (2, None, None), (3, None, None)],
        [1],
    ),
    (
        ("2026-10-13", "2026-10-14"),
        "Op dinsdag spraken de ministers tijdens een werklunch over de betrekkingen met de Golfstaten. Later die middag "
        "volgde de eerste werksessie, over Oekraïne, en woensdag de tweede, over ruimte en cyber. De bijeenkomst werd "
        "afgesloten met een sessie met de Hoge Vertegenwoordiger.",
        ["Golfstaten", "Oekraïne", "Cyber"],
        [
            (1, "2026-10-13", None),
            (2, "2026-10-14", None),
            (3, "2026-10-13", "Werklunch"),
            (4, "2026-10-14", None),
        ],
        [3, 1, 2],
    ),
    (
        ("2034-05-06", "2034-05-07"),
        "De ministers kwamen op 6 mei bijeen in twee werksessies, de eerste over capaciteiten en de tweede over de "
        "commandostructuur. Het werkdiner diezelfde avond was gewijd aan de samenwerking met de Europese Unie. De "
        "volgende ochtend sloot een derde werksessie, over Oekraïne, de bijeenkomst af.",
        ["Capaciteiten", "Commandostructuur", "Samenwerking met de Europese Unie", "Oekraïne"],
        [
            (1, "2034-05-06", None),
            (2, "2034-05-06", None),
            (3, "2034-05-07", None),
            (4, "2034-05-06", "Werkdiner"),
        ],
        [1, 2, 4, 3],
    ),
    (
        ("2029-06-26", "2029-06-27"),
        "Op de ochtend van 26 juni kwamen de ministers in besloten kring bijeen. In de middagsessie werd met de "
        "Oekraïense minister gesproken. Tijdens het aansluitende werkdiner lag de nadruk op het Midden-Oosten. De "
        "ochtendsessie van 27 juni was gewijd aan China.",
        ["Oekraïne", "Midden-Oosten", "China"],
        [(1, "2029-06-26", None), (2, "2029-06-26", "Werkdiner"), (3, "2029-06-27", None)],
        [1, 2, 3],
    ),
    (
        ("2033-02-09", "2033-02-10"),
        "Het programma van de bijeenkomst besloeg anderhalve dag. Na een bilateraal ontbijt met mijn Britse ambtgenoot "
        "begon op 9 februari de eerste werksessie. Een tweede sessie volgde in de namiddag. De dag werd besloten met een "
        "werkdiner. Op 10 februari vond de derde en laatste werksessie plaats, die over Oekraïne ging.",
        ["Cyber", "Oekraïne"],
        [
            (1, "2033-02-09", None),
            (2, "2033-02-09", None),
            (3, "2033-02-10", None),
            (4, "2033-02-09", "Werkdiner"),
        ],
        [None, 3],
    ),
    (
        ("2036-06-17", "2036-06-18"),
        "De bijeenkomst omvatte drie werksessies. De eerste en tweede vonden plaats op 17 juni, de derde een dag later. "
        "Daarnaast nam ik op de avond van 17 juni deel aan een diner van de leden van de JEF.",
        ["Werksessie 1: Capaciteiten", "Werksessie 2: Industrie", "Werksessie 3: Oekraïne"],
        [(1, "2036-06-17", "Capaciteiten"), (2, "2036-06-17", "Industrie"), (3, "2036-06-18", "Oekraïne")],
        [1, 2, 3],
    ),
    (
        ("2031-05-12", "2031-05-14"),
        "De ministers spraken op 12 mei tijdens een werkdiner over de dreiging. De volgende ochtend volgde een sessie "
        "over munitie, en de dag daarna werd de bijeenkomst besloten met een sessie over Moldavië.",
        ["Dreiging", "Munitie", "Moldavië"],
        [(1, "2031-05-12", "Werkdiner"), (2, "2031-05-13", None), (3, "2031-05-14", None)],
        [1, 2, 3],
    ),
]


@pytest.mark.parametrize(("days", "introduction", "headings", "expected", "numbers"), LETTERS)
def test_an_introduction_tells_the_sessions_their_days_and_their_topics(
    days, introduction, headings, expected, numbers
):
    meeting = ParsedMeeting("NAVO", ("ministers van Defensie",), *map(datetime.date.fromisoformat, days))
    blocks = [Block(introduction), *(Block(line) for heading in headings for line in (heading, TALK))]

    sessions, sections = find_sessions(
        find_outline(blocks, (), (meeting,), "nl", lambda heading: ()), (meeting,)
    )

    told = [(session.number, session.date and str(session.date), session.title) for session in sessions]
    assert (told, [section.session for section in sections[1:]]) == (expected, numbers)


# (lines below the introduction, the sessions)
IN_THE_TEXT = [
    (
        [
            "Werksessie I: Irak",
            "De eerste werksessie vond plaats op 13 mei.",
            "Werkdiner met de Europese Unie",
            "Het werkdiner diezelfde avond ging over samenwerking.",
            "Werksessie II: Kosovo",
            "De volgende ochtend kwamen de ministers bijeen met de landen die bijdragen.",
            "NAVO-Georgië Commissie",
            "Aansluitend vergaderde de commissie.",
        ],
        [
            (1, FIRST, "Irak"),
            (2, SECOND, "Kosovo"),
            (3, FIRST, "Werkdiner met de Europese Unie"),
            (4, SECOND, "NAVO-Georgië Commissie"),
        ],
    ),
    (
        [
            "Irak",
            "In de eerste werksessie, op 13 mei, spraken de ministers over Irak.",
            "Kosovo",
            "Tijdens de tweede werksessie diezelfde middag is stilgestaan bij Kosovo.",
            "Cyber",
            "In de derde werksessie, de volgende ochtend, spraken de ministers over cyber.",
        ],
        [(1, FIRST, None), (2, FIRST, None), (3, SECOND, None)],
    ),
    (
        [
            "Sessie 1 (13 mei): Irak",
            TALK,
            "Werkdiner (diezelfde avond): cyber",
            TALK,
            "Sessie 2, aansluitend: Kosovo",
            TALK,
        ],
        [(1, FIRST, "Irak"), (2, FIRST, "Kosovo"), (3, FIRST, "Werkdiner: cyber")],
    ),
    (
        ["Dag 1", "Sessie 1: Irak", TALK, "Dag 2", "Sessie 2: Kosovo", TALK, "NAVO-Rusland Raad", TALK],
        [(1, FIRST, "Irak"), (2, SECOND, "Kosovo"), (3, SECOND, "NAVO-Rusland Raad")],
    ),
    (
        [
            "Eerste gezamenlijke werksessie: Irak",
            TALK,
            "Gezamenlijk werkdiner",
            TALK,
            "Tweede en laatste sessie: Kosovo",
            TALK,
        ],
        [(1, None, "Irak"), (2, None, "Kosovo"), (3, None, "Gezamenlijk werkdiner")],
    ),
]


@pytest.mark.parametrize(("lines", "expected"), IN_THE_TEXT)
def test_the_text_below_the_introduction_tells_the_days_of_sessions(lines, expected):
    meeting = ParsedMeeting("NAVO", ("ministers van Defensie",), FIRST, SECOND)

    sessions, _ = find_sessions(
        find_outline([Block(line) for line in lines], (), (meeting,), "nl", lambda heading: ()), (meeting,)
    )

    assert [(session.number, session.date, session.title) for session in sessions] == expected


# (a heading, the number and the title of its session)
HEADS = [
    ("A. Eerste sessie: Irak", (1, "Irak")),
    ("1. Werksessie Irak", (None, "Werksessie Irak")),
    ("Werksessie (II): Irak", (2, "Irak")),
    ("Derde (en laatste) sessie: Irak", (3, "Irak")),
    ("Tweede zitting – Irak", (2, "Irak")),
    ("Gezamenlijke slotsessie", (None, "Gezamenlijke slotsessie")),
    ("13 mei, 14.00 uur: werksessie 1", (1, None)),
    ("Werklunch (dinsdag 13 mei)", (None, "Werklunch")),
    ("Werklunch (met partners)", (None, "Werklunch (met partners)")),
    ("13 mei: Irak", None),
    ("Zitting van het parlement", None),
]


@pytest.mark.parametrize(("heading", "expected"), HEADS)
def test_a_heading_opens_a_session_also_behind_a_number_a_letter_or_a_day(heading, expected):
    found = find_session_head(Block(heading))

    assert (found and (found.number, found.title)) == expected


def test_days_above_the_sessions_of_a_report_are_no_part_of_its_head_or_title():
    text = f"""28 676 NAVO
Nr. 999 BRIEF VAN DE MINISTER VAN DEFENSIE
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, 3 juni 2031
Hierbij bied ik u het verslag aan van de bijeenkomst van NAVO-ministers van Defensie op 13 en 14 mei 2031.
De Minister van Defensie, A.B. Verzonnen
Verslag van de bijeenkomst van NAVO-ministers van Defensie, 13 en 14 mei 2031
Dinsdag 13 mei
Ochtendsessie: Irak
{TALK}
Woensdag 14 mei
Slotsessie: Kosovo
{TALK}
"""

    letter = parse_letter([("brief.txt", text.encode())], {})

    assert [(session.date, session.title) for session in letter.sessions] == [
        (FIRST, "Ochtendsessie: Irak"),
        (SECOND, "Slotsessie: Kosovo"),
    ]


MEETING = ParsedMeeting("NAVO", ("ministers van Defensie",), FIRST, SECOND)

# (what the introduction tells, headings each with what stands below it, the sessions, the session of each heading)
BESIDE_HEADS = [
    # counted in one series with the sessions, so beside them; a meal that only the introduction tells holds a topic that says so
    (
        "De bijeenkomst kende twee werksessies, een werklunch en een bijeenkomst met de landen van de trainingsmissie in Mali.",
        [
            ("B. Eerste werksessie: munitie", TALK),
            ("C. Tweede werksessie: satellieten", TALK),
            ("D. Piraterij", "Tijdens de werklunch spraken de ministers over de Golf van Guinee."),
            ("E. Mali", TALK),
        ],
        [(1, "munitie"), (2, "satellieten"), (3, "Werklunch")],
        [1, 2, 3, None],
    ),
    # a session without text of its own holds what is counted below it
    (
        "De bijeenkomst kende twee sessies.",
        [("1. Sessie 1", ""), ("2. Munitie", TALK), ("3. Sessie 2", ""), ("4. Satellieten", TALK)],
        [(1, None), (2, None)],
        [1, 1, 2, 2],
    ),
    # the planning group meets beside the sessions, a council with partners as one of them
    (
        "In deze brief leest u over beide sessies, de vergadering van de Nucleaire Planninggroep en het werkontbijt.",
        [
            ("Sessie 1: munitie", TALK),
            ("Sessie 2: NAVO-Georgië Commissie", TALK),
            ("Nucleaire Planninggroep (NPG)", TALK),
            ("Ruimtevaart", "Het werkontbijt ging over satellieten."),
        ],
        [(1, "munitie"), (2, "NAVO-Georgië Commissie"), (3, "Werkontbijt")],
        [1, 2, None, 3],
    ),
    (
        "",
        [("Sessie 1: munitie", TALK), ("Sessie 2: satellieten", TALK), ("NAVO-Rusland Raad", TALK)],
        [(1, "munitie"), (2, "satellieten"), (3, "NAVO-Rusland Raad")],
        [1, 2, 3],
    ),
    # a lunch between sessions that are counted is none of them, one in their list is
    (
        "Er waren twee sessies: de eerste over munitie, de tweede over satellieten. Tussen de eerste en de tweede sessie was "
        "een lunch.",
        [("Sessie 1: munitie", TALK), ("Lunch met Jordanië", TALK), ("Sessie 2: satellieten", TALK)],
        [(1, "munitie"), (2, "satellieten")],
        [1, None, 2],
    ),
    (
        "Het programma bestond uit twee sessies, een lunch met Jordanië en een ceremonie.",
        [("Sessie 1: munitie", TALK), ("Lunch met Jordanië", TALK), ("Sessie 2: satellieten", TALK)],
        [(1, "munitie"), (2, "satellieten"), (3, "Lunch met Jordanië")],
        [1, 3, 2],
    ),
    # a working dinner of which the introduction tells nothing: not in the session above, and nobody knows in which
    (
        "",
        [
            ("Sessie 1: munitie", TALK),
            ("Piraterij", "Tijdens het werkdiner ging het over de Golf van Guinee."),
        ],
        [(1, "munitie")],
        [1, None],
    ),
]


@pytest.mark.parametrize(("introduction", "below", "expected", "numbers"), BESIDE_HEADS)
def test_a_topic_beside_heads_of_sessions_stands_in_the_session_that_it_tells_or_in_none(
    introduction, below, expected, numbers
):
    lines = [line for pair in [("", introduction), *below] for line in pair if line]

    outline = find_outline([Block(line) for line in lines], (), (MEETING,), "nl", lambda heading: ())
    sessions, sections = find_sessions(outline, (MEETING,))

    assert [(session.number, session.title) for session in sessions] == expected
    assert [section.session for section in sections if section.heading] == numbers


def test_a_heading_in_other_words_stands_in_the_session_of_which_the_introduction_names_its_topic():
    introduction = (
        "De eerste sessie ging over munitie. In de tweede sessie kwam het kandidaat-lidmaatschap aan de orde."
    )
    lines = [
        introduction,
        "Munitie",
        TALK,
        "Open deur",
        TALK,
        "Mali",
        "En marge van de bijeenkomst ging het over Mali.",
    ]

    def topics(text):
        return ("open-deur",) if "Open deur" in text or "kandidaat" in text else ()

    outline = find_outline([Block(line) for line in lines], (), (MEETING,), "nl", topics)
    _, sections = find_sessions(outline, (MEETING,), topics)

    assert [(section.heading, section.session) for section in sections[1:]] == [
        ("Munitie", 1),
        ("Open deur", 2),
        ("Mali", None),
    ]


def test_what_is_told_of_a_meal_behind_a_session_is_not_told_of_the_session():
    introduction = (
        "Op 13 mei werd in de eerste sessie over munitie gesproken, gevolgd door een werkdiner over satellieten. "
        "De tweede sessie was op 14 mei."
    )
    lines = [introduction, "Munitie", TALK, "Satellieten", TALK]

    outline = find_outline([Block(line) for line in lines], (), (MEETING,), "nl", lambda heading: ())
    sessions, sections = find_sessions(outline, (MEETING,))

    assert [(session.number, session.date, session.title) for session in sessions] == [
        (1, FIRST, None),
        (2, SECOND, None),
        (3, FIRST, "Werkdiner"),
    ]
    assert [section.session for section in sections[1:]] == [1, 3]


# (what the introduction tells, headings, the days of their sessions)
NAMED_HEADS = [
    (
        "De openingssessie vond plaats op 13 mei, de tweede sessie op 14 mei.",
        ["Openingssessie", "Tweede sessie"],
        [FIRST, SECOND],
    ),
    (
        "Op 13 mei was de avondzitting, en op 14 mei kwamen de ministers met Georgië bijeen in een ontbijtsessie.",
        ["Informele avondzitting", "Ontbijtsessie met Georgië"],
        [FIRST, SECOND],
    ),
    # two of one name, or days that nobody can tell apart
    (
        "De ochtendsessie was op 13 mei.",
        ["Ochtendsessie over munitie", "Ochtendsessie over cyber"],
        [None, None],
    ),
    (
        "Van de ochtendsessie van 13 mei of van 14 mei is geen verslag gemaakt.",
        ["Ochtendsessie", "Slotsessie"],
        [None, None],
    ),
]


@pytest.mark.parametrize(("introduction", "headings", "expected"), NAMED_HEADS)
def test_a_head_with_a_name_of_its_own_has_the_day_that_the_introduction_gives_that_name(
    introduction, headings, expected
):
    lines = [introduction, *(line for heading in headings for line in (heading, TALK))]

    outline = find_outline([Block(line) for line in lines], (), (MEETING,), "nl", lambda heading: ())
    sessions, _ = find_sessions(outline, (MEETING,))

    assert [session.date for session in sessions] == expected
