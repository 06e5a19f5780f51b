import json
import time
import tomllib
from pathlib import Path

import pytest

from letters.parsing.parsed_letter import (
    Moment,
    ParsedLetter,
    ParsedParagraph,
    ParsedSection,
    SectionKind,
    Signatory,
    Stance,
)
from letters.parsing.positions import find_positions
from letters.parsing.positions.rules import RULES_FOLDER, RulesError, read_rules

TESTS = Path(__file__).parent
SENTENCES = tomllib.loads((TESTS / "positions_held_out.toml").read_text(encoding="utf-8"))
FAMILIES = tomllib.loads((TESTS / "positions_families.toml").read_text(encoding="utf-8"))
GOLD_LETTERS = ["agenda-2023-11-28.json", "verslag-2021-03-23.json"]


def letter_of(*paragraphs, **section):
    section = {"heading": None, "kind": SectionKind.SESSION, **section}
    return ParsedLetter(
        sections=(ParsedSection(paragraphs=tuple(map(ParsedParagraph, paragraphs)), **section),)
    )


def positions_in(text):
    return find_positions(letter_of(text))


def stances_in(text):
    return sorted(position.stance for position in positions_in(text))


def gold_letter(gold):
    return ParsedLetter(
        signatories=tuple(Signatory(who["name"], who["office"], who["signs"]) for who in gold["signatories"]),
        sections=tuple(
            ParsedSection(
                heading=section["heading"],
                kind=SectionKind(section["kind"]),
                paragraphs=tuple(map(ParsedParagraph, section["paragraphs"])),
            )
            for section in gold["sections"]
        ),
    )


def folded(text):
    return " ".join(text.split())


def f1(found, wanted):
    right = len(found & wanted)
    return 2 * right / (len(found) + len(wanted))


# ------------------------------------------------------------------------------------------------------------ measured


@pytest.mark.parametrize("name", GOLD_LETTERS)
def test_the_positions_of_a_real_letter_are_those_that_a_person_marked(name):
    gold = json.loads((TESTS / "gold" / name).read_text(encoding="utf-8"))
    accepted = {folded(position["sentence"]): set(position["stance"]) for position in gold["positions"]}
    optional = {folded(sentence) for sentence in gold["optional"]}

    positions = find_positions(gold_letter(gold))

    found = {folded(position.sentence) for position in positions} - optional
    wrong = [p.sentence for p in positions if p.stance not in accepted.get(folded(p.sentence), {p.stance})]
    assert f1(found, set(accepted)) >= 0.97
    assert wrong == []


@pytest.mark.parametrize(("part", "floor"), [("develop", 0.98), ("aside", 0.97), ("wider", 0.98)])
def test_positions_are_found_in_other_letters_too(part, floor):
    wanted = {text for text, stances in SENTENCES[part] if stances}

    found = {text for text, _ in SENTENCES[part] if positions_in(text)}

    assert f1(found, wanted) >= floor


@pytest.mark.parametrize("part", ["develop", "aside", "wider"])
def test_the_stance_is_one_that_a_careful_reader_accepts(part):
    accepted = {text: set(stances.split()) for text, stances in SENTENCES[part] if stances}

    found = {text: set(stances_in(text)) for text in accepted}

    wrong = [text for text in accepted if not found[text] <= accepted[text]]
    assert len(wrong) <= 0.03 * len(accepted)


@pytest.mark.parametrize("family", [name for name in FAMILIES if name not in ("traps", "facts")])
def test_each_family_of_wording_is_recognised(family):
    accepted = {text: set(stances.split()) for text, stances in FAMILIES[family]}

    found = {text: set(stances_in(text)) for text in accepted}

    wanted = {text for text in accepted if accepted[text]}
    wrong = [text for text in wanted if not found[text] <= accepted[text]]
    assert f1({text for text in found if found[text]}, wanted) >= 0.93
    assert len(wrong) <= 0.02 * len(wanted)


