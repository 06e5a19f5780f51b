"""The page on which a clerk looks for the earlier promise that a passage takes up, and says so."""

from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import decisions
from letters.admin.pages import change_url, context, require
from letters.models import CommitmentMention, FollowUp, Paragraph, Position
from letters.search import marked, paragraphs_with, parse_query, sentence_headline

#: Promises shown at a time; of more a clerk hears how many there are.
SHOWN = 20


class Found(NamedTuple):
    """A promise to choose; ``text`` is its sentence with the words found marked, ``held`` what was proposed or decided of it."""

    promise: Position
    text: str
    held: FollowUp | None


class PromiseWordsForm(forms.Form):
    """Words of a promise, in the language of the site's own search box."""

    q = forms.CharField(
        label=gettext_lazy("Woorden uit de toezegging"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class LinkedFilter(admin.SimpleListFilter):
    """Mentions of which a person said, or not yet, which promise they take up."""

    title = gettext_lazy("toezegging")
    parameter_name = "toezegging"

    def lookups(self, request, model_admin):
        return [("gekozen", gettext_lazy("Gekozen")), ("open", gettext_lazy("Nog te kiezen"))]

    def queryset(self, request, queryset):
        chosen = FollowUp.objects.filter(status=FollowUp.Status.CHECKED).order_by().values("mention")
        if self.value() == "gekozen":
            return queryset.filter(pk__in=chosen)
        if self.value() == "open":
            return queryset.filter(status=CommitmentMention.Status.CHECKED).exclude(pk__in=chosen)
        return queryset


def link_url(mention: CommitmentMention) -> str:
    return reverse("admin:letters_commitmentmention_link", args=[mention.pk])


def checking_url(row: CommitmentMention | FollowUp) -> str:
    """The page that shows this proposal, also when it was decided on."""
    return reverse(f"admin:letters_{row._meta.model_name}_check") + f"?voorstel={row.pk}"


def refusal(error: decisions.Refused) -> str:
    """Why it cannot be done; of what somebody decided before, with a link to where that is mended."""
    if not isinstance(error, decisions.DecidedAlready):
        return str(error)
    return format_html('{} <a href="{}">{}</a>', str(error), checking_url(error.row), _("Bekijk of herstel"))


def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for a promise among those of earlier letters, newest first; the button at one says that this passage takes it up."""
    require(request, "view_letter", "add_followup")
    mention = get_object_or_404(
        CommitmentMention.objects.select_related("letter", "paragraph__section"), pk=pk
    )
    if request.method == "POST":
        _choose(request, mention)
        return redirect(request.get_full_path())
    form = PromiseWordsForm(request.GET)
    found = _find(mention, form.cleaned_data["q"]) if form.is_valid() else Position.objects.none()
    shown = context(
        request,
        _("Welke toezegging is dit?"),
        opts=CommitmentMention._meta,
        row=mention,
        obstacle=_obstacle(mention),
        linked=[one.promise for one in _held(mention) if one.is_checked],
        form=form,
        total=found.count(),
        found=_shown(mention, found[:SHOWN]),
        checking_url=checking_url(mention),
        letter_url=change_url(mention.letter),
        is_nav_sidebar_enabled=False,
    )
    return render(request, "admin/letters/commitments/link.html", shown)


def _choose(request: HttpRequest, mention: CommitmentMention) -> None:
    pk = request.POST.get("promise", "")
    known = pk.isascii() and pk.isdecimal() and len(pk) < 19
    promise = Position.objects.filter(pk=pk).first() if known else None
    if promise is None:
        messages.error(request, _("Deze toezegging is er niet meer. Zoek haar opnieuw."))
        return
    try:
        follow_up = decisions.add_follow_up(promise, mention, by=request.user)
    except decisions.Refused as error:
        messages.error(request, refusal(error))
    else:
        said, again = _("Bewaard: dit staat nu op de site."), _("Bekijk of herstel")
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, checking_url(follow_up), again))


def _obstacle(mention: CommitmentMention) -> str:
    """Why no promise can be chosen yet: "check", "publish" or "date" the letter first; "" when one can."""
    if not mention.is_checked or mention.paragraph_id is None:
        return "check"
    if not mention.letter.is_public:
        return "publish"
    return "" if mention.letter.date or mention.letter.meetings.exists() else "date"


def _held(mention: CommitmentMention) -> QuerySet[FollowUp]:
    return mention.follow_ups.select_related("promise__letter", "promise__paragraph")


def _find(mention: CommitmentMention, words: str) -> QuerySet[Position]:
    """Promises before this passage, in whose paragraph these words stand; all when there are none. Newest first."""
    found = decisions.promises_before(mention).select_related("letter", "paragraph")
    if parse_query(words):
        found = found.filter(paragraph__in=Paragraph.objects.filter(paragraphs_with(words)).order_by())
        found = found.annotate(headline=sentence_headline(words))
    return found.order_by(F("day").desc(), "-letter", "paragraph__order", "start", "pk")


def _shown(mention: CommitmentMention, promises: QuerySet[Position]) -> list[Found]:
    held = {one.promise_id: one for one in _held(mention)}
    return [Found(one, marked(getattr(one, "headline", one.sentence)), held.get(one.pk)) for one in promises]
