"""All values of one filter of a list, of which the page of the list holds the first: to choose from, and to search in."""

from django.http import Http404
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from letters.filters import FacetQuery, facet_options, title
from letters.filters.facet_query import WORDS
from letters.filters.former import former_topics
from letters.views.lists import LISTS, ListView
from letters.views.pages import PageMixin


class FacetView(PageMixin, TemplateView):
    """One filter of the list of ``list_view``. Script on the list's page takes the values from here too."""

    query_class = FacetQuery
    template_name = "letters/facet.html"
    list_view: type[ListView] = ListView

    def get(self, request, *args, key, **kwargs):
        if key not in self.list_view.query_class.shown_facets:
            raise Http404(_("Dit filter is er niet."))
        return super().get(request, *args, key=key, **kwargs)

    def get_title(self):
        if not self.facet.total:
            return _("%(filter)s: geen waarden") % {"filter": self.facet.label}
        words = ngettext("%(filter)s: één waarde", "%(filter)s: alle %(number)s waarden", self.facet.total)
        number = number_format(self.facet.total, force_grouping=True)
        return words % {"filter": self.facet.label, "number": number}

    def get_crumbs(self):
        return [(self.list_view.crumb, self.list_url)]

    def get_crumb(self):
        return self.facet.label

    def get_context_data(self, *, key, **kwargs):
        filtered = self.query.of(self.list_view.query_class)
        self.facet = facet_options(filtered, filtered.filters[key])
        self.list_url = filtered.address.url
        words = self.asked[WORDS].value if self.asked[WORDS] else ""
        return super().get_context_data(
            facet=self.facet,
            values=self.facet.with_words(words),
            words=words,
            items=str(LISTS[filtered.route]).lower(),
            others=title(self.asked | {key: ()}, ""),
            former=former_topics((choice.stored for choice in self.asked["onderwerp"]), filtered.version),
            action=self.address.path,
            all_url=self.address.without(WORDS).url,
            kept=[pair for pair in self.address.pairs if pair[0] not in {key, WORDS}],
            **kwargs,
        )
