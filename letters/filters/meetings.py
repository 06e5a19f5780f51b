"""What may be asked of the calendar of meetings, and of the page of one meeting."""

from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from letters.filters import choices, fields
from letters.filters.choices import Choice, day_choice
from letters.filters.query import Key, Query, UncheckedQuery
from letters.models import Meeting
from letters.models.meetings import body_name

BEFORE, AFTER = "vooraf", "achteraf"


class MeetingQuery(UncheckedQuery):
    """Of a meeting: both sides, or one of them."""

    toon = Key(fields.WordField("toon", {BEFORE: _("Vooraf"), AFTER: _("Achteraf")}))


def body_choices(slugs: Iterable[str] | None = None) -> dict[str, Choice]:
    """The bodies that public meetings are of, by their word in the address: "NAVO" is ``navo``."""
    bodies = Meeting.objects.public().order_by("body").values_list("body", flat=True).distinct()
    every = {slugify(body): Choice(slugify(body), body_name(body), body) for body in bodies if slugify(body)}
    return every if slugs is None else {slug: every[slug] for slug in slugs if slug in every}


class YearField(fields.OneField):
    """A year of four digits."""

    def known(self, values):
        days = {value: day_choice(value, last=False) for value in values if len(value) == 4}
        return {value: Choice(value, value, choice.stored.year) for value, choice in days.items() if choice}

    def unknown(self, value):
        return fields.wrong(
            _now("“%(value)s” is geen jaar. Schrijf het met vier cijfers, zoals 2021."), value
        )


class FollowedMeetings(Query):
    """The meetings to follow in a calendar of one's own: all years."""

    niveau = Key(fields.TableField(_("niveau"), choices.LEVELS))
    organisatie = Key(
        fields.RowsField(
            _("organisatie"),
            body_choices,
            _("Van “%(value)s” is hier geen bijeenkomst. Kies een organisatie."),
        )
    )

    def meetings(self):
        """The public meetings that are asked for, the newest first."""
        found = Meeting.objects.public().newest_first()
        if levels := self.cleaned["niveau"]:
            found = found.filter(levels__overlap=[choice.stored for choice in levels])
        if bodies := self.cleaned["organisatie"]:
            found = found.filter(body__in=[choice.stored for choice in bodies])
        return found


class CalendarQuery(FollowedMeetings):
    """The calendar's page: of one year, or the latest ones."""

    jaar = Key(YearField(_("jaar")))

    @property
    def chosen(self) -> list[str]:
        """What is asked for, in words."""
        several = [choice.label for key in ("organisatie", "niveau") for choice in self.cleaned[key]]
        return [*several, *([self.cleaned["jaar"].value] if self.cleaned["jaar"] else [])]

    @property
    def of_year(self):
        """The meetings of the year that is asked for, or of all years."""
        year = self.cleaned["jaar"]
        return self.meetings().filter(start__year=year.stored) if year else self.meetings()
