"""The desk of the clerks, at /beheer/: upload, correct, check, publish."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from letters.admin import commitments, letters, meetings, positions, text, topics

__all__ = ["commitments", "letters", "meetings", "positions", "text", "topics"]

admin.site.site_header = _("NAVO-brieven: beheer")
admin.site.site_title = _("Beheer")
admin.site.index_title = _("Wat wilt u doen?")
