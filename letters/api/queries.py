"""What may be asked of each list: the pages' own queries, with the keys that only the API has."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from letters.filters import LetterList, PassageList, PositionList, Query, choices, fields, topic_choices
from letters.filters.choices import Choice
from letters.filters.query import Key
from letters.models import Meeting, Topic

PAGE_SIZE, MAX_PAGE_SIZE = 20, 100


class PageSizeField(fields.OneField):
    def known(self, values):
        return {
            value: Choice(str(int(value)), value, int(value))
            for value in values
            if value.isascii() and value.isdecimal() and len(value) <= 3 and 1 <= int(value) <= MAX_PAGE_SIZE
        }

    def unknown(self, value):
        message = _("“%(value)s” is geen aantal per bladzijde. Wel mogelijk: 1 tot en met %(most)s.")
        return fields.wrong(message, value, most=MAX_PAGE_SIZE)


class Parts(Query):
    """A result that comes in parts."""

    pagina = Key(fields.PageField(_("pagina")))
    locals()["pagina-grootte"] = Key(PageSizeField(_("aantal per pagina")))

    @property
    def page(self) -> int:
        return self.cleaned["pagina"].stored if self.cleaned["pagina"] else 1

    @property
    def page_size(self) -> int:
        return self.cleaned["pagina-grootte"].stored if self.cleaned["pagina-grootte"] else PAGE_SIZE


class Faceted(Parts):
    """One of the lists of the pages, which have ``items`` and ``counts`` themselves."""

    facetten = Key(fields.WordField(_("facetten"), {"ja": _("met tellingen per filter")}))

    @property
    def total(self) -> int:
        return self.counts.items

    @property
    def counted(self):
        return super().counted if self.cleaned["facetten"] else []


class PassageQuery(Faceted, PassageList):
    pass


class PositionQuery(Faceted, PositionList):
    pass


class LetterQuery(Faceted, LetterList):
    pass


class MeetingQuery(Parts):
    """Meetings under filters of their own."""

    niveau = Key(fields.TableField(_("niveau"), choices.LEVELS))
    vorm = Key(
        fields.WordField(_("vorm"), {member.value: member.label for member in Meeting.Format if member.value})
    )
    van = Key(fields.DayField(_("begint vanaf"), last=False))
    tot = Key(fields.DayField(_("begint tot en met"), last=True))
    sorteer = Key(
        fields.WordField(
            _("sorteer"), {order: choices.ORDERS[order] for order in [choices.NEWEST, choices.OLDEST]}
        )
    )

    @property
    def total(self) -> int:
        return self.items(Meeting.objects.public()).count()

    def items(self, rows: QuerySet) -> QuerySet:
        """Those of the rows that satisfy the filters, in order."""
        asked = self.cleaned
        if asked["niveau"]:
            rows = rows.filter(levels__overlap=[choice.stored for choice in asked["niveau"]])
        if asked["vorm"]:
            rows = rows.filter(format=asked["vorm"].stored)
        if asked["van"]:
            rows = rows.filter(start__gte=asked["van"].stored)
        if asked["tot"]:
            rows = rows.filter(start__lte=asked["tot"].stored)
        if asked["sorteer"] and asked["sorteer"].stored == choices.OLDEST:
            return rows.order_by("start", "slug")
        return rows.newest_first()


class TopicQuery(Parts):
    """Topics by a part of any of their names."""

    q = Key(fields.WordsField(_("deel van een naam")))
    locals()["valt-onder"] = Key(
        fields.RowsField(
            _("valt onder"),
            topic_choices,
            _("Er is geen onderwerp “%(value)s”. Kies een onderwerp van de lijst."),
        )
    )

    @property
    def total(self) -> int:
        return self.items(Topic.objects.current()).count()

    def items(self, rows: QuerySet) -> QuerySet:
        """Those of the rows that satisfy the filters, in order."""
        if self.cleaned["q"]:
            rows = rows.filter(Q(names__name__icontains=self.cleaned["q"].value)).distinct()
        if self.cleaned["valt-onder"]:
            rows = rows.filter(parent__in=[choice.stored for choice in self.cleaned["valt-onder"]])
        return rows.by_name()
