"""What holds for all keys of the query string together; the keys themselves are the filters of a ``Query``."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from letters.filters import choices, fields
from letters.filters.address import TRACKING_KEY


class FilterForm(forms.Form):
    """The base of every filter form: an unknown key is an error, and periods run forward."""

    def clean(self):
        for key in self.data:
            if key not in self.fields and not TRACKING_KEY.fullmatch(key):
                self.add_error(None, self._unknown(key))
        for first, last in [("van", "tot"), ("briefdatum-van", "briefdatum-tot")]:
            start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
            if start and end and start.stored > end.stored:
                message = _("De periode begint (%(value)s) na haar einde (%(end)s). Draai ze om.")
                self.add_error(first, fields.wrong(message, start.value, end=end.value))
        if self.cleaned_data.get("format") and (page := self.cleaned_data.get("pagina")):
            message = _(
                "Een bestand bevat de hele lijst, en heeft geen bladzijden. Laat pagina=%(value)s weg."
            )
            self.add_error("pagina", fields.wrong(message, page.value))
        order = self.cleaned_data.get("sorteer")
        if order and order.value == choices.RELEVANCE and not self.cleaned_data.get("q"):
            # Nothing to rank by: a form whose words were cleared still means the list.
            self.cleaned_data["sorteer"] = None
        return self.cleaned_data

    def _unknown(self, key: str) -> ValidationError:
        if not self.fields:
            return fields.wrong(_("“%(value)s” kent deze pagina niet: zij heeft geen filters."), key)
        message = _("“%(value)s” kent deze pagina niet. Wel mogelijk: %(allowed)s.")
        return fields.wrong(message, key, allowed=", ".join(sorted(self.fields)))
