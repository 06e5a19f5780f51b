"""A main clause around its finite verb, and which expression of the rules stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from letters.parsing.positions.expressions import Choice, Expression
from letters.parsing.positions.grammar import agrees, begins_clause, starts_with
from letters.parsing.positions.rules import Rules
from letters.parsing.positions.speakers import Speaker
from letters.parsing.positions.words import Word

#: No clause runs on for more words; bounds the work on hostile text.
LONGEST_CLAUSE = 120
_MARKS = {",", ";", ":"}
#: "…, net als de meeste andere bondgenoten uit het oosten, …"
_LONGEST_INSERTION = 12
#: Behind a particle that ends its clause, besides prepositions, adverbs and subordinate clauses.
_CLOSING = {",", ";", ":", "te", "en", "of", "maar"}
#: Before a noun these may stand, and still a "niet" behind them denies the verb: "daar niet voor", "er niet op".
_STRANDED = {"voor", "in", "aan", "op", "over"}
#: "steunt het besluit | om geen …", "pleit | ervoor geen …"
_BEGIN_OF_CONTENT = {
    ",",
    ":",
    "maar",
    "om",
    "ervoor",
    "erop",
    "ertoe",
    "ertegen",
    "hiervoor",
    "daarvoor",
    "hierop",
    "daarop",
}
_NEGATIVE_OPENERS = {"evenmin", "geenszins", "nooit", "nimmer", "geen"}


@dataclass(frozen=True)
class Clause:
    """A speaker and the words around the finite verb at ``finite``."""

    words: list[Word]
    speaker: Speaker
    rules: Rules

    @property
    def finite(self) -> int:
        return self.speaker.finite

    @property
    def verb(self) -> str:
        """The finite verb in lower case."""
        return self.words[self.finite].low

    @property
    def auxiliary(self) -> str | None:
        """ "perfect", "future" and so on for an auxiliary, None for a verb with a meaning of its own."""
        return self.rules.auxiliaries.get(self.verb)

    @property
    def is_past(self) -> bool:
        readings = self.rules.finite.get(self.verb, ())
        return bool(readings) and all(reading.past for reading in readings)

    @cached_property
    def front(self) -> range:
        """What stands before the verb if that is not the speaker: "Hiervoor | vraagt Nederland aandacht"."""
        start = self.finite
        while self.speaker.inverted and start > 0 and self.words[start - 1].low not in _MARKS:
            start -= 1
        return range(start, self.finite)

    @property
    def front_may_be_subject(self) -> bool:
        """Whether a noun phrase stands in front, not a time: "De resolutie | vraagt Nederland …"."""
        front = [self.words[place].low for place in self.front]
        return bool(front) and front[0] in self.rules.determiners and self.rules.times.isdisjoint(front)

    @cached_property
    def near(self) -> range:
        """From the finite verb to the first word of the first subordinate clause."""
        for place in range(self._body, self.far.stop):
            if self.words[place].low == ":" or self._begins_clause(place):
                return range(self.finite, place + 1)
        return self.far

    def _begins_clause(self, place: int) -> bool:
        return begins_clause(self.words, place, self._body, self.rules)

    @cached_property
    def far(self) -> range:
        """From the finite verb to the end of the sentence or to a semicolon."""
        last = min(len(self.words), self.finite + LONGEST_CLAUSE)
        end = next((place for place in range(self.finite, last) if self.words[place].low == ";"), last)
        return range(self.finite, end)

    @property
    def _body(self) -> int:
        """Behind the finite verb and the speaker, whichever comes last."""
        return max(self.finite + 1, self.speaker.end if self.speaker.inverted else 0)

    @property
    def _behind_insertion(self) -> int:
        """Behind "steunde, anders dan Frankrijk, | het voorstel niet"."""
        body = self._body
        if body >= self.far.stop or self.words[body].low != ",":
            return body
        inserted = range(body + 1, min(body + _LONGEST_INSERTION, self.far.stop))
        return next((place + 1 for place in inserted if self.words[place].low == ","), body)

    def with_finite(self, finite: int) -> "Clause":
        """The same speaker's next verb: "Nederland steunde … en riep … op"."""
        return Clause(self.words, replace(self.speaker, finite=finite, inverted=False), self.rules)

    def text_of(self, places: Iterator[int] | Sequence[int] | frozenset[int]) -> str:
        return " ".join(self.words[place].text for place in sorted(places))

    def names_companions(self) -> bool:
        """Whether others are named who do the same: "samen met Noorwegen"; not "net als bij eerdere vergaderingen"."""
        words, rules = self.words, self.rules
        for place in (*self.front, *range(self.finite), *self.near):
            phrase = next((p for p in rules.together if starts_with(words, place, p)), None)
            behind = words[place + len(phrase) : place + len(phrase) + 4] if phrase else []
            if behind and behind[0].low not in rules.prepositions - {"onder"}:
                named = takewhile(lambda word: word.low != ",", behind)
                if phrase[-1] == "benelux" or any(w.capital or w.low in rules.others for w in named):
                    return True
        return False

    def diminished(self, match: "Match") -> frozenset[int]:
        """The words that say that the match is hardly so: "heeft | weinig | waardering", "kan zich | nauwelijks | vinden"."""
        words, rules = self.words, self.rules
        told = [place for place in match.shown if place != self.finite]
        for place in self.near:
            for phrase in (*rules.diminishing, *rules.diminishing_verbs):
                behind = place + len(phrase)
                counts = behind in told or phrase in rules.diminishing_verbs
                if counts and place not in told and starts_with(words, place, phrase):
                    return frozenset(range(place, behind))
        return frozenset()

    def is_hedged(self, negation: int) -> bool:
        """ "Niet zonder meer", "niet onverdeeld": neither a yes nor a no."""
        return any(starts_with(self.words, negation + 1, phrase) for phrase in self.rules.hedging)

    def negation(self, match: "Match") -> int | None:
        """Where a "niet" or "geen" stands that denies the match; not "niet alleen", not "de niet aflatende"."""
        words, rules = self.words, self.rules
        if any(words[place].low in rules.negations for place in match.shown):
            return None  # "ziet geen noodzaak" has its meaning with the denial in it
        if self.front and words[self.front.start].low in _NEGATIVE_OPENERS:
            return self.front.start
        for place in self._denying_region(match):
            if words[place].low not in rules.negations:
                continue
            if any(starts_with(words, place + 1, phrase) for phrase in rules.not_negating):
                continue
            if words[place - 1].low in ("en", "of"):
                continue  # "steunt het doel en | niet de weg ernaartoe"
            if words[place].low != "niet" or not self._is_attributive(place):
                return place
        return None

    def _is_attributive(self, place: int) -> bool:
        """Whether the "niet" at ``place`` belongs to a noun: "de niet aflatende inzet"; not in "acht het niet verstandig"."""
        before = self.words[place - 1].low
        following = self.words[place + 1].low if place + 1 < len(self.words) else ""
        if before in ("het", "dit", "dat"):
            return following.endswith("e")
        return before in self.rules.determiners | (self.rules.prepositions - _STRANDED)

    def _denying_region(self, match: "Match") -> Iterator[int]:
        """From the finite verb to the main verb, or to where what is meant begins: "riep op | het verdrag niet op te zeggen"."""
        if match.main != self.finite and match.main in self.near:
            yield from range(self.finite + 1, match.main)
            return
        for place in range(self._behind_insertion, self.near.stop):
            low = self.words[place].low
            if low in _BEGIN_OF_CONTENT or low == "als" or self._begins_clause(place):
                break
            if place in match.shown and low.endswith(match.expression.particle or " "):
                break
            yield place
        if match.main != self.finite:
            yield from range(max(self._body, match.main - 2), match.main)


