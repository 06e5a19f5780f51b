"""The addresses of the API (design §6), none with a slash at its end: with one there is nothing, and no redirect."""

from django.urls import include, path, re_path

from letters.api import views

endpoints = [
    path("openapi.json", views.OpenApiView.as_view(), name="openapi"),
    path("brieven", views.LetterListView.as_view(), name="letters"),
    path("brieven/<slug:brief>", views.LetterView.as_view(), name="letter"),
    path("brieven/<slug:brief>/passages/<slug:anker>", views.PassageView.as_view(), name="passage"),
    path("passages", views.PassageListView.as_view(), name="passages"),
    path("standpunten", views.PositionListView.as_view(), name="positions"),
    path("standpunten/<int:id>", views.PositionView.as_view(), name="position"),
    path("bijeenkomsten", views.MeetingListView.as_view(), name="meetings"),
    path("bijeenkomsten/<slug:bijeenkomst>", views.MeetingView.as_view(), name="meeting"),
    path("onderwerpen", views.TopicListView.as_view(), name="topics"),
    path("onderwerpen/<slug:onderwerp>", views.TopicView.as_view(), name="topic"),
]

urlpatterns = [
    path("api/v1/", include((endpoints, "api"))),
    # Last: all else is nothing. That it is an address keeps Django from trying it with a slash.
    re_path(r"^api(/.*)?$", views.NoSuchAddress.as_view()),
]
