"""The page of one meeting: what was intended beside what was reported."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from letters.exports import FORMATS
from letters.filters import PositionList, address, key_of
from letters.filters.choices import Choice
from letters.filters.meetings import AFTER, BEFORE, MeetingQuery
from letters.models import Letter, Meeting
from letters.views.meeting_rows import MeetingRows, Part, Row
from letters.views.pages import UncheckedMixin

Kind = Letter.Kind

#: How far before and after a meeting its subjects are sought in other letters.
AROUND = datetime.timedelta(days=183)
#: So many agenda topics fit on a screen or two; a longer page begins with its contents.
LONG = 5


class MeetingView(UncheckedMixin, DetailView):
    """One meeting. Nothing is called missing but a letter that is not held, and what a person established to be absent."""

    model = Meeting
    template_name = "letters/meeting.html"
    query_class = MeetingQuery

    def get_queryset(self):
        return Meeting.objects.public()

    def get_title(self):
        return self.object.name

    def get_crumbs(self):
        return [(_("Bijeenkomsten"), reverse("meetings"))]

    def get_crumb(self):
        return self.object.period

    def get_context_data(self, **kwargs):
        meeting = self.object
        letters = list(meeting.letters(manager="objects").public().for_citing().in_turn())
        rows = MeetingRows(meeting, letters, unchecked=self.shows_unchecked)
        introduction = rows.introduction()
        parts = rows.parts()
        rest = rows.rest()
        shown = [row for row in [introduction, *(row for part in parts for row in part.rows), rest] if row]
        has_both = {Kind.ANNOTATED_AGENDA, Kind.REPORT} <= rows.kinds_held
        self.link_elsewhere(shown)
        context = super().get_context_data(
            letters=letters,
            introduction=introduction,
            parts=parts,
            rest=rest,
            columns=columns(rows.kinds_held),
            state=state_of(meeting, rows.kinds_held),
            summary=summary(parts),
            is_long=sum(len(part.rows) for part in parts) > LONG,
            switch=self.switch() if has_both and shown else [],
            shown_side=self.asked["toon"].value if self.asked["toon"] and has_both else "",
            compare_url=self.compare_url() if has_both else "",
            downloads=self.downloads() if letters else [],
            previous=Meeting.objects.public().before(meeting),
            next=Meeting.objects.public().after(meeting),
            unchecked_count=rows.left_out,
            **kwargs,
        )
        # One side of the page is the same page.
        bare = self.address.without("toon")
        return context | {
            "canonical_url": self.request.build_absolute_uri(bare.url),
            "view_address": bare,
        }

    def switch(self) -> list[dict]:
        """Both sides, or one of them: as links, for who has no script."""
        chosen = self.asked["toon"].value if self.asked["toon"] else ""
        labels = {"": _("Beide"), BEFORE: _("Vooraf"), AFTER: _("Achteraf")}
        return [
            {
                "side": side,
                "label": label,
                "url": self.address.setting(toon=side).url,
                "is_shown": side == chosen,
            }
            for side, label in labels.items()
        ]

    def compare_url(self) -> str:
        """The words of the agenda beside those of the report."""
        return address(
            "comparison",
            eerste=self.object.slug,
            eerste_soort=key_of(Kind.ANNOTATED_AGENDA),
            tweede=self.object.slug,
            tweede_soort=key_of(Kind.REPORT),
        ).url

    def downloads(self) -> list[dict]:
        """The positions of this meeting as files; of a kind that cannot hold them all, none."""
        meeting = Choice(self.object.slug, self.object.name, self.object.pk)
        asked = {"bijeenkomst": (meeting,), "ongecontroleerd": self.asked["ongecontroleerd"]}
        count = PositionList.under(**asked).counts.items
        here = address("positions", bijeenkomst=meeting.value)
        here = here.setting(ongecontroleerd="ja") if self.shows_unchecked else here
        return [
            {"name": kind.name, "purpose": kind.purpose, "url": here.setting(format=key).url}
            for key, kind in FORMATS.items()
            if count and (kind.limit is None or count <= kind.limit)
        ]

    def link_elsewhere(self, rows: list[Row]) -> None:
        """Give each row that is not mentioned somewhere the address of what letters of those months say on its topics."""
        start, end = self.object.start, self.object.end or self.object.start
        for row in rows:
            if start and row.topics and (row.before.absence or row.after.absence):
                row.elsewhere_url = address(
                    "search",
                    onderwerp=[topic.slug for topic in row.topics],
                    van=(start - AROUND).isoformat(),
                    tot=(end + AROUND).isoformat(),
                ).url


def columns(held: set[str]) -> str:
    """ "both", or the one side of which letters are held ("before", "after"), or "" with neither."""
    before = bool(held & {Kind.ANNOTATED_AGENDA, Kind.COMMITTEE_ANSWERS})
    after = Kind.REPORT in held
    return "both" if before and after else "before" if before else "after" if after else ""


def state_of(meeting: Meeting, held: set[str]) -> list[str]:
    """What a visitor must know before reading: whether the meeting was held, and which letters are not here."""
    said = []
    if meeting.status == Meeting.Status.CANCELLED:
        said.append(_("Deze bijeenkomst is afgelast."))
    elif meeting.status == Meeting.Status.POSTPONED:
        said.append(_("Deze bijeenkomst is uitgesteld."))
    elif meeting.start and meeting.start > localdate():
        said.append(_("Deze bijeenkomst moet nog worden gehouden."))
    if not held:
        said.append(_("Over deze bijeenkomst is nog geen brief in deze verzameling."))
    elif held == {Kind.OTHER}:
        said.append(_("Geen geannoteerde agenda en geen verslag in deze verzameling."))
    elif Kind.ANNOTATED_AGENDA not in held:
        said.append(_("Geen geannoteerde agenda in deze verzameling."))
    elif Kind.REPORT not in held and meeting.status != Meeting.Status.CANCELLED and not meeting.is_ahead:
        said.append(_("Geen verslag in deze verzameling."))
    return said


def summary(parts: list[Part]) -> list[str]:
    """How many agenda topics there are, and of how many it is known where they are mentioned or established that they are not."""
    rows: list[Row] = [row for part in parts for row in part.rows]
    both = sum(row.is_in_both for row in rows)
    not_after = sum(row.after.absence is not None for row in rows)
    not_before = sum(row.before.absence is not None for row in rows)
    counted = [
        (len(rows), ngettext("%(number)s agendapunt", "%(number)s agendapunten", len(rows))),
        (both, ngettext("%(number)s in agenda en verslag", "%(number)s in agenda en verslag", both)),
        (
            not_after,
            ngettext(
                "%(number)s niet genoemd in het verslag", "%(number)s niet genoemd in het verslag", not_after
            ),
        ),
        (
            not_before,
            ngettext(
                "%(number)s niet genoemd in de agenda", "%(number)s niet genoemd in de agenda", not_before
            ),
        ),
    ]
    return [words % {"number": number} for number, words in counted if number]