@dataclass(frozen=True, slots=True)
class Match:
    """An expression found: the places of the words that show it, the place of its verb, and how sure the place makes us."""

    expression: Expression
    shown: frozenset[int]
    main: int
    certainty: float = 1.0


def match_expression(clause: Clause, verbs: Sequence[str], main: int, particle: str = "") -> Match | None:
    """What a verb at ``main`` means here: the first expression whose words all stand in the clause.

    ``verbs`` are the verbs that the form may belong to, ``particle`` the one joined to it ("opgeroepen"). First the
    nearest clause is searched, then the whole sentence, for "heeft de voorstellen die … waren gedaan verwelkomd".
    """
    opener = set(clause.front) if len(clause.front) == 1 else set()
    for region, certainty in ((clause.near, 1.0), (clause.far, 0.9)):
        found = []
        for expression in (e for verb in verbs for e in clause.rules.expressions.get(verb, ())):
            shown = places_of(clause, expression, region, main, particle)
            if shown is not None and (expression.stance or region is clause.far):
                found.append(Match(expression, shown, main, certainty))
        if found:  # "Bezorgd is Nederland over …": what is put in front counts most
            return next((match for match in found if match.shown & opener), found[0])
    return None


def places_of(
    clause: Clause, expression: Expression, region: range, main: int, particle: str
) -> frozenset[int] | None:
    """Where the words of an expression stand in the region, or None if one is missing."""
    places = {main}
    if expression.particle and not particle:
        split = _split_particle(clause, expression.particle, region, main)
        if split is None:
            return None
        places.add(split)
    elif particle != expression.particle:
        return None
    searched = [*clause.front, *region]
    for choice in expression.shown:
        found = find_choice(clause.words, choice, searched)
        if not found:
            return None
        places |= found
    if any(find_choice(clause.words, choice, searched) for choice in expression.without):
        return None
    for choice in expression.about:
        if not find_choice(clause.words, choice, searched, compounds=True):
            return None
    return frozenset(places)


