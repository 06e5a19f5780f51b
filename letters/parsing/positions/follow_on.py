"""Sentences that go on with what the Netherlands thinks without naming it: "Ten eerste is daarbij van belang dat …"."""

from letters.parsing.parsed_letter import Moment, Stance
from letters.parsing.positions.acts import Act
from letters.parsing.positions.grammar import starts_with
from letters.parsing.positions.rules import Rules
from letters.parsing.positions.words import Word

#: Lower than that of any sentence which names the Netherlands: a person has to look.
_CONFIDENCE = 0.5
#: Behind what the Netherlands wants or thinks more of it may follow; not behind what it does.
_GO_ON = {Stance.VIEW, Stance.CALL, Stance.SUPPORT, Stance.CONCERN}


def find_follow_on(words: list[Word], previous: list[Act], rules: Rules) -> Act | None:
    """The view that a sentence adds to the Dutch position right before it; None where somebody else is named."""
    told = next((act for act in previous if act.stance in _GO_ON), None)
    if told is None or not any(starts_with(words, 0, opener) for opener in rules.follow_on_openers):
        return None
    if any(word.low in rules.others for word in words[: _behind(words, rules)]):
        return None
    line = "".join(f"{word.low} " for word in words)
    match = rules.follow_on_judgement.search(line)
    if match is None:
        return None
    first = line.count(" ", 0, match.start())
    shown = words[first : first + len(match.group().split())]
    verb = " ".join(word.text for word in shown)
    return Act(Stance.VIEW, verb, "", "view.vervolg", _CONFIDENCE, Moment.STATED)


def _behind(words: list[Word], rules: Rules) -> int:
    """Where the first subordinate clause begins: only in front of it somebody could be the one who finds it important."""
    return next(
        (i for i, word in enumerate(words) if i and word.low in rules.complementisers | {"om"}), len(words)
    )