@pytest.mark.parametrize("family", ["traps", "facts"])
def test_what_only_looks_like_a_position_is_passed_by(family):
    traps = [text for text, stances in FAMILIES[family] if not stances]

    taken = [text for text in traps if positions_in(text)]

    assert len(taken) <= 0.04 * len(traps)


@pytest.mark.parametrize(("text", "accepted"), SENTENCES["negated"])
def test_denial_and_condition_never_turn_a_position_round(text, accepted):
    found = stances_in(text)

    assert found != []
    assert set(found) <= set(accepted.split())


#: Present, past, participle, infinitive, preposition of the object, particle; and the stances that a denial excludes.
DENIED_VERBS = [
    ("steunt steunde gesteund steunen", "", "", "support"),
    ("verwelkomt verwelkomde verwelkomd verwelkomen", "", "", "support"),
    ("onderschrijft onderschreef onderschreven onderschrijven", "", "", "support"),
    ("aanvaardt aanvaardde aanvaard aanvaarden", "", "", "support"),
    ("juicht juichte gejuicht juichen", "", "toe", "support"),
    ("keurt keurde gekeurd keuren", "", "goed", "support"),
    ("stemt stemde gestemd stemmen", "met ", "in", "support"),
    ("pleit pleitte gepleit pleiten", "voor ", "", "call support"),
    ("dringt drong gedrongen dringen", "op ", "aan", "call support"),
    ("verwerpt verwierp verworpen verwerpen", "", "", "oppose"),
    ("wijst wees gewezen wijzen", "", "af", "oppose"),
    ("blokkeert blokkeerde geblokkeerd blokkeren", "", "", "oppose"),
    ("veroordeelt veroordeelde veroordeeld veroordelen", "", "", "condemnation oppose"),
    ("betreurt betreurde betreurd betreuren", "", "", "concern oppose"),
]
DENIALS = [
    "niet",
    "vooralsnog niet",
    "nog niet",
    "nooit",
    "evenmin",
    "op dit moment niet",
    "in deze vorm niet",
]
OBJECTS = ["dit voorstel", "het plan van de SG", "die conclusie", "dat besluit"]


def denied_sentences(forms, preposition, particle, denial, thing):
    present, past, participle, infinitive = forms.split()
    end = f" {particle}" if particle else ""
    te = f"{particle} te {infinitive}" if particle else f"te {infinitive}"
    what = preposition + thing
    main = f"{denial}{end} {what}" if preposition else f"{what} {denial}{end}"
    return [
        f"Nederland {present} {main}.",
        f"Daarom {present} het kabinet {main}.",
        f"{what.capitalize()} {present} de Nederlandse regering {denial}{end}.",
        f"Nederland heeft {what} {denial} {particle}{participle}.",
        f"Om deze reden heeft de minister van Defensie {what} {denial} {particle}{participle}.",
        f"Het kabinet zal {what} {denial} {particle}{infinitive}.",
        f"Nederland kan {what} {denial} {particle}{infinitive}.",
        f"Nederland wil {what} {denial} {particle}{infinitive}.",
        f"Nederland heeft aangegeven {what} {denial} {te}.",
        f"Ik gaf aan dat Nederland {what} {denial} {particle}{present}.",
        f"Ik heb meegedeeld dat het kabinet {what} {denial} zal {particle}{infinitive}.",
        f"De discussie was lang, waarbij Nederland {what} {denial} {particle}{past}.",
        f"Omdat Nederland {what} {denial} {particle}{present}, is de tekst aangepast.",
        f"Veel landen, waaronder Nederland, hebben {what} {denial} {particle}{participle}.",
        f"{what.capitalize()} wordt door Nederland {denial} {particle}{participle}.",
    ]


@pytest.mark.parametrize(("forms", "preposition", "particle", "excluded"), DENIED_VERBS)
def test_wherever_the_denial_stands_the_stance_of_the_verb_is_gone(forms, preposition, particle, excluded):
    sentences = [
        sentence
        for denial in DENIALS
        for thing in OBJECTS
        for sentence in denied_sentences(forms, preposition, particle, denial, thing)
    ]

    reversed_sentences = [text for text in sentences if set(stances_in(text)) & set(excluded.split())]

    assert reversed_sentences == []


