"""What is asked of the page of all topics: the map by year or by meeting, what it counts, and words to find a topic by."""

from django.utils.translation import gettext_lazy as _

from letters.filters import fields
from letters.filters.lists import PassageList, PositionList
from letters.filters.query import Key, Query
from letters.filters.tallies import MEETINGS, YEARS

BY, COUNTED = "per", "telt"


class OverviewQuery(Query):
    per = Key(fields.WordField(BY, {"bijeenkomst": _("per bijeenkomst")}))
    telt = Key(fields.WordField(COUNTED, {"standpunten": _("nagekeken standpunten")}))
    zoek = Key(fields.WordsField(_("zoek een onderwerp")))
    pagina = Key(fields.PageField("pagina"))

    @property
    def by(self) -> str:
        return MEETINGS if self.cleaned[BY] else YEARS

    @property
    def counted(self) -> type[PassageList] | type[PositionList]:
        return PositionList if self.cleaned[COUNTED] else PassageList
