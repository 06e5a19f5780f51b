"""What all public pages share: the query string read, a title, breadcrumbs, one address."""

from django.core.paginator import Paginator
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin

from letters.filters import Address, Query, UncheckedQuery, WrongValue
from letters.filters.former import fragment, old_topics


class NoSuchPage(Exception):
    """A page of the result beyond the last one."""

    def __init__(self, address: Address, number: int, last: int):
        message = _("Bladzijde %(number)s bestaat niet: de laatste is %(last)s.") % {
            "number": number,
            "last": last,
        }
        self.problem = WrongValue("pagina", message, address.without("pagina"))


class CountedPaginator(Paginator):
    """A paginator that was told the total: whoever counted the facets knows it already."""

    def __init__(self, items, per_page: int, total: int):
        super().__init__(items, per_page)
        self.count = total


class PageMixin(ContextMixin):
    """A public page. ``query_class`` reads its query string: another spelling of the view is redirected to its one
    address, and what the page does not know is a 400 that says so.
    """

    query_class: type[Query] = Query
    takes_words = True  # whether visitors type the words of its query string on the page itself

    def get(self, request, *args, **kwargs):
        query = self.query_class(request.GET, path=request.path)
        if not query.is_valid():
            return wrong_values(
                request, query.wrong_values, searches=self.takes_words and "q" in query.filters
            )
        if not query.is_canonical(request.META["QUERY_STRING"]):
            return HttpResponsePermanentRedirect(query.asked_address.url + fragment(old_topics(query)))
        self.query, self.asked, self.address = query, query.cleaned, query.address
        try:
            return super().get(request, *args, **kwargs)
        except NoSuchPage as missing:
            return wrong_values(request, [missing.problem], status=404)

    def get_title(self) -> str:
        raise NotImplementedError

    def get_crumbs(self) -> list[tuple[str, str]]:
        """The pages above this one, outermost first, as (label, url)."""
        return []

    def get_crumb(self) -> str:
        """What this page is called in the breadcrumbs, where its title is too long."""
        return self.get_title()

    def get_context_data(self, **kwargs):
        title = self.get_title()
        crumbs = [(_("Start"), reverse("start")), *self.get_crumbs(), (self.get_crumb(), "")]
        canonical_url = self.request.build_absolute_uri(self.address.url)
        view_address = self.address.without("pagina")
        return super().get_context_data(
            title=title, crumbs=crumbs, canonical_url=canonical_url, view_address=view_address, **kwargs
        )


class UncheckedMixin(PageMixin):
    """A page that shows positions; with ``ongecontroleerd=ja`` also those that nobody looked at."""

    query_class = UncheckedQuery

    @property
    def shows_unchecked(self) -> bool:
        return bool(self.asked["ongecontroleerd"])

    def get_context_data(self, **kwargs):
        shown = self.shows_unchecked
        return super().get_context_data(
            unchecked_url=self.address.setting(ongecontroleerd="ja").url,
            checked_url=self.address.without("ongecontroleerd").url if shown else "",
            **kwargs,
        )


class PagedMixin(PageMixin):
    """A page that shows a long result in parts."""

    per_page = 20

    def paginated(self, items, total: int) -> dict:
        """Context for ``pieces/_pagination.html``: the part asked for, with links to the others."""
        paginator = CountedPaginator(items, self.per_page, total)
        number = self.asked["pagina"].stored if self.asked["pagina"] else 1
        if number > paginator.num_pages:
            raise NoSuchPage(self.address, number, paginator.num_pages)
        page = paginator.page(number)
        return {"page_obj": page, "page_links": self.page_links(page)}

    def page_links(self, page) -> list[dict]:
        def url(number):
            return self.address.setting(pagina=str(number)).url

        links = [
            {"label": str(number), "url": url(number), "current": number == page.number}
            if isinstance(number, int)
            else {"label": "…", "url": ""}
            for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        ]
        if page.has_previous():
            links.insert(0, {"label": _("Vorige"), "url": url(page.number - 1), "rel": "prev"})
        if page.has_next():
            links.append({"label": _("Volgende"), "url": url(page.number + 1), "rel": "next"})
        return links


def wrong_values(request, problems: list[WrongValue], *, status: int = 400, searches: bool = False):
    context = {"problems": problems, "search_action": request.path}
    if searches and any(problem.key == "q" for problem in problems):
        # What was typed stays in sight, to be made shorter; the other filters stay with it.
        context["q"] = request.GET["q"].replace("\0", "")
        context["kept"] = [pair for pair in problems[0].without.pairs if pair[0] != "q"]
    return render(request, "letters/wrong_values.html", context, status=status)
