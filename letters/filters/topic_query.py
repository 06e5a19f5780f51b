"""What is asked of the page of one topic: which of its positions, of which period, in which order."""

from django.utils.translation import gettext_lazy as _

from letters.filters import choices, facets, fields
from letters.filters.lists import PositionList
from letters.filters.query import Key, PagedQuery

ORDERS = {key: choices.ORDERS[key] for key in (choices.NEWEST, choices.OLDEST)}


class PositionsOnTopic(PositionList):
    """Of these positions a topic's page counts only stances and moments."""

    @property
    def counted(self):
        return [self.filters["standpunt"], self.filters["moment"]]


class TopicQuery(PagedQuery):
    """The keys of the list of positions that a topic's page has too: with them, and the topic, it is that list."""

    standpunt = facets.stance()
    moment = facets.moment()
    van = Key(fields.DayField(_("bijeenkomst vanaf"), last=False))
    tot = Key(fields.DayField(_("bijeenkomst tot en met"), last=True))
    sorteer = Key(fields.WordField("sorteer", ORDERS))

    def positions(self, topic: choices.Choice, **changed) -> PositionsOnTopic:
        """The list that the page shows, or under other choices."""
        asked = {key: value for key, value in self.cleaned.items() if key != "pagina"}
        return PositionsOnTopic.under(**(asked | changed), onderwerp=(topic,))

    @property
    def is_filtered(self) -> bool:
        return any(self.cleaned[key] for key in ("standpunt", "moment", "van", "tot"))