# --------------------------------------------------------------------------------------------------- what is told of one


#: Sentence, subject, verb, moment, with others.
DETAILS = [
    ("Nederland riep op tot kalmte.", "Nederland", "riep op", "delivered", False),
    ("Nederland zal het belang van eenheid benadrukken.", "Nederland", "zal benadrukken", "planned", False),
    ("Het kabinet acht dit van groot belang.", "Het kabinet", "acht van groot belang", "stated", False),
    ("Daarom heeft ook Nederland om uitleg gevraagd.", "Nederland", "heeft gevraagd", "delivered", False),
    ("De kosten zijn hoog, maar wij steunen het.", "wij", "steunen", "stated", False),
    ("Nederland steunt dit voorstel niet.", "Nederland", "steunt niet", "stated", False),
    ("Nederland blijft erop aandringen.", "Nederland", "blijft aandringen", "stated", False),
    ("Nederland is gesprekken gestart.", "Nederland", "is gestart", "delivered", False),
    ("Nederland heeft begrip voor dit plan.", "Nederland", "heeft begrip", "stated", False),
    ("Nederland had begrip voor dit plan.", "Nederland", "had begrip", "delivered", False),
    ("Tien landen, waaronder Nederland, pleitten voor steun.", "Nederland", "pleitten", "delivered", True),
    ("De Benelux-landen steunen dit.", "De Benelux-landen", "steunen", "stated", True),
    ("Nederland en Duitsland steunden dit.", "Nederland", "steunden", "delivered", True),
    ("Nederland, als gastland, steunde dit.", "Nederland", "steunde", "delivered", False),
    ("Uw Kamer wordt hierover geïnformeerd.", "", "wordt geïnformeerd", "planned", False),
    ("Het kabinet is van plan de missie te verlengen.", "Het kabinet", "is van plan", "planned", False),
    ("Nederland is voornemens een fregat te sturen.", "Nederland", "is voornemens", "planned", False),
    ("Nederland gaat in Brussel pleiten voor spoed.", "Nederland", "gaat pleiten", "planned", False),
    ("Het kabinet zou graag zien dat dit lukt.", "Het kabinet", "zou graag zien", "stated", False),
    (
        "Door Nederland zal aandacht worden gevraagd voor tolken.",
        "Nederland",
        "zal worden gevraagd",
        "planned",
        False,
    ),
    (
        "Van Nederlandse zijde wordt gewezen op de kosten.",
        "Van Nederlandse zijde",
        "wordt gewezen op",
        "stated",
        False,
    ),
    ("Er is door Nederland op gewezen dat het duur is.", "Nederland", "is op gewezen", "delivered", False),
    (
        "De wens van Nederland was een korte missie.",
        "Nederland",
        "wens van Nederland was",
        "delivered",
        False,
    ),
    (
        "De wens van Nederland zal een korte missie zijn.",
        "Nederland",
        "wens van Nederland zal",
        "planned",
        False,
    ),
    ("Dit stemde het kabinet tevreden.", "het kabinet", "stemde het kabinet tevreden", "delivered", False),
    ("Samen met België steunde Nederland dit.", "Nederland", "steunde", "delivered", True),
    ("Net als Canada steunde Nederland dit.", "Nederland", "steunde", "delivered", True),
    ("Net als bij eerdere sessies steunde Nederland dit.", "Nederland", "steunde", "delivered", False),
    ("Nederland steunde dit, evenals veel bondgenoten.", "Nederland", "steunde", "delivered", True),
    ("Zowel Canada als Nederland steunden dit.", "Nederland", "steunden", "delivered", True),
    ("Landen als Canada en Nederland steunden dit.", "Nederland", "steunden", "delivered", True),
    (
        "Dit werd door veel landen, waaronder Nederland, gesteund.",
        "Nederland",
        "werd gesteund",
        "delivered",
        True,
    ),
    ("Nederland steunde dit als enige.", "Nederland", "steunde", "delivered", False),
    # the clause that is Dutch, in a sentence with another speaker
    (
        "Nederland steunde dit, terwijl Frankrijk uitstel bepleitte.",
        "Nederland",
        "steunde",
        "delivered",
        False,
    ),
    (
        "Frankrijk bepleitte uitstel, terwijl Nederland dit steunde.",
        "Nederland",
        "steunde",
        "delivered",
        False,
    ),
    ("Frankrijk bepleitte uitstel, maar Nederland steunde dit.", "Nederland", "steunde", "delivered", False),
    ("De SG stelde een fonds voor en Nederland steunde dit.", "Nederland", "steunde", "delivered", False),
    ("Waar Polen sancties wilde, steunde Nederland dit.", "Nederland", "steunde", "delivered", False),
    ("Nederland steunde dit; Polen wees het af.", "Nederland", "steunde", "delivered", False),
    (
        "Turkije wees dit af, maar Nederland en Spanje steunden het.",
        "Nederland",
        "steunden",
        "delivered",
        True,
    ),
    ("Nederland steunde de SG, die Rusland veroordeelde.", "Nederland", "steunde", "delivered", False),
    ("Nederland wil vervoer over grenzen binnen drie dagen.", "Nederland", "wil", "stated", False),
    ("Nederland wil een sterke Europese pijler.", "Nederland", "wil", "stated", False),
]


