"""Why a sentence was taken for a Dutch position, in words for a person who checks it."""

from letters.parsing.parsed_letter import Stance
from letters.parsing.positions.rules import Rules, load_rules

_PROMISE = "zegt de Kamer iets toe"
_UNLISTED = "unlisted"
_FOLLOW_ON = "vervolg"


def explanation(rule: str, stance: str, subject: str = "", verb: str = "") -> str:
    """One line of Dutch about a position: its words, who says them, and the rule that knows them.

    The arguments are those of a ``ParsedPosition``, also as stored. "‘acht van belang’ met ‘het kabinet’ als onderwerp;
    ‘achten’ met ‘van belang’: vindt of benadrukt".
    """
    words = f"‘{verb}’" if verb else "hele zin"
    who = f" met ‘{subject}’ als onderwerp" if subject else ""
    return f"{words}{who}; {_reason(rule, stance, load_rules())}"


def _reason(rule: str, stance: str, rules: Rules) -> str:
    of_rule, _, wording = rule.partition(".")
    meaning = _PROMISE if of_rule == Stance.PROMISE else rules.meanings.get(of_rule, of_rule)
    if of_rule != stance:
        meaning = f"{meaning}, hier ontkend of afgezwakt: {rules.meanings.get(stance, stance)}"
    if wording == _UNLISTED:
        return f"werkwoord dat de regels niet kennen: {meaning}?"
    if wording == _FOLLOW_ON:
        return f"gaat verder op het standpunt in de zin ervoor: {meaning}"
    verb, _, detail = wording.partition("+")
    if verb not in rules.infinitives:
        return f"vaste wending: {meaning}"
    with_words = f" met een woord als ‘{detail.replace('-', ' ')}’" if detail else ""
    return f"‘{verb}’{with_words}: {meaning}"
