"""The single validated reading of the query string: a FilterSet whose filters are the keys that a page knows."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

import django_filters
from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from letters.filters import choices, fields
from letters.filters.address import Address
from letters.filters.form import FilterForm

FORMAT = "format"  # the key that asks for a file instead of a page
MAX_WRONG = 10  # wrong keys and values that a page names


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A key or value that a page does not know, what to do about it, and the view without it."""

    key: str
    message: str
    without: Address


class Key(django_filters.Filter):
    """A key of the query string with the field that reads it. By itself it chooses no rows: a list asks for its value."""

    def __init__(self, field: Field, **options):
        super().__init__(**options)
        self._field = field  # what ``Filter.field`` gives

    def filter(self, rows, value):
        return rows


class Query(django_filters.FilterSet):
    """What is asked of a page at ``path``. Valid, it has ``cleaned`` (key → choices) and ``address``, the view's one spelling.

    A page without filters uses this class itself. ``form_base``: what holds for all its keys together.
    """

    form_base = FilterForm

    def __init__(self, query: QueryDict | None = None, *, path: str = "", cleaned: dict | None = None):
        # Not as FilterSet does: it copies all keys, and makes a class of form, for each request.
        self.is_bound, self.data, self.form_prefix = True, QueryDict("") if query is None else query, None
        self.filters = self.base_filters
        self.path = path
        self._cleaned = cleaned

    def get_form_class(self):
        return _form_class(type(self))

    @classmethod
    def under(cls, **chosen) -> "Query":
        """The query in which only these keys were chosen, with the choices that the fields would give."""
        return cls(cleaned=cls().cleaned | chosen)

    @property
    def cleaned(self) -> dict:
        if self._cleaned is None:
            self.errors  # noqa: B018 - reads the query string
            return self.form.cleaned_data
        return self._cleaned

    @property
    def address(self) -> Address:
        """The view's one spelling. A file of it is another shape of the same view: ``format`` is no part of this."""
        return self.asked_address.without(FORMAT) if self.cleaned.get(FORMAT) else self.asked_address

    @property
    def asked_address(self) -> Address:
        """The one spelling of what was asked for: ``address``, with the ``format`` of a file."""
        pairs = []
        for key, cleaned in self.cleaned.items():
            pairs += [(key, value) for value in self.form.fields[key].address_values(cleaned)]
        return Address(self.path, tuple(pairs))

    def is_canonical(self, query_string: str) -> bool:
        """Whether the query string says what ``asked_address`` says, in the same order, however it is quoted."""
        return tuple(parse_qsl(query_string, keep_blank_values=True)) == self.asked_address.pairs

    @property
    def wrong_values(self) -> list[WrongValue]:
        """The first ones: an address may hold thousands."""
        errors = [(key, error) for key, found in self.errors.as_data().items() for error in found]
        return [self._wrong_value(key, error) for key, error in errors[:MAX_WRONG]]

    def _wrong_value(self, key: str, error: ValidationError) -> WrongValue:
        known = tuple(
            (name, value)
            for name, values in self.data.lists()
            if name in self.filters
            for value in values
            if len(value) <= fields.MAX_WORDS and "\0" not in value
        )
        address, value = Address(self.path, known), error.params["whole"]
        without = address.without_value(key, value) if value else address.without(key)
        return WrongValue(key if key in self.filters else error.params["value"], error.messages[0], without)


@cache
def _form_class(query_class: type[Query]) -> type[FilterForm]:
    fields_by_key = {name: key.field for name, key in query_class.base_filters.items()}
    return type(f"{query_class.__name__}Form", (query_class.form_base,), fields_by_key)


class UncheckedQuery(Query):
    """For a page that shows positions."""

    ongecontroleerd = Key(fields.WordField("ongecontroleerd", {"ja": _("ook niet nagekeken standpunten")}))


class PagedQuery(UncheckedQuery):
    """For a page that shows positions in parts."""

    pagina = Key(fields.PageField("pagina"))


class ListQuery(PagedQuery):
    """What the three lists have in common beside their facets."""

    q = Key(fields.WordsField(_("zoekvraag")))
    van = Key(fields.DayField(_("bijeenkomst vanaf"), last=False))
    tot = Key(fields.DayField(_("bijeenkomst tot en met"), last=True))
    sorteer = Key(fields.WordField("sorteer", choices.ORDERS))
    format = Key(fields.WordField(FORMAT, choices.FORMATS))
    # Names that Python cannot spell as attributes.
    locals()["briefdatum-van"] = Key(fields.DayField(_("briefdatum vanaf"), last=False))
    locals()["briefdatum-tot"] = Key(fields.DayField(_("briefdatum tot en met"), last=True))
