"""All addresses of the site: the admin for staff, how it is doing, and the app, whose pages are in English under /en/ too."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from letters.urls import pages
from navo_site.health import health

handler500 = "navo_site.errors.server_error"

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("gezondheid/", health, name="health"),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("", include("letters.urls")),
    *i18n_patterns(path("", include(pages)), prefix_default_language=False),
]
