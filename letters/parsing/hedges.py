"""Which topics an annotated agenda announces with a reservation: "Mogelijk komt ook Libië aan de orde".

Of such a topic nobody may say later that the report does not mention it. The reservation must be about the meeting treating
the topic, not about the world ("Rusland zal mogelijk aanvallen"), and about the topic, not a detail of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from letters.parsing.likeness import content_words
from letters.parsing.parsed_letter import ParsedSection, SectionKind
from letters.parsing.sentences import split_sentences

#: "Naar verwachting wordt gesproken over", "en mogelijk ook op het Midden-Oosten"; not "zo snel mogelijk", "waar mogelijk",
#: "de mogelijk betrokken landen", "voor zover mogelijk is", "wat mogelijk is".
ADVERB = re.compile(
    r"""
      (?<!\bzo\ )(?<!\bzoveel\ )(?<!\bwaar\ )(?<!\bde\ )(?<!\been\ )(?<!\bniet\ )(?<!\bzover\ )(?<!\bwel\ )
      (?<!\bhet\ )(?<!\bwat\ )\bmogelijk\b(?!\ (?:is|zijn|was|blijft|blijven|maakt|maken|te\ maken|gemaakt)\b)
    | \bmogelijkerwijs\b | \bnaar\ (?:alle\ )?(?:verwachting|waarschijnlijkheid)\b | \bnaar\ het\ zich\ (?:nu\ )?laat\ aanzien\b
    | \b(?:hoogst)?waarschijnlijk\b | \bvermoedelijk\b | \bwellicht\b | \bmisschien\b | \beventueel\b
    | \bonder\ (?:het\ )?voorbehoud\b | \b(?:voor\ zover|voorzover)\ (?:(?:nu|thans|op\ dit\ moment|momenteel)\ )?bekend\b
    | \bzou(?:den)?\b(?=.{0,150}\bkunnen\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: "staat, voor zover nu bekend, in het teken van": one clause
SET_OFF = re.compile(rf"\s{{0,3}}[,(]\s{{0,3}}({ADVERB.pattern})\s{{0,3}}[,)]", ADVERB.flags)
#: "zo snel mogelijk", "zo breed en zo snel mogelijk": a degree, no reservation.
DEGREE = re.compile(r"\b(?:zo ?veel|zo \w+|waar \w+) mogelijk\b", re.IGNORECASE)
#: "Het is nog niet bekend of Iran aan de orde komt", "De verwachting is dat": what follows is uncertain.
UNCERTAIN_WHETHER = re.compile(
    r"""
      \b(?:(?:nog|is|staat)\ (?:niet|onbekend|onzeker|onduidelijk)(?:\ (?:bekend|zeker|duidelijk|vast))?)\ of\b
    | \b(?:mogelijk|waarschijnlijk|verwachting\ is|verwacht(?:\ wordt)?|wordt\ verwacht|kans\ bestaat|niet\ uitgesloten)\ dat\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: "Indien Iran ter sprake komt, zal Nederland", "Mocht dit onderwerp aan bod komen", "kan ook Georgië aan de orde komen"
CONDITION = re.compile(
    r"\b(?:indien|mocht(?:en)?|als|wanneer|voor zover|voorzover|kan|kunnen)\b", re.IGNORECASE
)

#: "aan de orde komen", both words in one clause; not "is voor Nederland niet aan de orde"
UP = re.compile(r"\b(?:aan de orde|aan bod|ter sprake|ter tafel|op tafel)\b", re.IGNORECASE)
COMES = re.compile(r"\b(?:kom(?:t|en)|gesteld|stellen|brengen|gebracht)\b", re.IGNORECASE)
#: "wordt gesproken over", "zal worden stilgestaan bij", "staat op de agenda", "staat in het teken van", "richt zich op"
IS_TREATED = re.compile(
    r"""
      \b(?:gesproken|besproken|stilgestaan|ingegaan|behandeld|geagendeerd|bespreking|gespreksonderwerp)\b
    | \bgedachten\ (?:worden\ )?gewisseld\b | \bgedachtewisseling\b
    | \b(?:op\ de\ agenda|in\ het\ teken)\b | \bagenda\ (?:\w+\ )?(?:omvat|bevat|bestaat|telt)\b
    | \baandacht\ (?:\w+\ ){0,2}(?:zijn|uitgaan|uitgaat|besteed|uit)\b | \bgericht\ op\b | \bricht(?:en)?\ zich\b
    | \bzal\ zich\ (?:\w+\ ){0,8}richten\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: "De ministers spreken over", "bondgenoten staan stil bij": only where those who meet do so
TREATS = re.compile(
    r"\b(?:spreken|spreekt|bespreken|bespreekt|stilstaan|ingaan|staan .{0,150}\bstil|gaan .{0,150}\bin op|gedachten wisselen)\b",
    re.IGNORECASE,
)
WHO_MEET = re.compile(
    r"\b(?:ministers|bewindslieden|bondgenoten|leiders|regeringsleiders|staatshoofden|raad|nar|top|bijeenkomst|sessie|werksessie|"
    r"diner|werkdiner|lunch|werklunch|vergadering|ambtgenoten|collega['’]s|lidstaten|fmm|dmm|nuc)\b",
    re.IGNORECASE,
)
#: "Nederland zal mogelijk met Litouwen spreken": the Netherlands, not the meeting; "met uw Kamer": not at the meeting
NOT_THE_MEETING = re.compile(
    r"\b(?:nederland|nl|het (?:demissionaire )?kabinet|de regering|ik|wij|secretaris-generaal|sg|kamer)\b",
    re.IGNORECASE,
)
#: "begint waarschijnlijk met een bijeenkomst van de NUC", "zullen er mogelijk bijeenkomsten zijn van", "vindt plaats"
MEETS = re.compile(
    r"""
      \bbegin(?:t|nen)\b.{0,150}\bmet\b | \bplaatsvinden\b | \bvind(?:t|en)\b.{0,150}\bplaats\b | \bbijeen(?:komen|gekomen)\b
    | \bkom(?:t|en)\b.{0,150}\bbijeen\b | \b(?:bijeenkomst(?:en)?|sessies?|diner|lunch)\ (?:zijn|gehouden|belegd)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

#: "zal naar verwachting met name worden gesproken over": certain is that it is treated, not what gets most attention
DETAIL = re.compile(r"\b(?:vooral|met name|in het bijzonder|onder (?:andere|meer))\b", re.IGNORECASE)
#: "de Westelijke Balkan en mogelijk ook": what stands in front is certain
COORDINATED = re.compile(r"\b(?:en|of|maar|alsook|evenals|daarnaast)\s*$", re.IGNORECASE)
#: "de steun, die mogelijk groeit", "hoe dialoog mogelijk blijft": what follows is not about the meeting
SUBORDINATES = re.compile(r"\b(?:die|dat|waar\w*|hoe|welke?|wie|wat|of|om|omdat|nu|zodat)\b", re.IGNORECASE)
CLAUSE_BREAK = re.compile(r"[,;:()]| [–—-] ")

#: "Midden-Oosten (mogelijk)", "Kosovo (onder voorbehoud)", "Eventueel: Libië"; not "Mogelijke toetreding"
HEDGED_HEADING = re.compile(
    r"""
      \((?:[^()]*\b)?(?:mogelijk|eventueel|wellicht|onder\ voorbehoud|naar\ verwachting|t\.?b\.?c\.?|nog\ niet\ bevestigd
        |indien\ \w+)\b[^()]*\)
    | ^(?:mogelijk|eventueel|wellicht)\s*[:–-]
    | ,\ (?:mogelijk|eventueel|onder\ voorbehoud)$
    | \btbc\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

#: "De agenda staat nog niet vast", "is nog geen formele agenda bekend"; not "staat nog niet op de agenda"
AGENDA = re.compile(
    r"(?<!\bop de )(?<!\bop de definitieve )\b(?:concept)?(?:agenda|programma)\b", re.IGNORECASE
)
NOT_SETTLED = re.compile(
    r"\bnog (?:niet|geen)\b|\bonder voorbehoud\b|\bkan nog (?:wijzigen|veranderen|worden)\b|\bstaat niet vast\b"
    r"|\bvoorlopige? (?:agenda|programma)\b",
    re.IGNORECASE,
)
#: "Naar verwachting worden vier onderwerpen besproken", "zullen de volgende onderwerpen aan de orde komen", "telt drie onderdelen"
LISTED = re.compile(
    r"\b(?:volgende|onderstaande|hieronder genoemde|twee|drie|vier|vijf|zes|zeven|acht|\d+) (?:\w+ )?"
    r"(?:onderwerpen|agendapunten|thema['’]s|punten|(?:werk)?sessies|onderdelen)\b",
    re.IGNORECASE,
)
#: "De agenda ervan": of what the sentence before speaks of
OF_IT = re.compile(r"\b(?:ervan|daarvan|hiervan)\b", re.IGNORECASE)
#: "Deze moeten nog door Rusland worden bevestigd"
UNCONFIRMED = re.compile(r"\bnog (?:\w+ ){0,6}?bevestigd\b", re.IGNORECASE)


#: Without one of these there is no reservation: of the adverbs, of uncertainty whether, and of coming up on a condition.
TRIGGERS = (
    "mogelijk", "verwacht", "waarschijnlijk", "aanzien", "vermoedelijk", "wellicht", "misschien", "eventueel", "voorbehoud",
    "bekend", "zouden", "zou ", "onzeker", "onduidelijk", "nog niet", "is niet", "staat niet", "kans bestaat", "uitgesloten",
    "aan de orde", "aan bod", "ter sprake", "ter tafel", "op tafel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Hedge:
    """What a sentence says with a reservation about what is treated. ``about``: the words that may name it."""

    about: str
    is_partial: bool = False  # of a part of what is treated, or of what gets most attention


def with_hedges(sections: Sequence[ParsedSection], cover: Sequence[str] = ()) -> tuple[ParsedSection, ...]:
    """Mark the topics of an annotated agenda that it announces with a reservation.

    A topic's own heading or text may say so, or what stands above it: the introduction, its session, the cover letter
    (``cover``). What holds for a session, or for the agenda as a whole, holds for all topics below.
    """
    hedged = {number for number, section in enumerate(sections) if _hedges_itself(section)}
    headings = [content_words(section.heading or "") for section in sections]
    hedged |= _hedged_from_above(cover, headings, range(len(sections)))
    above = {section.parent for section in sections}
    for number, section in enumerate(sections):
        if section.kind in {SectionKind.INTRODUCTION, SectionKind.SESSION}:
            opens_letter = number == 0 and 0 not in above
            below = [
                other
                for other, one in enumerate(sections)
                if opens_letter
                or (one.parent == number if section.session else one.meeting == section.meeting)
            ]
            hedged |= _hedged_from_above(
                [paragraph.text for paragraph in section.paragraphs], headings, below
            )
    for number, section in enumerate(sections):
        if section.parent in hedged:
            hedged.add(number)
    treated = {SectionKind.AGENDA_TOPIC, SectionKind.SESSION}
    return tuple(
        replace(section, is_hedged=True) if number in hedged and section.kind in treated else section
        for number, section in enumerate(sections)
    )


def _hedges_itself(section: ParsedSection) -> bool:
    """Whether its heading has a reservation, or the first sentence that says what is treated, or one that names it."""
    if HEDGED_HEADING.search(section.heading or ""):
        return True
    if section.kind not in {SectionKind.AGENDA_TOPIC, SectionKind.SESSION}:
        return False
    heading = content_words(section.heading or "")
    texts = [paragraph.text for paragraph in section.paragraphs]
    for number, text in enumerate(texts):
        if not may_hedge(text):
            continue
        sentences = list(_sentences([text]))
        for place, sentence in enumerate(sentences):
            hedge = hedge_in(sentence)
            if hedge is None:
                continue
            if heading and heading <= content_words(hedge.about):
                return True
            before = (*_sentences(texts[:number]), *sentences[:place])
            if not hedge.is_partial and not any(map(says_what_is_treated, before)):
                return True
    return False


def _hedged_from_above(
    texts: Sequence[str], headings: Sequence[frozenset[str]], below: Iterable[int]
) -> set[int]:
    """The sections that these texts name with a reservation; or all ``below``, where it is about the agenda itself.

    ``headings`` are the content words of every section's heading.
    """
    if not any(may_hedge(text) or AGENDA.search(text) for text in texts):
        return set()
    found: set[int] = set()
    before = ""
    for sentence in _sentences(texts):
        whole, hedge = leaves_agenda_open(sentence, before), hedge_in(sentence)
        about = content_words(sentence if whole else hedge.about if hedge else "")
        named = {number for number, heading in enumerate(headings) if heading and heading <= about}
        if whole and not named:
            named = set(below)
        found |= named
        before = sentence
    return found


def hedge_in(sentence: str) -> _Hedge | None:
    """What a sentence says with a reservation about what the meeting treats, or ``None``."""
    if not may_hedge(sentence):
        return None
    plain = SET_OFF.sub(r" \1", DEGREE.sub(" ", sentence))
    if (whether := UNCERTAIN_WHETHER.search(plain)) and says_what_is_treated(plain[whether.end() :]):
        return _Hedge(plain[whether.end() :])
    for clause in CLAUSE_BREAK.split(plain):
        if (condition := CONDITION.search(clause)) and _comes_up(clause):
            behind = clause[condition.end() :]
            return _Hedge(clause if UP.match(behind.strip()) else behind)  # "Ook Iran kan aan de orde komen"
        adverb = ADVERB.search(clause)
        if adverb is None or not says_what_is_treated(clause):
            continue
        before, behind = clause[: adverb.start()], clause[adverb.end() :]
        if says_what_is_treated(before) and SUBORDINATES.search(before):
            continue
        if COORDINATED.search(before):
            return _Hedge(plain[plain.find(adverb.group()) :], is_partial=True)
        return _Hedge(plain, is_partial=bool(DETAIL.match(behind.strip())))
    return None


def may_hedge(text: str) -> bool:
    """Whether a text can have a reservation at all: some microseconds, before its sentences are split."""
    folded = text.casefold()
    return any(word in folded for word in TRIGGERS)


def says_what_is_treated(clause: str) -> bool:
    """Whether a clause says what a meeting treats, and not what one country or person does."""
    if _comes_up(clause) or MEETS.search(clause):
        return True
    if NOT_THE_MEETING.search(clause):
        return False
    return bool(IS_TREATED.search(clause) or (TREATS.search(clause) and WHO_MEET.search(clause)))


def _comes_up(clause: str) -> bool:
    return bool(UP.search(clause) and COMES.search(clause))


def leaves_agenda_open(sentence: str, before: str = "") -> bool:
    """Whether a sentence of the introduction has a reservation about the agenda as a whole; ``before`` stands before it."""
    if ADVERB.search(sentence) and LISTED.search(sentence):
        return True
    if not (AGENDA.search(sentence) and NOT_SETTLED.search(sentence)):
        return False
    return not (OF_IT.search(sentence) and (ADVERB.search(before) or UNCONFIRMED.search(before)))


def _sentences(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (sentence.text for sentence in split_sentences(text))
