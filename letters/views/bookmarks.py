"""Saved views, at /bewaard/: the list of who asks, saving one, opening, editing, sharing, and as a file.

Personal pages, the only ones that differ by who asks. Whoever is logged in finds theirs in the
database; of everybody else nothing is known here, and ``static/saved-list.js`` shows what their own browser keeps.
"""

import time
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, TemplateView, View

from letters.models import Bookmark
from letters.views.bookmark_files import (
    FILE_NAME,
    NoBookmarks,
    import_entries,
    read_entries,
    too_many,
    written,
)
from letters.views.personal import LoggedInMixin, PersonalMixin, kept_by_nobody
from letters.views.saved import Counted, NoSuchView, SavedView, read

PER_PAGE = 20
COLLEAGUES = 50  # views of colleagues that are shown, the latest first
COUNTING_SECONDS = (
    2.0  # that counting for one page may take; the script of the page asks for the rest, one by one
)


class OwnMixin(LoggedInMixin):
    """Of what someone saved themselves."""

    def get_queryset(self):
        return Bookmark.objects.of(self.request.user)

    def bookmark(self) -> Bookmark:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


@dataclass(frozen=True, slots=True)
class ShownBookmark:
    """For ``bookmarks/_saved.html``. Either ``view``, or ``wrong``: why the address leads nowhere any more."""

    bookmark: Bookmark
    view: SavedView | None
    counted: Counted | None
    wrong: str = ""


class BookmarkListView(PersonalMixin, TemplateView):
    template_name = "bookmarks/list.html"
    title = gettext_lazy("Bewaard")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["crumbs"] = [*context["crumbs"][:1], (self.get_title(), "")]
        if not self.request.user.is_authenticated:
            return context
        paginator = Paginator(Bookmark.objects.of(self.request.user), PER_PAGE)
        page = paginator.get_page(self.request.GET.get("pagina"))
        shared = Bookmark.objects.shared_with(self.request.user)
        until = time.monotonic() + COUNTING_SECONDS
        return context | {
            "page_obj": page,
            "page_links": page_links(page),
            "mine": [shown(bookmark, until) for bookmark in page],
            "colleagues": [shown(bookmark, until) for bookmark in shared[:COLLEAGUES]],
            "colleagues_count": shared.count(),
        }


def shown(bookmark: Bookmark, until: float) -> ShownBookmark:
    """What a row shows; counted unless the time for that is up (``until``, of ``time.monotonic``)."""
    try:
        view = read(bookmark.address)
    except NoSuchView as error:
        return ShownBookmark(bookmark, None, None, str(error))
    counted = view.count(bookmark.opened_at) if time.monotonic() < until else None
    return ShownBookmark(bookmark, view, counted)


def page_links(page) -> list[dict]:
    """For ``pieces/_pagination.html``."""

    def link(label, number, **more):
        return {"label": label, "url": f"{reverse('bookmarks')}?pagina={number}", **more}

    links = [link(str(number), number, current=number == page.number) for number in page.paginator.page_range]
    if page.has_previous():
        links.insert(0, link(_("Vorige"), page.previous_page_number(), rel="prev"))
    if page.has_next():
        links.append(link(_("Volgende"), page.next_page_number(), rel="next"))
    return links


class BookmarkForm(forms.ModelForm):
    class Meta:
        model = Bookmark
        fields = ["name", "is_shared"]
        widgets = {
            "name": forms.TextInput({"class": "utrecht-textbox utrecht-textbox--html-input"}),
            "is_shared": forms.CheckboxInput({"class": "utrecht-checkbox utrecht-checkbox--html-input"}),
        }
        error_messages = {"name": {"required": gettext_lazy("Geef een naam.")}}


class BookmarkAddView(PersonalMixin, TemplateView):
    """Save the view that ``weergave`` names. Who is not logged in saves it in their own browser, by script."""

    template_name = "bookmarks/add.html"
    title = gettext_lazy("Bewaar deze weergave")

    def dispatch(self, request, *args, **kwargs):
        try:
            self.view = read(request.GET.get("weergave", ""))
        except NoSuchView as error:
            return refused(request, str(error))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.request.user
        saved = (
            user.is_authenticated and Bookmark.objects.of(user).filter(address=self.view.address.url).first()
        )
        return super().get_context_data(
            **{
                "view": self.view,
                "already": saved or None,
                "form": BookmarkForm(initial={"name": self.view.title[: Bookmark.MAX_NAME]}),
            }
            | kwargs
        )

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("bookmarks-login"))
        own = Bookmark.objects.of(request.user)
        already = own.filter(address=self.view.address.url).first()
        if already is None and own.count() >= Bookmark.MOST:
            return refused(request, too_many())
        bookmark = already or Bookmark(owner=request.user, address=self.view.address.url)
        form = BookmarkForm(request.POST, instance=bookmark)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        # Twice at once is the same as twice: the later name holds.
        Bookmark.objects.update_or_create(
            owner=request.user, address=bookmark.address, defaults=form.cleaned_data
        )
        messages.success(request, _("Bewaard: “%(name)s”.") % {"name": form.cleaned_data["name"]})
        return redirect("bookmarks")


