"""The pages about the data: what they hold, how they came about, what one may do with them."""

import datetime

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from letters import codebook, coverage, licence
from letters.exports import FORMATS
from letters.exports.columns import COLUMNS
from letters.filters import LetterList, PassageList, PositionList, address, key_of
from letters.filters.commitments import KINDS, CommitmentList
from letters.models import Letter, Position
from letters.views.lists import LISTS
from letters.views.pages import PageMixin

#: What can be had as a file, with its name.
LABELS = LISTS | {CommitmentList.route: CommitmentList.all_items}


class DataView(PageMixin, TemplateView):
    template_name = "data/index.html"

    def get_title(self):
        return _("Gegevens")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            totals=coverage.totals(), downloads=self.downloads(), licence=licence, **kwargs
        )

    def downloads(self) -> list[dict]:
        """Each list whole, in each kind of file; a kind that cannot hold it all has no address."""
        return [
            {
                "label": LABELS[list_class.route],
                "url": reverse(list_class.route),
                "files": [
                    {"name": kind.name, "url": address(list_class.route, format=key).url}
                    for key, kind in FORMATS.items()
                    if kind.limit is None or items <= kind.limit
                ],
            }
            for list_class in [LetterList, PassageList, PositionList, CommitmentList]
            for items in [list_class().counts.items]
        ]


class PartView(PageMixin, TemplateView):
    """A page under ``/gegevens/``."""

    def get_crumbs(self):
        return [(_("Gegevens"), reverse("data"))]


class CodebookView(PartView):
    template_name = "data/codebook.html"

    def get_title(self):
        return _("Codeboek")

    def get_context_data(self, **kwargs):
        chosen = Position.objects.public().order_by("stance", "-letter__date", "pk").distinct("stance")
        found = {position.stance: position for position in chosen.with_context()}
        return super().get_context_data(
            stances=[
                {
                    "entry": entry,
                    "position": found.get(entry.code.value),
                    "url": address("positions", standpunt=key_of(entry.code)).url,
                }
                for entry in codebook.STANCES
            ],
            moments=[
                {"entry": entry, "url": address("positions", moment=key_of(entry.code)).url}
                for entry in codebook.MOMENTS
            ],
            commitments=[
                {"entry": entry, "url": address("commitments", soort=key).url}
                for key, entry in zip(KINDS, codebook.COMMITMENTS, strict=True)
            ],
            **kwargs,
        )


class ColumnsView(PartView):
    template_name = "data/columns.html"

    def get_title(self):
        return _("Kolommen van de bestanden")

    def get_context_data(self, **kwargs):
        tables = [
            {"route": route, "label": LABELS[route], "columns": COLUMNS[route]}
            for route in ["positions", "commitments", "search", "letters"]
        ]
        return super().get_context_data(tables=tables, **kwargs)


class CoverageView(PartView):
    template_name = "data/coverage.html"

    def get_title(self):
        return _("Welke brieven er zijn")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            totals=coverage.totals(), years=coverage.years(), kinds=Letter.Kind.labels, **kwargs
        )


class CoverageYearView(PartView):
    """The meetings of one year, each with the letters that are held."""

    template_name = "data/coverage_year.html"

    def get(self, request, *args, year, **kwargs):
        known = datetime.MINYEAR <= year <= datetime.MAXYEAR
        self.year, self.meetings = year, coverage.meetings_of(year) if known else []
        if not self.meetings:
            raise Http404(_("Van dit jaar is hier geen bijeenkomst."))
        return super().get(request, *args, year=year, **kwargs)

    def get_title(self):
        return _("Welke brieven er zijn over %(year)s") % {"year": self.year}

    def get_crumb(self):
        return str(self.year)

    def get_crumbs(self):
        return [*super().get_crumbs(), (_("Welke brieven er zijn"), reverse("data-coverage"))]

    def get_context_data(self, **kwargs):
        calendar = address("meetings", jaar=f"{self.year:04}")
        return super().get_context_data(
            meetings=self.meetings, kinds=Letter.Kind.labels, calendar_url=calendar.url, **kwargs
        )
