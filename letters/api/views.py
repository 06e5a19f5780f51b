"""The addresses of the API. Each reads its query string, asks the same lists as the pages, and answers."""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.api import parts, queries, rows, serializers
from letters.api.everywhere import METHODS
from letters.api.fields import Shape, answering
from letters.api.keys import read
from letters.api.pages import Page
from letters.api.problems import Withdrawn
from letters.api.schema import description, documented_detail, documented_list
from letters.filters import FilteredList, Query, UncheckedQuery, topic_choices
from letters.models import Letter, Meeting, Position


class PublicView(APIView):
    """The same for everyone: who asks is not looked at."""

    def perform_authentication(self, request):
        pass

    def options(self, request, *args, **kwargs):
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS})

    @property
    def origin(self) -> str:
        return self.request.build_absolute_uri("/").removesuffix("/")

    def answers(self, shape: type[Shape], rows: Iterable) -> list[dict]:
        to_answer = answering(shape, self.origin).to_representation
        return [to_answer(row) for row in rows]


class NoSuchAddress(PublicView):
    """Everything under /api/ that is no address of the API, also one with a slash at its end."""

    schema = None

    def initial(self, request, *args, **kwargs):
        raise Http404("")


class ListView(PublicView):
    """A part of a list under the filters that were asked for."""

    query_class: type[queries.Parts]
    item_class: type[Shape]

    def rows(self, take: rows.Take) -> list:
        raise NotImplementedError

    def get(self, request):
        self.query = read(self.query_class, request.GET, request.path)
        page = Page(self.query)
        answers = self.answers(self.item_class, self.rows(page.take))
        return Response(page.place(self.origin) | self.facets() | {"resultaten": answers})

    def facets(self) -> dict:
        if not isinstance(self.query, FilteredList):
            return {}
        letters = {"brieven": self.query.counts.letters}
        return letters | {"facetten": parts.facets(self.query)} if self.query.cleaned["facetten"] else letters


@documented_list("passages", queries.PassageQuery, parts.Passages)
class PassageListView(ListView):
    query_class, item_class = queries.PassageQuery, serializers.PassageItem

    def rows(self, take):
        return rows.passages(take, unchecked=self.query.shows_unchecked)


@documented_list("standpunten", queries.PositionQuery, parts.Positions)
class PositionListView(ListView):
    query_class, item_class = queries.PositionQuery, serializers.PositionItem

    def rows(self, take):
        return rows.positions(take)


@documented_list("brieven", queries.LetterQuery, parts.Letters)
class LetterListView(ListView):
    query_class, item_class = queries.LetterQuery, serializers.LetterItem

    def rows(self, take):
        return rows.letters(take)


@documented_list("bijeenkomsten", queries.MeetingQuery, parts.Meetings)
class MeetingListView(ListView):
    query_class, item_class = queries.MeetingQuery, serializers.MeetingItem

    def rows(self, take):
        return rows.meetings(take)


@documented_list("onderwerpen", queries.TopicQuery, parts.Topics)
class TopicListView(ListView):
    query_class, item_class = queries.TopicQuery, serializers.TopicItem

    def rows(self, take):
        return rows.topics(take)


class DetailView(PublicView):
    """One thing. An address that it had before leads to the one of now (301), for ever."""

    query_class: type[Query] = UncheckedQuery

    def get(self, request, **arguments):
        query = read(self.query_class, request.GET, request.path)
        self.shows_unchecked = bool(query.cleaned.get("ongecontroleerd"))
        current = self.find(**arguments)
        if current == arguments:
            [answer] = self.answers(self.item_class, [self.row()])
            return Response(answer)
        moved = reverse(f"api:{request.resolver_match.url_name}", kwargs=current)
        return HttpResponsePermanentRedirect(f"{moved}?{request.GET.urlencode()}" if request.GET else moved)

    def find(self, **arguments) -> dict:
        """Remember what ``row`` needs, and give the arguments of its address of now. Raises ``Problem`` or ``Http404``."""
        raise NotImplementedError

    def row(self):
        raise NotImplementedError


