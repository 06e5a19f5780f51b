"""The page about the API. What it says of keys is read off the API, and its answers are given by it."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView

from letters.api import ROOT, VERSION, queries
from letters.api.keys import keys
from letters.api.parameters import description
from letters.filters import topic_counts
from letters.models import Topic
from letters.views.pages import PageMixin

LISTS = {
    "passages": queries.PassageQuery,
    "standpunten": queries.PositionQuery,
    "brieven": queries.LetterQuery,
    "bijeenkomsten": queries.MeetingQuery,
    "onderwerpen": queries.TopicQuery,
}
ADDRESSES = [
    ("passages", "brieven/{brief}/passages/{anker}", gettext_lazy("De alinea’s van de brieven.")),
    (
        "standpunten",
        "standpunten/{id}",
        gettext_lazy("Zinnen waarin Nederland iets wil, vindt, doet of toezegt."),
    ),
    ("brieven", "brieven/{brief}", gettext_lazy("De brieven; één brief met de hele tekst.")),
    (
        "bijeenkomsten",
        "bijeenkomsten/{bijeenkomst}",
        gettext_lazy("Eén bijeenkomst met de inzet naast de uitkomst."),
    ),
    ("onderwerpen", "onderwerpen/{onderwerp}", gettext_lazy("De onderwerpen waarop te filteren is.")),
]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what the API answers to it now."""

    title: str
    url: str
    status: int
    answer: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    key: str
    words: str
    lists: str


class ApiDocsView(PageMixin, TemplateView):
    template_name = "data/api.html"

    def get_title(self):
        return _("API")

    def get_crumbs(self):
        return [(_("Gegevens"), reverse("data"))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            root=self.request.build_absolute_uri(ROOT),
            openapi_url=self.request.build_absolute_uri(reverse("api:openapi")),
            version=VERSION,
            addresses=ADDRESSES,
            keys=key_rows(),
            examples=self.examples(),
            page_size=queries.PAGE_SIZE,
            max_page_size=queries.MAX_PAGE_SIZE,
            **kwargs,
        )

    def examples(self) -> list[Example]:
        """Of the topic that most passages are on, so that there is something in the answer."""
        counts = topic_counts()
        topic = Topic.objects.filter(pk=max(counts, key=counts.get, default=0)).first()
        about = f"onderwerp={topic.slug}&" if topic else ""
        return [
            self.example(_("Standpunten over één onderwerp"), "positions", f"{about}paginaGrootte=1"),
            self.example(_("Verslagen sinds 2021"), "letters", "soort=verslag&van=2021&paginaGrootte=1"),
            self.example(_("Alles wat er mis is, in één keer"), "passages", "soort=nota&van=gisteren"),
        ]

    def example(self, title: str, route: str, query: str) -> Example:
        path = reverse(f"api:{route}")
        asked = HttpRequest()
        asked.method, asked.path, asked.path_info = "GET", path, path
        asked.META = self.request.META | {"QUERY_STRING": query, "HTTP_ACCEPT": "application/json"}
        asked.GET = QueryDict(query)
        asked.resolver_match = resolve(path)
        with override(settings.LANGUAGE_CODE):  # the API has one address for all languages
            answer = asked.resolver_match.func(asked).render()
        shown = json.dumps(json.loads(answer.content), ensure_ascii=False, indent=2)
        return Example(title, asked.build_absolute_uri(f"{path}?{query}"), answer.status_code, shown)


def key_rows() -> list[KeyRow]:
    """Every key once, with the lists that know it; a key that says something else in another list has a row for that too."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, query_class in LISTS.items():
        for key, page_key in keys(query_class).items():
            words = description(query_class.base_filters[page_key].field)
            found.setdefault((key, words), []).append(name)
    return [KeyRow(key, words, ", ".join(lists)) for (key, words), lists in sorted(found.items())]
