"""Check what letters say of earlier commitments, and which promise each takes up: one at a time, by button or by key."""

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
from letters.admin.history import HistoryAdmin
from letters.admin.locking import LocksLetter
from letters.admin.pages import context, require
from letters.models import CommitmentMention, FollowUp, Letter, Position

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
    list_per_page = 50
    actions = ["mark_checked", "mark_rejected", "mark_unchecked"]

    def has_add_permission(self, request):
        return False

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
            again = reverse(f"admin:letters_{self.opts.model_name}_check") + f"?voorstel={row.pk}"
            messages.success(
                request, format_html('{} <a href="{}">{}</a>', said, again, _now("Bekijk of herstel"))
            )
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


@admin.register(CommitmentMention)
class CommitmentMentionAdmin(DecidedByButton):
    """Where letters refer to an earlier commitment, or fulfil one."""

    page, page_title = "mention", _("Vermeldingen van toezeggingen nakijken")
    list_display = ["sentence", "kind", "status", "rule", "letter"]
    list_filter = ["status", "kind", ("paragraph", admin.EmptyFieldListFilter)]
    list_select_related = ["letter"]
    search_fields = ["sentence", "named"]
    fields = readonly_fields = [
        "letter", "sentence", "kind", "named", "rule", "status", "decided_at", "decided_by",
    ]  # fmt: skip

    def waiting(self):
        rows = CommitmentMention.objects.filter(status=Status.UNCHECKED, paragraph__isnull=False)
        rows = rows.exclude(letter__status=Letter.Status.WITHDRAWN)
        return rows.select_related("letter", "paragraph__section").order_by(
            "-letter__date", "-letter_id", "paragraph__order", "start"
        )

    def decide(self, rows, status, **more):
        return decisions.decide_mentions(rows, status, **more)


@admin.register(FollowUp)
class FollowUpAdmin(DecidedByButton):
    """Which promise a later passage takes up."""

    page, page_title = "follow_up", _("Vervolg op toezeggingen nakijken")
    list_display = ["earlier", "later", "likeness", "status"]
    list_filter = ["status"]
    list_select_related = ["promise__letter", "mention__letter"]
    fields = readonly_fields = [
        "earlier", "later", "likeness", "shared_words", "status", "decided_at", "decided_by",
    ]  # fmt: skip

    @staticmethod
    def letter_id(row):
        return row.mention.letter_id

    def waiting(self):
        rows = FollowUp.objects.awaiting_decision()
        sides = [f"{side}__{what}" for side in ("promise", "mention") for what in ("letter", "paragraph")]
        return rows.select_related(*sides).order_by("-mention__letter__date", "mention_id", "-likeness", "pk")

    def decide(self, rows, status, **more):
        return decisions.decide_follow_ups(rows.select_related("promise", "mention"), status, **more)

    @admin.display(description=_("toezegging"))
    def earlier(self, row):
        return _sentence(row.promise)

    @admin.display(description=_("latere passage"))
    def later(self, row):
        return _sentence(row.mention)

    @admin.display(description=_("gedeelde woorden"))
    def shared_words(self, row):
        return format_html_join(", ", '<span lang="nl">{}</span>', ((word,) for word in row.shared))


def _sentence(row) -> str:
    return format_html('<span lang="nl">{}</span> ({})', row.sentence, row.letter.written_on)
