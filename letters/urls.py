"""The addresses of the public pages (design §6)."""

from django.urls import path

from letters.views.letters import LetterView
from letters.views.lists import LetterListView, PassageListView, PositionListView
from letters.views.meetings import MeetingListView, MeetingView
from letters.views.originals import original
from letters.views.start import StartView
from letters.views.topics import TopicListView, TopicView

urlpatterns = [
    path("", StartView.as_view(), name="start"),
    path("zoeken/", PassageListView.as_view(), name="search"),
    path("standpunten/", PositionListView.as_view(), name="positions"),
    path("brieven/", LetterListView.as_view(), name="letters"),
    path("brieven/<slug:slug>/", LetterView.as_view(), name="letter"),
    path("bijeenkomsten/", MeetingListView.as_view(), name="meetings"),
    path("bijeenkomsten/<slug:slug>/", MeetingView.as_view(), name="meeting"),
    path("onderwerpen/", TopicListView.as_view(), name="topics"),
    path("onderwerpen/<slug:slug>/", TopicView.as_view(), name="topic"),
    path("originelen/<int:pk>/", original, name="original"),
]
