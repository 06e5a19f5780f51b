"""All addresses of the site: the admin for staff, and the app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("", include("letters.urls")),
]
