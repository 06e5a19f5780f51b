"""The start page."""

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from letters.filters import LetterList, PassageList, current_topics
from letters.filters.tallies import YEARS
from letters.models import Letter, Meeting
from letters.views.overview import LATEST_YEARS, most_frequent, overview, years
from letters.views.pages import PageMixin
from letters.views.topics import counted_topics

NEWEST_LETTERS = 5
MEETINGS = 4  # ahead, and as many behind


class StartView(PageMixin, TemplateView):
    template_name = "letters/start.html"

    def get_title(self):
        return _("Start")

    def get_context_data(self, **kwargs):
        every = PassageList()
        newest = every.with_choices({}, LetterList).items(
            Letter.objects.with_context().defer("read", "anchors")
        )
        meetings, ahead = Meeting.objects.public(), Q(start__gte=localdate())
        shown_ahead = list(meetings.filter(ahead).order_by("start", "slug")[:MEETINGS])
        shown_behind = list(meetings.exclude(ahead).newest_first()[:MEETINGS])
        letters = Letter.objects.public().with_newer().order_by("date", "pk").defer("read", "anchors")
        prefetch_related_objects(
            shown_ahead + shown_behind, Prefetch("letters", letters, to_attr="public_letters")
        )
        years_shown = years(every, LATEST_YEARS)
        return super().get_context_data(
            overview=overview(every, years_shown, YEARS, most_frequent(every, current_topics())),
            topics=[topic for topic in counted_topics(every) if topic.passages],
            letters=newest[:NEWEST_LETTERS],
            ahead=shown_ahead,
            behind=shown_behind,
            **kwargs,
        )
