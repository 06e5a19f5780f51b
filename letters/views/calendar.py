"""The meetings: a calendar by year with the list beneath, and the same as a file to follow in a calendar of one's own."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.dates import MONTHS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from letters import coverage
from letters.coverage import MeetingLetters
from letters.filters import Address
from letters.filters.choices import LEVELS
from letters.filters.meetings import CalendarQuery, FollowedMeetings, body_choices
from letters.icalendar import as_icalendar
from letters.models.meetings import short_month
from letters.views.pages import PageMixin, wrong_values

#: About so many meetings stand on the page: whole years, the latest first, and never less than one.
MOST = 120
#: Meetings ahead that stand above the years; the others stand in their year.
AHEAD = 6


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    meetings: list[MeetingLetters]

    @property
    def name(self) -> str:
        return str(MONTHS[self.number])

    @property
    def short_name(self) -> str:
        return short_month(self.number)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar; ``year`` is None for meetings whose date is not known."""

    year: int | None
    meetings: list[MeetingLetters]

    @property
    def anchor(self) -> str:
        return anchor(self.year)

    @property
    def label_id(self) -> str:
        return f"{self.anchor}-kop"

    @property
    def months(self) -> list[Month]:
        of_month = defaultdict(list)
        for held in reversed(self.meetings):  # within a month from its first day to its last
            of_month[held.meeting.start.month].append(held)
        return [Month(number, of_month[number]) for number in range(1, 13)]

    @property
    def summary(self) -> str:
        number, both = len(self.meetings), sum(held.held == "both" for held in self.meetings)
        words = ngettext("%(number)s bijeenkomst", "%(number)s bijeenkomsten", number) % {"number": number}
        of_both = _("agenda en verslag van %(both)s") % {"both": both}
        return f"{words} · {of_both}" if both else words


class MeetingListView(PageMixin, TemplateView):
    template_name = "letters/meeting_list.html"
    query_class = CalendarQuery

    def get_title(self):
        return ", ".join([_("Bijeenkomsten"), *self.query.chosen])

    def get_crumb(self):
        return _("Bijeenkomsten")

    def get_context_data(self, **kwargs):
        numbers = coverage.meetings_by_year(self.query.meetings())
        chosen = self.asked["jaar"].stored if self.asked["jaar"] else None
        shown = [chosen] if chosen else latest(numbers)
        found = coverage.meetings_of_years(shown, self.query.meetings())
        return super().get_context_data(
            years=[Year(year, held) for year, held in found.items() if held],
            other_years=self.links(numbers, shown),
            legend=coverage.HELD.items(),
            ahead=[] if chosen else self.ahead(),
            total=numbers.get(chosen, 0) if chosen else sum(numbers.values()),
            is_filtered=bool(self.address.pairs),
            all_url=self.address.path,
            filters=self.filters(),
            chosen_year=self.asked["jaar"].value if self.asked["jaar"] else "",
            follow_url=self.address.without("jaar").on("meetings-calendar").url,
            **kwargs,
        )

    def ahead(self) -> list[MeetingLetters]:
        """The first meetings that are still to be held."""
        rows = self.query.meetings().filter(start__gte=localdate()).order_by("start", "slug")[:AHEAD]
        return coverage.with_letters(rows)

    def links(self, numbers: dict[int | None, int], shown: list[int | None]) -> list[dict]:
        """Every year with its number of meetings: those on this page by their heading, the others by their page."""
        bare = self.address.without("jaar")
        return [
            {
                "year": year,
                "number": number,
                "is_here": year in shown,
                "url": f"#{anchor(year)}" if year in shown else bare.setting(jaar=f"{year:04}").url,
            }
            for year, number in numbers.items()
            if year is not None or year in shown
        ]

    def filters(self) -> list[dict]:
        """Levels and bodies to choose from, each with the address that turns it on or off."""
        groups = [
            (_("Niveau"), "niveau", {value: str(level.label) for value, level in LEVELS.items()}),
            (_("Organisatie"), "organisatie", {one.value: one.label for one in body_choices().values()}),
        ]
        return [
            {"name": name, "choices": [self.choice(key, value, label) for value, label in choices.items()]}
            for name, key, choices in groups
            if len(choices) > 1
        ]

    def choice(self, key: str, value: str, label: str) -> dict:
        is_on = value in self.address.values(key)
        without = self.address.without_value(key, value)
        with_it = Address(self.address.path, (*self.address.pairs, (key, value)))
        return {"label": label, "is_on": is_on, "url": (without if is_on else with_it).url}


def anchor(year: int | None) -> str:
    return f"jaar-{year}" if year else "zonder-datum"


def latest(numbers: dict[int | None, int]) -> list[int | None]:
    """The years that a page shows by itself: as many of the latest as make about ``MOST`` meetings."""
    shown, meetings = [], 0
    for year, number in numbers.items():
        if year is None or not shown or meetings + number <= MOST:
            shown.append(year)  # without a date they have no page of their own
            meetings += number
        else:
            meetings = MOST
    return shown


class MeetingCalendarFile(View):
    """The meetings as iCalendar: what was asked for, of all years."""

    query_class = FollowedMeetings

    def get(self, request, *args, **kwargs):
        query = self.query_class(request.GET, path=request.path)
        if not query.is_valid():
            return wrong_values(request, query.wrong_values)
        meetings = query.meetings().filter(start__isnull=False).with_last_change()
        site = request.build_absolute_uri("/").rstrip("/")
        return HttpResponse(
            as_icalendar(meetings, _("NAVO-bijeenkomsten"), site),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": 'inline; filename="navo-bijeenkomsten.ics"'},
        )