def find_choice(
    words: list[Word], choice: Choice, region: Sequence[int], *, compounds: bool = False
) -> set[int]:
    """The places of the first alternative in the region; at the end of a compound too ("F-16-coalitie") if asked."""
    beginnings = {words[place].low for place in region if 0 <= place < len(words)}
    for alternative in choice:
        if not compounds and alternative[0] not in beginnings:
            continue
        for place in region:
            if starts_with(words, place, alternative):
                return set(range(place, place + len(alternative)))
            if compounds and len(alternative[0]) >= 5 and words[place].low.endswith(alternative[0]):
                return {place}
    return set()


def _split_particle(clause: Clause, particle: str, region: range, main: int) -> int | None:
    """Where the particle of a split verb stands: "riep … op", or "op te roepen"."""
    words = clause.words
    if main != clause.finite:
        is_infinitive = main >= 2 and words[main - 1].low == "te" and words[main - 2].low == particle
        return main - 2 if is_infinitive else None
    end = next((place for place in region if place > main and _begins_next_verb(clause, place)), region.stop)
    places = [
        place
        for place in range(main + 1, end)
        if place in region and words[place].low == particle and _is_particle(clause, place)
    ]
    # "riep Rusland op | het verdrag niet op te zeggen": the last one, but rather not that of a further verb
    return max(places, key=lambda place: (not starts_with(words, place + 1, ("te",)), place), default=None)


def _begins_next_verb(clause: Clause, place: int) -> bool:
    """ "Stelde dit aan de orde | en riep Rusland op": from here on a particle belongs to the next verb."""
    is_joined = clause.words[place].low in ("en", "maar") and place + 1 < len(clause.words)
    return is_joined and agrees(clause.words, place + 1, clause.speaker.persons, clause.rules)


def _is_particle(clause: Clause, place: int) -> bool:
    """Whether "aan" belongs to the verb: "gaf aan dat", "biedt aan de eenheid te versterken"; not "steun aan Oekraïne"."""
    if closes(clause.words, place, clause.rules) or place == clause.finite + 1:
        return True
    to = next((p for p in range(place + 1, clause.far.stop) if clause.words[p].low == "te"), place)
    between = clause.words[place + 1 : to]
    return bool(between) and not any(
        word.low in clause.rules.complementisers | {"om", ","} for word in between
    )


def closes(words: list[Word], place: int, rules: Rules) -> bool:
    """Whether no noun follows: the clause ends here, or goes on with another phrase."""
    if place + 1 >= len(words):
        return True
    low = words[place + 1].low
    return (
        low in _CLOSING or low in rules.prepositions or low in rules.complementisers or low in rules.adverbs
    )
