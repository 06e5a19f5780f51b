"""The single validated reading of the query string, for the lists and for all that follows from them."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters.filters import choices, fields
from letters.filters.address import TRACKING_KEY, Address


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A key or value that the form does not know, what to do about it, and the view without it."""

    key: str
    message: str
    without: Address


class FilterForm(forms.Form):
    """Reads the keys of a list. Valid, it has ``cleaned_data`` with choices and ``address``, the view's one spelling."""

    q = fields.WordsField(_("zoekvraag"))
    onderwerp = fields.RowsField(
        _("onderwerp"),
        choices.topic_choices,
        _("Er is geen onderwerp “%(value)s”. Kies een onderwerp van de lijst."),
    )
    soort = fields.TableField(_("soort brief"), choices.KINDS)
    niveau = fields.TableField(_("niveau"), choices.LEVELS)
    bijeenkomst = fields.RowsField(
        _("bijeenkomst"),
        choices.meeting_choices,
        _("Er is geen bijeenkomst “%(value)s”. Kies een bijeenkomst van de lijst."),
    )
    sessie = fields.NumbersField(_("sessie"))
    standpunt = fields.TableField(_("standpunt"), choices.STANCES)
    moment = fields.TableField(_("moment"), choices.MOMENTS)
    kamer = fields.TableField(_("kamer"), choices.CHAMBERS)
    bewindspersoon = fields.RowsField(
        _("bewindspersoon"),
        choices.signatory_choices,
        _("Er is geen bewindspersoon “%(value)s” die een brief ondertekende. Kies een naam van de lijst."),
    )
    van = fields.DayField(_("bijeenkomst vanaf"), last=False)
    tot = fields.DayField(_("bijeenkomst tot en met"), last=True)
    ongecontroleerd = fields.WordField("ongecontroleerd", {"ja": _("ook niet nagekeken standpunten")})
    sorteer = fields.WordField("sorteer", choices.ORDERS)
    pagina = fields.PageField("pagina")

    def __init__(self, query, *, path: str, keys=None):
        """``path`` is the page's; a page that knows only some of the keys names them."""
        super().__init__(query)
        self.path = path
        self.fields["briefdatum-van"] = fields.DayField(_("briefdatum vanaf"), last=False)
        self.fields["briefdatum-tot"] = fields.DayField(_("briefdatum tot en met"), last=True)
        if keys is not None:
            self.fields = {key: self.fields[key] for key in keys}

    def clean(self):
        for key in self.data:
            if key not in self.fields and not TRACKING_KEY.fullmatch(key):
                self.add_error(None, self._unknown(key))
        for first, last in [("van", "tot"), ("briefdatum-van", "briefdatum-tot")]:
            start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
            if start and end and start.stored > end.stored:
                message = _now("De periode begint (%(value)s) na haar einde (%(end)s). Draai ze om.")
                self.add_error(first, fields.wrong(message, start.value, end=end.value))
        order = self.cleaned_data.get("sorteer")
        if order and order.value == choices.RELEVANCE and not self.cleaned_data.get("q"):
            # Nothing to rank by: a form whose words were cleared still means the list.
            self.cleaned_data["sorteer"] = None
        return self.cleaned_data

    def _unknown(self, key: str) -> ValidationError:
        if not self.fields:
            return fields.wrong(_now("“%(value)s” kent deze pagina niet: zij heeft geen filters."), key)
        message = _now("“%(value)s” kent deze pagina niet. Wel mogelijk: %(allowed)s.")
        return fields.wrong(message, key, allowed=", ".join(sorted(self.fields)))

    @property
    def address(self) -> Address:
        pairs = []
        for key, cleaned in self.cleaned_data.items():
            pairs += [(key, value) for value in self.fields[key].address_values(cleaned)]
        return Address(self.path, tuple(pairs))

    def is_canonical(self, query_string: str) -> bool:
        """Whether the query string says what ``address`` says, in the same order. How it is quoted does not matter."""
        return tuple(parse_qsl(query_string, keep_blank_values=True)) == self.address.pairs

    @property
    def wrong_values(self) -> list[WrongValue]:
        errors = [(key, error) for key, found in self.errors.as_data().items() for error in found]
        return [self._wrong_value(key, error) for key, error in errors]

    def _wrong_value(self, key: str, error: ValidationError) -> WrongValue:
        known = tuple(
            (name, value)
            for name, values in self.data.lists()
            if name in self.fields
            for value in values
            if len(value) <= fields.MAX_WORDS and "\0" not in value
        )
        without = Address(self.path, known).without_value(key, error.params["whole"])
        return WrongValue(key if key in self.fields else error.params["value"], error.messages[0], without)


def no_filter() -> dict:
    """What a form gives when nothing is asked."""
    form = FilterForm(QueryDict(""), path="")
    form.is_valid()
    return form.cleaned_data
