"""Where a letter speaks of an earlier commitment to parliament: it refers to one, or fulfils one.

A new promise is a position (``letters.parsing.positions.promises``). What allies promise each other, what the Netherlands pledges
to NATO or to Ukraine, and what members of parliament say of commitments are none of these. A sentence of which that is not
certain gives nothing.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from letters.parsing.citations.names import COMMITMENT, COMMITMENT_BEHIND, IN_DEBATE, OF_MEMBERS
from letters.parsing.dates import MONTHS
from letters.parsing.sentences import split_sentences

LONGEST_SENTENCE = 1200  # characters: what is longer is a table, or a list that lost its breaks
LONGEST_NAME = 200
#: At the end of a rule: the letter itself gives what was promised, "hierbij".
HANDED_OVER = ".hierbij"

SPEAKS_OF_COMMITMENT = re.compile(r"[Tt]oezegging|[Tt]oegezegd|\bzegden?\b")

# "de toezegging", "mijn toezeggingen"
_NOUN = r"[Tt]oezegging(?:en)?\b"
# Any words of the same clause; not over another's commitments
_SOME = r"(?:(?!bondgeno|lidstaten|\blanden\b)[^.;:!?]){0,120}?"
# "uw Kamer", "beide Kamers", "de vaste commissie voor Defensie", "het parlement"
_KAMER = (
    r"(?:(?:[Uu]w|[Dd]e|[Bb]eide)\s(?:Tweede\s|Eerste\s)?Kamers?"
    r"|(?:[Uu]w|[Dd]e)\s(?:vaste\s)?(?:Kamer)?commissies?\b(?!\sEuropese)|[Hh]et\sparlement|[Dd]e\sStaten-Generaal)\b"
)
# "aan het lid Belhaj", "aan de D66-fractie", "aan uw Kamer", "aan u", "richting de Kamer"
_TO_PARLIAMENT = rf"(?:aan|richting|jegens)\s(?:{OF_MEMBERS}|{_KAMER}|u\b|de\s(?:leden|fracties?)\b|de\s[\w/-]{{2,30}}-fracties?\b)"
# "in mijn brief van 3 mei", "in de geannoteerde agenda", "bij de beantwoording"
_WRITTEN = (
    r"(?:in|bij|met)\s(?:mijn|onze|de|het|een|haar|zijn)\s(?:eerdere\s|vorige\s)?"
    r"(?:brie(?:f|ven)|Kamerbrie(?:f|ven)|geannoteerde\sagenda|verslag|beantwoording|antwoord(?:en)?|kabinetsreactie)\b"
)
# "T03357", "TZ202403-123"
_NUMBER = r"\b(?:T[0O]\d{4}|TZ\d{6}-\d{1,3})\b"
_PARLIAMENT = rf"(?:{_TO_PARLIAMENT}|{IN_DEBATE}|{_WRITTEN}|{_NUMBER})"
_MONTH = "|".join(re.escape(month) for month in MONTHS if not month.endswith("."))
_ON_A_DAY = rf"(?:op|van|d\.d\.)\s\d{{1,2}}\s(?:{_MONTH})"

# Who speaks for the cabinet: "ik", "het kabinet", "de minister van Defensie", "mijn ambtsvoorganger"
_CABINET = (
    r"(?:ik|wij|het\s(?:demissionaire\s)?kabinet|de\sregering|(?:de|mijn)\s(?:toenmalige\s|vorige\s)?"
    r"(?:minister(?:-president)?s?|staatssecretaris|(?:ambts)?voorgang(?:st)?ers?|collega)|minister\s[A-Z]\w+)\b"
)

# "van Defensie": of a minister who is named by it; one "van Canada" promises another parliament
_OFFICE = r"(?:\svan\s(?:Defensie|Financiën|(?:Buitenlandse|Binnenlandse|Algemene|Economische)\sZaken|Justitie\sen\sVeiligheid))?"

#: The commitment of another, or to another: "hun toezeggingen", "toezeggingen van bondgenoten", "toezegging aan Oekraïne".
OF_OTHERS = re.compile(
    rf"""
    \b(?:[Hh]un|[Ee]lkaars|[Ii]eders|[Nn]ieuwe|[Ff]inanciële|[Mm]ilitaire|[Nn]ationale|Nederlandse)\s(?:\w+\s){{0,2}}{_NOUN}
    | {_NOUN}\s(?:van|door)\s(?!mij\b|ons\b|{_CABINET}|\d)
    | {_NOUN},?\s(?:gedaan\s)?(?:tijdens|op|in|bij)\s(?:de|een)\s(?:[\w-]+\s)?(?:[Tt]op|NAVO|bijeenkomst|ministeriële|vergadering)
    | {_NOUN},?\s(?:die|welke)\s(?:[A-Z]\w+|bondgenoten|landen|lidstaten)\b
    | (?:{_NOUN}|[Tt]oegezegd)\saan\s(?!{OF_MEMBERS}|{_KAMER}|u\b|de\s(?:leden|fracties?)\b|de\s[\w/-]{{2,30}}-fracties?\b)
    """,
    re.VERBOSE,
)
#: Words of members of parliament: "De leden van de D66-fractie vragen naar de toezegging …"
OF_MEMBERS_THEMSELVES = re.compile(
    r"^(?:Ook\s|Voorts\s|Verder\s|Daarnaast\s)?(?:[a-z]+\s)?(?:[Dd]e(?:ze)?|[Hh]et|[Dd]at|[Vv]oornoemde)\s"
    r"(?:aan\shet\swoord\szijnde\s)?(?:leden|lid|fracties?|heer|commissie|[\w/-]{2,30}-fractie)\b"
    r"(?!(?:\s[\w-]+){0,6}\s(?:is|heb|werd|was)\b)"
    r"|\b(?:vragen|vraagt|vroeg|vroegen|verzoeken|merken|constateren|lezen|herinneren)\s(?:(?:de(?:ze)?|het)\s(?:leden|lid|fractie)|zij\b)"
)

#: "Zoals toegezegd", "zoals ik tijdens het commissiedebat heb toegezegd", "conform hetgeen is toegezegd"
AS_PROMISED = re.compile(
    r"""
    \b(?:[Zz]oals|[Gg]elijk|[Aa]ls|[Cc]onform|[Oo]vereenkomstig)\s
    (?P<between>(?:(?!bondgeno|\blanden\b|Nederland\b)[^.;:!?,]){0,110}?)\btoegezegd\b
    """,
    re.VERBOSE,
)
#: Of "Zoals … toegezegd", when it says who did: "zoals het kabinet heeft toegezegd", not "zoals president Biden heeft toegezegd"
SAYS_WHO = re.compile(r"\b(?:heb|hebben|heeft|had|hadden)\b")
BY_US = re.compile(rf"\b(?i:{_CABINET})|\b(?:heb|hebben)\b")
#: What stands right behind "toegezegd" and says where or to whom
TOLD_WHERE = re.compile(
    r"\s(?:heb\b|is\b|had\b|heeft\b)?\s?(?:eerder\s)?(?P<where>(?:aan|tijdens|in|bij|op|uit|richting)\s)"
)
IN_PARLIAMENT = re.compile(rf"(?:{_PARLIAMENT}|{_ON_A_DAY})")
ANY_PARLIAMENT = re.compile(rf"(?:{_PARLIAMENT}|{_KAMER}|\bu\b)")
# ", waarover uw Kamer eerder is geïnformeerd": does not say to whom was promised
BESIDE_THE_POINT = re.compile(
    r",?\s\(?(?:waarover|hierover\sis|daarover\sis|zie)\b.{0,400}$|\([^()]{0,200}\)", re.DOTALL
)

#: "heb ik uw Kamer toegezegd", "heeft de minister tijdens het commissiedebat NAVO toegezegd", "Ik heb toegezegd uw Kamer te"
HAS_PROMISED = re.compile(
    rf"""
    \b(?:
        (?:heb|hebben|heeft|had|hadden)\s{_CABINET}
        | (?i:{_CABINET}){_OFFICE}\s(?:heb|hebben|heeft|had|hadden)
    )\s(?P<between>{_SOME})\b[Tt]oegezegd\b(?P<behind>[^.;:!?]{{0,120}})
    | \b(?:is|was|werd|zijn|wordt)\b{_SOME}(?:aan\s)?(?:{_KAMER}|{OF_MEMBERS}){_SOME}\btoegezegd\b  # "is uw Kamer toegezegd"
    | {_KAMER}\s(?:is|was|werd)\s(?:(?:eerder|reeds|al|ook|tevens|hierover|daarover)\s){{0,2}}toegezegd\b  # "Uw Kamer is toegezegd"
    | \b[Aa]an\s(?:{_KAMER}|{OF_MEMBERS}){_SOME}\b(?:is|heb|had|was|werd|heeft){_SOME}\btoegezegd\b  # "Aan het lid X is toegezegd"
    """,
    re.VERBOSE,
)
# "is uw Kamer geïnformeerd over de wapens die Duitsland heeft toegezegd": what the Kamer was told of is not what it was promised
OF_ANOTHER_VERB = re.compile(
    r"\b(?:geïnformeerd|ingelicht|bericht|gemeld|gesproken|geschreven|mede-?gedeeld|meegedeeld)\b"
)
# "toegezegd uw Kamer te informeren", "toegezegd dat ik de Kamer"
PROMISED_THE_KAMER = re.compile(
    rf"^,?\s(?:om\s|dat\s)?(?:ik\s|wij\s|hij\s|zij\s)?(?:nog\s|ook\s|hierop\s)?(?:{_KAMER}|u\b)"
)
#: "Tijdens het AO van 3 juni zegde ik toe", "zegde de minister uw Kamer toe", "De minister-president zegde uw Kamer toe"
PROMISED = re.compile(
    rf"\bzegden?\s{_CABINET}{_SOME}\btoe\b|\b(?i:{_CABINET}){_OFFICE}\szegden?\b{_SOME}\btoe\b"
)
#: "de toegezegde brief", "het toegezegde overzicht"; not "de toegezegde F-16’s"
PROMISED_PAPER = re.compile(
    r"\btoegezegde\s(?:[a-zë]+\s)?(?:[\w-]*brie(?:f|ven)|notitie|evaluatie|rapportage|informatie|(?:kabinets)?reactie|terugkoppeling"
    r"|analyse|planning|overzicht|verslag|stukken|beantwoording|appreciatie|toelichting|update|stand\svan\szaken)\b"
)

#: A commitment that is one to parliament, by what stands around the noun
OURS = re.compile(
    rf"""
    {_NOUN}{_SOME}{_PARLIAMENT}                                # "de toezegging gedaan tijdens het commissiedebat"
    | {_PARLIAMENT}{_SOME}\b(?:gedane|gegeven)\s(?:\w+\s)?{_NOUN}   # "de aan uw Kamer gedane toezegging"
    | {_PARLIAMENT}{_SOME}{_NOUN}\s(?:gedaan|deed)\b           # "in het AO heb ik de toezegging gedaan"
    | \b(?:[Mm]ijn|[Oo]nze)\s(?:\w+\s){{0,2}}{_NOUN}          # "mijn eerdere toezegging"
    | \bdoor\s(?:mij|ons|{_CABINET})\s(?:\w+\s)?(?:gedane|gegeven)\s{_NOUN}
    | {_NOUN}\s(?:die|welke)\s(?:ik|wij)\b
    | {_NOUN}\som\s(?:{_KAMER}|u)\b                            # "de toezegging om de Kamer te informeren"
    """,
    re.VERBOSE,
)
# "Met deze brief", "in dit verslag"
_IN_THIS_LETTER = (
    r"(?:[Mm]et|[Ii]n|[Vv]ia|[Mm]iddels)\s(?:deze|dit|onderhavige)\s"
    r"(?:brief|Kamerbrief|verslag|schrijven|geannoteerde\sagenda|agenda|rapportage|beantwoording)"
)
#: The letter itself: "Met deze brief", "hierbij"
THIS_LETTER = re.compile(
    r"\b(?:[Hh]ierbij|[Hh]iermee|[Bb]ij\sdezen?|[Bb]ijgaande?|[Bb]ijgevoegde?|[Oo]nderstaande?|[Aa]ls\sbijlage"
    rf"|[Ii]n\s(?:de|een)\sbijlage|[Vv]ia\sdeze\sweg|{_IN_THIS_LETTER})\b"
)
#: As THIS_LETTER, but nothing else can be meant: "hiermee" may be what was done.
SURELY_THIS_LETTER = re.compile(rf"\b{_IN_THIS_LETTER}\b")
#: What one does with what was promised: "informeer ik u hierbij", "treft u bijgaand aan"
HANDS_OVER = re.compile(
    r"\b(?:informe(?:er|ert|ren)|ontvangt|treft|tref|bied|biedt|bieden|stuur|stuurt|sturen|zend|zendt|zenden|doe|doen|ga|gaan|gaat|geef|geven|geeft"
    r"|licht|meld|melden|bericht|deel|delen|beantwoord|beantwoorden|vindt|kom|rapporteer|schets)\b"
)
#: Done with a commitment. Each with what it looks like.
FULFILLED = {
    # "voldoe ik aan de toezegging", "voldoet het kabinet hiermee aan de toezegging"
    "voldoen": re.compile(rf"\bvoldo(?:e|et|en)\b{_SOME}\baan\b{_SOME}{_NOUN}"),
    # "is voldaan aan de toezegging", "aan de toezegging … is hiermee voldaan", "waarmee aan de toezegging is voldaan"
    "voldaan": re.compile(rf"\bvoldaan\b{_SOME}\baan\b{_SOME}{_NOUN}|\baan\b{_SOME}{_NOUN}{_SOME}\bvoldaan\b"),
    # "kom ik tegemoet aan de toezegging", "kom ik aan de toezegging tegemoet"
    "tegemoetkomen": re.compile(
        rf"\b(?:kom|komt|komen)\b{_SOME}\btegemoet\b{_SOME}{_NOUN}|\b(?:kom|komt|komen)\b{_SOME}\baan\b{_SOME}{_NOUN}{_SOME}\btegemoet\b"
        rf"|{_NOUN}{_SOME}\btegemoet\s?gekomen\b|\btegemoet\s?gekomen\b{_SOME}{_NOUN}"
    ),
    # "doe ik de toezegging gestand", "doe ik gestand aan de toezegging", "de toezegging is gestand gedaan"
    "gestand doen": re.compile(
        rf"\b(?:doe|doet|doen|heb|hebben|is|zijn|wordt|worden)\b{_SOME}{_NOUN}{_SOME}\bgestand\b|\bgestand\b{_SOME}{_NOUN}|{_NOUN}{_SOME}\bgestand\sgedaan\b"
    ),
    # "doe ik de toezegging af", "is de toezegging afgedaan", "beschouw ik de toezegging als afgehandeld"
    "afdoen": re.compile(
        rf"\b(?:doe|doet|doen)\b{_SOME}{_NOUN}{_SOME}\baf\b|{_NOUN}{_SOME}\b(?:afgedaan|afgehandeld|afgerond|ingelost|nagekomen|uitgevoerd|ingevuld)\b"
        rf"|\b(?:ingelost|nagekomen|uitgevoerd|ingevuld)\b{_SOME}{_NOUN}"
        rf"|\bbeschouw(?:t|en)?\b{_SOME}{_NOUN}{_SOME}\bals\svoldaan\b"
    ),
    # "kom ik mijn toezegging na", "los ik de toezegging in"
    "nakomen": re.compile(rf"\b(?:kom|komt|komen|los|lossen)\b{_SOME}{_NOUN}{_SOME}\b(?:na|in)\b(?=[.,]?$|\som\b|\sdie\b)"),
    # "geef ik gevolg aan de toezegging", "geeft invulling aan mijn toezegging"
    "gevolg geven": re.compile(
        rf"\b(?:geef|geeft|geven|is|wordt|heb)\b{_SOME}\b(?:gevolg|invulling|uitvoering|gehoor|opvolging)\b{_SOME}\baan\b{_SOME}{_NOUN}"
        rf"|\b(?:geef|geeft|geven)\b{_SOME}\baan\b{_SOME}{_NOUN}{_SOME}\b(?:gevolg|invulling|uitvoering|gehoor|opvolging)\b"
    ),
    # "Ter voldoening aan de toezegging", "Ter uitvoering van mijn toezegging"
    "ter voldoening": re.compile(
        rf"\b[Tt]er\s(?:voldoening|nakoming|uitvoering|invulling|afdoening|inlossing)\b\s(?:aan|van)\s{_SOME}{_NOUN}"
    ),
}  # fmt: skip
#: Not done yet, or not done: such a sentence refers only. "om aan de toezegging te voldoen", "zal ik de toezegging afdoen"
NOT_DONE = re.compile(
    r"\b(?:zal|zullen|zou|zouden|wil|willen|hoop|hopen|hoopt|verwacht|voornemens|streef|streeft|kan|kunnen|moet|moeten|niet|geen|deels|gedeeltelijk)\b"
    r"|\bte\s(?:voldoen|komen|doen|geven|lossen)\b"
)
# The Netherlands pledges to allies; the cabinet promises to the Kamer: "Hiermee voldoet Nederland aan de toezegging"
OF_THE_COUNTRY = re.compile(
    rf"\bNederland\b(?!\s(?:in|zal|wil)\b){_SOME}{_NOUN}|{_NOUN}{_SOME}\bNederland\b{_SOME}\bgestand\b"
)
BY_THE_CABINET = re.compile(r"\b(?:[Ii]k|[Ww]ij)\b")


class MentionKind(StrEnum):
    REFERS = "refers"  # "Zoals toegezegd in het commissiedebat zal ik …"
    FULFILS = "fulfils"  # "Hiermee voldoe ik aan de toezegging aan het lid Belhaj."


@dataclass(frozen=True, slots=True)
class Mention:
    """A whole sentence at ``[start:end]`` of a paragraph that speaks of an earlier commitment to parliament.

    ``named`` is which one, in the letter's words, or "": "toegezegd in het commissiedebat Irak op 25 oktober jl.". ``rule`` says
    why the machine thinks so.
    """

    start: int
    end: int
    sentence: str
    kind: MentionKind
    named: str
    rule: str


def find_mentions(paragraph: str) -> tuple[Mention, ...]:
    """The sentences of a paragraph of a minister's letter that speak of earlier commitments, in order. Not for what a letter
    repeats of questions of the Kamer.
    """
    if not SPEAKS_OF_COMMITMENT.search(paragraph):
        return ()
    found = []
    for sentence in split_sentences(paragraph):
        text = " ".join(sentence.text.split())
        if (read := _read(text)) is not None:
            found.append(Mention(sentence.start, sentence.end, sentence.text, read[0], _named(text), read[1]))
    return tuple(found)


def _read(text: str) -> tuple[MentionKind, str] | None:
    """What a sentence does with an earlier commitment to parliament, and the rule by which; None when it does neither."""
    if (
        not SPEAKS_OF_COMMITMENT.search(text)
        or len(text) > LONGEST_SENTENCE
        or text.rstrip("”’\"')").endswith("?")
    ):
        return None
    if OF_MEMBERS_THEMSELVES.search(text):
        return None
    return _of_noun(text) or _of_verb(text)


def _of_noun(text: str) -> tuple[MentionKind, str] | None:
    """ "toezegging" and what is done with it."""
    if not re.search(_NOUN, text) or OF_OTHERS.search(text):
        return None
    is_ours = OURS.search(text) is not None
    done = next((name for name, pattern in FULFILLED.items() if pattern.search(text)), None)
    if done and not NOT_DONE.search(text) and (is_ours or _is_surely_ours(text, done)):
        return MentionKind.FULFILS, f"toezegging.{done}"
    if is_ours and not OF_THE_COUNTRY.search(text):
        return MentionKind.REFERS, "toezegging"
    return None


def _is_surely_ours(text: str, done: str) -> bool:
    """Whether a commitment of which is not said to whom it was made can only be one to the Kamer: "Met deze brief is voldaan aan
    de toezegging", "Hiermee doe ik de toezegging gestand", "Hiermee is de toezegging afgedaan".
    """
    if OF_THE_COUNTRY.search(text):
        return False
    if SURELY_THIS_LETTER.search(text):
        return True
    return THIS_LETTER.search(text) is not None and (
        BY_THE_CABINET.search(text) is not None or done in ("afdoen", "gestand doen")
    )


def _of_verb(text: str) -> tuple[MentionKind, str] | None:
    """ "toegezegd", "zegde toe" and "toegezegde"."""
    if OF_OTHERS.search(text):
        return None
    rule = _as_promised(text) or _has_promised(text) or _promised_paper(text)
    if rule is None:
        return None
    handed_over = THIS_LETTER.search(text) and HANDS_OVER.search(text) and not NOT_DONE.search(text)
    if handed_over and rule in ("zoals toegezegd", "toegezegde"):
        return MentionKind.FULFILS, f"{rule}{HANDED_OVER}"
    return MentionKind.REFERS, rule


def _as_promised(text: str) -> str | None:
    found = AS_PROMISED.search(text)
    if found is None:
        return None
    if SAYS_WHO.search(found["between"]) and not BY_US.search(found["between"]):
        return None
    behind = text[found.end() :]
    where = TOLD_WHERE.match(behind)
    if where is not None:
        told = IN_PARLIAMENT.match(behind, where.start("where"))
        return "zoals toegezegd" if told else None
    if IN_PARLIAMENT.search(found["between"]):
        return "zoals toegezegd"
    return "zoals toegezegd" if ANY_PARLIAMENT.search(BESIDE_THE_POINT.sub("", text)) else None


def _has_promised(text: str) -> str | None:
    found = HAS_PROMISED.search(text)
    if found is not None and not OF_ANOTHER_VERB.search(found["between"] or found.group()):
        if found["between"] is None:
            return "is toegezegd"
        around = text[: found.start()] + found["between"]
        if (
            re.search(_PARLIAMENT, around)
            or re.search(rf"{_KAMER}|{OF_MEMBERS}|\bu\b", found["between"])
            or PROMISED_THE_KAMER.match(found["behind"])
            or re.match(rf"\s{_PARLIAMENT}", found["behind"])
        ):
            return "heeft toegezegd"
    if PROMISED.search(text) and ANY_PARLIAMENT.search(BESIDE_THE_POINT.sub("", text)):
        return "zegde toe"
    return None


def _promised_paper(text: str) -> str | None:
    found = PROMISED_PAPER.search(text)
    if found is None:
        return None
    return "toegezegde" if ANY_PARLIAMENT.search(text) else None


def _named(text: str) -> str:
    """Which commitment it is, as far as the sentence says so."""
    found = COMMITMENT.search(text) or COMMITMENT_BEHIND.search(text) or re.search(_PARLIAMENT, text)
    return found.group()[:LONGEST_NAME] if found else ""
