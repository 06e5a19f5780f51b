"""The checking desk: the letter's text beside its queue of proposals, and the list of those that are sure enough."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from letters import decisions
from letters.admin import steps
from letters.admin.answers import answer, check_url, shown_on_desk
from letters.admin.checking_forms import AddPositionForm, PointsAtSentence, SureForm, seen_versions
from letters.admin.checking_queue import Queue
from letters.admin.pages import context, require
from letters.models import Letter

#: What the preview starts with: proposals of which the rules are nearly certain.
NEARLY_CERTAIN = 90


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text with its proposals: check, correct or reject each, and add what was missed."""
    require(request, "view_letter", "change_position")
    is_post = request.method == "POST"
    if is_post:
        require(request, "add_position")
    letter = get_object_or_404(Letter, pk=pk)
    form = AddPositionForm(request.POST if is_post else None, letter=letter, user=request.user)
    if form.is_valid():
        try:
            with decisions.recorded(letter) as step:
                position = form.save()
        except decisions.Refused as error:
            return answer(request, letter, str(error), refused=True)
        said = _("Het standpunt is toegevoegd en telt als nagekeken.")
        return answer(request, letter, said, step=step, at=f"standpunt-{position.pk}")
    if is_post and request.POST.get("answer"):
        return answer(request, letter, form.all_errors, refused=True)
    queue = Queue(letter, request.user)
    shown = context(
        request,
        _("Standpunten nakijken"),
        form=form if queue.may_add else None,
        is_nav_sidebar_enabled=False,
        first=queue.after(""),
        **shown_on_desk(request, queue),
    )
    return render(request, "admin/letters/letter/check.html", shown)


@require_POST  # it changes nothing, but a selection may be longer than an address
def sentence(request: HttpRequest, pk: int) -> JsonResponse:
    """The whole sentence that selected words belong to, and what is said of it already."""
    require(request, "view_letter", "change_position")
    letter = get_object_or_404(Letter, pk=pk)
    form = PointsAtSentence(request.POST, letter=letter)
    if not form.is_valid():
        return JsonResponse({"refused": True, "said": form.all_errors})
    paragraph, found = form.sentence
    held = letter.positions.filter(paragraph=paragraph, start__lt=found.end, end__gt=found.start)
    return JsonResponse(
        {
            "quote": found.text,
            "paragraph": paragraph.pk,
            "start": found.start,
            "end": found.end,
            "held": [f"{one.get_stance_display()} ({one.get_status_display()})" for one in held],
        }
    )


def sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly which proposals are at least this certain; the button accepts those, as they were shown."""
    require(request, "view_letter", "change_position")
    letter = get_object_or_404(Letter, pk=pk)
    if request.method == "POST":
        return _accept(request, letter)
    form = SureForm(request.GET if "least" in request.GET else {"least": NEARLY_CERTAIN})
    waiting = [card for card in Queue(letter, request.user).open if not card.is_orphan and not card.problems]
    chosen = []
    if form.is_valid():
        chosen = [card for card in waiting if card.position.confidence is not None]
        chosen = [card for card in chosen if card.percentage >= form.cleaned_data["least"]]
    shown = context(
        request,
        _("Zekere voorstellen samen goedkeuren"),
        letter=letter,
        form=form,
        cards=chosen,
        others=len(waiting) - len(chosen),
        is_nav_sidebar_enabled=False,
    )
    return render(request, "admin/letters/letter/sure.html", shown)


def _accept(request: HttpRequest, letter: Letter) -> HttpResponse:
    try:
        seen = seen_versions(request.POST)
        with decisions.recorded(letter) as step:
            count, left = decisions.check_seen(letter, seen, by=request.user)
    except (decisions.Refused, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return redirect(check_url(letter))
    steps.keep(request, letter, step)
    messages.success(
        request,
        ngettext("%(count)s voorstel is nagekeken.", "%(count)s voorstellen zijn nagekeken.", count)
        % {"count": count},
    )
    if gone := len(seen) - count - len(left):
        messages.warning(
            request,
            ngettext(
                "%(count)s voorstel is er niet meer: de brief is intussen opnieuw gelezen.",
                "%(count)s voorstellen zijn er niet meer: de brief is intussen opnieuw gelezen.",
                gone,
            )
            % {"count": gone},
        )
    for position in left:
        messages.warning(
            request,
            _("Niet goedgekeurd, want intussen gewijzigd: “%(sentence)s” %(told)s")
            % {"sentence": position.sentence, "told": decisions.told(position, seen[position.pk])},
        )
    return redirect(f"{check_url(letter)}#{Queue(letter, request.user).after('')}")
