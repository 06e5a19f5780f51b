"""Words that stand in nearly every paragraph, which PostgreSQL leaves out of its indexes: a query of these alone asks nothing.

Beside other words it drops them by itself. Without others, nothing would be found and nobody told why.
"""

import re

from letters.search.query import Term, TypedQuery

_DUTCH = """
    aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge
    geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me
    meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds te tegen toch toen
    tot u uit uw van veel voor want waren was wat werd wezen wie wil worden wordt zal ze zelf zich zij zijn zo zonder
    zou
"""
_ENGLISH = """
    a about above after again against all am an and any are as at be because been before being below between both
    but by can did do does doing don down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours ourselves out over own s same she should so some such t than that the their theirs
    them themselves then there these they this those through to too under until up very was we were what when where
    which while who whom why will with you your yours yourself yourselves
"""
#: As in ``tsearch_data/dutch.stop`` and ``english.stop`` of PostgreSQL; a test holds them against the server's.
STOP_WORDS = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
_WORD = re.compile(r"[^\W_]+")


def counting(typed: TypedQuery) -> TypedQuery:
    """The query without what asks nothing: stop words with a minus, and those without when there is nothing but them."""
    stopped = _stopped(typed.terms)
    excluded = tuple(term for term in typed.excluded if not _stopped([term]))
    return TypedQuery(() if stopped else typed.required, excluded)


def uncounted(typed: TypedQuery) -> list[str]:
    """The words that ``counting`` leaves out, in small letters, each once."""
    terms = typed.terms if _stopped(typed.terms) else []
    terms += [term for term in typed.excluded if _stopped([term])]
    return list(dict.fromkeys(word for term in terms for word in _words(term)))


def _stopped(terms: list[Term]) -> bool:
    """Whether all of these are stop words of one language. "IT" in capitals is a word to a Dutch text, and "the" is none."""
    if not terms or any(term.is_prefix for term in terms):
        return False
    words = [word for term in terms for word in _words(term)]
    if STOP_WORDS["nl"].issuperset(words):
        return True
    return STOP_WORDS["en"].issuperset(words) and not any(_is_abbreviation(term) for term in terms)


def _is_abbreviation(term: Term) -> bool:
    return not term.is_phrase and len(term.text) > 1 and term.text.isupper()


def _words(term: Term) -> list[str]:
    return [word.lower() for word in _WORD.findall(term.text)]
