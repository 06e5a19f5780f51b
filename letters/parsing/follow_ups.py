"""How much a later passage is about the same as an earlier promise: by the words that they share, without those that all have."""

from dataclasses import dataclass
from functools import lru_cache

from letters.parsing.folding import fold
from letters.parsing.likeness import STEM, content_words, shared_words

#: Words that every promise has, and every mention of one.
_PROMISING = """
    toezegging toezeggingen toegezegd toegezegde toezeg zegde gedaan gedane kamer kamers tweede eerste parlement uw
    brief brieven kamerbrief verslag agenda geannoteerde debat commissiedebat overleg algemeen wetgevingsoverleg notaoverleg
    vragenuur commissie vaste lid leden fractie heer mevrouw motie kamerstuk kamerstukken
    informeren informeer informeert geinformeerd ingegaan inga nader hiermee hierbij bijgaand zoals eerder reeds tevens hierop
    voldaan voldoe voldoet tegemoet kom komt komen gestand doe doet afgedaan gevolg invulling uitvoering beschouw terug
    ontvangt ontvangen sturen stuur zenden toekomen aanbieden bied treft graag spoedig binnenkort separaat separate afzonderlijke
    volgende volgend komende komend begin eind einde voor najaar voorjaar zomer zomerreces kerstreces jaar maand week weken maanden
    januari februari maart april mei juni juli augustus september oktober november december medio uiterlijk daarna zodra
    blijf blijft houden hoogte stand zaken nadere meer over worden conform overeenkomstig waarin waarbij waarover betreft
    regering kabinet bewindspersoon staatssecretaris defensie buitenlandse gaan gaat geven geef heb had ben zullen
"""
PROMISING = content_words(_PROMISING) | frozenset(fold(_PROMISING).split())
#: From here on two sentences on one topic may be about the same: two words, and 40 % of what the shorter one says.
#: "de uitkomsten van de evaluatie van de missie in Irak" – "de evaluatie van de missie in Irak": 1.0
#: "de kosten van de missie in Irak" – "de kosten van de oefening": 1 word, not proposed
SHARED, LIKENESS = 2, 0.4
#: Without a topic in common, as in an introduction, more must be the same.
SHARED_ELSEWHERE, LIKENESS_ELSEWHERE = 3, 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share`` of the words of the shorter one, 0 to 1; ``words`` that both have, as the later one writes them."""

    share: float
    words: tuple[str, ...]

    def is_enough(self, *, same_topic: bool) -> bool:
        words, share = (SHARED, LIKENESS) if same_topic else (SHARED_ELSEWHERE, LIKENESS_ELSEWHERE)
        return len(self.words) >= words and self.share >= share


@lru_cache(maxsize=8192)  # the same promises are looked at for every later passage
def telling_words(text: str) -> frozenset[str]:
    """The words of a promise, or of a passage that speaks of one, that say what it is about."""
    return frozenset(word for word in content_words(text) - PROMISING if not word.isdigit())


def likeness(promise: frozenset[str], mention: frozenset[str]) -> Likeness:
    """How alike two sentences are, by their ``telling_words``."""
    if len({word[:STEM] for word in promise} & {word[:STEM] for word in mention}) < SHARED:
        return Likeness(0.0, ())  # as most: words that are alike begin alike
    shared = tuple(sorted(word for word in mention if shared_words([word], promise)))
    shorter = min(len(promise), len(mention))
    return Likeness(min(len(shared) / shorter, 1.0) if shorter else 0.0, shared)
