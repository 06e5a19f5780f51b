"""In which language a paragraph stands. Letters are full of English terms, so only its small words count."""

import re

_WORD = re.compile(r"[a-zà-ÿ]+")
_DUTCH = """
    de het een en van in op te dat die is zijn wordt worden werd met voor niet aan ook als bij door naar over
    om uit tot deze dit heeft hebben zal zullen er maar nog of dan onder tijdens tussen haar hun uw ik wij u
    kan kunnen moet moeten waarin hierbij
"""
_ENGLISH = """
    the of and to that is are for with by on as our we will be this from have has its their at an which who or
    not all including against more through these those been it us must shall also any into other was were
"""
# Words that both languages have say nothing
_BOTH = {"of", "is", "in", "was", "we", "over", "under"}
DUTCH = frozenset(_DUTCH.split()) - _BOTH
ENGLISH = frozenset(_ENGLISH.split()) - _BOTH


def language_of(text: str) -> str | None:
    """Return "nl" or "en", or ``None`` when there are too few small words to say."""
    words = _WORD.findall(text.lower())
    dutch = sum(word in DUTCH for word in words)
    english = sum(word in ENGLISH for word in words)
    if dutch + english < 2 or dutch == english:
        return None
    if dutch > english:
        return "nl" if dutch >= 2 * english else None
    return "en" if english >= 2 * dutch else None