@pytest.mark.parametrize(("text", "subject", "verb", "moment", "with_others"), DETAILS)
def test_a_position_says_who_speaks_how_and_when(text, subject, verb, moment, with_others):
    [position] = positions_in(text)

    assert (position.subject, position.verb) == (subject, verb)
    assert (position.moment, position.with_others) == (Moment(moment), with_others)


def test_the_span_is_the_whole_sentence_in_its_paragraph():
    text = "De ministers spraken over Irak. Nederland steunde de missie in juli jl. volledig. Daarna volgde een diner."

    [position] = find_positions(letter_of("Een eerste alinea.", text))

    assert position.paragraph == 1
    assert text[position.start : position.end] == position.sentence
    assert position.sentence == "Nederland steunde de missie in juli jl. volledig."


def test_two_acts_in_one_sentence_are_two_positions_with_one_span():
    first, second = positions_in(
        "Nederland steunde het voorstel en riep de bondgenoten op het uit te voeren."
    )

    assert (first.stance, first.verb) == (Stance.SUPPORT, "steunde")
    assert (second.stance, second.verb) == (Stance.CALL, "riep op")
    assert (first.start, first.end) == (second.start, second.end)


def test_a_verb_of_saying_adds_nothing_to_another_act():
    assert stances_in("Nederland sprak zijn zorgen uit en gaf aan dat de kosten stijgen.") == ["concern"]
    assert stances_in("Nederland gaf aan dat de kosten stijgen.") == ["view"]


@pytest.mark.parametrize(
    ("text", "stance", "verb"),
    [
        ("Ik heb laten weten dat Nederland bereid is bij te dragen.", "action", "heb laten weten bereid is"),
        ("Ik kondigde aan dat Nederland vier tanks levert.", "action", "kondigde aan levert"),
        ("Ik zegde toe dat Nederland vier tanks zal leveren.", "action", "zegde toe leveren"),
        ("Ik kondigde aan dat Nederland het plan kan steunen.", "support", "kondigde aan steunen"),
        ("Ik gaf aan dat Nederland het plan niet steunt.", "oppose", "gaf aan niet steunt"),
        ("Ik gaf aan dat Nederland en Noorwegen het plan steunen.", "support", "gaf aan steunen"),
        ("Ik gaf aan dat Nederland meer moet leveren.", "view", "gaf aan"),
        ("Ik gaf aan dat Nederland meer zou kunnen leveren.", "view", "gaf aan"),
        ("Ik gaf aan dat bondgenoten het plan steunen.", "view", "gaf aan"),
    ],
)
def test_a_verb_of_saying_leaves_the_word_to_a_dutch_act_in_its_clause(text, stance, verb):
    [position] = positions_in(text)

    assert (position.stance, position.verb, position.subject) == (stance, verb, "Ik")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nederland diende een plan in.", ["action"]),
        ("Nederland diende een non-paper in.", ["proposal"]),
        ("Nederland zal een plan indienen en dit uw Kamer doen toekomen.", ["action", "promise"]),
        ("Nederland dient een plan in te dienen.", []),
        ("Nederland en Chili hebben Rusland aansprakelijk gesteld.", ["action"]),
        ("Nederland zal aan deze eis blijven vasthouden.", ["view"]),
    ],
)
def test_what_a_verb_means_depends_on_its_object_and_its_particle(text, expected):
    assert stances_in(text) == expected


