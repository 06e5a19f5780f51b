"""The addresses of the public pages (design §6), which each language has, and of what is one for all languages."""

from django.urls import include, path

from letters.views import bookmarks, personal
from letters.views.accessibility import AccessibilityView
from letters.views.api_docs import ApiDocsView
from letters.views.calendar import MeetingCalendarFile, MeetingListView
from letters.views.commitment_feed import CommitmentFeed
from letters.views.commitments import CommitmentListView
from letters.views.comparing import ComparisonView
from letters.views.counts import count
from letters.views.data import CodebookView, ColumnsView, CoverageView, CoverageYearView, DataView
from letters.views.facets import FacetView
from letters.views.feeds import LetterFeed, PassageFeed, PositionFeed, topic_feed
from letters.views.letters import LetterView
from letters.views.lists import LetterListView, PassageListView, PositionListView
from letters.views.meetings import MeetingView
from letters.views.originals import original
from letters.views.start import StartView
from letters.views.topics import TopicListView, TopicView

#: In Dutch as they stand here, in English after "/en/" (navo_site/urls.py).
pages = [
    path("", StartView.as_view(), name="start"),
    path("zoeken/", PassageListView.as_view(), name="search"),
    path("zoeken/filter/<slug:key>/", FacetView.as_view(list_view=PassageListView), name="search-facet"),
    path("zoeken/feed/", PassageFeed.as_view(), name="search-feed"),
    path("standpunten/", PositionListView.as_view(), name="positions"),
    path(
        "standpunten/filter/<slug:key>/",
        FacetView.as_view(list_view=PositionListView),
        name="positions-facet",
    ),
    path("standpunten/feed/", PositionFeed.as_view(), name="positions-feed"),
    path("toezeggingen/", CommitmentListView.as_view(), name="commitments"),
    path("toezeggingen/feed/", CommitmentFeed.as_view(), name="commitments-feed"),
    path("brieven/", LetterListView.as_view(), name="letters"),
    path("brieven/filter/<slug:key>/", FacetView.as_view(list_view=LetterListView), name="letters-facet"),
    path("brieven/feed/", LetterFeed.as_view(), name="letters-feed"),
    path("brieven/<slug:slug>/", LetterView.as_view(), name="letter"),
    path("bijeenkomsten/", MeetingListView.as_view(), name="meetings"),
    path("bijeenkomsten/agenda.ics", MeetingCalendarFile.as_view(), name="meetings-calendar"),
    path("bijeenkomsten/<slug:slug>/", MeetingView.as_view(), name="meeting"),
    path("onderwerpen/", TopicListView.as_view(), name="topics"),
    path("onderwerpen/<slug:slug>/", TopicView.as_view(), name="topic"),
    path("onderwerpen/<slug:slug>/feed/", topic_feed, name="topic-feed"),
    path("vergelijken/", ComparisonView.as_view(), name="comparison"),
    path("telling/", count, name="count"),
    path("bewaard/", bookmarks.BookmarkListView.as_view(), name="bookmarks"),
    path("bewaard/nieuw/", bookmarks.BookmarkAddView.as_view(), name="bookmark-add"),
    path("bewaard/uitvoer/", bookmarks.BookmarkExportView.as_view(), name="bookmarks-export"),
    path("bewaard/invoer/", bookmarks.BookmarkImportView.as_view(), name="bookmarks-import"),
    path("bewaard/inloggen/", personal.Login.as_view(), name="bookmarks-login"),
    path("bewaard/uitloggen/", personal.Logout.as_view(), name="bookmarks-logout"),
    path("bewaard/wachtwoord/", personal.ChangePassword.as_view(), name="bookmarks-password"),
    path("bewaard/<int:pk>/", bookmarks.BookmarkEditView.as_view(), name="bookmark"),
    path("bewaard/<int:pk>/openen/", bookmarks.BookmarkOpenView.as_view(), name="bookmark-open"),
    path("bewaard/<int:pk>/overnemen/", bookmarks.BookmarkCopyView.as_view(), name="bookmark-copy"),
    path("bewaard/<int:pk>/verwijderen/", bookmarks.BookmarkDeleteView.as_view(), name="bookmark-delete"),
    path("toegankelijkheid/", AccessibilityView.as_view(), name="accessibility"),
    path("gegevens/", DataView.as_view(), name="data"),
    path("gegevens/codeboek/", CodebookView.as_view(), name="data-codebook"),
    path("gegevens/kolommen/", ColumnsView.as_view(), name="data-columns"),
    path("gegevens/dekking/", CoverageView.as_view(), name="data-coverage"),
    path("gegevens/dekking/<int:year>/", CoverageYearView.as_view(), name="data-coverage-year"),
    path("gegevens/api/", ApiDocsView.as_view(), name="api-docs"),
]

urlpatterns = [
    path("originelen/<int:pk>/", original, name="original"),
    path("", include("letters.api.urls")),
]
