"""All addresses of the site: the admin for staff, how it is doing, and the app."""

from django.contrib import admin
from django.urls import include, path

from navo_site.health import health

handler500 = "navo_site.errors.server_error"

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("gezondheid/", health, name="health"),
    path("", include("letters.urls")),
]