def test_a_listed_verb_is_surer_than_one_that_the_rules_do_not_know():
    [listed] = positions_in("Nederland steunt de missie.")
    [unlisted] = positions_in("Nederland bezemt de zee.")

    assert (listed.rule, listed.confidence) == ("support.steunen", 0.9)
    assert (unlisted.rule, unlisted.confidence) == ("action.unlisted", 0.6)


# ------------------------------------------------------------------------------------------------------ who is the Dutch


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Jansen benadrukte dit.", ["view"]),  # signs the letter
        ("De minister van Defensie Jansen benadrukte dit.", ["view"]),
        ("Minister Kuleba benadrukte dit.", []),
        ("De minister van Defensie Umerov benadrukte dit.", []),
        ("De minister van Defensie van Oekraïne benadrukte dit.", []),
        ("De minister benadrukte dit.", ["view"]),
        ("De Deense minister sprak. De minister benadrukte dit.", []),
        ("De regering van Irak benadrukte dit.", []),
    ],
)
def test_a_minister_speaks_for_the_netherlands_only_if_he_is_dutch(text, expected):
    letter = letter_of(text)
    letter = ParsedLetter(
        signatories=(Signatory("A.B. Jansen", "minister van Defensie"),), sections=letter.sections
    )

    assert [position.stance for position in find_positions(letter)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De minister van Defensie lichtte dit toe. Hij riep op tot eenheid.", ["call", "view"]),
        ("De minister-president kwam. Daarbij riep hij op tot eenheid.", ["call"]),
        (
            "Minister Blok was er. Ook riep hij op tot eenheid. Hij veroordeelde de aanval.",
            ["call", "condemnation"],
        ),
        ("De minister was er. Zij riepen op tot eenheid.", []),
        ("De minister van Defensie sprak met de SG. Hij riep op tot eenheid.", []),
        ("De minister was er. De bondgenoten spraken. Hij riep op tot eenheid.", []),
        ("De SG lichtte dit toe. Hij riep op tot eenheid.", []),
        ("De Duitse minister was er. Hij riep op tot eenheid.", []),
    ],
)
def test_hij_is_a_dutch_minister_who_is_the_subject_of_the_sentence_before(text, expected):
    assert stances_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "De minister van Defensie is voornemens aan de top deel te nemen.",
        "De minister van Defensie is voornemens de vergadering bij te wonen.",
        "De minister van Defensie heeft het voornemen aan het overleg deel te nemen.",
        "De minister-president zal Nederland op de top vertegenwoordigen.",
        "Ik zal bij de lunch aanwezig zijn.",
        "De staatssecretaris van Defensie schuift aan bij het diner.",
        "De minister van Buitenlandse Zaken reist op 3 mei naar Brussel af.",
        "De minister van Defensie nam deel aan de bijeenkomst over de missie.",
    ],
)
def test_attending_a_meeting_is_no_position(text):
    assert positions_in(text) == ()


@pytest.mark.parametrize("section", [{"kind": SectionKind.ANNEX}, {"language": "en"}])
def test_annexes_and_other_languages_hold_no_dutch_positions(section):
    assert find_positions(letter_of("Nederland steunt de missie.", **section)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Steunt het kabinet de missie?",
        "De SG zei: “Nederland steunt de missie.”",
        "De missie (Nederland steunt deze) duurt een jaar.",
        "De missie duurt voort, aldus de minister van Turkije.",
    ],
)
def test_questions_and_the_words_of_others_are_no_positions(text):
    assert positions_in(text) == ()


