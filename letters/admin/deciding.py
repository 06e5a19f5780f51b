"""What a clerk does at the checking desk: decide, place again, settle a question, and undo."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from letters import decisions
from letters.admin import checking, steps
from letters.admin.answers import answer
from letters.admin.checking_forms import DecisionForm, PointsAtSentence
from letters.admin.pages import require
from letters.models import Letter, Position, Problem

STATUS_OF_BUTTON = {
    "check": Position.Status.CHECKED,
    "reject": Position.Status.REJECTED,
    "reopen": Position.Status.UNCHECKED,
}


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: the corrections in the card, then the button that was pressed."""
    require(request, "view_letter", "change_position")
    position = get_object_or_404(Position.objects.select_related("letter"), pk=pk)
    letter, at = position.letter, f"standpunt-{pk}"
    form = DecisionForm(request.POST, instance=position, prefix=f"p{pk}")
    status = STATUS_OF_BUTTON.get(request.POST.get("decision", ""))
    if status is None or not form.is_valid():
        said = form.all_errors or _("Kies “Klopt” of “Afwijzen”.")
        return answer(request, letter, said, at=at, refused=True)
    try:
        with decisions.recorded(letter) as step:
            decisions.decide(
                [position], status, by=request.user, corrections=form.corrections, seen=form.versions
            )
    except decisions.Refused as error:
        return answer(request, letter, str(error), at=at, refused=True)
    said = {
        Position.Status.CHECKED: _("Nagekeken."),
        Position.Status.REJECTED: _("Afgewezen."),
        Position.Status.UNCHECKED: _("Weer na te kijken."),
    }[status]
    return answer(request, letter, said, step=step, at=at, stay=status == Position.Status.UNCHECKED)


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a position whose words are gone the sentence that was pointed at."""
    require(request, "view_letter", "change_position")
    position = get_object_or_404(Position.objects.select_related("letter"), pk=pk)
    letter, at = position.letter, f"standpunt-{pk}"
    form = PointsAtSentence(request.POST, letter=letter)
    if not form.is_valid():
        return answer(request, letter, form.all_errors, at=at, refused=True)
    seen = {pk: request.POST["seen"]} if request.POST.get("seen") else None
    try:
        with decisions.recorded(letter) as step:
            decisions.place(
                position, form.cleaned_data["quote"], at=form.cleaned_data["at"], by=request.user, seen=seen
            )
    except decisions.Refused as error:
        return answer(request, letter, str(error), at=at, refused=True)
    return answer(request, letter, _("Geplaatst; het telt als nagekeken."), step=step, at=at)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a question of the computer is settled, and why."""
    require(request, "view_letter", "change_position", "change_problem")
    problem = get_object_or_404(Problem.objects.select_related("letter"), pk=pk)
    letter, at = problem.letter, f"vraag-{pk}"
    try:
        with decisions.recorded(letter) as step:
            problem.refresh_from_db()
            if problem.resolved_at is not None:
                raise decisions.Refused(
                    _("Dit is intussen al opgelost door %(who)s.") % {"who": problem.resolved_by}
                )
            decisions.resolve(problem, by=request.user, reason=request.POST.get("resolution", "")[:500])
    except decisions.Refused as error:
        return answer(request, letter, str(error), at=at, refused=True)
    return answer(request, letter, _("Opgelost."), step=step, at=at)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what this clerk did last with this letter."""
    require(request, "view_letter", "change_position")
    letter = get_object_or_404(Letter, pk=pk)
    step = steps.last(request, letter)
    if step is None:
        return answer(request, letter, _("Er is niets om ongedaan te maken."), refused=True)
    steps.drop(request, letter)
    try:
        restored = decisions.undo(letter, step)
    except decisions.Refused as error:
        return answer(request, letter, str(error), refused=True)
    places = [f"standpunt-{one.pk}" for one in restored] + [f"vraag-{key}" for key in step["problems"]]
    return answer(request, letter, _("Ongedaan gemaakt."), undone=step, at=next(iter(places), ""), stay=True)


def urls(site: AdminSite) -> list:
    """The addresses of the desk, under those of letters."""
    view = site.admin_view
    return [
        path("<int:pk>/nakijken/", view(checking.check), name="letters_letter_check"),
        path("<int:pk>/nakijken/zin/", view(checking.sentence), name="letters_letter_sentence"),
        path("<int:pk>/nakijken/zeker/", view(checking.sure), name="letters_letter_sure"),
        path("<int:pk>/nakijken/ongedaan/", view(undo), name="letters_letter_undo"),
        path("standpunt/<int:pk>/", view(decide), name="letters_letter_decide"),
        path("standpunt/<int:pk>/plaatsen/", view(place), name="letters_letter_place"),
        path("vraag/<int:pk>/", view(settle), name="letters_letter_settle"),
    ]
