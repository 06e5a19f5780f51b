"""How the API spells the keys of the query string, and what a query string of the API must be.

The pages write ``briefdatum-van``; the API Design Rules want ``briefdatumVan``. That is the whole difference in spelling. The
API is stricter: what a form may leave empty, and what newsletters hang on links, is an error here.
"""

import re

from django.http import QueryDict
from django.utils.translation import gettext as _

from letters.api.problems import InvalidQuery, WrongParameter
from letters.filters import Query, choices
from letters.filters.fields import MAX_SHOWN, MAX_VALUES
from letters.filters.query import FORMAT

#: The "-v" of "briefdatum-van".
HYPHEN = re.compile(r"-([a-z])")


def api_key(page_key: str) -> str:
    return HYPHEN.sub(lambda found: found[1].upper(), page_key)


def keys(query_class: type[Query]) -> dict[str, str]:
    """The keys that may be asked in the API, each with that of the pages. Files are asked of the pages: no ``format``."""
    return {api_key(key): key for key in query_class.base_filters if key != FORMAT}


def read(query_class: type[Query], given: QueryDict, path: str = "") -> Query:
    """The query of a list. Raises ``InvalidQuery`` with everything that is wrong, each with its key."""
    known = keys(query_class)
    wrong, asked = [], QueryDict(mutable=True)
    for key, values in given.lists():
        if key not in known:
            wrong.append(WrongParameter(_shown(key), "onbekend", _unknown(key, known)))
        elif any(not value.strip() for value in values):
            message = _("De sleutel %(key)s is leeg. Geef een waarde, of laat de sleutel weg.") % {"key": key}
            wrong.append(WrongParameter(key, "leeg", message))
        elif len(values) > MAX_VALUES:
            message = _("De sleutel %(key)s staat er %(number)s keer. Mogelijk is hooguit %(most)s keer.")
            message %= {"key": key, "number": len(values), "most": MAX_VALUES}
            wrong.append(WrongParameter(key, "ongeldig", message))
        else:
            asked.setlist(known[key], values)
    query = query_class(asked, path=path)
    for key, errors in query.errors.as_data().items():
        wrong += [
            WrongParameter(api_key(key), "ongeldig", message)
            for error in errors
            for message in error.messages
        ]
    # A query without a word in it ("-") asks for everything in the order of lists, as on the pages.
    if not wrong and asked.get("sorteer") == choices.RELEVANCE and "q" not in asked:
        message = _("Op relevantie sorteren kan alleen met een zoekvraag: geef ook de sleutel q.")
        wrong.append(WrongParameter("sorteer", "ongeldig", message))
    if wrong:
        raise InvalidQuery(wrong)
    return query


def _unknown(key: str, known) -> str:
    if not known:
        return _("De sleutel “%(key)s” bestaat hier niet: dit adres kent er geen.") % {"key": _shown(key)}
    message = _("De sleutel “%(key)s” bestaat hier niet. Wel mogelijk: %(allowed)s.")
    return message % {"key": _shown(key), "allowed": ", ".join(sorted(known))}


def _shown(key: str) -> str:
    return (key if len(key) <= MAX_SHOWN else key[:MAX_SHOWN] + "…").replace("\0", "�")
