"""The accessibility statement: what was tested, what is known to fall short, and where to write."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from letters.views.pages import PageMixin

NOT_SET = ".invalid"  # RFC 2606: a name that never exists; what CONTACT_EMAIL has when nobody set it


class AccessibilityView(PageMixin, TemplateView):
    template_name = "accessibility.html"

    def get_title(self):
        return _("Toegankelijkheid")

    def get_context_data(self, **kwargs):
        contact = "" if settings.CONTACT_EMAIL.endswith(NOT_SET) else settings.CONTACT_EMAIL
        return super().get_context_data(contact=contact, **kwargs)
