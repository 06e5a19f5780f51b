"""Decide on what the machine proposes of commitments: one proposal at a time, by button or by key, or several from the list."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from letters import decisions
from letters.admin.commitment_linking import checking_url, link_url
from letters.admin.history import HistoryAdmin
from letters.admin.locking import LocksLetter
from letters.admin.pages import context, require
from letters.models import CommitmentMention, Position

Status = Position.Status
Kind = CommitmentMention.Kind

#: The buttons of both pages: what each decides, its words and its key. "accept-…" also says which kind it is.
BUTTONS = {
    "mention": [
        (f"accept-{Kind.REFERS.value}", _("Verwijst naar een toezegging"), "V"),
        (f"accept-{Kind.FULFILS.value}", _("Komt een toezegging na"), "N"),
        ("reject", _("Geen van beide: afwijzen"), "X"),
    ],
    "follow_up": [
        ("accept", _("Ja, dit is die toezegging"), "J"),
        ("reject", _("Nee"), "X"),
    ],
}
#: On a proposal that was decided on and is shown again.
REOPEN = ("reopen", _("Toch niet nagekeken"), "T")


class DecidedByButton(LocksLetter, HistoryAdmin):
    """A row that the machine proposed: its list, and a page that shows one proposal at a time."""

    page: str
    page_title: str
    #: The decision after which a clerk may want to look for the promise.
    looks_on_after: str
    list_per_page = 50
    actions = ["mark_checked", "mark_rejected", "mark_unchecked"]
    change_form_template = "admin/letters/commitments/change_form.html"

    def has_delete_permission(self, request, obj=None):
        return False  # what is wrong is rejected, so that no reading proposes it again

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_one)
        return [path("nakijken/", view, name=f"letters_{self.opts.model_name}_check"), *super().get_urls()]

    def waiting(self) -> QuerySet:
        """The proposals on which somebody must decide, in order."""
        raise NotImplementedError

    def decide(self, rows, status, **more) -> int:
        raise NotImplementedError

    @staticmethod
    def mention_of(row) -> CommitmentMention:
        """The later passage that a row is about."""
        raise NotImplementedError

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With a way to the page that decides, and to the one that looks for the promise."""
        row = self._row(object_id)
        links = {"checking_url": checking_url(row), "link_url": self._link_url(request, row)} if row else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **links})

    def _link_url(self, request: HttpRequest, row) -> str:
        """Where this clerk looks for the promise that the passage takes up; "" as long as there is no passage to link."""
        mention = self.mention_of(row)
        may_link = request.user.has_perms(["letters.view_letter", "letters.add_followup"])
        return link_url(mention) if may_link and mention.is_checked and mention.paragraph_id else ""

    def next_one(self, request: HttpRequest) -> HttpResponse:
        """Show the next proposal, or the one that is asked for, also when it was decided on; or carry out the button that was
        pressed on one.
        """
        require(request, f"change_{self.opts.model_name}", "view_letter")
        here = reverse(f"admin:letters_{self.opts.model_name}_check")
        if request.method == "POST":
            return redirect(self._pressed(request) or here)
        keys = list(self.waiting().values_list("pk", flat=True))
        skipped = [int(one) for one in request.GET.getlist("overgeslagen") if one.isdecimal()]
        left = [key for key in keys if key not in skipped]
        row = self._row(request.GET.get("voorstel", ""))
        if row is None and left:
            row = self.waiting().filter(pk=left[0]).first()
        is_decided = row is not None and row.status != Status.UNCHECKED
        skip = "&".join(f"overgeslagen={key}" for key in [*skipped, *left[:1]])
        shown = context(
            request,
            self.page_title,
            opts=self.opts,
            row=row,
            count=len(keys),
            skipped=len(keys) - len(left),
            is_decided=is_decided,
            link_url=self._link_url(request, row) if row else "",
            buttons=[*BUTTONS[self.page], *([REOPEN] if is_decided else [])],
            skip_url=f"{here}?{skip}",
            all_url=here,
            is_nav_sidebar_enabled=False,
        )
        return render(request, f"admin/letters/commitments/{self.page}.html", shown)

    def _pressed(self, request: HttpRequest) -> str:
        """Carry out a button; the address to go on at, which keeps what was skipped."""
        pk, decision = request.POST.get("row", ""), request.POST.get("decision", "")
        row = self._row(pk)
        word, _dash, kind = decision.partition("-")
        status = {"accept": Status.CHECKED, "reject": Status.REJECTED, "reopen": Status.UNCHECKED}.get(word)
        known = {value for value, _words, _key in [*BUTTONS[self.page], REOPEN]}
        if decision not in known or row is None:
            messages.error(request, _now("Dit voorstel is er niet meer. Hieronder staat het volgende."))
            return ""
        seen = {row.pk: request.POST["seen"]} if request.POST.get("seen") else None
        try:
            self.decide(
                self.model.objects.filter(pk=row.pk),
                status,
                by=request.user,
                seen=seen,
                **({"kind": kind} if kind else {}),
            )
        except decisions.Refused as error:
            messages.error(request, str(error))
            return ""
        if word == "reopen":
            messages.success(request, _now("Ongedaan gemaakt."))
        else:
            said = _now("Bewaard.") if word == "accept" else _now("Afgewezen.")
            links = [(checking_url(row), _now("Bekijk of herstel"))]
            row.refresh_from_db()
            if word == self.looks_on_after and (look := self._link_url(request, row)):
                links.append((look, _now("Zoek zelf de toezegging")))
            shown = format_html_join(" · ", '<a href="{}">{}</a>', links)
            messages.success(request, format_html("{} {}", said, shown))
        return request.POST.get("next", "") if request.POST.get("next", "").startswith("?") else ""

    def _row(self, pk: str):
        rows = self.model.objects.all()
        return rows.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() and len(pk) < 19 else None

    @admin.action(description=_("Nagekeken: klopt"), permissions=["change"])
    def mark_checked(self, request, queryset):
        self._decide_all(request, queryset, Status.CHECKED)

    @admin.action(description=_("Afwijzen"), permissions=["change"])
    def mark_rejected(self, request, queryset):
        self._decide_all(request, queryset, Status.REJECTED)

    @admin.action(description=_("Toch niet nagekeken"), permissions=["change"])
    def mark_unchecked(self, request, queryset):
        self._decide_all(request, queryset, Status.UNCHECKED)

    def _decide_all(self, request, queryset, status):
        try:
            count = self.decide(queryset, status, by=request.user)
        except decisions.Refused as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            words = ngettext("%(count)s rij gewijzigd.", "%(count)s rijen gewijzigd.", count)
            self.message_user(request, words % {"count": count})
