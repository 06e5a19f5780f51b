"""The start page."""

from django.db.models import Prefetch, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from letters.models import Letter, Meeting
from letters.views.pages import PageMixin
from letters.views.topics import counted_topics

NEWEST_LETTERS = 5
MEETINGS = 4  # ahead, and as many behind


class StartView(PageMixin, TemplateView):
    template_name = "letters/start.html"

    def get_title(self):
        return _("Start")

    def get_context_data(self, **kwargs):
        letters = Prefetch(
            "letters", Letter.objects.public().order_by("date", "pk"), to_attr="public_letters"
        )
        meetings = Meeting.objects.public().prefetch_related(letters)
        ahead = Q(start__gte=localdate())
        return super().get_context_data(
            topics=[topic for topic in counted_topics() if topic.passages],
            letters=Letter.objects.public().newest_first().with_context()[:NEWEST_LETTERS],
            ahead=meetings.filter(ahead).order_by("start", "slug")[:MEETINGS],
            behind=meetings.exclude(ahead).newest_first()[:MEETINGS],
            **kwargs,
        )
