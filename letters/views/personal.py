"""The personal pages, under /bewaard/: what they share, and logging in without the admin."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView, redirect_to_login
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import ContextMixin


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Say of a response that it is for who asked."""
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


class PersonalMixin(ContextMixin):
    """A page that is different for each who asks: nobody keeps it, and no search engine has it."""

    title: str

    def dispatch(self, request, *args, **kwargs):
        return kept_by_nobody(super().dispatch(request, *args, **kwargs))

    def get_title(self) -> str:
        return str(self.title)

    def get_context_data(self, **kwargs):
        crumbs = [
            (_("Start"), reverse("start")),
            (_("Bewaard"), reverse("bookmarks")),
            (self.get_title(), ""),
        ]
        return super().get_context_data(title=self.get_title(), crumbs=crumbs, **kwargs)


class LoggedInMixin(PersonalMixin, LoginRequiredMixin):
    """For who is logged in; others are asked to."""

    def handle_no_permission(self):
        back = self.request.get_full_path() if self.request.method == "GET" else reverse("bookmarks")
        return redirect_to_login(back, reverse("bookmarks-login"))


class Login(PersonalMixin, LoginView):
    """Log in without the admin: an account is enough."""

    template_name = "bookmarks/login.html"
    title = gettext_lazy("Aanmelden")
    next_page = reverse_lazy("bookmarks")
    redirect_authenticated_user = True


class Logout(PersonalMixin, LogoutView):
    next_page = reverse_lazy("bookmarks")


class ChangePassword(LoggedInMixin, PasswordChangeView):
    """For who cannot do it in the admin."""

    template_name = "bookmarks/password.html"
    title = gettext_lazy("Wachtwoord wijzigen")
    success_url = reverse_lazy("bookmarks")

    def form_valid(self, form):
        messages.success(self.request, _("Uw wachtwoord is gewijzigd."))
        return super().form_valid(form)