class OfLetter(DetailView):
    def find(self, brief, **rest):
        slug = brief.lower()  # people write kst-28676-B; the one address is kst-28676-b
        letters = Letter.objects.exclude(status=Letter.Status.DRAFT)
        self.letter = letters.filter(slug=slug).first() or letters.filter(redirects__slug=slug).first()
        if self.letter is None:
            raise Http404(_("Deze brief is hier niet."))
        if self.letter.slug == brief and not self.letter.is_public:
            raise Withdrawn(self.letter)
        return {"brief": self.letter.slug, **rest}


@documented_detail(
    "brief", ["brief"], serializers.LetterDetail, UncheckedQuery, tag="brieven", moves=True, withdrawn=True
)
class LetterView(OfLetter):
    item_class = serializers.LetterDetail

    def row(self):
        return rows.whole_letter(self.letter, unchecked=self.shows_unchecked)


@documented_detail(
    "passage",
    ["brief", "anker"],
    serializers.PassageItem,
    UncheckedQuery,
    tag="passages",
    moves=True,
    withdrawn=True,
)
class PassageView(OfLetter):
    item_class = serializers.PassageItem

    def row(self):
        here = {"letter": self.letter, "anchor": self.kwargs["anker"]}
        passages = rows.passages(lambda all_rows: all_rows.filter(**here), unchecked=self.shows_unchecked)
        if not passages:
            raise Http404(_("Deze brief heeft die alinea niet, of niet meer."))
        return passages[0]


@documented_detail(
    "standpunt", ["id"], serializers.PositionItem, UncheckedQuery, tag="standpunten", withdrawn=True
)
class PositionView(DetailView):
    item_class = serializers.PositionItem

    def find(self, id):
        return {"id": id}

    def row(self):
        public = {"pk": self.kwargs["id"], "pk__in": Position.objects.public(unchecked=self.shows_unchecked)}
        if positions := rows.positions(lambda all_rows: all_rows.filter(**public)):
            return positions[0]
        withdrawn = Position.objects.filter(
            pk=self.kwargs["id"], status=Position.Status.CHECKED, letter__status=Letter.Status.WITHDRAWN
        ).first()
        if withdrawn is not None:
            raise Withdrawn(withdrawn.letter)
        raise Http404(
            _(
                "Dit standpunt is hier niet. Wat door niemand is nagekeken, is er alleen met ongecontroleerd=ja."
            )
        )


@documented_detail(
    "bijeenkomst", ["bijeenkomst"], serializers.MeetingDetail, UncheckedQuery, tag="bijeenkomsten"
)
class MeetingView(DetailView):
    item_class = serializers.MeetingDetail

    def find(self, bijeenkomst):
        self.meeting = Meeting.objects.public().filter(slug=bijeenkomst).first()
        if self.meeting is None:
            raise Http404(_("Deze bijeenkomst is hier niet."))
        return {"bijeenkomst": bijeenkomst}

    def row(self):
        return rows.whole_meeting(self.meeting, unchecked=self.shows_unchecked)


@documented_detail("onderwerp", ["onderwerp"], serializers.TopicItem, Query, tag="onderwerpen", moves=True)
class TopicView(DetailView):
    query_class, item_class = Query, serializers.TopicItem

    def find(self, onderwerp):
        choice = topic_choices([onderwerp]).get(onderwerp)
        if choice is None:
            raise Http404(_("Dit onderwerp is er niet."))
        return {"onderwerp": choice.value}

    def row(self):
        return rows.topics(lambda all_rows: all_rows.filter(slug=self.kwargs["onderwerp"]))[0]


class OpenApiView(PublicView):
    """The description of the API, for programs."""

    schema = None

    def get(self, request):
        read(Query, request.GET, request.path)
        return Response(description(self.origin))