class BookmarkEditView(OwnMixin, DetailView):
    """Another name, shared or no longer."""

    template_name = "bookmarks/edit.html"
    title = gettext_lazy("Bewaarde weergave wijzigen")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"form": BookmarkForm(instance=self.object)} | kwargs)

    def post(self, request, *args, **kwargs):
        self.object = self.bookmark()
        form = BookmarkForm(request.POST, instance=self.object)
        if not form.is_valid():
            self.object.refresh_from_db()
            return self.render_to_response(self.get_context_data(form=form), status=422)
        form.save()
        messages.success(request, _("Gewijzigd: “%(name)s”.") % {"name": self.object.name})
        return redirect("bookmarks")


class BookmarkDeleteView(OwnMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        bookmark = self.bookmark()
        bookmark.delete()
        messages.success(request, _("Verwijderd: “%(name)s”.") % {"name": bookmark.name})
        return redirect("bookmarks")


class BookmarkOpenView(OwnMixin, View):
    """Lead to the view. Of their own bookmark it notes when: not when a browser fetches the page ahead."""

    http_method_names = ["get", "head"]

    def get_queryset(self):
        return Bookmark.objects.open_to(self.request.user)

    def get(self, request, *args, **kwargs):
        bookmark = self.bookmark()
        try:
            view = read(bookmark.address)
        except NoSuchView as error:
            messages.error(request, f"“{bookmark.name}”: {error}")
            return redirect("bookmarks")
        purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
        if bookmark.owner_id == request.user.pk and request.method == "GET" and "prefetch" not in purpose:
            bookmark.note_opened()
        return HttpResponseRedirect(view.address.url)


class BookmarkCopyView(OwnMixin, View):
    """Take over what a colleague shares: from then on it is one's own, and not shared."""

    http_method_names = ["post"]

    def get_queryset(self):
        return Bookmark.objects.shared_with(self.request.user)

    def post(self, request, *args, **kwargs):
        bookmark = self.bookmark()
        own = Bookmark.objects.of(request.user)
        if own.filter(address=bookmark.address).exists():
            messages.info(request, _("Deze weergave hebt u al bewaard."))
        elif own.count() >= Bookmark.MOST:
            messages.error(request, too_many())
        else:
            defaults = {"name": bookmark.name}
            own.get_or_create(owner=request.user, address=bookmark.address, defaults=defaults)
            messages.success(request, _("Overgenomen: “%(name)s”.") % {"name": bookmark.name})
        return redirect("bookmarks")


class BookmarkExportView(OwnMixin, View):
    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        content = written(self.get_queryset())
        named = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
        return HttpResponse(content, content_type="application/json", headers=named)


class BookmarkImportView(OwnMixin, View):
    """Views from a file (``bestand``), or those that this browser kept (``inhoud``)."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        file = request.FILES.get("bestand")
        content = file.read() if file else request.POST.get("inhoud", "").encode()
        if not content:
            messages.error(request, _("Kies eerst een bestand."))
            return redirect("bookmarks")
        try:
            imported = import_entries(read_entries(content), request.user)
        except NoBookmarks as error:
            messages.error(request, str(error))
            return redirect("bookmarks")
        added = ngettext("%(count)s weergave toegevoegd.", "%(count)s weergaven toegevoegd.", imported.added)
        known = ngettext("%(count)s had u al.", "%(count)s had u al.", imported.known)
        told = [added % {"count": imported.added}]
        told += [known % {"count": imported.known}] if imported.known else []
        tags = "" if file or imported.refused else "moved"
        messages.success(request, " ".join(told), extra_tags=tags)
        for refusal in imported.refused[:10]:
            messages.warning(request, _("Niet toegevoegd: %(what)s") % {"what": refusal})
        return redirect("bookmarks")


def refused(request: HttpRequest, problem: str) -> HttpResponse:
    """The page that says why a view cannot be saved."""
    response = render(request, "bookmarks/refused.html", {"problem": problem}, status=400)
    return kept_by_nobody(response)
