"""What is asked of the page of one filter: the filters of its list, and which of the values to show."""

from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from letters.filters import fields
from letters.filters.address import Address
from letters.filters.filtered_list import FilteredList
from letters.filters.query import Key

WORDS, LEAD_TO = "zoek", "toon"


class FacetQuery(FilteredList):
    """The keys of a list, without those of its parts and files.

    The page is one form, which keeps what is checked while one searches. Its other button sends ``toon=lijst``: that is
    the list under what is chosen.
    """

    pagina = format = None
    zoek = Key(fields.WordsField(_("zoek in dit filter")))
    toon = Key(fields.WordField(LEAD_TO, {"lijst": _("de lijst")}))

    @property
    def asked_address(self):
        asked = super().asked_address
        if not self.cleaned[LEAD_TO]:
            return asked
        return Address(urljoin(self.path, "../../"), asked.without(WORDS, LEAD_TO).pairs)

    def of(self, list_class: type[FilteredList]) -> FilteredList:
        """The list under these filters."""
        cleaned = {key: value for key, value in self.cleaned.items() if key in list_class.base_filters}
        return list_class(cleaned=cleaned, path=reverse(list_class.route))