def test_a_promise_is_made_to_the_kamer_only():
    assert stances_in("Het kabinet zal uw Kamer hierover informeren.") == ["promise"]
    assert stances_in("Nederland zegt Oekraïne extra steun toe.") == ["action"]
    assert stances_in("In deze brief informeer ik uw Kamer hierover.") == []
    assert stances_in("Uw Kamer is hierover geïnformeerd.") == []
    assert stances_in("Ik ben voornemens uw Kamer hierover te informeren.") == ["promise"]
    assert stances_in("Deze verklaring gaat u toe in de bijlage.") == []


# ------------------------------------------------------------------------------------------------------------- the rules


def copy_of_the_rules(folder, changes):
    for path in RULES_FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        for name, old, new in changes:
            assert path.stem != name or old in text
            text = text.replace(old, new, 1) if path.stem == name else text
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder


def test_a_verb_can_be_added_in_the_rules_alone(tmp_path):
    added = (
        'jubelen = { present = "jubel jubelt jubelen", past = "jubelde jubelden", participle = "gejubeld" }'
    )
    meaning = '{ verb = "verwelkomen" }'
    rules = copy_of_the_rules(
        tmp_path,
        [
            ("verbs", "[verbs]\n", f"[verbs]\n{added}\n"),
            ("meanings", meaning, meaning + ', { verb = "jubelen" }'),
        ],
    )

    found = read_rules(rules)

    assert [expression.stance for expression in found.expressions["jubelen"]] == [Stance.SUPPORT]
    assert [reading.verb for reading in found.participles["gejubeld"]] == ["jubelen"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('{ verb = "verwelkomen" }', '{ verb = "jubelen" }', r"support\.jubelen"),
        ('with = ["@zorg"]', 'with = ["@onrust"]', "onrust"),
        ('stance = "condemnation"', 'stance = "afkeuring"', "afkeuring"),
    ],
)
def test_what_cannot_be_in_the_rules_is_refused_by_name(tmp_path, old, new, message):
    rules = copy_of_the_rules(tmp_path, [("meanings", old, new)])

    with pytest.raises(RulesError, match=message):
        read_rules(rules)


def test_a_sentence_may_go_on_with_the_position_before_it_with_less_confidence():
    text = "Nederland benadrukt eenheid. Ten eerste is daarbij van belang dat wij leveren. Daarnaast is tempo essentieel."

    told, first, second = positions_in(text)

    assert (first.stance, first.verb, first.rule) == (Stance.VIEW, "is daarbij van belang", "view.vervolg")
    assert (second.stance, second.verb) == (Stance.VIEW, "is tempo essentieel")
    assert first.confidence == second.confidence < told.confidence


@pytest.mark.parametrize(
    "text",
    [
        "De SG benadrukt eenheid. Ten eerste is daarbij van belang dat landen leveren.",
        "Nederland benadrukt eenheid. De zaal was vol. Ten eerste is van belang dat landen leveren.",
        "Nederland benadrukt eenheid. Daarnaast is voor Frankrijk van belang dat landen leveren.",
        "Nederland levert een fregat. Daarnaast is van belang dat landen leveren.",
    ],
)
def test_a_sentence_goes_on_only_with_what_the_netherlands_thinks_right_before_it(text):
    assert [position.rule for position in positions_in(text) if position.rule == "view.vervolg"] == []


@pytest.mark.parametrize(
    "unit",
    [
        "Nederland ",
        "Nederland steunt ",
        "en Nederland, ",
        "waaronder Nederland, ",
        "uw Kamer wordt ",
        "'",
        "(",
        "A. ",
    ],
)
def test_a_hostile_paragraph_takes_bounded_time(unit):
    sentences = (unit * (1_490 // len(unit)) + ". De ") * 100
    unbroken = unit * (1_000_000 // len(unit))

    started = time.perf_counter()
    find_positions(letter_of(sentences, unbroken))

    assert time.perf_counter() - started < 10
